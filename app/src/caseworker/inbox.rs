//! The inbox: what has arrived and waits for a decision, the oldest first.

use leptos::prelude::*;

use super::port::Inbox;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// The renewals of one tab.
pub fn page(_inbox: Inbox) -> Page {
    Page::new(Phrase::new("inbox-title"), move || view! { <PageHead title=t!("inbox-title")/> })
}
