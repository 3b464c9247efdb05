//! The page for a person whose case this service does not show. It is the same for everyone who meets it, whatever the reason.

use leptos::prelude::*;

use super::model::NotAvailable;
use super::start::Ways;
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{Card, PageHead};

/// What to do instead.
pub fn page(not_available: NotAvailable) -> Page {
    Page::new(Phrase::new("not-available-title"), move || {
        view! {
            <PageHead title=t!("not-available-title") lead=t!("not-available-lead")/>
            <Card title=t!("not-available-do")>
                <p>{t!("not-available-help")}</p>
                <Ways contact=not_available.contact/>
            </Card>
            <Card title=t!("not-available-urgent-title")>
                <p>{t!("not-available-urgent")}</p>
            </Card>
        }
    })
}
