//! What a person says is wrong with an authority's row: it asks a human, and changes nothing before that.

use domain::Money;
use domain::id::StatementId;
use domain::norm::{ExpenseRow, Explanation, IncomeRow, Input, Line, RowRef, Subject, calculate};
use domain::source::Source;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::household_file::BOOK_WITH_FRAGMENTS;
use crate::overrides::{asked, decide, given};
use crate::worked::HOUSEHOLDS;

const DISPUTE: RowRef = RowRef::Stated(StatementId(Uuid::from_u128(0xd15)));

/// What may be said of a row: nothing came, another amount, the same amount; on its day, in each month near it, long ago.
fn said(day: Option<Date>, told: Money) -> impl Iterator<Item = (Option<Date>, Money)> {
    let days = [day, Some(date(2026, 12, 4)), Some(date(2026, 11, 4)), Some(date(2026, 8, 4))];
    days.into_iter().flat_map(move |day| [Money::ZERO, Money::from_kronor(1), told].map(|amount| (day, amount)))
}

/// Each input that has a dispute of one authority's row more than this.
fn with_a_dispute(input: &Input) -> Vec<Input> {
    let source = Source::Applicant;
    let mut all = Vec::new();
    for row in input.incomes.iter().filter(|row| row.source == Source::Authority) {
        for (pay_date, amount) in said(row.pay_date, row.amount) {
            let disputes = Some(row.row);
            let said = IncomeRow { row: DISPUTE, amount, pay_date, source, agency: None, disputes, ..row.clone() };
            all.push(Input { incomes: [&input.incomes[..], &[said]].concat(), ..input.clone() });
        }
    }
    for row in input.expenses.iter().filter(|row| row.source == Source::Authority) {
        for (pay_date, amount) in said(row.pay_date, row.amount) {
            let disputes = Some(row.row);
            let said = ExpenseRow { row: DISPUTE, amount, pay_date, source, agency: None, disputes, ..row.clone() };
            all.push(Input { expenses: [&input.expenses[..], &[said]].concat(), ..input.clone() });
        }
    }
    all
}

#[test]
fn a_dispute_changes_no_other_line() {
    let is_other = |line: &&Line| !matches!(line.subject, Subject::Income { row, .. } | Subject::Expense { row, .. } if row == DISPUTE);
    let others = |lines: &[Line]| -> Vec<_> {
        let others = lines.iter().filter(is_other);
        others.map(|line| (line.subject, line.amounts, line.standing, line.because)).collect()
    };
    let mut tried = 0;
    for worked in HOUSEHOLDS.iter() {
        let before = calculate(&BOOK_WITH_FRAGMENTS, &worked.input()).unwrap();
        for input in with_a_dispute(&worked.input()) {
            let after = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
            assert_eq!(others(&after.lines), others(&before.lines), "{}", worked.name);
            assert_eq!(after.sums, before.sums, "{}", worked.name);
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_row_that_is_said_to_be_of_another_month_asks_a_human() {
    let input = given(
        r#"
        incomes = [
            { row = "benefit", who = "Anna", kind = "housing-benefit", amount = "1900", paid = "2026-11-27", source = "authority" },
            { who = "Anna", kind = "housing-benefit", amount = "1900", paid = "2026-12-04", disputes = "benefit" },
        ]
        expenses = [
            { row = "childcare", who = "Anna", kind = "medicine", amount = "400", paid = "2026-12-10", source = "authority" },
            { who = "Anna", kind = "medicine", amount = "400", paid = "2026-09-10", disputes = "childcare" },
        ]
        "#,
    );
    let calculation = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
    let (bill, benefit) = (Money::from_kronor(400), Money::from_kronor(1_900));
    assert_eq!(
        asked(&calculation),
        [Explanation::ExpenseDisputed { stated: bill }, Explanation::IncomeDisputed { stated: benefit }],
        "the authority's row counts until somebody has looked"
    );
    assert_eq!((calculation.sums.expenses, calculation.sums.income), (bill, benefit));
}

#[test]
fn a_row_of_long_ago_is_not_asked_about_for_being_disputed() {
    let input = given(
        r#"
        incomes = [
            { row = "benefit", who = "Anna", kind = "housing-benefit", amount = "1900", paid = "2026-08-27", source = "authority" },
            { who = "Anna", kind = "housing-benefit", amount = "1500", paid = "2026-08-27", disputes = "benefit" },
        ]
        "#,
    );
    assert_eq!(calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap().questions().count(), 0);
}

/// A bill of 400 that the person says is of this amount.
fn disputed_bill(amount: &str) -> Input {
    given(&format!(
        r#"
        expenses = [
            {{ row = "bill", who = "Anna", kind = "medicine", amount = "400", paid = "2026-12-10", source = "authority" }},
            {{ who = "Anna", kind = "medicine", amount = "{amount}", paid = "2026-12-10", disputes = "bill" }},
        ]
        "#
    ))
}

#[test]
fn what_is_left_out_of_a_disputed_bill_is_what_the_person_says_and_does_not_get() {
    for (stated, bill, dispute, left_out) in [
        ("300", 400, 0, 0),
        ("300", 0, 300, 0),
        ("300", 300, 0, 0),
        ("300", 200, 0, 100),
        ("500", 400, 0, 100),
        ("500", 0, 500, 0),
        ("0", 0, 0, 0),
    ] {
        let mut input = disputed_bill(stated);
        let is = |line: &Line, source| matches!(line.subject, Subject::Expense { .. }) && line.source == source;
        decide(&mut input, |line| is(line, Source::Authority), bill);
        decide(&mut input, |line| is(line, Source::Applicant), dispute);
        let calculation = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
        assert_eq!(calculation.questions().count(), 0);
        assert_eq!(calculation.left_out(), Money::from_kronor(left_out), "{stated}: {bill} and {dispute}");
    }
}

#[test]
fn a_row_below_zero_or_without_a_day_can_be_disputed() {
    let input = given(
        r#"
        incomes = [
            { row = "back", who = "Anna", kind = "sickness-benefit", amount = "-350", paid = "2026-11-20", source = "authority" },
            { row = "when", who = "Anna", kind = "tax-refund", amount = "2100", source = "authority" },
            { who = "Anna", kind = "tax-refund", amount = "2100", disputes = "when" },
        ]
        "#,
    );
    let back = input.incomes.iter().find(|row| row.amount < Money::ZERO).unwrap();
    let said = IncomeRow { row: DISPUTE, source: Source::Applicant, disputes: Some(back.row), ..back.clone() };
    let input = Input { incomes: [&input.incomes[..], &[said]].concat(), ..input.clone() };
    let calculation = calculate(&BOOK_WITH_FRAGMENTS, &input).unwrap();
    assert_eq!(calculation.questions().count(), 4, "each row, and what is said of it");
}
