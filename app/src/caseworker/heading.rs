//! What stands at the top of every page about one renewal.

use leptos::prelude::*;

use super::due::due_word;
use super::model::RenewalHead;
use super::signing::signature_word;
use crate::document::Watched;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::ui::{Isolated, Tag};

/// What a page about one renewal watches until it is decided: what a colleague may save.
pub(super) fn watched(head: &RenewalHead, revision: u32) -> Option<Watched> {
    let address = || format!("/staff/renewals/{}/revision", head.renewal);
    head.decision.is_none().then(|| Watched { revision, address: address(), shared: true })
}

/// The title that the browser's tab shows: the case and the month, no name.
pub(super) fn tab_title(key: &'static str, head: &RenewalHead) -> Phrase {
    Phrase::new(key).with("number", head.case_number.0.as_str()).with("month", head.month)
}

/// The page's `h1`; number, case and household; the signatures; and the day to decide by.
pub(super) fn heading(head: &RenewalHead, title: String) -> impl IntoView + use<> {
    let texts = texts();
    let signatures = head.signatures.iter().map(|signature| {
        let (text, tone) = signature_word(&texts, signature);
        view! { <Tag text tone/> }
    });
    let signatures = signatures.collect_view();
    let document = format!("/staff/renewals/{}#signed-document", head.renewal);
    let (word, tone) = state(&texts, head);
    let facts = facts(&texts, head).into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view();
    view! {
        <div class="page-head">
            <div>
                <h1>{title}</h1>
                <ul class="facts muted">{facts}</ul>
                <div class="marks">
                    {signatures}
                    <a class="small" href=document>{texts.get("heading-signed-document")}</a>
                </div>
            </div>
            <Tag text=word tone/>
        </div>
    }
}

fn state(texts: &Texts, head: &RenewalHead) -> (String, Tone) {
    if let Some(decision) = &head.decision {
        let outcome = texts.get(decision.outcome.inline_key());
        let values = [("outcome", outcome.into()), ("day", texts.day(decision.decided).into())];
        return (texts.with("heading-decided", &values), Tone::Plain);
    }
    match head.due {
        Some(due) => {
            let (word, tone) = due_word(texts, due, head.arrived, head.age_days);
            (texts.with("heading-due", &[("day", word.into())]), tone)
        }
        None => (texts.get("heading-undecided"), Tone::Plain),
    }
}

fn facts(texts: &Texts, head: &RenewalHead) -> Vec<AnyView> {
    let number = view! { <Isolated text=head.applicant.number.hyphenated()/> }.into_any();
    let case = texts.with("heading-case", &[("number", head.case_number.0.as_str().into())]).into_any();
    let partner = head.co_applicant.as_ref().map(|party| {
        let name = texts.with("heading-with", &[("name", party.name.full().into())]);
        view! { {name}" "<Isolated text=party.number.hyphenated()/> }.into_any()
    });
    let children =
        (head.children > 0).then(|| texts.with("heading-children", &[("count", head.children.into())]).into_any());
    let arrived = [("at", texts.moment(head.arrived).into()), ("days", head.age_days.into())];
    let arrived = texts.with("heading-arrived", &arrived).into_any();
    let caseworker = match &head.caseworker {
        Some(name) => texts.with("heading-caseworker", &[("name", name.as_str().into())]),
        None => texts.get("heading-no-caseworker"),
    };
    [Some(number), Some(case), partner, children, Some(arrived), Some(caseworker.into_any())]
        .into_iter()
        .flatten()
        .collect()
}
