//! The form of a decision.

use leptos::prelude::*;

use super::port::Decide;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// The form, or the decision once there is one.
pub fn page(_decide: Decide) -> Page {
    Page::new(Phrase::new("decide-title"), move || view! { <PageHead title=t!("decide-title")/> })
}
