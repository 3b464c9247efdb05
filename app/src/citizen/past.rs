//! What somebody without an ongoing case comes to: what they had is theirs to read.

use leptos::prelude::*;

use super::model::{Ended, EndedCase, Past, SaidApart};
use super::start::Ways;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{Card, Note, PageHead, SubmitButton, Weight};

/// How each case ended, the ways to what can be read, and how to apply anew.
pub fn page(past: Past) -> Page {
    // Who has opened a case that they have left is not theirs to read.
    let has_closed = past.cases.iter().any(|case| matches!(case.ended, Ended::Closed(_)));
    Page::new(Phrase::new("past-title"), move || {
        view! {
            <PageHead title=t!("past-title") lead=t!("past-lead")/>
            {past.cases.into_iter().map(|case| view! { <Note><HowItEnded case/></Note> }).collect_view()}
            <section class="card">
                <ul class="rows">
                    <li><a href="/decisions"><b>{t!("own-decisions-title")}</b></a></li>
                    <li><a href="/payouts"><b>{t!("payouts-title")}</b></a></li>
                    <li><a href="/messages"><b>{t!("messages-past")}</b></a></li>
                    {has_closed.then(|| view! { <li><a href="/openings"><b>{t!("home-openings")}</b></a></li> })}
                </ul>
            </section>
            <Card title=t!("past-again")>
                <p>{t!("past-again-text")}</p>
                <Ways contact=past.contact/>
            </Card>
        }
    })
}

#[component]
fn HowItEnded(case: EndedCase) -> impl IntoView {
    let texts = texts();
    match case.ended {
        Ended::Closed(day) => {
            view! { <p>{t!("past-closed", number = case.number.0, day = texts.date(day))}</p> }.into_any()
        }
        Ended::Left { on, apart } => view! {
            <p>{t!("past-left", number = case.number.0, day = texts.date(on))}</p>
            {apart.map(|said| view! { <MovedApart said/> })}
        }
        .into_any(),
    }
}

#[component]
fn MovedApart(said: SaidApart) -> impl IntoView {
    let why = if said.is_own_word { t!("past-apart-own") } else { t!("past-apart-other") };
    let wrong = if said.is_disputed {
        view! { <p>{t!("past-apart-disputed")}</p> }.into_any()
    } else {
        view! {
            <form method="post" action="/apart/wrong">
                <input type="hidden" name="separation" value=said.separation.to_string()/>
                <SubmitButton label=t!("past-apart-wrong") weight=Weight::Secondary/>
            </form>
        }
        .into_any()
    };
    view! { <p>{why}</p>{wrong} }
}
