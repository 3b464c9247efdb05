//! One decision in full, and how to appeal it.

use jiff::civil::Date;
use leptos::prelude::*;

use super::model::DecisionPage;
use super::payouts::List;
use super::start::Phone;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{ContactWays, Outcome, Phrase};
use crate::t;
use crate::ui::{Amount, BackLink, Card, Isolated, PageHead, Prose, SummaryList, SummaryRow};

/// What was decided, why, by whom, what is paid, and how to appeal.
pub fn page(decision: DecisionPage) -> Page {
    let title = Phrase::new("verdict-title").with("month", decision.month);
    Page::new(title, move || {
        let texts = texts();
        let outcome = decision.brief.outcome.key();
        let granted = decision.granted.map(|amount| {
            view! { <p><Amount amount big=true/></p><p>{t!("verdict-granted", month = texts.month(decision.month))}</p> }
        });
        let calculation = decision.has_calculation.then(|| {
            let href = format!("/decisions/{}/calculation", decision.brief.id);
            view! { <p><a href=href>{t!("verdict-calculation")}</a></p> }
        });
        let note = decision.note.clone().map(|text| {
            view! { <h3>{t!("verdict-note")}</h3><Prose text/> }
        });
        let appeals = decision.brief.outcome != Outcome::Granted || decision.brief.appeal_until.is_some();
        let (until, contact) = (decision.brief.appeal_until, decision.contact.clone());
        let appeal = appeals.then(|| view! { <Appeal until contact/> });
        let facts = facts(&texts, &decision);
        let payouts = (!decision.payouts.is_empty()).then(|| {
            view! {
                <Card title=t!("verdict-payouts")><List payouts=decision.payouts links=false/></Card>
            }
        });
        let (month, reason) = (texts.month_of_year(decision.month), texts.phrase(&decision.reason));
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead
                title=t!("verdict-title", month = month)
                lead=texts.get(&format!("{outcome}-meaning"))
            />
            <Card title=texts.get(outcome)>
                {granted}
                <h3>{t!("verdict-why")}</h3>
                <p>{reason}</p>
                {note}
                {calculation}
            </Card>
            {payouts}
            <Card title=t!("verdict-facts")><SummaryList rows=facts/></Card>
            {appeal}
        }
    })
}

fn facts(texts: &Texts, decision: &DecisionPage) -> Vec<SummaryRow> {
    let row = |label: String, value: AnyView| SummaryRow { label, value, change: None };
    let mut rows = vec![
        row(texts.get("verdict-case"), view! { <Isolated text=decision.case_number.0.clone()/> }.into_any()),
        row(texts.get("verdict-arrived"), texts.date(decision.arrived).into_any()),
        row(texts.get("verdict-decided"), texts.date(decision.brief.decided).into_any()),
        row(texts.get("verdict-by"), decision.decided_by.clone().into_any()),
    ];
    if let Some(name) = &decision.presented_by {
        rows.push(row(texts.get("verdict-presented-by"), name.clone().into_any()));
    }
    if !decision.provisions.is_empty() {
        let provisions = decision.provisions.iter().map(|one| view! { <span lang="sv">{one.clone()}</span><br/> });
        rows.push(row(texts.get("verdict-provisions"), provisions.collect_view().into_any()));
    }
    rows
}

#[component]
fn Appeal(until: Option<Date>, contact: ContactWays) -> impl IntoView {
    let deadline = until.map(|day| {
        view! { <p><b>{t!("decision-appeal-deadline", deadline = texts().date(day))}</b></p> }
    });
    view! {
        <section class="card" id="appeal">
            <h2>{t!("decision-appeal-heading")}</h2>
            <p>{t!("decision-appeal-write")}</p>
            <p>{t!("decision-appeal-where")}</p>
            {deadline}
            <p>{ways(contact)}</p>
        </section>
    }
}

/// Where an appeal is sent or left, and whom to ask.
fn ways(contact: ContactWays) -> impl IntoView {
    view! {
        {t!("verdict-appeal-post")}" "{contact.post}<br/>
        {t!("verdict-appeal-visit")}" "{contact.visit}<br/>
        {t!("verdict-appeal-phone")}" "<Phone number=contact.phone/>
    }
}
