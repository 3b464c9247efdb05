//! Two calculations beside each other.

use domain::Money;
use domain::id::{QueryId, RowId, StatementId};
use domain::norm::{Input, LineChange, LineSection, RowRef, calculate, compare};
use uuid::Uuid;

use crate::household_file::{BOOK, Written};

fn written(text: &str) -> Input {
    toml::from_str::<Written>(text).unwrap().input()
}

fn november() -> Input {
    written(
        r#"
        name = "November"
        month = "2026-11"
        members = [
            { who = "Petra", role = "adult", born = "1985-03-12" },
            { who = "Johan", role = "partner", born = "1983-06-01" },
            { who = "Hugo", role = "child", born = "2019-11-02" },
        ]
        expenses = [{ kind = "rent", amount = "5900", paid = "2026-11-30" }]
        incomes = [
            { who = "Petra", kind = "study-aid", amount = "4012", paid = "2026-10-26", agency = "csn" },
            { who = "Petra", kind = "child-benefit", amount = "1250", paid = "2026-10-20", agency = "fk" },
            { who = "Johan", kind = "wage", amount = "2400", paid = "2026-10-25" },
        ]
        "#,
    )
}

fn december() -> Input {
    let mut input = written(
        r#"
        name = "December"
        month = "2026-12"
        members = [
            { who = "Petra", role = "adult", born = "1985-03-12" },
            { who = "Johan", role = "partner", born = "1983-06-01" },
            { who = "Hugo", role = "child", born = "2019-11-02" },
        ]
        expenses = [{ kind = "rent", amount = "6150", paid = "2026-12-30" }]
        incomes = [
            { who = "Petra", kind = "child-benefit", amount = "1250", paid = "2026-11-20", agency = "fk" },
            { who = "Johan", kind = "wage", amount = "3054", paid = "2026-11-25" },
            { who = "Johan", kind = "sickness-benefit", amount = "700", paid = "2026-11-25", agency = "fk" },
        ]
        "#,
    );
    // Another month's rows have other names.
    for (number, row) in (501..).zip(&mut input.incomes) {
        let id = Uuid::from_u128(number);
        row.row = match row.row {
            RowRef::Fetched(_) => RowRef::Fetched(RowId { query: QueryId(id), index: 0 }),
            RowRef::Stated(_) => RowRef::Stated(StatementId(id)),
        };
    }
    input
}

fn told(changes: &[LineChange]) -> Vec<String> {
    let money = |amount: Money| amount.to_string();
    let tell = |change: &LineChange| match change {
        LineChange::New { after } => Some(format!("new {} {}", after.because.key(), money(after.amounts.counted()))),
        LineChange::Gone { before } => {
            Some(format!("gone {} {}", before.because.key(), money(before.amounts.counted())))
        }
        LineChange::Changed { before, after } => Some(format!(
            "{} {} -> {}",
            after.because.key(),
            money(before.amounts.counted()),
            money(after.amounts.counted())
        )),
        LineChange::Same { .. } => None,
    };
    changes.iter().filter_map(tell).collect()
}

#[test]
fn last_month_beside_this_shows_the_differences_alone() {
    let before = calculate(&BOOK, &november()).unwrap();
    let after = calculate(&BOOK, &december()).unwrap();
    let changes = compare(&before, &after);
    assert_eq!(
        told(&changes),
        [
            "norm-personal-pupil 3060.00 -> 3820.00",
            "expense-within-guideline 5900.00 -> 6150.00",
            "income-counted 2400.00 -> 3054.00",
            "new income-counted 700.00",
            "gone income-counted 4012.00",
        ]
    );
    let alike = changes.iter().filter(|change| matches!(change, LineChange::Same { .. })).count();
    assert_eq!(alike, 4, "two adults, the shared costs, and the child benefit with its new day and row");
    let sections: Vec<_> = changes.iter().map(LineChange::section).collect();
    assert!(sections.is_sorted());
    assert_eq!(sections.first(), Some(&LineSection::Norm));
}

#[test]
fn a_calculation_beside_itself_is_the_same_throughout() {
    let calculation = calculate(&BOOK, &december()).unwrap();
    assert!(told(&compare(&calculation, &calculation)).is_empty());
}

#[test]
fn every_line_of_both_is_there_once() {
    let before = calculate(&BOOK, &november()).unwrap();
    let after = calculate(&BOOK, &december()).unwrap();
    let changes = compare(&before, &after);
    let befores = changes.iter().filter(|change| !matches!(change, LineChange::New { .. })).count();
    let afters = changes.iter().filter(|change| !matches!(change, LineChange::Gone { .. })).count();
    assert_eq!((befores, afters), (before.lines.len(), after.lines.len()));
}

#[test]
fn of_two_payments_of_a_kind_the_unchanged_one_is_told_apart() {
    let paid = |rows: &str| {
        let text = format!(
            "name = \"x\"\nmonth = \"2026-12\"\nmembers = [{{ who = \"Anna\", role = \"adult\", born = \"1990-05-01\" }}]\n{rows}"
        );
        calculate(&BOOK, &written(&text)).unwrap()
    };
    let before = paid(
        r#"incomes = [
            { who = "Anna", kind = "sickness-benefit", amount = "900", paid = "2026-11-12", agency = "fk" },
            { who = "Anna", kind = "sickness-benefit", amount = "1100", paid = "2026-11-26", agency = "fk" },
        ]"#,
    );
    let mut after = paid(
        r#"incomes = [
            { who = "Anna", kind = "sickness-benefit", amount = "1100", paid = "2026-11-10", agency = "fk" },
            { who = "Anna", kind = "sickness-benefit", amount = "950", paid = "2026-11-24", agency = "fk" },
        ]"#,
    );
    for (number, line) in (900..).zip(&mut after.lines) {
        if let domain::norm::Subject::Income { row, .. } = &mut line.subject {
            *row = RowRef::Fetched(RowId { query: QueryId(Uuid::from_u128(number)), index: 0 });
        }
    }
    assert_eq!(told(&compare(&before, &after)), ["income-counted 900.00 -> 950.00"]);
}
