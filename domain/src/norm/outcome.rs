//! What the lines come to: the balance, what is paid, and the surplus that later months may count.

use super::case::{Case, cite};
use super::explanation::Explanation;
use super::input::Surplus;
use super::line::{Amounts, Certainty, Line, ResultLine, Subject};
use super::rounding;
use super::rule_set::Provision;
use super::{NormCalculation, Sums};
use crate::Money;

pub(super) fn conclude(case: &Case<'_>, lines: Vec<Line>) -> NormCalculation {
    let sums = sums(&lines);
    let surplus_to_carry = surplus_to_carry(case, &lines, &sums);
    let results = results(case, &sums, &surplus_to_carry);
    NormCalculation {
        month: case.input.month,
        reference_month: case.rules.reference_month(),
        judged_on: case.input.judged_on,
        part: case.input.part,
        persons: case.persons,
        table: case.rules.table.reference.clone(),
        rules: case.rule_set(),
        settings: case.input.settings.reference().clone(),
        lines,
        sums,
        results,
        surplus_to_carry,
    }
}

fn sums(lines: &[Line]) -> Sums {
    let mut sums = Sums::default();
    for line in lines {
        match (line.amounts, line.subject) {
            (Amounts::Norm { counted, .. }, Subject::Shared) => sums.shared += counted,
            (Amounts::Norm { counted, .. }, _) => sums.personal += counted,
            (Amounts::Expense { approved, .. }, _) => sums.expenses += approved,
            (Amounts::Income { counted, .. }, _) => sums.income += counted,
            (Amounts::Means { counted, .. }, _) => sums.means += counted,
        }
    }
    sums.norm = sums.personal + sums.shared;
    sums.need = sums.norm + sums.expenses;
    sums.balance = sums.income + sums.means - sums.need;
    sums.payable = payable(sums.balance);
    sums
}

/// The assistance that a balance gives, in whole kronor.
pub(super) fn payable(balance: Money) -> Money {
    rounding::to_krona((-balance).max(Money::ZERO)).amount
}

/// A surplus is income beyond the need. What covers the need first: the month's own income, then earlier surpluses from the oldest,
/// then money and things that the household still has next month, which no surplus is made of.
fn surplus_to_carry(case: &Case<'_>, lines: &[Line], sums: &Sums) -> Vec<Surplus> {
    let stays = |line: &&Line| match line.subject {
        Subject::Income { kind, .. } => case.rules.set.file.incomes.get(&kind).is_some_and(|rule| rule.stays),
        _ => false,
    };
    let staying: Money = lines.iter().filter(stays).map(Line::effect).sum();
    let mut left = sums.income - staying - sums.need;
    let mut surpluses = Vec::new();
    for line in lines {
        let Subject::Surplus { from } = line.subject else { continue };
        let used = line.effect().min((-left).max(Money::ZERO));
        let amount = line.effect() - used;
        left += used;
        let counts_next = case.input.month.next().months_since(from) <= i32::from(case.rules.set.file.surplus.months);
        if amount > Money::ZERO && counts_next {
            surpluses.push(Surplus { from, amount });
        }
    }
    if left > Money::ZERO {
        surpluses.push(Surplus { from: case.input.month, amount: left });
    }
    surpluses
}

fn results(case: &Case<'_>, sums: &Sums, surpluses: &[Surplus]) -> Vec<ResultLine> {
    let provisions = &case.rules.set.file.provisions;
    let balance = match sums.balance.cmp(&Money::ZERO) {
        std::cmp::Ordering::Less => Explanation::ResultDeficit {},
        std::cmp::Ordering::Equal => Explanation::ResultEven {},
        std::cmp::Ordering::Greater => Explanation::ResultSurplus {},
    };
    let mut results = Vec::with_capacity(2 + surpluses.len());
    results.push(line(case, sums.balance, balance, &provisions.income));
    results.push(if sums.balance.is_negative() {
        line(case, sums.payable, Explanation::ResultPayable { exact: -sums.balance }, &provisions.payable)
    } else {
        line(case, Money::ZERO, Explanation::ResultNothingPayable {}, &provisions.income)
    });
    let months = i32::from(case.rules.set.file.surplus.months);
    results.extend(surpluses.iter().map(|surplus| {
        let from = surplus.from;
        let through = from.checked_add(months).unwrap_or(from);
        line(case, surplus.amount, Explanation::ResultSurplusToCarry { from, through }, &provisions.surplus)
    }));
    results
}

fn line(case: &Case<'_>, amount: Money, because: Explanation, provision: &Provision) -> ResultLine {
    let (paragraph, certainty) = cite(provision, Certainty::Official);
    ResultLine { amount, because, paragraph, table: case.rule_set(), certainty }
}
