//! What the person has done to get work in the month before the one applied for.

use domain::renewal::Section;
use leptos::prelude::*;

use super::episodes;
use super::model::ActivitySection;
use super::month;
use super::section::{self, BackToSections};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{ErrorSummary, PageHead, RevisionField, SubmitButton, Weight, field_errors};

/// The question, and room for what was not done.
pub fn page(activity: ActivitySection) -> Page {
    let has_errors = !activity.form.errors.is_empty();
    let watched = section::watched(activity.form.revision);
    let body = move || {
        let texts = texts();
        let about = texts.month(activity.episodes.about);
        view! {
            <BackToSections month=activity.month section=Section::Activity/>
            <ErrorSummary errors=field_errors(&activity.form)/>
            <PageHead title=t!("renewal-section-activity")/>
            <form method="post" action="/renewal/activity" enctype="multipart/form-data" novalidate=true>
                <RevisionField revision=activity.form.revision of=activity.form.of.clone()/>
                <section class="card fields">
                    {month::activity(&texts, &activity.fields, &activity.form, &about)}
                </section>
                <section class="card fields">
                    <h2>{t!("episodes")}</h2>
                    <p class="muted">{t!("episodes-hint")}</p>
                    {episodes::blocks(&activity.episodes, &activity.form)}
                </section>
                <div class="actions">
                    <SubmitButton label=t!("renewal-continue")/>
                    <SubmitButton
                        label=t!("episodes-more")
                        weight=Weight::Secondary
                        sends=("more".to_owned(), "on".to_owned())
                    />
                </div>
            </form>
        }
    };
    Page::new(Phrase::new("renewal-section-activity"), body).with_errors(has_errors).watching(watched)
}
