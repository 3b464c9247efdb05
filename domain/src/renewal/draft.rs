//! What a person has typed so far, section by section. It outlives the session, the phone and a restart.

use serde::{Deserialize, Serialize};

use super::dispute::DisputeDraft;
use super::episode::EpisodeDraft;
use super::household_change::ChangeDraft;
use super::judge::{self, Context};
use crate::NormMonth;
use crate::form::Typed;
use crate::id::StatementId;
use crate::kind::{ExpenseKind, IncomeKind, KindGroup};
use crate::wire::wire_enum;

/// The longest description of a changed household, in characters.
pub const HOUSEHOLD_CHANGE_MAX: usize = 2_000;
/// The longest note to an income or expense, in characters.
pub const NOTE_MAX: usize = 500;
/// The longest account of what was not done as planned, in characters.
pub const ACTIVITY_NOTE_MAX: usize = 1_000;
/// The longest message to the caseworker, in characters.
pub const MESSAGE_MAX: usize = 4_000;
/// The most rows in one list.
pub const ITEMS_MAX: usize = 50;

/// A person's draft of a renewal. Every value is the text as typed.
///
/// A draft with a field that this version does not know is refused rather than saved again without it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// How to reach the person.
    pub contact: ContactDraft,
    /// Whether the household is as registered.
    pub household: HouseholdDraft,
    /// Whether the person has done what was planned to get work.
    pub activity: ActivityDraft,
    /// Incomes that the person states.
    pub incomes: ListDraft,
    /// Expenses that the person states.
    pub expenses: ListDraft,
    /// What the authorities answered has been looked at.
    pub authorities_seen: bool,
    /// What the person says is wrong with what the authorities answered about them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<DisputeDraft>,
    /// A message to the caseworker.
    pub message: Typed,
    /// The message has been considered, so that an empty one is meant.
    pub message_seen: bool,
    /// The month that what stands here was carried over from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<NormMonth>,
    /// It has been said whether all is as it was in that month.
    pub is_compared: bool,
    /// In drafts of before: that where the money goes had been looked at.
    #[serde(rename = "payout_seen", skip_serializing)]
    pub former_payout_seen: Option<bool>,
}

/// Own incomes (egna inkomster) or own expenses (egna utgifter): the two lists that a person fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemList {
    /// Incomes of the reference month.
    Incomes,
    /// Expenses of the norm month.
    Expenses,
}

impl ItemList {
    /// The section of the draft that it is.
    pub const fn section(self) -> Section {
        match self {
            Self::Incomes => Section::Incomes,
            Self::Expenses => Section::Expenses,
        }
    }

    /// The kinds that an item of it can be of, each as its code with the key of its text, in the order that lists show them.
    pub fn kinds(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Incomes => IncomeKind::ALL.iter().map(|kind| (kind.code(), kind.key())).collect(),
            Self::Expenses => ExpenseKind::ALL.iter().map(|kind| (kind.code(), kind.key())).collect(),
        }
    }

    /// The same by group, in the order of the groups. One without kinds is left out.
    pub fn grouped_kinds(self) -> Vec<(KindGroup, Vec<(&'static str, &'static str)>)> {
        let of = |group: &KindGroup| match self {
            Self::Incomes => {
                let kinds = IncomeKind::ALL.iter().filter(|kind| kind.group() == *group);
                (*group, kinds.map(|kind| (kind.code(), kind.key())).collect::<Vec<_>>())
            }
            Self::Expenses => {
                let kinds = ExpenseKind::ALL.iter().filter(|kind| kind.group() == *group);
                (*group, kinds.map(|kind| (kind.code(), kind.key())).collect())
            }
        };
        KindGroup::ALL.iter().map(of).filter(|(_, kinds)| !kinds.is_empty()).collect()
    }
}

wire_enum!(ItemList { Incomes, Expenses });

/// How to reach the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactDraft {
    /// A number, however the person spells it.
    pub phone: Typed,
    /// An address, or blank.
    pub email: Typed,
}

/// Whether the household is as registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HouseholdDraft {
    /// `same` or `changed`.
    pub answer: Typed,
    /// Each change by itself, where `answer` is `changed`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeDraft>,
    /// In the person's words; asked for when `answer` is `changed` and no change stands by itself.
    pub change: Typed,
}

/// What the person has done to get work, in the month before the one applied for (aktivitetsrapport).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ActivityDraft {
    /// The code of an [`ActivityAnswer`](super::activity::ActivityAnswer).
    pub answer: Typed,
    /// In the person's words; asked for where something was not done.
    pub note: Typed,
    /// Work, studies, illness and the rest, each by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub episodes: Vec<EpisodeDraft>,
}

/// A list of incomes or expenses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListDraft {
    /// The rows, in the order that they were added.
    pub items: Vec<ItemDraft>,
    /// The person has said that there are no more.
    pub done: bool,
}

/// One income or expense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    /// What it is called in addresses, and later as a statement.
    pub id: StatementId,
    /// The code of an [`IncomeKind`](crate::kind::IncomeKind) or [`ExpenseKind`](crate::kind::ExpenseKind).
    pub kind: Typed,
    /// The amount in kronor.
    pub amount: Typed,
    /// The day that it was or will be paid. An expense may be without one.
    pub date: Typed,
    /// The month that an expense is for, written `2026-12`. Blank in what was typed before months were asked for.
    #[serde(default)]
    pub month: Typed,
    /// Whose it is: a [`PersonId`](crate::id::PersonId). Never a person number.
    pub person: Typed,
    /// What the person wants to say about it.
    pub note: Typed,
    /// The norm month in whose renewal it was typed, while it stands here as it was carried over from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<NormMonth>,
}

/// A list has as many rows as it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the list already has {ITEMS_MAX} rows")]
pub struct ListFull;

impl ListDraft {
    /// Whether anything has been said in it: what stands as it was carried over has not.
    pub fn is_begun(&self) -> bool {
        self.done || self.items.iter().any(|item| item.carried.is_none())
    }

    /// Adds a row. That there are no more must then be said anew.
    pub fn add(&mut self, item: ItemDraft) -> Result<(), ListFull> {
        if self.items.len() >= ITEMS_MAX {
            return Err(ListFull);
        }
        self.items.push(item);
        self.done = false;
        Ok(())
    }

    /// The row with this id.
    pub fn get(&self, id: StatementId) -> Option<&ItemDraft> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The row with this id, to be changed.
    pub fn get_mut(&mut self, id: StatementId) -> Option<&mut ItemDraft> {
        self.items.iter_mut().find(|item| item.id == id)
    }

    /// Takes a row away and gives it back, or `None` when there is no such row.
    pub fn remove(&mut self, id: StatementId) -> Option<ItemDraft> {
        let index = self.items.iter().position(|item| item.id == id)?;
        Some(self.items.remove(index))
    }
}

/// A section of the task list (uppgiftslistan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Personal details and household.
    Household,
    /// What the person has done to get work.
    Activity,
    /// What the authorities answered.
    Authorities,
    /// Incomes that the person states.
    Incomes,
    /// Expenses that the person states.
    Expenses,
    /// A message to the caseworker.
    Message,
}

impl Section {
    /// Every section, in the order of the task list.
    pub const ALL: &[Self] =
        &[Self::Household, Self::Activity, Self::Authorities, Self::Incomes, Self::Expenses, Self::Message];

    /// The code in addresses and text keys: `household`, `authorities`, …
    pub const fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Activity => "activity",
            Self::Authorities => "authorities",
            Self::Incomes => "incomes",
            Self::Expenses => "expenses",
            Self::Message => "message",
        }
    }
}

/// Whose part of a renewal a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What the adult who begins it says for the household, what is their own among it.
    Whole,
    /// What the other adult says of themselves alone (egen del).
    Own,
}

wire_enum!(Part { Whole, Own });

impl Part {
    /// The code in forms: `whole`, `own`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Own => "own",
        }
    }
}

/// How far a section has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionStatus {
    /// Nothing has been said.
    NotStarted,
    /// Something has been said; something is missing or wrong.
    InProgress,
    /// All that is needed has been said.
    Done,
}

impl Draft {
    /// Whether anything has been said of incomes or expenses.
    pub fn has_begun_rows(&self) -> bool {
        self.incomes.is_begun() || self.expenses.is_begun()
    }

    /// Whether a section has to be answered before it can be signed. A message may always be left out; so may all of one's own part, but who has
    /// begun with their own incomes and expenses says all of it.
    pub fn asks(&self, section: Section, part: Part) -> bool {
        match (section, part) {
            (Section::Message, _) | (Section::Household | Section::Activity, Part::Own) => false,
            (
                Section::Household | Section::Activity | Section::Authorities | Section::Incomes | Section::Expenses,
                Part::Whole,
            ) => true,
            (Section::Authorities | Section::Incomes | Section::Expenses, Part::Own) => self.has_begun_rows(),
        }
    }

    /// The section to go on with after this one: the next, and after the last the first again, in which something is missing. `None` when nothing
    /// is.
    pub fn next(&self, after: Section, context: &Context) -> Option<Section> {
        let place = Section::ALL.iter().position(|section| *section == after).map_or(0, |place| place + 1);
        let (before, behind) = Section::ALL.split_at(place);
        behind.iter().chain(before).copied().find(|section| match self.status(*section, context) {
            SectionStatus::NotStarted => self.asks(*section, context.part),
            SectionStatus::InProgress => true,
            SectionStatus::Done => false,
        })
    }

    /// How far a section has come. What came from the register or from last month does not count as begun, but where nothing else is asked.
    pub fn status(&self, section: Section, context: &Context) -> SectionStatus {
        let contact = judge::judge_contact(&self.contact).is_ok();
        let (begun, complete) = match (section, context.part) {
            (Section::Household, Part::Whole) => (
                !self.household.answer.is_blank()
                    || !self.household.change.is_blank()
                    || !self.household.changes.is_empty(),
                contact && judge::judge_household(&self.household, context).is_ok(),
            ),
            (Section::Household, Part::Own) => {
                (!self.contact.phone.is_blank() || !self.contact.email.is_blank(), contact)
            }
            (Section::Activity, _) => (
                !self.activity.answer.is_blank()
                    || !self.activity.note.is_blank()
                    || !self.activity.episodes.is_empty(),
                judge::judge_activity(&self.activity, context).is_ok(),
            ),
            (Section::Authorities, _) => {
                let disputes = judge::judge_disputes(&self.disputes, context);
                (self.authorities_seen || !self.disputes.is_empty(), self.authorities_seen && disputes.is_ok())
            }
            (Section::Incomes, _) => (self.incomes.is_begun(), judge::judge_incomes(&self.incomes, context).is_ok()),
            (Section::Expenses, _) => {
                (self.expenses.is_begun(), judge::judge_expenses(&self.expenses, context).is_ok())
            }
            (Section::Message, _) => {
                (self.message_seen || !self.message.is_blank(), judge::judge_message(&self.message).is_ok())
            }
        };
        match (begun, complete) {
            (false, _) => SectionStatus::NotStarted,
            (true, false) => SectionStatus::InProgress,
            (true, true) => SectionStatus::Done,
        }
    }
}

#[cfg(test)]
mod tests {
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
}
