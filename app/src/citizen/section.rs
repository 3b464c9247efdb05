//! What the sections of a renewal have in common: names, addresses, and the way back to all of them.

use domain::NormMonth;
use domain::renewal::{Part, Section};
use leptos::prelude::*;

use crate::document::Watched;
use crate::i18n::{Texts, texts};
use crate::t;
use crate::ui::BackLink;

/// The name of a section, the same in the task list and on the check page.
pub(super) fn name(texts: &Texts, section: Section, part: Part) -> String {
    texts.get(match section {
        Section::Household if part == Part::Own => "household-contact",
        Section::Household => "renewal-section-household",
        Section::Activity => "renewal-section-activity",
        Section::Authorities => "renewal-section-authorities",
        Section::Incomes => "renewal-section-incomes",
        Section::Expenses => "renewal-section-expenses",
        Section::Message => "renewal-section-message",
    })
}

/// The address of a section.
pub(super) fn address(section: Section) -> String {
    format!("/renewal/{}", section.code())
}

/// What a page of the draft watches: another window in which the same person may save.
pub(super) fn watched(revision: u32) -> Watched {
    Watched { revision, address: "/renewal/revision".to_owned(), shared: false }
}

/// The way back to all sections, and where among them this one stands.
#[component]
pub fn BackToSections(
    /// The month applied for.
    month: NormMonth,
    /// The section that is shown.
    section: Section,
) -> impl IntoView {
    let number = Section::ALL.iter().take_while(|one| **one != section).count() + 1;
    // Checking and signing comes last.
    let count = Section::ALL.len() + 1;
    let place =
        t!("renewal-place", month = texts().month(month), number = number.to_string(), count = count.to_string());
    view! { <BackLink href="/renewal" label=t!("renewal-all-sections") place/> }
}
