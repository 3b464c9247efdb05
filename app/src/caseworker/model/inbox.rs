//! What waits for a caseworker: the inbox, and what they are told.

use domain::NormMonth;
use domain::id::{MessageId, RenewalId};
use domain::message::MessageSubject;
use jiff::civil::{Date, DateTime};

use super::opened::MadeDecision;
use crate::model::{CaseNumber, Finding, Signature};

/// Which renewals the inbox shows. It filters by the state of the work alone (SFS 2001:637 15 §).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxQuery {
    pub tab: InboxTab,
    /// Which page, from 1.
    pub page: u32,
}

/// The tabs of the inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InboxTab {
    /// Those that the caseworker is responsible for.
    Mine,
    /// Those without a responsible caseworker.
    Unassigned,
    /// Those where a colleague has proposed a decision.
    Proposed,
    /// All that are not decided.
    #[default]
    All,
    Decided,
}

impl InboxTab {
    /// Every tab in order.
    pub const ALL: [Self; 5] = [Self::Mine, Self::Unassigned, Self::Proposed, Self::All, Self::Decided];

    /// The code in the address (`?tab=`) and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Proposed => "proposed",
            Self::All => "all",
            Self::Decided => "decided",
        }
    }

    /// The tab with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

/// The inbox: the oldest first.
#[derive(Clone, PartialEq)]
pub struct Inbox {
    /// What was asked for.
    pub query: InboxQuery,
    /// How many there are in each tab, in the order of [`InboxTab::ALL`].
    pub counts: [u32; 5],
    /// How many pages the tab has, at least 1.
    pub pages: u32,
    /// The renewals of this page.
    pub rows: Vec<InboxRow>,
}

/// One renewal in the inbox.
#[derive(Clone, PartialEq)]
pub struct InboxRow {
    pub renewal: RenewalId,
    pub case_number: CaseNumber,
    /// The month applied for.
    pub month: NormMonth,
    /// Everyone who signs, the applicant first, with number and name.
    pub signatures: Vec<Signature>,
    /// The responsible caseworker's name.
    pub caseworker: Option<String>,
    /// Who has proposed a decision, by name.
    pub proposer: Option<String>,
    pub arrived: DateTime,
    /// Whole days since the arrival.
    pub age_days: u32,
    /// The day by which it is to be decided.
    pub due: Option<Date>,
    /// What is worth seeing before it is opened.
    pub findings: Vec<Finding>,
    /// The decision, when there is one.
    pub decision: Option<MadeDecision>,
}

/// Something that a caseworker is told (advis).
#[derive(Clone, PartialEq)]
pub struct Notice {
    pub what: NoticeKind,
    pub at: DateTime,
    /// Whether it was there the last time that the list was opened.
    pub seen: bool,
}

/// What a notice tells.
#[derive(Clone, PartialEq)]
pub enum NoticeKind {
    RenewalArrived {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
    },
    /// The co-applicant signed or declined.
    CoApplicantAnswered {
        renewal: RenewalId,
        /// The co-applicant's full name.
        co_applicant: String,
        /// The month applied for.
        month: NormMonth,
        signed: bool,
    },
    /// Proof that was to come later has come.
    ProofCame {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
    },
    /// A colleague has handed a case over.
    Assigned {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
    },
    /// A colleague has proposed a decision, or has handed back what one proposed.
    Proposal {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
        returned: bool,
    },
    MessageArrived {
        message: MessageId,
        /// The writer's full name.
        from: String,
        /// What it is about.
        subject: MessageSubject,
    },
}
