//! All payouts, planned and past.

use leptos::prelude::*;

use super::model::Payouts;
use super::payout_method::destination;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Payout, PayoutState, Phrase, Tone};
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
pub fn List(
    /// The payouts, in order.
    payouts: Vec<Payout>,
    /// What is said when there are none.
    #[prop(optional)]
    none: String,
    /// Whether the decision behind each is linked to.
    #[prop(default = true)]
    links: bool,
) -> impl IntoView {
    if payouts.is_empty() {
        return view! { <p class="muted">{none}</p> }.into_any();
    }
    let texts = texts();
    let rows = payouts.into_iter().map(|payout| row(&texts, &payout, links)).collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}

fn row(texts: &Texts, payout: &Payout, links: bool) -> impl IntoView + use<> {
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
    let behind = links.then(|| behind(payout, day.clone()));
    view! {
        <li>
            <span><b>{day}</b>{state}</span>
            <b class="row-end"><Amount amount=payout.amount/></b>
            <span class="row-below muted">{benefit}", "{destination(texts, payout)}</span>
            {behind}
        </li>
    }
}

/// The ways to the calculation and the decision behind a payout. Whoever hears the links alone hears which day they are about.
pub(super) fn behind(payout: &Payout, day: String) -> impl IntoView + use<> {
    let what = t!("payouts-of", day = day);
    let decision = format!("/decisions/{}", payout.decision);
    let calculation = payout.has_calculation.then(|| {
        view! {
            <a href=format!("{decision}/calculation")>
                {t!("home-payouts-calculation")}<span class="hidden-text">" "{what.clone()}</span>
            </a>
        }
    });
    view! {
        <span class="row-below links">
            {calculation}
            <a href=decision>{t!("home-payouts-decision")}<span class="hidden-text">" "{what}</span></a>
        </span>
    }
}
