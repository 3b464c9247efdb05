use super::{Decision, NOTE_MAX, Reason};
use crate::Money;
use crate::form::Arg;

/// Why a decision may not be made so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A calculated amount below zero: the calculation was misread.
    #[error("the calculated amounts are below zero")]
    NegativeBasis,
    /// A line of the calculation still waits for a human.
    #[error("{count} lines of the calculation wait for a human")]
    QuestionsOpen {
        /// How many lines, at least 1.
        count: usize,
    },
    /// The calculation says that nothing is needed.
    #[error("the calculation gives nothing to grant")]
    NothingNeeded,
    /// A granted amount is the calculated one. Who wants another changes a line of the calculation, so that it explains itself.
    #[error("a granted amount equals the calculated one of {payable}")]
    NotThePayable {
        /// What the calculation comes to.
        payable: Money,
    },
    /// A grant in full, yet the calculation leaves out a part of the claim: the person could not appeal what was refused.
    #[error("the calculation leaves out {left_out} of the claim, so the grant is a partial one")]
    LeavesOut {
        /// What is left out.
        left_out: Money,
    },
    /// A partial grant, yet the calculation leaves out nothing.
    #[error("the calculation leaves out nothing of the claim")]
    LeavesOutNothing,
    /// Without a calculation no amount was said.
    #[error("no amount was said, and there is no calculation")]
    AmountMissing,
    /// A grant of zero or less, of more than any amount may be, or of parts of a krona, which no payout can have.
    #[error("every granted amount is whole kronor above zero and within the limit of amounts")]
    GrantAmount,
    /// Nothing is granted, yet money is to be paid.
    #[error("nothing is granted, so nothing can be paid")]
    GrantWithoutGranting,
    /// More grants than can be numbered.
    #[error("a decision has at most {} grants", Decision::GRANTS_MAX)]
    TooManyGrants,
    /// No reason is given.
    #[error("the decision needs a reason")]
    ReasonMissing,
    /// A reason that does not go with the outcome.
    #[error("the reason {} does not go with the outcome", .0.code())]
    ReasonUnfit(Reason),
    /// "The incomes suffice" beside a calculation that says that they do not.
    #[error("the reason {} contradicts the calculation", .0.code())]
    ReasonContradicted(Reason),
    /// "Other" without saying what.
    #[error("the reason other needs a note")]
    NoteMissing,
    /// A grant without a calculation, and no words that say how the amount was reached.
    #[error("a grant without a calculation needs a note")]
    NoteMissingForAmount,
    /// A note longer than it may be.
    #[error("a note has at most {NOTE_MAX} characters")]
    NoteTooLong,
    /// No provision is named.
    #[error("the decision names no provision")]
    ProvisionMissing,
    /// An official without a name.
    #[error("everyone who took part is named")]
    NameMissing,
    /// The one who decided is named again in another part.
    #[error("the one who decided is not also the one who presented or took part")]
    DeciderTwice,
}

impl DecisionError {
    /// The key of the text that tells the caseworker what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NegativeBasis => "decision-error-negative-basis",
            Self::QuestionsOpen { .. } => "decision-error-questions-open",
            Self::NothingNeeded => "decision-error-nothing-needed",
            Self::NotThePayable { .. } => "decision-error-not-the-payable",
            Self::LeavesOut { .. } => "decision-error-leaves-out",
            Self::LeavesOutNothing => "decision-error-leaves-out-nothing",
            Self::AmountMissing => "decision-error-amount-missing",
            Self::GrantAmount => "decision-error-grant-amount",
            Self::TooManyGrants => "decision-error-too-many-grants",
            Self::GrantWithoutGranting => "decision-error-grant-without-granting",
            Self::ReasonMissing => "decision-error-reason-missing",
            Self::ReasonUnfit(_) => "decision-error-reason-unfit",
            Self::ReasonContradicted(_) => "decision-error-reason-contradicted",
            Self::NoteMissing => "decision-error-note-missing",
            Self::NoteMissingForAmount => "decision-error-note-missing-for-amount",
            Self::NoteTooLong => "decision-error-note-too-long",
            Self::ProvisionMissing => "decision-error-provision-missing",
            Self::NameMissing | Self::DeciderTwice => "decision-error-officials",
        }
    }

    /// The values inside the text, by name.
    pub fn args(self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::NotThePayable { payable } => vec![("payable", payable.into())],
            Self::LeavesOut { left_out } => vec![("amount", left_out.into())],
            Self::QuestionsOpen { count } => vec![("count", count.into())],
            Self::TooManyGrants => vec![("max", Decision::GRANTS_MAX.into())],
            Self::NoteTooLong => vec![("max", NOTE_MAX.into())],
            Self::NegativeBasis
            | Self::NothingNeeded
            | Self::LeavesOutNothing
            | Self::AmountMissing
            | Self::GrantAmount
            | Self::GrantWithoutGranting
            | Self::ReasonMissing
            | Self::ReasonUnfit(_)
            | Self::ReasonContradicted(_)
            | Self::NoteMissing
            | Self::NoteMissingForAmount
            | Self::ProvisionMissing
            | Self::NameMissing
            | Self::DeciderTwice => Vec::new(),
        }
    }
}
