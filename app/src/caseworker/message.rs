//! A message from a citizen.

use leptos::prelude::*;

use super::port::ReceivedMessage;
use crate::document::Page;
use crate::port::Phrase;
use crate::t;
use crate::ui::PageHead;

/// Who wrote, about what, and the text as it was typed.
pub fn page(_message: ReceivedMessage) -> Page {
    Page::new(Phrase::new("received-title"), move || view! { <PageHead title=t!("message-title")/> })
}
