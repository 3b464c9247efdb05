//! The page between the service and an identity provider. The browser goes on from it by itself; where it does not, there is a link.
//!
//! It is a page and no redirect, since a browser holds what follows on a form's post to the form's own policy, and a provider may lead on over
//! addresses that nobody here knows.

use leptos::prelude::*;

use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{LinkButton, PageHead};

/// Whom the person is sent on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentTo {
    /// A citizen's eID, to log in or to sign.
    Eid,
    /// The login of the municipality's staff.
    StaffLogin,
}

/// The page, with the address that it leads to.
pub fn page(to: SentTo, address: String) -> Page {
    let title = match to {
        SentTo::Eid => "sent-on-eid-title",
        SentTo::StaffLogin => "sent-on-staff-title",
    };
    Page::new(Phrase::new(title), move || {
        let go_on = match to {
            SentTo::Eid => t!("sent-on-eid"),
            SentTo::StaffLogin => t!("sent-on-staff"),
        };
        view! {
            <PageHead title=t!(title) lead=t!("sent-on-text")/>
            <div class="actions">
                <LinkButton href=address label=go_on/>
            </div>
        }
    })
}
