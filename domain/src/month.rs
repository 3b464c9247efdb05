//! The norm month: the calendar month that a renewal is for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar month (normmånad), from 2000-01 to 2199-12. Written `2026-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormMonth {
    year: i16,
    month: i8,
}

/// A text or pair of numbers is no norm month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2026-12, from 2000-01 to 2199-12")]
pub struct NormMonthError;

impl NormMonth {
    /// The month of this year (2000..=2199) and month (1..=12).
    pub const fn new(year: i16, month: i8) -> Result<Self, NormMonthError> {
        if year < 2000 || year > 2199 || month < 1 || month > 12 {
            return Err(NormMonthError);
        }
        Ok(Self { year, month })
    }

    /// The month that a day lies in.
    pub fn of(day: Date) -> Result<Self, NormMonthError> {
        Self::new(day.year(), day.month())
    }

    /// The calendar year, in four digits.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// The 1st of the month.
    pub const fn first_day(self) -> Date {
        jiff::civil::date(self.year, self.month, 1)
    }

    /// The 28th to the 31st, as long as the month is.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// How many days it has, 28 to 31.
    pub fn days(self) -> i8 {
        self.first_day().days_in_month()
    }

    /// Whether the day lies in the month.
    pub fn contains(self, day: Date) -> bool {
        day.year() == self.year && day.month() == self.month
    }

    /// The month so many months later (earlier when negative), or `None` outside the years that a norm month may have.
    pub fn checked_add(self, months: i32) -> Option<Self> {
        let index = i32::from(self.year) * 12 + i32::from(self.month) - 1 + months;
        let year = i16::try_from(index.div_euclid(12)).ok()?;
        let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
        Self::new(year, month).ok()
    }

    /// The month after; the last month that can be written is its own next.
    #[must_use]
    pub fn next(self) -> Self {
        self.checked_add(1).unwrap_or(self)
    }

    /// The month before; the first month that can be written is its own previous.
    #[must_use]
    pub fn previous(self) -> Self {
        self.checked_add(-1).unwrap_or(self)
    }

    /// How many months this one is after the other (negative when before).
    pub fn months_since(self, other: Self) -> i32 {
        (i32::from(self.year) - i32::from(other.year)) * 12 + i32::from(self.month) - i32::from(other.month)
    }
}

impl fmt::Display for NormMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for NormMonth {
    type Err = NormMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or(NormMonthError)?;
        let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(NormMonthError);
        }
        Self::new(year.parse().map_err(|_| NormMonthError)?, month.parse().map_err(|_| NormMonthError)?)
    }
}

impl Serialize for NormMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NormMonth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn month(text: &str) -> NormMonth {
        text.parse().unwrap()
    }

    #[test]
    fn years_turn() {
        assert_eq!(month("2026-12").next(), month("2027-01"));
        assert_eq!(month("2027-01").previous(), month("2026-12"));
        assert_eq!(month("2027-02").months_since(month("2026-11")), 3);
    }

    #[test]
    fn february_knows_leap_years() {
        assert_eq!(month("2028-02").days(), 29);
        assert_eq!(month("2026-02").last_day(), jiff::civil::date(2026, 2, 28));
    }

    #[test]
    fn refuses_what_is_no_month() {
        for text in ["", "2026", "2026-13", "2026-00", "1999-12", "2200-01", "26-12", "2026-1", "2026-+1", "2026-12-01"]
        {
            assert_eq!(text.parse::<NormMonth>(), Err(NormMonthError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn adding_and_taking_away_meet(year in 2010i16..2190, number in 1i8..=12, step in -100i32..=100) {
            let start = NormMonth::new(year, number).unwrap();
            let there = start.checked_add(step).unwrap();
            prop_assert_eq!(there.months_since(start), step);
            prop_assert_eq!(there.checked_add(-step), Some(start));
            prop_assert_eq!(there.to_string().parse(), Ok(there));
        }
    }
}
