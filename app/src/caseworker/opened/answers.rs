//! What each source said about each adult, with the ways of having no row told apart.

use domain::NormMonth;
use domain::authority::{Answer, AuthorityRow, Content, Fact, Failure, NotAsked, RowState};
use leptos::prelude::*;

use crate::i18n::{Texts, texts};
use crate::port::{AnswerState, PersonAnswers, SourceAnswer, Tone};
use crate::t;
use crate::ui::{Amount, Table, Tag, authority_name, failure_word};

/// One table an adult.
pub(super) fn card(people: Vec<PersonAnswers>) -> impl IntoView {
    let texts = texts();
    let none = people.is_empty();
    let tables = people.into_iter().map(|person| {
        let rows = person.answers.iter().map(|answer| source_row(&texts, answer)).collect_view();
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
                <tbody>{rows}</tbody>
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

fn source_row(texts: &Texts, source: &SourceAnswer) -> impl IntoView + use<> {
    let name = authority_name(texts, &source.authority);
    let (word, tone, fetched, content) = match &source.state {
        AnswerState::Waiting => (texts.get("answers-waiting"), Tone::Info, String::new(), None),
        AnswerState::Done { answer, at } => {
            let (word, tone) = outcome(texts, answer);
            let content = answer.content().map(|content| rows_and_facts(texts, content));
            (word, tone, texts.moment(*at), content)
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
        Answer::NotAsked(NotAsked::AwaitsCoApplicant) => (texts.get("answers-awaits"), Tone::Warning),
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

fn rows_and_facts(texts: &Texts, content: &Content) -> impl IntoView + use<> {
    let rows = content.rows.iter().map(|row| {
        let when = when(texts, row);
        view! { <li>{row.label.clone()}" "<b><Amount amount=row.amount/></b>" "<span class="muted">{when}</span></li> }
    });
    let facts = content.facts.iter().map(|fact| {
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

/// When it is paid, planned or done, and what time it is for, as far as that is known.
fn when(texts: &Texts, row: &AuthorityRow) -> String {
    let paid = row.pay_date.map(|day| {
        let key = match row.state {
            RowState::Planned => "answers-planned",
            RowState::Paid => "answers-paid",
        };
        texts.with(key, &[("day", texts.day(day).into())])
    });
    let period = row.period.map(|(first, last)| match NormMonth::of(first) {
        Ok(month) if month.first_day() == first && month.last_day() == last => {
            texts.with("answers-month", &[("month", texts.month(month).into())])
        }
        _ => texts.with("answers-period", &[("first", texts.day(first).into()), ("last", texts.day(last).into())]),
    });
    [paid, period].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
