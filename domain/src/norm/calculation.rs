//! A finished calculation: the record of a decision, the page and the letter.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::explanation::Explanation;
use super::input::{ApprovedExpense, PartOfMonth, Surplus};
use super::line::{Amounts, Line, LineSection, ResultLine, Standing, Subject, TableRef};
use crate::{Money, NormMonth};

/// A norm calculation (normberäkning), explained line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormCalculation {
    /// The month applied for.
    pub month: NormMonth,
    /// The month whose incomes count.
    pub reference_month: NormMonth,
    /// The day on which it was judged.
    pub judged_on: Date,
    /// The days that the norm is calculated for, where it is not the whole month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<PartOfMonth>,
    /// How many people the shared costs are for.
    pub persons: u8,
    /// The norm table, by name and version.
    pub table: TableRef,
    /// The set of rules, by name and version.
    pub rules: TableRef,
    /// The municipality's settings, by name and version.
    pub settings: TableRef,
    /// Every line, in the order that they are read.
    pub lines: Vec<Line>,
    /// What the lines come to.
    pub sums: Sums,
    /// The same in words: the balance, what is paid, and what is carried.
    pub results: Vec<ResultLine>,
    /// What later months may count as surplus.
    pub surplus_to_carry: Vec<Surplus>,
}

/// What the lines come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Of everyone whom the norm counts.
    pub personal: Money,
    /// For all who share the home.
    pub shared: Money,
    /// Riksnorm: personal and shared costs.
    pub norm: Money,
    /// Approved expenses beside the norm.
    pub expenses: Money,
    /// The norm and the approved expenses beside it.
    pub need: Money,
    /// What counts of all incomes.
    pub income: Money,
    /// Counted assets and earlier surpluses.
    pub means: Money,
    /// Income and means, less need: a deficit is negative.
    pub balance: Money,
    /// The assistance that the deficit gives, in whole kronor.
    pub payable: Money,
}

impl NormCalculation {
    /// The lines of a section.
    pub fn section(&self, section: LineSection) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.section() == section)
    }

    /// The lines that wait for a human. While there is one, the figure is not final.
    pub fn questions(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.standing == Standing::AsksHuman)
    }

    /// The dated expenses that this calculation approved, in whole or in part.
    pub fn approved_expenses(&self) -> impl Iterator<Item = ApprovedExpense> {
        self.lines.iter().filter_map(|line| match (line.subject, line.amounts) {
            (Subject::Expense { kind, person, date: Some(date), .. }, Amounts::Expense { claimed, approved, .. })
                if approved > Money::ZERO =>
            {
                Some(ApprovedExpense { month: self.month, kind, person, date, claimed })
            }
            _ => None,
        })
    }

    /// What of the household's claim the calculation leaves out: what is not approved of the month's expenses, and what a
    /// caseworker has set to the household's disadvantage. Anything above zero makes a grant a partial one.
    pub fn left_out(&self) -> Money {
        self.lines.iter().map(|line| self.left_out_of_disputed(line).unwrap_or_else(|| line.left_out())).sum()
    }

    /// What is left out of an authority's bill that the household says is wrong: their own amount is the claim, and what is approved of either
    /// of the two lines meets it.
    fn left_out_of_disputed(&self, line: &Line) -> Option<Money> {
        let Amounts::Expense { approved, .. } = line.amounts else { return None };
        let stated = line.also.iter().find_map(|also| match also {
            Explanation::RowDisputed { stated } => Some(*stated),
            _ => None,
        })?;
        if line.is_of_another_month() {
            return None;
        }
        let key = |line: &Line| match line.subject {
            Subject::Expense { kind, person, .. } => Some((kind, person)),
            _ => None,
        };
        let is_dispute =
            |other: &&Line| other.because == Explanation::ExpenseDisputed { stated } && key(other) == key(line);
        let beside = self.lines.iter().find(is_dispute).map_or(Money::ZERO, |other| match other.amounts {
            Amounts::Expense { approved, .. } => approved,
            Amounts::Norm { .. } | Amounts::Income { .. } | Amounts::Means { .. } => Money::ZERO,
        });
        Some((stated - approved - beside).max(Money::ZERO))
    }
}
