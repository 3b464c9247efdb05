//! Judges a draft: every section gives typed values, or the errors of its fields.

mod activity;
mod disputes;
mod household;
mod items;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::activity::ActivityStatement;
use super::dispute::Dispute;
use super::draft::{ContactDraft, Draft, MESSAGE_MAX, Part, Section};
use super::episode::{Certificate, Episode};
use super::household_change::HouseholdStatement;
use super::proof::Proofs;
use crate::authority::RowState;
use crate::form::{FormProblem, PlainText, Typed, read};
use crate::id::{PersonId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::wire::wire_struct;
use crate::{Money, NormMonth};

pub use activity::{judge_activity, judge_episode};
pub use disputes::{judge_dispute, judge_disputes};
pub use household::{judge_change, judge_household};
pub use items::{expense_date, expense_month, income_date, judge_expense, judge_expenses, judge_income, judge_incomes};

/// The largest amount of one statement.
pub const AMOUNT_LIMIT: Money = Money::from_kronor(1_000_000);

/// How many months before the norm month a statement's date may lie.
pub const MONTHS_BACK: i32 = 13;

/// How many months before the norm month an expense may be for, as its form asks.
const MONTHS_ASKED: i32 = 2;

/// What a draft is judged against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The month applied for.
    pub norm_month: NormMonth,
    /// The business date: a later day is planned, not paid.
    pub today: Date,
    /// Whose part it is.
    pub part: Part,
    /// The members of the household that an income or expense can belong to; of one's own part, oneself.
    pub owners: Vec<PersonId>,
}

impl Context {
    /// What a person's own part of a renewal is judged against.
    pub fn own(norm_month: NormMonth, today: Date, person: PersonId) -> Self {
        Self { norm_month, today, part: Part::Own, owners: vec![person] }
    }

    /// The first day that a statement may have.
    pub fn first_day(&self) -> Date {
        self.norm_month.checked_add(-MONTHS_BACK).unwrap_or(self.norm_month).first_day()
    }

    /// The last day that a statement may have.
    pub fn last_day(&self) -> Date {
        self.norm_month.last_day()
    }

    /// The months that an expense can be said to be for, the one applied for first.
    pub fn expense_months(&self) -> Vec<NormMonth> {
        (0..=MONTHS_ASKED).filter_map(|back| self.norm_month.checked_add(-back)).collect()
    }

    /// The month that incomes are mostly of: the one before the month applied for.
    pub fn incomes_about(&self) -> NormMonth {
        self.norm_month.previous()
    }

    /// The month that expenses are mostly of: the one applied for.
    pub const fn expenses_about(&self) -> NormMonth {
        self.norm_month
    }
}

/// One field that cannot be taken as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftError {
    /// The section that the field stands in.
    pub section: Section,
    /// The row, when the field belongs to one.
    pub item: Option<StatementId>,
    /// The field's name in the form, such as `household-change`.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: FormProblem,
}

impl DraftError {
    /// The row whose own page the field stands on. What has changed in a household stands on one page,
    /// all of it, and so does what a month has been.
    pub const fn own_page(&self) -> Option<StatementId> {
        match self.section {
            Section::Household | Section::Activity => None,
            Section::Authorities | Section::Incomes | Section::Expenses | Section::Message => self.item,
        }
    }

    /// The field's name in the form of its page.
    pub fn form_field(&self) -> String {
        match self.item {
            Some(item) if self.own_page().is_none() => format!("{}-{item}", self.field),
            _ => self.field.to_owned(),
        }
    }
}

/// What a renewal says, when all of it can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// How to reach the person.
    pub contact: Contact,
    /// Whether the household is as registered.
    pub household: HouseholdStatement,
    /// What the person has done to get work.
    pub activity: ActivityStatement,
    /// Incomes that the person states.
    pub incomes: Vec<IncomeStatement>,
    /// Expenses that the person states.
    pub expenses: Vec<ExpenseStatement>,
    /// What the person says is wrong with what authorities answered about them.
    pub disputes: Vec<Dispute>,
    /// What the person shows beside it.
    pub proofs: Proofs,
    /// A message to the caseworker.
    pub message: Option<PlainText>,
}

/// What the other adult says of themselves, when all of it can be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnStatements {
    /// How to reach them.
    pub contact: Contact,
    /// What they have done to get work, where they say so.
    pub activity: Option<ActivityStatement>,
    /// Their own incomes and expenses; `None` where they have said nothing of those, and what the first to sign says of them stands.
    pub rows: Option<OwnRows>,
    /// What they say is wrong with what authorities answered about them.
    pub disputes: Vec<Dispute>,
    /// What they show beside it.
    pub proofs: Proofs,
    /// A message to the caseworker.
    pub message: Option<PlainText>,
}

/// What a person says of their own incomes and expenses, each of which is theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnRows {
    /// Their incomes.
    pub incomes: Vec<IncomeStatement>,
    /// Their expenses.
    pub expenses: Vec<ExpenseStatement>,
}

/// How to reach the person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Telephone, as the person spells it.
    pub phone: Option<PlainText>,
    /// An address of the form that every address has.
    pub email: Option<PlainText>,
}

/// An own income (lämnad inkomst).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeStatement {
    /// The same from the draft to the decision.
    pub id: StatementId,
    /// As the person chose.
    pub kind: IncomeKind,
    /// The amount that reaches the person.
    pub amount: Money,
    /// The day of payment.
    pub date: Date,
    /// Planned when the day lies after the business date.
    pub state: RowState,
    /// The member of the household whose it is.
    pub person: PersonId,
    /// Who pays it, in the person's words; absent where they do not say, and in the schemas of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PlainText>,
    /// What the person says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PlainText>,
    /// The norm month in whose renewal it was typed, where it was carried over from there as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<NormMonth>,
}

/// An own expense (lämnad utgift).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpenseStatement {
    /// The same from the draft to the decision.
    pub id: StatementId,
    /// As the person chose.
    pub kind: ExpenseKind,
    /// The amount to pay.
    pub amount: Money,
    /// The month that it is for, whichever day it falls due; absent in the schemas of before, where the day tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<NormMonth>,
    /// The day that it falls due or was paid, where that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Planned when its day, or the last day of its month, lies after the business date.
    pub state: RowState,
    /// Whose it is; `None` is the whole household's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What the person says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PlainText>,
    /// The norm month in whose renewal it was typed, where it was carried over from there as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<NormMonth>,
}

impl ExpenseStatement {
    /// The month that it is for: the one that was said, else that of its day.
    pub fn for_month(&self) -> Option<NormMonth> {
        self.month.or_else(|| NormMonth::of(self.date?).ok())
    }

    /// The first and last day of the month that was said.
    pub fn period(&self) -> Option<(Date, Date)> {
        self.month.map(|month| (month.first_day(), month.last_day()))
    }
}

impl Statements {
    /// What is the writer's own beside what both sign. Their incomes and expenses stand in that.
    pub fn own(&self) -> OwnStatements {
        OwnStatements {
            contact: self.contact.clone(),
            activity: Some(self.activity.clone()),
            rows: None,
            disputes: self.disputes.clone(),
            proofs: self.proofs.clone(),
            message: self.message.clone(),
        }
    }
}

/// Judges a whole draft. All errors are given at once, in the order of the task list.
pub fn judge(draft: &Draft, context: &Context) -> Result<Statements, Vec<DraftError>> {
    let mut errors = Vec::new();
    let contact = keep(&mut errors, judge_contact(&draft.contact));
    let household = keep(&mut errors, judge_household(&draft.household, context));
    let activity = keep(&mut errors, judge_activity(&draft.activity, context)).flatten();
    if !draft.authorities_seen {
        errors.push(error(Section::Authorities, "authorities", FormProblem::AuthoritiesNotSeen));
    }
    let disputes = keep(&mut errors, judge_disputes(&draft.disputes, context));
    let incomes = keep(&mut errors, judge_incomes(&draft.incomes, context));
    let expenses = keep(&mut errors, judge_expenses(&draft.expenses, context));
    let message = keep(&mut errors, judge_message(&draft.message));
    match (contact, household, activity, disputes, incomes, expenses, message) {
        (
            Some(contact),
            Some(household),
            Some(activity),
            Some(disputes),
            Some(incomes),
            Some(expenses),
            Some(message),
        ) if errors.is_empty() => {
            let proofs = proofs_of(draft, Some(&activity));
            Ok(Statements { contact, household, activity, incomes, expenses, disputes, proofs, message })
        }
        _ => Err(errors),
    }
}

/// Judges one's own part, as [`judge`]. Nobody has to say anything of their own incomes and expenses; who has begun to says all of it.
pub fn judge_own(draft: &Draft, context: &Context) -> Result<OwnStatements, Vec<DraftError>> {
    let mut errors = Vec::new();
    let contact = keep(&mut errors, judge_contact(&draft.contact));
    let activity = keep(&mut errors, judge_activity(&draft.activity, context));
    let disputes = keep(&mut errors, judge_disputes(&draft.disputes, context));
    let rows = keep(&mut errors, judge_own_rows(draft, context));
    let message = keep(&mut errors, judge_message(&draft.message));
    match (contact, activity, disputes, rows, message) {
        (Some(contact), Some(activity), Some(disputes), Some(rows), Some(message)) if errors.is_empty() => {
            let proofs = proofs_of(draft, activity.as_ref());
            Ok(OwnStatements { contact, activity, rows, disputes, proofs, message })
        }
        _ => Err(errors),
    }
}

/// What is shown of what is stated, and what is to come later: the certificates that are, and are not shown, among it.
fn proofs_of(draft: &Draft, activity: Option<&ActivityStatement>) -> Proofs {
    let mut proofs = draft.proofs.only_of(&draft.statements());
    for episode in activity.iter().flat_map(|activity| &activity.episodes) {
        if let Episode::SickLeave { id: Some(id), certificate: Certificate::Later, .. } = episode {
            let is_later = proofs.of(*id).next().is_none();
            proofs.set_later(*id, is_later);
        }
    }
    proofs
}

fn judge_own_rows(draft: &Draft, context: &Context) -> Result<Option<OwnRows>, Vec<DraftError>> {
    if !draft.has_begun_rows() {
        return Ok(None);
    }
    let mut errors = Vec::new();
    if !draft.authorities_seen {
        errors.push(error(Section::Authorities, "authorities", FormProblem::AuthoritiesNotSeen));
    }
    let incomes = keep(&mut errors, judge_incomes(&draft.incomes, context));
    let expenses = keep(&mut errors, judge_expenses(&draft.expenses, context));
    match (incomes, expenses) {
        (Some(incomes), Some(expenses)) if errors.is_empty() => Ok(Some(OwnRows { incomes, expenses })),
        _ => Err(errors),
    }
}

/// Judges the fields `phone` and `email`. Both may be empty.
pub fn judge_contact(draft: &ContactDraft) -> Result<Contact, Vec<DraftError>> {
    match (read::phone(&draft.phone), read::email(&draft.email)) {
        (Ok(phone), Ok(email)) => Ok(Contact { phone, email }),
        (phone, email) => Err(errors(Section::Household, None, [("phone", phone.err()), ("email", email.err())])),
    }
}

/// Judges the field `message`; empty is no message.
pub fn judge_message(message: &Typed) -> Result<Option<PlainText>, Vec<DraftError>> {
    read::text(message, MESSAGE_MAX).map_err(|problem| vec![error(Section::Message, "message", problem)])
}

fn error(section: Section, field: &'static str, problem: FormProblem) -> DraftError {
    DraftError { section, item: None, field, problem }
}

fn keep<T>(errors: &mut Vec<DraftError>, result: Result<T, Vec<DraftError>>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(found) => {
            errors.extend(found);
            None
        }
    }
}

fn errors(
    section: Section,
    item: Option<StatementId>,
    fields: impl IntoIterator<Item = (&'static str, Option<FormProblem>)>,
) -> Vec<DraftError> {
    fields
        .into_iter()
        .filter_map(|(field, problem)| problem.map(|problem| DraftError { section, item, field, problem }))
        .collect()
}

wire_struct!(Context { norm_month, today, part, owners });

#[cfg(test)]
mod tests;
