//! What the year tells beside what follows from the people's own rules, read from `story.toml`.

use domain::decision::Reason;
use domain::kind::{ExpenseKind, IncomeKind};
use domain::message::MessageSubject;
use domain::{Money, NormMonth};
use jiff::civil::Date;
use serde::Deserialize;

use demo::people::{Behaviour, DemoSource};

const STORY: &str = include_str!("story.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) open: Vec<Open>,
    pub(super) income: Vec<Income>,
    pub(super) expense: Vec<Expense>,
    answer: Vec<WentWrong>,
    note: Vec<Note>,
    letter: Vec<Letter>,
    pub(super) message: Vec<Message>,
}

/// How far a household has come with the open month.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    pub(super) household: String,
    /// The day of the month before on which it was begun and signed.
    pub(super) day: i8,
    #[serde(default)]
    pub(super) decided: bool,
}

/// An income that somebody states once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Income {
    pub(super) person: String,
    pub(super) kind: IncomeKind,
    pub(super) amount: Money,
    pub(super) date: Date,
    pub(super) note: String,
}

/// An expense that a household states once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expense {
    pub(super) household: String,
    pub(super) kind: ExpenseKind,
    pub(super) amount: Money,
    pub(super) date: Date,
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WentWrong {
    person: String,
    source: DemoSource,
    month: NormMonth,
    behaviour: Behaviour,
}

/// What a caseworker added to a decision.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    household: String,
    month: NormMonth,
    /// The circumstance that decided, where the calculation does not tell it.
    pub(super) reason: Option<Reason>,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    person: String,
    month: NormMonth,
    text: String,
}

/// A message between the renewals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    pub(super) person: String,
    pub(super) day: Date,
    pub(super) subject: MessageSubject,
    pub(super) text: String,
}

impl Story {
    /// The story that the demo is shipped with.
    pub(super) fn shipped() -> Result<Self, toml::de::Error> {
        toml::from_str(STORY)
    }

    /// How far a household has come with the open month.
    pub(super) fn open(&self, household: &str) -> Option<&Open> {
        self.open.iter().find(|open| open.household == household)
    }

    /// What a source did once when asked for a month's renewal.
    pub(super) fn went_wrong(&self, person: &str, source: DemoSource, month: NormMonth) -> Option<Behaviour> {
        let written = self.answer.iter().find(|one| (&*one.person, one.source, one.month) == (person, source, month));
        written.map(|one| one.behaviour)
    }

    /// What the caseworker added to a decision.
    pub(super) fn note(&self, household: &str, month: NormMonth) -> Option<&Note> {
        self.note.iter().find(|note| (&*note.household, note.month) == (household, month))
    }

    /// What somebody wrote in a renewal.
    pub(super) fn letter(&self, person: &str, month: NormMonth) -> Option<&str> {
        let letter = self.letter.iter().find(|letter| (&*letter.person, letter.month) == (person, month));
        letter.map(|letter| letter.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demo::people::People;

    #[test]
    fn the_story_is_of_people_who_are_there() {
        let (story, people) = (Story::shipped().unwrap(), People::shipped().unwrap());
        let persons = story.income.iter().map(|it| &it.person).chain(story.answer.iter().map(|it| &it.person));
        let persons = persons.chain(story.letter.iter().map(|it| &it.person));
        for person in persons.chain(story.message.iter().map(|it| &it.person)) {
            assert!(people.person(person).is_some(), "{person}");
        }
        let households = story.open.iter().map(|it| &it.household).chain(story.expense.iter().map(|it| &it.household));
        for household in households.chain(story.note.iter().map(|it| &it.household)) {
            assert!(people.household(household).is_some_and(|it| it.case.is_some()), "{household}");
        }
    }

    #[test]
    fn whoever_lacks_a_signature_has_come_that_far() {
        let (story, people) = (Story::shipped().unwrap(), People::shipped().unwrap());
        for household in people.households.iter().filter(|household| household.second_signature_missing) {
            assert!(story.open(&household.key).is_some_and(|open| !open.decided), "{}", household.key);
        }
    }
}
