//! The inbox of the cases of people with protected identity: for caseworkers with clearance.

use leptos::prelude::*;

use super::model::{ProtectedRow, ProtectedWhat};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{PageHead, Table, Tag};

/// What waits, the oldest first, without a name.
pub fn page(rows: Vec<ProtectedRow>) -> Page {
    Page::new(Phrase::new("protected-title"), move || {
        let list = if rows.is_empty() {
            view! { <div class="card"><p>{t!("protected-empty")}</p></div> }.into_any()
        } else {
            view! { <Rows rows/> }.into_any()
        };
        view! {
            <PageHead title=t!("protected-title") lead=t!("protected-lead")/>
            {list}
        }
    })
}

#[component]
fn Rows(rows: Vec<ProtectedRow>) -> impl IntoView {
    let texts = texts();
    let rows = rows.iter().map(|row| table_row(&texts, row)).collect_view();
    view! {
        <div class="card list-card">
            <Table caption=t!("protected-title") caption_hidden=true stack=true>
                <thead>
                    <tr>
                        <th scope="col">{t!("protected-case")}</th>
                        <th scope="col">{t!("protected-what")}</th>
                        <th scope="col">{t!("inbox-arrived")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
}

fn table_row(texts: &Texts, row: &ProtectedRow) -> impl IntoView + use<> {
    let tone = if matches!(row.what, ProtectedWhat::Decided(_)) { Tone::Plain } else { Tone::Info };
    let said = what(texts, row.what);
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/staff/protected/{}", row.about)>
                    {row.case_number.0.clone()}<span class="hidden-text">" "{said.clone()}</span>
                </a>
            </th>
            <td data-label=texts.get("protected-what")><Tag text=said tone/></td>
            <td data-label=texts.get("inbox-arrived")><span class="whole">{texts.moment(row.arrived)}</span></td>
        </tr>
    }
}

/// What has come, in words.
pub(super) fn what(texts: &Texts, what: ProtectedWhat) -> String {
    let of = |key, month| texts.with(key, &[("month", texts.month_of_year(month).into())]);
    match what {
        ProtectedWhat::Waiting(month) => of("protected-waiting", month),
        ProtectedWhat::Decided(month) => of("protected-decided", month),
        ProtectedWhat::Message => texts.get("protected-message"),
    }
}
