//! The form of a decision, and who makes it.

use domain::Money;
use domain::norm::set_lines::Worksheet;
use jiff::civil::{Date, DateTime};

use super::opened::RenewalHead;
use crate::model::{CalculationLine, CalculationOutcome, Choice, Form, Outcome, Phrase, ShownPayoutMethod};

/// The form of a decision.
#[derive(Clone, PartialEq)]
pub struct Decide {
    /// Who, what and when.
    pub head: RenewalHead,
    pub form: Form,
    /// Field `outcome`: a code of [`Outcome`], or not chosen.
    pub outcome: String,
    /// Field `reason`: the value of one of `reasons`, or not chosen.
    pub reason: String,
    pub note: String,
    /// Field `seen`: the sum that the page shows. A decision on another is not made before the caseworker has seen it.
    pub seen: String,
    /// Field `amount`, where the month has no calculation that says what is granted.
    pub amount: Option<String>,
    /// The lines of the calculation that the caseworker may set.
    pub lines: Vec<LineForm>,
    /// What the lines are calculated anew from while they are typed in, where there is a calculation.
    pub worksheet: Option<Worksheet>,
    /// What the caseworker had written when a colleague decided first: nothing keeps it.
    pub not_kept: Option<String>,
    /// The outcomes that can be chosen.
    pub outcomes: Vec<Outcome>,
    /// The reasons that can be chosen, with the outcome that each is for.
    pub reasons: Vec<(Outcome, Choice)>,
    /// What the rules give.
    pub calculation: CalculationOutcome,
    /// What a grant would plan.
    pub payout: Option<PayoutPlan>,
    /// Who decides, while it is not decided.
    pub who: Option<WhoDecides>,
    /// Who presented the case, where another has decided.
    pub presenter: Option<String>,
}

/// What the one who looks may decide alone, and how it stands where it takes two.
#[derive(Clone, PartialEq)]
pub struct WhoDecides {
    /// The most that they grant alone; `None` when they may grant nothing.
    pub grants_up_to: Option<Money>,
    pub proposal: Option<ShownProposal>,
}

/// A decision that an official has proposed, and another is to make.
#[derive(Clone, PartialEq)]
pub struct ShownProposal {
    /// Who has proposed it, by name; `None` when it is the one who looks.
    pub by: Option<String>,
    pub at: DateTime,
    /// Why it takes two.
    pub why: Vec<Phrase>,
    pub state: ProposalState,
    /// Field `words`: what is to be changed, as typed.
    pub words: String,
}

/// How it stands with what was proposed.
#[derive(Clone, PartialEq)]
pub enum ProposalState {
    /// The one who looks may decide it.
    Yours,
    /// Another is to decide it.
    Another,
    /// What it would be decided from has changed since.
    Changed,
    /// It has been handed back.
    Returned {
        /// Who did it, by name.
        by: String,
        /// What they say is to be changed.
        words: String,
    },
}

/// A line of the calculation, with the caseworker's own value for it.
#[derive(Clone, PartialEq)]
pub struct LineForm {
    /// The line as it counts now.
    pub line: CalculationLine,
    /// Whether the rules leave it to a human, or a caseworker has set it: it stands open. Others are folded away.
    pub open: bool,
    /// The name of the field with the amount.
    pub value_field: String,
    /// What is to count, as typed; blank when the rules decide.
    pub value: String,
    /// The name of the field with the reason.
    pub why_field: String,
    pub why: String,
}

/// The payout that a grant would plan.
#[derive(Clone, PartialEq)]
pub struct PayoutPlan {
    pub amount: Money,
    pub pay_date: Date,
    pub method: ShownPayoutMethod,
    /// To whom, by full name.
    pub payee: String,
}
