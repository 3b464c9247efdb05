//! What has changed in a household (ändring i hushållet): who has moved in or out, where it lives, and who shares the home.
//!
//! Nothing of it changes the register or the calculation: it is told to the one who decides, in a form that can be entered.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::block::{Block, TextOf, block};
use super::small_count::SmallCount;
use crate::PersonNumber;
use crate::form::{PlainText, Typed};
use crate::id::{PersonId, StatementId};
use crate::kind::codes;

/// The most changes that one renewal tells.
pub const CHANGES_MAX: usize = 30;
/// The longest name of somebody who has moved in, in characters.
pub const NAME_MAX: usize = 200;
/// The longest address, in characters.
pub const ADDRESS_MAX: usize = 300;
/// More people than this are not said to live in one home.
pub const PERSONS_MAX: u8 = 30;

codes! {
    /// What sort of change it is.
    ChangeKind in "change-kind-" {
        /// Somebody lives here who did not: moved in, or born.
        MovedIn = "moved-in",
        /// Somebody lives here no more.
        MovedOut = "moved-out",
        /// A child lives here some days of the month (växelvis boende, umgänge).
        PartTime = "part-time",
        /// The household has moved.
        NewHome = "new-home",
        /// Others live in the home.
        SharedHome = "shared-home",
    }
}

codes! {
    /// What somebody who has moved in is to the applicant.
    Relation in "moved-in-relation-" {
        /// Make, maka, registrerad partner eller sambo.
        Partner = "partner",
        /// A child whom an adult of the household maintains.
        Child = "child",
        /// A child who has been born, and need not have a name yet.
        Newborn = "newborn",
        /// Anybody else.
        Other = "other",
    }
}

codes! {
    /// By what right the household lives in its home.
    Tenure in "tenure-" {
        /// Förstahandskontrakt.
        Rented = "rented",
        /// Andrahandskontrakt.
        SecondHand = "second-hand",
        /// Inneboende.
        Lodging = "lodging",
        /// Bostadsrätt or a house of one's own.
        Owned = "owned",
        /// No home of one's own: with friends, in a shelter, outdoors.
        None = "none",
    }
}

codes! {
    /// How others who live in the home pay for it.
    Sharing in "sharing-" {
        /// They pay rent to the household (inneboende).
        Lodger = "lodger",
        /// They share the rent (delad hyra).
        SharedRent = "shared-rent",
        /// They pay nothing.
        Free = "free",
    }
}

/// Whether the household is as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", deny_unknown_fields, rename_all = "kebab-case")]
pub enum HouseholdStatement {
    /// As the register has it.
    Same,
    /// Not as the register has it.
    Changed {
        /// Each change by itself; none in the schemas of before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<HouseholdChange>,
        /// In the person's own words; always there in the schemas of before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<PlainText>,
    },
}

impl HouseholdStatement {
    /// Each change by itself.
    pub fn changes(&self) -> &[HouseholdChange] {
        match self {
            Self::Same => &[],
            Self::Changed { changes, .. } => changes,
        }
    }

    /// What is told in the person's own words.
    pub const fn in_words(&self) -> Option<&PlainText> {
        match self {
            Self::Same => None,
            Self::Changed { change, .. } => change.as_ref(),
        }
    }
}

/// One change of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields, rename_all = "kebab-case")]
pub enum HouseholdChange {
    /// Somebody lives here who did not.
    MovedIn {
        /// As the person spells it; absent where a newborn has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<PlainText>,
        /// What they are to the applicant.
        relation: Relation,
        /// Their number, where the person knows it and they have one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<PersonNumber>,
        /// The first day here.
        date: Date,
    },
    /// Somebody lives here no more.
    MovedOut {
        /// A member of the household as registered.
        person: PersonId,
        /// The day on which they moved.
        date: Date,
    },
    /// A child lives here some days of the month applied for.
    PartTime {
        /// A member of the household as registered.
        person: PersonId,
        /// How many days, from none to all of the month.
        days: SmallCount,
    },
    /// The household has moved.
    NewHome {
        /// As the person spells it; absent where they have no home.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<PlainText>,
        /// By what right they live there.
        tenure: Tenure,
        /// The day on which they moved.
        date: Date,
    },
    /// Others live in the home.
    SharedHome {
        /// How they pay for it.
        sharing: Sharing,
        /// How many live in the home, the household included.
        persons: SmallCount,
    },
}

impl HouseholdChange {
    /// The member of the household that it is about.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::MovedOut { person, .. } | Self::PartTime { person, .. } => Some(*person),
            Self::MovedIn { .. } | Self::NewHome { .. } | Self::SharedHome { .. } => None,
        }
    }
}

block! {
    /// One change as typed, in a draft.
    ChangeDraft of ChangeKind {
        /// A [`PersonId`] of the household.
        person,
        /// The name of somebody who has moved in.
        name,
        /// Their person number, or blank.
        number,
        /// The code of a [`Relation`], [`Tenure`] or [`Sharing`].
        choice,
        /// The day.
        date,
        /// A number of days or people.
        count,
        /// The new address.
        address,
    }

    /// Of which child the days are.
    fn is_given(&self, field: &str) -> bool {
        self.kind == ChangeKind::PartTime && field == "person"
    }

    /// A household moves once, and a child has one number of days.
    fn is_about(&self, other: &Self) -> bool {
        self.kind == other.kind
            && match self.kind {
                ChangeKind::MovedIn | ChangeKind::MovedOut => false,
                ChangeKind::PartTime => self.person == other.person,
                ChangeKind::NewHome | ChangeKind::SharedHome => true,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_form_from_the_beginning_is_nothing_said() {
        let child = Typed::new("6e0d").unwrap();
        let id = StatementId(uuid::Uuid::from_u128(1));
        let mut change = ChangeDraft { person: child, ..ChangeDraft::new(id, ChangeKind::PartTime) };
        assert!(change.is_blank());
        change.kind = ChangeKind::MovedOut;
        assert!(!change.is_blank());
        for (name, field) in ChangeDraft::FIELDS {
            let mut change = ChangeDraft::new(id, ChangeKind::MovedIn);
            *field(&mut change) = Typed::new("x").unwrap();
            assert!(!change.is_blank(), "{name}");
        }
    }
}
