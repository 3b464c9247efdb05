//! How many explained calculations a second one core makes. The goal is 200 000 for a family of four with ten rows; a time never
//! fails a run, since machines differ.
#![expect(clippy::unwrap_used, reason = "a benchmark without its rules is to stop")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use domain::authority::{Agency, RowState};
use domain::household::{Household, Member, Role};
use domain::id::{PersonId, QueryId, RowId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{ExpenseRow, IncomeRow, Input, RowRef, RuleBook, calculate, seed};
use domain::source::Source;
use domain::{Money, NormMonth};
use jiff::civil::{Date, date};
use uuid::Uuid;

fn main() {
    divan::main();
}

#[divan::bench(sample_size = 1000)]
fn family_of_four_with_ten_rows(bencher: Bencher<'_, '_>) {
    let book = RuleBook::new(seed::read(toml::from_str).unwrap()).unwrap();
    let input = family();
    calculate(&book, &input).unwrap();
    bencher.counter(ItemsCount::new(1usize)).bench(|| drop(black_box(calculate(black_box(&book), black_box(&input)))));
}

fn family() -> Input {
    let (_, settings) = seed::EXAMPLE_SETTINGS[0];
    let month = NormMonth::new(2026, 12).unwrap();
    let mut first = member(1, date(1988, 5, 1), Role::Adult);
    first.job_stimulus_since = Some(NormMonth::new(2026, 8).unwrap());
    Input {
        month,
        judged_on: date(2026, 11, 24),
        previous_judged_on: Some(date(2026, 10, 23)),
        part: None,
        household: Household {
            members: vec![
                first,
                member(2, date(1986, 9, 30), Role::Partner),
                member(3, date(2018, 7, 24), Role::Child { preschool_lunch: false, days: None }),
                member(4, date(2023, 6, 5), Role::Child { preschool_lunch: true, days: Some(14) }),
            ],
        },
        incomes: vec![
            income(1, 1, IncomeKind::Wage, 6200, None, RowState::Paid),
            income(2, 1, IncomeKind::ChildBenefit, 2650, Some(Agency::Fk), RowState::Paid),
            income(3, 2, IncomeKind::UnemploymentBenefit, 9100, Some(Agency::So), RowState::Planned),
            income(4, 2, IncomeKind::HousingBenefit, 1900, Some(Agency::Fk), RowState::Paid),
            income(5, 4, IncomeKind::Maintenance, 1500, Some(Agency::Fk), RowState::Paid),
            income(6, 1, IncomeKind::Other, 300, None, RowState::Paid),
        ],
        expenses: vec![
            expense(101, ExpenseKind::Rent, 10_900),
            expense(102, ExpenseKind::Electricity, 740),
            expense(103, ExpenseKind::HomeInsurance, 189),
            expense(104, ExpenseKind::UnemploymentFundFee, 170),
        ],
        assets: Vec::new(),
        surpluses: Vec::new(),
        approved_before: Vec::new(),
        settings: toml::from_str(settings).unwrap(),
        overrides: Vec::new(),
    }
}

fn member(number: u128, birth_date: Date, role: Role) -> Member {
    Member {
        person: PersonId(Uuid::from_u128(number)),
        birth_date: birth_date.into(),
        role,
        source: Source::Register,
        job_stimulus_since: None,
        own_work_earlier_this_year: None,
    }
}

fn income(
    number: u128,
    whose: u128,
    kind: IncomeKind,
    kronor: i64,
    agency: Option<Agency>,
    state: RowState,
) -> IncomeRow {
    let id = Uuid::from_u128(number);
    IncomeRow {
        row: if agency.is_some() {
            RowRef::Fetched(RowId { query: QueryId(id), index: 0 })
        } else {
            RowRef::Stated(StatementId(id))
        },
        person: Some(PersonId(Uuid::from_u128(whose))),
        kind,
        amount: Money::from_kronor(kronor),
        pay_date: Some(date(2026, 11, 25)),
        period: None,
        state,
        known_on: date(2026, 11, 20),
        source: if agency.is_some() { Source::Authority } else { Source::Applicant },
        agency,
        disputes: None,
    }
}

fn expense(number: u128, kind: ExpenseKind, kronor: i64) -> ExpenseRow {
    ExpenseRow {
        row: RowRef::Stated(StatementId(Uuid::from_u128(number))),
        person: None,
        kind,
        amount: Money::from_kronor(kronor),
        pay_date: Some(date(2026, 12, 30)),
        period: None,
        source: Source::Applicant,
        agency: None,
        disputes: None,
    }
}
