//! Rules that stand for a row a month, and the rows that they stand for.

use domain::kind::{ExpenseKind, IncomeKind};
use domain::{Money, NormMonth};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::{DemoHousehold, DemoPerson, DemoSource};

/// The last month that the demo's authorities know of; a rule without an end goes on to here.
pub const LAST_MONTH: NormMonth = match NormMonth::new(2026, 12) {
    Ok(month) => month,
    Err(_) => unreachable!(),
};

/// A benefit that an authority pays each month.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitRule {
    pub source: DemoSource,
    /// What it is to the calculation.
    pub kind: IncomeKind,
    /// The authority's own words.
    pub label: String,
    /// What reaches the person.
    pub amount: Money,
    /// The day of payment; the last day of shorter months.
    pub day: i8,
    pub from: NormMonth,
    #[serde(default = "last_month")]
    pub until: NormMonth,
}

/// An expense of the household each month.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpenseRule {
    /// What it is to the calculation.
    pub kind: ExpenseKind,
    /// The household's own words, where the kind does not say it all.
    #[serde(default)]
    pub label: String,
    pub amount: Money,
    /// The day it is due; the last day of shorter months.
    pub day: i8,
    pub from: NormMonth,
    #[serde(default = "last_month")]
    pub until: NormMonth,
}

/// An amount each month whose kind is told by where it stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountRule {
    /// The words of who pays or invoices.
    pub label: String,
    pub amount: Money,
    /// The day of payment or the due day; the last day of shorter months.
    pub day: i8,
    pub from: NormMonth,
    #[serde(default = "last_month")]
    pub until: NormMonth,
}

fn last_month() -> NormMonth {
    LAST_MONTH
}

/// One month of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyRow<K> {
    pub kind: K,
    pub label: String,
    pub amount: Money,
    /// The day of payment, or the due day.
    pub date: Date,
    /// The month that it is for.
    pub month: NormMonth,
}

impl DemoPerson {
    /// What one source pays this person, from the first to the last day, both included, oldest first.
    pub fn benefits(&self, source: DemoSource, first: Date, last: Date) -> Vec<MonthlyRow<IncomeKind>> {
        let rules = self.rows.iter().filter(|rule| rule.source == source);
        between(rules.flat_map(BenefitRule::rows), first, last)
    }

    /// What the energy company invoices this person, by due day.
    pub fn energy_invoices(&self, first: Date, last: Date) -> Vec<MonthlyRow<ExpenseKind>> {
        between(self.invoices.iter().flat_map(|rule| rule.rows(ExpenseKind::Electricity)), first, last)
    }

    /// The wages that this person would state, by pay day.
    pub fn stated_wages(&self, first: Date, last: Date) -> Vec<MonthlyRow<IncomeKind>> {
        between(self.wages.iter().flat_map(|rule| rule.rows(IncomeKind::Wage)), first, last)
    }
}

impl DemoHousehold {
    /// What the household pays, by due day.
    pub fn expenses(&self, first: Date, last: Date) -> Vec<MonthlyRow<ExpenseKind>> {
        between(self.expenses.iter().flat_map(ExpenseRule::rows), first, last)
    }
}

impl BenefitRule {
    fn rows(&self) -> Vec<MonthlyRow<IncomeKind>> {
        expand(self.kind, &self.label, self.amount, self.day, self.from, self.until)
    }
}

impl ExpenseRule {
    fn rows(&self) -> Vec<MonthlyRow<ExpenseKind>> {
        expand(self.kind, &self.label, self.amount, self.day, self.from, self.until)
    }
}

impl AmountRule {
    fn rows<K: Copy>(&self, kind: K) -> Vec<MonthlyRow<K>> {
        expand(kind, &self.label, self.amount, self.day, self.from, self.until)
    }
}

fn expand<K: Copy>(
    kind: K,
    label: &str,
    amount: Money,
    day: i8,
    from: NormMonth,
    until: NormMonth,
) -> Vec<MonthlyRow<K>> {
    std::iter::successors(Some(from), |month| Some(month.next()))
        .take_while(|month| *month <= until)
        .map(|month| MonthlyRow { kind, label: label.to_owned(), amount, date: bank_day(month, day), month })
        .collect()
}

/// The day of the month, or its last day, moved back from a Saturday or Sunday to the Friday.
fn bank_day(month: NormMonth, day: i8) -> Date {
    let date = month.first_day().saturating_add((day.min(month.days()) - 1).days());
    match date.weekday() {
        Weekday::Saturday => date.saturating_sub(1.day()),
        Weekday::Sunday => date.saturating_sub(2.days()),
        _ => date,
    }
}

fn between<K>(rows: impl Iterator<Item = MonthlyRow<K>>, first: Date, last: Date) -> Vec<MonthlyRow<K>> {
    let mut rows: Vec<_> = rows.filter(|row| (first..=last).contains(&row.date)).collect();
    rows.sort_by_key(|row| row.date);
    rows
}
