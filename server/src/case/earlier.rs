//! What was fetched and stated for earlier months, and the month that a renewal is compared with.

use app::citizen::port::{Direction, History, HistoryRow};
use app::port::{Phrase, Source};
use domain::authority::{AuthorityRow, RowKind};
use domain::id::CaseId;
use domain::{Money, NormMonth};

use super::answers::{self, Asked};
use super::household::HouseholdMember;
use super::renewal::submitted_before;
use super::statements::{self, Stated, expense_label, income_label};
use crate::db::{DbError, TenantTx};
use crate::signing::SigningError;

/// How many earlier months are shown.
const MONTHS: i64 = 3;

/// What was signed for the month before: each kind's sum.
pub struct Before {
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

/// What was signed last, for a month before this one.
pub async fn last_signed(tx: &mut TenantTx, case: CaseId, month: NormMonth) -> Result<Option<Before>, SigningError> {
    let Some(last) = submitted_before(tx, case, month, 1).await?.pop() else { return Ok(None) };
    let stated = statements::signed(tx, last.id).await?;
    let source = Source::Earlier(last.month);
    Ok(Some(Before {
        month: last.month,
        incomes: sums(stated.incomes.iter().map(|row| (income_label(row.kind), row.amount)), &source),
        expenses: sums(stated.expenses.iter().map(|row| (expense_label(row.kind), row.amount)), &source),
    }))
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

/// What authorities told about people of the household for the last months before this one, the newest month first.
pub async fn fetched(
    tx: &mut TenantTx,
    case: CaseId,
    month: NormMonth,
    members: &[HouseholdMember],
) -> Result<Vec<History>, DbError> {
    let mut history = Vec::new();
    for earlier in submitted_before(tx, case, month, MONTHS).await? {
        let asked = answers::newest(tx, earlier.id).await?;
        let of_household = asked.iter().filter(|one| members.iter().any(|member| member.person == one.person));
        let rows = of_household.flat_map(|one| rows(one).map(|row| history_row(row, one))).collect();
        history.push(History { month: earlier.month, rows });
    }
    Ok(history)
}

/// What the household stated, of one direction, for the last months before this one, the newest month first.
pub async fn stated(
    tx: &mut TenantTx,
    case: CaseId,
    month: NormMonth,
    direction: Direction,
    members: &[HouseholdMember],
) -> Result<Vec<History>, SigningError> {
    let mut history = Vec::new();
    for earlier in submitted_before(tx, case, month, MONTHS).await? {
        let stated = statements::signed(tx, earlier.id).await?;
        let source = statements::source(members, earlier.begun_by);
        history.push(History { month: earlier.month, rows: stated_rows(stated, direction, &source) });
    }
    Ok(history)
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

/// What authorities have told, of one direction, that was paid in this month.
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

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use super::*;
    use crate::case::household;
    use crate::test_support::{Stage, Statement, add_answer, add_signed, add_source, day, month, told};

    /// Four months with one row of each sort; the amounts tell them apart.
    async fn four_months(stage: &Stage, tx: &mut TenantTx) {
        let source = add_source(tx, Agency::Fk).await;
        for number in 8..=11_i8 {
            let (kronor, before) = (i64::from(number) * 100, number - 1);
            let statement = Statement {
                incomes: vec![(IncomeKind::Wage, kronor, day(before, 20)), (IncomeKind::Wage, 1, day(before, 21))],
                expenses: vec![(ExpenseKind::Rent, kronor + 50, day(number, 1))],
                ..Statement::default()
            };
            let norm_month = month(&format!("2026-{number:02}"));
            let renewal =
                add_signed(stage.service(), tx, stage.home.case, norm_month, day(before, 18), &statement).await;
            let answer = told(IncomeKind::HousingBenefit, kronor + 7, day(before, 12));
            add_answer(tx, renewal, stage.home.person, source, day(before, 18), &answer).await;
        }
    }

    fn amounts(history: &[History]) -> Vec<(i8, Vec<i64>)> {
        let row = |row: &HistoryRow| row.amount.ore() / 100;
        history.iter().map(|one| (one.month.month(), one.rows.iter().map(row).collect())).collect()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_last_three_months_are_told_the_newest_first(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        four_months(&stage, &mut tx).await;
        let (case, december) = (stage.home.case, month("2026-12"));
        let members = household::members(&mut tx, case).await.unwrap();
        let fetched = fetched(&mut tx, case, december, &members).await.unwrap();
        assert_eq!(amounts(&fetched), [(11, vec![1_107]), (10, vec![1_007]), (9, vec![907])]);
        let expenses = stated(&mut tx, case, december, Direction::Expense, &members).await.unwrap();
        assert_eq!(amounts(&expenses), [(11, vec![1_150]), (10, vec![1_050]), (9, vec![950])]);
        let incomes = stated(&mut tx, case, month("2026-11"), Direction::Income, &members).await.unwrap();
        assert_eq!(amounts(&incomes)[0], (10, vec![1_000, 1]), "only what lies before");
        assert!(incomes[0].rows[0].source == Source::Applicant("Petra".to_owned()));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_month_before_is_summed_by_kind(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        let case = stage.home.case;
        assert!(last_signed(&mut tx, case, month("2026-12")).await.unwrap().is_none());
        four_months(&stage, &mut tx).await;
        let before = last_signed(&mut tx, case, month("2026-12")).await.unwrap().unwrap();
        assert_eq!((before.month, before.incomes.len()), (month("2026-11"), 1));
        assert_eq!(before.incomes[0].amount, Money::from_kronor(1_101));
        assert!(before.incomes[0].source == Source::Earlier(month("2026-11")));
        assert_eq!(before.expenses[0].amount, Money::from_kronor(1_150));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn rows_of_a_month_are_those_paid_in_it(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        four_months(&stage, &mut tx).await;
        let november = submitted_before(&mut tx, stage.home.case, month("2026-12"), 1).await.unwrap().pop().unwrap();
        let asked = answers::newest(&mut tx, november.id).await.unwrap();
        let rows = |text, direction| rows_of_month(&asked, month(text), direction).len();
        assert_eq!(rows("2026-10", Direction::Income), 1);
        assert_eq!(rows("2026-10", Direction::Expense), 0);
        assert_eq!(rows("2026-11", Direction::Income), 0);
    }
}
