//! What the administrator's pages must say, whatever they look like.

use std::sync::Arc;
use std::time::Duration;

use domain::authority::{Agency, FailureKind, ProbeStage};
use domain::id::{JobId, SourceId};
use domain::job::JobCause;
use jiff::civil::datetime;
use uuid::Uuid;

use super::model::{
    DayCount, DropJob, JobKind, Jobs, OpenedSource, ParkedJob, Protocol, SourceRow, StepResult, Test, TestStage,
};
use super::{drop_job, jobs, source, sources};
use crate::document::{Assets, Frame, Page, Viewer, render};
use crate::i18n::Catalogue;
use crate::model::{AuthorityName, FieldError, Form, Phrase};

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

fn a_parked_job(number: u128, cause: JobCause) -> ParkedJob {
    ParkedJob {
        id: JobId(Uuid::from_u128(number)),
        kind: JobKind::AskAuthority,
        since: datetime(2026, 11, 24, 8, 12, 0, 0),
        parked: datetime(2026, 11, 24, 8, 17, 0, 0),
        tries: 10,
        cause,
    }
}

#[test]
fn a_stopped_job_is_sent_again_or_dropped_and_all_are_counted() {
    let parked = vec![a_parked_job(1, JobCause::Database), a_parked_job(2, JobCause::Unfinished)];
    let shown = html(jobs::page(Jobs { parked: parked.clone(), total: 70, dropped: Vec::new() })).replace("<!>", "");
    for told in [
        "70 jobb har stannat. De 2 som har väntat längst visas.",
        "Databasen svarade inte",
        "Jobbet avbröts innan det var klart",
        "24\u{a0}november 08.17",
        "Skicka alla igen",
        "Skicka igen<span class=\"hidden-text\"> Fråga en myndighet, 24\u{a0}november 08.12",
        "Ta bort<span class=\"hidden-text\"> Fråga en myndighet, 24\u{a0}november 08.12",
        "/admin/jobs/00000000-0000-0000-0000-000000000002/drop",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let one = html(jobs::page(Jobs { parked: parked[..1].to_vec(), total: 1, dropped: Vec::new() }));
    assert!(one.contains("1 jobb har stannat.") && !one.contains("Skicka alla igen"), "{one}");
}

#[test]
fn the_question_before_a_job_is_dropped_asks_why_and_says_what_is_wrong() {
    let errors = vec![FieldError::new("reason", Phrase::new("error-drop-reason-missing"))];
    let form = Form { errors, ..Form::default() };
    let job = a_parked_job(1, JobCause::Data);
    let asked = html(drop_job::page(DropJob { job, reason: "not-needed".to_owned(), form }));
    for told in ["Det behövs inte längre", "Det är gjort på annat sätt", "Det går inte att göra"] {
        assert!(asked.contains(told), "{told}: {asked}");
    }
    assert_eq!(asked.matches("Välj varför du tar bort jobbet.").count(), 2, "at the field and above: {asked}");
    assert!(asked.contains("<title>Fel: "), "{asked}");
}
