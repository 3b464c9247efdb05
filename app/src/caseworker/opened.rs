//! One renewal, opened.

use leptos::prelude::*;

use super::port::OpenedRenewal;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// What each source says side by side, what a human must take a stand on, and what the rules give.
pub fn page(_opened: OpenedRenewal) -> Page {
    Page::new(Phrase::new("opened-title"), move || view! { <PageHead title=t!("opened-title")/> })
}
