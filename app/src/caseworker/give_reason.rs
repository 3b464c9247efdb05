//! Why somebody with clearance opens the case of people with protected identity.

use leptos::prelude::*;

use super::model::GiveReason;
use super::protected::what;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, ErrorSummary, PageHead, SubmitButton, TextArea, field_errors, field_state};

/// One field, which must be filled in.
pub fn page(asked: GiveReason) -> Page {
    let has_errors = !asked.form.errors.is_empty();
    let body = move || {
        let what = what(&texts(), asked.row.what);
        view! {
            <BackLink href="/staff/protected" label=t!("protected-title")/>
            <ErrorSummary errors=field_errors(&asked.form)/>
            <PageHead
                title=t!("give-reason-title", number = asked.row.case_number.0.as_str())
                lead=t!("give-reason-lead", what = what)
            />
            <form method="post" action=format!("/staff/protected/{}", asked.row.about)>
                <section class="card fields">
                    <TextArea
                        name="reason"
                        label=t!("give-reason-label")
                        hint=t!("give-reason-hint")
                        value=asked.reason
                        state=field_state(&asked.form, "reason")
                        rows=3
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("give-reason-open")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("give-reason-heading"), body).with_errors(has_errors)
}
