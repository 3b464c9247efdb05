//! What a renewal takes, before it is begun.

use domain::renewal::{Part, Section};
use leptos::prelude::*;

use super::model::BeforeRenewal;
use super::{section, start};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, Card, NextStep, PageHead, PostButton, Weight};

/// The sections, what to have at hand, and the button that begins.
pub fn page(before: BeforeRenewal) -> Page {
    let title = Phrase::new("renewal-title").with("month", before.window.month);
    Page::new(title, move || {
        let texts = texts();
        let until = texts.day(before.window.until);
        let time = if before.previous.is_some() { t!("begin-short") } else { t!("begin-long") };
        let text = match before.previous {
            Some(month) => t!("begin-same", previous = texts.month(month)),
            None => t!("begin-first"),
        };
        let sections =
            Section::ALL.iter().map(|one| view! { <li>{section::name(&texts, *one, Part::Whole)}</li> }).collect_view();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("renewal-title", month = texts.month_of_year(before.window.month))
                lead=t!("begin-lead", until = until)
            />
            <NextStep kicker=time title=t!("begin-title") text>
                <PostButton action="/renewal/begin" label=t!("begin-button") weight=Weight::Inverted/>
            </NextStep>
            <start::Needs/>
            <Card title=t!("begin-sections")>
                <ol>{sections}<li>{t!("renewal-check")}</li></ol>
            </Card>
            <Card title=t!("begin-fetch-title")>
                <p>{t!("begin-fetch")}</p>
            </Card>
        }
    })
}
