//! The receipt: it has arrived, its number, and what happens next.

use leptos::prelude::*;

use super::home::decision_step;
use super::model::Receipt;
use super::signers;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{Phrase, ShownSignatureState, Signature};
use crate::t;
use crate::ui::{BackLink, Card, LinkButton, Note, NoteTone, PageHead, Step, StepState, Steps};

/// The reference, who has signed, and what comes when.
pub fn page(receipt: Receipt) -> Page {
    let title = Phrase::new("receipt-title").with("month", receipt.month);
    Page::new(title, move || {
        let texts = texts();
        let steps = steps(&receipt);
        let next = if receipt.decision.is_some() { t!("receipt-happened") } else { t!("receipt-next") };
        let signatures = signers::in_words(&texts, &receipt.signatures);
        let signed = format!("/renewals/{}/signed", receipt.renewal);
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("receipt-title", month = texts.month_of_year(receipt.month))
                lead=t!("receipt-lead", received = texts.long_moment(receipt.received))
            />
            {not_signed(&receipt)}
            <section class="card">
                <h2>{t!("receipt-reference")}</h2>
                <p class="reference"><bdi dir="ltr">{receipt.reference.clone()}</bdi></p>
                <p class="muted">{t!("receipt-reference-why")}</p>
            </section>
            <Card title=next><Steps steps/></Card>
            <Card title=t!("receipt-signed")>
                <p>{signatures}</p>
                <p><a href=signed>{t!("receipt-signed-see")}</a></p>
            </Card>
            <p>{t!("receipt-changed")}" "<a href="/messages">{t!("receipt-write")}</a></p>
            <div class="actions"><LinkButton href="/home" label=t!("receipt-home")/></div>
        }
    })
}

/// What the reader has not signed, and what they can do about it.
fn not_signed(receipt: &Receipt) -> Option<impl IntoView + use<>> {
    let own = receipt.signatures.iter().find(|one| one.is_viewer)?;
    let (text, href, label) = match (own.state, receipt.decision.is_some()) {
        (ShownSignatureState::Signed { .. } | ShownSignatureState::Left { .. }, _) => return None,
        (_, true) => ("receipt-decided-without", "/messages", "receipt-write"),
        (ShownSignatureState::Declined { .. }, false) => {
            ("receipt-declined", "/renewal/cosign", "receipt-sign-after-all")
        }
        (_, false) => ("receipt-not-signed", "/renewal/cosign", "receipt-sign-too"),
    };
    Some(view! { <Note tone=NoteTone::Warning><p>{t!(text)}" "<a href=href>{t!(label)}</a></p></Note> })
}

fn steps(receipt: &Receipt) -> Vec<Step> {
    let texts = texts();
    let mut steps = vec![Step {
        state: StepState::Done,
        title: t!("receipt-step-received"),
        when: texts.moment(receipt.received),
        detail: None,
    }];
    if let Some(decision) = &receipt.decision {
        steps.push(decision_step(&texts, decision));
        return steps;
    }
    let awaited = |one: &&Signature| one.state == ShownSignatureState::Waiting && !one.is_viewer;
    if let Some(other) = receipt.signatures.iter().find(awaited) {
        steps.push(Step {
            state: StepState::Now,
            title: t!("receipt-step-cosign", name = other.name.called()),
            when: String::new(),
            detail: Some(t!("receipt-step-cosign-soon").into_any()),
        });
    }
    let reads = match &receipt.caseworker {
        Some(name) => t!("receipt-step-read-by", name = name.as_str()),
        None => t!("receipt-step-read"),
    };
    let decided = match receipt.decided_by {
        Some(day) => t!("receipt-step-decision-by", day = texts.day(day)),
        None => t!("receipt-step-decision-notified"),
    };
    let later = |title: String, detail: String| Step {
        state: StepState::Later,
        title,
        when: String::new(),
        detail: Some(detail.into_any()),
    };
    steps.push(Step { state: StepState::Now, ..later(reads, t!("receipt-step-read-more")) });
    steps.push(later(t!("receipt-step-decision"), decided));
    steps.push(later(t!("receipt-step-payout"), t!("receipt-step-payout-when")));
    steps
}
