//! What each source said about each adult, with the ways of having no row told apart.

use domain::authority::{Answer, Fact, Failure, NotAsked};
use leptos::prelude::*;

use crate::i18n::{Texts, texts};
use crate::model::{AnswerState, PersonAnswers, SourceAnswer, Tone};
use crate::t;
use crate::ui::{Amount, Table, Tag, authority_name, failure_word, fetched_when, row_dispute};

/// One table an adult.
pub(super) fn card(people: Vec<PersonAnswers>) -> impl IntoView {
    let texts = texts();
    let none = people.is_empty();
    let tables = people.into_iter().map(|person| {
        let (reported, nothing): (Vec<_>, Vec<_>) = person.answers.iter().partition(|answer| !is_nothing_found(answer));
        let reported =
            reported.into_iter().map(|answer| source_row(&texts, answer, &authority_name(&texts, &answer.authority)));
        let nothing = together(&texts, &nothing);
        let nothing = nothing.iter().map(|(answer, names)| source_row(&texts, answer, &names.join(", ")));
        let (reported, nothing) = (reported.collect_view(), nothing.collect_view());
        view! {
            <Table caption=person.person stack=true>
                <thead>
                    <tr>
                        <th scope="col">{t!("answers-authority")}</th>
                        <th scope="col">{t!("answers-answer")}</th>
                        <th scope="col">{t!("answers-when")}</th>
                        <th scope="col">{t!("answers-content")}</th>
                    </tr>
                </thead>
                <tbody>{reported}{nothing}</tbody>
            </Table>
        }
    });
    let tables = tables.collect_view();
    view! {
        <section class="card answers">
            <h2>{t!("answers-title")}</h2>
            {none.then(|| view! { <p>{t!("answers-none")}</p> })}
            {tables}
        </section>
    }
}

const fn is_nothing_found(answer: &SourceAnswer) -> bool {
    matches!(answer.state, AnswerState::Done { answer: Answer::NothingFound, .. })
}

/// Those that answered and reported nothing, in one row for each time that they answered.
fn together<'a>(texts: &Texts, answers: &[&'a SourceAnswer]) -> Vec<(&'a SourceAnswer, Vec<String>)> {
    let mut rows: Vec<(&SourceAnswer, Vec<String>)> = Vec::new();
    for answer in answers {
        let name = authority_name(texts, &answer.authority);
        match rows.iter_mut().find(|(first, _)| when(texts, first) == when(texts, answer)) {
            Some((_, names)) => names.push(name),
            None => rows.push((answer, vec![name])),
        }
    }
    rows
}

/// When the answer came, to the minute.
fn when(texts: &Texts, answer: &SourceAnswer) -> String {
    match answer.state {
        AnswerState::Waiting => String::new(),
        AnswerState::Done { at, .. } => texts.moment(at),
    }
}

fn source_row(texts: &Texts, source: &SourceAnswer, name: &str) -> impl IntoView + use<> {
    let name = name.to_owned();
    let fetched = when(texts, source);
    let (word, tone, content) = match &source.state {
        AnswerState::Waiting => (texts.get("answers-waiting"), Tone::Info, None),
        AnswerState::Done { answer, .. } => {
            let (word, tone) = outcome(texts, answer);
            let content = answer.content().map(|content| rows_and_facts(texts, source, &content.facts));
            (word, tone, content)
        }
    };
    let failures = match &source.state {
        AnswerState::Done { answer: Answer::Partly { missing, .. }, .. } => failure_words(texts, missing),
        AnswerState::Done { answer: Answer::Failed(failure), .. } => {
            failure_words(texts, std::slice::from_ref(failure))
        }
        AnswerState::Waiting | AnswerState::Done { .. } => String::new(),
    };
    let label = (!fetched.is_empty()).then(|| texts.get("answers-when"));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><Tag text=word tone/></td>
            <td data-label=label>{fetched}</td>
            <td>{content}{(!failures.is_empty()).then(|| view! { <span class="muted">{failures}</span> })}</td>
        </tr>
    }
}

/// The five outcomes as five words. "Nothing found" promises nothing: the authority leaves out what it may not show.
fn outcome(texts: &Texts, answer: &Answer) -> (String, Tone) {
    match answer {
        Answer::Answered(_) => (texts.get("answers-answered"), Tone::Good),
        Answer::NothingFound => (texts.get("answers-nothing-found"), Tone::Plain),
        Answer::Partly { .. } => (texts.get("answers-partly"), Tone::Warning),
        Answer::Failed(_) => (texts.get("answers-failed"), Tone::Bad),
        Answer::NotAsked(NotAsked::SwitchedOff) => (texts.get("answers-switched-off"), Tone::Warning),
        Answer::NotAsked(NotAsked::NotApplicable) => (texts.get("answers-not-applicable"), Tone::Plain),
    }
}

/// What went wrong, with the authority's own code where it gave one.
fn failure_words(texts: &Texts, failures: &[Failure]) -> String {
    let words = failures.iter().map(|failure| {
        let word = failure_word(texts, failure.kind);
        match &failure.code {
            Some(code) => format!("{word} ({code})"),
            None => word,
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn rows_and_facts(texts: &Texts, source: &SourceAnswer, facts: &[Fact]) -> impl IntoView + use<> {
    let rows = source.marked_rows().map(|(row, mark)| {
        let when = fetched_when(texts, row);
        let dispute = mark.and_then(|mark| mark.dispute.as_ref());
        let dispute = dispute.map(|dispute| view! { <div class="said">{row_dispute(texts, row.kind, dispute)}</div> });
        view! {
            <li>
                {row.label.clone()}" "<b><Amount amount=row.amount/></b>" "<span class="muted">{when}</span>
                {dispute}
            </li>
        }
    });
    let facts = facts.iter().map(|fact| {
        let text = match fact {
            Fact::RegisteredJobSeeker { since } => {
                texts.with("answers-job-seeker", &[("day", texts.date(*since).into())])
            }
            Fact::UnderWay { label } => texts.with("answers-under-way", &[("what", label.as_str().into())]),
        };
        view! { <li>{text}</li> }
    });
    view! { <ul class="plain-list">{rows.collect_view()}{facts.collect_view()}</ul> }
}
