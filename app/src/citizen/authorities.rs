//! What the authorities say about the reader.

use domain::renewal::Section;
use leptos::prelude::*;

use super::answers::{gone, in_full, in_short, is_nothing_found, is_quiet};
use super::history::EarlierMonths;
use super::model::Authorities;
use super::other_adult::AboutTheOther;
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::islands::AnswersArriving;
use crate::model::{Phrase, SourceAnswer};
use crate::t;
use crate::ui::{
    Card, ErrorSummary, Note, NoteTone, PageHead, PostButton, RevisionField, SubmitButton, Weight, authority_name,
    field_errors,
};

/// Every authority with what it said, when, and what can be done where nothing was said.
pub fn page(authorities: Authorities) -> Page {
    let has_errors = !authorities.form.errors.is_empty();
    let watched = section::watched(authorities.form.revision);
    let pending = authorities.pending;
    let body = move || {
        let texts = texts();
        let month = texts.month(authorities.reference_month);
        let answers = answers(&texts, &authorities.answers, &month);
        view! {
            <BackToSections month=authorities.month section=Section::Authorities/>
            <ErrorSummary errors=field_errors(&authorities.form)/>
            <PageHead
                title=t!("authorities-title")
                lead=t!("authorities-lead", asked = texts.moment(authorities.asked))
            />
            {(pending > 0).then(|| view! { <Arriving pending reload="/renewal/authorities"/> })}
            {answers}
            {gone(&texts, &authorities.gone)}
            {authorities.may_ask_again.then(|| view! { <AskAgain/> })}
            <p id="authorities">{t!("authorities-wrong")}</p>
            <form method="post" action="/renewal/authorities">
                <RevisionField revision=authorities.form.revision of=authorities.form.of.clone()/>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
            {authorities.other.map(|other| view! { <AboutTheOther other/> })}
            <EarlierMonths history=authorities.history/>
        }
    };
    Page::new(Phrase::new("authorities-title"), body)
        .with_errors(has_errors)
        .with_islands(pending > 0)
        .watching(watched)
}

/// That authorities are awaited, and how to see what has come since.
#[component]
pub(super) fn Arriving(
    /// How many have not answered.
    pending: u32,
    /// The page that it stands on.
    reload: &'static str,
) -> impl IntoView {
    view! {
        <Note tone=NoteTone::Info>
            <AnswersArriving
                pending
                address="/renewal/authorities/pending".to_owned()
                waiting=t!("authorities-arriving", count = pending)
                arrived=t!("authorities-arrived")
                gave_up=t!("authorities-late")
            />
            <a href=reload>{t!("authorities-reload")}</a>
        </Note>
    }
}

#[component]
fn AskAgain() -> impl IntoView {
    view! {
        <Card title=t!("authorities-again-title")>
            <p>{t!("authorities-again-text")}</p>
            <PostButton
                action="/renewal/authorities/ask-again"
                label=t!("authorities-again-button")
                weight=Weight::Secondary
            />
        </Card>
    }
}

/// A card for each authority that has something to show, and one for those that are told in a line.
fn answers(texts: &Texts, answers: &[SourceAnswer], month: &str) -> impl IntoView + use<> {
    let (quiet, loud): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| is_quiet(answer));
    let cards = loud.into_iter().map(|answer| {
        let name = authority_name(texts, &answer.authority);
        view! { <section class="card"><h2>{name}</h2>{in_full(texts, answer, month)}</section> }
    });
    let cards = cards.collect_view();
    view! { {cards}{quiet_ones(texts, &quiet)} }
}

fn quiet_ones(texts: &Texts, answers: &[&SourceAnswer]) -> Option<impl IntoView + use<>> {
    let rows = answers.iter().map(|answer| {
        let name = authority_name(texts, &answer.authority);
        view! { <li><b>{name}</b><span class="row-end muted">{in_short(texts, &answer.state)}</span></li> }
    });
    let rows: Vec<_> = rows.collect();
    let explains = answers.iter().any(|answer| is_nothing_found(answer));
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card">
                <ul class="rows in-short">{rows}</ul>
                {explains.then(|| view! { <p class="muted small">{t!("answer-nothing-found-means")}</p> })}
            </section>
        }
    })
}
