//! The task list of a renewal: every part, and where it stands.

use leptos::prelude::*;

use super::model::{Part, PartState, Renewal};
use super::part;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{BackLink, Card, PageHead, Task, TaskList};

/// Every part of the renewal that has been begun.
pub fn page(renewal: Renewal) -> Page {
    let title = Phrase::new("renewal-title").with("month", renewal.window.month);
    Page::new(title, move || {
        let texts = texts();
        let until = texts.day(renewal.window.until);
        let tasks = renewal.parts.iter().map(|part| task(&texts, *part)).collect();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("renewal-title", month = texts.month_of_year(renewal.window.month))
                lead=t!("renewal-lead", until = until)
            />
            <Card><TaskList tasks/></Card>
            {renewal.co_applicant.map(|name| view! { <p>{t!("renewal-two", name = name)}</p> })}
            <p class="muted small">{t!("renewal-saved", saved = texts.moment(renewal.saved))}</p>
        }
    })
}

fn task(texts: &Texts, part: Part) -> Task {
    let (state, tone) = match part.state {
        PartState::NotBegun => ("renewal-state-not-begun", Tone::Plain),
        PartState::Incomplete => ("renewal-state-incomplete", Tone::Warning),
        PartState::Fetching => ("renewal-state-fetching", Tone::Info),
        PartState::Optional => ("renewal-state-optional", Tone::Plain),
        PartState::Done => ("renewal-state-done", Tone::Good),
        PartState::Blocked => ("renewal-state-blocked", Tone::Plain),
    };
    Task {
        title: part::name(texts, part.part),
        href: (part.state != PartState::Blocked).then(|| part::address(part.part)),
        state: texts.get(state),
        tone,
    }
}
