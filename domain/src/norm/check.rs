//! Looks at an input before anything is calculated: better no figure than a wrong one.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::book::Rules;
use super::error::CalculationError;
use super::input::{Input, PartOfMonth, RowRef};
use super::line::LineSection;
use crate::id::PersonId;
use crate::source::Source;
use crate::{Money, NormMonth};

/// Checks everything that can be checked row by row, and gives the number of days that the norm is calculated for.
pub(super) fn check(rules: &Rules<'_>, input: &Input) -> Result<u8, CalculationError> {
    let days = norm_days(input.month, input.part)?;
    input.household.check(input.month, days, rules.set.file.ages)?;
    if input.settings.from() > input.month {
        return Err(CalculationError::SettingsTooNew { from: input.settings.from() });
    }
    check_rows(rules, input)?;
    check_surpluses(rules, input)?;
    check_overrides(rules, input)?;
    Ok(days)
}

fn norm_days(month: NormMonth, part: Option<PartOfMonth>) -> Result<u8, CalculationError> {
    let (first, last) = match part {
        None => (1, month.days()),
        Some(part) if month.contains(part.first) && month.contains(part.last) => (part.first.day(), part.last.day()),
        Some(_) => return Err(CalculationError::PartOutsideMonth),
    };
    u8::try_from(last - first + 1).ok().filter(|days| *days > 0).ok_or(CalculationError::PartOutsideMonth)
}

/// What rows of every sort have in common.
struct Row {
    id: RowRef,
    person: Option<PersonId>,
    amount: Money,
    largest: Money,
    source: Source,
    period: Option<(Date, Date)>,
    disputes: Option<RowRef>,
    known_kind: bool,
    known_on: Option<Date>,
}

fn check_rows(rules: &Rules<'_>, input: &Input) -> Result<(), CalculationError> {
    let set = &rules.set.file;
    let incomes = input.incomes.iter().map(|income| Row {
        id: income.row,
        person: income.person,
        amount: income.amount,
        largest: set.largest_row,
        source: income.source,
        period: income.period,
        disputes: income.disputes,
        known_kind: set.incomes.contains_key(&income.kind),
        known_on: Some(income.known_on),
    });
    let expenses = input.expenses.iter().map(|expense| Row {
        id: expense.row,
        person: expense.person,
        amount: expense.amount,
        largest: set.largest_row,
        source: expense.source,
        period: expense.period,
        disputes: expense.disputes,
        known_kind: set.expenses.contains_key(&expense.kind),
        known_on: None,
    });
    let assets = input.assets.iter().map(|asset| Row {
        id: asset.row,
        person: asset.person,
        amount: asset.value,
        largest: Money::LIMIT,
        source: Source::Register,
        period: None,
        disputes: None,
        known_kind: true,
        known_on: None,
    });
    let mut seen = BTreeSet::new();
    for row in incomes.chain(expenses).chain(assets) {
        if !seen.insert(row.id) {
            return Err(CalculationError::RowTwice { row: row.id });
        }
        row.check(input)?;
    }
    Ok(())
}

impl Row {
    fn check(&self, input: &Input) -> Result<(), CalculationError> {
        let row = self.id;
        if let Some(person) = self.person
            && input.household.member(person).is_none()
        {
            return Err(CalculationError::NotInHousehold { row, person });
        }
        if self.amount > self.largest || self.amount < -self.largest {
            return Err(CalculationError::AbsurdAmount { row });
        }
        if self.amount < Money::ZERO && self.source != Source::Authority && self.disputes.is_none() {
            return Err(CalculationError::NegativeAmount { row });
        }
        if self.period.is_some_and(|(first, last)| last < first) {
            return Err(CalculationError::PeriodBackwards { row });
        }
        if self.disputes == Some(row) {
            return Err(CalculationError::DisputesItself { row });
        }
        if !self.known_kind {
            return Err(CalculationError::UnknownKind { row });
        }
        if self.known_on.is_some_and(|known| known > input.judged_on) {
            return Err(CalculationError::KnownTooLate { row });
        }
        Ok(())
    }
}

fn check_surpluses(rules: &Rules<'_>, input: &Input) -> Result<(), CalculationError> {
    for (place, surplus) in input.surpluses.iter().enumerate() {
        let from = surplus.from;
        let twice = input.surpluses[..place].iter().any(|earlier| earlier.from == from);
        let absurd = surplus.amount < Money::ZERO || surplus.amount > rules.set.file.largest_row;
        if twice || absurd || from >= input.month {
            return Err(CalculationError::BadSurplus { from });
        }
    }
    Ok(())
}

fn check_overrides(rules: &Rules<'_>, input: &Input) -> Result<(), CalculationError> {
    let largest = rules.set.file.largest_row;
    for (place, decided) in input.overrides.iter().enumerate() {
        let least = if decided.subject.section() == LineSection::Incomes { -largest } else { Money::ZERO };
        if decided.value < least || decided.value > largest {
            return Err(CalculationError::BadOverride { place });
        }
        if input.overrides[..place].iter().any(|earlier| earlier.subject == decided.subject) {
            return Err(CalculationError::OverrideTwice { place });
        }
    }
    Ok(())
}
