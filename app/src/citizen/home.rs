//! The home page: the one next step, how the latest renewal goes, payouts, messages.

use jiff::civil::Date;
use leptos::prelude::*;

use super::model::{Applying, AwaitedBrief, Home, NextStep as Next, RenewalProgress, TakingOver, Told};
use super::payout_method::destination;
use super::payouts::behind;
use super::signers;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{DecisionBrief, Payout, PayoutState, Phrase};
use crate::t;
use crate::ui::{
    Amount, Card, Isolated, LinkButton, NextStep, Note, NoteTone, PageHead, PostButton, Step, StepState, Steps, Weight,
};

/// The page that everything leads back to.
pub fn page(home: Home) -> Page {
    Page::new(Phrase::new("home-title"), move || {
        view! {
            <PageHead title=t!("home-hello", name = home.person.called())>
                {t!("home-case")}" "<Isolated text=home.case_number.0/>
                {home.caseworker.map(|name| view! { <br/>{t!("home-caseworker", name = name)} })}
            </PageHead>
            {home.apart.map(|since| view! { <Apart since/> })}
            {home.told.map(|told| view! { <WhatOtherDid told/> })}
            {home.awaited.map(|awaited| view! { <TheAwaited awaited/> })}
            <TheNextStep next=home.next/>
            {home.progress.map(|progress| view! { <TheProgress progress/> })}
            <ThePayouts planned=home.planned made=home.made/>
            <section class="card">
                <ul class="rows">
                    <li>
                        <a href="/decisions"><b>{t!("home-decisions")}</b></a>
                    </li>
                    <li>
                        <a href="/messages"><b>{t!("home-messages")}</b></a>
                    </li>
                    <li>
                        <a href="/openings"><b>{t!("home-openings")}</b></a>
                    </li>
                    {home.is_shared.then(|| view! { <li><a href="/apart"><b>{t!("apart-title")}</b></a></li> })}
                </ul>
            </section>
        }
    })
}

#[component]
fn Apart(since: Date) -> impl IntoView {
    let since = texts().day(since);
    view! { <Note><p>{t!("home-apart", since = since)}" "<a href="/messages">{t!("home-apart-wrong")}</a></p></Note> }
}

#[component]
fn TheAwaited(awaited: AwaitedBrief) -> impl IntoView {
    let texts = texts();
    let href = format!("/renewals/{}/proofs", awaited.renewal);
    let text = t!("home-awaited", month = texts.month(awaited.month), day = texts.day(awaited.due));
    view! { <Note tone=NoteTone::Warning><p>{text}" "<a href=href>{t!("home-awaited-send")}</a></p></Note> }
}

#[component]
fn WhatOtherDid(told: Told) -> impl IntoView {
    let texts = texts();
    let key = if told.took_over { "home-told-took-over" } else { "home-told-withdrew" };
    let (month, at) = (texts.month(told.month), texts.moment(told.at));
    view! { <Note><p>{t!(key, name = told.name, month = month, at = at)}</p></Note> }
}

#[component]
fn TheNextStep(next: Next) -> impl IntoView {
    let texts = texts();
    match next {
        Next::Begin { window, previous } => {
            let (month, until) = (texts.month(window.month), texts.day(window.until));
            let text = match previous {
                Some(previous) => t!("home-next-begin-text", until = until, previous = texts.month(previous)),
                None => t!("home-next-begin-first-text", until = until),
            };
            view! {
                <NextStep kicker=t!("home-next") title=t!("home-next-begin", month = month) text>
                    <PostButton action="/renewal/begin" label=t!("home-next-begin-button") weight=Weight::Inverted/>
                </NextStep>
            }
            .into_any()
        }
        Next::Continue { window, saved } => {
            let title = t!("home-next-continue", month = texts.month(window.month));
            let text = t!("home-next-continue-text", saved = texts.moment(saved), until = texts.day(window.until));
            view! {
                <NextStep kicker=t!("home-next") title text>
                    <LinkButton href="/renewal" label=t!("home-next-continue-button") weight=Weight::Inverted/>
                </NextStep>
            }
            .into_any()
        }
        Next::OtherBegan { window, other, applying, shows_sum, taking_over } => {
            let title = t!("home-next-other", name = other.as_str(), month = texts.month(window.month));
            let key = match (applying, shows_sum) {
                (Applying::Said | Applying::Writing, _) => "home-next-other-applies",
                (Applying::NotSaid, false) => "home-next-other-text",
                (Applying::NotSaid, true) => "home-next-other-text-sum",
            };
            let text = t!(key, name = other.as_str(), until = texts.day(window.until));
            let apply = match applying {
                Applying::NotSaid | Applying::Said => {
                    let key = if applying == Applying::Said { "own-part-begin" } else { "home-next-other-apply" };
                    view! { <PostButton action="/renewal/apply" label=t!(key) weight=Weight::Inverted/> }.into_any()
                }
                Applying::Writing => {
                    view! { <LinkButton href="/renewal" label=t!("own-part-continue") weight=Weight::Inverted/> }
                        .into_any()
                }
            };
            let take_over = match taking_over {
                TakingOver::Now => {
                    let label = t!("home-next-other-take-over", name = other.as_str());
                    Some(view! { <p><a href="/renewal/take-over">{label}</a></p> }.into_any())
                }
                TakingOver::Later => {
                    Some(view! { <p>{t!("home-next-other-later", name = other.as_str())}</p> }.into_any())
                }
                TakingOver::Never => None,
            };
            view! {
                <NextStep kicker=t!("home-next") title text>{apply}</NextStep>
                {take_over}
            }
            .into_any()
        }
        Next::CoSign { month, applicant } => {
            let title = t!("home-next-cosign", month = texts.month(month));
            let text = t!("home-next-cosign-text", name = applicant);
            view! {
                <NextStep kicker=t!("home-next") title text>
                    <LinkButton href="/renewal/cosign" label=t!("home-next-cosign-button") weight=Weight::Inverted/>
                </NextStep>
            }
            .into_any()
        }
        Next::Wait { month, opens } => view! {
            <Note>
                <h2>{t!("home-next-wait")}</h2>
                <p>{t!("home-next-wait-text", month = texts.month(month), opens = texts.day(opens))}</p>
            </Note>
        }
        .into_any(),
    }
}

#[component]
fn TheProgress(progress: RenewalProgress) -> impl IntoView {
    let texts = texts();
    let title = t!("home-progress", month = texts.month(progress.month));
    let signed = format!("/renewals/{}/signed", progress.renewal);
    let detail = view! {
        {signers::in_words(&texts, &progress.signatures)}" "<a href=signed>{t!("home-progress-signed")}</a>
    };
    let mut steps = vec![Step {
        state: StepState::Done,
        title: t!("home-progress-received"),
        when: texts.moment(progress.received),
        detail: Some(detail.into_any()),
    }];
    steps.push(match progress.decision {
        Some(decision) => decision_step(&texts, &decision),
        None => Step {
            state: StepState::Now,
            title: t!("home-progress-waiting"),
            when: String::new(),
            detail: Some(t!("home-progress-human").into_any()),
        },
    });
    if let Some((state, day)) = progress.payout {
        steps.push(Step {
            state: if state == PayoutState::Planned { StepState::Now } else { StepState::Done },
            title: t!("home-progress-payout"),
            when: t!(&format!("home-progress-payout-{}", state.code()), day = texts.day(day)),
            detail: None,
        });
    }
    view! { <Card title><Steps steps/></Card> }
}

/// That it has been decided, when and how, and the way to the decision.
pub(super) fn decision_step(texts: &Texts, decision: &DecisionBrief) -> Step {
    let href = format!("/decisions/{}", decision.id);
    let appeal = decision.appeal_until.map(|day| {
        view! { <a href=format!("{href}#appeal")>{t!("home-progress-appeal", until = texts.day(day))}</a> }
    });
    let read = decision.read.map(|day| view! { {t!("home-progress-read", day = texts.day(day))}" " });
    let open = if decision.read.is_some() { t!("home-progress-read-again") } else { t!("home-progress-read-now") };
    Step {
        state: StepState::Done,
        title: t!("home-progress-decision", outcome = t!(decision.outcome.inline_key()).as_str()),
        when: texts.day(decision.decided),
        detail: Some(view! { {read}<span class="links"><a href=href>{open}</a>{appeal}</span> }.into_any()),
    }
}

#[component]
fn ThePayouts(planned: Vec<Payout>, made: Vec<Payout>) -> impl IntoView {
    let texts = texts();
    let none = planned.is_empty() && made.is_empty();
    let planned = planned.iter().map(|payout| planned_payout(&texts, payout)).collect_view();
    let rows = (!made.is_empty()).then(|| {
        let rows = made.iter().map(|payout| made_payout(&texts, payout)).collect_view();
        view! { <h3>{t!("home-payouts-made")}</h3><ul class="rows">{rows}</ul> }
    });
    view! {
        <Card title=t!("home-payouts")>
            {none.then(|| view! { <p class="muted">{t!("home-payouts-none")}</p> })}
            {planned}
            {rows}
            {(!none).then(|| view! { <p><a href="/payouts">{t!("home-payouts-all")}</a></p> })}
        </Card>
    }
}

fn planned_payout(texts: &Texts, payout: &Payout) -> impl IntoView + use<> {
    view! {
        <h3>{t!("home-payouts-planned")}</h3>
        <div class="payout-next">
            <Amount amount=payout.amount big=true/>
            <span>
                <b>{texts.day(payout.pay_date)}</b>" "{texts.phrase(&payout.benefit)}
                <br/><span class="muted">{destination(texts, payout)}</span>
                <br/>{behind(payout, texts.day(payout.pay_date))}
            </span>
        </div>
    }
}

fn made_payout(texts: &Texts, payout: &Payout) -> impl IntoView + use<> {
    let where_to = format!("{}, {}", texts.phrase(&payout.benefit), destination(texts, payout));
    view! {
        <li>
            <span>{texts.day(payout.pay_date)}</span>
            <b class="row-end"><Amount amount=payout.amount/></b>
            <span class="row-below muted">{where_to}</span>
            {behind(payout, texts.day(payout.pay_date))}
        </li>
    }
}
