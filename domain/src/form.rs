//! What people type into forms: kept as typed, read leniently, and refused with a reason that a page can put into words.
//!
//! A post first saves what was typed ([`Typed`]); then a pure function reads it ([`read`]) and answers with a value or a [`FormProblem`].
//! Nothing is cut off and nothing is guessed: a text that is too long is kept and refused, an amount that could be two is refused. A date
//! without a year is the one near what is asked about, and is shown as it was read.

mod day;
mod plain_text;
pub mod read;
mod spelling;
mod which;

use std::fmt;

use jiff::civil::Date;
pub use plain_text::PlainText;
use serde::{Deserialize, Serialize};
pub use which::Which;

use crate::Money;
use crate::wire::{Wire, WireReader, WireWriter};

/// A text as somebody typed it, kept until it is judged.
///
/// It may be personal: its `Debug` shows only how long it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Typed(String);

impl Wire for Typed {
    fn put(&self, out: &mut WireWriter) {
        self.0.put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        Self::new(String::take(from)?).ok()
    }
}

/// A text is too long even to be kept; what was there before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text of {length} characters is longer than the {} that are kept", Typed::HARD_CAP)]
pub struct TooLongToKeep {
    /// How many characters it has.
    pub length: usize,
}

impl Typed {
    /// The longest text that is kept at all, in characters. Every field's own limit is far below it, so that a text pasted by
    /// mistake can be kept, shown again and shortened by the one who pasted it.
    pub const HARD_CAP: usize = 10_000;

    /// Keeps a text as typed.
    pub fn new(text: impl Into<String>) -> Result<Self, TooLongToKeep> {
        let text = text.into();
        let length = text.chars().count();
        if length > Self::HARD_CAP {
            return Err(TooLongToKeep { length });
        }
        Ok(Self(text))
    }

    /// The text as typed, to be shown again in the same field.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts a posted text in place. A page that showed an older text (`stale`) must not overwrite in silence what was typed since:
    /// then the text that stood here is given back, to be kept beside the posted one.
    pub fn replace(&mut self, posted: impl Into<String>, stale: bool) -> Result<Option<Self>, TooLongToKeep> {
        let before = std::mem::replace(self, Self::new(posted)?);
        Ok((stale && !before.is_blank() && before != *self).then_some(before))
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed({} characters)", self.0.chars().count())
    }
}

impl TryFrom<String> for Typed {
    type Error = TooLongToKeep;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<Typed> for String {
    fn from(typed: Typed) -> Self {
        typed.0
    }
}

/// A value inside the text of a problem; the page that shows it spells it in its own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg {
    /// A number of things.
    Count(usize),
    /// Kronor and öre.
    Amount(Money),
    /// A day of the calendar.
    Day(Date),
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<Money> for Arg {
    fn from(amount: Money) -> Self {
        Self::Amount(amount)
    }
}

impl From<Date> for Arg {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })? = $key:literal,)*) => {
        /// What is wrong with something typed, each with the key of its text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FormProblem {
            $($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $type),* })?,)*
        }

        impl FormProblem {
            /// The keys of all problems; each has a text in every language.
            pub const KEYS: &[&str] = &[$($key),*];

            /// The key of the text that says what is wrong and what to do.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name { .. } => $key,)* }
            }

            /// The values inside the text, by name.
            pub fn args(self) -> Vec<(&'static str, Arg)> {
                match self {
                    $(Self::$name $({ $($field),* })? => vec![$($((stringify!($field), Arg::from($field))),*)?],)*
                }
            }
        }
    };
}

problems! {
    /// No amount was given.
    AmountMissing = "error-amount-missing",
    /// Not an amount of kronor.
    AmountNotANumber = "error-amount-not-a-number",
    /// Less than an öre.
    AmountTooManyDecimals = "error-amount-too-many-decimals",
    /// Zero or less, where it must be above zero.
    AmountNotPositive = "error-amount-not-positive",
    /// Less than zero, where zero is taken.
    AmountNegative = "error-amount-negative",
    /// Kronor and öre, where only whole kronor are taken.
    AmountNotWhole = "error-amount-not-whole",
    /// More than anyone can have meant.
    AmountTooLarge {
        /// The largest amount that is taken.
        limit: Money,
    } = "error-amount-too-large",
    /// No date was given.
    DateMissing {
        /// The day that stands as an example beside the field, written there as one types it.
        example: Date,
    } = "error-date-missing",
    /// Not written as a day, or no year.
    DateNotADate {
        /// The day that stands as an example beside the field, written there as one types it.
        example: Date,
    } = "error-date-not-a-date",
    /// Written as a day, but the month has no such day.
    DateNotInCalendar {
        /// The last day that the month has.
        last: Date,
    } = "error-date-not-in-calendar",
    /// Before the days that matter.
    DateTooEarly {
        /// The first day that is taken.
        first: Date,
    } = "error-date-too-early",
    /// After the days that matter.
    DateTooLate {
        /// The last day that is taken.
        last: Date,
    } = "error-date-too-late",
    /// A last day before the first.
    LastDayBeforeFirst {
        /// The first day.
        first: Date,
    } = "error-last-day-before-first",
    /// It was not said which month it is for.
    MonthMissing = "error-month-missing",
    /// A month that cannot be chosen.
    MonthUnknown = "error-month-unknown",
    /// It was not said whether what was planned has been done.
    ActivityMissing = "error-activity-missing",
    /// It was not said why something was not done.
    ActivityNoteMissing = "error-activity-note-missing",
    /// It was not said what is wrong with a fetched row.
    DisputeReasonMissing = "error-dispute-reason-missing",
    /// An amount or a day beside "not mine".
    DisputeBoth = "error-dispute-both",
    /// Neither another amount nor another day, where one of them is different.
    DisputeDifferenceMissing = "error-dispute-difference-missing",
    /// It was not told why a fetched row is wrong.
    DisputeWhyMissing = "error-dispute-why-missing",
    /// No kind was chosen.
    KindMissing = "error-kind-missing",
    /// A kind that is not in the list.
    KindUnknown = "error-kind-unknown",
    /// It was not said whose it is.
    PersonMissing = "error-person-missing",
    /// Somebody who is not of the household.
    PersonUnknown = "error-person-unknown",
    /// Somebody of whom something else is told already.
    PersonTwice = "error-person-twice",
    /// "Other" was chosen without saying what.
    NoteMissing = "error-note-missing",
    /// A text longer than its field takes.
    TextTooLong {
        /// The most characters that are taken.
        max: usize,
        /// How many there are.
        length: usize,
    } = "error-text-too-long",
    /// A text that says too little.
    TextTooShort {
        /// The fewest characters that are taken.
        min: usize,
    } = "error-text-too-short",
    /// Not a telephone number.
    PhoneForm = "error-phone-form",
    /// Not an e-mail address.
    EmailForm = "error-email-form",
    /// It was not answered whether the household is the same.
    HouseholdMissing = "error-household-missing",
    /// The household has changed, but not said how.
    HouseholdChangeMissing = "error-household-change-missing",
    /// The household is said to be the same, and a change is described.
    HouseholdBoth = "error-household-both",
    /// A name was not given.
    NameMissing = "error-name-missing",
    /// An address was not given.
    AddressMissing = "error-address-missing",
    /// It was not said where, or what.
    PlaceMissing = "error-place-missing",
    /// None of a few answers was chosen.
    ChoiceMissing = "error-choice-missing",
    /// Not a whole number, or one that cannot be.
    CountNotInRange {
        /// The least that is taken.
        least: usize,
        /// The most that is taken.
        most: usize,
    } = "error-count-not-in-range",
    /// Not a person number.
    PersonNumberForm = "error-person-number-form",
    /// It was not answered whether there is more to add.
    MoreMissing = "error-more-missing",
    /// More rows than a list takes.
    ListTooLong {
        /// The most rows that are taken.
        max: usize,
    } = "error-list-too-long",
    /// What the authorities answered has not been looked at.
    AuthoritiesNotSeen = "error-authorities-not-seen",
    /// A text too long even to be kept.
    TextNotKept {
        /// The most characters that are kept.
        max: usize,
    } = "error-text-not-kept",
}

impl From<TooLongToKeep> for FormProblem {
    fn from(_: TooLongToKeep) -> Self {
        Self::TextNotKept { max: Typed::HARD_CAP }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_kept_whole_or_not_at_all() {
        let kept = Typed::new("å".repeat(Typed::HARD_CAP)).unwrap();
        assert_eq!(kept.as_str().chars().count(), Typed::HARD_CAP);
        assert_eq!(Typed::new("å".repeat(Typed::HARD_CAP + 1)), Err(TooLongToKeep { length: Typed::HARD_CAP + 1 }));
    }

    #[test]
    fn a_stale_page_overwrites_nothing_in_silence() {
        let mut typed = Typed::new("från den andra fliken").unwrap();
        assert_eq!(typed.replace("ny", false), Ok(None));
        assert_eq!(typed.replace("ny", true), Ok(None), "the same text is no loss");
        assert_eq!(typed.replace("nyare", true), Ok(Some(Typed::new("ny").unwrap())));
        assert_eq!(Typed::default().replace("först", true), Ok(None), "nothing stood there");
        assert!(typed.replace("x".repeat(Typed::HARD_CAP + 1), true).is_err());
        assert_eq!(typed.as_str(), "nyare", "a text that is not kept takes nothing away");
    }

    #[test]
    fn what_was_typed_stays_out_of_logs() {
        assert_eq!(format!("{:?}", Typed::new("0701234567").unwrap()), "Typed(10 characters)");
    }

    #[test]
    fn what_was_typed_survives_storage() {
        let typed = Typed::new(" 6 500\r\nkr\u{0} ").unwrap();
        let json = serde_json::to_string(&typed).unwrap();
        assert_eq!(serde_json::from_str::<Typed>(&json).unwrap(), typed);
        let too_long = serde_json::to_string(&"x".repeat(Typed::HARD_CAP + 1)).unwrap();
        assert!(serde_json::from_str::<Typed>(&too_long).is_err());
        assert_eq!(crate::wire::read::<Typed>(&crate::wire::write(&typed)), Some(typed));
        assert_eq!(crate::wire::read::<Typed>(&crate::wire::write(&"x".repeat(Typed::HARD_CAP + 1))), None);
    }

    #[test]
    fn problems_name_their_values() {
        let problem = FormProblem::TextTooLong { max: 500, length: 612 };
        assert_eq!(problem.key(), "error-text-too-long");
        assert_eq!(problem.args(), [("max", Arg::Count(500)), ("length", Arg::Count(612))]);
        assert_eq!(FormProblem::AmountMissing.args(), []);
    }
}
