//! What a person has typed so far, section by section. It outlives the session, the phone and a restart.

use serde::{Deserialize, Serialize};

use super::dispute::DisputeDraft;
use super::episode::EpisodeDraft;
use super::household_change::ChangeDraft;
use super::judge::{self, Context};
use super::proof::Proofs;
use crate::NormMonth;
use crate::form::Typed;
use crate::id::StatementId;
use crate::kind::{ExpenseKind, IncomeKind, KindGroup};
use crate::wire::wire_enum;

/// The longest description of a changed household, in characters.
pub const HOUSEHOLD_CHANGE_MAX: usize = 2_000;
/// The longest note to an income or expense, in characters.
pub const NOTE_MAX: usize = 500;
/// The longest name of who pays an income, in characters.
pub const PAYER_MAX: usize = 100;
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
    /// What the person shows beside what they say, and what is to come later.
    #[serde(skip_serializing_if = "Proofs::is_empty")]
    pub proofs: Proofs,
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
    /// Who pays an income, in the person's words. Blank in what was typed before it was asked for.
    #[serde(default, skip_serializing_if = "Typed::is_blank")]
    pub payer: Typed,
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
    /// All that a proof can be of.
    pub fn statements(&self) -> Vec<StatementId> {
        let items = self.incomes.items.iter().chain(&self.expenses.items).map(|item| item.id);
        let disputes = self.disputes.iter().map(|dispute| dispute.id);
        let episodes = self.activity.episodes.iter().filter(|one| one.kind.takes_proof()).map(|one| one.id);
        items.chain(disputes).chain(episodes).collect()
    }

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
mod tests;
