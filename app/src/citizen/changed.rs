//! What has changed since the month that a renewal begins from.

use domain::renewal::Section;
use leptos::prelude::*;

use super::model::Changed;
use super::section;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, Checkboxes, ErrorSummary, PageHead, RevisionField, SelectOption, SubmitButton, field_errors, field_state,
};

/// What can have changed, in the words of somebody in whose life it has.
const PARTS: [(Section, &str); 5] = [
    (Section::Household, "changed-household"),
    (Section::Activity, "changed-activity"),
    (Section::Incomes, "changed-incomes"),
    (Section::Expenses, "changed-expenses"),
    (Section::Message, "changed-message"),
];

/// The parts, to be chosen among: only those are opened.
pub fn page(changed: Changed) -> Page {
    let has_errors = !changed.form.errors.is_empty();
    let watched = section::watched(changed.form.revision);
    let title = Phrase::new("changed-title").with("previous", changed.previous);
    let body = move || {
        let texts = texts();
        let previous = texts.month(changed.previous);
        let parts = PARTS.map(|(part, words)| SelectOption::new(part.code(), texts.get(words)));
        view! {
            <BackLink href="/renewal/month" label=t!("month-title", previous = previous.as_str())/>
            <ErrorSummary errors=field_errors(&changed.form)/>
            <PageHead title=t!("changed-title", previous = previous.as_str()) lead=t!("changed-lead")/>
            <form method="post" action="/renewal/changed">
                <RevisionField revision=changed.form.revision of=changed.form.of.clone()/>
                <section class="card fields">
                    <Checkboxes
                        name="part"
                        legend=t!("changed-question")
                        options=parts.to_vec()
                        state=field_state(&changed.form, "part")
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
        }
    };
    Page::new(title, body).with_errors(has_errors).watching(watched)
}
