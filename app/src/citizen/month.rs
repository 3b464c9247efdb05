//! The first page of a renewal that begins from an earlier month: that month beside this one.

use domain::renewal::activity::ActivityAnswer;
use domain::renewal::draft::ItemList;
use leptos::prelude::*;

use super::answers::silent_ones;
use super::authorities::Arriving;
use super::model::{ActivityFields, ComparedRow, FetchedRow, Month, MonthField, OnceRow, OtherAdult};
use super::other_adult::as_part;
use super::payout_method::method;
use super::preliminary::preliminary;
use super::section;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Form, Phrase, SourceChip};
use crate::t;
use crate::ui::{
    Amount, BackLink, ErrorSummary, Field, PageHead, PostButton, Radios, RevisionField, SelectOption, SourceChip,
    SubmitButton, TextArea, TextKind, Weight, fetched_paid, field_errors, field_state,
};

/// What the person said then and what stands now, what the authorities say, the questions of this month, and the two ways on.
pub fn page(month: Month) -> Page {
    let has_errors = !month.form.errors.is_empty();
    let watched = section::watched(month.form.revision);
    let pending = month.pending;
    let title = Phrase::new("month-title").with("previous", month.previous);
    let body = move || {
        let texts = texts();
        let names = Names { before: texts.month(month.previous), now: texts.month(month.window.month) };
        let until = texts.day(month.window.until);
        let without = month.other.as_ref().and_then(OtherAdult::left_out);
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <ErrorSummary errors=field_errors(&month.form)/>
            <PageHead title=t!("month-title", previous = names.before.as_str()) lead=t!("month-lead")/>
            <form method="post" action="/renewal/month" novalidate=true>
                <RevisionField revision=month.form.revision of=month.form.of.clone()/>
                <section class="card">
                    {head(t!("month-from-you"), &names)}
                    <ul class="compared">
                        {household(&texts, &month.household)}
                        {month.stated.iter().map(|row| stated(&texts, row, &names)).collect_view()}
                        <li class="whole">
                            <span>{t!("check-payout")}</span>
                            <span class="now">{method(&texts, &month.payout.method)}</span>
                        </li>
                    </ul>
                    {once(&texts, &month.once, &names)}
                </section>
                <section class="card">
                    {head(t!("month-fetched"), &names)}
                    <ul class="compared">
                        {month.fetched.iter().map(|row| fetched(&texts, row, &names)).collect_view()}
                    </ul>
                    {silent_ones(&texts, &month.answers)}
                    {(pending > 0).then(|| view! { <Arriving pending reload="/renewal/month"/> })}
                    {month.other.as_ref().map(|other| as_part(&texts, other))}
                    <p><a href="/renewal/authorities">{t!("month-see-authorities")}</a></p>
                </section>
                {questions(&texts, &month, &names)}
                {preliminary(month.preliminary.clone(), &month.answers, without, month.is_unfinished, month.is_household_changed)}
                <div class="actions">
                    <SubmitButton label=t!("month-same") sends=("answer".to_owned(), "same".to_owned())/>
                    <SubmitButton
                        label=t!("month-changed")
                        sends=("answer".to_owned(), "changed".to_owned())
                        weight=Weight::Secondary
                    />
                </div>
                <p class="muted small">
                    {t!("month-nothing-sent", until = until)}" "<a href="/renewal/withdraw">{t!("renewal-withdraw")}</a>
                </p>
            </form>
            {month.may_ask_again.then(|| view! {
                <PostButton
                    action="/renewal/authorities/ask-again"
                    label=t!("authorities-again-button")
                    weight=Weight::Secondary
                />
            })}
        }
    };
    Page::new(title, body).with_errors(has_errors).with_islands(pending > 0).watching(watched)
}

/// The two months by name, as they stand above the columns and before each amount for who does not see those.
struct Names {
    before: String,
    now: String,
}

fn head(title: String, names: &Names) -> impl IntoView + use<> {
    view! {
        <div class="compared-head">
            <h2>{title}</h2>
            <span aria-hidden="true">{names.before.clone()}</span>
            <span aria-hidden="true">{names.now.clone()}</span>
        </div>
    }
}

fn household(texts: &Texts, names: &[String]) -> impl IntoView + use<> {
    let who = if names.is_empty() {
        texts.get("month-alone")
    } else {
        texts.with("month-with", &[("names", names.join(", ").into())])
    };
    view! {
        <li class="whole">
            <span>{texts.get("household-members")}</span>
            <span class="now">{who}</span>
            <span class="row-below marks"><SourceChip source=SourceChip::Register/></span>
        </li>
    }
}

/// The amount of each of the two months, or that there is none.
fn amounts(
    texts: &Texts,
    before: Option<domain::Money>,
    now: Option<domain::Money>,
    names: &Names,
) -> impl IntoView + use<> {
    let amount = |amount: Option<domain::Money>| match amount {
        Some(amount) => view! { <Amount amount/> }.into_any(),
        None => view! { <span aria-hidden="true">"–"</span><span class="hidden-text">{texts.get("month-none")}</span> }
            .into_any(),
    };
    view! {
        <span class="was"><span class="hidden-text">{names.before.clone()}" "</span>{amount(before)}</span>
        <span class="now"><span class="hidden-text">{names.now.clone()}" "</span>{amount(now)}</span>
    }
}

fn stated(texts: &Texts, row: &ComparedRow, names: &Names) -> impl IntoView + use<> {
    let since = row.since.map(|month| view! { <SourceChip source=SourceChip::Earlier(month)/> });
    view! {
        <li>
            <span>{texts.phrase(&row.label)}{whose(row.whose.as_deref())}</span>
            {amounts(texts, row.before, row.now, names)}
            <span class="row-below marks"><SourceChip source=row.source.clone()/>{since}</span>
        </li>
    }
}

fn whose(name: Option<&str>) -> Option<impl IntoView + use<>> {
    name.map(|name| view! { ", "<bdi>{name.to_owned()}</bdi> })
}

/// What was only then: it is not carried over, and need not be looked for.
fn once(texts: &Texts, rows: &[OnceRow], names: &Names) -> Option<impl IntoView + use<>> {
    let rows = rows.iter().map(|row| {
        let what = texts.phrase(&row.label);
        texts.with("month-once-row", &[("what", what.into()), ("amount", row.amount.into())])
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        let text =
            texts.with("month-once", &[("previous", names.before.as_str().into()), ("rows", rows.join(", ").into())]);
        view! { <p class="muted small">{text}</p> }
    })
}

fn fetched(texts: &Texts, row: &FetchedRow, names: &Names) -> impl IntoView + use<> {
    let when = row.only.as_ref().and_then(|row| fetched_paid(texts, row));
    view! {
        <li>
            <span>{texts.phrase(&row.label)}</span>
            {amounts(texts, row.before, row.now, names)}
            <span class="row-below marks">
                <SourceChip source=row.source.clone()/>
                {when.map(|when| view! { <span class="muted">{when}</span> })}
            </span>
        </li>
    }
}

/// What is asked each month: the amounts that may well be others now, and what the person has done to get work.
fn questions(texts: &Texts, month: &Month, names: &Names) -> impl IntoView + use<> {
    let about = texts.month(month.about);
    let fields = month.asked.iter().map(|field| asked(texts, field, &month.form, names, &about)).collect_view();
    let activity = activity(texts, &month.activity, &month.form, &about);
    view! {
        <section class="card fields">
            <h2>{texts.with("month-questions", &[("month", about.as_str().into())])}</h2>
            {fields}
            {activity}
        </section>
    }
}

fn asked(texts: &Texts, field: &MonthField, form: &Form, names: &Names, about: &str) -> impl IntoView + use<> {
    let name = MonthField::name_of(field.id);
    let what = texts.phrase(&field.label);
    let label = match field.list {
        ItemList::Incomes => texts.with("month-income", &[("what", what.into()), ("month", about.into())]),
        ItemList::Expenses => {
            texts.with("month-expense", &[("what", what.into()), ("month", names.now.as_str().into())])
        }
    };
    let label = match &field.whose {
        Some(whose) => texts.with("month-whose", &[("what", label.into()), ("name", whose.as_str().into())]),
        None => label,
    };
    let before = field.before.map(|amount| {
        texts.with("month-before", &[("month", names.before.as_str().into()), ("amount", amount.into())])
    });
    let after_tax = (field.list == ItemList::Incomes).then(|| texts.get("month-after-tax"));
    let hint = [after_tax, before].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let state = field_state(form, &name);
    view! { <Field name label hint value=field.amount.clone() kind=TextKind::Amount state/> }
}

/// The question what somebody has done to get work in a month.
pub(super) fn activity(texts: &Texts, fields: &ActivityFields, form: &Form, about: &str) -> impl IntoView + use<> {
    // Open where there is something in it, or something should be.
    let is_open = !fields.note.is_empty() || !form.errors.is_empty() || !form.conflicts.is_empty();
    let answers = ActivityAnswer::ALL.iter().map(|answer| SelectOption::new(answer.code(), texts.get(answer.key())));
    view! {
        <Radios
            name="activity"
            legend=texts.with("activity-question", &[("month", about.into())])
            options=answers.collect()
            value=fields.answer.clone()
            state=field_state(form, "activity")
        />
        <details open=is_open>
            <summary>{texts.get("activity-note-hint")}</summary>
            <TextArea
                name="activity-note"
                label=texts.get("activity-note")
                value=fields.note.clone()
                state=field_state(form, "activity-note")
                rows=2
            />
        </details>
    }
}
