//! Every value from every source, side by side: what is stated, what an authority says, what it was and what counts.

#[cfg(test)]
mod tests;

use app::caseworker::model::{Cell, ComparisonRow};
use app::model::{AuthorityName, Finding, Phrase, Tone, Value};
use domain::authority::{Answer, AuthorityRow, NotAsked, RowKind};
use domain::form::PlainText;
use domain::id::PersonId;
use domain::kind::{ExpenseKind, IncomeKind};
use domain::norm::{ExpensePlacement, NormCalculation, RowRef, Standing, Subject, place_expense};
use domain::{Money, NormMonth, norm};
use jiff::civil::Date;

use crate::case::answers::Asked;
use crate::case::household::HouseholdMember;
use crate::case::rules;
use crate::case::signed::SignedFacts;
use crate::case::statements::Stated;

/// The month before, as it was signed and as the authorities reported it then.
pub(super) struct Previous {
    /// The month that was applied for.
    pub(super) month: NormMonth,
    stated: Stated,
    asked: Vec<Asked>,
}

impl Previous {
    /// What was signed and fetched for the month before.
    pub(super) fn new(month: NormMonth, signed: Option<&SignedFacts>, asked: Vec<Asked>) -> Self {
        Self { month, stated: signed.map(SignedFacts::stated).unwrap_or_default(), asked }
    }

    pub(super) fn asked(&self) -> &[Asked] {
        &self.asked
    }
}

/// A renewal as it stands now.
pub(super) struct Now<'a> {
    pub(super) month: NormMonth,
    pub(super) members: &'a [HouseholdMember],
    pub(super) asked: &'a [Asked],
    pub(super) stated: &'a Stated,
    /// The calculation, where it is to be told what counts.
    pub(super) result: Option<&'a NormCalculation>,
}

/// One value: a kind of income or expense of one person, or of the household.
pub(super) struct Compared {
    pub(super) kind: RowKind,
    pub(super) person: Option<PersonId>,
    /// Which bill, where it is an expense.
    pub(super) bill: Bill,
    /// What the household states.
    pub(super) stated: Option<Money>,
    /// What an authority says, and which.
    pub(super) authority: Option<(AuthorityName, Money)>,
    /// What it was the month before.
    pub(super) previous: Option<Money>,
    /// Why nothing is reported by the authority that reported it the month before.
    pub(super) silent: Option<Silence>,
    /// What counts; `None` while a human has yet to judge it.
    counted: Option<Money>,
    /// The month of the bill, where there is one of another month beside it.
    month: Option<NormMonth>,
    /// The expense rows that it is made of.
    rows: Vec<RowRef>,
    notes: Vec<PlainText>,
    reported_before_by: Option<AuthorityName>,
}

/// Whether a bill is for the month applied for. Incomes are all of one month, and have only one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bill {
    /// For the month applied for.
    OfTheMonth,
    /// For the month before.
    OfTheMonthBefore,
}

/// Tells the bills of the month applied for from those of the month before.
struct Bills {
    month: NormMonth,
    reference: NormMonth,
    /// The kinds that have a bill for the month itself. Others are paid in advance, as rent is: theirs lies in the month before.
    with_own: Vec<ExpenseKind>,
}

impl Bills {
    fn of(month: NormMonth, reference: NormMonth, stated: &Stated, asked: &[Asked]) -> Self {
        let fetched = asked.iter().flat_map(rows).filter_map(|(_, row)| match row.kind {
            RowKind::Expense(kind) => Some((kind, row.pay_date, row.period)),
            RowKind::Income(_) => None,
        });
        let stated = stated.expenses.iter().map(|expense| (expense.kind, expense.date, expense.period()));
        let is_own =
            |pay_date, period| place_expense(pay_date, period, month, reference) == ExpensePlacement::NormMonth;
        let with_own = fetched.chain(stated).filter(|(_, pay_date, period)| is_own(*pay_date, *period));
        Self { month, reference, with_own: with_own.map(|(kind, _, _)| kind).collect() }
    }

    /// Which bill it is, or none for one of another month.
    fn which(&self, kind: ExpenseKind, pay_date: Option<Date>, period: Option<(Date, Date)>) -> Option<Bill> {
        match place_expense(pay_date, period, self.month, self.reference) {
            ExpensePlacement::ReferenceMonth if self.with_own.contains(&kind) => Some(Bill::OfTheMonthBefore),
            ExpensePlacement::NormMonth | ExpensePlacement::ReferenceMonth => Some(Bill::OfTheMonth),
            ExpensePlacement::Other(_) => None,
        }
    }
}

/// The rows of an answer, each with its reference.
fn rows(asked: &Asked) -> impl Iterator<Item = (RowRef, &AuthorityRow)> {
    let content = asked.answer.as_ref().and_then(|(_, answer)| answer.content());
    let rows = content.into_iter().flat_map(|content| content.rows.iter().enumerate());
    rows.map(|(index, row)| (RowRef::Fetched(asked.row_id(index)), row))
}

/// Why a source has reported nothing, or not all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// It has not answered yet.
    Waiting,
    Failed,
    /// It answered in part.
    Partly,
    /// It was not asked.
    NotAsked,
}

impl Silence {
    /// Whether a source is silent, and how.
    pub(super) fn of(asked: &Asked) -> Option<Self> {
        match asked.answer.as_ref().map(|(_, answer)| answer) {
            None => Some(Self::Waiting),
            Some(Answer::Failed(_)) => Some(Self::Failed),
            Some(Answer::Partly { .. }) => Some(Self::Partly),
            Some(Answer::NotAsked(NotAsked::SwitchedOff)) => Some(Self::NotAsked),
            Some(Answer::Answered(_) | Answer::NothingFound | Answer::NotAsked(NotAsked::NotApplicable)) => None,
        }
    }

    fn finding(self) -> Finding {
        let (key, tone) = match self {
            Self::Waiting => ("finding-cell-waiting", Tone::Warning),
            Self::Failed => ("finding-cell-failed", Tone::Bad),
            Self::Partly => ("finding-cell-partly", Tone::Warning),
            Self::NotAsked => ("finding-cell-not-asked", Tone::Warning),
        };
        Finding { text: Phrase::new(key), tone }
    }
}

/// Sets every value beside its others, incomes before expenses, in the order that lists show the kinds. What counts is what would count
/// today.
pub(super) fn compare(now: &Now<'_>, previous: Option<&Previous>) -> Vec<Compared> {
    let mut all = side_by_side(now, previous);
    for one in &mut all {
        one.counted = now.result.and_then(|result| counted(one, result));
    }
    all
}

/// The same for a renewal that has been decided: what counts is what the decision rests on.
pub(super) fn compare_decided(now: &Now<'_>, previous: Option<&Previous>, result: &NormCalculation) -> Vec<Compared> {
    let mut all = side_by_side(now, previous);
    for one in &mut all {
        one.counted = Some(lines(one, result).fold(Money::ZERO, |sum, line| sum + line.amounts.counted()));
    }
    all
}

fn side_by_side(now: &Now<'_>, previous: Option<&Previous>) -> Vec<Compared> {
    let mut all = Vec::new();
    let bills = Bills::of(now.month, rules::reference_month(now.month), now.stated, now.asked);
    add_stated(&mut all, now.stated, &bills, |one, amount, row, note| {
        *one.stated.get_or_insert(Money::ZERO) += amount;
        one.rows.push(row);
        one.notes.extend(note.cloned());
    });
    add_fetched(&mut all, now.asked, &bills, |one, authority, row, amount| {
        one.rows.push(row);
        match &mut one.authority {
            Some((_, sum)) => *sum += amount,
            None => one.authority = Some((authority.clone(), amount)),
        }
    });
    if let Some(previous) = previous {
        add_previous(&mut all, previous);
    }
    for one in &mut all {
        one.silent = silence(one, now.asked);
    }
    name_months(&mut all, &bills);
    all.sort_by_key(|one| (rank(one.kind), position(one.person, now.members), one.bill));
    all
}

/// What it was the month before. A bill of that month stands beside the same bill, as it was then.
fn add_previous(all: &mut Vec<Compared>, previous: &Previous) {
    let mut before = Vec::new();
    let bills = Bills::of(previous.month, previous.month.previous(), &previous.stated, &previous.asked);
    add_fetched(&mut before, &previous.asked, &bills, |one, authority, _, amount| {
        *one.previous.get_or_insert(Money::ZERO) += amount;
        one.reported_before_by = Some(authority.clone());
    });
    add_stated(&mut before, &previous.stated, &bills, |one, amount, _, _| {
        // What an authority reported stands before what was stated of the same.
        if one.reported_before_by.is_none() {
            *one.previous.get_or_insert(Money::ZERO) += amount;
        }
    });
    for then in before.into_iter().filter(|one| one.bill == Bill::OfTheMonth) {
        let same = |one: &&mut Compared| (one.kind, one.person) == (then.kind, then.person);
        if let Some(bill) = all.iter_mut().filter(same).find(|one| one.bill == Bill::OfTheMonthBefore) {
            bill.previous = then.previous;
        }
        let one = entry(all, then.kind, then.person, Bill::OfTheMonth);
        one.previous = then.previous;
        one.reported_before_by = then.reported_before_by;
    }
}

/// Where a value has a bill for each of two months, both say which.
fn name_months(all: &mut [Compared], bills: &Bills) {
    let of_two: Vec<_> =
        all.iter().filter(|one| one.bill == Bill::OfTheMonthBefore).map(|one| (one.kind, one.person)).collect();
    for one in all.iter_mut().filter(|one| of_two.contains(&(one.kind, one.person))) {
        one.month = Some(match one.bill {
            Bill::OfTheMonth => bills.month,
            Bill::OfTheMonthBefore => bills.reference,
        });
    }
}

fn entry(all: &mut Vec<Compared>, kind: RowKind, person: Option<PersonId>, bill: Bill) -> &mut Compared {
    let same = |one: &Compared| (one.kind, one.person, one.bill) == (kind, person, bill);
    let place = all.iter().position(same).unwrap_or_else(|| {
        all.push(Compared {
            kind,
            person,
            bill,
            stated: None,
            authority: None,
            previous: None,
            silent: None,
            counted: None,
            month: None,
            rows: Vec::new(),
            notes: Vec::new(),
            reported_before_by: None,
        });
        all.len() - 1
    });
    &mut all[place]
}

fn add_stated(
    all: &mut Vec<Compared>,
    stated: &Stated,
    bills: &Bills,
    add: impl Fn(&mut Compared, Money, RowRef, Option<&PlainText>),
) {
    for income in &stated.incomes {
        let one = entry(all, RowKind::Income(income.kind), Some(income.person), Bill::OfTheMonth);
        add(one, income.amount, RowRef::Stated(income.id), income.note.as_ref());
    }
    for expense in &stated.expenses {
        let bill = bills.which(expense.kind, expense.date, expense.period()).unwrap_or(Bill::OfTheMonth);
        let one = entry(all, RowKind::Expense(expense.kind), expense.person, bill);
        add(one, expense.amount, RowRef::Stated(expense.id), expense.note.as_ref());
    }
}

fn add_fetched(
    all: &mut Vec<Compared>,
    asked: &[Asked],
    bills: &Bills,
    add: impl Fn(&mut Compared, &AuthorityName, RowRef, Money),
) {
    let of_reference = |row: &AuthorityRow| {
        row.pay_date.or(row.period.map(|(_, last)| last)).is_some_and(|day| bills.reference.contains(day))
    };
    for one in asked {
        for (reference, row) in rows(one) {
            let bill = match row.kind {
                RowKind::Income(_) => of_reference(row).then_some(Bill::OfTheMonth),
                RowKind::Expense(kind) => bills.which(kind, row.pay_date, row.period),
            };
            if let Some(bill) = bill {
                add(entry(all, row.kind, Some(one.person), bill), &one.authority, reference, row.amount);
            }
        }
    }
}

/// Why the authority that reported a value the month before reports nothing now. One that has answered has said all that it will.
fn silence(one: &Compared, asked: &[Asked]) -> Option<Silence> {
    let authority = one.reported_before_by.as_ref().filter(|_| one.authority.is_none())?;
    let same = |other: &&Asked| other.authority == *authority && Some(other.person) == one.person;
    asked.iter().find(same).and_then(Silence::of)
}

/// The lines that a value became: of an income all of its kind, of an expense those of the bill.
fn lines<'a>(one: &'a Compared, result: &'a NormCalculation) -> impl Iterator<Item = &'a norm::Line> {
    result.lines.iter().filter(|line| match (line.subject, one.kind) {
        (Subject::Income { kind, person, .. }, RowKind::Income(wanted)) => kind == wanted && person == one.person,
        (Subject::Expense { row, .. }, RowKind::Expense(_)) => one.rows.contains(&row),
        _ => false,
    })
}

fn counted(one: &Compared, result: &NormCalculation) -> Option<Money> {
    lines(one, result)
        .try_fold(Money::ZERO, |sum, line| (line.standing != Standing::AsksHuman).then(|| sum + line.amounts.counted()))
}

fn rank(kind: RowKind) -> (u8, usize) {
    match kind {
        RowKind::Income(kind) => (0, IncomeKind::ALL.iter().position(|one| *one == kind).unwrap_or_default()),
        RowKind::Expense(kind) => (1, ExpenseKind::ALL.iter().position(|one| *one == kind).unwrap_or_default()),
    }
}

fn position(person: Option<PersonId>, members: &[HouseholdMember]) -> Option<usize> {
    person.and_then(|person| members.iter().position(|member| member.person == person))
}

/// A change from the month before.
pub(super) enum Change {
    /// Not there the month before.
    New(Money),
    Gone,
    /// More than the month before.
    Raised(Money),
    /// Less than the month before.
    Lowered(Money),
}

impl Compared {
    /// What it is, in words.
    pub(super) fn label(&self) -> Phrase {
        Phrase::new(self.kind.key())
    }

    /// What an authority says that the household says otherwise, and by how much.
    pub(super) fn differs(&self) -> Option<(&AuthorityName, Money)> {
        let (authority, fetched) = self.authority.as_ref()?;
        let difference = *fetched - self.stated?;
        (!difference.is_zero()).then(|| (authority, absolute(difference)))
    }

    /// What has changed since the month before. Silence is no change.
    pub(super) fn change(&self) -> Option<Change> {
        let now = self.authority.as_ref().map(|(_, amount)| *amount).or(self.stated);
        match (self.previous, now) {
            (None, Some(now)) => Some(Change::New(now)),
            (Some(_), None) => self.silent.is_none().then_some(Change::Gone),
            (Some(before), Some(now)) if now > before => Some(Change::Raised(now - before)),
            (Some(before), Some(now)) if now < before => Some(Change::Lowered(before - now)),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// The row as the page shows it.
    pub(super) fn row(&self, called: impl Fn(PersonId) -> Option<String>, has_previous: bool) -> ComparisonRow {
        let amount = |amount: Option<Money>| amount.map_or(Cell::Nothing, Cell::Amount);
        let notes: Vec<&str> = self.notes.iter().map(PlainText::as_str).collect();
        ComparisonRow {
            label: match self.month {
                Some(month) => {
                    Phrase::new("comparison-of-month").with("what", Value::Key(self.label().key)).with("month", month)
                }
                None => self.label(),
            },
            person: self.person.and_then(called),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
            stated: amount(self.stated),
            authority: match (&self.authority, self.silent) {
                (Some((_, before)), _) => Cell::Amount(*before),
                (None, Some(silence)) => Cell::Missing(silence.finding()),
                (None, None) => Cell::Nothing,
            },
            previous: amount(self.previous),
            counted: self.counted.map_or(Cell::Open, Cell::Amount),
            difference: self.difference(has_previous),
        }
    }

    fn difference(&self, has_previous: bool) -> Option<Finding> {
        if let Some((_, amount)) = self.differs() {
            return Some(Finding {
                text: Phrase::new("finding-difference").with("amount", amount),
                tone: Tone::Warning,
            });
        }
        let (text, tone) = match self.change().filter(|_| has_previous)? {
            Change::New(_) => (Phrase::new("finding-new"), Tone::Plain),
            Change::Gone => (Phrase::new("finding-gone"), Tone::Warning),
            Change::Raised(amount) => (Phrase::new("finding-changed-up").with("amount", amount), Tone::Plain),
            Change::Lowered(amount) => (Phrase::new("finding-changed-down").with("amount", amount), Tone::Plain),
        };
        Some(Finding { text, tone })
    }
}

fn absolute(amount: Money) -> Money {
    if amount.is_negative() { -amount } else { amount }
}
