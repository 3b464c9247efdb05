//! What the administrator's pages show: a struct for each. Nothing here is about a citizen.

use std::time::Duration;

use domain::authority::{FailureKind, ProbeStage};
use domain::decision::{AloneUpTo, Mandate};
use domain::id::{JobId, SourceId, StaffId};
use domain::job::{DropReason, JobCause};
use domain::other_adult::OtherAdultRule;
use domain::staff::StaffRole;
use jiff::civil::{Date, DateTime};

use crate::model::{AuthorityName, Form, Outcome, Phrase};

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

/// One member of staff.
#[derive(Clone, PartialEq)]
pub struct OfficialRow {
    pub id: StaffId,
    pub name: String,
    pub role: StaffRole,
    /// What is delegated to them.
    pub mandate: Mandate,
    /// May read the cases of people with protected identity.
    pub has_clearance: bool,
    /// Is told of what colleagues do that somebody else must know of.
    pub supervises: bool,
    /// Whether their own number is known, by which their own case is kept from them.
    pub is_known: bool,
    /// Who ended their access, and when.
    pub ended: Option<(String, DateTime)>,
}

impl OfficialRow {
    /// Whether something can be delegated to them.
    pub fn may_decide(&self) -> bool {
        self.role == StaffRole::Caseworker && self.ended.is_none()
    }
}

#[derive(Clone, PartialEq)]
pub struct OpenedOfficial {
    /// What the list shows of them.
    pub official: OfficialRow,
    /// Whether it is the one who looks.
    pub is_viewer: bool,
    /// Field `number`, as typed, and what is wrong with it.
    pub number: (String, Form),
    /// What may be delegated to them.
    pub delegations: DelegationForm,
}

/// The form of what is delegated to one official.
#[derive(Clone, PartialEq)]
pub struct DelegationForm {
    /// As typed, an outcome each: an amount of kronor for those that grant, `yes` or `no` for the others.
    pub typed: Vec<(Outcome, String)>,
    /// What was delegated when the page was read; goes back in the hidden field `seen`.
    pub seen: String,
    pub form: Form,
}

/// Up to where one official decides alone.
#[derive(Clone, PartialEq)]
pub struct DecidingAlone {
    /// What was said last, by whom and when; none where nobody has said anything.
    pub now: Option<(AloneUpTo, String, DateTime)>,
    /// The most that one grants, as typed.
    pub amount: String,
    /// The most that lines set by hand change together, as typed.
    pub by_hand: String,
    pub form: Form,
}

/// What one adult sees of what authorities say about the other.
#[derive(Clone, PartialEq)]
pub struct OtherAdultSetting {
    /// What was said last, by whom and when; none where nobody has said anything.
    pub now: Option<(OtherAdultRule, String, DateTime)>,
    /// Field `shows-sum`: `yes`, `no` or not answered.
    pub shows_sum: String,
    /// The ground of law, as typed.
    pub ground: String,
    pub form: Form,
}
