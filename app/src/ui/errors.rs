//! The error summary.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::model::Form;
use crate::t;

/// The id of the error summary.
const ERRORS_ID: &str = "errors";

/// One error in the summary.
#[derive(Clone)]
pub struct ErrorLink {
    /// Where it is mended: `#amount`, or the address of another page.
    pub href: String,
    pub text: String,
}

/// The errors of a form as links to its fields, in the page's language and in the words that stand at the fields.
pub fn field_errors(form: &Form) -> Vec<ErrorLink> {
    let texts = texts();
    form.errors
        .iter()
        .map(|error| ErrorLink { href: format!("#{}", error.field), text: texts.phrase(&error.message) })
        .collect()
}

/// What is wrong on the page, above everything else. It takes the focus when the page opens, without script. Nothing when nothing is
/// wrong.
#[component]
pub fn ErrorSummary(
    /// The errors, in the order of the page.
    errors: Vec<ErrorLink>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let links = errors
            .into_iter()
            .map(|error| view! { <li><a href=error.href>{error.text}</a></li> })
            .collect_view();
        view! {
            <div class="ds-error-summary error-summary" id=ERRORS_ID tabindex="-1" autofocus aria-labelledby="errors-title">
                <h2 id="errors-title">{t!("ui-errors-title")}</h2>
                <ul>{links}</ul>
            </div>
        }
    })
}
