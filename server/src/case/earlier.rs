//! What was fetched and stated for earlier months, and the month that a renewal is compared with.

use app::citizen::model::{History, HistoryRow};
use app::model::{Phrase, SourceChip};
use domain::authority::{AuthorityRow, RowKind};
use domain::id::PersonId;
use domain::renewal::draft::ItemList;
use domain::{Money, NormMonth};

use super::answers::Asked;
use super::household::HouseholdMember;
use super::statements::{self, Stated};

/// What was signed for the month before: each kind's sum.
pub(crate) struct PreviousSums {
    /// The month that was applied for.
    pub month: NormMonth,
    /// Own incomes by kind.
    pub incomes: Vec<KindSum>,
    /// Own expenses by kind.
    pub expenses: Vec<KindSum>,
}

/// All that was stated of one kind.
pub(crate) struct KindSum {
    pub label: Phrase,
    pub amount: Money,
    pub source: SourceChip,
}

/// What was signed for an earlier month, by kind.
pub(crate) fn sums_of(month: NormMonth, stated: &Stated) -> PreviousSums {
    let source = SourceChip::Earlier(month);
    PreviousSums {
        month,
        incomes: sums(stated.incomes.iter().map(|row| (Phrase::new(row.kind.key()), row.amount)), &source),
        expenses: sums(stated.expenses.iter().map(|row| (Phrase::new(row.kind.key()), row.amount)), &source),
    }
}

fn sums(rows: impl Iterator<Item = (Phrase, Money)>, source: &SourceChip) -> Vec<KindSum> {
    let mut sums: Vec<KindSum> = Vec::new();
    for (label, amount) in rows {
        match sums.iter_mut().find(|sum| sum.label == label) {
            Some(sum) => sum.amount += amount,
            None => sums.push(KindSum { label, amount, source: source.clone() }),
        }
    }
    sums
}

/// What authorities reported about one person for an earlier month.
pub(crate) fn fetched(month: NormMonth, asked: &[Asked], person: PersonId) -> History {
    let about = asked.iter().filter(|one| one.person == person);
    History { month, rows: about.flat_map(|one| rows(one).map(|row| history_row(row, one))).collect() }
}

/// What was stated for an earlier month, of incomes or of expenses, in a renewal of this writer.
pub(crate) fn stated(
    month: NormMonth,
    stated: &Stated,
    which: ItemList,
    members: &[HouseholdMember],
    writer: PersonId,
) -> History {
    let row = |key, amount, date, person| {
        let source = statements::source(members, stated.by(person, writer));
        HistoryRow { label: Phrase::new(key), amount, date, source }
    };
    let rows = match which {
        ItemList::Incomes => stated
            .incomes
            .iter()
            .map(|income| row(income.kind.key(), income.amount, Some(income.date), Some(income.person)))
            .collect(),
        ItemList::Expenses => stated
            .expenses
            .iter()
            .map(|expense| row(expense.kind.key(), expense.amount, expense.date, expense.person))
            .collect(),
    };
    History { month, rows }
}

/// The incomes or the expenses that authorities have reported as paid in this month.
pub(crate) fn rows_of_month(asked: &[Asked], month: NormMonth, which: ItemList) -> Vec<HistoryRow> {
    let of_direction = |row: &&AuthorityRow| match row.kind {
        RowKind::Income(_) => which == ItemList::Incomes,
        RowKind::Expense(_) => which == ItemList::Expenses,
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
    HistoryRow {
        label: Phrase::new(row.kind.key()),
        amount: row.amount,
        date: row.pay_date,
        source: SourceChip::Authority(asked.authority.clone()),
    }
}

#[cfg(test)]
mod tests {
    use app::model::AuthorityName;
    use domain::authority::Agency;
    use domain::authority::RowState;
    use domain::id::{QueryId, SourceId, StatementId};
    use domain::kind::{ExpenseKind, IncomeKind};
    use domain::renewal::judge::{ExpenseStatement, IncomeStatement};
    use jiff::Timestamp;
    use jiff::civil::date;
    use sqlx::PgPool;
    use uuid::Uuid;

    use super::*;
    use crate::case::household;
    use crate::test_support::{Towns, month, reported};

    fn income(kind: IncomeKind, kronor: i64) -> IncomeStatement {
        IncomeStatement {
            id: StatementId(Uuid::now_v7()),
            kind,
            amount: Money::from_kronor(kronor),
            date: date(2026, 10, 20),
            state: RowState::Paid,
            person: PersonId(Uuid::nil()),
            payer: None,
            note: None,
            carried: None,
        }
    }

    fn a_month() -> Stated {
        let rent = ExpenseStatement {
            id: StatementId(Uuid::now_v7()),
            kind: ExpenseKind::Rent,
            amount: Money::from_kronor(6_000),
            month: Some(month("2026-11")),
            date: Some(date(2026, 11, 1)),
            state: RowState::Paid,
            person: None,
            note: None,
            carried: None,
        };
        let incomes = vec![
            income(IncomeKind::Wage, 1_000),
            income(IncomeKind::HousingBenefit, 400),
            income(IncomeKind::Wage, 101),
        ];
        Stated { incomes, expenses: vec![rent], own: Vec::new(), disputes: Vec::new() }
    }

    fn asked(person: PersonId) -> Asked {
        Asked {
            query: QueryId(Uuid::now_v7()),
            source: SourceId(Uuid::now_v7()),
            authority: AuthorityName::Agency(Agency::Fk),
            person,
            at: Timestamp::UNIX_EPOCH,
            answer: Some((Timestamp::UNIX_EPOCH, reported(IncomeKind::HousingBenefit, 1_400, date(2026, 10, 12)))),
        }
    }

    fn kronor(history: &History) -> Vec<i64> {
        history.rows.iter().map(|row| row.amount.ore() / 100).collect()
    }

    #[test]
    fn what_was_signed_is_summed_by_kind_in_the_order_told() {
        let sums = sums_of(month("2026-11"), &a_month());
        let incomes: Vec<_> = sums.incomes.iter().map(|sum| (sum.label.clone(), sum.amount)).collect();
        let kinds = [(IncomeKind::Wage, 1_101), (IncomeKind::HousingBenefit, 400)];
        assert!(incomes == kinds.map(|(kind, kronor)| (Phrase::new(kind.key()), Money::from_kronor(kronor))));
        assert!(sums.incomes[0].source == SourceChip::Earlier(month("2026-11")));
        assert_eq!(sums.expenses[0].amount, Money::from_kronor(6_000));
    }

    #[test]
    fn rows_of_a_month_are_those_paid_in_it() {
        let asked = [asked(PersonId(Uuid::nil()))];
        let rows = |text, which| rows_of_month(&asked, month(text), which).len();
        assert_eq!(rows("2026-10", ItemList::Incomes), 1);
        assert_eq!(rows("2026-10", ItemList::Expenses), 0);
        assert_eq!(rows("2026-11", ItemList::Incomes), 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_earlier_month_tells_of_one_person_and_of_what_the_household_stated(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        let members = household::members(&mut tx, stage.home.case).await.unwrap();
        let (ours, others) = (asked(stage.home.person), asked(PersonId(Uuid::now_v7())));
        assert_eq!(kronor(&fetched(month("2026-11"), &[ours, others], stage.home.person)), [1_400]);

        let (november, writer) = (month("2026-11"), stage.home.person);
        let incomes = stated(november, &a_month(), ItemList::Incomes, &members, writer);
        assert_eq!(kronor(&incomes), [1_000, 400, 101], "each row by itself");
        assert!(incomes.rows[0].source == SourceChip::Stated("Petra".to_owned()));
        assert_eq!(kronor(&stated(november, &a_month(), ItemList::Expenses, &members, writer)), [6_000]);
    }
}
