//! A decision on a renewal (beslut), and what the law asks of it.
//!
//! Förvaltningslagen (2017:900): 31 § what every decision records (its day, its content, who decided, who presented the case, who
//! took part); 32 § the reasons (the provisions applied and the circumstances that decided); 33 and 43–45 §§ how to appeal. A
//! [`Decision`] that has all of it and does not contradict itself can be made; another cannot.

mod reason;

use jiff::civil::Date;
pub use reason::{Provision, Reason, provisions_for};
use serde::{Deserialize, Serialize};

use crate::account::PayoutMethod;
use crate::calendar;
use crate::form::{Arg, PlainText};
use crate::id::StaffId;
use crate::{Money, NormMonth};

/// The longest note to the person, in characters.
pub const NOTE_MAX: usize = 2_000;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Bifall.
    Granted,
    /// Delvis bifall.
    PartlyGranted,
    /// Avslag.
    Rejected,
    /// Avvisning: the matter itself was not tried.
    Dismissed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: &[Self] = &[Self::Granted, Self::PartlyGranted, Self::Rejected, Self::Dismissed];

    /// The code in the database, in forms and in text keys: `granted`, `partly-granted`, `rejected`, `dismissed`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::PartlyGranted => "partly-granted",
            Self::Rejected => "rejected",
            Self::Dismissed => "dismissed",
        }
    }

    /// The outcome with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.code() == code)
    }

    /// The key of its name: `decision-outcome-granted`, …
    pub const fn key(self) -> &'static str {
        match self {
            Self::Granted => "decision-outcome-granted",
            Self::PartlyGranted => "decision-outcome-partly-granted",
            Self::Rejected => "decision-outcome-rejected",
            Self::Dismissed => "decision-outcome-dismissed",
        }
    }

    /// Whether money follows.
    pub const fn grants(self) -> bool {
        matches!(self, Self::Granted | Self::PartlyGranted)
    }
}

/// Somebody who took part in a decision, as they are named in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: PlainText,
    /// Their title, such as "socialsekreterare".
    pub title: PlainText,
}

/// A part of the granted amount, paid in one way (bistånd).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The amount.
    pub amount: Money,
    /// How it is paid.
    pub method: PayoutMethod,
}

/// What a decision says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionContent {
    /// What was decided.
    pub outcome: Outcome,
    /// The day of the decision.
    pub date: Date,
    /// The month applied for.
    pub norm_month: NormMonth,
    /// Who decided.
    pub decider: Official,
    /// Who presented the case (föredragande), when somebody else did.
    pub rapporteur: Option<Official>,
    /// Who else took part in the final handling without deciding.
    pub participants: Vec<Official>,
    /// What the calculation says is to be paid, zero when the incomes suffice; `None` when there is no calculation.
    pub need: Option<Money>,
    /// What is granted, in the order that payouts are numbered.
    pub grants: Vec<Grant>,
    /// The circumstances that decided.
    pub reasons: Vec<Reason>,
    /// A short note in the caseworker's own words.
    pub note: Option<PlainText>,
    /// The provisions applied.
    pub provisions: Vec<Provision>,
}

/// A decision that may be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DecisionContent", into = "DecisionContent")]
pub struct Decision(DecisionContent);

/// Why a decision may not be made so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A need below zero: the calculation was misread.
    #[error("the calculated need is below zero")]
    NegativeNeed,
    /// Money cannot be granted without a calculation.
    #[error("there is no calculation to grant by")]
    NoCalculation,
    /// The calculation says that nothing is needed.
    #[error("the calculation gives nothing to grant")]
    NothingNeeded,
    /// A whole grant equals the calculated need.
    #[error("a granted amount equals the calculated need of {need}")]
    NotTheNeed {
        /// The calculated need.
        need: Money,
    },
    /// A partial grant lies strictly between zero and the calculated need.
    #[error("a partly granted amount lies between zero and the calculated need of {need}")]
    NotAPart {
        /// The calculated need.
        need: Money,
    },
    /// A grant of zero or less, or of more than any amount may be.
    #[error("every granted amount is above zero and within the limit of amounts")]
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
            Self::NegativeNeed | Self::NoCalculation => "decision-error-no-calculation",
            Self::NothingNeeded => "decision-error-nothing-needed",
            Self::NotTheNeed { .. } => "decision-error-not-the-need",
            Self::NotAPart { .. } => "decision-error-not-a-part",
            Self::GrantAmount => "decision-error-grant-amount",
            Self::TooManyGrants => "decision-error-too-many-grants",
            Self::GrantWithoutGranting => "decision-error-grant-without-granting",
            Self::ReasonMissing => "decision-error-reason-missing",
            Self::ReasonUnfit(_) => "decision-error-reason-unfit",
            Self::ReasonContradicted(_) => "decision-error-reason-contradicted",
            Self::NoteMissing => "decision-error-note-missing",
            Self::NoteTooLong => "decision-error-note-too-long",
            Self::ProvisionMissing => "decision-error-provision-missing",
            Self::NameMissing | Self::DeciderTwice => "decision-error-officials",
        }
    }

    /// The values inside the text, by name.
    pub fn args(self) -> Vec<(&'static str, Arg)> {
        match self {
            Self::NotTheNeed { need } | Self::NotAPart { need } => vec![("need", need.into())],
            Self::TooManyGrants => vec![("max", Decision::GRANTS_MAX.into())],
            Self::NoteTooLong => vec![("max", NOTE_MAX.into())],
            Self::NegativeNeed
            | Self::NoCalculation
            | Self::NothingNeeded
            | Self::GrantAmount
            | Self::GrantWithoutGranting
            | Self::ReasonMissing
            | Self::ReasonUnfit(_)
            | Self::ReasonContradicted(_)
            | Self::NoteMissing
            | Self::ProvisionMissing
            | Self::NameMissing
            | Self::DeciderTwice => Vec::new(),
        }
    }
}

impl Decision {
    /// The most grants of one decision.
    pub const GRANTS_MAX: usize = 20;

    /// The decision of this content, if it may be made.
    pub fn new(content: DecisionContent) -> Result<Self, DecisionError> {
        check_officials(&content)?;
        check_amounts(&content)?;
        check_reasons(&content)?;
        Ok(Self(content))
    }

    /// What it says.
    pub const fn content(&self) -> &DecisionContent {
        &self.0
    }

    /// All that is granted together; zero when nothing is.
    pub fn amount(&self) -> Money {
        granted(&self.0)
    }
}

impl TryFrom<DecisionContent> for Decision {
    type Error = DecisionError;

    fn try_from(content: DecisionContent) -> Result<Self, Self::Error> {
        Self::new(content)
    }
}

impl From<Decision> for DecisionContent {
    fn from(decision: Decision) -> Self {
        decision.0
    }
}

fn granted(content: &DecisionContent) -> Money {
    content.grants.iter().map(|grant| grant.amount).sum()
}

fn check_officials(content: &DecisionContent) -> Result<(), DecisionError> {
    let others = || content.rapporteur.iter().chain(&content.participants);
    if content.decider.name.is_empty() || others().any(|official| official.name.is_empty()) {
        return Err(DecisionError::NameMissing);
    }
    if others().any(|official| official.staff == content.decider.staff) {
        return Err(DecisionError::DeciderTwice);
    }
    Ok(())
}

fn check_amounts(content: &DecisionContent) -> Result<(), DecisionError> {
    if content.need.is_some_and(Money::is_negative) {
        return Err(DecisionError::NegativeNeed);
    }
    if content.grants.len() > Decision::GRANTS_MAX {
        return Err(DecisionError::TooManyGrants);
    }
    if content.grants.iter().any(|grant| grant.amount <= Money::ZERO || grant.amount > Money::LIMIT) {
        return Err(DecisionError::GrantAmount);
    }
    if !content.outcome.grants() {
        return if content.grants.is_empty() { Ok(()) } else { Err(DecisionError::GrantWithoutGranting) };
    }
    let need = content.need.ok_or(DecisionError::NoCalculation)?;
    if need.is_zero() {
        return Err(DecisionError::NothingNeeded);
    }
    let granted = granted(content);
    match content.outcome {
        Outcome::Granted if granted != need => Err(DecisionError::NotTheNeed { need }),
        Outcome::PartlyGranted if granted <= Money::ZERO || granted >= need => Err(DecisionError::NotAPart { need }),
        Outcome::Granted | Outcome::PartlyGranted | Outcome::Rejected | Outcome::Dismissed => Ok(()),
    }
}

fn check_reasons(content: &DecisionContent) -> Result<(), DecisionError> {
    // A grant in full needs no reason (förvaltningslagen 32 §: obviously unnecessary).
    if content.reasons.is_empty() && content.outcome != Outcome::Granted {
        return Err(DecisionError::ReasonMissing);
    }
    for reason in &content.reasons {
        if !reason.fits(content.outcome) {
            return Err(DecisionError::ReasonUnfit(*reason));
        }
        if *reason == Reason::IncomeCoversNeed && content.need != Some(Money::ZERO) {
            return Err(DecisionError::ReasonContradicted(*reason));
        }
    }
    if content.reasons.contains(&Reason::Other) && content.note.as_ref().is_none_or(PlainText::is_empty) {
        return Err(DecisionError::NoteMissing);
    }
    if content.note.as_ref().is_some_and(|note| note.as_str().chars().count() > NOTE_MAX) {
        return Err(DecisionError::NoteTooLong);
    }
    if content.provisions.is_empty() {
        return Err(DecisionError::ProvisionMissing);
    }
    Ok(())
}

/// The last day to appeal: three weeks from the day that the person received the decision (förvaltningslagen 44 §), moved to the
/// next working day when that day is none (lagen (1930:173) 2 §).
pub fn appeal_deadline(received: Date) -> Date {
    calendar::weeks_from(received, 3)
}

#[cfg(test)]
mod tests;
