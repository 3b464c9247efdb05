//! Judges a draft: every section gives typed values, or the errors of its fields.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::draft::{
    ContactDraft, Draft, HOUSEHOLD_CHANGE_MAX, HouseholdDraft, ITEMS_MAX, ItemDraft, ListDraft, MESSAGE_MAX, NOTE_MAX,
    Section,
};
use crate::authority::RowState;
use crate::form::{Arg, PlainText, Problem, Typed, read};
use crate::id::{PersonId, StatementId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::{Money, NormMonth};

/// The largest amount of one statement.
pub const AMOUNT_LIMIT: Money = Money::from_kronor(1_000_000);

/// How many months before the norm month a statement's date may lie.
pub const MONTHS_BACK: i32 = 13;

/// What a draft is judged against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The month applied for.
    pub norm_month: NormMonth,
    /// The business date: a later day is planned, not paid.
    pub today: Date,
    /// The members of the household that an income or expense can belong to.
    pub owners: Vec<PersonId>,
}

impl Context {
    /// The first day that a statement may have.
    pub fn first_day(&self) -> Date {
        self.norm_month.checked_add(-MONTHS_BACK).unwrap_or(self.norm_month).first_day()
    }

    /// The last day that a statement may have.
    pub fn last_day(&self) -> Date {
        self.norm_month.last_day()
    }
}

/// One field that cannot be taken as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError {
    /// The section that the field stands in.
    pub section: Section,
    /// The row, when the field belongs to one.
    pub item: Option<StatementId>,
    /// The field's name in the form, such as `household-change`.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

impl FieldError {
    /// The key of the text that says what is wrong and what to do.
    pub const fn key(&self) -> &'static str {
        self.problem.key()
    }

    /// The values inside the text, by name.
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        self.problem.args()
    }
}

/// What a renewal says, when all of it can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// How to reach the person.
    pub contact: Contact,
    /// Whether the household is as registered.
    pub household: HouseholdStatement,
    /// Own incomes.
    pub incomes: Vec<IncomeStatement>,
    /// Own expenses.
    pub expenses: Vec<ExpenseStatement>,
    /// A message to the caseworker.
    pub message: Option<PlainText>,
}

/// How to reach the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Telephone, as the person spells it.
    pub phone: Option<PlainText>,
    /// E-mail.
    pub email: Option<PlainText>,
}

/// Whether the household is as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", deny_unknown_fields, rename_all = "kebab-case")]
pub enum HouseholdStatement {
    /// As registered.
    Same,
    /// Changed.
    Changed {
        /// How.
        change: PlainText,
    },
}

/// An own income (lämnad inkomst).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeStatement {
    /// The row.
    pub id: StatementId,
    /// What it is.
    pub kind: IncomeKind,
    /// The amount that reaches the person.
    pub amount: Money,
    /// The day of payment.
    pub date: Date,
    /// Planned when the day lies after the business date.
    pub state: RowState,
    /// Whose it is.
    pub person: PersonId,
    /// What the person says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PlainText>,
}

/// An own expense (lämnad utgift).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpenseStatement {
    /// The row.
    pub id: StatementId,
    /// What it is.
    pub kind: ExpenseKind,
    /// The amount to pay.
    pub amount: Money,
    /// The day that it falls due or was paid.
    pub date: Date,
    /// Planned when the day lies after the business date.
    pub state: RowState,
    /// Whose it is; `None` is the whole household's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What the person says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PlainText>,
}

/// Judges a whole draft. All errors are given at once, in the order of the task list.
pub fn judge(draft: &Draft, context: &Context) -> Result<Statements, Vec<FieldError>> {
    let mut errors = Vec::new();
    let contact = keep(&mut errors, judge_contact(&draft.contact));
    let household = keep(&mut errors, judge_household(&draft.household));
    if !draft.authorities_seen {
        errors.push(error(Section::Authorities, "authorities", Problem::AuthoritiesNotSeen));
    }
    let incomes = keep(&mut errors, judge_incomes(&draft.incomes, context));
    let expenses = keep(&mut errors, judge_expenses(&draft.expenses, context));
    if !draft.payout_seen {
        errors.push(error(Section::Payout, "payout", Problem::PayoutNotSeen));
    }
    let message = keep(&mut errors, judge_message(&draft.message));
    match (contact, household, incomes, expenses, message) {
        (Some(contact), Some(household), Some(incomes), Some(expenses), Some(message)) if errors.is_empty() => {
            Ok(Statements { contact, household, incomes, expenses, message })
        }
        _ => Err(errors),
    }
}

/// Judges the fields `phone` and `email`. Both may be empty.
pub fn judge_contact(draft: &ContactDraft) -> Result<Contact, Vec<FieldError>> {
    match (read::phone(&draft.phone), read::email(&draft.email)) {
        (Ok(phone), Ok(email)) => Ok(Contact { phone, email }),
        (phone, email) => Err(errors(Section::Household, None, [("phone", phone.err()), ("email", email.err())])),
    }
}

/// Judges the fields `household` and `household-change`. A description that stands beside "same" is not used.
pub fn judge_household(draft: &HouseholdDraft) -> Result<HouseholdStatement, Vec<FieldError>> {
    match draft.answer.as_str().trim() {
        "same" => Ok(HouseholdStatement::Same),
        "changed" => match read::text(&draft.change, HOUSEHOLD_CHANGE_MAX) {
            Ok(Some(change)) => Ok(HouseholdStatement::Changed { change }),
            Ok(None) => Err(vec![error(Section::Household, "household-change", Problem::HouseholdChangeMissing)]),
            Err(problem) => Err(vec![error(Section::Household, "household-change", problem)]),
        },
        _ => Err(vec![error(Section::Household, "household", Problem::HouseholdMissing)]),
    }
}

/// Judges the list of incomes: every row, their number, and that the person has said that there are no more.
pub fn judge_incomes(list: &ListDraft, context: &Context) -> Result<Vec<IncomeStatement>, Vec<FieldError>> {
    judge_list(Section::Incomes, list, |item| judge_income(item, context))
}

/// Judges the list of expenses, as [`judge_incomes`].
pub fn judge_expenses(list: &ListDraft, context: &Context) -> Result<Vec<ExpenseStatement>, Vec<FieldError>> {
    judge_list(Section::Expenses, list, |item| judge_expense(item, context))
}

/// Judges the field `message`; empty is no message.
pub fn judge_message(message: &Typed) -> Result<Option<PlainText>, Vec<FieldError>> {
    read::text(message, MESSAGE_MAX).map_err(|problem| vec![error(Section::Message, "message", problem)])
}

/// Judges one income: the fields `kind`, `amount`, `date`, `person`, `note`. Where only one person can own it, `person` may be
/// empty; a kind "other" needs a note.
pub fn judge_income(item: &ItemDraft, context: &Context) -> Result<IncomeStatement, Vec<FieldError>> {
    let kind = kind(item, IncomeKind::from_code);
    let owner = person(item, context).and_then(|person| person.or(sole(context)).ok_or(Problem::PersonMissing));
    let note = note(item, kind == Ok(IncomeKind::Other));
    match (kind, amount(item), date(item, context), owner, note) {
        (Ok(kind), Ok(amount), Ok(date), Ok(person), Ok(note)) => {
            Ok(IncomeStatement { id: item.id, kind, amount, date, state: state(date, context), person, note })
        }
        (kind, amount, date, person, note) => {
            let found = [kind.err(), amount.err(), date.err(), person.err(), note.err()];
            Err(errors(Section::Incomes, Some(item.id), ITEM_FIELDS.into_iter().zip(found)))
        }
    }
}

/// Judges one expense, as [`judge_income`]; an empty `person` means the whole household.
pub fn judge_expense(item: &ItemDraft, context: &Context) -> Result<ExpenseStatement, Vec<FieldError>> {
    let kind = kind(item, ExpenseKind::from_code);
    let note = note(item, kind == Ok(ExpenseKind::Other));
    match (kind, amount(item), date(item, context), person(item, context), note) {
        (Ok(kind), Ok(amount), Ok(date), Ok(person), Ok(note)) => {
            Ok(ExpenseStatement { id: item.id, kind, amount, date, state: state(date, context), person, note })
        }
        (kind, amount, date, person, note) => {
            let found = [kind.err(), amount.err(), date.err(), person.err(), note.err()];
            Err(errors(Section::Expenses, Some(item.id), ITEM_FIELDS.into_iter().zip(found)))
        }
    }
}

/// The fields of a row, in the order of its page.
const ITEM_FIELDS: [&str; 5] = ["kind", "amount", "date", "person", "note"];

fn kind<K>(item: &ItemDraft, from_code: impl Fn(&str) -> Option<K>) -> Result<K, Problem> {
    match item.kind.as_str().trim() {
        "" => Err(Problem::KindMissing),
        code => from_code(code).ok_or(Problem::KindUnknown),
    }
}

fn amount(item: &ItemDraft) -> Result<Money, Problem> {
    read::amount(&item.amount, AMOUNT_LIMIT)
}

fn date(item: &ItemDraft, context: &Context) -> Result<Date, Problem> {
    read::date(&item.date, context.first_day(), context.last_day())
}

fn person(item: &ItemDraft, context: &Context) -> Result<Option<PersonId>, Problem> {
    if item.person.is_blank() {
        return Ok(None);
    }
    let person = item.person.as_str().trim().parse().map_err(|_| Problem::PersonUnknown)?;
    if context.owners.contains(&person) { Ok(Some(person)) } else { Err(Problem::PersonUnknown) }
}

fn note(item: &ItemDraft, needed: bool) -> Result<Option<PlainText>, Problem> {
    match read::text(&item.note, NOTE_MAX)? {
        None if needed => Err(Problem::NoteMissing),
        note => Ok(note),
    }
}

fn judge_list<T>(
    section: Section,
    list: &ListDraft,
    judge_item: impl Fn(&ItemDraft) -> Result<T, Vec<FieldError>>,
) -> Result<Vec<T>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let statements: Vec<T> = list.items.iter().filter_map(|item| keep(&mut errors, judge_item(item))).collect();
    if list.items.len() > ITEMS_MAX {
        errors.push(error(section, "more", Problem::ListTooLong { max: ITEMS_MAX }));
    }
    if !list.done {
        errors.push(error(section, "more", Problem::MoreMissing));
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

fn error(section: Section, field: &'static str, problem: Problem) -> FieldError {
    FieldError { section, item: None, field, problem }
}

fn keep<T>(errors: &mut Vec<FieldError>, result: Result<T, Vec<FieldError>>) -> Option<T> {
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
    fields: impl IntoIterator<Item = (&'static str, Option<Problem>)>,
) -> Vec<FieldError> {
    fields
        .into_iter()
        .filter_map(|(field, problem)| problem.map(|problem| FieldError { section, item, field, problem }))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const PETRA: PersonId = PersonId(Uuid::from_u128(1));
    const JOHAN: PersonId = PersonId(Uuid::from_u128(2));

    fn typed(text: &str) -> Typed {
        Typed::new(text).unwrap()
    }

    fn plain(text: &str) -> PlainText {
        PlainText::new(text)
    }

    fn context(owners: &[PersonId]) -> Context {
        Context { norm_month: "2026-12".parse().unwrap(), today: date(2026, 11, 24), owners: owners.to_vec() }
    }

    fn item(kind: &str, amount: &str, date: &str, person: &str, note: &str) -> ItemDraft {
        ItemDraft {
            id: StatementId(Uuid::from_u128(7)),
            kind: typed(kind),
            amount: typed(amount),
            date: typed(date),
            person: typed(person),
            note: typed(note),
        }
    }

    fn found(errors: &[FieldError]) -> Vec<(&'static str, &'static str)> {
        errors.iter().map(|error| (error.field, error.key())).collect()
    }

    /// A draft that says something in every section.
    fn whole_draft() -> Draft {
        Draft {
            contact: ContactDraft { phone: typed("070-123 45 67"), email: typed("") },
            household: HouseholdDraft { answer: typed("same"), change: typed("") },
            incomes: ListDraft {
                items: vec![item("wage", "3 054,50", "25/11 2026", &JOHAN.to_string(), "")],
                done: true,
            },
            expenses: ListDraft { items: vec![item("rent", "6150 kr", "2026-11-30", "", "")], done: true },
            authorities_seen: true,
            payout_seen: true,
            message: typed("Hej!\r\nCSN har fel."),
            message_seen: true,
        }
    }

    #[test]
    fn a_whole_draft_gives_typed_values() {
        let statements = judge(&whole_draft(), &context(&[PETRA, JOHAN])).unwrap();
        assert_eq!(
            statements,
            Statements {
                contact: Contact { phone: Some(plain("070-123 45 67")), email: None },
                household: HouseholdStatement::Same,
                incomes: vec![IncomeStatement {
                    id: StatementId(Uuid::from_u128(7)),
                    kind: IncomeKind::Wage,
                    amount: Money::from_ore(305_450),
                    date: date(2026, 11, 25),
                    state: RowState::Planned,
                    person: JOHAN,
                    note: None,
                }],
                expenses: vec![ExpenseStatement {
                    id: StatementId(Uuid::from_u128(7)),
                    kind: ExpenseKind::Rent,
                    amount: Money::from_kronor(6_150),
                    date: date(2026, 11, 30),
                    state: RowState::Planned,
                    person: None,
                    note: None,
                }],
                message: Some(plain("Hej!\nCSN har fel.")),
            }
        );
    }

    #[test]
    fn an_empty_draft_tells_all_that_is_missing_in_the_order_of_the_task_list() {
        let errors = judge(&Draft::default(), &context(&[PETRA])).unwrap_err();
        let places: Vec<_> = errors.iter().map(|error| (error.section, error.field, error.problem)).collect();
        assert_eq!(
            places,
            [
                (Section::Household, "household", Problem::HouseholdMissing),
                (Section::Authorities, "authorities", Problem::AuthoritiesNotSeen),
                (Section::Incomes, "more", Problem::MoreMissing),
                (Section::Expenses, "more", Problem::MoreMissing),
                (Section::Payout, "payout", Problem::PayoutNotSeen),
            ]
        );
    }

    #[test]
    fn every_wrong_field_of_a_row_is_told_at_once() {
        for (item, expected) in [
            (
                item("", "", "", "", ""),
                vec![
                    ("kind", "error-kind-missing"),
                    ("amount", "error-amount-missing"),
                    ("date", "error-date-missing"),
                    ("person", "error-person-missing"),
                ],
            ),
            (
                item("lottery", "tolv", "31/11 2026", "Petra", &"x".repeat(NOTE_MAX + 1)),
                vec![
                    ("kind", "error-kind-unknown"),
                    ("amount", "error-amount-not-a-number"),
                    ("date", "error-date-not-a-date"),
                    ("person", "error-person-unknown"),
                    ("note", "error-text-too-long"),
                ],
            ),
            (
                item("wage", "0", "2025-10-31", &Uuid::from_u128(3).to_string(), ""),
                vec![
                    ("amount", "error-amount-not-positive"),
                    ("date", "error-date-too-early"),
                    ("person", "error-person-unknown"),
                ],
            ),
            (
                item("wage", "1000000,01", "2027-01-01", &PETRA.to_string(), ""),
                vec![("amount", "error-amount-too-large"), ("date", "error-date-too-late")],
            ),
            (item("other", "500", "2026-11-01", &PETRA.to_string(), "  "), vec![("note", "error-note-missing")]),
            // An expense's kind is none of an income's.
            (item("rent", "500", "2026-11-01", &PETRA.to_string(), ""), vec![("kind", "error-kind-unknown")]),
        ] {
            let errors = judge_income(&item, &context(&[PETRA, JOHAN])).unwrap_err();
            assert_eq!(found(&errors), expected);
            assert!(errors.iter().all(|error| error.item == Some(item.id) && error.section == Section::Incomes));
        }
    }

    #[test]
    fn whose_an_income_is_goes_without_saying_only_for_one() {
        let nobody = item("wage", "500", "2026-11-01", " ", "");
        assert_eq!(judge_income(&nobody, &context(&[PETRA])).unwrap().person, PETRA);
        for owners in [&[][..], &[PETRA, JOHAN]] {
            let errors = judge_income(&nobody, &context(owners)).unwrap_err();
            assert_eq!(found(&errors), [("person", "error-person-missing")]);
        }
    }

    #[test]
    fn an_expense_can_be_everyones() {
        let rent =
            |person: &str| judge_expense(&item("rent", "500", "2026-11-01", person, ""), &context(&[PETRA, JOHAN]));
        assert_eq!(rent("").unwrap().person, None);
        assert_eq!(rent(&JOHAN.to_string()).unwrap().person, Some(JOHAN));
        assert_eq!(found(&rent("Johan").unwrap_err()), [("person", "error-person-unknown")]);
        let other = judge_expense(&item("other", "500", "2026-11-01", "", "Glasögon"), &context(&[PETRA])).unwrap();
        assert_eq!(other.note, Some(plain("Glasögon")));
    }

    #[test]
    fn a_day_after_today_is_planned() {
        for (day, state) in
            [("2026-11-23", RowState::Paid), ("2026-11-24", RowState::Paid), ("2026-11-25", RowState::Planned)]
        {
            assert_eq!(
                judge_income(&item("wage", "500", day, "", ""), &context(&[PETRA])).unwrap().state,
                state,
                "{day}"
            );
        }
    }

    #[test]
    fn dates_lie_in_fourteen_months() {
        let context = context(&[PETRA]);
        assert_eq!((context.first_day(), context.last_day()), (date(2025, 11, 1), date(2026, 12, 31)));
        for day in ["2025-11-01", "2026-12-31"] {
            assert!(judge_income(&item("wage", "500", day, "", ""), &context).is_ok(), "{day}");
        }
        let earliest = Context { norm_month: NormMonth::new(2000, 1).unwrap(), ..context };
        assert_eq!(earliest.first_day(), date(2000, 1, 1));
    }

    #[test]
    fn a_list_has_an_end() {
        let full = ListDraft { items: vec![item("wage", "1", "2026-11-01", "", ""); ITEMS_MAX], done: true };
        assert_eq!(judge_incomes(&full, &context(&[PETRA])).unwrap().len(), ITEMS_MAX);
        let over = ListDraft { items: vec![item("rent", "1", "2026-11-01", "", ""); ITEMS_MAX + 1], done: true };
        let errors = judge_expenses(&over, &context(&[PETRA])).unwrap_err();
        assert_eq!(found(&errors), [("more", "error-list-too-long")]);
        assert_eq!(errors[0].args(), [("max", Arg::Count(ITEMS_MAX))]);
    }

    #[test]
    fn how_the_household_has_changed_is_asked_only_when_it_has() {
        let judge = |answer: &str, change: &str| {
            judge_household(&HouseholdDraft { answer: typed(answer), change: typed(change) })
        };
        assert_eq!(judge("same", "").unwrap(), HouseholdStatement::Same);
        assert_eq!(judge("same", &"x".repeat(9_000)).unwrap(), HouseholdStatement::Same);
        assert_eq!(
            judge("changed", " Vi är tre nu. ").unwrap(),
            HouseholdStatement::Changed { change: plain("Vi är tre nu.") }
        );
        for (answer, change, expected) in [
            ("", "", ("household", "error-household-missing")),
            ("maybe", "Vi är tre nu.", ("household", "error-household-missing")),
            ("changed", " ", ("household-change", "error-household-change-missing")),
            ("changed", &"x".repeat(HOUSEHOLD_CHANGE_MAX + 1), ("household-change", "error-text-too-long")),
        ] {
            assert_eq!(found(&judge(answer, change).unwrap_err()), [expected]);
        }
    }

    #[test]
    fn contact_and_message_may_be_empty_but_not_wrong() {
        let contact =
            |phone: &str, email: &str| judge_contact(&ContactDraft { phone: typed(phone), email: typed(email) });
        assert_eq!(contact(" ", "").unwrap(), Contact { phone: None, email: None });
        assert_eq!(
            found(&contact("ring mig", "petra").unwrap_err()),
            [("phone", "error-phone-form"), ("email", "error-email-form")]
        );
        assert_eq!(judge_message(&typed(" ")).unwrap(), None);
        let errors = judge_message(&typed(&"x".repeat(MESSAGE_MAX + 1))).unwrap_err();
        assert_eq!(found(&errors), [("message", "error-text-too-long")]);
        assert_eq!(errors[0].args(), [("max", Arg::Count(MESSAGE_MAX)), ("length", Arg::Count(MESSAGE_MAX + 1))]);
    }

    fn any_typed() -> impl Strategy<Value = Typed> {
        prop_oneof![
            ".{0,12}",
            Just(String::new()),
            prop::sample::select(vec!["wage", "other", "rent", "500", "2026-11-01", "same", "changed"])
                .prop_map(String::from),
            Just(PETRA.to_string()),
            Just("x".repeat(Typed::HARD_CAP)),
        ]
        .prop_map(|text| Typed::new(text).unwrap())
    }

    fn any_item() -> impl Strategy<Value = ItemDraft> {
        (any::<u128>(), [any_typed(), any_typed(), any_typed(), any_typed(), any_typed()]).prop_map(|(id, fields)| {
            let [kind, amount, date, person, note] = fields;
            ItemDraft { id: StatementId(Uuid::from_u128(id)), kind, amount, date, person, note }
        })
    }

    fn any_draft() -> impl Strategy<Value = Draft> {
        let list = || {
            (prop::collection::vec(any_item(), 0..4), any::<bool>()).prop_map(|(items, done)| ListDraft { items, done })
        };
        let texts = [any_typed(), any_typed(), any_typed(), any_typed(), any_typed()];
        (texts, list(), list(), any::<[bool; 3]>()).prop_map(|(texts, incomes, expenses, seen)| {
            let [phone, email, answer, change, message] = texts;
            let [authorities_seen, payout_seen, message_seen] = seen;
            Draft {
                contact: ContactDraft { phone, email },
                household: HouseholdDraft { answer, change },
                incomes,
                expenses,
                authorities_seen,
                payout_seen,
                message,
                message_seen,
            }
        })
    }

    proptest! {
        #[test]
        fn any_draft_gives_values_or_errors_and_all_sections_agree(draft in any_draft()) {
            let context = context(&[PETRA, JOHAN]);
            let judged = judge(&draft, &context);
            let sections = [
                judge_contact(&draft.contact).err(),
                judge_household(&draft.household).err(),
                judge_incomes(&draft.incomes, &context).err(),
                judge_expenses(&draft.expenses, &context).err(),
                judge_message(&draft.message).err(),
            ];
            let parts: usize = sections.iter().flatten().map(Vec::len).sum();
            let unseen = usize::from(!draft.authorities_seen) + usize::from(!draft.payout_seen);
            match judged {
                Ok(statements) => {
                    prop_assert_eq!(parts + unseen, 0);
                    prop_assert_eq!(statements.incomes.len(), draft.incomes.items.len());
                    prop_assert_eq!(statements.expenses.len(), draft.expenses.items.len());
                }
                Err(errors) => prop_assert_eq!(errors.len(), parts + unseen),
            }
        }

        #[test]
        fn a_judged_row_keeps_to_every_limit(item in any_item(), known in any::<bool>()) {
            let owners = if known { vec![PETRA] } else { vec![PETRA, JOHAN] };
            let context = context(&owners);
            if let Ok(income) = judge_income(&item, &context) {
                prop_assert!(income.amount > Money::ZERO && income.amount <= AMOUNT_LIMIT);
                prop_assert!(income.date >= context.first_day() && income.date <= context.last_day());
                prop_assert!(owners.contains(&income.person));
                prop_assert!(income.note.is_none_or(|note| note.as_str().chars().count() <= NOTE_MAX));
            }
        }
    }
}
