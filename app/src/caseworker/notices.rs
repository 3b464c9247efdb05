//! What has happened since last time.

use leptos::prelude::*;

use super::port::Notice;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// The notices, the newest first.
pub fn page(_notices: Vec<Notice>) -> Page {
    Page::new(Phrase::new("notices-title"), move || view! { <PageHead title=t!("notices-title")/> })
}
