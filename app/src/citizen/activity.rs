//! What the person has done to get work in the month before the one applied for.

use domain::renewal::Section;
use leptos::prelude::*;

use super::model::ActivitySection;
use super::month;
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{ErrorSummary, PageHead, RevisionField, SubmitButton, field_errors};

/// The question, and room for what was not done.
pub fn page(activity: ActivitySection) -> Page {
    let has_errors = !activity.form.errors.is_empty();
    let watched = section::watched(activity.form.revision);
    let body = move || {
        let texts = texts();
        let about = texts.month(activity.about);
        view! {
            <BackToSections month=activity.month section=Section::Activity/>
            <ErrorSummary errors=field_errors(&activity.form)/>
            <PageHead title=t!("renewal-section-activity")/>
            <form method="post" action="/renewal/activity">
                <RevisionField revision=activity.form.revision of=activity.form.of.clone()/>
                <section class="card fields">
                    {month::activity(&texts, &activity.fields, &activity.form, &about)}
                </section>
                <div class="actions"><SubmitButton label=t!("renewal-continue")/></div>
            </form>
        }
    };
    Page::new(Phrase::new("renewal-section-activity"), body).with_errors(has_errors).watching(watched)
}
