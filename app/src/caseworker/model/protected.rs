//! The cases of people with protected identity, and who has opened what.

use domain::NormMonth;
use domain::opening::UnusualKind;
use jiff::civil::DateTime;
use uuid::Uuid;

use crate::model::{CaseNumber, Form};

/// What waits in the cases of people with protected identity: what is needed to choose one, and no name.
#[derive(Clone, PartialEq)]
pub struct ProtectedRow {
    /// The renewal or message.
    pub about: Uuid,
    pub case_number: CaseNumber,
    pub what: ProtectedWhat,
    pub arrived: DateTime,
}

/// What has come in such a case.
#[derive(Clone, Copy, PartialEq)]
pub enum ProtectedWhat {
    /// A renewal for this month, which awaits a decision.
    Waiting(NormMonth),
    /// A renewal for this month, which is decided.
    Decided(NormMonth),
    /// A message that nobody has read.
    Message,
}

/// The form in which a reason is given before such a case is opened.
#[derive(Clone, PartialEq)]
pub struct GiveReason {
    pub row: ProtectedRow,
    pub form: Form,
    /// As typed.
    pub reason: String,
}

/// Who has opened the cases of people with protected identity, and what is unusual in how cases are opened.
#[derive(Clone, PartialEq)]
pub struct Readings {
    pub rows: Vec<ReadingRow>,
    /// Those that no supervisor has seen, but for one's own.
    pub unseen: Vec<Uuid>,
    pub unusual: Vec<UnusualRow>,
    /// Those that no supervisor has seen, but for one's own.
    pub unseen_unusual: Vec<Uuid>,
}

/// Something unusual in how cases are opened.
#[derive(Clone, PartialEq)]
pub struct UnusualRow {
    /// Who it was, by name.
    pub opener: String,
    pub kind: UnusualKind,
    /// The case, where it is about one.
    pub case_number: Option<CaseNumber>,
    pub at: DateTime,
    pub seen: bool,
}

/// One reading.
#[derive(Clone, PartialEq)]
pub struct ReadingRow {
    /// The reader's name.
    pub reader: String,
    pub at: DateTime,
    /// Which case and why, to a supervisor with clearance.
    pub why: Option<(CaseNumber, String)>,
    pub seen: bool,
}
