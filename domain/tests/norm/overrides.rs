//! Caseworkers' values: on any line, with a reason, kept when the sources are fetched anew.

use domain::id::{QueryId, RowId, StaffId};
use domain::norm::{
    Explanation, IncomeRow, Input, Line, NormCalculation, Override, RowRef, Standing, Subject, calculate,
};
use domain::{Money, NormMonth};
use jiff::civil::date;
use uuid::Uuid;

use crate::household_file::{BOOK, Written};

pub(crate) fn given(text: &str) -> Input {
    let members = r#"members = [{ who = "Anna", role = "adult", born = "1990-05-01" }]"#;
    toml::from_str::<Written>(&format!("name = \"x\"\nmonth = \"2026-12\"\n{members}\n{text}")).unwrap().input()
}

fn student() -> Input {
    given(
        r#"
        expenses = [{ kind = "rent", amount = "7850", paid = "2026-12-30" }]
        incomes = [
            { who = "Anna", kind = "study-aid", amount = "4012", paid = "2026-11-25", agency = "csn" },
            { who = "Anna", kind = "other", amount = "500", paid = "2026-11-03" },
        ]
        "#,
    )
}

/// What waits for a human, in the order of the lines.
pub(crate) fn asked(calculation: &NormCalculation) -> Vec<Explanation> {
    calculation.questions().map(|line| line.because).collect()
}

pub(crate) fn decide(input: &mut Input, which: impl Fn(&Line) -> bool, kronor: i64) {
    let lines = calculate(&BOOK, input).unwrap().lines;
    let line = lines.iter().find(|line| which(line)).unwrap();
    input.overrides.push(Override {
        subject: line.subject,
        beneath: line.amounts,
        value: Money::from_kronor(kronor),
        reason: "Enligt samtal".into(),
        by: StaffId(Uuid::from_u128(7)),
        on: date(2026, 11, 24),
    });
}

/// The same row fetched once more: a new name, and perhaps another amount.
fn fetch_anew(row: &mut IncomeRow, number: u128, kronor: i64) {
    row.row = RowRef::Fetched(RowId { query: QueryId(Uuid::from_u128(number)), index: 0 });
    row.amount = Money::from_kronor(kronor);
}

fn is_income(line: &Line) -> bool {
    matches!(line.subject, Subject::Income { .. })
}

fn overridden(calculation: &NormCalculation) -> &Line {
    calculation.lines.iter().find(|line| line.overridden.is_some()).unwrap()
}

#[test]
fn any_line_takes_a_value() {
    let lines = calculate(&BOOK, &student()).unwrap().lines;
    for line in &lines {
        let mut input = student();
        decide(&mut input, |other| other.subject == line.subject, 1234);
        let calculation = calculate(&BOOK, &input).unwrap();
        let decided = overridden(&calculation);
        assert_eq!(decided.amounts.counted(), Money::from_kronor(1234));
        assert_eq!(decided.standing, Standing::Counted);
        assert!(decided.also.contains(&Explanation::OverrideDecided { computed: line.amounts.counted() }));
        assert_eq!(decided.because, line.because, "the rule stays to be read");
        let behind = decided.overridden.as_ref().unwrap();
        assert_eq!((&*behind.reason, behind.computed), ("Enligt samtal", line.amounts));
        assert!(!tells_of_a_change(decided));
        assert_eq!(calculation.lines.iter().map(Line::effect).sum::<Money>(), calculation.sums.balance);
    }
}

#[test]
fn a_norm_at_another_level_cites_the_special_reasons() {
    let mut input = student();
    decide(&mut input, |line| matches!(line.subject, Subject::Personal { .. }), 4500);
    let calculation = calculate(&BOOK, &input).unwrap();
    assert_eq!(&*overridden(&calculation).paragraph, "12 kap. 7 § tredje stycket SoL (2025:400)");
    assert_eq!(calculation.sums.personal, Money::from_kronor(4500));
}

#[test]
fn a_question_is_answered_by_a_value_even_zero() {
    for (kronor, standing) in [(500, Standing::Counted), (0, Standing::NotCounted), (-200, Standing::Counted)] {
        let mut input = student();
        assert_eq!(calculate(&BOOK, &input).unwrap().questions().count(), 1);
        decide(&mut input, |line| line.standing == Standing::AsksHuman, kronor);
        let calculation = calculate(&BOOK, &input).unwrap();
        assert_eq!(calculation.questions().count(), 0);
        assert_eq!(overridden(&calculation).standing, standing);
        assert_eq!(calculation.sums.income, Money::from_kronor(4012 + kronor));
    }
}

fn tells_of_a_change(line: &Line) -> bool {
    line.also.iter().any(|told| matches!(told, Explanation::OverrideChangedBeneath { .. }))
}

#[test]
fn a_refresh_keeps_the_value_and_tells_what_changed_beneath() {
    let mut input = student();
    decide(&mut input, |line| line.amounts.stated() == Money::from_kronor(4012), 2000);

    fetch_anew(&mut input.incomes[0], 77, 4012);
    let same = calculate(&BOOK, &input).unwrap();
    assert_eq!(overridden(&same).amounts.counted(), Money::from_kronor(2000));
    assert!(!tells_of_a_change(overridden(&same)));

    fetch_anew(&mut input.incomes[0], 78, 2006);
    let changed = calculate(&BOOK, &input).unwrap();
    let line = overridden(&changed);
    assert_eq!(line.amounts.counted(), Money::from_kronor(2000));
    let told =
        Explanation::OverrideChangedBeneath { before: Money::from_kronor(4012), computed: Money::from_kronor(2006) };
    assert!(line.also.contains(&told));
}

#[test]
fn a_question_whose_row_changed_tells_the_received_amounts() {
    let mut input = student();
    decide(&mut input, |line| line.standing == Standing::AsksHuman, 500);
    input.incomes[1].amount = Money::from_kronor(650);
    let calculation = calculate(&BOOK, &input).unwrap();
    let told =
        Explanation::OverrideChangedBeneath { before: Money::from_kronor(500), computed: Money::from_kronor(650) };
    assert!(overridden(&calculation).also.contains(&told));
}

#[test]
fn a_value_whose_line_is_gone_asks_a_human_and_counts_nothing() {
    let mut input = student();
    decide(&mut input, |line| is_income(line) && line.amounts.stated() == Money::from_kronor(4012), 2000);
    input.incomes.remove(0);
    let calculation = calculate(&BOOK, &input).unwrap();
    let line = overridden(&calculation);
    assert_eq!(line.because, Explanation::OverrideWithoutLine { value: Money::from_kronor(2000) });
    assert_eq!((line.standing, line.effect()), (Standing::AsksHuman, Money::ZERO));
    assert_eq!(calculation.sums.income, Money::ZERO);
}

#[test]
fn a_value_is_never_put_on_one_of_two_alike_rows() {
    let mut input = student();
    decide(&mut input, |line| is_income(line) && line.amounts.stated() == Money::from_kronor(4012), 2000);
    fetch_anew(&mut input.incomes[0], 77, 4012);
    let mut twin = input.incomes[0].clone();
    fetch_anew(&mut twin, 78, 900);
    input.incomes.push(twin);
    let calculation = calculate(&BOOK, &input).unwrap();
    assert_eq!(overridden(&calculation).because, Explanation::OverrideWithoutLine { value: Money::from_kronor(2000) });
    assert_eq!(calculation.sums.income, Money::from_kronor(4912));
}

#[test]
fn an_authoritys_expense_below_zero_or_disputed_asks_a_human() {
    let input = given(
        r#"
        expenses = [
            { row = "childcare", who = "Anna", kind = "medicine", amount = "400", paid = "2026-12-10", source = "authority" },
            { who = "Anna", kind = "medicine", amount = "450", paid = "2026-12-10", disputes = "childcare" },
            { who = "Anna", kind = "rent", amount = "-300", paid = "2026-12-30", source = "authority" },
        ]
        "#,
    );
    let calculation = calculate(&BOOK, &input).unwrap();
    let stated = Money::from_kronor(450);
    assert_eq!(asked(&calculation), [Explanation::ExpenseNegative {}, Explanation::ExpenseDisputed { stated }]);
    assert_eq!(calculation.sums.expenses, Money::from_kronor(400));
}

#[test]
fn what_an_authority_tells_twice_asks_a_human() {
    let row = r#"who = "Anna", kind = "housing-benefit", amount = "1900", source = "authority""#;
    let bill = r#"who = "Anna", kind = "medicine", amount = "400", paid = "2026-12-10", source = "authority""#;
    let input = given(&format!(
        r#"
        incomes = [
            {{ {row}, paid = "2026-11-27" }},
            {{ {row}, paid = "2026-11-27" }},
            {{ {row}, planned = "2026-11-27" }},
            {{ {row}, paid = "2026-11-28" }},
        ]
        expenses = [{{ {bill} }}, {{ {bill} }}]
        "#
    ));
    let calculation = calculate(&BOOK, &input).unwrap();
    let received = Money::from_kronor(1_900);
    let again = Explanation::IncomeRepeated { received };
    assert_eq!(asked(&calculation), [Explanation::ExpenseRepeated {}, again, again]);
    assert_eq!((calculation.sums.expenses, calculation.sums.income), (Money::from_kronor(400), received + received));
}

#[test]
fn a_surplus_is_overridden_by_its_month() {
    let mut input = given(r#"surpluses = [{ from = "2026-10", amount = "800" }]"#);
    decide(&mut input, |line| matches!(line.subject, Subject::Surplus { .. }), 0);
    let calculation = calculate(&BOOK, &input).unwrap();
    let from: NormMonth = "2026-10".parse().unwrap();
    assert_eq!(overridden(&calculation).subject, Subject::Surplus { from });
    assert_eq!(calculation.sums.means, Money::ZERO);
}
