//! A decision on a renewal (beslut), and what the law asks of it.
//!
//! Förvaltningslagen (2017:900): 31 § what every decision records (its day, its content, who decided, who presented the case, who
//! took part); 32 § the reasons (the provisions applied and the circumstances that decided); 33 and 43–45 §§ how to appeal. A
//! [`Decision`] that has all of it and does not contradict itself can be made; another cannot.

mod authority;
mod error;
mod reason;

pub use authority::{AloneUpTo, Authority, Circumstances, Delegation, Mandate, TakesTwo, changed_by_hand};
pub use error::DecisionError;
use jiff::civil::Date;
pub use reason::{Provision, Reason, provisions_for};
use serde::{Deserialize, Serialize};

use crate::account::PayoutMethod;
use crate::calendar;
use crate::form::PlainText;
use crate::id::StaffId;
use crate::norm::NormCalculation;
use crate::{Money, NormMonth};

/// The longest note to the person, in characters.
pub const NOTE_MAX: usize = 2_000;

/// The four ways in which a decision can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Bifall: nothing that was claimed is left out.
    Granted,
    /// Delvis bifall: a part of what was claimed is left out.
    PartlyGranted,
    /// Avslag: the matter was tried, and nothing is granted.
    Rejected,
    /// Avvisning: the matter itself was not tried.
    Dismissed,
}

impl Outcome {
    /// In the order that the form of a decision offers them.
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

    /// The key of its name inside a sentence: `outcome-granted`, …
    pub const fn inline_key(self) -> &'static str {
        match self {
            Self::Granted => "outcome-granted",
            Self::PartlyGranted => "outcome-partly-granted",
            Self::Rejected => "outcome-rejected",
            Self::Dismissed => "outcome-dismissed",
        }
    }

    /// Whether an amount follows: all that was claimed or a part of it.
    pub const fn grants(self) -> bool {
        matches!(self, Self::Granted | Self::PartlyGranted)
    }
}

/// Somebody who took part in a decision, as they are named in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// The identifier in the municipality's list of staff.
    pub staff: StaffId,
    /// As it is written in the decision; never empty.
    pub name: PlainText,
    /// Their title, such as "socialsekreterare".
    pub title: PlainText,
}

/// A part of the granted amount, paid in one way (bistånd).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Whole kronor above zero. The grants of a decision together are its amount.
    pub amount: Money,
    /// How it is paid.
    pub method: PayoutMethod,
}

/// What the calculation came to that a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// What is to be paid, zero when the incomes suffice.
    pub payable: Money,
    /// What of the household's claim it leaves out.
    pub left_out: Money,
    /// How many lines still wait for a human.
    pub questions: usize,
}

impl From<&NormCalculation> for Basis {
    fn from(calculation: &NormCalculation) -> Self {
        Self {
            payable: calculation.sums.payable,
            left_out: calculation.left_out(),
            questions: calculation.questions().count(),
        }
    }
}

/// What a decision says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionContent {
    /// How the matter went.
    pub outcome: Outcome,
    /// The day of the decision.
    pub date: Date,
    /// The month applied for.
    pub norm_month: NormMonth,
    /// The one who answers for the decision (beslutsfattare).
    pub decider: Official,
    /// Who presented the case (föredragande), when somebody else did.
    pub rapporteur: Option<Official>,
    /// Who else took part in the final handling without deciding.
    pub participants: Vec<Official>,
    /// What the calculation came to; `None` when the month has none.
    pub basis: Option<Basis>,
    /// What is granted, in the order that payouts are numbered.
    pub grants: Vec<Grant>,
    /// The circumstances that decided.
    pub reasons: Vec<Reason>,
    /// A short note in the caseworker's own words.
    pub note: Option<PlainText>,
    /// What it rests on in law, in the order that it is cited.
    pub provisions: Vec<Provision>,
}

/// A decision that may be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DecisionContent", into = "DecisionContent")]
pub struct Decision(DecisionContent);

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

    /// What has been checked and cannot be changed any more.
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
    if content.basis.is_some_and(|basis| basis.payable.is_negative() || basis.left_out.is_negative()) {
        return Err(DecisionError::NegativeBasis);
    }
    if content.grants.len() > Decision::GRANTS_MAX {
        return Err(DecisionError::TooManyGrants);
    }
    if content.grants.iter().any(|grant| !can_be_granted(grant.amount)) {
        return Err(DecisionError::GrantAmount);
    }
    if !content.outcome.grants() {
        return if content.grants.is_empty() { Ok(()) } else { Err(DecisionError::GrantWithoutGranting) };
    }
    match content.basis {
        Some(basis) => check_against(content, basis),
        None if content.grants.is_empty() => Err(DecisionError::AmountMissing),
        None => Ok(()),
    }
}

/// Whether the bank can pay it: whole kronor above zero.
fn can_be_granted(amount: Money) -> bool {
    amount > Money::ZERO && amount <= Money::LIMIT && amount.ore() % 100 == 0
}

fn check_against(content: &DecisionContent, basis: Basis) -> Result<(), DecisionError> {
    if basis.questions > 0 {
        return Err(DecisionError::QuestionsOpen { count: basis.questions });
    }
    if basis.payable.is_zero() {
        return Err(DecisionError::NothingNeeded);
    }
    if granted(content) != basis.payable {
        return Err(DecisionError::NotThePayable { payable: basis.payable });
    }
    match content.outcome {
        Outcome::Granted if !basis.left_out.is_zero() => Err(DecisionError::LeavesOut { left_out: basis.left_out }),
        Outcome::PartlyGranted if basis.left_out.is_zero() => Err(DecisionError::LeavesOutNothing),
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
        if *reason == Reason::IncomeCoversNeed {
            check_covered(content.basis)?;
        }
    }
    let silent = content.note.as_ref().is_none_or(PlainText::is_empty);
    if silent && content.reasons.contains(&Reason::Other) {
        return Err(DecisionError::NoteMissing);
    }
    if silent && content.outcome.grants() && content.basis.is_none() {
        return Err(DecisionError::NoteMissingForAmount);
    }
    if content.note.as_ref().is_some_and(|note| note.as_str().chars().count() > NOTE_MAX) {
        return Err(DecisionError::NoteTooLong);
    }
    if content.provisions.is_empty() {
        return Err(DecisionError::ProvisionMissing);
    }
    Ok(())
}

/// Whether the calculation says that the incomes suffice, and says it for certain.
fn check_covered(basis: Option<Basis>) -> Result<(), DecisionError> {
    match basis {
        Some(basis) if !basis.payable.is_zero() => Err(DecisionError::ReasonContradicted(Reason::IncomeCoversNeed)),
        Some(Basis { questions: 0, .. }) => Ok(()),
        Some(basis) => Err(DecisionError::QuestionsOpen { count: basis.questions }),
        None => Err(DecisionError::ReasonContradicted(Reason::IncomeCoversNeed)),
    }
}

/// The last day to appeal: three weeks from the day that the person received the decision (förvaltningslagen 44 §), moved to the
/// next working day when that day is none (lagen (1930:173) 2 §).
pub fn appeal_deadline(received: Date) -> Date {
    calendar::weeks_from(received, 3)
}

#[cfg(test)]
mod tests;
