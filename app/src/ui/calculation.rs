//! An explained calculation, in the same words to the citizen and to the caseworker.

use domain::Money;
use domain::norm::LineSection;
use leptos::prelude::*;

use super::{Amount, SourceChip, Sum, Sums, Tag};
use crate::i18n::{Texts, texts};
use crate::model::{Calculation, CalculationLine, LineState, Tone};
use crate::t;

/// Every line with its amount, its source, the rules in words and the paragraph, by section; last the table that it rests on. What only
/// belongs to other months is folded at the end of its section.
#[component]
pub fn CalculationLines(calculation: Calculation) -> impl IntoView {
    let texts = texts();
    let sections = LineSection::ALL.iter().filter_map(|section| {
        let lines = calculation.section(*section);
        let (others, own): (Vec<_>, Vec<_>) = lines.partition(|line| line.state == LineState::OtherMonth);
        let any = !own.is_empty() || !others.is_empty();
        let own: Vec<_> = own.into_iter().map(|line| row(&texts, line)).collect();
        let own = (!own.is_empty()).then(|| view! { <ul class="rows">{own}</ul> });
        any.then(|| view! { <h3 class="rows-title">{texts.get(section.text_key())}</h3>{own}{other_months(&texts, &others)} })
    });
    view! {
        <div class="calculation">
            {sections.collect_view()}
            <p class="muted small">{texts.phrase(&calculation.table)}</p>
        </div>
    }
}

/// What the calculation adds up to.
#[component]
pub fn CalculationSums(calculation: Calculation) -> impl IntoView {
    let zero = Money::default();
    let deficit = zero - calculation.balance;
    let adjusted = deficit - (calculation.norm + calculation.expenses - calculation.incomes);
    let result = match (calculation.balance.is_negative(), calculation.finality.open_lines() > 0) {
        (true, true) => t!("lines-deficit-preliminary"),
        (true, false) => t!("lines-deficit"),
        (false, true) => t!("lines-surplus-preliminary"),
        (false, false) => t!("lines-surplus"),
    };
    let line = |label: String, amount: Money| Sum { label, amount, total: false };
    let mut lines = vec![
        line(t!("calculation-norm"), calculation.norm),
        line(t!("calculation-expenses"), calculation.expenses),
        line(t!("calculation-incomes"), zero - calculation.incomes),
    ];
    if !adjusted.is_zero() {
        lines.push(line(t!("calculation-means"), adjusted));
    }
    let balance = if calculation.balance.is_negative() { deficit } else { calculation.balance };
    lines.push(Sum { label: result, amount: balance, total: true });
    view! { <Sums lines/> }
}

/// What each line of another month is and when it was, out of the way until somebody asks.
fn other_months(texts: &Texts, lines: &[&CalculationLine]) -> Option<impl IntoView + use<>> {
    let count = i64::try_from(lines.len()).ok().filter(|count| *count > 0)?;
    let summary = texts.with("lines-other-months", &[("count", count.into())]);
    let rows = lines.iter().map(|line| {
        let chip = line.source.clone().map(|source| view! { <SourceChip source/> });
        let amount = line.stated();
        view! {
            <li>
                <span class="marks"><span>{line_label(texts, line)}</span>{chip}</span>
                <span class="row-end muted"><Amount amount/></span>
                {below(texts, line)}
            </li>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <details class="fold"><summary>{summary}</summary><ul class="rows">{rows}</ul></details> })
}

/// What the line is, and whose.
pub fn line_label(texts: &Texts, line: &CalculationLine) -> String {
    let label = texts.phrase(&line.label);
    match &line.person {
        Some(person) => texts.with("lines-of", &[("what", label.into()), ("name", person.as_str().into())]),
        None => label,
    }
}

/// The rules in words, and where they stand.
fn below(texts: &Texts, line: &CalculationLine) -> Option<impl IntoView + use<>> {
    let rules = line.rules.iter().map(|rule| texts.phrase(rule)).collect::<Vec<_>>().join(" ");
    let paragraph = line.paragraph.clone().map(|paragraph| view! { " "<span class="law">{paragraph}</span> });
    let day = line.date.map(|day| texts.with("lines-day", &[("day", day.into())])).map(|day| view! { {day}" " });
    let why = line.why.clone().map(|why| view! { <q lang="sv">{why}</q>" " });
    (!rules.is_empty() || paragraph.is_some())
        .then(|| view! { <span class="row-below muted">{day}{why}{rules}{paragraph}</span> })
}

fn row(texts: &Texts, line: &CalculationLine) -> impl IntoView + use<> {
    let chip = line.source.clone().map(|source| view! { <SourceChip source/> });
    let tag = state(line).map(|(key, tone)| view! { <Tag text=texts.get(key) tone/> });
    let from = line.from.map(|amount| {
        let text = texts.with("lines-from", &[("amount", amount.into())]);
        view! { <span class="muted small">{text}</span>" " }
    });
    let amount = if line.state == LineState::AsksHuman {
        view! { <span>{texts.get("lines-open")}</span> }.into_any()
    } else {
        view! { <Amount amount=line.amount/> }.into_any()
    };
    view! {
        <li>
            <span class="marks"><span>{line_label(texts, line)}</span>{chip}{tag}</span>
            <span class="row-end">{from}<b>{amount}</b></span>
            {below(texts, line)}
        </li>
    }
}

/// Why a line does not simply count.
const fn state(line: &CalculationLine) -> Option<(&'static str, Tone)> {
    match line.state {
        LineState::Counted | LineState::OtherMonth => None,
        LineState::Reduced if line.amount.is_zero() => Some(("calculation-standing-not-counted", Tone::Plain)),
        LineState::Reduced => Some(("lines-reduced", Tone::Plain)),
        LineState::AsksHuman => Some(("calculation-standing-asks-human", Tone::Warning)),
        LineState::LeftOut => Some(("lines-left-out", Tone::Plain)),
        LineState::Overridden => Some(("lines-overridden", Tone::Info)),
    }
}
