//! What a person says is wrong with a fetched row, in the same words to everybody.

use domain::authority::RowKind;
use domain::renewal::dispute::{DisputeReason, DisputeStatement};
use leptos::prelude::*;

use super::{Prose, Tag};
use crate::i18n::Texts;
use crate::model::{RowDispute, Tone};

/// What stands below the row: what is wrong, what is right instead, and why.
pub fn row_dispute(texts: &Texts, kind: RowKind, dispute: &RowDispute) -> impl IntoView + use<> {
    let tag = view! { <Tag text=texts.get("dispute-tag") tone=Tone::Warning/> };
    match dispute {
        RowDispute::Unfinished => view! { {tag}" "{texts.get("dispute-unfinished")} }.into_any(),
        RowDispute::Said(said) => view! {
            {tag}" "{texts.get(reason_key(said.reason, kind))}". "{right(texts, said)}
            <Prose text=said.why.as_str()/>
        }
        .into_any(),
    }
}

/// The key of the text of a reason: money that did not come, a bill that is not one's own.
pub const fn reason_key(reason: DisputeReason, kind: RowKind) -> &'static str {
    match (reason, kind) {
        (DisputeReason::NotMine, RowKind::Expense(_)) => "dispute-reason-not-mine-bill",
        (reason, _) => reason.key(),
    }
}

fn right(texts: &Texts, said: &DisputeStatement) -> Option<String> {
    let values = [said.amount.map(|amount| texts.money(amount)), said.date.map(|day| texts.date(day))];
    let values: Vec<_> = values.into_iter().flatten().collect();
    (!values.is_empty()).then(|| texts.with("dispute-right", &[("values", values.join(", ").into())]))
}
