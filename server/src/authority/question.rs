//! What is asked of an authority, about whom, and why.

use domain::PersonNumber;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One question about one person. It is made of parts that have been checked, so that a request can always be written.
#[derive(Debug, Clone)]
pub struct Question {
    pub person: PersonNumber,
    /// The days that are asked about.
    pub period: Period,
    /// Why, in words that the authority logs (syfte).
    pub purpose: Wording,
    /// The case or renewal that it is asked for (ärendeidentitet).
    pub case_reference: Wording,
    /// Who asks: a caseworker's identity, or the name of the service when a citizen's renewal does.
    pub handler: Wording,
    /// Ties question and answer together, here and in the authority's log.
    pub correlation_id: Uuid,
    /// The day of asking: a payment after it is planned where the authority does not say.
    pub today: Date,
}

/// A period of at most two years, the longest that LEFI answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

/// Why two days are no period that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day is before the first.
    #[error("the period ends before it begins")]
    Reversed,
    /// Longer than the authorities answer for.
    #[error("the period is longer than two years")]
    TooLong,
}

impl Period {
    /// From the first to the last day, both included.
    pub fn new(first: Date, last: Date) -> Result<Self, PeriodError> {
        if last < first {
            return Err(PeriodError::Reversed);
        }
        if last >= first.saturating_add(jiff::Span::new().years(2)) {
            return Err(PeriodError::TooLong);
        }
        Ok(Self { first, last })
    }

    pub const fn first(self) -> Date {
        self.first
    }

    pub const fn last(self) -> Date {
        self.last
    }
}

/// A short text that XML and JSON can carry: 1 to 200 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Wording(String);

/// A text is empty, too long or has control characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text of 1 to 200 characters without control characters is needed")]
pub struct WordingError;

impl Wording {
    pub fn new(text: &str) -> Result<Self, WordingError> {
        let text = text.trim();
        let fits = (1..=200).contains(&text.chars().count());
        let writable = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        if fits && text.chars().all(writable) { Ok(Self(text.to_owned())) } else { Err(WordingError) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Wording {
    type Error = WordingError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Wording> for String {
    fn from(wording: Wording) -> Self {
        wording.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_have_an_order_and_a_length() {
        assert!(Period::new(date(2026, 9, 1), date(2026, 9, 1)).is_ok());
        assert!(Period::new(date(2024, 12, 1), date(2026, 11, 30)).is_ok());
        assert_eq!(Period::new(date(2024, 12, 1), date(2026, 12, 1)), Err(PeriodError::TooLong));
        assert_eq!(Period::new(date(2026, 9, 2), date(2026, 9, 1)), Err(PeriodError::Reversed));
    }

    #[test]
    fn wording_can_be_written_as_xml() {
        for text in ["", "  ", "a\u{0}b", "a\nb", "\u{ffff}", &"x".repeat(201)] {
            assert_eq!(Wording::new(text), Err(WordingError), "{text:?}");
        }
        assert_eq!(Wording::new(" <&> ").unwrap().as_str(), "<&>");
    }
}
