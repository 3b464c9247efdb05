//! A message to the caseworker with the renewal.

use leptos::prelude::*;

use super::model::{MessagePart, RenewalPart};
use super::part::{self, BackToParts};
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{ErrorSummary, PageHead, RevisionField, SubmitButton, TextArea, field_errors, field_state};

/// One field, which may be left empty.
pub fn page(part: MessagePart) -> Page {
    let has_errors = !part.form.errors.is_empty();
    let watched = part::watched(part.form.revision);
    let body = move || {
        let lead = match part.caseworker {
            Some(name) => t!("message-lead-to", name = name),
            None => t!("message-lead"),
        };
        view! {
            <BackToParts month=part.month part=RenewalPart::Message/>
            <ErrorSummary errors=field_errors(&part.form)/>
            <PageHead title=t!("message-title") lead/>
            <form method="post" action="/renewal/message">
                <RevisionField revision=part.form.revision/>
                <section class="card fields">
                    <TextArea
                        name="message"
                        label=t!("message-label")
                        hint=t!("message-hint")
                        value=part.message
                        state=field_state(&part.form, "message")
                        rows=7
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("message-title"), body).with_errors(has_errors).watching(watched)
}
