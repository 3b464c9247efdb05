//! Who answers for a case hands it over.

use leptos::prelude::*;

use super::model::AssignCase;
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, ErrorSummary, PageHead, Select, SelectOption, SubmitButton, field_errors, field_state};

/// To whom.
pub fn page(asked: AssignCase) -> Page {
    let has_errors = !asked.form.errors.is_empty();
    let body = move || {
        let renewal = format!("/staff/renewals/{}", asked.renewal);
        let options = asked.others.iter().map(|(id, name)| SelectOption::new(id.to_string(), name.clone())).collect();
        view! {
            <BackLink href=renewal.clone() label=t!("decide-back")/>
            <ErrorSummary errors=field_errors(&asked.form)/>
            <PageHead
                title=t!("assign-title", number = asked.case_number.0.as_str())
                lead=t!("assign-lead")
            />
            <form class="card form" method="post" action=format!("{renewal}/assign")>
                <Select
                    name="to"
                    label=t!("assign-to")
                    options
                    value=String::new()
                    state=field_state(&asked.form, "to")
                />
                <div class="actions"><SubmitButton label=t!("assign-submit")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("assign-heading"), body).with_errors(has_errors)
}
