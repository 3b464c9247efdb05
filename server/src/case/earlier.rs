//! What was fetched and stated for earlier months, and the month that a renewal is compared with.

use app::citizen::port::{Direction, History, HistoryRow};
use app::port::{Phrase, Source};
use domain::authority::{AuthorityRow, RowKind};
use domain::id::PersonId;
use domain::{Money, NormMonth};

use super::answers::Asked;
use super::household::HouseholdMember;
use super::statements::{self, Stated, expense_label, income_label};

/// What was signed for the month before: each kind's sum.
pub struct PreviousSums {
    /// The month that was applied for.
    pub month: NormMonth,
    /// Own incomes by kind.
    pub incomes: Vec<Sum>,
    /// Own expenses by kind.
    pub expenses: Vec<Sum>,
}

/// All that was stated of one kind.
pub struct Sum {
    /// The kind's text.
    pub label: Phrase,
    /// The sum.
    pub amount: Money,
    /// Who stated it.
    pub source: Source,
}

/// What was signed for an earlier month, by kind.
pub fn sums_of(month: NormMonth, stated: &Stated) -> PreviousSums {
    let source = Source::Earlier(month);
    PreviousSums {
        month,
        incomes: sums(stated.incomes.iter().map(|row| (income_label(row.kind), row.amount)), &source),
        expenses: sums(stated.expenses.iter().map(|row| (expense_label(row.kind), row.amount)), &source),
    }
}

fn sums(rows: impl Iterator<Item = (Phrase, Money)>, source: &Source) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    for (label, amount) in rows {
        match sums.iter_mut().find(|sum| sum.label == label) {
            Some(sum) => sum.amount += amount,
            None => sums.push(Sum { label, amount, source: source.clone() }),
        }
    }
    sums
}

/// What authorities reported about people of the household for an earlier month.
pub fn fetched(month: NormMonth, asked: &[Asked], members: &[HouseholdMember]) -> History {
    let of_household = asked.iter().filter(|one| members.iter().any(|member| member.person == one.person));
    History { month, rows: of_household.flat_map(|one| rows(one).map(|row| history_row(row, one))).collect() }
}

/// What the household stated, of one direction, for an earlier month.
pub fn stated(
    month: NormMonth,
    stated: Stated,
    direction: Direction,
    members: &[HouseholdMember],
    writer: PersonId,
) -> History {
    let source = statements::source(members, writer);
    History { month, rows: stated_rows(stated, direction, &source) }
}

fn stated_rows(stated: Stated, direction: Direction, source: &Source) -> Vec<HistoryRow> {
    let row = |label, amount, date| HistoryRow { label, amount, date: Some(date), source: source.clone() };
    match direction {
        Direction::Income => stated
            .incomes
            .into_iter()
            .map(|income| row(income_label(income.kind), income.amount, income.date))
            .collect(),
        Direction::Expense => stated
            .expenses
            .into_iter()
            .map(|expense| row(expense_label(expense.kind), expense.amount, expense.date))
            .collect(),
    }
}

/// What authorities have reported, of one direction, that was paid in this month.
pub fn rows_of_month(asked: &[Asked], month: NormMonth, direction: Direction) -> Vec<HistoryRow> {
    let of_direction = |row: &&AuthorityRow| match row.kind {
        RowKind::Income(_) => direction == Direction::Income,
        RowKind::Expense(_) => direction == Direction::Expense,
    };
    asked
        .iter()
        .flat_map(|one| {
            rows(one)
                .filter(of_direction)
                .filter(|row| row.pay_date.is_some_and(|day| month.contains(day)))
                .map(|row| history_row(row, one))
        })
        .collect()
}

fn rows(asked: &Asked) -> impl Iterator<Item = &AuthorityRow> {
    asked.answer.iter().filter_map(|(_, answer)| answer.content()).flat_map(|content| &content.rows)
}

fn history_row(row: &AuthorityRow, asked: &Asked) -> HistoryRow {
    let label = match row.kind {
        RowKind::Income(kind) => income_label(kind),
        RowKind::Expense(kind) => expense_label(kind),
    };
    HistoryRow { label, amount: row.amount, date: row.pay_date, source: Source::Authority(asked.authority.clone()) }
}
