//! What a calculation is made from. All of it is given: nothing here is looked up, and no clock is read.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::line::{Amounts, Subject};
use super::settings::MunicipalSettings;
use crate::authority::{Agency, RowState};
use crate::household::Household;
use crate::id::{PersonId, RowId, StaffId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind, codes};
use crate::source::Source;
use crate::wire::{Wire, WireReader, WireWriter, wire_enum, wire_struct};
use crate::{Money, NormMonth};

/// Everything that a calculation depends on beside the rules. Kept with a decision, it gives the same calculation again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The month applied for.
    pub month: NormMonth,
    /// The day on which it is judged. A month is often judged before the month of its incomes has ended.
    pub judged_on: Date,
    /// The day on which the norm month before was judged, where it was: what became known later was not in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_judged_on: Option<Date>,
    /// The days that the norm is calculated for, where it is not the whole month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartOfMonth>,
    /// Everyone whom the norm counts, with role and date of birth.
    pub household: Household,
    /// Incomes, of the reference month and those around it.
    #[serde(default)]
    pub incomes: Vec<IncomeRow>,
    /// Expenses beside the norm.
    #[serde(default)]
    pub expenses: Vec<ExpenseRow>,
    /// What could be turned into money, bank accounts aside.
    #[serde(default)]
    pub assets: Vec<Asset>,
    /// Surpluses that earlier calculations left to carry.
    #[serde(default)]
    pub surpluses: Vec<Surplus>,
    /// Expenses that the norm month before approved: the same bill is not approved twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approved_before: Vec<ApprovedExpense>,
    /// The municipality's guidelines and settings for the month.
    pub settings: MunicipalSettings,
    /// What caseworkers have decided in place of computed lines.
    #[serde(default)]
    pub overrides: Vec<Override>,
}

/// Some days of the norm month, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOfMonth {
    /// A day of the norm month.
    pub first: Date,
    /// A day of the norm month, not before `first`.
    pub last: Date,
}

/// Which row: where the full story of an amount is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowRef {
    /// Fetched from an authority.
    Fetched(RowId),
    /// Stated by the household or entered by a caseworker.
    Stated(StatementId),
}

impl Wire for RowRef {
    fn put(&self, out: &mut WireWriter) {
        match self {
            Self::Fetched(id) => (true, *id).put(out),
            Self::Stated(id) => (false, *id).put(out),
        }
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        Some(if bool::take(from)? { Self::Fetched(Wire::take(from)?) } else { Self::Stated(Wire::take(from)?) })
    }
}

impl std::fmt::Display for RowRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fetched(id) => write!(f, "fetched {id}"),
            Self::Stated(id) => write!(f, "stated {id}"),
        }
    }
}

/// An income, as one source tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncomeRow {
    /// By which lines and overrides find it.
    pub row: RowRef,
    /// Whose it is; `None` for the household's.
    pub person: Option<PersonId>,
    /// By which the rules treat it.
    pub kind: IncomeKind,
    /// What reached the person, after tax and deductions.
    pub amount: Money,
    /// The day of payment, where known.
    pub pay_date: Option<Date>,
    /// The first and last day that it is for, where reported.
    pub period: Option<(Date, Date)>,
    /// Whether it has been paid, as the source tells.
    pub state: RowState,
    /// The day on which the service first learned of it. Fetching the same row again does not make it younger.
    pub known_on: Date,
    /// Whether the household or an authority tells it.
    pub source: Source,
    /// The authority, where one is the source and is known by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// The row that this one says is wrong ("stämmer inte"), and stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputes: Option<RowRef>,
}

/// An expense beside the norm's own items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpenseRow {
    /// By which lines and overrides find it.
    pub row: RowRef,
    /// Whose it is; `None` for the household's.
    pub person: Option<PersonId>,
    /// By which the rules place it.
    pub kind: ExpenseKind,
    /// What is to be paid, as it is claimed.
    pub amount: Money,
    /// The due date or the day of payment, where known.
    pub pay_date: Option<Date>,
    /// The first and last day that it is for, where reported.
    pub period: Option<(Date, Date)>,
    /// Whether the household or an authority tells it.
    pub source: Source,
    /// The authority, where one is the source and is known by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// The row that this one says is wrong, and stands beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputes: Option<RowRef>,
}

/// Something that is worth money. What stands on a bank account is an income row of its own kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// By which lines and overrides find it.
    pub row: RowRef,
    /// Whose it is; `None` for the household's.
    pub person: Option<PersonId>,
    /// What sort of thing it is.
    pub kind: AssetKind,
    /// What it is worth, less what is owed on it.
    pub value: Money,
    /// Whether it can be turned into money in time; `None` when nobody has said.
    pub realisable: Option<bool>,
    /// Whether the household or an authority tells it.
    pub source: Source,
}

codes! {
    /// A kind of asset (tillgång).
    AssetKind in "asset-kind-" {
        /// Värdepapper: shares, funds, bonds.
        Securities = "securities",
        /// Fordon.
        Vehicle = "vehicle",
        /// Fastighet or bostadsrätt.
        Property = "property",
        /// Annan tillgång.
        Other = "other",
    }
}

/// A surplus of an earlier norm month (överskott).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surplus {
    /// The norm month in which it arose.
    pub from: NormMonth,
    /// What is left of it.
    pub amount: Money,
}

/// An expense that an earlier norm month's calculation approved, known by all that a bill keeps when it is fetched or stated anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovedExpense {
    /// The norm month that approved it.
    pub month: NormMonth,
    /// As the bill had it.
    pub kind: ExpenseKind,
    /// Whose it is; `None` for the household's.
    pub person: Option<PersonId>,
    /// The due date or the day of payment.
    pub date: Date,
    /// The whole bill, whatever was approved of it.
    pub claimed: Money,
}

/// A caseworker's decision that a line is to count with another amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The line, as it was when the caseworker decided.
    pub subject: Subject,
    /// What the rules gave then.
    pub beneath: Amounts,
    /// What is to count.
    pub value: Money,
    /// The caseworker's words, which the household reads.
    pub reason: Arc<str>,
    /// The caseworker who set the line.
    pub by: StaffId,
    /// The day that the line was set.
    pub on: Date,
}

wire_struct!(Input {
    month,
    judged_on,
    previous_judged_on,
    part,
    household,
    incomes,
    expenses,
    assets,
    surpluses,
    approved_before,
    settings,
    overrides
});
wire_struct!(PartOfMonth { first, last });
wire_struct!(IncomeRow { row, person, kind, amount, pay_date, period, state, known_on, source, agency, disputes });
wire_struct!(ExpenseRow { row, person, kind, amount, pay_date, period, source, agency, disputes });
wire_struct!(Asset { row, person, kind, value, realisable, source });
wire_enum!(AssetKind { Securities, Vehicle, Property, Other });
wire_struct!(Surplus { from, amount });
wire_struct!(ApprovedExpense { month, kind, person, date, claimed });
wire_struct!(Override { subject, beneath, value, reason, by, on });
