//! Expenses beside the norm: what is claimed, what is reasonable, and what is approved (SoL 12 kap. 7 § första stycket 2, 1 §).

use jiff::civil::Date;

use super::case::{Case, cite};
use super::explanation::Explanation;
use super::input::{ApprovedExpense, ExpenseRow, RowRef};
use super::line::{Amounts, Certainty, Line, Standing, Subject};
use super::placement::{self, ExpensePlacement};
use super::rule_set::ExpenseTreatment;
use crate::kind::ExpenseKind;
use crate::order::in_order;
use crate::source::Source;
use crate::{Money, NormMonth};

/// What a rule makes of a row.
struct Judged {
    because: Explanation,
    reasonable: Money,
    standing: Standing,
    by_guideline: bool,
}

pub(super) fn lines(case: &Case<'_>, lines: &mut Vec<Line>) {
    let rows = in_order(&case.input.expenses, |row| {
        (row.kind, case.place(row.person), row.pay_date, row.period, row.amount, row.row)
    });
    let mut used = GuidelineUse { kind: None, amount: Money::ZERO };
    let mut approved = ApprovedBefore::of(case);
    for (place, row) in rows.iter().copied().enumerate() {
        let mut also = Vec::new();
        let is_repeated = rows[..place].iter().any(|before| is_same(before, row));
        let judged = judge(case, row, is_repeated, &mut used, &mut approved, &mut also);
        lines.push(line(case, row, &judged, also));
    }
}

/// What the rows of one kind have used of their guideline so far.
struct GuidelineUse {
    kind: Option<ExpenseKind>,
    amount: Money,
}

impl GuidelineUse {
    fn so_far(&mut self, kind: ExpenseKind) -> &mut Money {
        if self.kind != Some(kind) {
            *self = Self { kind: Some(kind), amount: Money::ZERO };
        }
        &mut self.amount
    }
}

/// The bills that the month before approved, each of which is found again once.
struct ApprovedBefore(Vec<ApprovedExpense>);

impl ApprovedBefore {
    fn of(case: &Case<'_>) -> Self {
        let bills = &case.input.approved_before;
        let bills = in_order(bills, |bill| (bill.month, bill.kind, bill.date, bill.claimed, bill.person));
        Self(bills.into_iter().copied().collect())
    }

    /// The norm month that approved the very same bill.
    fn take(&mut self, row: &ExpenseRow) -> Option<NormMonth> {
        let date = row_date(row)?;
        let same = |before: &ApprovedExpense| {
            let same_owner = before.person == row.person || before.person.is_none() || row.person.is_none();
            same_owner && (before.kind, before.date, before.claimed) == (row.kind, date, row.amount)
        };
        let place = self.0.iter().position(same)?;
        Some(self.0.remove(place).month)
    }
}

fn judge(
    case: &Case<'_>,
    row: &ExpenseRow,
    is_repeated: bool,
    used: &mut GuidelineUse,
    approved: &mut ApprovedBefore,
    also: &mut Vec<Explanation>,
) -> Judged {
    let asks =
        |because| Judged { because, reasonable: Money::ZERO, standing: Standing::AsksHuman, by_guideline: false };
    let treatment = case.rules.set.file.expenses.get(&row.kind).copied().unwrap_or(ExpenseTreatment::Ask);
    let not_counted =
        |because| Judged { because, reasonable: Money::ZERO, standing: Standing::NotCounted, by_guideline: false };
    if let Some(disputed) = row.disputes {
        return if either_counts(case, row, disputed) {
            asks(Explanation::ExpenseDisputed { stated: row.amount })
        } else {
            not_counted(Explanation::ExpenseDisputedOtherMonth {})
        };
    }
    // What the household claims is never refused for its day alone: they may mean another bill, or have the day wrong.
    match (place(case, row), approved.take(row)) {
        (ExpensePlacement::Other(month), _) => {
            let because = Explanation::ExpenseOtherMonth { month };
            return if row.source.is_stated() { asks(because) } else { not_counted(because) };
        }
        (ExpensePlacement::NormMonth | ExpensePlacement::ReferenceMonth, Some(month)) => {
            return if row.source.is_stated() {
                asks(Explanation::ExpenseReferenceMonth { month })
            } else {
                not_counted(Explanation::ExpenseApprovedBefore { month })
            };
        }
        (ExpensePlacement::NormMonth, None) => {}
        (ExpensePlacement::ReferenceMonth, None)
            if treatment == ExpenseTreatment::NormItem && !has_own_row(case, row.kind) =>
        {
            also.push(Explanation::ExpensePaidBefore { month: case.rules.reference_month() });
        }
        (ExpensePlacement::ReferenceMonth, None) => {
            return asks(Explanation::ExpenseReferenceMonth { month: case.rules.reference_month() });
        }
    }
    if row.amount < Money::ZERO {
        return asks(Explanation::ExpenseNegative {});
    }
    if is_repeated {
        return asks(Explanation::ExpenseRepeated {});
    }
    match (treatment, case.input.settings.guideline(row.kind, case.persons)) {
        (ExpenseTreatment::Ask, _) | (ExpenseTreatment::OtherNeed, None) => asks(Explanation::ExpenseToJudge {}),
        (ExpenseTreatment::NormItem, None) => Judged {
            because: Explanation::ExpenseReasonable {},
            reasonable: row.amount,
            standing: Standing::Counted,
            by_guideline: false,
        },
        (ExpenseTreatment::NormItem | ExpenseTreatment::OtherNeed, Some(limit)) => {
            let used = used.so_far(row.kind);
            let left = limit - *used;
            let reasonable = row.amount.min(left);
            *used += reasonable;
            let because = if row.amount <= left {
                Explanation::ExpenseWithinGuideline { limit }
            } else {
                Explanation::ExpenseAboveGuideline { limit, left }
            };
            let nothing = reasonable.is_zero() && !row.amount.is_zero();
            let standing = if nothing { Standing::NotCounted } else { Standing::Counted };
            Judged { because, reasonable, standing, by_guideline: true }
        }
    }
}

/// Whether one authority tells the very same twice.
fn is_same(one: &ExpenseRow, other: &ExpenseRow) -> bool {
    let told = |row: &ExpenseRow| (row.source, row.agency, row.person, row.kind, row.amount, row.pay_date, row.period);
    one.source == Source::Authority && told(one) == told(other)
}

/// Whether the row or the one that it says is wrong lies in a month that this calculation looks at.
fn either_counts(case: &Case<'_>, row: &ExpenseRow, disputed: RowRef) -> bool {
    let counts = |row: &ExpenseRow| !matches!(place(case, row), ExpensePlacement::Other(_));
    counts(row) || case.input.expenses.iter().find(|other| other.row == disputed).is_some_and(counts)
}

fn place(case: &Case<'_>, row: &ExpenseRow) -> ExpensePlacement {
    placement::expense(row, case.input.month, case.rules.reference_month())
}

/// Whether the norm month has a row of the kind. Rent is paid in advance, so its row often lies in the month before instead.
fn has_own_row(case: &Case<'_>, kind: ExpenseKind) -> bool {
    let is_own = |other: &&ExpenseRow| other.kind == kind && other.disputes.is_none();
    case.input.expenses.iter().filter(is_own).any(|other| place(case, other) == ExpensePlacement::NormMonth)
}

fn row_date(row: &ExpenseRow) -> Option<Date> {
    row.pay_date.or(row.period.map(|(_, last)| last))
}

fn line(case: &Case<'_>, row: &ExpenseRow, judged: &Judged, mut also: Vec<Explanation>) -> Line {
    let provisions = &case.rules.set.file.provisions;
    let provision = match case.rules.set.file.expenses.get(&row.kind) {
        Some(ExpenseTreatment::NormItem) => &provisions.expense_norm_item,
        Some(ExpenseTreatment::OtherNeed | ExpenseTreatment::Ask) | None => &provisions.expense_other_need,
    };
    let (paragraph, certainty) = cite(provision, Certainty::Official);
    if let Some(dispute) = case.input.expenses.iter().find(|other| other.disputes == Some(row.row)) {
        also.push(Explanation::RowDisputed { stated: dispute.amount });
    }
    Line {
        subject: Subject::Expense { row: row.row, kind: row.kind, person: row.person, date: row_date(row) },
        amounts: Amounts::Expense { claimed: row.amount, reasonable: judged.reasonable, approved: judged.reasonable },
        standing: judged.standing,
        source: row.source,
        agency: row.agency,
        because: judged.because,
        also,
        paragraph,
        table: if judged.by_guideline { case.input.settings.reference().clone() } else { case.rule_set() },
        certainty,
        overridden: None,
    }
}
