//! The question before a begun renewal is taken back.

use domain::renewal::Part;
use leptos::prelude::*;

use super::model::Withdraw;
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, LinkButton, PageHead, SubmitButton, Weight};

/// What it means, and both answers.
pub fn page(question: Withdraw) -> Page {
    let [title, lead, button] = match question.part {
        Part::Whole => ["withdraw-title", "withdraw-lead", "withdraw-button"],
        Part::Own => ["own-part-remove-title", "own-part-remove-lead", "own-part-remove"],
    };
    Page::new(Phrase::new(title).with("month", question.month), move || {
        let texts = texts();
        let name = question.other.unwrap_or_default();
        let lead = texts.with(lead, &[("name", name.as_str().into())]);
        let other = question.part == Part::Whole && !name.is_empty();
        view! {
            <BackLink href="/renewal" label=t!("renewal-all-sections")/>
            <PageHead title=texts.with(title, &[("month", texts.month(question.month).into())]) lead/>
            {other.then(|| view! { <p>{t!("withdraw-other", name = name)}</p> })}
            <form method="post" action="/renewal/withdraw">
                <input type="hidden" name="part" value=question.part.code()/>
                <input type="hidden" name="of" value=question.of/>
                <div class="actions">
                    <SubmitButton label=texts.get(button) weight=Weight::Danger/>
                    <LinkButton href="/renewal" label=t!("withdraw-keep") weight=Weight::Secondary/>
                </div>
            </form>
        }
    })
}
