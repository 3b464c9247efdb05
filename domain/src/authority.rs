//! What authorities answer (myndigheternas svar), and the five ways of having no row.
//!
//! Absence is never zero: *answered*, *nothing found*, *partly answered*, *failed* and *not asked* are different things and are shown
//! as such. "Nothing found" means only that the authority answered and gave no row; the contract silently leaves out what the
//! asking board may not see, so no text may promise that there is no payment.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Money;
use crate::kind::{ExpenseKind, IncomeKind};
use crate::wire::wire_enum;

/// An authority that SSBTEK (sammansatt bastjänst ekonomiskt bistånd) composes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agency {
    /// Försäkringskassan.
    Fk,
    /// Centrala studiestödsnämnden.
    Csn,
    /// Arbetsförmedlingen.
    Af,
    /// Sveriges a-kassor (samorganisationen).
    So,
    /// Pensionsmyndigheten.
    Pm,
    /// Skatteverket.
    Skv,
}

impl Agency {
    /// Every agency, in the order that lists show them.
    pub const ALL: &[Self] = &[Self::Fk, Self::Csn, Self::Af, Self::So, Self::Pm, Self::Skv];

    /// The code in stored documents and text keys: `fk`, `csn`, …
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fk => "fk",
            Self::Csn => "csn",
            Self::Af => "af",
            Self::So => "so",
            Self::Pm => "pm",
            Self::Skv => "skv",
        }
    }

    /// The agency with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|agency| agency.code() == code)
    }
}

/// What one source said about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Answer {
    /// It answered with rows or facts.
    Answered(Content),
    /// It answered and gave nothing.
    NothingFound,
    /// It answered in part; something is known to be missing.
    Partly {
        /// The rows and facts that came all the same.
        content: Content,
        /// What the authority said went wrong.
        missing: Vec<Failure>,
    },
    /// It did not answer, or answered something that could not be understood.
    Failed(Failure),
    /// It was not asked, and why.
    NotAsked(NotAsked),
}

impl Answer {
    /// What came, if anything did.
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::Answered(content) | Self::Partly { content, .. } => Some(content),
            Self::NothingFound | Self::Failed(_) | Self::NotAsked(_) => None,
        }
    }
}

/// The rows and facts of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// In the order of the answer: a [`RowId`](crate::id::RowId) counts them from 0.
    pub rows: Vec<AuthorityRow>,
    /// What is known beside amounts.
    pub facts: Vec<Fact>,
}

/// One fetched amount (hämtad uppgift). It is never changed; a correction stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityRow {
    /// The benefit in the authority's own words, such as "Bostadsbidrag".
    pub label: String,
    /// What it is to the calculation.
    pub kind: RowKind,
    /// The amount that reaches the person, after tax and deductions. Negative when the authority took money back.
    pub amount: Money,
    /// The day of payment, where one is known.
    pub pay_date: Option<Date>,
    /// The first and last day that the amount is for, where reported.
    pub period: Option<(Date, Date)>,
    /// Whether it was paid when the authority answered.
    pub state: RowState,
}

/// Whether a fetched row is an income or an expense, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "direction", content = "kind", rename_all = "snake_case")]
pub enum RowKind {
    /// Money to the household.
    Income(IncomeKind),
    /// Money that the household is to pay.
    Expense(ExpenseKind),
}

impl RowKind {
    /// The key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Income(kind) => kind.key(),
            Self::Expense(kind) => kind.key(),
        }
    }
}

/// Whether the amount has been paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Planerad.
    Planned,
    /// Utbetald.
    Paid,
}

/// Something an authority knows that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// Registered as a job seeker since this day (inskriven).
    RegisteredJobSeeker {
        /// The day of registration, as the authority gives it.
        since: Date,
    },
    /// Has an application or decision under way at the authority.
    UnderWay {
        /// The matter, in the authority's own words.
        label: String,
    },
}

/// Why a source gave nothing, in kinds that a page can put into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Where on the way it went wrong.
    pub kind: FailureKind,
    /// The authority's own code, where it gave one; never personal.
    pub code: Option<String>,
}

/// What went wrong on the way to or at an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No connection could be made.
    Unreachable,
    /// No whole answer within the source's time.
    TimedOut,
    /// The authority answered that it failed.
    Refused,
    /// The answer was not of the agreed form.
    Malformed,
}

impl FailureKind {
    /// Every kind, from the way to the authority to what came back.
    pub const ALL: [Self; 4] = [Self::Unreachable, Self::TimedOut, Self::Refused, Self::Malformed];

    /// The code in stored rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why a source was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAsked {
    /// The administrator has switched the source off.
    SwitchedOff,
    /// The source is not for such a person (a child, for instance).
    NotApplicable,
}

/// A stage of the test of a connection to a source, in the order that they are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeStage {
    /// The host's name gives an address that may be dialled.
    Dns,
    /// It can be reached.
    Tcp,
    /// It is who it says, and speaks TLS with us.
    Tls,
    /// It lets us in, with our certificate or token.
    Authorisation,
    /// It answers a question about nobody, as agreed.
    Sample,
}

impl ProbeStage {
    /// Every stage, in order.
    pub const ALL: &[Self] = &[Self::Dns, Self::Tcp, Self::Tls, Self::Authorisation, Self::Sample];

    /// The code in text keys: `dns`, `tcp`, …
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Authorisation => "authorisation",
            Self::Sample => "sample",
        }
    }
}

wire_enum!(Agency { Fk, Csn, Af, So, Pm, Skv });
wire_enum!(RowState { Planned, Paid });
