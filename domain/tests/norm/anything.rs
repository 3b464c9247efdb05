//! Anything that the types allow, however absurd.

use domain::authority::RowState;
use domain::household::{Household, Member, Role};
use domain::id::{PersonId, QueryId, RowId, StaffId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{
    Amounts, ApprovedExpense, Asset, AssetKind, ExpenseRow, IncomeRow, Input, Override, PartOfMonth, RowRef, Subject,
    Surplus,
};
use domain::source::Source;
use domain::{BirthDate, Money, NormMonth};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use crate::household_file::{person, settings};
use crate::inputs::{any_month, calculable, kronor};

/// A sound input with some of its parts replaced by wild ones: wild alone would nearly always stop at the first check.
pub(crate) fn any_input() -> impl Strategy<Value = Input> {
    let wild_part = || proptest::bool::weighted(0.15);
    let parts =
        (wild_part(), wild_part(), wild_part(), wild_part(), wild_part(), wild_part(), wild_part(), wild_part());
    (calculable(), wild(), parts).prop_map(|(mut input, wild, parts)| {
        let (month, days, part, member, income, expense, asset, others) = parts;
        if month {
            input.month = wild.month;
        }
        if days {
            input.judged_on = wild.judged_on;
            input.previous_judged_on = wild.previous_judged_on;
        }
        if part {
            input.part = wild.part;
        }
        if member {
            input.household.members.extend(wild.household.members.into_iter().take(1));
        }
        if income {
            input.incomes.extend(wild.incomes);
        }
        if expense {
            input.expenses.extend(wild.expenses);
        }
        if asset {
            input.assets.extend(wild.assets);
        }
        if others {
            input.surpluses.extend(wild.surpluses);
            input.approved_before = wild.approved_before;
            input.overrides = wild.overrides;
        }
        input
    })
}

fn any_date() -> impl Strategy<Value = Date> {
    prop_oneof![
        4 => (0i32..1000).prop_map(|days| date(2024, 10, 1).checked_add(days.days()).unwrap()),
        1 => (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day)),
        1 => select(vec![Date::MIN, Date::MAX]),
    ]
}

fn any_money() -> impl Strategy<Value = Money> {
    prop_oneof![
        4 => kronor(60_000),
        1 => any::<i64>().prop_map(Money::from_ore),
        1 => select(vec![i64::MIN, i64::MAX, -1, 0, Money::LIMIT.ore()]).prop_map(Money::from_ore),
    ]
}

fn any_month_at_all() -> impl Strategy<Value = NormMonth> {
    prop_oneof![4 => any_month(), 1 => (2000i16..2200, 1i8..=12).prop_map(|(y, m)| NormMonth::new(y, m).unwrap())]
}

fn any_person() -> impl Strategy<Value = PersonId> {
    (1u128..5).prop_map(person)
}

fn any_row() -> impl Strategy<Value = RowRef> {
    (1u128..40, any::<bool>()).prop_map(|(number, fetched)| {
        let id = Uuid::from_u128(number);
        if fetched { RowRef::Fetched(RowId { query: QueryId(id), index: 0 }) } else { RowRef::Stated(StatementId(id)) }
    })
}

fn any_role() -> impl Strategy<Value = Role> {
    prop_oneof![
        3 => Just(Role::Adult),
        1 => any::<u8>().prop_map(|persons| Role::SharedHomeAdult { persons }),
        1 => Just(Role::Partner),
        2 => (any::<bool>(), option::of(any::<u8>())).prop_map(|(preschool_lunch, days)| Role::Child { preschool_lunch, days }),
        1 => option::of(any::<u8>()).prop_map(|days| Role::SchoolYouth { days }),
    ]
}

fn any_member() -> impl Strategy<Value = Member> {
    let born =
        prop_oneof![(0i32..30_000).prop_map(|days| date(1945, 1, 1).checked_add(days.days()).unwrap()), any_date()];
    let born = (born, any::<(bool, bool)>()).prop_map(|(born, (knows_month, knows_day))| {
        let (month, day) = (knows_month.then_some(born.month()), knows_day.then_some(born.day()));
        BirthDate::new(born.year(), month, day).unwrap()
    });
    let facts = (select(Source::ALL), option::of(any_month_at_all()), option::of(any_money()));
    (any_person(), born, any_role(), facts).prop_map(|(person, birth_date, role, (source, since, earned))| Member {
        person,
        birth_date,
        role,
        source,
        job_stimulus_since: since,
        own_work_earlier_this_year: earned,
    })
}

fn any_income() -> impl Strategy<Value = IncomeRow> {
    let what = (any_row(), option::of(any_person()), select(IncomeKind::ALL), any_money(), select(Source::ALL));
    let when = (option::of(any_date()), option::of((any_date(), any_date())), any::<bool>(), any_date());
    (what, when, option::of(any_row())).prop_map(|((row, person, kind, amount, source), when, disputes)| IncomeRow {
        row,
        person,
        kind,
        amount,
        pay_date: when.0,
        period: when.1,
        state: if when.2 { RowState::Planned } else { RowState::Paid },
        known_on: when.3,
        source,
        agency: None,
        disputes,
    })
}

fn any_expense() -> impl Strategy<Value = ExpenseRow> {
    let what = (any_row(), option::of(any_person()), select(ExpenseKind::ALL), any_money(), select(Source::ALL));
    let when = (option::of(any_date()), option::of((any_date(), any_date())));
    (what, when, option::of(any_row())).prop_map(|((row, person, kind, amount, source), when, disputes)| ExpenseRow {
        row,
        person,
        kind,
        amount,
        pay_date: when.0,
        period: when.1,
        source,
        agency: None,
        disputes,
    })
}

fn any_subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        any_person().prop_map(|person| Subject::Personal { person }),
        Just(Subject::Shared),
        (any_row(), select(IncomeKind::ALL), option::of(any_person()), option::of(any_date()))
            .prop_map(|(row, kind, person, date)| Subject::Income { row, kind, person, date }),
        (any_row(), select(ExpenseKind::ALL), option::of(any_person()), option::of(any_date()))
            .prop_map(|(row, kind, person, date)| Subject::Expense { row, kind, person, date }),
        (any_row(), select(AssetKind::ALL)).prop_map(|(row, kind)| Subject::Asset { row, kind, person: None }),
        any_month_at_all().prop_map(|from| Subject::Surplus { from }),
    ]
}

fn any_override() -> impl Strategy<Value = Override> {
    (any_subject(), any_money(), any_money(), any_date()).prop_map(|(subject, before, value, on)| Override {
        subject,
        beneath: Amounts::Means { value: before, counted: before },
        value,
        reason: String::new().into(),
        by: StaffId(Uuid::nil()),
        on,
    })
}

fn wild() -> impl Strategy<Value = Input> {
    let days = (any_month_at_all(), any_date(), option::of(any_date()), option::of((any_date(), any_date())));
    let asset = (any_row(), option::of(any_person()), select(AssetKind::ALL), any_money(), option::of(any::<bool>()));
    let lists = (
        vec(any_member(), 0..5),
        vec(any_income(), 0..5),
        vec(any_expense(), 0..4),
        vec(asset, 0..2),
        vec((any_month_at_all(), any_money()), 0..2),
        vec(any_override(), 0..2),
    );
    let approved = (any_month_at_all(), option::of(any_person()), any_date(), any_money(), select(ExpenseKind::ALL));
    (days, lists, vec(approved, 0..2)).prop_map(|((month, judged_on, previous_judged_on, part), lists, approved)| {
        let approved_before = approved.into_iter().map(|(month, person, date, claimed, kind)| ApprovedExpense {
            month,
            kind,
            person,
            date,
            claimed,
        });
        let approved_before = approved_before.collect();
        Input {
            month,
            judged_on,
            previous_judged_on,
            part: part.map(|(first, last)| PartOfMonth { first, last }),
            household: Household { members: lists.0 },
            incomes: lists.1,
            expenses: lists.2,
            assets: lists
                .3
                .into_iter()
                .map(|(row, person, kind, value, realisable)| Asset {
                    row,
                    person,
                    kind,
                    value,
                    realisable,
                    source: Source::Applicant,
                })
                .collect(),
            surpluses: lists.4.into_iter().map(|(from, amount)| Surplus { from, amount }).collect(),
            approved_before,
            settings: settings("exempelby"),
            overrides: lists.5,
        }
    })
}
