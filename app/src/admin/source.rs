//! One authority source: switch it on and off, test it.

use jiff::civil::DateTime;
use leptos::prelude::*;

use super::model::{OpenedSource, StepResult, Test, TestStage};
use super::words::{day_count, duration, last_failure, last_success, protocol_name, state_word, timeouts};
use crate::document::Page;
use crate::i18n::{Texts, texts};
use crate::model::{Phrase, Tone};
use crate::t;
use crate::ui::{BackLink, Card, PageHead, PostButton, SummaryList, SummaryRow, Table, Tag, Weight, authority_name};

/// What it is, how it fares, and the latest test of the connection.
pub fn page(opened: OpenedSource) -> Page {
    Page::new(Phrase::new("source-page").with("name", &opened.source.name), move || {
        let texts = texts();
        let name = authority_name(&texts, &opened.source.name);
        let (word, tone) = state_word(&texts, opened.source.enabled);
        let actions = format!("/admin/sources/{}", opened.source.id);
        let rows = facts(&texts, &opened);
        view! {
            <BackLink href="/admin/sources" label=t!("sources-title")/>
            <div class="page-head">
                <PageHead title=name lead=protocol_name(&texts, opened.source.protocol)/>
                <Tag text=word tone/>
            </div>
            <div class="columns">
                <div class="column">
                    <TheTest test=opened.test action=format!("{actions}/test")/>
                    <Card title=t!("source-facts")><SummaryList rows/></Card>
                </div>
                <Switch enabled=opened.source.enabled switched=opened.switched action=format!("{actions}/switch")/>
            </div>
        }
    })
}

fn facts(texts: &Texts, opened: &OpenedSource) -> Vec<SummaryRow> {
    let row = |key: &str, value: AnyView| SummaryRow { label: texts.get(key), value, change: None };
    let source = &opened.source;
    let address = view! { <code>{source.endpoint.clone()}</code> };
    let certificate = opened.certificate_until.map(|day| row("source-certificate", texts.date(day).into_any()));
    let rows = [
        Some(row("sources-address", address.into_any())),
        Some(row("sources-waits", timeouts(texts, source).into_any())),
        certificate,
        Some(row("sources-last-success", last_success(texts, source).into_any())),
        Some(row("sources-last-failure", last_failure(texts, source).into_any())),
        Some(row("sources-day", day_count(texts, source).into_any())),
    ];
    rows.into_iter().flatten().collect()
}

#[component]
fn Switch(enabled: bool, switched: Option<(String, DateTime)>, action: String) -> impl IntoView {
    let (text, label, value) = if enabled {
        (t!("source-switch-on-text"), t!("source-switch-off"), "off")
    } else {
        (t!("source-switch-off-text"), t!("source-switch-on"), "on")
    };
    let fields = vec![("enabled".to_owned(), value.to_owned())];
    let by = switched.map(|(name, at)| {
        view! { <p class="muted small">{t!("source-switched", name = name, at = texts().long_moment(at))}</p> }
    });
    view! {
        <Card title=t!("source-switch")>
            <p>{text}</p>
            {by}
            <div class="actions"><PostButton action label weight=Weight::Secondary fields/></div>
        </Card>
    }
}

#[component]
fn TheTest(test: Option<Test>, action: String) -> impl IntoView {
    let texts = texts();
    let result = match test {
        Some(test) if test.stages.is_empty() => view! {
            <p class="marks">
                <Tag text=t!("source-test-running") tone=Tone::Plain/>
                <span class="muted small">{t!("source-tested", name = test.by, at = texts.long_moment(test.at))}</span>
            </p>
            <p>{t!("source-test-running-text")}</p>
        }
        .into_any(),
        Some(test) => {
            let passed = !test.stages.iter().any(|stage| matches!(stage.result, StepResult::Failed { .. }));
            let (verdict, tone) =
                if passed { (t!("source-test-good"), Tone::Good) } else { (t!("source-test-bad"), Tone::Bad) };
            let rows = test.stages.into_iter().map(|stage| stage_row(&texts, stage)).collect_view();
            view! {
                <p class="marks">
                    <Tag text=verdict tone/>
                    <span class="muted small">{t!("source-tested", name = test.by, at = texts.long_moment(test.at))}</span>
                </p>
                <Table caption=t!("source-test-caption") caption_hidden=true stack=true>
                    <thead>
                        <tr>
                            <th scope="col">{t!("source-stage")}</th>
                            <th scope="col">{t!("source-result")}</th>
                            <th scope="col">{t!("source-took")}</th>
                            <th scope="col">{t!("source-detail")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
            }
            .into_any()
        }
        None => view! { <p class="muted">{t!("source-untested")}</p> }.into_any(),
    };
    view! {
        <Card title=t!("source-test")>
            <p>{t!("source-test-text")}</p>
            {result}
            <div class="actions"><PostButton action label=t!("source-test-button")/></div>
        </Card>
    }
}

fn stage_row(texts: &Texts, stage: TestStage) -> impl IntoView + use<> {
    let name = texts.get(&format!("source-stage-{}", stage.stage.code()));
    let phrase = |note: Option<Phrase>| note.map(|note| texts.phrase(&note));
    let (word, tone, took, detail) = match stage.result {
        StepResult::Passed { took, note } => {
            (texts.get("source-passed"), Tone::Good, Some(took), phrase(note).unwrap_or_default())
        }
        StepResult::Failed { took, problem, note } => {
            let problem = texts.phrase(&problem);
            let detail = phrase(note).map_or_else(|| problem.clone(), |note| format!("{problem} {note}"));
            (texts.get("source-failed"), Tone::Bad, Some(took), detail)
        }
        StepResult::NotTried => (texts.get("source-not-tried"), Tone::Plain, None, String::new()),
    };
    let took = took.map(|took| duration(texts, took));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><Tag text=word tone/></td>
            <td>{took}</td>
            <td>{detail}</td>
        </tr>
    }
}
