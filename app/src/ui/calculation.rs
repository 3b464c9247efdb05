//! An explained calculation, in the same words to the citizen and to the caseworker.

use domain::Money;
use leptos::prelude::*;

use super::{Amount, SourceChip, Sum, Sums, Tag};
use crate::i18n::{Texts, texts};
use crate::port::{Calculation, Line, LineState, Section, Tone};
use crate::t;

/// Every line with its amount, its source, the rule in words and the paragraph, by section; last the table that it rests on.
#[component]
pub fn CalculationLines(
    /// The calculation.
    calculation: Calculation,
) -> impl IntoView {
    let texts = texts();
    let sections = Section::ALL.into_iter().filter_map(|section| {
        let lines: Vec<_> = calculation.section(section).map(|line| row(&texts, line)).collect();
        (!lines.is_empty()).then(|| view! { <h3 class="rows-title">{name(section)}</h3><ul class="rows">{lines}</ul> })
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
pub fn CalculationSums(
    /// The calculation.
    calculation: Calculation,
) -> impl IntoView {
    let zero = Money::default();
    let deficit = zero - calculation.balance;
    let adjusted = deficit - (calculation.norm + calculation.expenses - calculation.incomes);
    let result = match (calculation.balance.is_negative(), calculation.open_lines > 0) {
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

fn name(section: Section) -> String {
    match section {
        Section::Personal => t!("calculation-personal"),
        Section::Shared => t!("calculation-shared"),
        Section::Expenses => t!("calculation-expenses"),
        Section::Incomes => t!("calculation-incomes"),
        Section::Adjustments => t!("calculation-means"),
    }
}

fn row(texts: &Texts, line: &Line) -> impl IntoView + use<> {
    let label = texts.phrase(&line.label);
    let label = match &line.person {
        Some(person) => texts.with("lines-of", &[("what", label.into()), ("name", person.as_str().into())]),
        None => label,
    };
    let chip = line.source.clone().map(|source| view! { <SourceChip source/> });
    let tag = state(line).map(|(key, tone)| view! { <Tag text=texts.get(key) tone/> });
    let from = line.from.map(|amount| {
        let text = texts.with("lines-from", &[("amount", amount.into())]);
        view! { <span class="muted small">{text}</span>" " }
    });
    let rule = line.rule.as_ref().map(|rule| texts.phrase(rule));
    let paragraph = line.paragraph.clone().map(|paragraph| view! { " "<span class="law">{paragraph}</span> });
    let below = (rule.is_some() || paragraph.is_some())
        .then(|| view! { <span class="row-below muted">{rule}{paragraph}</span> });
    let amount = if line.state == LineState::AsksHuman {
        view! { <span>{texts.get("lines-open")}</span> }.into_any()
    } else {
        view! { <Amount amount=line.amount/> }.into_any()
    };
    view! {
        <li>
            <span class="marks"><span>{label}</span>{chip}{tag}</span>
            <span class="row-end">{from}<b>{amount}</b></span>
            {below}
        </li>
    }
}

/// Why a line does not simply count.
const fn state(line: &Line) -> Option<(&'static str, Tone)> {
    match line.state {
        LineState::Counted => None,
        LineState::Reduced if line.amount.is_zero() => Some(("calculation-standing-not-counted", Tone::Plain)),
        LineState::Reduced => Some(("lines-reduced", Tone::Plain)),
        LineState::AsksHuman => Some(("calculation-standing-asks-human", Tone::Warning)),
        LineState::Overridden => Some(("lines-overridden", Tone::Info)),
    }
}
