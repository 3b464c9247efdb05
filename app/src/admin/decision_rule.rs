//! Up to where one official decides alone.

use leptos::prelude::*;

use super::model::DecidingAlone;
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    Card, ErrorSummary, Field, PageHead, RevisionField, SubmitButton, SummaryList, SummaryRow, TextKind, field_errors,
    field_state,
};

/// What it is and who said it, and a form to say it anew.
pub fn page(deciding: DecidingAlone) -> Page {
    let has_errors = !deciding.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let now = now(&texts, &deciding);
        let DecidingAlone { amount, by_hand, form, .. } = deciding;
        view! {
            <ErrorSummary errors=field_errors(&form)/>
            <PageHead title=t!("decision-rule-title") lead=t!("decision-rule-lead")/>
            <div class="columns">
                <form method="post" action="/admin/decisions">
                    <RevisionField revision=form.revision/>
                    <section class="card fields">
                        <h2>{t!("decision-rule-form")}</h2>
                        <Field
                            name="amount"
                            label=t!("decision-rule-amount")
                            hint=t!("decision-rule-amount-hint")
                            value=amount
                            kind=TextKind::Amount
                            state=field_state(&form, "amount")
                        />
                        <Field
                            name="by-hand"
                            label=t!("decision-rule-by-hand")
                            hint=t!("decision-rule-by-hand-hint")
                            value=by_hand
                            kind=TextKind::Amount
                            state=field_state(&form, "by-hand")
                        />
                        <div class="actions"><SubmitButton label=t!("decision-rule-save")/></div>
                    </section>
                </form>
                <div class="column">
                    <Card title=t!("decision-rule-now")>{now}</Card>
                    <Card title=t!("decision-rule-always")>
                        <ul class="rows">
                            <li>{t!("decision-rule-always-delegated")}</li>
                            <li>{t!("decision-rule-always-payee")}</li>
                            <li>{t!("decision-rule-always-acquainted")}</li>
                        </ul>
                        <p>{t!("decision-rule-whose")}" "<a href="/admin/officials">{t!("decision-rule-to-officials")}</a>"."</p>
                    </Card>
                </div>
            </div>
        }
    };
    Page::new(Phrase::new("decision-rule-title"), body).with_errors(has_errors)
}

fn now(texts: &Texts, deciding: &DecidingAlone) -> AnyView {
    let Some((alone, name, at)) = &deciding.now else {
        return view! { <p>{texts.get("decision-rule-none")}</p> }.into_any();
    };
    let row = |key: &str, value: String| SummaryRow { label: texts.get(key), value: value.into_any(), change: None };
    let said = [("name", name.as_str().into()), ("at", texts.long_moment(*at).into())];
    let rows = vec![
        row("decision-rule-amount-now", texts.money(alone.amount)),
        row("decision-rule-by-hand-now", texts.money(alone.by_hand)),
        row("decision-rule-said", texts.with("decision-rule-said-by", &said)),
    ];
    view! { <SummaryList rows/> }.into_any()
}
