//! One authority source: switch it on and off, test it.

use leptos::prelude::*;

use super::port::OpenedSource;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// What it is, how it fares, and the latest test of the connection.
pub fn page(_source: OpenedSource) -> Page {
    Page::new(Phrase::new("source-title"), move || view! { <PageHead title=t!("source-title")/> })
}
