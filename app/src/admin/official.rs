//! One official: what they may decide, and whether they come in.

use domain::staff::StaffRole;
use leptos::prelude::*;

use super::model::{DelegationForm, OfficialRow, OpenedOfficial};
use super::words::{may_decide, more, official_state, role_name};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Form, Outcome, Phrase, Value};
use crate::t;
use crate::ui::{
    BackLink, Card, ErrorSummary, Field, LinkButton, Note, NoteTone, PageHead, PostButton, Radios, SelectOption,
    SubmitButton, SummaryList, SummaryRow, Tag, TextKind, Weight, field_errors, field_state,
};

/// What is delegated to them, as a form where it can be; and the way out and in.
pub fn page(opened: OpenedOfficial) -> Page {
    let title = Phrase::new("official-page").with("name", opened.official.name.as_str());
    let has_errors = !opened.delegations.form.errors.is_empty() || !opened.number.1.errors.is_empty();
    let body = move || {
        let texts = texts();
        let OpenedOfficial { official, is_viewer, number, delegations } = opened;
        let (word, tone) = official_state(&texts, &official);
        let address = format!("/admin/officials/{}", official.id);
        let rows = facts(&texts, &official);
        let errors = [field_errors(&delegations.form), field_errors(&number.1)].concat();
        let number = (official.role == StaffRole::Caseworker && official.ended.is_none())
            .then(|| view! { <OwnNumber number is_known=official.is_known address=address.clone()/> });
        let what = if official.may_decide() {
            view! { <Delegations delegations address=address.clone()/> }.into_any()
        } else {
            let why = match official.role {
                StaffRole::Admin => t!("official-is-admin"),
                StaffRole::Caseworker => t!("official-ended-text", name = official.name.as_str()),
            };
            view! { <Card><p>{why}</p></Card> }.into_any()
        };
        view! {
            <BackLink href="/admin/officials" label=t!("officials-title")/>
            <ErrorSummary errors/>
            <div class="page-head">
                <PageHead title=official.name.clone() lead=role_name(&texts, official.role)/>
                <Tag text=word tone/>
            </div>
            <div class="columns">
                <div class="column">{what}</div>
                <div class="column">
                    {(!rows.is_empty()).then(|| view! { <Card title=t!("official-facts")><SummaryList rows/></Card> })}
                    {number}
                    <Access official is_viewer address/>
                </div>
            </div>
        }
    };
    Page::new(title, body).with_errors(has_errors)
}

fn facts(texts: &Texts, official: &OfficialRow) -> Vec<SummaryRow> {
    let row = |key: &str, value: String| SummaryRow { label: texts.get(key), value: value.into_any(), change: None };
    let more = more(texts, official).join(", ");
    let is_caseworker = official.role == StaffRole::Caseworker;
    let ended = official.ended.as_ref().map(|(name, at)| {
        texts.with("officials-ended-by", &[("name", name.as_str().into()), ("at", texts.long_moment(*at).into())])
    });
    let rows = [
        is_caseworker.then(|| row("officials-may", may_decide(texts, official))),
        (!more.is_empty()).then(|| row("officials-more", more)),
        ended.map(|ended| row("officials-ended", ended)),
    ];
    rows.into_iter().flatten().collect()
}

#[component]
fn Delegations(delegations: DelegationForm, address: String) -> impl IntoView {
    let DelegationForm { typed, seen, form } = delegations;
    let fields = typed
        .into_iter()
        .map(|(outcome, value)| {
            let (name, state) = (outcome.code(), field_state(&form, outcome.code()));
            if outcome.grants() {
                let label = t!("official-amount", outcome = inline(outcome));
                view! { <Field name label hint=t!("official-amount-hint") value kind=TextKind::Amount state/> }
                    .into_any()
            } else {
                let legend = t!("official-yes-no", outcome = inline(outcome));
                let options =
                    vec![SelectOption::new("yes", t!("official-yes")), SelectOption::new("no", t!("official-no"))];
                view! { <Radios name legend options value state/> }.into_any()
            }
        })
        .collect_view();
    view! {
        <form method="post" action=address>
            <input type="hidden" name="seen" value=seen/>
            <section class="card fields">
                <h2>{t!("official-delegations")}</h2>
                <p>{t!("official-delegations-text")}</p>
                {fields}
                <div class="actions"><SubmitButton label=t!("official-save")/></div>
            </section>
        </form>
    }
}

/// By their own number, their own case is kept from them. What is stored is not shown again.
#[component]
fn OwnNumber(number: (String, Form), is_known: bool, address: String) -> impl IntoView {
    let (value, form) = number;
    let says = if is_known { t!("official-number-known") } else { t!("official-number-unknown") };
    view! {
        <form class="card form" method="post" action=format!("{address}/number")>
            <h2>{t!("official-number-title")}</h2>
            <p>{says}</p>
            <Field
                name="number"
                label=t!("relations-number")
                hint=t!("relations-number-hint")
                value
                state=field_state(&form, "number")
            />
            <div class="actions"><SubmitButton label=t!("official-number-save") weight=Weight::Secondary/></div>
        </form>
    }
}

/// An outcome inside a sentence.
fn inline(outcome: Outcome) -> Value {
    Value::Key(outcome.inline_key().into())
}

/// Whether they come in: the way to end it, or to let them in again.
#[component]
fn Access(official: OfficialRow, is_viewer: bool, address: String) -> impl IntoView {
    if is_viewer {
        return view! { <Note tone=NoteTone::Info><p>{t!("official-is-you")}</p></Note> }.into_any();
    }
    if official.ended.is_some() {
        let text = match official.role {
            StaffRole::Caseworker => t!("official-let-in-text"),
            StaffRole::Admin => t!("official-let-in-admin-text", name = official.name),
        };
        return view! {
            <Card title=t!("official-ended-title")>
                <p>{text}</p>
                <div class="actions">
                    <PostButton action=format!("{address}/let-in") label=t!("official-let-in") weight=Weight::Secondary/>
                </div>
            </Card>
        }
        .into_any();
    }
    view! {
        <Card title=t!("official-end-title")>
            <p>{t!("official-end-text")}</p>
            <div class="actions">
                <LinkButton href=format!("{address}/end") label=t!("official-end") weight=Weight::Secondary/>
            </div>
        </Card>
    }
    .into_any()
}
