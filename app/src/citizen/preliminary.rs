//! The preliminary figure, with what it lacks beside it.

use domain::authority::{Answer, NotAsked};
use leptos::prelude::*;

use super::other_adult::figure_without;
use crate::i18n::{Texts, texts};
use crate::model::{AnswerState, Calculation, CalculationOutcome, LineState, SourceAnswer};
use crate::t;
use crate::ui::{
    Amount, CalculationLines, CalculationSums, Card, CardHead, Note, NoteTone, authority_name, line_label,
};

/// What the rules give, before a human has decided. Nothing is shown where most of it is missing. `answers` are those about the reader;
/// `without` is the other adult, without whose authorities it is made, by given name; `unfinished` is whether something is still to be filled in; `changed`, whether the
/// household is said to be another than the registered one, which the figure is made for.
pub(super) fn preliminary(
    outcome: CalculationOutcome,
    answers: &[SourceAnswer],
    without: Option<&str>,
    unfinished: bool,
    changed: bool,
) -> impl IntoView + use<> {
    let texts = texts();
    let lacking: Vec<_> = answers.iter().filter(|answer| is_lacking(&answer.state)).collect();
    let head = t!("check-preliminary");
    if unfinished {
        return view! { <Card title=head><p>{t!("figure-unfinished")}</p></Card> }.into_any();
    }
    if lacking.len() * 2 > answers.len() {
        return view! { <Card title=head><p>{t!("figure-most-missing")}</p></Card> }.into_any();
    }
    let names: Vec<_> = lacking.iter().map(|answer| authority_name(&texts, &answer.authority)).collect();
    let lacks = (!names.is_empty()).then(|| {
        let text = texts.with("figure-not-answered", &[("names", names.join(", ").into())]);
        view! { <Note tone=NoteTone::Warning><p class="small">{text}</p></Note> }
    });
    let without = without.map(|name| figure_without(&texts, name));
    let registered = changed.then(|| {
        view! { <Note tone=NoteTone::Warning><p class="small">{t!("figure-household-registered")}</p></Note> }
    });
    match outcome {
        CalculationOutcome::Figure(calculation) => {
            let payable = Some(calculation.payable).filter(|amount| !amount.is_zero());
            view! {
                <section class="card">
                    <CardHead title=head>{payable.map(|amount| view! { <Amount amount big=true/> })}</CardHead>
                    {figure(&texts, calculation)}
                    {lacks}
                    {without}
                    {registered}
                </section>
            }
            .into_any()
        }
        CalculationOutcome::NoFigure(why) => {
            view! { <Card title=head><p>{texts.phrase(&why)}</p>{lacks}{without}{registered}</Card> }.into_any()
        }
    }
}

/// Whether an authority may know of something that is not in the figure.
const fn is_lacking(state: &AnswerState) -> bool {
    match state {
        AnswerState::Waiting => true,
        AnswerState::Done { answer, .. } => match answer {
            Answer::Answered(_) | Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable) => false,
            Answer::Partly { .. } | Answer::Failed(_) | Answer::NotAsked(NotAsked::SwitchedOff) => true,
        },
    }
}

fn figure(texts: &Texts, calculation: Calculation) -> impl IntoView + use<> {
    let about = if calculation.payable.is_zero() { t!("check-nothing-payable") } else { t!("check-payable") };
    view! {
        <p class="muted">{about}</p>
        {open(texts, &calculation)}
        <details>
            <summary>{t!("check-line-by-line")}</summary>
            <CalculationSums calculation=calculation.clone()/>
            <CalculationLines calculation/>
        </details>
    }
}

/// The rows that only a human can judge, each by its name: they are not in the amount.
fn open(texts: &Texts, calculation: &Calculation) -> Option<impl IntoView + use<>> {
    let lines = calculation.lines.iter().filter(|line| line.state == LineState::AsksHuman);
    let lines: Vec<_> = lines
        .map(|line| view! { <li><span>{line_label(texts, line)}</span><b class="row-end"><Amount amount=line.stated()/></b></li> })
        .collect();
    let count = i64::try_from(lines.len()).ok().filter(|count| *count > 0)?;
    Some(view! {
        <p>{texts.with("check-open", &[("count", count.into())])}</p>
        <ul class="rows">{lines}</ul>
    })
}
