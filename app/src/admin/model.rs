//! What the administrator's pages show: a struct for each. Nothing here is about a citizen.

use std::time::Duration;

use domain::authority::{FailureKind, ProbeStage};
use domain::id::{JobId, SourceId};
use domain::job::{DropReason, JobCause};
use jiff::civil::{Date, DateTime};

use crate::model::{AuthorityName, Form, Phrase};

/// One authority source in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    pub id: SourceId,
    pub name: AuthorityName,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// Whether it is asked; an administrator can switch it off.
    pub enabled: bool,
    /// The address that is called; never with a secret in it.
    pub endpoint: String,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long to wait for a whole answer.
    pub answer_timeout: Duration,
    /// When it last answered.
    pub last_success: Option<DateTime>,
    /// When it last failed, and how.
    pub last_failure: Option<(DateTime, FailureKind)>,
    /// Questions and failures of the last 24 hours.
    pub day: DayCount,
}

/// How a source is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// SSBTEK: SOAP with client certificates.
    Ssbtek,
    /// Plain JSON over HTTP.
    Json,
}

/// What became of the questions of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayCount {
    pub asked: u32,
    pub failed: u32,
}

#[derive(Clone, PartialEq)]
pub struct OpenedSource {
    /// What the list shows of it.
    pub source: SourceRow,
    /// The last day of the client certificate, where one is used.
    pub certificate_until: Option<Date>,
    /// Who last switched it on or off, and when.
    pub switched: Option<(String, DateTime)>,
    /// The latest test of the connection.
    pub test: Option<Test>,
}

/// A test of the connection. It carries no person: the source is only asked whether it is there.
#[derive(Clone, PartialEq)]
pub struct Test {
    pub at: DateTime,
    /// Who asked for it.
    pub by: String,
    /// Every stage in order; none while the test runs.
    pub stages: Vec<TestStage>,
}

/// One stage of a test.
#[derive(Clone, PartialEq)]
pub struct TestStage {
    pub stage: ProbeStage,
    /// What came of it.
    pub result: StepResult,
}

/// What came of a stage. The phrases are technical words for whoever mends it; never personal, never a secret.
#[derive(Clone, PartialEq)]
pub enum StepResult {
    Passed {
        /// How long it took.
        took: Duration,
        /// What is good to know, such as until when the source's certificate is valid.
        note: Option<Phrase>,
    },
    Failed {
        /// How long it took.
        took: Duration,
        problem: Phrase,
        /// What the source said, where it said something.
        note: Option<Phrase>,
    },
    /// It was not tried: an earlier stage failed, or this source has no such stage.
    NotTried,
}

/// What a job is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Ask an authority.
    AskAuthority,
    /// Nobody knows: it was enqueued by another version of the service.
    Unknown,
}

/// A job that is parked after its tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedJob {
    pub id: JobId,
    pub kind: JobKind,
    /// When it was to be done.
    pub since: DateTime,
    /// When it was parked.
    pub parked: DateTime,
    pub tries: u32,
    /// Why the latest try came to nothing.
    pub cause: JobCause,
}

/// A job that an administrator has dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedJob {
    pub kind: JobKind,
    /// When it was to be done.
    pub since: DateTime,
    pub at: DateTime,
    pub by: String,
    pub reason: DropReason,
}

/// The jobs that wait for an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jobs {
    /// Those that have waited longest.
    pub parked: Vec<ParkedJob>,
    /// How many wait in all.
    pub total: u32,
    /// The latest that were dropped.
    pub dropped: Vec<DroppedJob>,
}

/// The question before a job is dropped.
#[derive(Clone, PartialEq)]
pub struct DropJob {
    pub job: ParkedJob,
    /// The code of the reason that was chosen; empty when none was.
    pub reason: String,
    pub form: Form,
}
