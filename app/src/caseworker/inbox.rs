//! The inbox: what has arrived and waits for a decision, the oldest first.

use leptos::prelude::*;

use super::due::due_word;
use super::model::{Inbox, InboxRow, InboxTab};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, ShownSignatureState, Signature, Tone};
use crate::t;
use crate::ui::{Isolated, PageHead, Pagination, Tab, Table, Tabs, Tag};

/// The renewals of one tab.
pub fn page(inbox: Inbox) -> Page {
    Page::new(Phrase::new("inbox-title"), move || {
        let Inbox { query, counts, pages, rows } = inbox;
        let tabs = InboxTab::ALL
            .into_iter()
            .zip(counts)
            .map(|(tab, count)| Tab {
                href: format!("/staff/inbox?tab={}", tab.code()),
                label: t!(&format!("inbox-tab-{}", tab.code()), count = count),
                current: tab == query.tab,
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <div class="card"><p>{t!(&format!("inbox-empty-{}", query.tab.code()))}</p></div> }.into_any()
        } else {
            view! { <Rows tab=query.tab rows/> }.into_any()
        };
        view! {
            <PageHead title=t!("inbox-title") lead=t!("inbox-lead")/>
            <Tabs label=t!("inbox-tabs") tabs/>
            {list}
            <Pagination page=query.page pages base=format!("/staff/inbox?tab={}&page=", query.tab.code())/>
        }
    })
}

#[component]
fn Rows(tab: InboxTab, rows: Vec<InboxRow>) -> impl IntoView {
    let texts = texts();
    let first = if tab == InboxTab::Decided { t!("inbox-decision") } else { t!("inbox-due") };
    let rows = rows.iter().map(|row| table_row(&texts, row, &first)).collect_view();
    view! {
        <div class="card list-card">
            <Table caption=t!(&format!("inbox-caption-{}", tab.code())) caption_hidden=true stack=true>
                <thead>
                    <tr>
                        <th scope="col">{first.clone()}</th>
                        <th scope="col">{t!("inbox-applicants")}</th>
                        <th scope="col">{t!("inbox-month")}</th>
                        <th scope="col">{t!("inbox-signed")}</th>
                        <th scope="col">{t!("inbox-caseworker")}</th>
                        <th scope="col">{t!("inbox-arrived")}</th>
                        <th scope="col">{t!("inbox-findings")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
}

fn table_row(texts: &Texts, row: &InboxRow, first: &str) -> impl IntoView + use<> {
    let href = format!("/staff/renewals/{}", row.renewal);
    let applicants = row.signatures.iter().enumerate().map(|(index, signature)| {
        let name = signature.name.full();
        let name = if index == 0 {
            view! { <a href=href.clone()><b>{name}</b></a> }.into_any()
        } else {
            view! { <b>{name}</b> }.into_any()
        };
        view! { <span class="party">{name}" "<span class="muted small"><Isolated text=signature.number.hyphenated()/></span></span> }
    });
    let applicants = applicants.collect_view();
    let findings =
        row.findings.iter().map(|finding| view! { <Tag text=texts.phrase(&finding.text) tone=finding.tone/> });
    let findings = findings.collect_view();
    let proposer = row.proposer.as_deref().map(|name| {
        let text = texts.with("inbox-proposed", &[("name", name.into())]);
        view! { <Tag text tone=Tone::Info/> }
    });
    let none = (row.findings.is_empty() && row.proposer.is_none()).then_some("nothing");
    view! {
        <tr>
            <td data-label=first.to_owned()>{state(texts, row)}</td>
            <th scope="row">
                {applicants}
                <span class="muted small whole">
                    {texts.with("inbox-case", &[("number", row.case_number.0.as_str().into())])}
                </span>
            </th>
            <td data-label=texts.get("inbox-month")><span class="whole">{texts.month_of_year(row.month)}</span></td>
            <td data-label=texts.get("inbox-signed")><span class="marks">{signed_by(texts, &row.signatures)}</span></td>
            <td data-label=texts.get("inbox-caseworker")>
                {row.caseworker.clone().unwrap_or_else(|| texts.get("inbox-nobody"))}
            </td>
            <td data-label=texts.get("inbox-arrived")>
                <span class="whole">{texts.moment(row.arrived)}</span>" "
                <span class="muted small whole age">{texts.with("inbox-age", &[("days", row.age_days.into())])}</span>
            </td>
            <td class=none data-label=texts.get("inbox-findings")><span class="marks">{proposer}{findings}</span></td>
        </tr>
    }
}

/// The day to decide by; or the decision once there is one, and whom it has not reached.
fn state(texts: &Texts, row: &InboxRow) -> AnyView {
    if let Some(decision) = &row.decision {
        let outcome = texts.get(decision.outcome.inline_key());
        let values = [("outcome", outcome.into()), ("day", texts.day(decision.decided).into())];
        let unread = decision.receipts.iter().filter(|receipt| receipt.received.is_none()).map(|receipt| {
            let text = texts.with("inbox-unread", &[("name", receipt.person.as_str().into())]);
            view! { <Tag text tone=Tone::Warning/> }
        });
        let unread = unread.collect_view();
        let text = texts.with("inbox-decided", &values);
        return view! { <span class="marks"><Tag text tone=Tone::Plain/>{unread}</span> }.into_any();
    }
    let Some(due) = row.due else { return texts.get("inbox-no-due").into_any() };
    let (text, tone) = due_word(texts, due, row.arrived, row.age_days);
    view! { <Tag text tone/> }.into_any()
}

/// Those who have signed by given name, then those who have not, each in a tag that says so.
fn signed_by(texts: &Texts, signatures: &[Signature]) -> AnyView {
    let has_signed = |signature: &&Signature| matches!(signature.state, ShownSignatureState::Signed { .. });
    let names: Vec<&str> = signatures.iter().filter(has_signed).map(|signature| signature.name.called()).collect();
    let missing = signatures
        .iter()
        .filter(|signature| !has_signed(signature))
        .map(|signature| {
            let (key, tone) = match signature.state {
                ShownSignatureState::Declined { .. } => ("inbox-declined", Tone::Bad),
                ShownSignatureState::Left { .. } => ("signing-left", Tone::Warning),
                _ => ("inbox-missing", Tone::Warning),
            };
            let text = texts.with(key, &[("name", signature.name.called().into())]);
            view! { <Tag text tone/> }
        })
        .collect_view();
    view! { <span>{names.join(" + ")}</span>{missing} }.into_any()
}
