//! A case that is not one's own: it is taken, or opened for a purpose.

use domain::opening::OpeningPurpose;
use leptos::prelude::*;

use super::model::{OpenCase, OpenedWhat};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{
    BackLink, ErrorSummary, PageHead, PostButton, Radios, SelectOption, SubmitButton, TextArea, Weight, field_errors,
    field_state,
};

/// The ways in: what is free can be taken, and any case opened by saying what for.
pub fn page(asked: OpenCase) -> Page {
    let has_errors = !asked.form.errors.is_empty();
    let body = move || {
        let texts = texts();
        let what = match asked.what {
            OpenedWhat::Renewal(month) => t!("open-case-renewal", month = texts.month_of_year(month)),
            OpenedWhat::Message => t!("open-case-message"),
        };
        let whose = match &asked.responsible {
            Some(name) => t!("open-case-theirs", what = what, name = name.as_str()),
            None => t!("open-case-free", what = what),
        };
        let address = format!("/staff/open/{}", asked.about);
        let is_free = asked.responsible.is_none();
        let take = is_free.then(|| {
            view! {
                <div class="actions">
                    <PostButton action=format!("{address}/take") label=t!("open-case-take")/>
                </div>
            }
        });
        let weight = if is_free { Weight::Secondary } else { Weight::Primary };
        let options =
            OpeningPurpose::ALL.map(|purpose| SelectOption::new(purpose.code(), texts.get(purpose.key()))).to_vec();
        view! {
            <BackLink href="/staff/inbox" label=t!("inbox-title")/>
            <ErrorSummary errors=field_errors(&asked.form)/>
            <PageHead title=t!("open-case-title", number = asked.case_number.0.as_str()) lead=whose/>
            {take}
            <form method="post" action=address>
                <section class="card fields">
                    <Radios
                        name="purpose"
                        legend=t!("open-case-purpose")
                        options
                        value=asked.purpose
                        state=field_state(&asked.form, "purpose")
                    />
                    <TextArea
                        name="words"
                        label=t!("open-case-words")
                        hint=t!("open-case-words-hint")
                        value=asked.words
                        state=field_state(&asked.form, "words")
                        rows=2
                    />
                </section>
                <div class="actions"><SubmitButton label=t!("open-case-open") weight/></div>
            </form>
        }
    };
    Page::new(Phrase::new("open-case-heading"), body).with_errors(has_errors)
}
