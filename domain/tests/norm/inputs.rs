//! Inputs that can be calculated, in and around the reference month, for the properties.

use domain::authority::RowState;
use domain::household::{Household, Member, Role};
use domain::id::{PersonId, QueryId, RowId, StaffId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{Asset, AssetKind, ExpenseRow, IncomeRow, Input, Line, Override, RowRef, Surplus, calculate};
use domain::source::Source;
use domain::{Money, NormMonth};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use crate::household_file::{BOOK, person, settings};

pub(crate) const APPLICANT: u128 = 1;
pub(crate) const PARTNER: u128 = 2;

pub(crate) fn any_month() -> impl Strategy<Value = NormMonth> {
    (0i32..24).prop_map(|months| NormMonth::new(2025, 1).unwrap().checked_add(months).unwrap())
}

pub(crate) fn kronor(most: i64) -> impl Strategy<Value = Money> {
    prop_oneof![(0..=most).prop_map(Money::from_kronor), (0..=most * 100).prop_map(Money::from_ore)]
}

/// A household that can be, in a month of which the rules are known. Part-time children only where they are asked for.
pub(crate) fn household(month: NormMonth, part_time: bool) -> impl Strategy<Value = Household> {
    let since = option::of((-30i32..3).prop_map(move |months| month.checked_add(months).unwrap()));
    let adult = (select(vec![0, 1, 2]), since.clone(), since);
    let child = (0i32..=245, any::<bool>(), option::of(0u8..=28), option::of(kronor(70_000)));
    (adult, vec(child, 0..9)).prop_map(move |((home, own, partners), children)| {
        let adult_born = date(1985, 2, 28);
        let size = children.len() + 1;
        let role =
            if home == 2 { Role::SharedHomeAdult { persons: u8::try_from(size + 3).unwrap() } } else { Role::Adult };
        let mut members = vec![member(APPLICANT, adult_born, role, own, None)];
        if home == 1 {
            members.push(member(PARTNER, adult_born, Role::Partner, partners, None));
        }
        for (number, (months_old, preschool_lunch, days, earned)) in (3..).zip(children) {
            let born = month.first_day().checked_sub(months_old.months()).unwrap();
            let days = days.filter(|_| part_time);
            let role =
                if months_old < 18 * 12 { Role::Child { preschool_lunch, days } } else { Role::SchoolYouth { days } };
            members.push(member(number, born, role, None, earned));
        }
        Household { members }
    })
}

pub(crate) fn member(
    number: u128,
    birth_date: Date,
    role: Role,
    since: Option<NormMonth>,
    earned: Option<Money>,
) -> Member {
    Member {
        person: person(number),
        birth_date: birth_date.into(),
        role,
        source: Source::Register,
        job_stimulus_since: since,
        own_work_earlier_this_year: earned,
    }
}

/// An input that can be calculated, with rows of every sort, in and around the reference month.
pub(crate) fn calculable() -> impl Strategy<Value = Input> {
    any_month().prop_flat_map(|month| (Just(month), household(month, true))).prop_flat_map(|(month, household)| {
        let people: Vec<PersonId> = household.members.iter().map(|member| member.person).collect();
        let rows = (
            vec(income(month, people.clone()), 0..12),
            vec(expense(month, people.clone()), 0..6),
            vec(asset(people), 0..3),
            vec(kronor(3000), 0..5),
        );
        let about = (select(vec!["exempelby", "grannby"]), any::<bool>());
        (Just(month), Just(household), rows, about).prop_map(
            |(month, household, rows, (municipality, judged_before))| {
                let (incomes, expenses, assets, surpluses) = rows;
                Input {
                    month,
                    judged_on: month.last_day(),
                    previous_judged_on: judged_before.then(|| month.checked_add(-2).unwrap().last_day()),
                    part: None,
                    household,
                    incomes: numbered(incomes, 1, |row, number| row.row = renumbered(row.row, number)),
                    expenses: numbered(expenses, 101, |row, number| row.row = renumbered(row.row, number)),
                    assets: numbered(assets, 201, |row, number| row.row = renumbered(row.row, number)),
                    surpluses: (1..)
                        .zip(surpluses)
                        .map(|(months, amount)| Surplus { from: month.checked_add(-months).unwrap(), amount })
                        .collect(),
                    approved_before: Vec::new(),
                    settings: settings(municipality),
                    overrides: Vec::new(),
                }
            },
        )
    })
}

pub(crate) fn numbered<T>(mut rows: Vec<T>, from: u128, set: impl Fn(&mut T, u128)) -> Vec<T> {
    for (number, row) in (from..).zip(&mut rows) {
        set(row, number);
    }
    rows
}

pub(crate) fn renumbered(row: RowRef, number: u128) -> RowRef {
    match row {
        RowRef::Fetched(_) => RowRef::Fetched(RowId { query: QueryId(Uuid::from_u128(number)), index: 0 }),
        RowRef::Stated(_) => RowRef::Stated(StatementId(Uuid::from_u128(number))),
    }
}

pub(crate) fn days_around(month: NormMonth) -> impl Strategy<Value = Date> {
    (-100i32..20).prop_map(move |days| month.first_day().checked_add(days.days()).unwrap())
}

pub(crate) fn income(month: NormMonth, people: Vec<PersonId>) -> impl Strategy<Value = IncomeRow> {
    let what = (option::of(select(people)), select(IncomeKind::ALL), kronor(20_000), select(Source::ALL));
    let when = (option::of(days_around(month)), option::of(days_around(month)), any::<bool>(), 0i32..80);
    (what, when, any::<bool>()).prop_map(
        move |((person, kind, amount, source), (pay_date, from, planned, known), negative)| {
            let fetched = source == Source::Authority;
            IncomeRow {
                row: if fetched {
                    RowRef::Fetched(RowId { query: QueryId(Uuid::nil()), index: 0 })
                } else {
                    RowRef::Stated(StatementId(Uuid::nil()))
                },
                person,
                kind,
                amount: if negative && fetched { -amount } else { amount },
                pay_date,
                period: from.map(|from| (from, from.checked_add(6.days()).unwrap())),
                state: if planned { RowState::Planned } else { RowState::Paid },
                known_on: month.last_day().checked_sub(known.days()).unwrap(),
                source,
                agency: None,
                disputes: None,
            }
        },
    )
}

pub(crate) fn expense(month: NormMonth, people: Vec<PersonId>) -> impl Strategy<Value = ExpenseRow> {
    let what = (option::of(select(people)), select(ExpenseKind::ALL), kronor(15_000), any::<bool>());
    (what, option::of(days_around(month))).prop_map(|((person, kind, amount, fetched), pay_date)| ExpenseRow {
        row: if fetched {
            RowRef::Fetched(RowId { query: QueryId(Uuid::nil()), index: 0 })
        } else {
            RowRef::Stated(StatementId(Uuid::nil()))
        },
        person,
        kind,
        amount,
        pay_date,
        period: None,
        source: if fetched { Source::Authority } else { Source::Applicant },
        agency: None,
        disputes: None,
    })
}

pub(crate) fn asset(people: Vec<PersonId>) -> impl Strategy<Value = Asset> {
    let what = (option::of(select(people)), select(AssetKind::ALL), kronor(100_000), option::of(any::<bool>()));
    what.prop_map(|(person, kind, value, realisable)| Asset {
        row: RowRef::Stated(StatementId(Uuid::nil())),
        person,
        kind,
        value,
        realisable,
        source: Source::Applicant,
    })
}

/// An input and the same one with every list in another order, overrides among them.
pub(crate) fn shuffled() -> impl Strategy<Value = (Input, Input)> {
    let with_overrides =
        (calculable(), vec((any::<prop::sample::Index>(), kronor(9000)), 0..4)).prop_map(|(mut input, chosen)| {
            let lines = calculate(&BOOK, &input).unwrap().lines;
            for (index, value) in chosen {
                let line = &lines[index.index(lines.len())];
                if input.overrides.iter().all(|other| other.subject != line.subject) {
                    input.overrides.push(decided(line, value));
                }
            }
            input
        });
    with_overrides.prop_flat_map(|input| {
        let lists = (
            Just(input.household.members.clone()).prop_shuffle(),
            Just(input.incomes.clone()).prop_shuffle(),
            Just(input.expenses.clone()).prop_shuffle(),
            Just(input.assets.clone()).prop_shuffle(),
            Just(input.surpluses.clone()).prop_shuffle(),
            Just(input.overrides.clone()).prop_shuffle(),
        );
        (Just(input), lists).prop_map(|(input, (members, incomes, expenses, assets, surpluses, overrides))| {
            let other = Input {
                household: Household { members },
                incomes,
                expenses,
                assets,
                surpluses,
                overrides,
                ..input.clone()
            };
            (input, other)
        })
    })
}

pub(crate) fn decided(line: &Line, value: Money) -> Override {
    Override {
        subject: line.subject,
        beneath: line.amounts,
        value,
        reason: "Särskilda skäl".into(),
        by: StaffId(Uuid::from_u128(1)),
        on: date(2026, 11, 24),
    }
}
