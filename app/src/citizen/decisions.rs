//! Every decision that the citizen may read.

use leptos::prelude::*;

use super::model::{Decisions, ListedDecision};
use crate::document::Page;
use crate::i18n::texts;
use crate::model::Phrase;
use crate::t;
use crate::ui::{BackLink, Card, PageHead};

/// Each with its month, its outcome and its day, the newest first.
pub fn page(decisions: Decisions) -> Page {
    Page::new(Phrase::new("own-decisions-title"), move || {
        let none = decisions.decisions.is_empty();
        view! {
            <BackLink href="/home" label=t!("renewal-to-home")/>
            <PageHead title=t!("own-decisions-title")/>
            <Card>
                {none.then(|| view! { <p class="muted">{t!("own-decisions-none")}</p> })}
                <ul class="rows">
                    {decisions.decisions.into_iter().map(|one| view! { <One one/> }).collect_view()}
                </ul>
            </Card>
        }
    })
}

#[component]
fn One(one: ListedDecision) -> impl IntoView {
    let texts = texts();
    let ListedDecision { month, renewal, brief } = one;
    let (outcome, month) = (texts.get(brief.outcome.inline_key()), texts.month_of_year(month));
    let title = t!("own-decisions-one", month = month.as_str(), outcome = outcome);
    let appeal = brief.appeal_until.map(|day| {
        view! { <span class="row-below">{t!("own-decisions-appeal", until = texts.date(day))}</span> }
    });
    view! {
        <li>
            <a href=format!("/decisions/{}", brief.id)><b>{title}</b></a>
            <span class="row-end">{texts.date(brief.decided)}</span>
            {appeal}
            <span class="row-below"><a href=format!("/renewals/{renewal}/signed")>{t!("own-decisions-signed", month = month)}</a></span>
        </li>
    }
}
