//! One renewal, opened.

mod answers;
mod comparison;
mod facts;
mod log;
mod proofs;
mod signed;

use domain::id::RenewalId;
use domain::renewal::Stage;
use leptos::prelude::*;

use super::heading::{heading, tab_title, watched};
use super::model::OpenedRenewal;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::{CalculationOutcome, Finding, Tone};
use crate::t;
use crate::ui::{BackLink, CalculationLines, CalculationSums, Card, LinkButton, Note, NoteTone, PostButton, Weight};

/// What each source says side by side, what a human must take a stand on, what the rules give, and all that belongs to it.
pub fn page(opened: OpenedRenewal) -> Page {
    let watched = watched(&opened.head, opened.revision);
    let page = Page::new(tab_title("opened-page", &opened.head), move || {
        let (applicant, month) = (opened.head.applicant.name.full(), opened.head.month);
        let title = t!("opened-title", name = applicant, month = month);
        let decided = opened.head.decision.is_some();
        let has_figure = matches!(opened.calculation, CalculationOutcome::Figure(_));
        let decide = format!("/staff/renewals/{}/decide", opened.head.renewal);
        let (label, weight) = if decided {
            (t!("opened-to-decision"), Weight::Secondary)
        } else {
            (t!("opened-decide"), Weight::Primary)
        };
        view! {
            <BackLink href="/staff/inbox" label=t!("inbox-title")/>
            {heading(&opened.head, title)}
            <div class="columns">
                <div class="column">
                    {comparison::card(&opened.comparison, opened.previous)}
                    {facts::messages(&opened.signers)}
                    {proofs::card(&opened.proofs, opened.head.renewal)}
                    {facts::activities(&opened.signers)}
                </div>
                <div class="column">
                    {(!decided).then(|| view! { <Questions questions=opened.questions/> })}
                    <Summary calculation=opened.calculation.clone()/>
                    <LinkButton href=decide label weight/>
                    <p class="small"><a href=format!("/staff/renewals/{}/assign", opened.head.renewal)>{t!("assign-link")}</a></p>
                    {(opened.head.stage == Stage::UnderReview).then(|| view! { <HandBack renewal=opened.head.renewal/> })}
                </div>
            </div>
            <div class=if has_figure { "columns" } else { "card-grid" }>
                <LineByLine calculation=opened.calculation/>
                <div class="column">
                    {facts::household(opened.members, &opened.household_changes, opened.household_change)}
                    {facts::contact(opened.signers)}
                    {facts::payment(&opened.payout)}
                    {signed::card(opened.document, opened.second_text)}
                </div>
            </div>
            {answers::card(opened.people)}
            <div class="columns">
                {log::history(opened.history)}
                {log::messages(opened.messages)}
            </div>
        }
    });
    page.watching(watched)
}

/// The way to let go of what has been taken up.
#[component]
fn HandBack(renewal: RenewalId) -> impl IntoView {
    view! {
        <p class="muted small">{t!("opened-under-review")}</p>
        <PostButton
            action=format!("/staff/renewals/{renewal}/hand-back")
            label=t!("opened-hand-back")
            weight=Weight::Secondary
        />
    }
}

#[component]
fn Questions(questions: Vec<Finding>) -> impl IntoView {
    let texts = texts();
    let list = if questions.is_empty() {
        view! { <p>{t!("opened-questions-none")}</p> }.into_any()
    } else {
        let items = questions.iter().map(|question| {
            let class = match question.tone {
                Tone::Bad => Some("bad"),
                Tone::Warning => Some("warning"),
                Tone::Plain | Tone::Good | Tone::Info => None,
            };
            view! { <li class=class>{texts.phrase(&question.text)}</li> }
        });
        view! { <ul class="questions">{items.collect_view()}</ul> }.into_any()
    };
    view! { <Card title=t!("opened-questions")>{list}</Card> }
}

#[component]
fn Summary(calculation: CalculationOutcome) -> impl IntoView {
    let content = match calculation {
        CalculationOutcome::Figure(calculation) => view! {
            <CalculationSums calculation/>
            <p class="small"><a href="#line-by-line">{t!("opened-line-by-line-link")}</a></p>
        }
        .into_any(),
        CalculationOutcome::NoFigure(why) => {
            view! { <Note tone=NoteTone::Warning><p>{texts().phrase(&why)}</p></Note> }.into_any()
        }
    };
    view! { <Card title=t!("opened-calculation")>{content}</Card> }
}

#[component]
fn LineByLine(calculation: CalculationOutcome) -> impl IntoView {
    let CalculationOutcome::Figure(calculation) = calculation else { return None };
    Some(view! {
        <section class="card" id="line-by-line">
            <h2>{t!("opened-line-by-line")}</h2>
            <CalculationLines calculation/>
        </section>
    })
}
