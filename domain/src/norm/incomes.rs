//! Incomes: which rows this month looks at, what is left out and why, and what counts (SoL 12 kap. 1, 8 and 9 §§).

use jiff::civil::Date;

use super::case::{Case, cite};
use super::children::{Allowances, OwnMoney};
use super::error::CalculationError;
use super::explanation::Explanation;
use super::input::{IncomeRow, RowRef};
use super::line::{Amounts, Certainty, Line, Standing, Subject};
use super::placement::income_month;
use super::rounding;
use super::rule_set::{AdultTreatment, ChildTreatment, IncomeRule, Provision};
use crate::authority::RowState;
use crate::household::Member;
use crate::order::in_order;
use crate::source::Source;
use crate::{Money, NormMonth};

/// What a rule makes of a row.
pub(super) struct Judged<'a> {
    pub(super) because: Explanation,
    pub(super) disregarded: Money,
    pub(super) counted: Money,
    pub(super) standing: Standing,
    pub(super) provision: &'a Provision,
    pub(super) certainty: Certainty,
}

impl<'a> Judged<'a> {
    /// Counted, less what is left out.
    pub(super) fn counted(row: &IncomeRow, disregarded: Money, because: Explanation, provision: &'a Provision) -> Self {
        let counted = row.amount - disregarded;
        let standing =
            if counted.is_zero() && !row.amount.is_zero() { Standing::NotCounted } else { Standing::Counted };
        Self { because, disregarded, counted, standing, provision, certainty: provision.certainty }
    }

    /// Left out as a whole.
    fn not_counted(row: &IncomeRow, because: Explanation, provision: &'a Provision) -> Self {
        let (disregarded, counted) = (row.amount, Money::ZERO);
        let standing = Standing::NotCounted;
        Self { because, disregarded, counted, standing, provision, certainty: provision.certainty }
    }

    /// For a human to judge.
    pub(super) fn asks(because: Explanation, provision: &'a Provision) -> Self {
        let (disregarded, counted) = (Money::ZERO, Money::ZERO);
        Self { because, disregarded, counted, standing: Standing::AsksHuman, provision, certainty: provision.certainty }
    }
}

pub(super) fn lines(case: &Case<'_>, lines: &mut Vec<Line>) -> Result<(), CalculationError> {
    let rows = in_order(&case.input.incomes, |row| {
        let state = row.state == RowState::Planned;
        (case.place(row.person), row.kind, row.pay_date, row.period, row.amount, state, row.source, row.row)
    });
    let mut allowances = Allowances::default();
    let mut own_money = OwnMoney::default();
    for (place, row) in rows.iter().copied().enumerate() {
        let mut also = Vec::new();
        let is_repeated = rows[..place].iter().any(|before| is_same(before, row));
        let judged = match judge_month(case, row, is_repeated) {
            Some(judged) => judged,
            None => judge_kind(case, row, lines, &mut allowances, &mut own_money, &mut also)?,
        };
        if judged.standing == Standing::Counted && row.state == RowState::Planned {
            also.push(Explanation::IncomePlanned { known_on: row.known_on });
        }
        if let Some(dispute) = case.input.incomes.iter().find(|other| other.disputes == Some(row.row)) {
            also.push(Explanation::RowDisputed { stated: dispute.amount });
        }
        lines.push(line(case, row, &judged, also));
    }
    Ok(())
}

/// Judges by month and by the rows beside it; `None` when the row is one of the reference month's and its kind decides.
fn judge_month<'a>(case: &Case<'a>, row: &IncomeRow, is_repeated: bool) -> Option<Judged<'a>> {
    let reference = case.rules.reference_month();
    let provisions = &case.rules.set.file.provisions;
    let months = &provisions.reference_month;
    let received = row.amount;
    if let Some(disputed) = row.disputes {
        return Some(if either_counts(case, row, disputed, reference) {
            Judged::asks(Explanation::IncomeDisputed { stated: received }, &provisions.income)
        } else {
            Judged::not_counted(row, Explanation::IncomeDisputedOtherMonth {}, months)
        });
    }
    let Some(month) = income_month(row, reference) else {
        return Some(Judged::asks(Explanation::IncomeUndated { received }, months));
    };
    if month > reference {
        return Some(Judged::not_counted(row, Explanation::IncomeLaterMonth { month }, months));
    }
    if month < reference {
        return Some(if case.input.previous_judged_on.is_some_and(|judged| row.known_on > judged) {
            Judged::asks(Explanation::IncomeKnownLate { month, known_on: row.known_on, received }, months)
        } else if month == case.rules.proposal_month() && is_missing_benefit(case, row) {
            Judged::asks(Explanation::IncomeBenefitMissing { month, received }, months)
        } else {
            Judged::not_counted(row, Explanation::IncomeEarlierMonth { month }, months)
        });
    }
    if received.is_negative() {
        return Some(Judged::asks(Explanation::IncomeNegative { received }, &provisions.income));
    }
    if is_repeated {
        return Some(Judged::asks(Explanation::IncomeRepeated { received }, &provisions.income));
    }
    if row.source.is_stated() && has_beside(case, row, |other| other.source == Source::Authority, reference) {
        return Some(Judged::asks(Explanation::IncomeStatedBesideAuthority { stated: received }, &provisions.income));
    }
    None
}

/// Whether the row lies in the reference month or in none, or the one that it says is wrong counts or is asked about: moved to another month, it
/// would leave that one counted without a question.
fn either_counts(case: &Case<'_>, row: &IncomeRow, disputed: RowRef, reference: NormMonth) -> bool {
    let is_left_out = |other: &IncomeRow| {
        judge_month(case, other, false).is_some_and(|judged| judged.standing == Standing::NotCounted)
    };
    // What disputes a dispute is not asked about for that one's sake.
    let mut others = case.input.incomes.iter().filter(|other| other.disputes.is_none());
    income_month(row, reference).is_none_or(|month| month == reference)
        || others.find(|other| other.row == disputed).is_some_and(|other| !is_left_out(other))
}

/// Whether one authority tells the very same twice, paid or not.
fn is_same(one: &IncomeRow, other: &IncomeRow) -> bool {
    let told = |row: &IncomeRow| (row.source, row.agency, row.person, row.kind, row.amount, row.pay_date, row.period);
    one.source == Source::Authority && told(one) == told(other)
}

/// Whether the row is a monthly benefit that was paid then, with nothing of its kind in the reference month.
fn is_missing_benefit(case: &Case<'_>, row: &IncomeRow) -> bool {
    let is_benefit = case.rules.set.file.incomes.get(&row.kind).is_some_and(|rule| rule.benefit);
    is_benefit && row.amount > Money::ZERO && !has_beside(case, row, |_| true, case.rules.reference_month())
}

/// Whether the same person, or the household, has another row of the same kind in a month. What is said to be wrong with a row is no other.
fn has_beside(case: &Case<'_>, row: &IncomeRow, which: impl Fn(&IncomeRow) -> bool, month: NormMonth) -> bool {
    let reference = case.rules.reference_month();
    case.input.incomes.iter().any(|other| {
        other.row != row.row
            && other.disputes.is_none()
            && (other.person == row.person || other.person.is_none() || row.person.is_none())
            && other.kind == row.kind
            && which(other)
            && income_month(other, reference) == Some(month)
    })
}

fn judge_kind<'a>(
    case: &Case<'a>,
    row: &IncomeRow,
    norm: &[Line],
    allowances: &mut Allowances,
    own_money: &mut OwnMoney,
    also: &mut Vec<Explanation>,
) -> Result<Judged<'a>, CalculationError> {
    let provisions = &case.rules.set.file.provisions;
    let ask = || Judged::asks(Explanation::IncomeToJudge { received: row.amount }, &provisions.income);
    let in_full = || Judged::counted(row, Money::ZERO, Explanation::IncomeCounted {}, &provisions.income);
    let Some(IncomeRule { adult, child, .. }) = case.rules.set.file.incomes.get(&row.kind) else {
        return Err(CalculationError::UnknownKind { row: row.row });
    };
    let member = row.person.and_then(|person| case.members.iter().find(|member| member.person == person));
    match member.filter(|member| !member.role.is_adult()) {
        None => Ok(match adult {
            AdultTreatment::Counted => in_full(),
            AdultTreatment::Employment => employment(case, row, member.copied(), also),
            AdultTreatment::Ask => ask(),
        }),
        Some(member) => match child {
            ChildTreatment::Counted => Ok(in_full()),
            ChildTreatment::OwnWork => allowances.judge(case, row, member),
            ChildTreatment::OwnNorm => Ok(own_money.judge(case, row, member, norm)),
            ChildTreatment::Ask => Ok(ask()),
        },
    }
}

/// A wage, of which the job stimulus leaves out a part (SoL 12 kap. 8 §).
fn employment<'a>(
    case: &Case<'a>,
    row: &IncomeRow,
    member: Option<&Member>,
    also: &mut Vec<Explanation>,
) -> Judged<'a> {
    let set = &case.rules.set.file;
    let in_full = Judged::counted(row, Money::ZERO, Explanation::IncomeCounted {}, &set.provisions.income);
    let Some(since) = member.and_then(|member| member.job_stimulus_since) else { return in_full };
    let last = since.checked_add(i32::from(set.job_stimulus.months) - 1).unwrap_or(since);
    if case.input.month < since {
        also.push(Explanation::IncomeJobStimulusNotYet { since });
        return in_full;
    }
    if case.input.month > last {
        also.push(Explanation::IncomeJobStimulusEnded { last });
        return in_full;
    }
    let percent = set.job_stimulus.percent;
    let left_out = rounding::share(row.amount, percent, 100);
    let because = Explanation::IncomeJobStimulus { percent, since, last };
    let mut judged = Judged::counted(row, left_out.amount, because, &set.provisions.job_stimulus);
    if !left_out.exact {
        judged.certainty = judged.certainty.max(set.provisions.rounding_share.certainty);
    }
    judged
}

fn line(case: &Case<'_>, row: &IncomeRow, judged: &Judged<'_>, also: Vec<Explanation>) -> Line {
    let (paragraph, certainty) = cite(judged.provision, judged.certainty);
    Line {
        subject: Subject::Income { row: row.row, kind: row.kind, person: row.person, date: row_date(row) },
        amounts: Amounts::Income { received: row.amount, disregarded: judged.disregarded, counted: judged.counted },
        standing: judged.standing,
        source: row.source,
        agency: row.agency,
        because: judged.because,
        also,
        paragraph,
        table: case.rule_set(),
        certainty,
        overridden: None,
    }
}

fn row_date(row: &IncomeRow) -> Option<Date> {
    row.pay_date.or(row.period.map(|(_, last)| last))
}
