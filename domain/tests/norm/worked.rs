//! The worked households of `households.toml`, line by line, and the arithmetic that is written beside them.

use std::sync::LazyLock;

use domain::Money;
use domain::norm::{Explanation, NormCalculation, Standing, Sums, calculate};

use crate::household_file::{self, BOOK_WITH_FRAGMENTS, Expected, Written};

pub(crate) static HOUSEHOLDS: LazyLock<Vec<Written>> =
    LazyLock::new(|| household_file::read(include_str!("households.toml")));

#[test]
fn there_are_at_least_thirty() {
    assert!(HOUSEHOLDS.len() >= 30);
}

#[test]
fn every_household_comes_out_as_written() {
    for worked in HOUSEHOLDS.iter() {
        let calculation = calculate(&BOOK_WITH_FRAGMENTS, &worked.input()).expect(&worked.name);
        assert_eq!(
            lines(&calculation),
            worked.lines.iter().map(|line| spelled(line)).collect::<Vec<_>>(),
            "{}",
            worked.name
        );
        assert_eq!(calculation.sums, expected(worked.expect.unwrap(), &calculation.sums), "{}", worked.name);
        if let Some(carry) = &worked.carry {
            assert_eq!(&calculation.surplus_to_carry, carry, "{}", worked.name);
        }
        let said: Vec<_> = calculation.lines.iter().flat_map(|line| &line.also).map(Explanation::key).collect();
        for also in &worked.also {
            assert!(said.contains(&also.as_str()), "{}: {also} is not among {said:?}", worked.name);
        }
        for paragraph in &worked.paragraphs {
            let cited = calculation.lines.iter().any(|line| &*line.paragraph == paragraph);
            assert!(cited, "{}: {paragraph} is not cited", worked.name);
        }
    }
}

#[test]
fn the_arithmetic_beside_each_household_is_right() {
    for worked in HOUSEHOLDS.iter() {
        let results: Vec<Money> = worked.arithmetic.iter().map(|words| checked(words, &worked.name)).collect();
        assert_eq!(
            results.last(),
            worked.expect.as_ref().map(|expect| &expect.balance),
            "{}: the last step is the balance",
            worked.name
        );
    }
}

#[test]
fn every_rule_is_shown_by_a_household() {
    let calculations: Vec<_> =
        HOUSEHOLDS.iter().map(|worked| calculate(&BOOK_WITH_FRAGMENTS, &worked.input()).unwrap()).collect();
    let shown = |key: &str| {
        calculations.iter().any(|calculation| {
            let lines = calculation.lines.iter().flat_map(|line| std::iter::once(&line.because).chain(&line.also));
            let results = calculation.results.iter().map(|result| &result.because);
            lines.chain(results).any(|because| because.key() == key)
        })
    };
    // What caseworkers decide and authority expenses are shown by tests of their own.
    let elsewhere = ["override-", "expense-negative", "expense-disputed", "expense-repeated"];
    for (key, _) in Explanation::KEYS {
        let expected_here = !elsewhere.iter().any(|start| key.starts_with(start));
        assert!(!expected_here || shown(key), "no household shows {key}");
    }
}

fn expected(written: Expected, sums: &Sums) -> Sums {
    Sums {
        personal: written.personal.unwrap_or(sums.personal),
        shared: written.shared.unwrap_or(sums.shared),
        norm: written.norm,
        expenses: written.expenses,
        need: written.need,
        income: written.income,
        means: written.means,
        balance: written.balance,
        payable: written.payable,
    }
}

fn lines(calculation: &NormCalculation) -> Vec<(String, Money, &'static str)> {
    let mark = |standing| match standing {
        Standing::Counted => "",
        Standing::NotCounted => "x",
        Standing::AsksHuman => "?",
    };
    let line = |line: &domain::norm::Line| (line.because.key().to_owned(), line.effect(), mark(line.standing));
    calculation.lines.iter().map(line).collect()
}

fn spelled(line: &str) -> (String, Money, &'static str) {
    let mut words = line.split_whitespace();
    let key = words.next().unwrap().to_owned();
    let amount = Money::parse(words.next().unwrap().trim_start_matches('+')).unwrap();
    let mark = match words.next() {
        None => "",
        Some("x") => "x",
        Some("?") => "?",
        Some(other) => panic!("{other} is no mark"),
    };
    (key, amount, mark)
}

/// Works out one step, `words 1710 / 5 = words 342`, from left to right with × and ÷ first, and gives what stands after the sign.
fn checked(words: &str, name: &str) -> Money {
    let (left, right) = words.split_once('=').unwrap_or_else(|| panic!("{name}: {words}"));
    let stated = numbers(right);
    let [Token::Number(stated)] = stated[..] else { panic!("{name}: one number after the sign: {words}") };
    let (ore, whole) = worked_out(&numbers(left));
    // Half up to the öre, as everywhere.
    assert_eq!((2 * ore + whole).div_euclid(2 * whole), i128::from(stated.ore()), "{name}: {words}");
    stated
}

#[derive(Debug, Clone, Copy)]
enum Token {
    Number(Money),
    Operator(char),
}

fn numbers(text: &str) -> Vec<Token> {
    let token = |word: &str| match word {
        "+" | "-" | "*" | "/" => word.chars().next().map(Token::Operator),
        _ if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => Money::parse(word).ok().map(Token::Number),
        _ => None,
    };
    text.split_whitespace().filter_map(token).collect()
}

/// The sum of the terms as a fraction of öre.
fn worked_out(tokens: &[Token]) -> (i128, i128) {
    let mut total = (0, 1);
    let mut term: Option<(i128, i128)> = None;
    let mut operator = '+';
    let mut sign = 1;
    for token in tokens {
        match *token {
            Token::Operator(next) => {
                if let (Some(done), '+' | '-') = (term, next) {
                    total = added(total, done, sign);
                    term = None;
                    sign = if next == '-' { -1 } else { 1 };
                }
                operator = next;
            }
            Token::Number(number) => {
                let ore = i128::from(number.ore());
                term = Some(match (term, operator) {
                    (None, _) => (ore, 1),
                    (Some((over, under)), '*') => (over * ore, under * 100),
                    (Some((over, under)), '/') => (over * 100, under * ore),
                    (Some(_), _) => panic!("two numbers without a sign between them: {tokens:?}"),
                });
            }
        }
    }
    added(total, term.unwrap(), sign)
}

fn added((over, under): (i128, i128), (by, part): (i128, i128), sign: i128) -> (i128, i128) {
    (over * part + sign * by * under, under * part)
}
