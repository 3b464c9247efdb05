//! The question before the other adult's begun renewal is taken over.

use leptos::prelude::*;

use super::model::TakeOver;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, LinkButton, PageHead, SubmitButton, Weight};

/// What it means for both, and both answers.
pub fn page(question: TakeOver) -> Page {
    let title = Phrase::new("take-over-title").with("month", question.month);
    Page::new(title, move || {
        let month = texts().month(question.month);
        let other = question.other.as_str();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title=t!("take-over-title", month = month) lead=t!("take-over-lead", name = other)/>
            <p>{t!("take-over-told", name = other)}</p>
            <form method="post" action="/renewal/take-over">
                <div class="actions">
                    <SubmitButton label=t!("take-over-button")/>
                    <LinkButton href="/home" label=t!("take-over-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    })
}
