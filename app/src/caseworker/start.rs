//! The start page of staff, before login.

use leptos::prelude::*;

use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{NextStep, PageHead, PostButton, Weight};

/// One button, and the way to the citizens' page for whoever came to the wrong one.
pub fn page() -> Page {
    Page::new(Phrase::new("staff-title"), || {
        view! {
            <PageHead title=t!("staff-title") lead=t!("staff-lead")/>
            <NextStep kicker=t!("staff-who") title=t!("staff-login-title") text=t!("staff-login-text")>
                <PostButton action="/staff/login" label=t!("staff-login") weight=Weight::Inverted/>
            </NextStep>
            <p><a href="/">{t!("staff-citizen")}</a></p>
        }
    })
}
