//! The authority sources and how they fare.

use leptos::prelude::*;

use super::port::Source;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// Every source of the municipality.
pub fn page(_sources: Vec<Source>) -> Page {
    Page::new(Phrase::new("sources-title"), move || view! { <PageHead title=t!("sources-title")/> })
}
