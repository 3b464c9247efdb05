//! The task list of a renewal: every section, and where it stands.

use leptos::prelude::*;

use super::model::{ListedSection, Renewal, TaskState};
use super::section;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{BackLink, Card, PageHead, Task, TaskList};

/// Every section of the renewal that has been begun.
pub fn page(renewal: Renewal) -> Page {
    let title = Phrase::new("renewal-title").with("month", renewal.window.month);
    Page::new(title, move || {
        let texts = texts();
        let until = texts.day(renewal.window.until);
        let sections = renewal.sections.iter().map(|listed| task(&texts, *listed));
        let tasks = sections.chain([check(&texts, renewal.ready)]).collect();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("renewal-title", month = texts.month_of_year(renewal.window.month))
                lead=t!("renewal-lead", until = until)
            />
            <Card><TaskList tasks/></Card>
            {renewal.co_applicant.map(|name| view! { <p>{t!("renewal-two", name = name)}</p> })}
            <p class="muted small">{t!("renewal-saved", saved = texts.moment(renewal.saved))}</p>
            <p><a href="/renewal/withdraw">{t!("renewal-withdraw")}</a></p>
        }
    })
}

fn task(texts: &Texts, listed: ListedSection) -> Task {
    let (state, tone) = match listed.state {
        TaskState::NotBegun => ("renewal-state-not-begun", Tone::Plain),
        TaskState::Incomplete => ("renewal-state-incomplete", Tone::Warning),
        TaskState::Fetching => ("renewal-state-fetching", Tone::Info),
        TaskState::Optional => ("renewal-state-optional", Tone::Plain),
        TaskState::Done => ("renewal-state-done", Tone::Good),
    };
    Task {
        title: section::name(texts, listed.section),
        href: Some(section::address(listed.section)),
        state: texts.get(state),
        tone,
    }
}

/// What comes when every section is done.
fn check(texts: &Texts, ready: bool) -> Task {
    Task {
        title: texts.get("renewal-check"),
        href: ready.then(|| "/renewal/check".to_owned()),
        state: texts.get(if ready { "renewal-state-not-begun" } else { "renewal-state-blocked" }),
        tone: Tone::Plain,
    }
}
