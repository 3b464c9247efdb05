//! Which month a row is for, and so whether this calculation looks at it.

use jiff::civil::Date;

use super::input::{ExpenseRow, IncomeRow};
use crate::NormMonth;

/// The month of an income: that of its pay date, or of its period when that lies within one month. A longer period, such as the year
/// of a tax statement, tells no month, but once it had ended before the reference month began, it is surely none that counts.
pub(super) fn income_month(row: &IncomeRow, reference: NormMonth) -> Option<NormMonth> {
    let day = row.pay_date.or_else(|| {
        let (first, last) = row.period?;
        let one_month = first.year() == last.year() && first.month() == last.month();
        (one_month || last < reference.first_day()).then_some(last)
    })?;
    NormMonth::of(day).ok()
}

/// Where an expense lies beside the norm month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpensePlacement {
    /// For the norm month, due in it, or stated for it without a date.
    NormMonth,
    /// For the reference month.
    ReferenceMonth,
    /// For a month that is neither: this one.
    Other(NormMonth),
}

pub(super) fn expense(row: &ExpenseRow, month: NormMonth, reference: NormMonth) -> ExpensePlacement {
    place_expense(row.pay_date, row.period, month, reference)
}

/// Where an expense lies: its period or its date puts it in a month, the norm month before others.
pub fn place_expense(
    pay_date: Option<Date>,
    period: Option<(Date, Date)>,
    month: NormMonth,
    reference: NormMonth,
) -> ExpensePlacement {
    let lies_in = |month: NormMonth| {
        let within = |(first, last): (Date, Date)| first <= month.last_day() && month.first_day() <= last;
        period.is_some_and(within) || pay_date.is_some_and(|day| month.contains(day))
    };
    if lies_in(month) {
        return ExpensePlacement::NormMonth;
    }
    if lies_in(reference) {
        return ExpensePlacement::ReferenceMonth;
    }
    let day = pay_date.or(period.map(|(_, last)| last));
    day.and_then(|day| NormMonth::of(day).ok()).map_or(ExpensePlacement::NormMonth, ExpensePlacement::Other)
}
