//! What an authority answered, as it is signed, and what its signer says is wrong with it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Money;
use crate::authority::{self, Answer, FailureKind, NotAsked, RowKind, RowState};
use crate::form::PlainText;
use crate::id::PersonId;
use crate::renewal::dispute::{Dispute, DisputeStatement};

/// What one source answered about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFact {
    /// The source's name, such as "Försäkringskassan".
    pub source: PlainText,
    /// Whom it was asked about.
    pub person: PersonId,
    /// When the answer came, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Timestamp>,
    /// What it said, or why there is nothing.
    pub answer: AnswerFact,
}

/// An answer, or which of the five kinds of absence it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", deny_unknown_fields, rename_all = "kebab-case")]
pub enum AnswerFact {
    /// Answered, and nothing is known to be missing.
    Answered {
        /// In the order of the answer.
        rows: Vec<RowFact>,
        /// What is known beside amounts.
        notes: Vec<NoteFact>,
    },
    /// Answered and gave nothing.
    NothingFound,
    /// Answered, and something is known to be missing.
    Partly {
        /// What came, in the order of the answer.
        rows: Vec<RowFact>,
        /// What is known beside amounts.
        notes: Vec<NoteFact>,
        /// What is known to be missing.
        missing: Vec<FailureKind>,
    },
    /// Did not answer, or not so that it could be understood.
    Failed {
        /// Where on the way it went wrong.
        failure: FailureKind,
    },
    /// Was not asked, so that nothing is known.
    NotAsked {
        /// Why the question was not put.
        reason: NotAsked,
    },
}

/// A fetched amount, as the signer saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowFact {
    /// The benefit in the authority's own words.
    pub label: PlainText,
    /// What it is to the calculation.
    pub kind: RowKind,
    /// After tax and deductions; below zero when money was taken back.
    pub amount: Money,
    /// The day of payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_date: Option<Date>,
    /// The days that the amount is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<SignedPeriod>,
    /// Whether it was paid when the authority answered.
    pub state: RowState,
    /// What the signer says is wrong with it; absent in the schemas of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputed: Option<DisputeStatement>,
}

/// From the first to the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedPeriod {
    /// The first day that it is for.
    pub from: Date,
    /// The last day that it is for.
    pub to: Date,
}

/// Something an authority knows that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", deny_unknown_fields, rename_all = "kebab-case")]
pub enum NoteFact {
    /// Registered as a job seeker.
    RegisteredJobSeeker {
        /// The day of registration.
        since: Date,
    },
    /// A matter is under way.
    UnderWay {
        /// The matter, in the authority's own words.
        label: PlainText,
    },
}

impl AuthorityFact {
    pub(super) fn is_disputed(&self) -> bool {
        self.answer.rows().iter().any(|row| row.disputed.is_some())
    }

    /// What its signer says is wrong, each with its row.
    pub fn disputes(&self) -> impl Iterator<Item = Dispute> + '_ {
        self.answer.rows().iter().filter_map(|row| {
            let said = row.disputed.clone()?;
            Some(Dispute { original: RowFact { disputed: None, ..row.clone() }, said })
        })
    }
}

impl AnswerFact {
    /// What came, in the order of the answer.
    pub fn rows(&self) -> &[RowFact] {
        match self {
            Self::Answered { rows, .. } | Self::Partly { rows, .. } => rows,
            Self::NothingFound | Self::Failed { .. } | Self::NotAsked { .. } => &[],
        }
    }

    /// The same, to say of a row what is wrong with it.
    pub fn rows_mut(&mut self) -> &mut [RowFact] {
        match self {
            Self::Answered { rows, .. } | Self::Partly { rows, .. } => rows,
            Self::NothingFound | Self::Failed { .. } | Self::NotAsked { .. } => &mut [],
        }
    }
}

impl From<&Answer> for AnswerFact {
    fn from(answer: &Answer) -> Self {
        let rows = |content: &authority::Content| content.rows.iter().map(RowFact::from).collect();
        let notes = |content: &authority::Content| content.facts.iter().map(NoteFact::from).collect();
        match answer {
            Answer::Answered(content) => Self::Answered { rows: rows(content), notes: notes(content) },
            Answer::NothingFound => Self::NothingFound,
            Answer::Partly { content, missing } => Self::Partly {
                rows: rows(content),
                notes: notes(content),
                missing: missing.iter().map(|failure| failure.kind).collect(),
            },
            Answer::Failed(failure) => Self::Failed { failure: failure.kind },
            Answer::NotAsked(reason) => Self::NotAsked { reason: *reason },
        }
    }
}

impl From<&authority::AuthorityRow> for RowFact {
    fn from(row: &authority::AuthorityRow) -> Self {
        Self {
            label: PlainText::new(&row.label),
            kind: row.kind,
            amount: row.amount,
            pay_date: row.pay_date,
            period: row.period.map(|(from, to)| SignedPeriod { from, to }),
            state: row.state,
            disputed: None,
        }
    }
}

impl From<&RowFact> for authority::AuthorityRow {
    fn from(fact: &RowFact) -> Self {
        Self {
            label: fact.label.as_str().to_owned(),
            kind: fact.kind,
            amount: fact.amount,
            pay_date: fact.pay_date,
            period: fact.period.map(|period| (period.from, period.to)),
            state: fact.state,
        }
    }
}

impl From<&authority::Fact> for NoteFact {
    fn from(fact: &authority::Fact) -> Self {
        match fact {
            authority::Fact::RegisteredJobSeeker { since } => Self::RegisteredJobSeeker { since: *since },
            authority::Fact::UnderWay { label } => Self::UnderWay { label: PlainText::new(label) },
        }
    }
}
