//! Judges what is said of the household.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Context, DraftError, error, errors};
use crate::PersonNumber;
use crate::form::{FormProblem, PlainText, Typed, read};
use crate::id::PersonId;
use crate::renewal::draft::{HOUSEHOLD_CHANGE_MAX, HouseholdDraft, Section};
use crate::renewal::household_change::{
    ADDRESS_MAX, CHANGES_MAX, ChangeDraft, ChangeKind, HouseholdChange, HouseholdStatement, NAME_MAX, PERSONS_MAX,
    Relation, Sharing, Tenure,
};
use crate::renewal::small_count::SmallCount;

/// Judges the fields `household` and `household-change`, and each change by itself. Which of the two is meant is asked where a change is told
/// beside "same".
pub fn judge_household(draft: &HouseholdDraft, context: &Context) -> Result<HouseholdStatement, Vec<DraftError>> {
    match draft.answer.as_str().trim() {
        "same" if draft.change.is_blank() && draft.changes.is_empty() => Ok(HouseholdStatement::Same),
        "same" => Err(vec![error(Section::Household, "household", FormProblem::HouseholdBoth)]),
        "changed" => judge_changed(draft, context),
        _ => Err(vec![error(Section::Household, "household", FormProblem::HouseholdMissing)]),
    }
}

fn judge_changed(draft: &HouseholdDraft, context: &Context) -> Result<HouseholdStatement, Vec<DraftError>> {
    let mut found = Vec::new();
    let mut changes = Vec::new();
    for change in &draft.changes {
        match judge_change(change, context) {
            Ok(change) => changes.push(change),
            Err(errors) => found.extend(errors),
        }
    }
    // Who moves out does not live here some days, nor moves out twice.
    let mut told_of = HashSet::new();
    for change in &draft.changes {
        let person = change.person.as_str().trim();
        if !person.is_empty() && !told_of.insert(person) {
            let field = if change.kind == ChangeKind::PartTime { "count" } else { "person" };
            found.extend(errors(Section::Household, Some(change.id), [(field, Some(FormProblem::PersonTwice))]));
        }
    }
    if draft.changes.len() > CHANGES_MAX {
        found.push(error(Section::Household, "household", FormProblem::ListTooLong { max: CHANGES_MAX }));
    }
    let change = match read::text(&draft.change, HOUSEHOLD_CHANGE_MAX) {
        Ok(None) if draft.changes.is_empty() => Err(FormProblem::HouseholdChangeMissing),
        change => change,
    };
    match change {
        Ok(change) if found.is_empty() => Ok(HouseholdStatement::Changed { changes, change }),
        Ok(_) => Err(found),
        Err(problem) => {
            found.push(error(Section::Household, "household-change", problem));
            Err(found)
        }
    }
}

/// Judges one change: the fields that its kind has.
pub fn judge_change(change: &ChangeDraft, context: &Context) -> Result<HouseholdChange, Vec<DraftError>> {
    let wrong = |fields: &[(&'static str, Option<FormProblem>)]| {
        Err(errors(Section::Household, Some(change.id), fields.iter().copied()))
    };
    match change.kind {
        ChangeKind::MovedIn => {
            let relation = choice(&change.choice, Relation::from_code);
            let is_named = relation != Ok(Relation::Newborn);
            let name = unless(is_named, &change.name, NAME_MAX, FormProblem::NameMissing);
            match (name, relation, number(&change.number), day(change, context)) {
                (Ok(name), Ok(relation), Ok(number), Ok(date)) => {
                    Ok(HouseholdChange::MovedIn { name, relation, number, date })
                }
                (name, relation, number, date) => wrong(&[
                    ("name", name.err()),
                    ("choice", relation.err()),
                    ("number", number.err()),
                    ("date", date.err()),
                ]),
            }
        }
        ChangeKind::MovedOut => match (member(change, context), day(change, context)) {
            (Ok(person), Ok(date)) => Ok(HouseholdChange::MovedOut { person, date }),
            (person, date) => wrong(&[("person", person.err()), ("date", date.err())]),
        },
        ChangeKind::PartTime => {
            // A month has 28 to 31 days.
            let most = u8::try_from(context.norm_month.days()).unwrap_or(31);
            match (member(change, context), count(&change.count, 0, most)) {
                (Ok(person), Ok(days)) => Ok(HouseholdChange::PartTime { person, days }),
                // Whose days they are stands in the form and cannot be chosen.
                (person, days) => wrong(&[("count", person.err().or(days.err()))]),
            }
        }
        ChangeKind::NewHome => {
            let tenure = choice(&change.choice, Tenure::from_code);
            let has_home = tenure != Ok(Tenure::None);
            let address = unless(has_home, &change.address, ADDRESS_MAX, FormProblem::AddressMissing);
            match (address, tenure, day(change, context)) {
                (Ok(address), Ok(tenure), Ok(date)) => Ok(HouseholdChange::NewHome { address, tenure, date }),
                (address, tenure, date) => {
                    wrong(&[("address", address.err()), ("choice", tenure.err()), ("date", date.err())])
                }
            }
        }
        ChangeKind::SharedHome => {
            // Somebody more than the household.
            let least = u8::try_from(context.owners.len() + 1).unwrap_or(PERSONS_MAX).min(PERSONS_MAX);
            match (choice(&change.choice, Sharing::from_code), count(&change.count, least, PERSONS_MAX)) {
                (Ok(sharing), Ok(persons)) => Ok(HouseholdChange::SharedHome { sharing, persons }),
                (sharing, persons) => wrong(&[("choice", sharing.err()), ("count", persons.err())]),
            }
        }
    }
}

fn day(change: &ChangeDraft, context: &Context) -> Result<Date, FormProblem> {
    read::lasting_date(&change.date, context.first_day(), context.last_day(), context.norm_month.first_day())
}

/// A text that is asked for, or may be left out.
fn unless(is_needed: bool, typed: &Typed, max: usize, missing: FormProblem) -> Result<Option<PlainText>, FormProblem> {
    match read::text(typed, max)? {
        None if is_needed => Err(missing),
        text => Ok(text),
    }
}

pub(super) fn needed(typed: &Typed, max: usize, missing: FormProblem) -> Result<PlainText, FormProblem> {
    read::text(typed, max)?.ok_or(missing)
}

pub(super) fn choice<T>(typed: &Typed, from_code: impl Fn(&str) -> Option<T>) -> Result<T, FormProblem> {
    from_code(typed.as_str().trim()).ok_or(FormProblem::ChoiceMissing)
}

pub(super) fn count(typed: &Typed, least: u8, most: u8) -> Result<SmallCount, FormProblem> {
    read::count(typed, least, most).map(SmallCount)
}

fn number(typed: &Typed) -> Result<Option<PersonNumber>, FormProblem> {
    if typed.is_blank() { Ok(None) } else { read::person_number(typed).map(Some) }
}

fn member(change: &ChangeDraft, context: &Context) -> Result<PersonId, FormProblem> {
    let person = change.person.as_str().trim();
    if person.is_empty() {
        return Err(FormProblem::PersonMissing);
    }
    person.parse().ok().filter(|person| context.owners.contains(person)).ok_or(FormProblem::PersonUnknown)
}
