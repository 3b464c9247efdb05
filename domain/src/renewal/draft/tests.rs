use uuid::Uuid;

use super::*;
use crate::id::PersonId;

fn typed(text: &str) -> Typed {
    Typed::new(text).unwrap()
}

fn context() -> Context {
    Context {
        norm_month: "2026-12".parse().unwrap(),
        today: jiff::civil::date(2026, 11, 24),
        part: Part::Whole,
        owners: vec![PersonId(Uuid::from_u128(1))],
    }
}

fn item(id: u128) -> ItemDraft {
    ItemDraft {
        kind: typed("wage"),
        amount: typed("3 054"),
        date: typed("25/11 2026"),
        month: Typed::default(),
        carried: None,
        id: StatementId(Uuid::from_u128(id)),
        person: Typed::default(),
        payer: Typed::default(),
        note: Typed::default(),
    }
}

#[test]
fn a_new_draft_is_not_started() {
    for section in Section::ALL {
        assert_eq!(Draft::default().status(*section, &context()), SectionStatus::NotStarted, "{section:?}");
    }
}

#[test]
fn ones_own_part_asks_nothing_that_is_the_households() {
    let context = Context { part: Part::Own, ..context() };
    let mut draft = Draft::default();
    for section in Section::ALL {
        assert_eq!(draft.status(*section, &context), SectionStatus::NotStarted, "{section:?}");
        assert!(!draft.asks(*section, Part::Own), "{section:?}");
    }
    draft.incomes.add(item(1)).unwrap();
    assert!(!draft.asks(Section::Household, Part::Own) && draft.asks(Section::Authorities, Part::Own));
    draft.incomes.items.clear();
    draft.contact.phone = typed("070-123 45 67");
    assert_eq!(draft.status(Section::Household, &context), SectionStatus::Done);
    draft.contact.email = typed("petra");
    assert_eq!(draft.status(Section::Household, &context), SectionStatus::InProgress);
}

#[test]
fn what_was_carried_over_is_not_begun() {
    let mut draft = Draft::default();
    let carried = ItemDraft { carried: Some("2026-11".parse().unwrap()), ..item(1) };
    draft.incomes.items.push(carried);
    assert!(!draft.has_begun_rows());
    assert_eq!(draft.status(Section::Incomes, &context()), SectionStatus::NotStarted);
    draft.contact.phone = typed("070-123 45 67");
    assert_eq!(draft.status(Section::Household, &context()), SectionStatus::NotStarted);
}

#[test]
fn a_section_is_done_when_it_can_be_signed() {
    let mut draft = Draft::default();
    draft.household.answer = typed("changed");
    assert_eq!(draft.status(Section::Household, &context()), SectionStatus::InProgress);
    draft.household.change = typed("Mitt barn bor hos mig varannan vecka.");
    assert_eq!(draft.status(Section::Household, &context()), SectionStatus::Done);
    draft.contact.email = typed("petra");
    assert_eq!(draft.status(Section::Household, &context()), SectionStatus::InProgress);

    draft.incomes.add(item(1)).unwrap();
    assert_eq!(draft.status(Section::Incomes, &context()), SectionStatus::InProgress);
    draft.incomes.done = true;
    assert_eq!(draft.status(Section::Incomes, &context()), SectionStatus::Done);

    draft.expenses.done = true;
    assert_eq!(draft.status(Section::Expenses, &context()), SectionStatus::Done);

    draft.message_seen = true;
    assert_eq!(draft.status(Section::Message, &context()), SectionStatus::Done);
    draft.message = typed(&"x".repeat(MESSAGE_MAX + 1));
    assert_eq!(draft.status(Section::Message, &context()), SectionStatus::InProgress);
}

#[test]
fn one_goes_on_with_what_is_not_done_and_is_asked() {
    let (mut draft, context) = (Draft::default(), context());
    draft.household.answer = typed("same");
    draft.expenses.done = true;
    draft.activity.answer = typed("as-planned");
    assert_eq!(draft.next(Section::Household, &context), Some(Section::Authorities));
    assert_eq!(draft.next(Section::Authorities, &context), Some(Section::Incomes), "the next one first");
    assert_eq!(draft.next(Section::Incomes, &context), Some(Section::Authorities), "then from the beginning");
    draft.authorities_seen = true;
    draft.incomes.done = true;
    assert_eq!(draft.next(Section::Household, &context), None, "a message may be left out");
    draft.message = typed(&"x".repeat(MESSAGE_MAX + 1));
    assert_eq!(draft.next(Section::Household, &context), Some(Section::Message));
    let own = Context { part: Part::Own, ..context };
    assert_eq!(Draft::default().next(Section::Household, &own), None);
}

#[test]
fn a_new_row_asks_again_whether_there_are_more() {
    let mut list = ListDraft { items: vec![item(1)], done: true };
    list.add(item(2)).unwrap();
    assert!(!list.done);
    let second = StatementId(Uuid::from_u128(2));
    list.get_mut(second).unwrap().note = typed("extra pass");
    assert_eq!(list.get(second).unwrap().note.as_str(), "extra pass");
    assert_eq!(list.remove(second).unwrap().id, second);
    assert_eq!(list.remove(second), None);
    assert_eq!(list.items.len(), 1);
}

#[test]
fn a_list_has_an_end() {
    let mut list = ListDraft::default();
    for id in 0..ITEMS_MAX {
        list.add(item(id as u128)).unwrap();
    }
    assert_eq!(list.add(item(99)), Err(ListFull));
    assert_eq!(list.items.len(), ITEMS_MAX);
}

#[test]
fn drafts_survive_storage() {
    let mut draft = Draft { authorities_seen: true, message: typed("Hej!\r\n"), ..Draft::default() };
    draft.incomes.add(item(1)).unwrap();
    let stored = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&stored).unwrap(), draft);
    assert_eq!(serde_json::from_str::<Draft>("{}").unwrap(), Draft::default());
    assert!(serde_json::from_str::<Draft>(r#"{"payout_seen":true}"#).is_ok(), "drafts of before are read");
    assert!(!stored.contains("payout"), "{stored}");
    assert!(serde_json::from_str::<Draft>(r#"{"appeals":[]}"#).is_err());
}
