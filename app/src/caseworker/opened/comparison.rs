//! Every value from every source, side by side.

use domain::NormMonth;
use leptos::prelude::*;

use crate::caseworker::model::{Cell, ComparisonRow};
use crate::i18n::{Texts, texts};
use crate::model::{AuthorityName, SourceChip};
use crate::t;
use crate::ui::{Amount, Card, SourceChip, Table, Tag};

/// The values with their differences in words. Where some rows are as last month, the others can be seen alone, without script.
pub(super) fn card(rows: &[ComparisonRow], previous: NormMonth) -> impl IntoView + use<> {
    let texts = texts();
    if rows.is_empty() {
        return view! { <Card title=t!("comparison-title")><p>{t!("comparison-none")}</p></Card> }.into_any();
    }
    let changed = rows.iter().filter(|row| !is_settled(row)).count();
    let filter = (changed > 0 && changed < rows.len()).then(|| {
        let settled = u32::try_from(rows.len() - changed).unwrap_or(u32::MAX);
        view! {
            <input type="checkbox" id="only-changes" class="only-changes" autocomplete="off"/>
            <label for="only-changes">{t!("comparison-only-changes", count = settled)}</label>
        }
    });
    let labels = Labels {
        stated: t!("comparison-stated"),
        authority: t!("comparison-authority"),
        previous: texts.month(previous),
        counted: t!("comparison-counted"),
    };
    let body = rows.iter().map(|row| table_row(&texts, &labels, row)).collect_view();
    view! {
        <section class="card comparison">
            <h2>{t!("comparison-title")}</h2>
            {filter}
            <Table caption=t!("comparison-caption") caption_hidden=true stack=true>
                <thead>
                    <tr>
                        <th scope="col">{t!("comparison-what")}</th>
                        <th scope="col" class="end"><SourceChip source=SourceChip::Stated(labels.stated.clone())/></th>
                        <th scope="col" class="end">
                            <SourceChip source=SourceChip::Authority(AuthorityName::Named(labels.authority.clone()))/>
                        </th>
                        <th scope="col" class="end"><SourceChip source=SourceChip::Earlier(previous)/></th>
                        <th scope="col" class="end"><SourceChip source=SourceChip::Caseworker(labels.counted.clone())/></th>
                        <th scope="col">{t!("comparison-difference")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </Table>
        </section>
    }
    .into_any()
}

/// What stands before each value where the columns have no room.
struct Labels {
    stated: String,
    authority: String,
    previous: String,
    counted: String,
}

/// Nothing differs, nothing is missing, nothing waits for a human.
fn is_settled(row: &ComparisonRow) -> bool {
    let is_known = |cell: &Cell| matches!(cell, Cell::Nothing | Cell::Amount(_));
    row.difference.is_none() && [&row.stated, &row.authority, &row.previous, &row.counted].into_iter().all(is_known)
}

fn table_row(texts: &Texts, labels: &Labels, row: &ComparisonRow) -> impl IntoView + use<> {
    let label = texts.phrase(&row.label);
    let label = match &row.person {
        Some(person) => texts.with("comparison-of", &[("what", label.into()), ("name", person.as_str().into())]),
        None => label,
    };
    let note = row.note.as_ref().map(|note| {
        let note = texts.with("comparison-note", &[("text", note.as_str().into())]);
        view! { <br/><span class="small muted" dir="auto">{note}</span> }
    });
    let difference = row
        .difference
        .as_ref()
        .map(|difference| view! { <Tag text=texts.phrase(&difference.text) tone=difference.tone/> });
    view! {
        <tr class=is_settled(row).then_some("settled")>
            <th scope="row">{label}{note}</th>
            <td class=class(&row.stated) data-label=labels.stated.clone()>{value(texts, &row.stated)}</td>
            <td class=class(&row.authority) data-label=labels.authority.clone()>{value(texts, &row.authority)}</td>
            <td class=class(&row.previous) data-label=labels.previous.clone()>{value(texts, &row.previous)}</td>
            <td class=class(&row.counted) data-label=labels.counted.clone()><b>{value(texts, &row.counted)}</b></td>
            <td>{difference}</td>
        </tr>
    }
}

/// A cell of a row that became a block on a narrow screen is left out where nothing is said.
const fn class(cell: &Cell) -> &'static str {
    if matches!(cell, Cell::Nothing) { "end nothing" } else { "end" }
}

/// Absence is never zero: a dash where nothing was expected, a word where something is missing.
fn value(texts: &Texts, cell: &Cell) -> AnyView {
    match cell {
        Cell::Nothing => {
            let hidden = texts.get("comparison-nothing");
            view! { <span aria-hidden="true">"–"</span><span class="hidden-text">{hidden}</span> }.into_any()
        }
        Cell::Amount(amount) => view! { <Amount amount=*amount/> }.into_any(),
        Cell::Missing(finding) => view! { <Tag text=texts.phrase(&finding.text) tone=finding.tone/> }.into_any(),
        Cell::Open => texts.get("comparison-open").into_any(),
    }
}
