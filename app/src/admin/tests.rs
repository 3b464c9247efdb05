//! What the administrator's pages must say, whatever they look like.

use std::sync::Arc;
use std::time::Duration;

use domain::authority::{Agency, FailureKind, ProbeStage};
use domain::id::SourceId;
use jiff::civil::datetime;
use uuid::Uuid;

use super::model::{DayCount, OpenedSource, Protocol, SourceRow, StepResult, Test, TestStage};
use super::{source, sources};
use crate::document::{Assets, Frame, Page, Viewer, render};
use crate::i18n::Catalogue;
use crate::model::{AuthorityName, Phrase};

fn html(page: Page) -> String {
    let frame = Frame {
        texts: Catalogue::load().unwrap().texts("sv").unwrap(),
        languages: Vec::new(),
        municipality: "Exempelby kommun".to_owned(),
        viewer: Viewer::Administrator { name: "Ali Demir".to_owned() },
        demo: false,
        path: "/admin/sources".to_owned(),
        nonce: "n".to_owned(),
        assets: Arc::new(Assets {
            css: "/a.css".to_owned(),
            icon: "/a.svg".to_owned(),
            islands: "islands.0123".to_owned(),
            calculating: "calculating.4567".to_owned(),
        }),
        session: None,
    };
    render(frame, page)
}

fn a_source(enabled: bool) -> SourceRow {
    SourceRow {
        id: SourceId(Uuid::nil()),
        name: AuthorityName::Agency(Agency::Csn),
        protocol: Protocol::Ssbtek,
        enabled,
        endpoint: "https://csn.example/<v6>".to_owned(),
        connect_timeout: Duration::from_millis(500),
        answer_timeout: Duration::from_secs(20),
        last_success: None,
        last_failure: Some((datetime(2026, 11, 24, 9, 26, 0, 0), FailureKind::TimedOut)),
        day: DayCount { asked: 120, failed: 1 },
    }
}

fn opened(enabled: bool, stages: Option<Vec<TestStage>>) -> OpenedSource {
    let at = datetime(2026, 11, 24, 9, 41, 0, 0);
    OpenedSource {
        source: a_source(enabled),
        certificate_until: None,
        switched: None,
        test: stages.map(|stages| Test { at, by: "Ali Demir".to_owned(), stages }),
    }
}

#[test]
fn the_list_tells_how_a_source_fares() {
    let html = html(sources::page(vec![a_source(true)]));
    for told in [
        "CSN",
        ">På<",
        "https://csn.example/&lt;v6&gt;",
        "500\u{a0}ms på kontakt, 20\u{a0}s på svar",
        "aldrig",
        "24\u{a0}november 09.26, svarade inte i tid",
        "120 frågor, 1 fel",
        "href=\"/admin/sources/00000000-0000-0000-0000-000000000000\"",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[test]
fn the_switch_posts_the_other_state() {
    for (enabled, value, word) in [(true, "off", "Stäng av"), (false, "on", "Slå på")] {
        let html = html(source::page(opened(enabled, None)));
        assert!(html.contains("action=\"/admin/sources/00000000-0000-0000-0000-000000000000/switch\""), "{html}");
        assert!(html.contains(&format!("name=\"enabled\" value=\"{value}\"")) && html.contains(word), "{html}");
    }
}

#[test]
fn a_test_tells_each_stage_and_fails_as_a_whole_when_one_does() {
    let passed = |stage| TestStage { stage, result: StepResult::Passed { took: Duration::from_millis(4), note: None } };
    let problem = Phrase::new("source-problem-certificate-expired");
    let failed = StepResult::Failed { took: Duration::from_millis(31), problem, note: None };
    let good = html(source::page(opened(true, Some(vec![passed(ProbeStage::Dns)]))));
    assert!(good.contains("Förbindelsen fungerar<") && good.contains("4\u{a0}ms"), "{good}");
    let stages = vec![
        passed(ProbeStage::Dns),
        TestStage { stage: ProbeStage::Tls, result: failed },
        TestStage { stage: ProbeStage::Sample, result: StepResult::NotTried },
    ];
    let bad = html(source::page(opened(true, Some(stages))));
    for told in ["Förbindelsen fungerar inte", "gick bra", "gick inte", "provades inte", "certifikat gäller inte nu"]
    {
        assert!(bad.contains(told), "{told}: {bad}");
    }
    let running = html(source::page(opened(true, Some(Vec::new()))));
    assert!(running.contains("Pågår") && !running.contains("Förbindelsen fungerar"), "{running}");
}
