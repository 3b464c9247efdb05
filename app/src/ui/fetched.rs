//! When a fetched amount is paid and what time it is for, in the same words to everybody.

use domain::NormMonth;
use domain::authority::{AuthorityRow, RowKind, RowState};
use jiff::civil::Date;

use crate::i18n::Texts;

/// "planerad 27 november, för november", "betald 28 oktober, för oktober", as far as it is known.
pub fn fetched_when(texts: &Texts, row: &AuthorityRow) -> String {
    let paid = row.pay_date.map(|day| paid(texts, row, texts.day(day)));
    let period = row.period.map(|(first, last)| period(texts, first, last));
    [paid, period].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The first part of that, with the day in short: "planerad 27 nov".
pub fn fetched_paid(texts: &Texts, row: &AuthorityRow) -> Option<String> {
    row.pay_date.map(|day| paid(texts, row, texts.short_day(day)))
}

fn paid(texts: &Texts, row: &AuthorityRow, day: String) -> String {
    texts.with(state(row), &[("day", day.into())])
}

/// A benefit comes, a bill is to be paid: the same states have other words.
const fn state(row: &AuthorityRow) -> &'static str {
    match (row.kind, row.state) {
        (RowKind::Income(_), RowState::Planned) => "fetched-planned",
        (RowKind::Income(_), RowState::Paid) => "fetched-paid",
        (RowKind::Expense(_), RowState::Planned) => "fetched-bill-planned",
        (RowKind::Expense(_), RowState::Paid) => "fetched-bill-paid",
    }
}

/// A whole month by its name and a whole year by its number, else both days.
fn period(texts: &Texts, first: Date, last: Date) -> String {
    let month = NormMonth::of(first).ok().filter(|month| (month.first_day(), month.last_day()) == (first, last));
    if let Some(month) = month {
        return texts.with("fetched-month", &[("month", texts.month(month).into())]);
    }
    if (first, last) == (first.first_of_year(), first.last_of_year()) {
        return texts.with("fetched-year", &[("year", first.year().to_string().into())]);
    }
    texts.with("fetched-period", &[("first", texts.day(first).into()), ("last", texts.day(last).into())])
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use domain::kind::{ExpenseKind, IncomeKind};
    use jiff::civil::date;

    use super::*;
    use crate::i18n::Catalogue;

    fn words(kind: RowKind, state: RowState, pay_date: Option<Date>, period: Option<(Date, Date)>) -> String {
        let row = AuthorityRow { label: String::new(), kind, amount: Money::ZERO, pay_date, period, state };
        fetched_when(&Catalogue::load().unwrap().original(), &row).replace('\u{a0}', " ")
    }

    #[test]
    fn a_benefit_comes_and_a_bill_is_paid() {
        let (income, bill) = (RowKind::Income(IncomeKind::HousingBenefit), RowKind::Expense(ExpenseKind::Electricity));
        let day = Some(date(2026, 11, 27));
        for (kind, state, said) in [
            (income, RowState::Planned, "planerad 27 november"),
            (income, RowState::Paid, "utbetald 27 november"),
            (bill, RowState::Planned, "att betala 27 november"),
            (bill, RowState::Paid, "betald 27 november"),
        ] {
            assert_eq!(words(kind, state, day, None), said);
        }
    }

    #[test]
    fn a_whole_month_or_year_is_told_by_its_name() {
        let words =
            |first, last| words(RowKind::Income(IncomeKind::Capital), RowState::Paid, None, Some((first, last)));
        assert_eq!(words(date(2026, 9, 1), date(2026, 9, 30)), "för september");
        assert_eq!(words(date(2026, 1, 1), date(2026, 12, 31)), "för 2026");
        assert_eq!(words(date(2026, 9, 1), date(2026, 9, 29)), "för 1 september till 29 september");
    }
}
