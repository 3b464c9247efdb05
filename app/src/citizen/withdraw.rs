//! The question before a begun renewal is taken back.

use leptos::prelude::*;

use super::model::Withdraw;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, LinkButton, PageHead, SubmitButton, Weight};

/// What it means, and both answers.
pub fn page(question: Withdraw) -> Page {
    let title = Phrase::new("withdraw-title").with("month", question.month);
    Page::new(title, move || {
        let month = texts().month(question.month);
        view! {
            <BackLink href="/renewal" label=t!("renewal-all-sections")/>
            <PageHead title=t!("withdraw-title", month = month) lead=t!("withdraw-lead")/>
            {question.other.map(|name| view! { <p>{t!("withdraw-other", name = name)}</p> })}
            <form method="post" action="/renewal/withdraw">
                <div class="actions">
                    <SubmitButton label=t!("withdraw-button") weight=Weight::Danger/>
                    <LinkButton href="/renewal" label=t!("withdraw-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    })
}
