//! The task list of a renewal: every section, and where it stands.

use domain::renewal::Part;
use leptos::prelude::*;

use super::model::{ListedSection, Renewal, TaskState, Written};
use super::section;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{BackLink, Card, PageHead, Task, TaskList};

/// The texts that differ between the renewal that somebody began and their own part of another's.
struct Words {
    title: &'static str,
    withdraw: &'static str,
}

const fn words(part: Part) -> Words {
    match part {
        Part::Whole => Words { title: "renewal-title", withdraw: "renewal-withdraw" },
        Part::Own => Words { title: "own-part-title", withdraw: "own-part-remove" },
    }
}

/// Every section of the part that is written.
pub fn page(renewal: Renewal) -> Page {
    let part = renewal.written.part();
    let words = words(part);
    let title = Phrase::new(words.title).with("month", renewal.window.month);
    Page::new(title, move || {
        let texts = texts();
        let month = texts.month_of_year(renewal.window.month);
        let title = texts.with(words.title, &[("month", month.into())]);
        let (lead, after, sign) = match &renewal.written {
            Written::Whole { co_applicant } => {
                let lead = t!("renewal-lead", until = texts.day(renewal.window.until));
                let two = co_applicant.as_ref().map(|name| t!("renewal-two", name = name.as_str()));
                (lead, two, check(&texts, renewal.ready))
            }
            Written::Own { other, is_signed } => {
                let lead = t!("own-part-lead", name = other.as_str());
                let key = if *is_signed { "own-part-signed" } else { "own-part-not-signed" };
                (lead, Some(t!(key, name = other.as_str())), sign_too(&texts, *is_signed && renewal.ready))
            }
        };
        let sections = renewal.sections.iter().map(|listed| task(&texts, *listed, part));
        let tasks = sections.chain([sign]).collect();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title lead/>
            <Card><TaskList tasks/></Card>
            {after.map(|after| view! { <p>{after}</p> })}
            <p class="muted small">{t!("renewal-saved", saved = texts.moment(renewal.saved))}</p>
            <p><a href="/renewal/withdraw">{texts.get(words.withdraw)}</a></p>
        }
    })
}

fn task(texts: &Texts, listed: ListedSection, part: Part) -> Task {
    let (state, tone) = match listed.state {
        TaskState::NotBegun => ("renewal-state-not-begun", Tone::Plain),
        TaskState::Incomplete => ("renewal-state-incomplete", Tone::Warning),
        TaskState::Fetching => ("renewal-state-fetching", Tone::Info),
        TaskState::Optional => ("renewal-state-optional", Tone::Plain),
        TaskState::Done => ("renewal-state-done", Tone::Good),
    };
    Task {
        title: section::name(texts, listed.section, part),
        href: Some(section::address(listed.section)),
        state: texts.get(state),
        tone,
    }
}

/// What comes when every section is done.
fn check(texts: &Texts, ready: bool) -> Task {
    last(texts, "renewal-check", "/renewal/check", ready)
}

/// What comes when one's own part is done and the other has signed.
fn sign_too(texts: &Texts, ready: bool) -> Task {
    last(texts, "own-part-sign", "/renewal/cosign", ready)
}

fn last(texts: &Texts, key: &str, href: &str, ready: bool) -> Task {
    Task {
        title: texts.get(key),
        href: ready.then(|| href.to_owned()),
        state: texts.get(if ready { "renewal-state-not-begun" } else { "renewal-state-blocked" }),
        tone: Tone::Plain,
    }
}
