//! What holds for every household, not only for the worked ones.

use domain::household::{Household, Member, Role};
use domain::id::{PersonId, StaffId, StatementId};
use domain::kind::ExpenseKind;
use domain::norm::{
    Amounts, ApprovedExpense, ExpenseRow, Explanation, Input, Line, LineSection, NormCalculation, Override,
    PartOfMonth, RowRef, Standing, Subject, calculate,
};
use domain::source::Source;
use domain::{BirthDate, Money, NormMonth};
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use crate::anything::any_input;
use crate::household_file::{BOOK, settings};
use crate::inputs::{APPLICANT, any_month, calculable, household, member, shuffled};

/// What one krona more in a row is to add to the balance, by the rule that its line names.
fn one_krona_more(line: &Line, all: &NormCalculation) -> Option<Money> {
    let krona = Money::from_kronor(1);
    let Amounts::Income { received, .. } = line.amounts else { return None };
    let own = |is_own: fn(&Explanation) -> bool| {
        let theirs = |other: &&Line| whose(other) == whose(line) && is_own(&other.because);
        let received = all.lines.iter().filter(theirs).map(|other| other.amounts.stated());
        received.sum::<Money>()
    };
    match (line.standing, line.because) {
        (Standing::AsksHuman, _)
        | (Standing::NotCounted, Explanation::IncomeEarlierMonth { .. } | Explanation::IncomeLaterMonth { .. }) => {
            Some(Money::ZERO)
        }
        (_, Explanation::IncomeCounted {}) => Some(krona),
        // The law leaves out a quarter: of a krona, 25 öre.
        (_, Explanation::IncomeJobStimulus { .. }) => Some(Money::from_ore(75)),
        // Free up to the allowance, counted above: the youth's rows together.
        (_, Explanation::IncomeYouthWork { allowance, .. } | Explanation::IncomeYouthWorkAbove { allowance, .. }) => {
            let earned = own(|because| {
                matches!(because, Explanation::IncomeYouthWork { .. } | Explanation::IncomeYouthWorkAbove { .. })
            });
            let first_left =
                all.lines.iter().filter(|other| whose(other) == whose(line)).find_map(|other| match other.because {
                    Explanation::IncomeYouthWork { left, .. } | Explanation::IncomeYouthWorkAbove { left, .. } => {
                        Some(left)
                    }
                    _ => None,
                });
            let free = first_left.unwrap_or(allowance);
            let counted = |earned: Money| (earned - free).max(Money::ZERO);
            Some(counted(earned + krona) - counted(earned))
        }
        // Counted up to the child's own norm: the child's rows together.
        (_, Explanation::IncomeChildOwnNorm { norm, .. }) => {
            let owned = own(|because| matches!(because, Explanation::IncomeChildOwnNorm { .. }));
            Some((owned + krona).min(norm) - owned.min(norm))
        }
        _ => panic!("no rule for {received:?} in {line:?}"),
    }
}

fn whose(line: &Line) -> Option<PersonId> {
    match line.subject {
        Subject::Income { person, .. } => person,
        _ => None,
    }
}

fn without_rows(month: NormMonth, household: Household) -> Input {
    Input {
        month,
        judged_on: month.last_day(),
        previous_judged_on: None,
        part: None,
        household,
        incomes: Vec::new(),
        expenses: Vec::new(),
        assets: Vec::new(),
        surpluses: Vec::new(),
        approved_before: Vec::new(),
        settings: settings("exempelby"),
        overrides: Vec::new(),
    }
}

fn norm_of(input: &Input, first: i8, last: i8) -> Money {
    let day = |day| date(input.month.year(), input.month.month(), day);
    let part = Some(PartOfMonth { first: day(first), last: day(last) });
    calculate(&BOOK, &Input { part, ..input.clone() }).unwrap().sums.norm
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_matter((input, other) in shuffled()) {
        prop_assert_eq!(calculate(&BOOK, &input), calculate(&BOOK, &other));
    }

    #[test]
    fn the_lines_add_up_to_the_balance((input, _) in shuffled()) {
        let calculation = calculate(&BOOK, &input).unwrap();
        let sums = calculation.sums;
        prop_assert_eq!(calculation.lines.iter().map(Line::effect).sum::<Money>(), sums.balance);
        let section = |section| calculation.section(section).map(Line::effect).sum::<Money>();
        prop_assert_eq!(-section(LineSection::Norm), sums.norm);
        prop_assert_eq!(-section(LineSection::Expenses), sums.expenses);
        prop_assert_eq!(section(LineSection::Incomes), sums.income);
        prop_assert_eq!(section(LineSection::Means), sums.means);
        prop_assert_eq!(sums.personal + sums.shared, sums.norm);
        prop_assert_eq!(sums.norm + sums.expenses, sums.need);
        prop_assert_eq!(sums.income + sums.means - sums.need, sums.balance);
        let deficit = (-sums.balance).max(Money::ZERO);
        prop_assert!((sums.payable - deficit).ore().abs() <= 50 && sums.payable.ore() % 100 == 0);
    }

    #[test]
    fn nothing_is_dropped(input in calculable()) {
        let calculation = calculate(&BOOK, &input).unwrap();
        let given = input.household.members.len() + 1 + input.incomes.len() + input.expenses.len() + input.assets.len()
            + input.surpluses.len();
        prop_assert_eq!(calculation.lines.len(), given);
        for line in &calculation.lines {
            prop_assert!(line.standing == Standing::Counted || line.amounts.counted().is_zero(), "{:?}", line);
            if let Amounts::Income { received, disregarded, counted } = line.amounts {
                prop_assert!(line.standing == Standing::AsksHuman || received == disregarded + counted, "{:?}", line);
            }
        }
    }

    #[test]
    fn what_is_approved_is_not_approved_again(input in calculable()) {
        let first = calculate(&BOOK, &input).unwrap();
        let approved_before: Vec<_> = first.approved_expenses().collect();
        let again = calculate(&BOOK, &Input { approved_before: approved_before.clone(), ..input.clone() }).unwrap();
        let twice = again.approved_expenses().filter(|bill| approved_before.contains(bill)).count();
        let alike = |bill: &ApprovedExpense| {
            first.section(LineSection::Expenses).filter(|line| matches!(line.subject,
                Subject::Expense { kind, date, .. } if (kind, date) == (bill.kind, Some(bill.date))
            )).count()
        };
        // Of several bills alike, those that were not approved may be now.
        prop_assert!(twice == 0 || approved_before.iter().any(|bill| alike(bill) > 1), "{approved_before:?}");
    }

    #[test]
    fn what_a_caseworker_takes_away_is_left_out(
        input in calculable(),
        chosen in any::<prop::sample::Index>(),
        kronor in 1i64..500,
    ) {
        let before = calculate(&BOOK, &input).unwrap();
        prop_assert!(!before.left_out().is_negative());
        let judged: Vec<_> = before.lines.iter().filter(|line| line.standing == Standing::Counted).collect();
        prop_assume!(!judged.is_empty());
        let line = judged[chosen.index(judged.len())];
        let counted = line.amounts.counted();
        // Less need, or more income, than the rules give.
        let value = match line.section() {
            LineSection::Norm | LineSection::Expenses => (counted - Money::from_kronor(kronor)).max(Money::ZERO),
            LineSection::Incomes | LineSection::Means => counted + Money::from_kronor(kronor),
        };
        let overrides = vec![Override {
            subject: line.subject,
            beneath: line.amounts,
            value,
            reason: "Inget underlag".into(),
            by: StaffId(Uuid::from_u128(7)),
            on: input.judged_on,
        }];
        let after = calculate(&BOOK, &Input { overrides, ..input.clone() }).unwrap();
        let taken = if value > counted { value - counted } else { counted - value };
        prop_assert_eq!(after.left_out() - before.left_out(), taken, "{:?}", line);
    }

    #[test]
    fn one_more_krona_of_income_adds_what_the_rule_says(input in calculable(), chosen in any::<prop::sample::Index>()) {
        prop_assume!(!input.incomes.is_empty());
        let before = calculate(&BOOK, &input).unwrap();
        let mut more = input.clone();
        let row = &mut more.incomes[chosen.index(input.incomes.len())];
        // A row below zero that becomes one above is another row.
        prop_assume!(!row.amount.is_negative());
        row.amount += Money::from_kronor(1);
        let changed = row.row;
        let after = calculate(&BOOK, &more).unwrap();
        let line = before.lines.iter().find(|line| matches!(line.subject, Subject::Income { row, .. } if row == changed));
        prop_assert_eq!(after.sums.balance - before.sums.balance, one_krona_more(line.unwrap(), &before).unwrap());
    }

    #[test]
    fn one_more_krona_of_need_is_one_krona_less(input in calculable()) {
        let rent = |kronor| {
            let mut with = input.clone();
            with.expenses.push(ExpenseRow {
                row: RowRef::Stated(StatementId(Uuid::from_u128(999))),
                person: None,
                kind: ExpenseKind::UnemploymentFundFee,
                amount: Money::from_kronor(kronor),
                pay_date: Some(input.month.first_day()),
                period: None,
                source: Source::Applicant,
                agency: None,
                disputes: None,
            });
            calculate(&BOOK, &with).unwrap().sums.balance
        };
        prop_assert_eq!(rent(100) - rent(101), Money::from_kronor(1));
    }

    #[test]
    fn the_days_of_a_split_month_add_up(
        (month, household) in any_month().prop_flat_map(|month| (Just(month), household(month, false))),
        (one, other) in (1i8..28, 1i8..28),
    ) {
        let input = without_rows(month, household);
        let whole = calculate(&BOOK, &input).unwrap().sums.norm;
        let (one, other) = (one.min(other), one.max(other) + 1);
        prop_assert_eq!(norm_of(&input, 1, one) + norm_of(&input, one + 1, month.days()), whole);
        if one + 1 < other {
            let three = norm_of(&input, 1, one) + norm_of(&input, one + 1, other - 1) + norm_of(&input, other, month.days());
            prop_assert_eq!(three, whole);
        }
        prop_assert_eq!(norm_of(&input, 1, month.days()), whole);
    }

    #[test]
    fn a_childs_days_in_two_homes_add_up_within_an_ore(
        month in any_month(),
        (months_old, days) in (0i32..200, 0u8..=31),
    ) {
        let month_days = u8::try_from(month.days()).unwrap();
        let days = days.min(month_days);
        let born = month.first_day().checked_sub(months_old.months()).unwrap();
        let norm = |days| {
            let child = Role::Child { preschool_lunch: false, days: Some(days) };
            let members = vec![
                member(APPLICANT, date(1985, 2, 28), Role::Adult, None, None),
                member(3, born, child, None, None),
            ];
            calculate(&BOOK, &without_rows(month, Household { members })).unwrap().lines[1].amounts.counted()
        };
        let apart = norm(days) + norm(month_days - days);
        prop_assert!((apart - norm(month_days)).ore().abs() <= 1);
    }

    #[test]
    fn an_unknown_age_counts_as_every_possible_day_would_or_asks(
        month in any_month(),
        (months_old, youth) in (0i32..300, any::<bool>()),
        (knows_month, knows_day) in any::<(bool, bool)>(),
    ) {
        let born = month.first_day().checked_sub(months_old.months()).unwrap();
        let (of_month, of_day) = (knows_month.then_some(born.month()), knows_day.then_some(born.day()));
        let known = BirthDate::new(born.year(), of_month, of_day).unwrap();
        let calculated = |birth_date| {
            let role = if youth { Role::SchoolYouth { days: None } } else { Role::Child { preschool_lunch: false, days: None } };
            let child = Member { birth_date, ..member(3, born, role, None, None) };
            let members = vec![member(APPLICANT, date(1985, 2, 28), Role::Adult, None, None), child];
            let calculation = calculate(&BOOK, &without_rows(month, Household { members })).ok()?;
            Some((calculation.lines[1].standing, calculation.lines[1].amounts.counted()))
        };
        let possible = [known.earliest(), known.latest().min(month.last_day())].map(|day| calculated(day.into()));
        match calculated(known) {
            Some((Standing::AsksHuman, counted)) => {
                prop_assert_eq!(counted, Money::ZERO);
                prop_assert_ne!(possible[0], possible[1], "nothing is asked that makes no difference");
            }
            told => prop_assert_eq!([told, told], possible),
        }
    }

    #[test]
    fn the_same_input_gives_the_same_calculation(input in calculable()) {
        let stored = serde_json::to_string(&input).unwrap();
        let read: Input = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(calculate(&BOOK, &read), calculate(&BOOK, &input));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_input_gives_a_calculation_or_an_error(input in any_input()) {
        if let Ok(calculation) = calculate(&BOOK, &input) {
            prop_assert_eq!(calculation.lines.iter().map(Line::effect).sum::<Money>(), calculation.sums.balance);
        }
    }
}

#[test]
fn nothing_reads_the_clock() {
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("::now") && !text.contains(".now("), "{} reads a clock", path.display());
            files += 1;
        }
    }
    assert!(files > 20);
}
