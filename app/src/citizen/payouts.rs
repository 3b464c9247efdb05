//! All payouts, planned and past.

use leptos::prelude::*;

use super::payout_words::destination;
use super::port::Payouts;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::port::{Payout, PayoutState, Phrase, Tone};
use crate::t;
use crate::ui::{Amount, BackLink, Card, PageHead, Tag};

/// Each payout with its type, amount, day, way, payee, and the decision and calculation behind it.
pub fn page(payouts: Payouts) -> Page {
    Page::new(Phrase::new("payouts-title"), move || {
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title=t!("payouts-title")/>
            <Card title=t!("payouts-planned")>
                <List payouts=payouts.planned none=t!("payouts-none-planned")/>
            </Card>
            <Card title=t!("payouts-past")>
                <List payouts=payouts.past none=t!("payouts-none-past")/>
            </Card>
        }
    })
}

/// Payouts in a list, or a sentence where there are none.
#[component]
pub(super) fn List(
    /// The payouts, in order.
    payouts: Vec<Payout>,
    /// What is said when there are none.
    none: String,
) -> impl IntoView {
    if payouts.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let texts = texts();
    let rows = payouts.iter().map(|payout| row(&texts, payout)).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(texts: &Texts, payout: &Payout) -> impl IntoView + use<> {
    let state = match payout.state {
        PayoutState::Planned | PayoutState::Paid => None,
        PayoutState::Stopped => Some((texts.get("payouts-stopped"), Tone::Warning)),
        PayoutState::Cancelled => Some((texts.get("payouts-cancelled"), Tone::Plain)),
    };
    let state = state.map(|(text, tone)| view! { " "<Tag text tone/> });
    let day = texts.date(payout.pay_date);
    let benefit = texts.with(
        "payouts-benefit",
        &[("benefit", texts.phrase(&payout.benefit).into()), ("month", texts.month_of_year(payout.month).into())],
    );
    let links = payout.decision.map(|id| {
        let what = texts.with("payouts-of", &[("day", day.as_str().into())]);
        view! {
            <span class="row-below links">
                <a href=format!("/decisions/{id}/calculation")>
                    {t!("home-payouts-calculation")}<span class="hidden-text">" "{what.clone()}</span>
                </a>
                <a href=format!("/decisions/{id}")>
                    {t!("home-payouts-decision")}<span class="hidden-text">" "{what}</span>
                </a>
            </span>
        }
    });
    view! {
        <li>
            <span><b>{day}</b>{state}</span>
            <b class="row-end"><Amount amount=payout.amount/></b>
            <span class="row-below muted">{benefit}", "{destination(texts, payout)}</span>
            {links}
        </li>
    }
}
