//! What one authority said, with the ways of having no row told apart in plain words.

use domain::authority::{Answer, AuthorityRow, Content, Fact, Failure, FailureKind, NotAsked};
use leptos::prelude::*;

use super::model::GoneRow;
use crate::i18n::Texts;
use crate::model::{AnswerState, RowMark, SourceAnswer};
use crate::t;
use crate::ui::{Amount, Card, Note, NoteTone, Tag, authority_name, fetched_when, row_dispute};

/// Whether an answer is told in a line: it has no amounts, and nothing that the person may want to act on.
pub(super) fn is_quiet(answer: &SourceAnswer) -> bool {
    match &answer.state {
        AnswerState::Done { answer: Answer::Answered(content), .. } => content.rows.is_empty(),
        AnswerState::Done { answer: Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable), .. } => true,
        AnswerState::Waiting
        | AnswerState::Done {
            answer: Answer::Partly { .. } | Answer::Failed(_) | Answer::NotAsked(NotAsked::SwitchedOff),
            ..
        } => false,
    }
}

/// Whether the authority answered and gave nothing.
pub(super) const fn is_nothing_found(answer: &SourceAnswer) -> bool {
    matches!(answer.state, AnswerState::Done { answer: Answer::NothingFound, .. })
}

/// The answer in a few words.
pub(super) fn in_short(texts: &Texts, state: &AnswerState) -> String {
    let answer = match state {
        AnswerState::Waiting => return texts.get("answer-waiting"),
        AnswerState::Done { answer, .. } => answer,
    };
    texts.get(match answer {
        Answer::Answered(content) => return facts_in_short(texts, content),
        Answer::NothingFound => "answer-nothing-found",
        Answer::Partly { .. } => "answer-partly",
        Answer::Failed(failure) => failed(failure),
        Answer::NotAsked(NotAsked::SwitchedOff) => "answer-switched-off",
        Answer::NotAsked(NotAsked::NotApplicable) => "answer-not-applicable",
    })
}

fn facts_in_short(texts: &Texts, content: &Content) -> String {
    if content.facts.is_empty() {
        return texts.get("answer-answered");
    }
    content.facts.iter().map(|one| fact(texts, one)).collect::<Vec<_>>().join(". ")
}

const fn failed(failure: &Failure) -> &'static str {
    match failure.kind {
        FailureKind::Unreachable | FailureKind::TimedOut => "answer-failed-silent",
        FailureKind::Refused => "answer-failed-refused",
        FailureKind::Malformed => "answer-failed-malformed",
    }
}

fn fact(texts: &Texts, fact: &Fact) -> String {
    match fact {
        Fact::RegisteredJobSeeker { since } => texts.with("answer-job-seeker", &[("day", texts.date(*since).into())]),
        Fact::UnderWay { label } => texts.with("answer-under-way", &[("what", label.as_str().into())]),
    }
}

/// Those that reported no row, a line for each way of not reporting.
pub(super) fn silent_ones(texts: &Texts, answers: &[SourceAnswer]) -> Option<impl IntoView + use<>> {
    let said = silent(texts, answers).into_iter().map(|(words, names)| {
        view! { <li>{names.join(", ")}": "<span class="muted">{words}</span></li> }
    });
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| view! { <ul class="plain-list silent small">{said}</ul> })
}

/// Those, together where they said the same.
fn silent(texts: &Texts, answers: &[SourceAnswer]) -> Vec<(String, Vec<String>)> {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for answer in answers.iter().filter(|answer| reported(answer).is_empty()) {
        let (words, name) = (in_short(texts, &answer.state), authority_name(texts, &answer.authority));
        match said.iter_mut().find(|(one, _)| *one == words) {
            Some((_, names)) => names.push(name),
            None => said.push((words, vec![name])),
        }
    }
    said
}

/// What an authority has reported so far.
pub(super) fn reported(answer: &SourceAnswer) -> &[AuthorityRow] {
    match &answer.state {
        AnswerState::Done { answer, .. } => answer.content().map(|content| content.rows.as_slice()).unwrap_or_default(),
        AnswerState::Waiting => &[],
    }
}

/// The answer in full: its rows and facts, what is missing and what one can do, and when it was fetched. `month` is where the rows are
/// from.
pub(super) fn in_full(texts: &Texts, answer: &SourceAnswer, month: &str) -> impl IntoView + use<> {
    let name = authority_name(texts, &answer.authority);
    let (rows, fetched) = match &answer.state {
        AnswerState::Waiting => (None, None),
        AnswerState::Done { at, .. } => (rows(texts, answer, true), Some(*at)),
    };
    let fetched = fetched.map(|at| {
        view! { <p class="muted small">{texts.with("answer-fetched", &[("at", texts.moment(at).into())])}</p> }
    });
    view! { {rows}{absence(texts, &answer.state, &name, month)}{fetched} }
}

/// What is not there, and what the person can do about it.
fn absence(texts: &Texts, state: &AnswerState, name: &str, month: &str) -> Option<impl IntoView + use<>> {
    let args = [("name", name.into()), ("month", month.into())];
    let (tone, title, text, asks) = match state {
        AnswerState::Waiting => (NoteTone::Info, texts.get("answer-waiting"), texts.get("answer-waiting-text"), false),
        AnswerState::Done { answer, .. } => match answer {
            Answer::Answered(_) | Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable) => return None,
            Answer::Partly { .. } => {
                (NoteTone::Warning, texts.get("answer-partly"), texts.get("answer-partly-text"), true)
            }
            Answer::Failed(failure) => {
                (NoteTone::Warning, texts.get(failed(failure)), texts.get("answer-failed-text"), true)
            }
            Answer::NotAsked(NotAsked::SwitchedOff) => {
                (NoteTone::Plain, texts.get("answer-switched-off"), texts.get("answer-switched-off-text"), true)
            }
        },
    };
    let add = asks.then(|| {
        view! { <p><a href="/renewal/incomes/add">{texts.with("answer-add-yourself", &args)}</a></p> }
    });
    Some(view! { <Note tone><p><b>{title}</b>" "{text}</p>{add}</Note> })
}

/// What was reported: amounts, and facts without one. Beside each amount stands what the person says is wrong with it, and where it can be
/// said, a link to say so.
pub(super) fn rows(texts: &Texts, answer: &SourceAnswer, can_be_said: bool) -> Option<impl IntoView + use<>> {
    let AnswerState::Done { answer: said, .. } = &answer.state else { return None };
    let facts = said.content()?.facts.iter().map(|one| view! { <li>{fact(texts, one)}</li> }).collect_view();
    let amounts = answer.marked_rows().map(|(one, mark)| row(texts, one, mark, can_be_said)).collect_view();
    Some(view! { <ul class="rows">{amounts}{facts}</ul> })
}

/// One fetched amount, under the name of its authority. The authority's own words are Swedish whatever language the page is in.
pub(super) fn row(
    texts: &Texts,
    row: &AuthorityRow,
    mark: Option<&RowMark>,
    can_be_said: bool,
) -> impl IntoView + use<> {
    let when = fetched_when(texts, row);
    let taken = row.amount.is_negative().then(|| view! { <Tag text=t!("answer-taken-back")/> });
    let dispute = mark.and_then(|mark| mark.dispute.as_ref());
    let link = mark.filter(|_| can_be_said).map(|mark| {
        let href = format!("/renewal/authorities/{}/{}", mark.row.query, mark.row.index);
        let label = texts.get(if mark.dispute.is_some() { "dispute-change" } else { "dispute-link" });
        let what = [("what", row.label.as_str().into()), ("amount", row.amount.into())];
        let what = texts.with("dispute-link-what", &what);
        view! { <a href=href>{label}<span class="hidden-text">" "{what}</span></a> }
    });
    let below = (!when.is_empty() || taken.is_some() || link.is_some()).then(|| {
        view! {
            <span class="row-below marks muted">
                {(!when.is_empty()).then(|| view! { <span>{when}</span> })}
                {taken}
                {link}
            </span>
        }
    });
    let dispute =
        dispute.map(|dispute| view! { <div class="row-below said">{row_dispute(texts, row.kind, dispute)}</div> });
    view! {
        <li>
            <span lang="sv" dir="auto">{row.label.clone()}</span>
            <b class="row-end"><Amount amount=row.amount/></b>
            {below}
            {dispute}
        </li>
    }
}

/// What the person says of rows that no authority gives any more. It is not signed.
pub(super) fn gone(texts: &Texts, rows: &[GoneRow]) -> Option<impl IntoView + use<>> {
    let rows = rows.iter().map(|row| {
        let text =
            texts.with("dispute-gone-row", &[("what", row.label.as_str().into()), ("amount", row.amount.into())]);
        view! { <li><a href=format!("/renewal/authorities/{}", row.id)>{text}</a></li> }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title=t!("dispute-gone-title")>
                <p>{t!("dispute-gone")}</p>
                <ul class="rows">{rows}</ul>
            </Card>
        }
    })
}
