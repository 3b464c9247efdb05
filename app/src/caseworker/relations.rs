//! Whom an official is close to.

use domain::staff::RelationKind;
use leptos::prelude::*;

use super::model::{RelationRow, Relations};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, Card, ErrorSummary, Field, Isolated, PageHead, PostButton, Radios, SelectOption, SubmitButton, Weight,
    field_errors, field_state,
};

/// Those that they have told, and one more.
pub fn page(shown: Relations) -> Page {
    let has_errors = !shown.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let list = if shown.rows.is_empty() {
            view! { <p>{t!("relations-none")}</p> }.into_any()
        } else {
            let rows = shown.rows.iter().map(|one| row(&texts, one)).collect_view();
            view! { <ul class="rows">{rows}</ul> }.into_any()
        };
        let options = RelationKind::ALL.map(|kind| SelectOption::new(kind.code(), texts.get(kind.key()))).to_vec();
        view! {
            <BackLink href="/staff/inbox" label=t!("inbox-title")/>
            <ErrorSummary errors=field_errors(&shown.form)/>
            <PageHead title=t!("relations-title") lead=t!("relations-lead")/>
            <Card title=t!("relations-are")>{list}</Card>
            <form class="card form" method="post" action="/staff/relations">
                <h2>{t!("relations-add")}</h2>
                <Field
                    name="number"
                    label=t!("relations-number")
                    hint=t!("relations-number-hint")
                    value=shown.number
                    state=field_state(&shown.form, "number")
                />
                <Radios
                    name="kind"
                    legend=t!("relations-kind")
                    options
                    value=shown.kind
                    state=field_state(&shown.form, "kind")
                />
                <div class="actions"><SubmitButton label=t!("relations-submit")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("relations-title"), body).with_errors(has_errors)
}

fn row(texts: &Texts, row: &RelationRow) -> impl IntoView + use<> {
    let number = row.number.hyphenated();
    let since = texts.with("relations-since", &[("day", texts.date(row.since).into())]);
    view! {
        <li>
            <span><Isolated text=number.clone()/>" "{texts.get(row.kind.key())}<br/><span class="muted">{since}</span></span>
            <PostButton
                action="/staff/relations/end"
                label=texts.with("relations-end", &[("number", number.into())])
                weight=Weight::Secondary
                small=true
                fields=vec![("relation".to_owned(), row.id.to_string())]
            />
        </li>
    }
}
