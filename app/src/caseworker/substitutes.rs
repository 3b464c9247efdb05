//! Who stands in for whom, and when.

use leptos::prelude::*;

use super::model::{SubstituteRow, Substitutes};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, Card, DateField, ErrorSummary, PageHead, PostButton, Select, SelectOption, SubmitButton, Weight,
    field_errors, field_state,
};

/// Those that are, and one more.
pub fn page(shown: Substitutes) -> Page {
    let has_errors = !shown.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let list = if shown.rows.is_empty() {
            view! { <p>{t!("substitutes-none")}</p> }.into_any()
        } else {
            let rows = shown.rows.iter().map(|one| row(&texts, one)).collect_view();
            view! { <ul class="rows">{rows}</ul> }.into_any()
        };
        let options = shown.others.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
        let [from, until] = shown.examples;
        view! {
            <BackLink href="/staff/inbox" label=t!("inbox-title")/>
            <ErrorSummary errors=field_errors(&shown.form)/>
            <PageHead title=t!("substitutes-title") lead=t!("substitutes-lead")/>
            <Card title=t!("substitutes-are")>{list}</Card>
            <form class="card form" method="post" action="/staff/substitutes">
                <h2>{t!("substitutes-add")}</h2>
                <Select
                    name="substitute"
                    label=t!("substitutes-who")
                    options
                    value=shown.substitute
                    state=field_state(&shown.form, "substitute")
                />
                <DateField
                    name="from"
                    label=t!("substitutes-from")
                    example=from
                    value=shown.from
                    state=field_state(&shown.form, "from")
                />
                <DateField
                    name="until"
                    label=t!("substitutes-until")
                    example=until
                    value=shown.until
                    state=field_state(&shown.form, "until")
                />
                <div class="actions"><SubmitButton label=t!("substitutes-submit")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("substitutes-title"), body).with_errors(has_errors)
}

fn row(texts: &Texts, row: &SubstituteRow) -> impl IntoView + use<> {
    let days = texts
        .with("substitutes-days", &[("from", texts.date(row.from).into()), ("until", texts.date(row.until).into())]);
    let who = if row.is_own {
        texts.with("substitutes-of-you", &[("name", row.substitute.as_str().into())])
    } else {
        texts.with("substitutes-by-you", &[("name", row.absent.as_str().into())])
    };
    let end = row.is_own.then(|| {
        view! {
            <PostButton
                action="/staff/substitutes/end"
                label=texts.with("substitutes-end", &[("name", row.substitute.as_str().into())])
                weight=Weight::Secondary
                small=true
                fields=vec![("substitution".to_owned(), row.id.to_string())]
            />
        }
    });
    view! { <li><span>{who}<br/><span class="muted">{days}</span></span>{end}</li> }
}
