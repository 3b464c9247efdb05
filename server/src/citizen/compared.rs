//! Then beside now: what was stated and what authorities reported for the month that a renewal begins from, and what stands for this one.

use app::citizen::model::{ComparedRow, FetchedRow, MonthField, OnceRow};
use app::model::{AuthorityName, Phrase, SourceChip};
use domain::authority::{AuthorityRow, RowKind};
use domain::form::read;
use domain::id::PersonId;
use domain::norm::{ExpensePlacement, place_expense};
use domain::renewal::carry_over::{CarryOver, CarryOverRule};
use domain::renewal::draft::{ItemDraft, ItemList};
use domain::renewal::judge::AMOUNT_LIMIT;
use domain::{Money, NormMonth};

use super::items::{kind_label, list};
use super::work::Work;
use crate::case::answers::Asked;
use crate::case::statements::{self, Stated};

/// What a draft states, item by item, beside what was stated then.
pub(super) struct Compared {
    /// What stands as it was, or was added.
    pub rows: Vec<ComparedRow>,
    /// Amounts that are asked.
    pub fields: Vec<MonthField>,
    /// What was only then.
    pub once: Vec<OnceRow>,
    /// Whether an amount is missing or cannot be read.
    pub is_unfinished: bool,
}

impl Compared {
    /// Of a draft, and what was said for the month that it was carried over from.
    pub(super) fn new(work: &Work, rule: &CarryOverRule, said: &Stated) -> Self {
        let mut then = Then::of(said);
        let mut compared = Self { rows: Vec::new(), fields: Vec::new(), once: Vec::new(), is_unfinished: false };
        for which in [ItemList::Incomes, ItemList::Expenses] {
            for item in &list(work, which).items {
                compared.add(work, rule, which, item, &mut then);
            }
        }
        let left = then.0.into_iter();
        compared.once = left.map(|row| OnceRow { label: kind_label(row.list, row.kind), amount: row.amount }).collect();
        compared
    }

    fn add(&mut self, work: &Work, rule: &CarryOverRule, list: ItemList, item: &ItemDraft, then: &mut Then) {
        let kind = item.kind.as_str();
        let person = item.person.as_str().trim().parse::<PersonId>().ok();
        let before = then.take(list, kind, person);
        let now = read::amount(&item.amount, AMOUNT_LIMIT).ok();
        let several = work.context.owners.len() > 1;
        let owner = person.filter(|_| several).and_then(|person| work.members.iter().find(|one| one.person == person));
        let whose = owner.map(|member| member.name.called().to_owned());
        let (label, month) = (kind_label(list, kind), work.renewal.month());
        let is_asked = match rule.of(list, kind, item.carried.unwrap_or(month), month) {
            CarryOver::Asked | CarryOver::Anew => true,
            // What cannot be read is mended where it is seen.
            CarryOver::AsItWas | CarryOver::Not => now.is_none(),
        };
        self.is_unfinished |= now.is_none();
        if is_asked {
            let amount = item.amount.as_str().to_owned();
            self.fields.push(MonthField { list, id: item.id, label, whose, before, amount });
        } else {
            let source = statements::source(&work.members, work.writer);
            self.rows.push(ComparedRow { label, whose, before, now, source, since: item.carried });
        }
    }
}

/// What was stated then, each row until it is found again.
struct Then(Vec<ThenRow>);

struct ThenRow {
    list: ItemList,
    kind: &'static str,
    person: Option<PersonId>,
    amount: Money,
}

impl Then {
    fn of(said: &Stated) -> Self {
        let incomes = said.incomes.iter().map(|row| ThenRow {
            list: ItemList::Incomes,
            kind: row.kind.code(),
            person: Some(row.person),
            amount: row.amount,
        });
        let expenses = said.expenses.iter().map(|row| ThenRow {
            list: ItemList::Expenses,
            kind: row.kind.code(),
            person: row.person,
            amount: row.amount,
        });
        Self(incomes.chain(expenses).collect())
    }

    fn take(&mut self, list: ItemList, kind: &str, person: Option<PersonId>) -> Option<Money> {
        let is_same = |row: &ThenRow| (row.list, row.kind, row.person) == (list, kind, person);
        let place = self.0.iter().position(is_same)?;
        Some(self.0.remove(place).amount)
    }
}

/// What each authority reports of a kind for one month and for another, in the order that it does now.
pub(super) fn fetched(then: (NormMonth, &[Asked]), now: (NormMonth, &[Asked])) -> Vec<FetchedRow> {
    let mut rows: Vec<(AuthorityName, RowKind, FetchedRow)> = Vec::new();
    for (is_now, (month, asked)) in [(true, now), (false, then)] {
        for (authority, row) in of_month(month, asked) {
            let place = rows.iter().position(|(name, kind, _)| (name, *kind) == (authority, row.kind));
            let place = place.unwrap_or_else(|| {
                let source = SourceChip::Authority(authority.clone());
                let empty =
                    FetchedRow { label: Phrase::new(row.kind.key()), before: None, now: None, source, only: None };
                rows.push((authority.clone(), row.kind, empty));
                rows.len() - 1
            });
            let entry = &mut rows[place].2;
            if is_now {
                entry.only = entry.now.is_none().then(|| row.clone());
            }
            let sum = if is_now { &mut entry.now } else { &mut entry.before };
            *sum = Some(sum.unwrap_or(Money::ZERO) + row.amount);
        }
    }
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// The rows that are about a norm month: incomes of the month before it, and bills for it.
fn of_month(month: NormMonth, asked: &[Asked]) -> impl Iterator<Item = (&AuthorityName, &AuthorityRow)> {
    let reference = month.previous();
    let is_of = move |row: &AuthorityRow| match row.kind {
        RowKind::Income(_) => {
            row.pay_date.or(row.period.map(|(_, last)| last)).is_some_and(|day| reference.contains(day))
        }
        RowKind::Expense(_) => place_expense(row.pay_date, row.period, month, reference) == ExpensePlacement::NormMonth,
    };
    asked.iter().flat_map(move |one| {
        let content = one.answer.as_ref().and_then(|(_, answer)| answer.content());
        let rows = content.into_iter().flat_map(|content| &content.rows);
        rows.filter(move |row| is_of(row)).map(|row| (&one.authority, row))
    })
}

#[cfg(test)]
mod tests {
    use app::model::AuthorityName;
    use domain::authority::Agency;
    use domain::id::{QueryId, SourceId};
    use domain::kind::IncomeKind;
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::test_support::{month, reported};

    fn asked(kronor: i64, day: jiff::civil::Date) -> Asked {
        Asked {
            query: QueryId(Uuid::now_v7()),
            source: SourceId(Uuid::now_v7()),
            authority: AuthorityName::Agency(Agency::Fk),
            person: PersonId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
            answer: Some((Timestamp::UNIX_EPOCH, reported(IncomeKind::HousingBenefit, kronor, day))),
        }
    }

    #[test]
    fn each_kind_of_an_authority_is_one_row_with_the_sum_of_both_months() {
        let then = [asked(1_800, date(2026, 10, 12)), asked(50, date(2026, 9, 30))];
        let now = [asked(1_900, date(2026, 11, 12)), asked(100, date(2026, 11, 13)), asked(7, date(2026, 12, 1))];
        let rows = fetched((month("2026-11"), &then), (month("2026-12"), &now));
        let [row] = &rows[..] else { panic!("{} rows", rows.len()) };
        assert_eq!((row.before, row.now), (Some(Money::from_kronor(1_800)), Some(Money::from_kronor(2_000))));
        assert!(row.only.is_none(), "two rows have no day in common");
        let gone = fetched((month("2026-11"), &then), (month("2026-12"), &[]));
        assert_eq!((gone[0].before, gone[0].now), (Some(Money::from_kronor(1_800)), None));
    }
}
