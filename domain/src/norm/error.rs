//! Why there is no calculation. Every variant names the row or person that it is about, and says nothing personal.

use super::input::RowRef;
use crate::NormMonth;
use crate::household::HouseholdError;
use crate::id::PersonId;

/// Why an input gives no calculation: better none than a wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalculationError {
    /// The rules of the month are not known.
    #[error(transparent)]
    NoRules(#[from] NoRules),
    /// The household cannot be.
    #[error(transparent)]
    Household(#[from] HouseholdError),
    /// The part of the month is not within the norm month, or ends before it begins.
    #[error("the part of the month lies outside it")]
    PartOutsideMonth,
    /// The settings begin after the norm month.
    #[error("the municipality's settings begin in {from}, after the norm month")]
    SettingsTooNew {
        /// The month that they begin in.
        from: NormMonth,
    },
    /// The same row stands twice.
    #[error("row {row} stands more than once")]
    RowTwice {
        /// The reference that stands twice.
        row: RowRef,
    },
    /// The row belongs to someone who is not in the household.
    #[error("row {row} belongs to person {person}, who is not in the household")]
    NotInHousehold {
        /// The row with the strange owner.
        row: RowRef,
        /// The owner, who is not a member.
        person: PersonId,
    },
    /// Below zero, in a row that no authority gave.
    #[error("row {row} has an amount below zero")]
    NegativeAmount {
        /// The row with the amount.
        row: RowRef,
    },
    /// An amount that no row in a month of economic assistance can have.
    #[error("row {row} has an amount beyond all bounds")]
    AbsurdAmount {
        /// The row with the amount.
        row: RowRef,
    },
    /// The period ends before it begins.
    #[error("row {row} has a period that ends before it begins")]
    PeriodBackwards {
        /// The row with the period.
        row: RowRef,
    },
    /// The month's rules say nothing of this kind.
    #[error("row {row} has a kind that the rules of the month do not know")]
    UnknownKind {
        /// The row with the kind.
        row: RowRef,
    },
    /// The row became known after the day of judgment.
    #[error("row {row} became known after the day of the calculation")]
    KnownTooLate {
        /// The row with the later day.
        row: RowRef,
    },
    /// The row says that itself is wrong.
    #[error("row {row} disputes itself")]
    DisputesItself {
        /// The row on both sides of its dispute.
        row: RowRef,
    },
    /// A surplus from the norm month itself or later, twice from the same month, below zero (a deficit never rolls) or absurd.
    #[error("the surplus from {from} cannot be carried")]
    BadSurplus {
        /// The month it is said to be from.
        from: NormMonth,
    },
    /// A caseworker's value beyond all bounds, or below zero where only zero or more makes sense.
    #[error("override {place} has a value that its line cannot have")]
    BadOverride {
        /// Its place in the list, from 0.
        place: usize,
    },
    /// Two overrides of the same line.
    #[error("override {place} is for a line that an earlier one is for")]
    OverrideTwice {
        /// Its place in the list, from 0.
        place: usize,
    },
    /// The norm table, known only in fragments, lacks an amount that the household needs.
    #[error("the norm table of the month lacks an amount that the household needs")]
    NotInTable,
}

/// No norm table or no rules are known for a month. Nobody guesses: the page says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rules of {month} are not known")]
pub struct NoRules {
    /// The norm month that was asked for.
    pub month: NormMonth,
}
