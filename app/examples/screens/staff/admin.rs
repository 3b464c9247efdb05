//! The administrator's pages with invented sources, officials and jobs.

mod officials;

use std::time::Duration;

use app::admin::model::{
    DayCount, DropJob, DroppedJob, JobKind, Jobs, OpenedSource, ParkedJob, Protocol, SourceRow, StepResult, Test,
    TestStage,
};
use app::admin::{drop_job, jobs, source, sources};
use app::document::{Page, Viewer};
use app::model::{AuthorityName, FieldError, Form, Phrase};
use domain::authority::{Agency, FailureKind, ProbeStage};
use domain::id::{JobId, SourceId};
use domain::job::{DropReason, JobCause};
use jiff::civil::{date, datetime};
use uuid::Uuid;

use crate::Screen;

pub(super) fn screens() -> Vec<Screen> {
    let administrator = |name: &str, page: Page| {
        let viewer = Viewer::Administrator { name: "Ali Demir".to_owned() };
        Screen { name: format!("admin-{name}"), viewer, page }
    };
    let mut screens = officials::screens(administrator);
    screens.extend([
        administrator("sources", sources::page(list())),
        administrator("sources-empty", sources::page(Vec::new())),
        administrator("source", source::page(opened(0, Some(passed())))),
        administrator("source-failing", source::page(opened(1, Some(failed())))),
        administrator("source-testing", source::page(opened(0, Some(running())))),
        administrator("source-off", source::page(opened(2, None))),
        administrator("jobs", jobs::page(stopped_jobs())),
        administrator("jobs-none", jobs::page(Jobs { parked: Vec::new(), total: 0, dropped: Vec::new() })),
        administrator("drop-job", drop_job::page(dropping(Form::default()))),
        administrator("drop-job-without-reason", drop_job::page(dropping(without_reason()))),
        administrator("drop-job-not-parked", drop_job::not_parked()),
    ]);
    screens
}

fn stopped_jobs() -> Jobs {
    let since = datetime(2026, 11, 24, 8, 12, 0, 0);
    let dropped = DroppedJob {
        kind: JobKind::AskAuthority,
        since: datetime(2026, 11, 20, 14, 3, 0, 0),
        at: datetime(2026, 11, 23, 9, 30, 0, 0),
        by: "Ali Demir".to_owned(),
        reason: DropReason::NotNeeded,
    };
    let parked = [JobCause::Database, JobCause::Unreadable].into_iter().enumerate().map(|(place, cause)| ParkedJob {
        id: JobId(Uuid::from_u128(place as u128)),
        kind: if cause == JobCause::Unreadable { JobKind::Unknown } else { JobKind::AskAuthority },
        since,
        parked: datetime(2026, 11, 24, 8, 17, 0, 0),
        tries: 10,
        cause,
    });
    Jobs { parked: parked.collect(), total: 2, dropped: vec![dropped] }
}

fn dropping(form: Form) -> DropJob {
    DropJob { job: stopped_jobs().parked.remove(0), reason: String::new(), form }
}

fn without_reason() -> Form {
    Form { errors: vec![FieldError::new("reason", Phrase::new("error-drop-reason-missing"))], ..Form::default() }
}

fn list() -> Vec<SourceRow> {
    let ssbtek = |index, agency, asked, failed| SourceRow {
        id: SourceId(Uuid::from_u128(index)),
        name: AuthorityName::Agency(agency),
        protocol: Protocol::Ssbtek,
        enabled: true,
        endpoint: "https://127.0.0.1:40443/ssbtek/v6".to_owned(),
        connect_timeout: Duration::from_secs(3),
        answer_timeout: Duration::from_secs(20),
        last_success: Some(datetime(2026, 11, 24, 9, 40, 0, 0)),
        last_failure: (failed > 0).then(|| (datetime(2026, 11, 24, 9, 26, 0, 0), FailureKind::TimedOut)),
        day: DayCount { asked, failed },
    };
    vec![
        ssbtek(1, Agency::Fk, 120, 1),
        ssbtek(2, Agency::So, 118, 34),
        SourceRow {
            id: SourceId(Uuid::from_u128(3)),
            name: AuthorityName::Named("Exempelby Energi".to_owned()),
            protocol: Protocol::Json,
            enabled: false,
            endpoint: "https://127.0.0.1:40444/invoices".to_owned(),
            connect_timeout: Duration::from_millis(500),
            answer_timeout: Duration::from_millis(2_500),
            last_success: None,
            last_failure: None,
            day: DayCount::default(),
        },
    ]
}

fn opened(index: usize, test: Option<Test>) -> OpenedSource {
    OpenedSource {
        source: list().swap_remove(index),
        certificate_until: (index < 2).then(|| date(2027, 3, 2)),
        switched: Some(("Ali Demir".to_owned(), datetime(2026, 10, 1, 13, 5, 0, 0))),
        test,
    }
}

fn test(results: [StepResult; 5]) -> Test {
    let stages = ProbeStage::ALL.iter().copied().zip(results).map(|(stage, result)| TestStage { stage, result });
    Test { at: datetime(2026, 11, 24, 9, 41, 0, 0), by: "Ali Demir".to_owned(), stages: stages.collect() }
}

fn took(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn went_well(milliseconds: u64) -> StepResult {
    StepResult::Passed { took: took(milliseconds), note: None }
}

fn passed() -> Test {
    let valid = Phrase::new("source-note-valid-until").with("day", date(2027, 3, 2));
    let secure = StepResult::Passed { took: took(31), note: Some(valid) };
    test([went_well(1), went_well(4), secure, went_well(0), went_well(1_874)])
}

fn failed() -> Test {
    let problem = Phrase::new("source-problem-certificate-expired");
    let expired = StepResult::Failed { took: took(31), problem, note: None };
    test([went_well(1), went_well(4), expired, StepResult::NotTried, StepResult::NotTried])
}

fn running() -> Test {
    Test { stages: Vec::new(), ..passed() }
}
