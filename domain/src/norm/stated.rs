//! What a household states, and says of what authorities have given, as rows of a calculation.

use jiff::civil::Date;

use super::input::{ExpenseRow, IncomeRow, RowRef};
use crate::renewal::dispute::DisputeStatement;
use crate::renewal::judge::{ExpenseStatement, IncomeStatement};
use crate::source::Source;

impl IncomeRow {
    /// An income that the household states, and the day that it did.
    pub const fn stated(income: &IncomeStatement, source: Source, on: Date) -> Self {
        Self {
            row: RowRef::Stated(income.id),
            person: Some(income.person),
            kind: income.kind,
            amount: income.amount,
            pay_date: Some(income.date),
            period: None,
            state: income.state,
            known_on: on,
            source,
            agency: None,
            disputes: None,
        }
    }

    /// What the household says of this fetched row, and the day that it did.
    #[must_use]
    pub fn disputed(&self, said: &DisputeStatement, source: Source, on: Date) -> Self {
        Self {
            row: RowRef::Stated(said.id),
            amount: said.own_amount(self.amount),
            pay_date: said.date.or(self.pay_date),
            period: self.period.filter(|_| said.date.is_none()),
            known_on: on,
            source,
            agency: None,
            disputes: Some(self.row),
            ..self.clone()
        }
    }
}

impl ExpenseRow {
    /// An expense that the household states.
    pub fn stated(expense: &ExpenseStatement, source: Source) -> Self {
        Self {
            row: RowRef::Stated(expense.id),
            person: expense.person,
            kind: expense.kind,
            amount: expense.amount,
            pay_date: expense.date,
            period: expense.period(),
            source,
            agency: None,
            disputes: None,
        }
    }

    /// What the household says of this fetched row.
    #[must_use]
    pub fn disputed(&self, said: &DisputeStatement, source: Source) -> Self {
        Self {
            row: RowRef::Stated(said.id),
            amount: said.own_amount(self.amount),
            pay_date: said.date.or(self.pay_date),
            period: self.period.filter(|_| said.date.is_none()),
            source,
            agency: None,
            disputes: Some(self.row),
            ..self.clone()
        }
    }
}
