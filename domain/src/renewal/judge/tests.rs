use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::authority::RowKind;
use crate::form::Arg;
use crate::id::{QueryId, RowId};
use crate::renewal::activity::ActivityAnswer;
use crate::renewal::block::Block;
use crate::renewal::dispute::{DISPUTES_MAX, DisputeDraft, DisputeReason, DisputeStatement};
use crate::renewal::document::RowFact;
use crate::renewal::draft::{
    ActivityDraft, HOUSEHOLD_CHANGE_MAX, HouseholdDraft, ITEMS_MAX, ItemDraft, ListDraft, NOTE_MAX,
};
use crate::renewal::episode::{AbsenceReason, Certificate, EPISODES_MAX, Episode, EpisodeDraft, EpisodeKind, Extent};
use crate::renewal::household_change::{
    CHANGES_MAX, ChangeDraft, ChangeKind, HouseholdChange, Relation, Sharing, Tenure,
};
use crate::renewal::small_count::SmallCount;

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

/// A change with these texts in its fields.
fn change(kind: ChangeKind, texts: &[(&str, &str)]) -> ChangeDraft {
    let mut change = ChangeDraft::new(StatementId(Uuid::from_u128(0xc)), kind);
    fill(&mut change, texts);
    change
}

fn fill<B: Block>(block: &mut B, texts: &[(&str, &str)]) {
    for (name, text) in texts {
        let (_, place) = B::FIELDS.iter().find(|(field, _)| field == name).unwrap();
        *place(block) = typed(text);
    }
}

#[test]
fn a_change_of_the_household_has_the_fields_of_its_kind() {
    let context = context(&[PETRA, ELSA]);
    let (moved, elsa) = (date(2026, 12, 3), ELSA.to_string());
    let number = crate::PersonNumber::parse("201703152395").unwrap();
    for (change, expected) in [
        (
            change(
                ChangeKind::MovedIn,
                &[("name", " Alva "), ("choice", "child"), ("number", "20170315 2395"), ("date", "3/12")],
            ),
            HouseholdChange::MovedIn {
                name: Some(plain("Alva")),
                relation: Relation::Child,
                number: Some(number),
                date: moved,
            },
        ),
        (
            change(ChangeKind::MovedOut, &[("person", &elsa), ("date", "3 dec")]),
            HouseholdChange::MovedOut { person: ELSA, date: moved },
        ),
        (
            change(ChangeKind::PartTime, &[("person", &elsa), ("count", "٠")]),
            HouseholdChange::PartTime { person: ELSA, days: SmallCount(0) },
        ),
        (
            change(
                ChangeKind::NewHome,
                &[("address", "Storgatan 1"), ("choice", "second-hand"), ("date", "2026-12-03")],
            ),
            HouseholdChange::NewHome { address: Some(plain("Storgatan 1")), tenure: Tenure::SecondHand, date: moved },
        ),
        (
            change(ChangeKind::MovedIn, &[("choice", "newborn"), ("date", "1/6")]),
            HouseholdChange::MovedIn { name: None, relation: Relation::Newborn, number: None, date: date(2026, 6, 1) },
        ),
        (
            change(ChangeKind::NewHome, &[("choice", "none"), ("date", "15/2")]),
            HouseholdChange::NewHome { address: None, tenure: Tenure::None, date: date(2026, 2, 15) },
        ),
        (
            change(ChangeKind::SharedHome, &[("choice", "lodger"), ("count", " 3 ")]),
            HouseholdChange::SharedHome { sharing: Sharing::Lodger, persons: SmallCount(3) },
        ),
    ] {
        assert_eq!(judge_change(&change, &context).unwrap(), expected);
    }
    for (change, expected) in [
        (
            change(ChangeKind::MovedIn, &[("number", "19900101")]),
            vec![
                ("name", "error-name-missing"),
                ("choice", "error-choice-missing"),
                ("number", "error-person-number-form"),
                ("date", "error-date-missing"),
            ],
        ),
        (
            change(ChangeKind::MovedOut, &[("date", "2027-01-01")]),
            vec![("person", "error-person-missing"), ("date", "error-date-too-late")],
        ),
        (
            change(ChangeKind::PartTime, &[("person", &JOHAN.to_string()), ("count", "32")]),
            vec![("count", "error-person-unknown")],
        ),
        (
            change(ChangeKind::NewHome, &[("choice", "castle")]),
            vec![
                ("address", "error-address-missing"),
                ("choice", "error-choice-missing"),
                ("date", "error-date-missing"),
            ],
        ),
        (
            change(ChangeKind::SharedHome, &[("choice", "free"), ("count", "2")]),
            vec![("count", "error-count-not-in-range")],
        ),
        (
            change(ChangeKind::SharedHome, &[("count", "1,5")]),
            vec![("choice", "error-choice-missing"), ("count", "error-count-not-in-range")],
        ),
    ] {
        let errors = judge_change(&change, &context).unwrap_err();
        assert_eq!(found(&errors), expected);
        assert!(errors.iter().all(|error| error.form_field() == format!("{}-{}", error.field, change.id)));
    }
}

fn episode(kind: EpisodeKind, texts: &[(&str, &str)]) -> EpisodeDraft {
    let mut episode = EpisodeDraft::new(StatementId(Uuid::from_u128(0xe1)), kind);
    fill(&mut episode, texts);
    episode
}

#[test]
fn an_episode_has_the_fields_of_its_kind() {
    let context = context(&[PETRA]);
    let (from, to) = (date(2026, 11, 3), date(2026, 11, 14));
    let days = [("from", "3/11"), ("to", "14 nov")];
    let with = |more: &[(&'static str, &'static str)]| [&days[..], more].concat();
    for (episode, expected) in [
        (
            episode(EpisodeKind::Work, &[("place", " Lagret AB "), ("from", "2024-02-01")]),
            Episode::Work { place: plain("Lagret AB"), from: date(2024, 2, 1), to: None },
        ),
        (
            episode(EpisodeKind::Work, &[("place", "Lagret AB"), ("from", "1/1"), ("to", "2029-06-30")]),
            Episode::Work { place: plain("Lagret AB"), from: date(2026, 1, 1), to: Some(date(2029, 6, 30)) },
        ),
        (
            episode(EpisodeKind::Study, &with(&[("place", "Komvux")])),
            Episode::Study { place: plain("Komvux"), from, to: Some(to) },
        ),
        (
            episode(
                EpisodeKind::SickLeave,
                &[("from", "3/11"), ("to", "2027-02-28"), ("extent", "half"), ("choice", "later")],
            ),
            Episode::SickLeave { from, to: date(2027, 2, 28), extent: Extent::Half, certificate: Certificate::Later },
        ),
        (
            episode(EpisodeKind::ParentalLeave, &[("from", "3/11"), ("extent", "full")]),
            Episode::ParentalLeave { from, to: None, extent: Extent::Full },
        ),
        (
            episode(EpisodeKind::Activity, &[("place", "Praktik"), ("planned", "40"), ("done", "٣٢")]),
            Episode::Activity { what: plain("Praktik"), planned: SmallCount(40), done: SmallCount(32) },
        ),
        (
            episode(EpisodeKind::Absence, &with(&[("choice", "child-ill")])),
            Episode::Absence { from, to, reason: AbsenceReason::ChildIll, why: None },
        ),
    ] {
        assert_eq!(judge_episode(&episode, &context).unwrap(), expected);
    }
    for (episode, expected) in [
        (
            episode(EpisodeKind::Work, &[("to", "14/11")]),
            vec![("place", "error-place-missing"), ("from", "error-date-missing")],
        ),
        (
            episode(EpisodeKind::SickLeave, &[("from", "14/11"), ("to", "3/11"), ("extent", "all")]),
            vec![
                ("to", "error-last-day-before-first"),
                ("extent", "error-choice-missing"),
                ("choice", "error-choice-missing"),
            ],
        ),
        (
            episode(EpisodeKind::Absence, &[("from", "3/10"), ("to", "4/10"), ("choice", "ill")]),
            vec![("to", "error-date-too-early")],
        ),
        (
            episode(EpisodeKind::ParentalLeave, &[("from", "2027-01-01"), ("extent", "full")]),
            vec![("from", "error-date-too-late")],
        ),
        (
            episode(EpisodeKind::Activity, &[("place", "Praktik"), ("planned", "many"), ("done", "201")]),
            vec![("planned", "error-count-not-in-range"), ("done", "error-count-not-in-range")],
        ),
        (episode(EpisodeKind::Absence, &with(&[("choice", "other")])), vec![("why", "error-note-missing")]),
    ] {
        let errors = judge_episode(&episode, &context).unwrap_err();
        assert_eq!(found(&errors), expected);
        assert!(errors.iter().all(|error| error.form_field() == format!("{}-{}", error.field, episode.id)));
    }
}

#[test]
fn an_episode_is_told_beside_the_answer_and_not_instead_of_it() {
    let whole = context(&[PETRA]);
    let own = Context { part: Part::Own, ..whole.clone() };
    let work = episode(EpisodeKind::Work, &[("place", "Lagret AB"), ("from", "3/11")]);
    let draft = |answer: &str, episodes: Vec<EpisodeDraft>| ActivityDraft {
        answer: typed(answer),
        episodes,
        ..ActivityDraft::default()
    };
    let told = judge_activity(&draft("as-planned", vec![work.clone()]), &whole).unwrap().unwrap();
    assert_eq!(told.episodes.len(), 1);
    for context in [&whole, &own] {
        let unanswered = judge_activity(&draft("", vec![work.clone()]), context).unwrap_err();
        assert_eq!(found(&unanswered), [("activity", "error-activity-missing")]);
    }
    let many = judge_activity(&draft("as-planned", vec![work; EPISODES_MAX + 1]), &whole).unwrap_err();
    assert_eq!(found(&many), [("activity", "error-list-too-long")]);
}

#[test]
fn a_change_by_itself_says_that_the_household_has_changed() {
    let context = context(&[PETRA]);
    let shared = change(ChangeKind::SharedHome, &[("choice", "free"), ("count", "2")]);
    let draft = |answer: &str, changes: Vec<ChangeDraft>| HouseholdDraft {
        answer: typed(answer),
        changes,
        ..HouseholdDraft::default()
    };
    let stated = judge_household(&draft("changed", vec![shared.clone()]), &context).unwrap();
    assert_eq!((stated.changes().len(), stated.in_words()), (1, None));
    let both = judge_household(&draft("same", vec![shared.clone()]), &context).unwrap_err();
    assert_eq!(found(&both), [("household", "error-household-both")]);
    let unfinished = change(ChangeKind::SharedHome, &[("choice", "free")]);
    let one_of_two = judge_household(&draft("changed", vec![shared.clone(), unfinished]), &context).unwrap_err();
    assert_eq!(found(&one_of_two), [("count", "error-count-not-in-range")]);
    let out = change(ChangeKind::MovedOut, &[("person", &PETRA.to_string()), ("date", "3/12")]);
    let days = change(ChangeKind::PartTime, &[("person", &PETRA.to_string()), ("count", "15")]);
    let twice = judge_household(&draft("changed", vec![out, days]), &context).unwrap_err();
    assert_eq!(found(&twice), [("count", "error-person-twice")]);
    let many = judge_household(&draft("changed", vec![shared; CHANGES_MAX + 1]), &context).unwrap_err();
    assert_eq!(found(&many), [("household", "error-list-too-long")]);
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
    (any::<u128>(), [(); 6].map(|()| any_typed())).prop_map(|(id, fields)| {
        let [kind, amount, date, month, person, note] = fields;
        ItemDraft { id: StatementId(Uuid::from_u128(id)), kind, amount, date, month, person, note, carried: None }
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

fn dispute(reason: &str, amount: &str, date: &str, why: &str) -> DisputeDraft {
    DisputeDraft {
        id: StatementId(Uuid::from_u128(9)),
        row: RowId { query: QueryId(Uuid::from_u128(8)), index: 1 },
        original: RowFact {
            label: plain("Bostadsbidrag"),
            kind: RowKind::Income(IncomeKind::HousingBenefit),
            amount: Money::from_kronor(1_900),
            pay_date: Some(jiff::civil::date(2026, 11, 27)),
            period: None,
            state: RowState::Planned,
            disputed: None,
        },
        reason: typed(reason),
        amount: typed(amount),
        date: typed(date),
        why: typed(why),
    }
}

#[test]
fn a_dispute_says_what_is_wrong_what_is_right_and_why() {
    let judged = |dispute: &DisputeDraft| judge_dispute(dispute, &context(&[PETRA]));
    let said = judged(&dispute("different", "1.500,50", "30 nov", "De har fel hyra.")).unwrap();
    assert_eq!(said.original.amount, Money::from_kronor(1_900), "the row stands as it was");
    assert_eq!(
        said.said,
        DisputeStatement {
            id: StatementId(Uuid::from_u128(9)),
            row: RowId { query: QueryId(Uuid::from_u128(8)), index: 1 },
            reason: DisputeReason::Different,
            amount: Some(Money::from_ore(150_050)),
            date: Some(date(2026, 11, 30)),
            why: plain("De har fel hyra."),
        }
    );
    for (reason, amount, day, why) in
        [("not-mine", "", " ", "Nej"), ("other", "", "", "Nej"), ("different", "1", "", "Nej")]
    {
        assert!(judged(&dispute(reason, amount, day, why)).is_ok(), "{reason}");
    }
    for (dispute, wrong) in [
        (dispute("", "", "", "Nej"), vec![("reason", "error-dispute-reason-missing")]),
        (dispute("wrong", "", "", "Nej"), vec![("reason", "error-dispute-reason-missing")]),
        (dispute("not-mine", "5", "", "Nej"), vec![("reason", "error-dispute-both")]),
        (dispute("different", "", "", "Nej"), vec![("amount", "error-dispute-difference-missing")]),
        (dispute("different", "fem", "", "Nej"), vec![("amount", "error-amount-not-a-number")]),
        (dispute("different", "0", "", "Nej"), vec![("amount", "error-amount-not-positive")]),
        (dispute("other", "", "27 nov 2099", "Nej"), vec![("date", "error-date-too-late")]),
        (dispute("other", "", "", " "), vec![("why", "error-dispute-why-missing")]),
        (
            dispute("", "fem", "", ""),
            vec![
                ("reason", "error-dispute-reason-missing"),
                ("amount", "error-amount-not-a-number"),
                ("why", "error-dispute-why-missing"),
            ],
        ),
    ] {
        assert_eq!(found(&judged(&dispute).unwrap_err()), wrong, "{dispute:?}");
    }
}

#[test]
fn a_dispute_that_is_not_whole_keeps_both_parts_from_being_signed() {
    let (begun, whole) = (dispute("different", "", "", ""), dispute("other", "", "", "Nej"));
    for (disputes, errors) in [(vec![whole], 0), (vec![begun.clone()], 2), (vec![begun; 2], 4)] {
        let draft = Draft { disputes, ..whole_draft() };
        let whole = usize::from(errors == 0);
        let judged = judge(&draft, &context(&[PETRA, JOHAN]));
        assert_eq!(judged.as_ref().map_or_else(Vec::len, |_| 0), errors);
        assert_eq!(judged.as_ref().map_or(0, |statements| statements.disputes.len()), whole);
        assert!(judged.err().into_iter().flatten().all(|error| error.section == Section::Authorities));
        let status = draft.status(Section::Authorities, &context(&[PETRA, JOHAN]));
        assert_eq!(status == crate::renewal::draft::SectionStatus::Done, errors == 0);
        let own = Draft { disputes: draft.disputes, ..Draft::default() };
        let judged = judge_own(&own, &own_context());
        assert_eq!(judged.as_ref().map_or_else(Vec::len, |_| 0), errors);
        assert_eq!(judged.map_or(0, |own| own.disputes.len()), whole);
    }
    let many = Draft { disputes: vec![dispute("other", "", "", "Nej"); DISPUTES_MAX + 1], ..whole_draft() };
    let errors = judge(&many, &context(&[PETRA, JOHAN])).unwrap_err();
    assert_eq!(found(&errors), [("authorities", "error-list-too-long")]);
}
