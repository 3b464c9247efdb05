//! The lines of the calculation that a caseworker may set, inside the form of the decision.

use domain::norm::LineSection;
use domain::norm::set_lines::Worksheet;
use domain::wire;
use leptos::prelude::*;

use super::super::model::LineForm;
use crate::i18n::{Texts, texts};
use crate::islands::SumWhileTyping;
use crate::model::Form;
use crate::t;
use crate::ui::{Field, SourceChip, SubmitButton, TextKind, Weight, field_state, line_label};

/// First what waits for the caseworker, then the others, folded away, and the button that calculates with what was typed. While nothing
/// waits it is folded away with them: there is nothing to calculate anew. With a worksheet the sum follows what is typed.
pub(super) fn line_fields(lines: Vec<LineForm>, form: &Form, worksheet: Option<Worksheet>) -> AnyView {
    let (open, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.open);
    let show =
        |lines: Vec<LineForm>| lines.into_iter().map(|line| view! { <OneLine line form=form.clone()/> }).collect_view();
    let (button_here, button_folded) =
        if open.is_empty() { (None, Some(calculate())) } else { (Some(calculate()), None) };
    let open = (!open.is_empty()).then(|| {
        view! { <h2>{t!("decide-lines")}</h2><p>{t!("decide-lines-lead")}</p>{show(open)} }
    });
    let others = (!others.is_empty()).then(|| {
        view! { <details><summary>{t!("decide-other-lines")}</summary>{show(others)}{button_folded}</details> }
    });
    let fields = view! { {open}{others}{button_here} };
    let Some(worksheet) = worksheet else { return fields.into_any() };
    let texts = texts();
    view! {
        <SumWhileTyping
            worksheet=wire::write(&worksheet)
            label=t!("live-sum")
            money=texts.money_pattern()
            decimal_sign=texts.decimal_sign()
        >
            {fields}
        </SumWhileTyping>
    }
    .into_any()
}

fn calculate() -> impl IntoView {
    view! {
        <div class="actions">
            <SubmitButton
                label=t!("decide-calculate")
                weight=Weight::Secondary
                sends=("act".to_owned(), "calculate".to_owned())
            />
        </div>
    }
}

#[component]
fn OneLine(line: LineForm, form: Form) -> impl IntoView {
    let texts = texts();
    let name = line_label(&texts, &line.line);
    let chip = line.line.source.clone().map(|source| view! { " "<SourceChip source/> });
    let rule = line.line.rules.first().map(|rule| texts.phrase(rule));
    let counted = counted(&texts, &line);
    let (value_state, why_state) = (field_state(&form, &line.value_field), field_state(&form, &line.why_field));
    view! {
        <fieldset class="ds-fieldset set-line">
            <legend>{name}{chip}</legend>
            <p class="muted">{counted}" "{rule}</p>
            <div class="fields">
                <Field
                    name=line.value_field
                    label=t!("decide-line-value")
                    value=line.value
                    kind=TextKind::Amount
                    state=value_state
                />
                <Field name=line.why_field label=t!("decide-line-why") value=line.why state=why_state/>
            </div>
        </fieldset>
    }
}

/// What stands in the calculation's first column, and of which day.
fn counted(texts: &Texts, line: &LineForm) -> String {
    let key = match line.line.section {
        LineSection::Expenses => "decide-line-claimed",
        LineSection::Incomes => "decide-line-received",
        LineSection::Norm | LineSection::Means => "decide-line-amount",
    };
    let amount = texts.with(key, &[("amount", line.line.stated().into())]);
    match line.line.date {
        Some(day) => texts.with("decide-line-dated", &[("what", amount.into()), ("day", day.into())]),
        None => amount,
    }
}
