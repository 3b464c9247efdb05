//! Check answers, and sign.

use domain::authority::{Answer, AuthorityRow};
use leptos::prelude::*;

use super::answers::{in_short, row as fetched_row};
use super::items::{ItemHead, hidden_name};
use super::part;
use super::payout_words::method;
use super::port::{Change, Check, Direction, Household, Item, PartError, PayoutPart, RenewalPart};
use super::signers::Signers;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::port::{AnswerState, Calculation, CalculationOutcome, PersonAnswers, Phrase, SigningState, SourceAnswer};
use crate::t;
use crate::ui::{
    Amount, BackLink, CalculationLines, CalculationSums, Card, ErrorLink, ErrorSummary, Isolated, Note, NoteTone,
    PageHead, PostButton, Prose, SourceChip, SummaryChange, SummaryList, SummaryRow, authority_name,
};

/// What has changed, every answer, the preliminary figure, who signs, what signing means, and the button.
pub fn page(check: Check) -> Page {
    let has_errors = !check.errors.is_empty();
    let body = move || {
        let texts = texts();
        let month = texts.month_of_year(check.window.month);
        view! {
            <BackLink href="/renewal" label=t!("renewal-all-parts")/>
            <ErrorSummary errors=check.errors.iter().map(|error| link(&texts, error)).collect()/>
            <PageHead
                title=t!("check-title")
                lead=t!("check-lead", month = month, until = texts.day(check.window.until))
            />
            {changes(&texts, check.previous, check.changes)}
            {about_you(&texts, &check.household)}
            {authorities(&texts, &check.people)}
            <Items direction=Direction::Income items=check.incomes/>
            <Items direction=Direction::Expense items=check.expenses/>
            {payout(&texts, check.payout)}
            {the_message(&texts, check.message)}
            <Preliminary outcome=check.preliminary/>
            <Card title=t!("check-signatures")><Signers signatures=check.signatures/></Card>
            {(!has_errors).then(|| view! { <Sign revision=check.revision signing=check.signing/> })}
        }
    };
    Page::new(Phrase::new("check-title"), body).with_errors(has_errors)
}

/// An error as a link to where it is mended.
fn link(texts: &Texts, error: &PartError) -> ErrorLink {
    let part = part::address(error.part);
    let field = &error.error.field;
    let href = error.item.map_or_else(|| format!("{part}#{field}"), |id| format!("{part}/{id}#{field}"));
    let message = texts.phrase(&error.error.message);
    let text =
        texts.with("check-error", &[("part", part::name(texts, error.part).into()), ("message", message.into())]);
    ErrorLink { href, text }
}

fn changes(texts: &Texts, previous: Option<domain::NormMonth>, changes: Vec<Change>) -> Option<impl IntoView + use<>> {
    let previous = texts.month(previous?);
    let title = texts.with("check-changes", &[("month", previous.as_str().into())]);
    let none = changes.is_empty().then(|| view! { <p>{t!("check-changes-none")}</p> });
    let rows = changes.into_iter().enumerate().map(|(index, change)| one_change(texts, index + 1, change, &previous));
    let rows: Vec<_> = rows.collect();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    Some(view! { <Card title>{none}{rows}</Card> })
}

fn one_change(texts: &Texts, number: usize, change: Change, previous: &str) -> impl IntoView + use<> {
    let label = texts.phrase(&change.label);
    let now = match change.now {
        Some(amount) => view! { <Amount amount/> }.into_any(),
        None => texts.get("check-change-gone").into_any(),
    };
    let before = match change.before {
        Some(amount) => {
            let month = texts.with("check-change-before", &[("month", previous.into())]);
            view! { <span><Amount amount/>" "{month}</span> }.into_any()
        }
        None => view! { <span>{texts.with("check-change-new", &[("month", previous.into())])}</span> }.into_any(),
    };
    let what =
        texts.with("check-change-number", &[("number", number.to_string().into()), ("what", label.as_str().into())]);
    view! {
        <li>
            <span class="marks"><span>{label}</span><SourceChip source=change.source/></span>
            <b class="row-end">{now}</b>
            <span class="row-below marks muted">
                {before}
                <a href=part::address(change.part)>{t!("check-edit")}<span class="hidden-text">" "{what}</span></a>
            </span>
        </li>
    }
}

fn about_you(texts: &Texts, household: &Household) -> impl IntoView + use<> {
    let href = part::address(RenewalPart::Household);
    let row = |label: String, value: AnyView, field: &str, what: String| SummaryRow {
        label,
        value,
        change: Some(SummaryChange { href: format!("{href}#{field}"), label: texts.get("check-edit"), what }),
    };
    let or_none = |text: &str| {
        if text.trim().is_empty() {
            view! { <span class="muted">{texts.get("check-not-given")}</span> }.into_any()
        } else {
            view! { <Isolated text=text.to_owned()/> }.into_any()
        }
    };
    let people = household.members.iter().map(|member| member.name.given.clone()).collect::<Vec<_>>().join(", ");
    let answer = match household.answer.as_str() {
        "same" => texts.get("household-same").into_any(),
        "changed" => view! {
            <p>{texts.get("household-changed")}</p>
            <Prose text=household.change.clone()/>
        }
        .into_any(),
        _ => or_none(""),
    };
    let rows = vec![
        SummaryRow { label: texts.get("household-members"), value: people.into_any(), change: None },
        row(texts.get("household-question"), answer, "household", texts.get("check-what-household")),
        row(texts.get("household-phone"), or_none(&household.phone), "phone", texts.get("check-what-phone")),
        row(texts.get("household-email"), or_none(&household.email), "email", texts.get("check-what-email")),
    ];
    view! { <Card title=part::name(texts, RenewalPart::Household)><SummaryList rows/></Card> }
}

fn authorities(texts: &Texts, people: &[PersonAnswers]) -> impl IntoView + use<> {
    let several = people.len() > 1;
    let people = people.iter().map(|person| {
        let name = several.then(|| view! { <h3>{person.person.clone()}</h3> });
        let amounts = person.answers.iter().flat_map(|answer| {
            rows(answer).iter().map(|row| fetched_row(texts, row, &answer.authority)).collect::<Vec<_>>()
        });
        let said = person.answers.iter().filter(|answer| !is_plain(answer) || rows(answer).is_empty()).map(|answer| {
            let name = authority_name(texts, &answer.authority);
            view! { <li><span>{name}</span><span class="row-end muted">{in_short(texts, &answer.state)}</span></li> }
        });
        let (amounts, said) = (amounts.collect_view(), said.collect_view());
        view! {
            <div class="part">
                {name}
                {(!amounts.is_empty()).then(|| view! { <ul class="rows">{amounts}</ul> })}
                {(!said.is_empty()).then(|| view! { <ul class="rows told">{said}</ul> })}
            </div>
        }
    });
    let people = people.collect_view();
    view! { <Card title=part::name(texts, RenewalPart::Authorities)>{people}</Card> }
}

fn rows(answer: &SourceAnswer) -> &[AuthorityRow] {
    match &answer.state {
        AnswerState::Done { answer, .. } => answer.content().map(|content| content.rows.as_slice()).unwrap_or_default(),
        AnswerState::Waiting => &[],
    }
}

/// Whether there is nothing to say beside the rows.
const fn is_plain(answer: &SourceAnswer) -> bool {
    matches!(answer.state, AnswerState::Done { answer: Answer::Answered(_), .. })
}

#[component]
fn Items(direction: Direction, items: Vec<Item>) -> impl IntoView {
    let texts = texts();
    let list = part::address(direction.part());
    let rows = items.into_iter().enumerate().map(|(index, item)| {
        let what = hidden_name(&texts, direction, index + 1, &item);
        let href = format!("{list}/{}", item.id);
        view! {
            <li>
                <ItemHead item/>
                <span class="row-below"><a href=href>{t!("check-edit")}<span class="hidden-text">" "{what}</span></a></span>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let none = rows.is_empty().then(|| view! { <p class="muted">{t!("check-none")}</p> });
    let rows = (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    let more = match direction {
        Direction::Income => t!("check-edit-incomes"),
        Direction::Expense => t!("check-edit-expenses"),
    };
    view! {
        <Card title=part::name(&texts, direction.part())>
            {none}
            {rows}
            <p><a href=list>{more}</a></p>
        </Card>
    }
}

fn payout(texts: &Texts, payout: PayoutPart) -> impl IntoView + use<> {
    let how = method(texts, &payout.method);
    view! { <Card title=part::name(texts, RenewalPart::Payout)><p>{payout.payee}<br/>{how}</p></Card> }
}

fn the_message(texts: &Texts, message: String) -> impl IntoView + use<> {
    let text = if message.trim().is_empty() {
        view! { <p class="muted">{texts.get("check-not-given")}</p> }.into_any()
    } else {
        view! { <Prose text=message/> }.into_any()
    };
    let (href, edit) = (part::address(RenewalPart::Message), texts.get("check-edit-message"));
    view! {
        <Card title=part::name(texts, RenewalPart::Message)>
            {text}
            <p><a href=href>{edit}</a></p>
        </Card>
    }
}

/// What the rules give, before a human has decided.
#[component]
fn Preliminary(outcome: CalculationOutcome) -> impl IntoView {
    let figure = match outcome {
        CalculationOutcome::Figure(calculation) => figure(calculation).into_any(),
        CalculationOutcome::NoFigure(why) => view! { <p>{texts().phrase(&why)}</p> }.into_any(),
    };
    view! {
        <Card title=t!("check-preliminary")>
            {figure}
            <p class="muted">{t!("check-human")}</p>
        </Card>
    }
}

fn figure(calculation: Calculation) -> impl IntoView {
    let amount = calculation.payable;
    let about = if amount.is_zero() { t!("check-nothing-payable") } else { t!("check-payable") };
    let count = calculation.finality.open_lines();
    let open = (count > 0).then(|| view! { <p>{t!("check-open", count = count)}</p> });
    view! {
        <p>{about}</p>
        {(!amount.is_zero()).then(|| view! { <p><Amount amount big=true/></p> })}
        {open}
        <details>
            <summary>{t!("check-line-by-line")}</summary>
            <CalculationSums calculation=calculation.clone()/>
            <CalculationLines calculation/>
        </details>
    }
}

/// What signing means, in the words that are signed, and the button.
#[component]
fn Sign(revision: u32, signing: SigningState) -> impl IntoView {
    let interrupted = signing == SigningState::Interrupted;
    let label = if interrupted { t!("check-sign-again") } else { t!("check-sign") };
    view! {
        {interrupted.then(|| view! {
            <Note tone=NoteTone::Warning><h2>{t!("check-interrupted")}</h2><p>{t!("check-interrupted-text")}</p></Note>
        })}
        <Note>
            <h2>{t!("signed-declaration")}</h2>
            <p>{t!("signed-honour")}</p>
            <p>{t!("signed-consent")}</p>
        </Note>
        <div class="actions">
            <PostButton action="/renewal/sign" label fields=vec![("revision".to_owned(), revision.to_string())]/>
        </div>
    }
}
