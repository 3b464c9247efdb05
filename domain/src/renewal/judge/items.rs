//! Judges own incomes and own expenses.

use jiff::civil::Date;

use super::{
    AMOUNT_LIMIT, Context, DraftError, ExpenseStatement, IncomeStatement, MONTHS_BACK, Part, Section, error, errors,
    keep,
};
use crate::authority::RowState;
use crate::form::{FormProblem, PlainText, read};
use crate::id::PersonId;
use crate::kind::{ExpenseKind, IncomeKind};
use crate::renewal::draft::{ITEMS_MAX, ItemDraft, ListDraft, NOTE_MAX, PAYER_MAX};
use crate::{Money, NormMonth};

/// Judges the list of incomes: every row, their number, and that the person has said that there are no more.
pub fn judge_incomes(list: &ListDraft, context: &Context) -> Result<Vec<IncomeStatement>, Vec<DraftError>> {
    judge_list(Section::Incomes, list, |item| judge_income(item, context))
}

/// Judges the list of expenses, as [`judge_incomes`].
pub fn judge_expenses(list: &ListDraft, context: &Context) -> Result<Vec<ExpenseStatement>, Vec<DraftError>> {
    judge_list(Section::Expenses, list, |item| judge_expense(item, context))
}

/// Judges one income: the fields `kind`, `amount`, `date`, `person`, `payer`, `note`. What comes in the month applied for belongs in the next renewal.
/// Where only one person can own it, `person` may be empty; a kind "other" needs a note.
pub fn judge_income(item: &ItemDraft, context: &Context) -> Result<IncomeStatement, Vec<DraftError>> {
    let kind = kind(item, IncomeKind::from_code);
    let owner = person(item, context).and_then(|person| person.or(sole(context)).ok_or(FormProblem::PersonMissing));
    let payer = read::text(&item.payer, PAYER_MAX);
    let note = note(item, kind == Ok(IncomeKind::Other));
    match (kind, amount(item), income_date(item, context), owner, payer, note) {
        (Ok(kind), Ok(amount), Ok(date), Ok(person), Ok(payer), Ok(note)) => {
            let (id, carried, state) = (item.id, item.carried, state(date, context));
            Ok(IncomeStatement { id, kind, amount, date, state, person, payer, note, carried })
        }
        (kind, amount, date, person, payer, note) => {
            let found = [
                ("kind", kind.err()),
                ("amount", amount.err()),
                ("date", date.err()),
                ("person", person.err()),
                ("payer", payer.err()),
                ("note", note.err()),
            ];
            Err(errors(Section::Incomes, Some(item.id), found))
        }
    }
}

/// Judges one expense: the fields `kind`, `amount`, `month`, `date`, `person`, `note`, as [`judge_income`]. `date` may be empty; what was
/// typed before months were asked for is of the month of its date. An empty `person` means the whole household, and so does the only one that it can be. In one's
/// own part it is one's own.
pub fn judge_expense(item: &ItemDraft, context: &Context) -> Result<ExpenseStatement, Vec<DraftError>> {
    let kind = kind(item, ExpenseKind::from_code);
    let note = note(item, kind == Ok(ExpenseKind::Other));
    let owner = person(item, context).map(|person| match context.part {
        Part::Whole => person.filter(|_| sole(context).is_none()),
        Part::Own => person.or(sole(context)),
    });
    match (kind, amount(item), expense_month(item, context), expense_date(item, context), owner, note) {
        (Ok(kind), Ok(amount), Ok(month), Ok(date), Ok(person), Ok(note)) => {
            let state = state(date.unwrap_or_else(|| month.last_day()), context);
            let (id, carried, month) = (item.id, item.carried, Some(month));
            Ok(ExpenseStatement { id, kind, amount, month, date, state, person, note, carried })
        }
        (kind, amount, month, date, person, note) => {
            let found = [
                ("kind", kind.err()),
                ("amount", amount.err()),
                ("month", month.err()),
                ("date", date.err()),
                ("person", person.err()),
                ("note", note.err()),
            ];
            Err(errors(Section::Expenses, Some(item.id), found))
        }
    }
}

fn kind<K>(item: &ItemDraft, from_code: impl Fn(&str) -> Option<K>) -> Result<K, FormProblem> {
    match item.kind.as_str().trim() {
        "" => Err(FormProblem::KindMissing),
        code => from_code(code).ok_or(FormProblem::KindUnknown),
    }
}

fn amount(item: &ItemDraft) -> Result<Money, FormProblem> {
    read::amount(&item.amount, AMOUNT_LIMIT)
}

/// Judges the day that an income came or will come.
pub fn income_date(item: &ItemDraft, context: &Context) -> Result<Date, FormProblem> {
    let last = context.incomes_about().last_day();
    read::date(&item.date, context.first_day(), last, last)
}

/// Judges the day that an expense falls due or was paid, which need not be said.
pub fn expense_date(item: &ItemDraft, context: &Context) -> Result<Option<Date>, FormProblem> {
    if item.date.is_blank() {
        return Ok(None);
    }
    let last = context.last_day();
    read::date(&item.date, context.first_day(), last, last).map(Some)
}

/// Judges the month that an expense is for; in what was typed before months were asked for, that of its day.
pub fn expense_month(item: &ItemDraft, context: &Context) -> Result<NormMonth, FormProblem> {
    let typed = item.month.as_str().trim();
    if typed.is_empty() {
        // Of a day that is wrong that alone is told.
        let day = expense_date(item, context)
            .map_or_else(|_| Ok(context.last_day()), |date| date.ok_or(FormProblem::MonthMissing))?;
        return NormMonth::of(day).map_err(|_| FormProblem::MonthMissing);
    }
    let month: NormMonth = typed.parse().map_err(|_| FormProblem::MonthUnknown)?;
    let first = context.norm_month.checked_add(-MONTHS_BACK).unwrap_or(context.norm_month);
    if (first..=context.norm_month).contains(&month) { Ok(month) } else { Err(FormProblem::MonthUnknown) }
}

fn person(item: &ItemDraft, context: &Context) -> Result<Option<PersonId>, FormProblem> {
    if item.person.is_blank() {
        return Ok(None);
    }
    let person = item.person.as_str().trim().parse().map_err(|_| FormProblem::PersonUnknown)?;
    if context.owners.contains(&person) { Ok(Some(person)) } else { Err(FormProblem::PersonUnknown) }
}

fn note(item: &ItemDraft, needed: bool) -> Result<Option<PlainText>, FormProblem> {
    match read::text(&item.note, NOTE_MAX)? {
        None if needed => Err(FormProblem::NoteMissing),
        note => Ok(note),
    }
}

fn judge_list<T>(
    section: Section,
    list: &ListDraft,
    judge_item: impl Fn(&ItemDraft) -> Result<T, Vec<DraftError>>,
) -> Result<Vec<T>, Vec<DraftError>> {
    let mut errors = Vec::new();
    let statements: Vec<T> = list.items.iter().filter_map(|item| keep(&mut errors, judge_item(item))).collect();
    if list.items.len() > ITEMS_MAX {
        errors.push(error(section, "more", FormProblem::ListTooLong { max: ITEMS_MAX }));
    }
    if !list.done {
        errors.push(error(section, "more", FormProblem::MoreMissing));
    }
    if errors.is_empty() { Ok(statements) } else { Err(errors) }
}

/// The only person who can own a row, when there is only one.
fn sole(context: &Context) -> Option<PersonId> {
    if let [owner] = context.owners[..] { Some(owner) } else { None }
}

fn state(date: Date, context: &Context) -> RowState {
    if date > context.today { RowState::Planned } else { RowState::Paid }
}
