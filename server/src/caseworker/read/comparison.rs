//! Every value from every source, side by side: what is stated, what an authority says, what it was and what counts.

use std::collections::HashMap;

use app::caseworker::port::{Cell, ComparisonRow};
use app::port::{AuthorityName, Finding, Phrase, Tone};
use domain::authority::{Answer, AuthorityRow, NotAsked, RowKind};
use domain::form::PlainText;
use domain::id::{PersonId, RenewalId};
use domain::norm::{NormCalculation, Standing, Subject};
use domain::{Money, NormMonth};

use crate::case::answers::{self, Asked};
use crate::case::household::HouseholdMember;
use crate::case::renewal::latest_before;
use crate::case::rules;
use crate::case::statements::{Stated, expense_label, income_label};
use crate::db::TenantTx;
use crate::signing::{self, SigningError};

/// The month before, as it was signed and as the authorities told it then.
pub(super) struct Previous {
    /// The month that was applied for.
    pub(super) month: NormMonth,
    stated: Stated,
    asked: Vec<Asked>,
}

impl Previous {
    /// The latest renewal before this one, if there is any.
    pub(super) async fn read(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Self>, SigningError> {
        Ok(Self::read_each(tx, &[renewal]).await?.remove(&renewal))
    }

    /// The same of each of these renewals; one that is the first of its case is not among them.
    pub(super) async fn read_each(
        tx: &mut TenantTx,
        renewals: &[RenewalId],
    ) -> Result<HashMap<RenewalId, Self>, SigningError> {
        let before = latest_before(tx, renewals).await?;
        let ids: Vec<RenewalId> = before.values().map(|(id, _)| *id).collect();
        let mut cores = signing::signed_cores(tx, &ids).await?;
        let mut answers = answers::newest_of(tx, &ids).await?;
        let previous = before.into_iter().map(|(renewal, (id, month))| {
            let stated = cores.remove(&id).map(|core| Stated::from(&core)).unwrap_or_default();
            (renewal, Self { month, stated, asked: answers.remove(&id).unwrap_or_default() })
        });
        Ok(previous.collect())
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
    /// What it is.
    pub(super) kind: RowKind,
    /// Whose.
    pub(super) person: Option<PersonId>,
    /// What the household states.
    pub(super) stated: Option<Money>,
    /// What an authority says, and which.
    pub(super) authority: Option<(AuthorityName, Money)>,
    /// What it was the month before.
    pub(super) previous: Option<Money>,
    /// Why nothing is told by the authority that told it the month before.
    pub(super) silent: Option<Silence>,
    /// What counts; `None` while a human has yet to judge it.
    counted: Option<Money>,
    notes: Vec<PlainText>,
    told_before_by: Option<AuthorityName>,
}

/// Why a source has told nothing, or not all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// It has not answered yet.
    Waiting,
    /// It failed.
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
            Some(Answer::NotAsked(NotAsked::SwitchedOff | NotAsked::AwaitsCoApplicant)) => Some(Self::NotAsked),
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

/// Sets every value beside its others, incomes before expenses, in the order that lists show the kinds.
pub(super) fn compare(now: &Now<'_>, previous: Option<&Previous>) -> Vec<Compared> {
    let mut all = Vec::new();
    add_stated(&mut all, now.stated, |one, amount, note| {
        *one.stated.get_or_insert(Money::ZERO) += amount;
        one.notes.extend(note.cloned());
    });
    add_told(&mut all, now.asked, rules::reference_month(now.month), |one, authority, amount| {
        match &mut one.authority {
            Some((_, sum)) => *sum += amount,
            None => one.authority = Some((authority.clone(), amount)),
        }
    });
    if let Some(previous) = previous {
        add_told(&mut all, &previous.asked, previous.month.previous(), |one, authority, amount| {
            *one.previous.get_or_insert(Money::ZERO) += amount;
            one.told_before_by = Some(authority.clone());
        });
        add_stated(&mut all, &previous.stated, |one, amount, _| {
            // What an authority told stands before what was stated of the same.
            if one.told_before_by.is_none() {
                *one.previous.get_or_insert(Money::ZERO) += amount;
            }
        });
    }
    for one in &mut all {
        one.silent = silence(one, now.asked);
        one.counted = now.result.and_then(|result| counted(one, result));
    }
    all.sort_by_key(|one| (rank(one.kind), position(one.person, now.members)));
    all
}

fn entry(all: &mut Vec<Compared>, kind: RowKind, person: Option<PersonId>) -> &mut Compared {
    let place = all.iter().position(|one| one.kind == kind && one.person == person).unwrap_or_else(|| {
        all.push(Compared {
            kind,
            person,
            stated: None,
            authority: None,
            previous: None,
            silent: None,
            counted: None,
            notes: Vec::new(),
            told_before_by: None,
        });
        all.len() - 1
    });
    &mut all[place]
}

fn add_stated(all: &mut Vec<Compared>, stated: &Stated, add: impl Fn(&mut Compared, Money, Option<&PlainText>)) {
    for income in &stated.incomes {
        let one = entry(all, RowKind::Income(income.kind), Some(income.person));
        add(one, income.amount, income.note.as_ref());
    }
    for expense in &stated.expenses {
        let one = entry(all, RowKind::Expense(expense.kind), expense.person);
        add(one, expense.amount, expense.note.as_ref());
    }
}

fn add_told(
    all: &mut Vec<Compared>,
    asked: &[Asked],
    month: NormMonth,
    add: impl Fn(&mut Compared, &AuthorityName, Money),
) {
    let of_month =
        |row: &&AuthorityRow| row.pay_date.or(row.period.map(|(_, last)| last)).is_some_and(|day| month.contains(day));
    for one in asked {
        let Some(content) = one.answer.as_ref().and_then(|(_, answer)| answer.content()) else { continue };
        for row in content.rows.iter().filter(of_month) {
            add(entry(all, row.kind, Some(one.person)), &one.authority, row.amount);
        }
    }
}

/// Why the authority that told a value the month before tells nothing now. One that has answered has said all that it will.
fn silence(one: &Compared, asked: &[Asked]) -> Option<Silence> {
    let authority = one.told_before_by.as_ref().filter(|_| one.authority.is_none())?;
    let same = |other: &&Asked| other.authority == *authority && Some(other.person) == one.person;
    asked.iter().find(same).and_then(Silence::of)
}

fn counted(one: &Compared, result: &NormCalculation) -> Option<Money> {
    let of_value = |subject: Subject| match (subject, one.kind) {
        (Subject::Income { kind, person, .. }, RowKind::Income(wanted)) => kind == wanted && person == one.person,
        (Subject::Expense { kind, person, .. }, RowKind::Expense(wanted)) => kind == wanted && person == one.person,
        _ => false,
    };
    let mut lines = result.lines.iter().filter(|line| of_value(line.subject));
    lines
        .try_fold(Money::ZERO, |sum, line| (line.standing != Standing::AsksHuman).then(|| sum + line.amounts.counted()))
}

fn rank(kind: RowKind) -> (u8, usize) {
    use domain::kind::{ExpenseKind, IncomeKind};
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
    /// No longer there.
    Gone,
    /// More than the month before.
    Raised(Money),
    /// Less than the month before.
    Lowered(Money),
}

impl Compared {
    /// What it is, in words.
    pub(super) fn label(&self) -> Phrase {
        match self.kind {
            RowKind::Income(kind) => income_label(kind),
            RowKind::Expense(kind) => expense_label(kind),
        }
    }

    /// What an authority says that the household says otherwise, and by how much.
    pub(super) fn differs(&self) -> Option<(&AuthorityName, Money)> {
        let (authority, told) = self.authority.as_ref()?;
        let difference = *told - self.stated?;
        (!difference.is_zero()).then(|| (authority, absolute(difference)))
    }

    /// What has changed since the month before. Silence is no change.
    pub(super) fn change(&self) -> Option<Change> {
        let now = self.authority.as_ref().map(|(_, told)| *told).or(self.stated);
        match (self.previous, now) {
            (None, Some(now)) => Some(Change::New(now)),
            (Some(_), None) => self.silent.is_none().then_some(Change::Gone),
            (Some(before), Some(now)) if now > before => Some(Change::Raised(now - before)),
            (Some(before), Some(now)) if now < before => Some(Change::Lowered(before - now)),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// The row as the page shows it.
    pub(super) fn row(&self, members: &[HouseholdMember], has_previous: bool) -> ComparisonRow {
        let amount = |amount: Option<Money>| amount.map_or(Cell::Nothing, Cell::Amount);
        let given =
            |person| members.iter().find(|member| member.person == person).map(|member| member.name.given.clone());
        let notes: Vec<&str> = self.notes.iter().map(PlainText::as_str).collect();
        ComparisonRow {
            label: self.label(),
            person: self.person.and_then(given),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
            stated: amount(self.stated),
            authority: match (&self.authority, self.silent) {
                (Some((_, told)), _) => Cell::Amount(*told),
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
