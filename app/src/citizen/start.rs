//! The start page, before login.

use leptos::prelude::*;

use super::model::Start;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{ContactWays, Phrase};
use crate::t;
use crate::ui::{Card, NextStep, PageHead, PostButton, Weight};

/// What you need, how long it takes, other ways, and one button.
pub fn page(start: Start) -> Page {
    Page::new(Phrase::new("start-title"), move || {
        let open = match start.open {
            Some(window) => {
                t!("start-open", month = texts().month(window.month), until = texts().day(window.until))
            }
            None => t!("start-closed"),
        };
        view! {
            <PageHead title=t!("start-title") lead=t!("start-lead")/>
            <NextStep kicker=t!("start-time") title=t!("start-login-title") text=open>
                <PostButton action="/login" label=t!("start-login") weight=Weight::Inverted/>
            </NextStep>
            <Needs/>
            <Card title=t!("start-how-title")>
                <p>{t!("start-how-authorities")}</p>
                <p>{t!("start-how-save")}</p>
                <p>{t!("start-how-two")}</p>
            </Card>
            <Card title=t!("start-first-title")>
                <p>{t!("start-first")}</p>
            </Card>
            <Card title=t!("start-other-title")>
                <Ways contact=start.contact/>
            </Card>
        }
    })
}

/// What to have at hand.
#[component]
pub(super) fn Needs() -> impl IntoView {
    view! {
        <Card title=t!("start-need-title")>
            <ul>
                <li>{t!("start-need-eid")}</li>
                <li>{t!("start-need-incomes")}</li>
                <li>{t!("start-need-expenses")}</li>
            </ul>
        </Card>
    }
}

/// The ways to reach the municipality without this service.
#[component]
pub fn Ways(
    /// The ways that there are.
    contact: ContactWays,
) -> impl IntoView {
    view! {
        <p>
            {t!("start-other-phone")}" "<Phone number=contact.phone/>
            <br/><span class="muted">{contact.phone_hours}</span>
        </p>
        <p>{t!("start-other-visit")}" "{contact.visit}</p>
        <p>{t!("start-other-post")}" "{contact.post}</p>
    }
}

/// A telephone number that can be pressed.
#[component]
pub(super) fn Phone(
    /// The number, as it is written.
    number: String,
) -> impl IntoView {
    let href = format!("tel:{}", number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>());
    view! { <a href=href><bdi dir="ltr">{number}</bdi></a> }
}
