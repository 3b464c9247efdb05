//! What was fetched and stated for earlier months. It cannot be changed.

use leptos::prelude::*;

use super::model::{History, HistoryRow};
use crate::i18n::{Texts, texts};
use crate::t;
use crate::ui::{Amount, Card, SourceChip};

/// The earlier months, each folded. Nothing when there are none.
#[component]
pub fn EarlierMonths(
    /// The months, the newest first.
    history: Vec<History>,
) -> impl IntoView {
    (!history.is_empty()).then(|| {
        let texts = texts();
        let months = history.into_iter().map(|month| one_month(&texts, month)).collect_view();
        view! {
            <Card title=t!("history-title")>
                <p class="muted">{t!("history-fixed")}</p>
                {months}
            </Card>
        }
    })
}

fn one_month(texts: &Texts, month: History) -> impl IntoView + use<> {
    let summary = texts.month_of_year(month.month);
    if month.rows.is_empty() {
        return view! { <p><b>{summary}</b>" "<span class="muted">{texts.get("history-empty")}</span></p> }.into_any();
    }
    view! { <details><summary>{summary}</summary><Rows rows=month.rows/></details> }.into_any()
}

/// Rows that are shown and not changed: what, how much, when, and who says so.
#[component]
pub fn Rows(rows: Vec<HistoryRow>) -> impl IntoView {
    let texts = texts();
    let rows = rows.into_iter().map(|row| {
        let day = row.date.map(|day| view! { <span>{texts.date(day)}</span> });
        view! {
            <li>
                <span dir="auto">{texts.phrase(&row.label)}</span>
                <b class="row-end"><Amount amount=row.amount/></b>
                <span class="row-below marks muted">{day}<SourceChip source=row.source/></span>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}
