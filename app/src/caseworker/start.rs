//! The start page of staff, before login.

use leptos::prelude::*;

use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// One button, and the way for citizens.
pub fn page() -> Page {
    Page::new(Phrase::new("staff-title"), move || view! { <PageHead title=t!("staff-title")/> })
}
