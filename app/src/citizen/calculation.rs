//! The calculation behind a decision, line by line.

use leptos::prelude::*;

use super::model::DecisionCalculation;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, CalculationLines, CalculationSums, Card, PageHead};

/// What it adds up to, and every line with its source and its rule.
pub fn page(shown: DecisionCalculation) -> Page {
    let title = Phrase::new("counted-title").with("month", shown.calculation.month);
    Page::new(title, move || {
        let texts = texts();
        let calculation = shown.calculation;
        let sums = calculation.clone();
        let month = texts.month_of_year(calculation.month);
        let outcome = t!(shown.outcome.inline_key());
        view! {
            <BackLink href=format!("/decisions/{}", shown.decision) label=t!("counted-back")/>
            <PageHead
                title=t!("counted-title", month = month)
                lead=t!("counted-lead", outcome = outcome)
            />
            <Card title=t!("counted-sums")><CalculationSums calculation=sums/></Card>
            <Card title=t!("counted-lines")><CalculationLines calculation=calculation/></Card>
        }
    })
}
