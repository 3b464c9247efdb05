use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::authority::RowKind;
use crate::form::Arg;
use crate::id::{ProofId, QueryId, RowId};
use crate::renewal::activity::ActivityAnswer;
use crate::renewal::document::Digest;
use crate::renewal::draft::{
    ActivityDraft, HOUSEHOLD_CHANGE_MAX, HouseholdDraft, ITEMS_MAX, ItemDraft, ListDraft, NOTE_MAX, PAYER_MAX,
};
use crate::renewal::proof::{Media, Proof};
use crate::renewal::small_count::SmallCount;

mod blocks;
mod disputes;

const PETRA: PersonId = PersonId(Uuid::from_u128(1));
const JOHAN: PersonId = PersonId(Uuid::from_u128(2));
const ELSA: PersonId = PersonId(Uuid::from_u128(0xe));

fn typed(text: &str) -> Typed {
    Typed::new(text).unwrap()
}

fn plain(text: &str) -> PlainText {
    PlainText::new(text)
}

fn context(owners: &[PersonId]) -> Context {
    let (norm_month, today) = ("2026-12".parse().unwrap(), date(2026, 11, 24));
    Context { norm_month, today, part: Part::Whole, owners: owners.to_vec() }
}

fn own_context() -> Context {
    let Context { norm_month, today, .. } = context(&[JOHAN]);
    Context::own(norm_month, today, JOHAN)
}

fn item(kind: &str, amount: &str, date: &str, person: &str, note: &str) -> ItemDraft {
    ItemDraft {
        id: StatementId(Uuid::from_u128(7)),
        kind: typed(kind),
        amount: typed(amount),
        date: typed(date),
        month: typed(""),
        person: typed(person),
        payer: typed(""),
        note: typed(note),
        carried: None,
    }
}

fn found(errors: &[DraftError]) -> Vec<(&'static str, &'static str)> {
    errors.iter().map(|error| (error.field, error.problem.key())).collect()
}

/// A draft that says something in every section.
fn whole_draft() -> Draft {
    Draft {
        contact: ContactDraft { phone: typed("070-123 45 67"), email: typed("") },
        household: HouseholdDraft { answer: typed("same"), ..HouseholdDraft::default() },
        activity: ActivityDraft { answer: typed("partly"), note: typed("Jag var sjuk."), episodes: Vec::new() },
        incomes: ListDraft { items: vec![item("wage", "3 054,50", "25/11 2026", &JOHAN.to_string(), "")], done: true },
        expenses: ListDraft { items: vec![item("rent", "6150 kr", "2026-11-30", "", "")], done: true },
        authorities_seen: true,
        message: typed("Hej!\r\nCSN har fel."),
        message_seen: true,
        ..Draft::default()
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
            activity: ActivityStatement {
                episodes: Vec::new(),
                month: "2026-11".parse().unwrap(),
                answer: ActivityAnswer::Partly,
                note: Some(plain("Jag var sjuk.")),
            },
            incomes: vec![IncomeStatement {
                id: StatementId(Uuid::from_u128(7)),
                kind: IncomeKind::Wage,
                amount: Money::from_ore(305_450),
                date: date(2026, 11, 25),
                state: RowState::Planned,
                person: JOHAN,
                payer: None,
                note: None,
                carried: None,
            }],
            expenses: vec![ExpenseStatement {
                id: StatementId(Uuid::from_u128(7)),
                kind: ExpenseKind::Rent,
                amount: Money::from_kronor(6_150),
                month: Some("2026-11".parse().unwrap()),
                date: Some(date(2026, 11, 30)),
                state: RowState::Planned,
                person: None,
                note: None,
                carried: None,
            }],
            disputes: Vec::new(),
            proofs: Proofs::default(),
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
            (Section::Household, "household", FormProblem::HouseholdMissing),
            (Section::Activity, "activity", FormProblem::ActivityMissing),
            (Section::Authorities, "authorities", FormProblem::AuthoritiesNotSeen),
            (Section::Incomes, "more", FormProblem::MoreMissing),
            (Section::Expenses, "more", FormProblem::MoreMissing),
        ]
    );
}

#[test]
fn what_was_not_done_is_explained_and_ones_own_part_may_say_nothing() {
    let judged = |answer: &str, note: &str, context: &Context| {
        let draft = ActivityDraft { answer: typed(answer), note: typed(note), episodes: Vec::new() };
        judge_activity(&draft, context).map(|said| said.map(|said| said.answer)).map_err(|errors| found(&errors))
    };
    let (whole, own) = (context(&[PETRA]), own_context());
    assert_eq!(judged("as-planned", "", &whole), Ok(Some(ActivityAnswer::AsPlanned)));
    assert_eq!(judged("nothing-planned", "Jag är pensionär.", &own), Ok(Some(ActivityAnswer::NothingPlanned)));
    for answer in ["partly", "not-done"] {
        assert_eq!(judged(answer, " ", &whole), Err(vec![("activity-note", "error-activity-note-missing")]));
    }
    assert_eq!(judged("", "", &own), Ok(None));
    for (answer, note, context) in [("", "", &whole), ("", "Jag var sjuk.", &own), ("ja", "", &own)] {
        assert_eq!(judged(answer, note, context), Err(vec![("activity", "error-activity-missing")]), "{answer}");
    }
}

#[test]
fn an_expense_is_for_the_month_that_was_said_whatever_day_was_typed() {
    let context = context(&[PETRA]);
    let rent = |month: &str, date: &str| {
        let item = ItemDraft { month: typed(month), ..item("rent", "4390", date, "", "") };
        let judged = judge_expense(&item, &context);
        judged.map(|rent| (rent.month.unwrap().to_string(), rent.state)).map_err(|errors| found(&errors))
    };
    let december = |state| Ok(("2026-12".to_owned(), state));
    assert_eq!(rent("2026-12", "2026-11-30"), december(RowState::Planned));
    assert_eq!(rent("2026-12", "2026-10-30"), december(RowState::Paid));
    assert_eq!(rent("2026-12", ""), december(RowState::Planned));
    assert_eq!(rent("", "2026-12-30"), december(RowState::Planned), "as it was typed before months were asked for");
    assert_eq!(rent("", ""), Err(vec![("month", "error-month-missing")]));
    assert_eq!(rent("", "31/11 2026"), Err(vec![("date", "error-date-not-in-calendar")]));
    for month in ["2027-01", "2025-10", "december"] {
        assert_eq!(rent(month, ""), Err(vec![("month", "error-month-unknown")]), "{month}");
    }
    assert_eq!(context.expense_months().len(), 3);
}

#[test]
fn what_comes_in_the_month_applied_for_belongs_in_the_next_renewal() {
    let context = context(&[PETRA]);
    let wage = |day| judge_income(&item("wage", "4650", day, "", ""), &context).map_err(|errors| found(&errors));
    assert!(wage("2026-11-30").is_ok() && wage("2026-10-31").is_ok());
    assert_eq!(wage("2026-12-25"), Err(vec![("date", "error-date-too-late")]));
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
                ("date", "error-date-not-in-calendar"),
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
    let rent = |person: &str| judge_expense(&item("rent", "500", "2026-11-01", person, ""), &context(&[PETRA, JOHAN]));
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
        assert_eq!(judge_income(&item("wage", "500", day, "", ""), &context(&[PETRA])).unwrap().state, state, "{day}");
    }
}

#[test]
fn dates_lie_in_fourteen_months() {
    let context = context(&[PETRA]);
    assert_eq!((context.first_day(), context.last_day()), (date(2025, 11, 1), date(2026, 12, 31)));
    for day in ["2025-11-01", "2026-12-31"] {
        assert!(judge_expense(&item("rent", "500", day, "", ""), &context).is_ok(), "{day}");
    }
    let earliest = Context { norm_month: NormMonth::new(2000, 1).unwrap(), ..context };
    assert_eq!(earliest.first_day(), date(2000, 1, 1));
}

#[test]
fn who_says_nothing_of_their_own_rows_leaves_them_as_the_first_to_sign_says() {
    let draft = Draft { message: typed("Hej!"), authorities_seen: true, ..Draft::default() };
    let own = judge_own(&draft, &own_context()).unwrap();
    assert_eq!((own.rows, own.message), (None, Some(plain("Hej!"))));
}

#[test]
fn who_has_begun_with_their_own_rows_says_all_of_it() {
    let mut draft = Draft::default();
    draft.incomes.done = true;
    let fields = |draft: &Draft| -> Vec<_> {
        judge_own(draft, &own_context()).unwrap_err().iter().map(|error| (error.section, error.field)).collect()
    };
    assert_eq!(fields(&draft), [(Section::Authorities, "authorities"), (Section::Expenses, "more")]);
    draft.authorities_seen = true;
    draft.expenses.done = true;
    let own = judge_own(&draft, &own_context()).unwrap();
    assert_eq!(own.rows, Some(OwnRows::default()), "none is a statement too");
    draft.contact.email = typed("johan");
    assert_eq!(fields(&draft), [(Section::Household, "email")]);
}

#[test]
fn what_stands_in_ones_own_part_is_ones_own() {
    let context = own_context();
    let income = judge_income(&item("wage", "500", "2026-11-20", "", ""), &context).unwrap();
    let expense = judge_expense(&item("rent", "500", "2026-12-01", "", ""), &context).unwrap();
    assert_eq!((income.person, expense.person), (JOHAN, Some(JOHAN)));
    let hers = item("wage", "500", "2026-11-20", &PETRA.to_string(), "");
    let error = judge_income(&hers, &context).unwrap_err();
    assert_eq!(error[0].problem, FormProblem::PersonUnknown);
}

#[test]
fn a_list_has_an_end() {
    let full = ListDraft { items: vec![item("wage", "1", "2026-11-01", "", ""); ITEMS_MAX], done: true };
    assert_eq!(judge_incomes(&full, &context(&[PETRA])).unwrap().len(), ITEMS_MAX);
    let over = ListDraft { items: vec![item("rent", "1", "2026-11-01", "", ""); ITEMS_MAX + 1], done: true };
    let errors = judge_expenses(&over, &context(&[PETRA])).unwrap_err();
    assert_eq!(found(&errors), [("more", "error-list-too-long")]);
    assert_eq!(errors[0].problem.args(), [("max", Arg::Count(ITEMS_MAX))]);
}

#[test]
fn how_the_household_has_changed_is_asked_only_when_it_has() {
    let judge = |answer: &str, change: &str| {
        let draft = HouseholdDraft { answer: typed(answer), change: typed(change), changes: Vec::new() };
        judge_household(&draft, &context(&[PETRA]))
    };
    assert_eq!(judge("same", "").unwrap(), HouseholdStatement::Same);
    assert_eq!(
        judge("changed", " Vi är tre nu. ").unwrap(),
        HouseholdStatement::Changed { changes: Vec::new(), change: Some(plain("Vi är tre nu.")) }
    );
    for (answer, change, expected) in [
        ("", "", ("household", "error-household-missing")),
        ("maybe", "Vi är tre nu.", ("household", "error-household-missing")),
        ("same", "Jag har flyttat.", ("household", "error-household-both")),
        ("changed", " ", ("household-change", "error-household-change-missing")),
        ("changed", &"x".repeat(HOUSEHOLD_CHANGE_MAX + 1), ("household-change", "error-text-too-long")),
    ] {
        assert_eq!(found(&judge(answer, change).unwrap_err()), [expected]);
    }
}

#[test]
fn who_pays_an_income_may_be_said_and_is_none_of_an_expense() {
    let context = context(&[PETRA]);
    let with = |payer: &str| ItemDraft { payer: typed(payer), ..item("wage", "500", "25/11 2026", "", "") };
    assert_eq!(judge_income(&with(" Lagret AB "), &context).unwrap().payer, Some(plain("Lagret AB")));
    assert_eq!(judge_income(&with(" "), &context).unwrap().payer, None);
    let errors = judge_income(&with(&"x".repeat(PAYER_MAX + 1)), &context).unwrap_err();
    assert_eq!(found(&errors), [("payer", "error-text-too-long")]);
}

#[test]
fn a_proof_goes_with_what_it_is_proof_of() {
    let proof = |id, of| Proof {
        id: ProofId(Uuid::from_u128(id)),
        of: StatementId(Uuid::from_u128(of)),
        name: plain("kvitto.jpg"),
        media: Media::Jpeg,
        pages: SmallCount(1),
        digest: Digest::of(b"kvitto"),
    };
    let proofs = Proofs { shown: vec![proof(1, 7), proof(2, 8)], later: vec![StatementId(Uuid::from_u128(9))] };
    let draft = Draft { proofs, ..whole_draft() };
    let kept = Proofs { shown: vec![proof(1, 7)], later: Vec::new() };
    assert_eq!(judge(&draft, &context(&[PETRA, JOHAN])).unwrap().proofs, kept);
    let own = Draft { expenses: ListDraft { done: true, ..ListDraft::default() }, ..draft };
    assert_eq!(judge_own(&own, &own_context()).unwrap().proofs, kept);
}

#[test]
fn contact_and_message_may_be_empty_but_not_wrong() {
    let contact = |phone: &str, email: &str| judge_contact(&ContactDraft { phone: typed(phone), email: typed(email) });
    assert_eq!(contact(" ", "").unwrap(), Contact { phone: None, email: None });
    assert_eq!(
        found(&contact("ring mig", "petra").unwrap_err()),
        [("phone", "error-phone-form"), ("email", "error-email-form")]
    );
    assert_eq!(judge_message(&typed(" ")).unwrap(), None);
    let errors = judge_message(&typed(&"x".repeat(MESSAGE_MAX + 1))).unwrap_err();
    assert_eq!(found(&errors), [("message", "error-text-too-long")]);
    assert_eq!(errors[0].problem.args(), [("max", Arg::Count(MESSAGE_MAX)), ("length", Arg::Count(MESSAGE_MAX + 1))]);
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
    (any::<u128>(), [(); 7].map(|()| any_typed())).prop_map(|(id, fields)| {
        let [kind, amount, date, month, person, payer, note] = fields;
        ItemDraft {
            id: StatementId(Uuid::from_u128(id)),
            kind,
            amount,
            date,
            month,
            person,
            payer,
            note,
            carried: None,
        }
    })
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let list =
        || (prop::collection::vec(any_item(), 0..4), any::<bool>()).prop_map(|(items, done)| ListDraft { items, done });
    let texts = [(); 7].map(|()| any_typed());
    (texts, list(), list(), any::<[bool; 2]>()).prop_map(|(texts, incomes, expenses, seen)| {
        let [phone, email, answer, change, done, why, message] = texts;
        let [authorities_seen, message_seen] = seen;
        Draft {
            contact: ContactDraft { phone, email },
            household: HouseholdDraft { answer, change, changes: Vec::new() },
            activity: ActivityDraft { answer: done, note: why, episodes: Vec::new() },
            incomes,
            expenses,
            authorities_seen,
            message,
            message_seen,
            ..Draft::default()
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
            judge_household(&draft.household, &context).err(),
            judge_activity(&draft.activity, &context).err(),
            judge_incomes(&draft.incomes, &context).err(),
            judge_expenses(&draft.expenses, &context).err(),
            judge_message(&draft.message).err(),
        ];
        let parts: usize = sections.iter().flatten().map(Vec::len).sum();
        let unseen = usize::from(!draft.authorities_seen);
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
