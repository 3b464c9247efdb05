//! The rules of a time: what the law says beside the amounts, as dated data with the provision behind each rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::line::{Certainty, TableRef};
use crate::household::AgeLimits;
use crate::kind::{ExpenseKind, IncomeKind};
use crate::wire::{wire_enum, wire_struct};
use crate::{Money, NormMonth};

/// A set of rules as it is written in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSetFile {
    /// Its name, such as `sol-2025-400`.
    pub id: Arc<str>,
    /// Its version, from 1.
    pub version: u32,
    /// The first norm month that it is for.
    pub from: NormMonth,
    /// The last norm month that it is for.
    pub through: NormMonth,
    /// Where the rules were read.
    pub source: Arc<str>,
    /// No row has a larger amount, either side of zero.
    pub largest_row: Money,
    /// The ages between the roles.
    pub ages: AgeLimits,
    /// Which months' incomes are looked at.
    pub reference_month: ReferenceMonthRule,
    /// How much of an income of employment is left out (jobbstimulans).
    pub job_stimulus: JobStimulusRule,
    /// Surpluses of earlier months.
    pub surplus: SurplusRule,
    /// The provision behind each rule.
    pub provisions: Provisions,
    /// How each kind of income is treated.
    pub incomes: BTreeMap<IncomeKind, IncomeRule>,
    /// How each kind of expense is treated.
    pub expenses: BTreeMap<ExpenseKind, ExpenseTreatment>,
}

/// Which months' incomes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReferenceMonthRule {
    /// The reference month is so many months before the norm month.
    pub months_before: u8,
    /// The month whose benefits are proposed when they are missing in the reference month.
    pub proposal_months_before: u8,
}

/// The special rule for those who have begun to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct JobStimulusRule {
    /// The part of the wage that is left out.
    pub percent: u8,
    /// For how many norm months in a row.
    pub months: u8,
}

/// Surpluses of earlier months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SurplusRule {
    /// For how many norm months after its own a surplus counts.
    pub months: u8,
}

/// A provision: how one cites it, and how sure it is that it says what the rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provision {
    /// As one cites it in a letter.
    pub paragraph: Arc<str>,
    /// How sure it is that it says what the rule does.
    #[serde(default)]
    pub certainty: Certainty,
}

/// The provision behind each rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provisions {
    /// Personal costs of a member (riksnorm).
    pub norm_personal: Provision,
    /// Shared household costs (riksnorm).
    pub norm_shared: Provision,
    /// Shared costs beyond the end of the table.
    pub norm_shared_beyond_table: Provision,
    /// A non-cohabiting adult in a shared home.
    pub norm_shared_home: Provision,
    /// A child who lives here for some days.
    pub norm_days_in_home: Provision,
    /// A norm for a part of the month.
    pub norm_part_of_month: Provision,
    /// A norm at another level, for special reasons.
    pub norm_other_level: Provision,
    /// A cost of the norm's second kind.
    pub expense_norm_item: Provision,
    /// A need that the norm does not name.
    pub expense_other_need: Provision,
    /// Incomes, and what kinds of them count.
    pub income: Provision,
    /// The month whose incomes count.
    pub reference_month: Provision,
    /// What is left out of an income of employment (jobbstimulans).
    pub job_stimulus: Provision,
    /// A child's or school youth's own work.
    pub own_work: Provision,
    /// A child's own money.
    pub child_own_money: Provision,
    /// What could be turned into money.
    pub assets: Provision,
    /// Surpluses of earlier months.
    pub surplus: Provision,
    /// Rounding a share to the öre.
    pub rounding_share: Provision,
    /// The deficit, and rounding it to the krona.
    pub payable: Provision,
}

/// How a kind of income is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IncomeRule {
    /// When it is an adult's or the household's.
    pub adult: AdultTreatment,
    /// When it is a child's or school youth's.
    pub child: ChildTreatment,
    /// Whether it is a benefit that comes month by month, so that a missing one is worth a question.
    #[serde(default)]
    pub benefit: bool,
    /// Whether it is money that is left next month as well, so that a surplus of it is not carried too.
    #[serde(default)]
    pub stays: bool,
}

/// How an adult's income is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdultTreatment {
    /// All of it counts.
    Counted,
    /// As income of employment, to which the job stimulus may apply.
    Employment,
    /// A human judges it.
    Ask,
}

/// How a child's or school youth's income is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChildTreatment {
    /// In full: it is meant for the household.
    Counted,
    /// As own work, free up to the year's allowance.
    OwnWork,
    /// Up to the child's own norm.
    OwnNorm,
    /// A human judges it.
    Ask,
}

/// How a kind of expense is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpenseTreatment {
    /// A cost of the norm's second kind: reasonable as claimed, or up to the guideline.
    NormItem,
    /// Another need: up to the guideline, or for a human to judge where there is none.
    OtherNeed,
    /// A human judges it.
    Ask,
}

/// Why a set of rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleSetError {
    /// It ends before it begins.
    #[error("{rules} ends before it begins")]
    Backwards {
        /// The set's identifier.
        rules: Arc<str>,
    },
    /// A number is outside what it can be.
    #[error("{rules} has an impossible {number}")]
    OutOfBounds {
        /// The set's identifier.
        rules: Arc<str>,
        /// The name of the number.
        number: &'static str,
    },
}

/// A checked set of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    pub(super) reference: TableRef,
    pub(super) file: RuleSetFile,
}

impl RuleSet {
    /// Checks a set of rules: every number within bounds.
    pub fn check(file: RuleSetFile) -> Result<Self, RuleSetError> {
        let rules = file.id.clone();
        if file.through < file.from {
            return Err(RuleSetError::Backwards { rules });
        }
        let months = file.reference_month;
        let numbers = [
            ("percent", file.job_stimulus.percent <= 100),
            ("job-stimulus months", file.job_stimulus.months >= 1),
            ("months-before", months.months_before >= 1),
            ("proposal-months-before", months.proposal_months_before > months.months_before),
            ("largest-row", file.largest_row > Money::ZERO && file.largest_row <= Money::LIMIT),
            ("ages", file.ages.child_under >= 1 && file.ages.child_under <= file.ages.school_youth_under),
        ];
        match numbers.into_iter().find(|(_, fits)| !fits) {
            Some((number, _)) => Err(RuleSetError::OutOfBounds { rules, number }),
            None => Ok(Self { reference: TableRef { id: rules, version: file.version }, file }),
        }
    }
}

wire_struct!(RuleSet { reference, file });
wire_struct!(RuleSetFile {
    id,
    version,
    from,
    through,
    source,
    largest_row,
    ages,
    reference_month,
    job_stimulus,
    surplus,
    provisions,
    incomes,
    expenses
});
wire_struct!(ReferenceMonthRule { months_before, proposal_months_before });
wire_struct!(JobStimulusRule { percent, months });
wire_struct!(SurplusRule { months });
wire_struct!(Provision { paragraph, certainty });
wire_struct!(Provisions {
    norm_personal,
    norm_shared,
    norm_shared_beyond_table,
    norm_shared_home,
    norm_days_in_home,
    norm_part_of_month,
    norm_other_level,
    expense_norm_item,
    expense_other_need,
    income,
    reference_month,
    job_stimulus,
    own_work,
    child_own_money,
    assets,
    surplus,
    rounding_share,
    payable
});
wire_struct!(IncomeRule { adult, child, benefit, stays });
wire_enum!(AdultTreatment { Counted, Employment, Ask });
wire_enum!(ChildTreatment { Counted, OwnWork, OwnNorm, Ask });
wire_enum!(ExpenseTreatment { NormItem, OtherNeed, Ask });
