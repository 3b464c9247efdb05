//! Decisions in short, as lists and timelines show them.

pub use domain::decision::Outcome;
use domain::id::DecisionId;
use jiff::civil::Date;

/// A decision in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionBrief {
    pub id: DecisionId,
    pub outcome: Outcome,
    pub decided: Date,
    /// When the viewer first opened it, which is when they are held to have received it.
    pub read: Option<Date>,
    /// The last day to appeal (FL 2017:900 44 §: three weeks from receipt); none before it was received, or when nothing went against
    /// the applicant.
    pub appeal_until: Option<Date>,
}
