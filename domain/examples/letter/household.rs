//! An invented family: Petra, who studies, Johan, who has begun to work, and Hugo, seven years, in December 2026.

use std::error::Error;

use domain::Money;
use domain::NormMonth;
use domain::authority::{Agency, RowState};
use domain::household::{Household, Member, Role};
use domain::id::{PersonId, QueryId, RowId, StaffId, StatementId};
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{Amounts, ExpenseRow, IncomeRow, Input, Override, RowRef, Subject, Surplus, seed};
use domain::source::Source;
use jiff::civil::{Date, date};
use uuid::Uuid;

const PETRA: u128 = 0;
const JOHAN: u128 = 1;
const HUGO: u128 = 2;

/// The given name of a person of the household.
pub(crate) fn name(person: PersonId) -> &'static str {
    match person.0.as_u128() {
        PETRA => "Petra",
        JOHAN => "Johan",
        _ => "Hugo",
    }
}

/// What the calculation is made from.
pub(crate) fn december() -> Result<Input, Box<dyn Error>> {
    let (_, settings) = seed::EXAMPLE_SETTINGS[0];
    let study_aid = fetched(1);
    let insurance = expense(103, ExpenseKind::HomeInsurance, 319, 1);
    let overrides = vec![decided(&insurance, Money::from_kronor(250), Money::from_kronor(319))];
    Ok(Input {
        month: NormMonth::new(2026, 12)?,
        judged_on: date(2026, 11, 24),
        previous_judged_on: Some(date(2026, 10, 23)),
        part: None,
        household: Household {
            members: vec![
                member(PETRA, date(1985, 3, 12), Role::Adult, None),
                member(JOHAN, date(1983, 6, 1), Role::Partner, Some(NormMonth::new(2026, 9)?)),
                member(HUGO, date(2019, 11, 2), Role::Child { preschool_lunch: false, days: None }, None),
            ],
        },
        incomes: vec![
            income(study_aid, PETRA, IncomeKind::StudyAid, 4012, 25, Some(Agency::Csn)),
            IncomeRow { disputes: Some(study_aid), ..income(stated(2), PETRA, IncomeKind::StudyAid, 2000, 25, None) },
            income(fetched(3), PETRA, IncomeKind::ChildBenefit, 1250, 20, Some(Agency::Fk)),
            IncomeRow { state: RowState::Planned, ..income(stated(4), JOHAN, IncomeKind::Wage, 3054, 25, None) },
        ],
        expenses: vec![
            expense(101, ExpenseKind::Rent, 9650, 30),
            expense(102, ExpenseKind::Electricity, 540, 28),
            insurance,
            expense(104, ExpenseKind::DentalCare, 1200, 10),
        ],
        assets: Vec::new(),
        surpluses: vec![Surplus { from: NormMonth::new(2026, 11)?, amount: Money::from_kronor(120) }],
        approved_before: Vec::new(),
        settings: toml::from_str(settings)?,
        overrides,
    })
}

fn member(number: u128, birth_date: Date, role: Role, job_stimulus_since: Option<NormMonth>) -> Member {
    Member {
        person: person(number),
        birth_date: birth_date.into(),
        role,
        source: Source::Register,
        job_stimulus_since,
        own_work_earlier_this_year: None,
    }
}

fn income(row: RowRef, whose: u128, kind: IncomeKind, kronor: i64, day: i8, agency: Option<Agency>) -> IncomeRow {
    IncomeRow {
        row,
        person: Some(person(whose)),
        kind,
        amount: Money::from_kronor(kronor),
        pay_date: Some(date(2026, 11, day)),
        period: None,
        state: RowState::Paid,
        known_on: date(2026, 11, 20),
        source: if agency.is_some() { Source::Authority } else { Source::Applicant },
        agency,
        disputes: None,
    }
}

fn expense(number: u128, kind: ExpenseKind, kronor: i64, day: i8) -> ExpenseRow {
    ExpenseRow {
        row: stated(number),
        person: None,
        kind,
        amount: Money::from_kronor(kronor),
        pay_date: Some(date(2026, 12, day)),
        period: None,
        source: Source::Applicant,
        agency: None,
        disputes: None,
    }
}

/// A caseworker approves more than the guideline.
fn decided(row: &ExpenseRow, reasonable: Money, value: Money) -> Override {
    Override {
        subject: Subject::Expense { row: row.row, kind: row.kind, person: row.person, date: row.pay_date },
        beneath: Amounts::Expense { claimed: row.amount, reasonable, approved: reasonable },
        value,
        reason: "Avtalet går inte att säga upp före årsskiftet.".into(),
        by: StaffId(Uuid::from_u128(900)),
        on: date(2026, 11, 24),
    }
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn fetched(number: u128) -> RowRef {
    RowRef::Fetched(RowId { query: QueryId(Uuid::from_u128(number)), index: 0 })
}

fn stated(number: u128) -> RowRef {
    RowRef::Stated(StatementId(Uuid::from_u128(number)))
}
