//! What a renewal begins from: what was stated for a month before, carried over (förs över) so that nobody types it again.
//!
//! Nothing carried over is taken for said: it stands in the draft to be looked at, with the month that it was typed for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::draft::{Draft, ItemDraft, ItemList, ListDraft};
use super::judge::{Context, ExpenseStatement, IncomeStatement};
use crate::form::{PlainText, Typed};
use crate::id::{PersonId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::{Money, NormMonth};

/// How what was stated of a kind is carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarryOver {
    /// It stands as it was, to be confirmed with all the rest.
    AsItWas,
    /// Its amount stands in a field: it may well be another now.
    Asked,
    /// Its field is empty: the amount is asked anew.
    Anew,
    /// Not at all: it was once.
    Not,
}

/// How a municipality lets what was stated be carried over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CarryOverRule {
    /// How many months something may stand as it was typed; after that it is asked anew.
    pub months: u8,
    /// The incomes that are carried over. What is not here was once.
    pub incomes: BTreeMap<IncomeKind, CarryOver>,
    /// The expenses that are.
    pub expenses: BTreeMap<ExpenseKind, CarryOver>,
}

impl Default for CarryOverRule {
    /// Until a municipality says otherwise: what is the same for long stands as it was, what comes each month with another amount is asked,
    /// and after half a year all of it is asked anew.
    fn default() -> Self {
        use CarryOver::{AsItWas, Asked};
        Self {
            months: 6,
            incomes: BTreeMap::from([(IncomeKind::Wage, Asked), (IncomeKind::Maintenance, AsItWas)]),
            expenses: BTreeMap::from([
                (ExpenseKind::Rent, AsItWas),
                (ExpenseKind::Electricity, Asked),
                (ExpenseKind::HomeInsurance, AsItWas),
                (ExpenseKind::WorkTravel, Asked),
                (ExpenseKind::UnionFee, AsItWas),
                (ExpenseKind::UnemploymentFundFee, AsItWas),
                (ExpenseKind::Childcare, Asked),
            ]),
        }
    }
}

impl CarryOverRule {
    /// How something of a list's kind is carried over that was typed in the renewal of `since`.
    pub fn of(&self, list: ItemList, kind: &str, since: NormMonth, month: NormMonth) -> CarryOver {
        let way = match list {
            ItemList::Incomes => IncomeKind::from_code(kind).and_then(|kind| self.incomes.get(&kind)),
            ItemList::Expenses => ExpenseKind::from_code(kind).and_then(|kind| self.expenses.get(&kind)),
        };
        match way.copied().unwrap_or(CarryOver::Not) {
            CarryOver::AsItWas | CarryOver::Asked if month.months_since(since) > i32::from(self.months) => {
                CarryOver::Anew
            }
            way => way,
        }
    }
}

/// What was signed for the month that is carried over.
#[derive(Debug, Clone, Copy)]
pub struct MonthBefore<'a> {
    /// The month that was applied for.
    pub month: NormMonth,
    /// The incomes that the person may read.
    pub incomes: &'a [IncomeStatement],
    /// The expenses that they may read.
    pub expenses: &'a [ExpenseStatement],
}

impl Draft {
    /// Puts what was signed for a month before into a new draft, beside what stands there. An income of that month's reference month comes on the same day of this one's,
    /// an expense is for the month applied for; what belongs to somebody who has left the household stays behind.
    pub fn carry_over(
        &mut self,
        before: MonthBefore<'_>,
        rule: &CarryOverRule,
        context: &Context,
        mut next_id: impl FnMut() -> StatementId,
    ) {
        let is_here = |person: &Option<PersonId>| person.is_none_or(|person| context.owners.contains(&person));
        let reference = before.month.previous();
        let incomes = before.incomes.iter().filter(|row| reference.contains(row.date));
        let incomes = incomes.map(|row| Carried {
            kind: row.kind.code(),
            amount: row.amount,
            date: Some(same_day(row.date, context.incomes_about())),
            month: None,
            person: Some(row.person),
            payer: row.payer.as_ref(),
            note: row.note.as_ref(),
            since: row.carried.unwrap_or(before.month),
        });
        let expenses = before.expenses.iter().filter(|row| row.for_month() == Some(before.month));
        let expenses = expenses.map(|row| Carried {
            kind: row.kind.code(),
            amount: row.amount,
            date: None,
            month: Some(context.expenses_about()),
            person: row.person,
            payer: None,
            note: row.note.as_ref(),
            since: row.carried.unwrap_or(before.month),
        });
        let mut add = |which: ItemList, list: &mut ListDraft, rows: &mut dyn Iterator<Item = Carried<'_>>| {
            let rows = rows.filter(|row| is_here(&row.person));
            list.items.extend(
                rows.filter_map(|row| row.item(rule.of(which, row.kind, row.since, context.norm_month), &mut next_id)),
            );
            list.done = false;
        };
        add(ItemList::Incomes, &mut self.incomes, &mut incomes.into_iter());
        add(ItemList::Expenses, &mut self.expenses, &mut expenses.into_iter());
        self.carried_from = Some(before.month);
    }
}

/// One row on its way into a draft.
struct Carried<'a> {
    kind: &'static str,
    amount: Money,
    date: Option<Date>,
    month: Option<NormMonth>,
    person: Option<PersonId>,
    payer: Option<&'a PlainText>,
    note: Option<&'a PlainText>,
    since: NormMonth,
}

impl Carried<'_> {
    fn item(&self, way: CarryOver, next_id: impl FnOnce() -> StatementId) -> Option<ItemDraft> {
        let amount = match way {
            CarryOver::AsItWas | CarryOver::Asked => as_typed(self.amount),
            CarryOver::Anew => String::new(),
            CarryOver::Not => return None,
        };
        // What was taken as typed once is short enough to be typed.
        let typed = |text: String| Typed::new(text).unwrap_or_default();
        Some(ItemDraft {
            id: next_id(),
            kind: typed(self.kind.to_owned()),
            amount: typed(amount),
            date: typed(self.date.map(|date| date.to_string()).unwrap_or_default()),
            month: typed(self.month.map(|month| month.to_string()).unwrap_or_default()),
            person: typed(self.person.map(|person| person.to_string()).unwrap_or_default()),
            payer: typed(self.payer.map(|payer| payer.as_str().to_owned()).unwrap_or_default()),
            note: typed(self.note.map(|note| note.as_str().to_owned()).unwrap_or_default()),
            carried: Some(self.since),
        })
    }
}

/// An amount as people type it.
fn as_typed(amount: Money) -> String {
    let (kronor, ore) = (amount.ore() / 100, amount.ore() % 100);
    if ore == 0 { kronor.to_string() } else { format!("{kronor},{ore:02}") }
}

/// The same day of another month, or its last where it has no such day.
fn same_day(day: Date, month: NormMonth) -> Date {
    day.with()
        .year(month.year())
        .month(month.month())
        .day(day.day().min(month.days()))
        .build()
        .unwrap_or(month.last_day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::authority::RowState;
    use crate::renewal::Part;
    use crate::renewal::judge::{judge_expense, judge_income};

    const PETRA: PersonId = PersonId(Uuid::from_u128(1));
    const JOHAN: PersonId = PersonId(Uuid::from_u128(2));

    fn month(text: &str) -> NormMonth {
        text.parse().unwrap()
    }

    fn context() -> Context {
        Context { norm_month: month("2026-12"), today: date(2026, 11, 24), part: Part::Whole, owners: vec![PETRA] }
    }

    fn income(kind: IncomeKind, day: Date, person: PersonId, carried: Option<NormMonth>) -> IncomeStatement {
        IncomeStatement {
            id: StatementId(Uuid::from_u128(7)),
            kind,
            amount: Money::from_ore(465_050),
            date: day,
            state: RowState::Paid,
            person,
            payer: Some(PlainText::new("Lagret AB")),
            note: Some(PlainText::new("Lagret")),
            carried,
        }
    }

    fn expense(kind: ExpenseKind, month: Option<NormMonth>, date: Option<Date>) -> ExpenseStatement {
        ExpenseStatement {
            id: StatementId(Uuid::from_u128(8)),
            kind,
            amount: Money::from_kronor(6_850),
            month,
            date,
            state: RowState::Planned,
            person: None,
            note: None,
            carried: None,
        }
    }

    fn carried(incomes: &[IncomeStatement], expenses: &[ExpenseStatement]) -> Draft {
        let mut draft = Draft::default();
        let mut ids = 100u128..;
        let next_id = || StatementId(Uuid::from_u128(ids.next().unwrap()));
        let before = MonthBefore { month: month("2026-11"), incomes, expenses };
        draft.carry_over(before, &CarryOverRule::default(), &context(), next_id);
        draft
    }

    #[test]
    fn what_recurs_stands_ready_with_the_month_that_it_was_typed_for() {
        let incomes = [
            income(IncomeKind::Wage, date(2026, 10, 31), PETRA, Some(month("2026-09"))),
            income(IncomeKind::Gift, date(2026, 10, 2), PETRA, None),
            income(IncomeKind::Wage, date(2026, 10, 25), JOHAN, None),
            income(IncomeKind::Wage, date(2026, 8, 25), PETRA, None),
        ];
        let expenses = [
            expense(ExpenseKind::Rent, Some(month("2026-11")), Some(date(2026, 10, 30))),
            expense(ExpenseKind::HomeInsurance, None, Some(date(2026, 11, 3))),
            expense(ExpenseKind::Electricity, Some(month("2026-10")), None),
            expense(ExpenseKind::DentalCare, Some(month("2026-11")), None),
        ];
        let draft = carried(&incomes, &expenses);
        let [wage] = &draft.incomes.items[..] else { panic!("{draft:?}") };
        let wage = judge_income(wage, &context()).unwrap();
        assert_eq!(
            (wage.kind, wage.amount, wage.date),
            (IncomeKind::Wage, Money::from_ore(465_050), date(2026, 11, 30))
        );
        assert_eq!((wage.carried, wage.note.unwrap().as_str()), (Some(month("2026-09")), "Lagret"));
        let kinds: Vec<_> = draft.expenses.items.iter().map(|item| judge_expense(item, &context()).unwrap()).collect();
        let kinds: Vec<_> = kinds.iter().map(|row| (row.kind, row.month, row.date, row.carried)).collect();
        let (december, november) = (Some(month("2026-12")), Some(month("2026-11")));
        assert_eq!(
            kinds,
            [(ExpenseKind::Rent, december, None, november), (ExpenseKind::HomeInsurance, december, None, november)]
        );
        assert_eq!((draft.carried_from, draft.incomes.done, draft.has_begun_rows()), (november, false, false));
    }

    #[test]
    fn what_has_stood_for_long_is_asked_anew() {
        let since =
            |since: &str| carried(&[income(IncomeKind::Wage, date(2026, 10, 25), PETRA, Some(month(since)))], &[]);
        assert_eq!(since("2026-06").incomes.items[0].amount.as_str(), "4650,50");
        let asked = since("2026-05");
        assert!(asked.incomes.items[0].amount.is_blank() && judge_income(&asked.incomes.items[0], &context()).is_err());
    }

    proptest! {
        #[test]
        fn a_day_stays_in_its_month(day in 1i8..=31, number in 1i8..=12, year in 2020i16..2040) {
            let there = same_day(date(2026, 1, day), NormMonth::new(year, number).unwrap());
            prop_assert!(NormMonth::new(year, number).unwrap().contains(there));
            prop_assert!(there.day() <= day);
        }
    }
}
