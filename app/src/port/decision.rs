//! Decisions in short, as lists and timelines show them.

use domain::id::DecisionId;
use jiff::civil::Date;

/// What was decided (beslut).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Bifall.
    Granted,
    /// Delvis bifall.
    PartlyGranted,
    /// Avslag.
    Rejected,
    /// Avvisning.
    Dismissed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Granted, Self::PartlyGranted, Self::Rejected, Self::Dismissed];

    /// The code in forms and text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::PartlyGranted => "partly-granted",
            Self::Rejected => "rejected",
            Self::Dismissed => "dismissed",
        }
    }
}

/// A decision in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionBrief {
    /// Which.
    pub id: DecisionId,
    /// What was decided.
    pub outcome: Outcome,
    /// When.
    pub decided: Date,
    /// When the viewer first opened it, which is when they are held to have received it.
    pub read: Option<Date>,
    /// The last day to appeal (FL 2017:900 44 §: three weeks from receipt); none before it was received, or when nothing went against
    /// the applicant.
    pub appeal_until: Option<Date>,
}
