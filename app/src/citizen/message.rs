//! A message to the caseworker with the renewal.

use domain::renewal::Section;
use leptos::prelude::*;

use super::model::MessageSection;
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::model::Phrase;
use crate::t;
use crate::ui::{ErrorSummary, PageHead, RevisionField, SubmitButton, TextArea, field_errors, field_state};

/// One field, which may be left empty.
pub fn page(message: MessageSection) -> Page {
    let has_errors = !message.form.errors.is_empty();
    let watched = section::watched(message.form.revision);
    let body = move || {
        let lead = match message.caseworker {
            Some(name) => t!("message-lead-to", name = name),
            None => t!("message-lead"),
        };
        view! {
            <BackToSections month=message.month section=Section::Message/>
            <ErrorSummary errors=field_errors(&message.form)/>
            <PageHead title=t!("message-title") lead/>
            <form method="post" action="/renewal/message">
                <RevisionField revision=message.form.revision of=message.form.of.clone()/>
                <section class="card fields">
                    <TextArea
                        name="message"
                        label=t!("message-label")
                        hint=t!("message-hint")
                        value=message.message
                        state=field_state(&message.form, "message")
                        rows=7
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("message-title"), body).with_errors(has_errors).watching(watched)
}
