//! When somebody was born, as far as it is known, and how old that makes them.
//!
//! A samordningsnummer may leave the month (00) or the day (60) out, when Skatteverket does not know it. An age that cannot be told from the
//! rest is a value of its own: nobody guesses, and a human is asked where it matters.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::wire::{Wire, WireReader, WireWriter};

/// A date of birth, of which the month, the day or both may be unknown. Written `1990-06-02`, with `00` for what nobody knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BirthDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Wire for BirthDate {
    fn put(&self, out: &mut WireWriter) {
        (self.year, (self.month, self.day)).put(out);
    }

    fn take(from: &mut WireReader<'_>) -> Option<Self> {
        let (year, (month, day)) = Wire::take(from)?;
        Self::new(year, month, day).ok()
    }
}

/// The parts are no date of birth: a month or a day that no year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of birth")]
pub struct NoBirthDate;

/// How old somebody is on a day, in whole years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Age {
    /// So many years.
    Years(u16),
    /// Nobody knows: between these, both included, which are not the same.
    Unknown {
        /// The youngest that the person can be.
        least: u16,
        /// The eldest that the person can be.
        most: u16,
    },
}

impl Age {
    /// The youngest that the person can be.
    pub const fn least(self) -> u16 {
        match self {
            Self::Years(years) | Self::Unknown { least: years, .. } => years,
        }
    }

    /// The eldest that the person can be.
    pub const fn most(self) -> u16 {
        match self {
            Self::Years(years) | Self::Unknown { most: years, .. } => years,
        }
    }
}

impl BirthDate {
    /// Of a year, with the month and the day where they are known.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Result<Self, NoBirthDate> {
        let birth = Self { year, month, day };
        let parts = Date::new(year, month.unwrap_or(1), day.unwrap_or(1));
        parts.map(|_| birth).map_err(|_| NoBirthDate)
    }

    /// The day, where it is known.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// Whether nobody knows the day.
    pub const fn is_unknown(self) -> bool {
        self.month.is_none() || self.day.is_none()
    }

    /// The first day that it can be.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Date::MIN)
    }

    /// The last day that it can be.
    pub fn latest(self) -> Date {
        // December and January both have 31 days, so that a known day is one of theirs.
        let first = Date::new(self.year, self.month.unwrap_or(12), 1).unwrap_or(Date::MIN);
        Date::new(self.year, first.month(), self.day.unwrap_or(first.days_in_month())).unwrap_or(first)
    }

    /// The age on a day; 0 for somebody who is not born yet.
    pub fn age_on(self, day: Date) -> Age {
        let (least, most) = (years(self.latest(), day), years(self.earliest(), day));
        if least == most { Age::Years(least) } else { Age::Unknown { least, most } }
    }
}

/// Whole years from a day of birth. Who is born on 29 February has a birthday on 1 March in other years.
fn years(born: Date, on: Date) -> u16 {
    let had_birthday = (born.month(), born.day()) <= (on.month(), on.day());
    u16::try_from(on.year() - born.year() - i16::from(!had_birthday)).unwrap_or(0)
}

impl From<Date> for BirthDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month.unwrap_or(0), self.day.unwrap_or(0))
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BirthDate {
    type Err = NoBirthDate;

    fn from_str(text: &str) -> Result<Self, NoBirthDate> {
        let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return Err(NoBirthDate) };
        let two = |part: &str| match part {
            "00" => Ok(None),
            part if is_digits(part, 2) => part.parse().map(Some).map_err(|_| NoBirthDate),
            _ => Err(NoBirthDate),
        };
        if !is_digits(year, 4) {
            return Err(NoBirthDate);
        }
        Self::new(year.parse().map_err(|_| NoBirthDate)?, two(month)?, two(day)?)
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl TryFrom<String> for BirthDate {
    type Error = NoBirthDate;

    fn try_from(text: String) -> Result<Self, NoBirthDate> {
        text.parse()
    }
}

impl From<BirthDate> for String {
    fn from(birth: BirthDate) -> Self {
        birth.to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_unknown_is_written_as_nought() {
        for text in ["1990-06-02", "1990-06-00", "1990-00-00", "1990-00-28", "2024-02-29"] {
            let birth: BirthDate = text.parse().unwrap();
            assert_eq!(birth.to_string(), text);
            assert_eq!(birth.is_unknown(), birth.date().is_none(), "{text}");
        }
        for text in [
            "",
            "1990",
            "1990-13-02",
            "1990-02-30",
            "1990-00-32",
            "90-01-01",
            "1990-6-2",
            "1990-06-02-01",
            "1990-+6-02",
            "+990-06-02",
        ] {
            assert_eq!(text.parse::<BirthDate>(), Err(NoBirthDate), "{text}");
            let stored = serde_json::to_string(text).unwrap();
            assert!(serde_json::from_str::<BirthDate>(&stored).is_err(), "{text}");
        }
        for sent in [
            (1990, (Some(13), Some(2))),
            (1990, (Some(2), Some(30))),
            (1990, (None, Some(32))),
            (1990, (Some(0), None)),
        ] {
            let sent: (i16, (Option<i8>, Option<i8>)) = sent;
            assert_eq!(crate::wire::read::<BirthDate>(&crate::wire::write(&sent)), None, "{sent:?}");
        }
    }

    #[test]
    fn an_age_is_told_where_every_possible_day_gives_the_same() {
        for (born, on, age) in [
            ("2008-06-02", date(2026, 12, 1), Age::Years(18)),
            ("2008-00-00", date(2026, 12, 1), Age::Unknown { least: 17, most: 18 }),
            ("2008-00-02", date(2026, 12, 1), Age::Unknown { least: 17, most: 18 }),
            ("2008-11-00", date(2026, 12, 1), Age::Years(18)),
            ("2008-12-00", date(2026, 12, 1), Age::Unknown { least: 17, most: 18 }),
            ("2008-12-00", date(2026, 12, 31), Age::Years(18)),
            ("2026-00-00", date(2026, 3, 1), Age::Years(0)),
        ] {
            assert_eq!(born.parse::<BirthDate>().unwrap().age_on(on), age, "{born} on {on}");
        }
    }

    proptest! {
        #[test]
        fn the_true_day_lies_between_the_bounds_whatever_is_left_out(
            (days, later) in (0i32..60_000, 0i32..40_000),
            (knows_month, knows_day) in any::<(bool, bool)>(),
        ) {
            let born = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let on = born.checked_add(jiff::Span::new().days(later)).unwrap();
            let (month, day) = (knows_month.then_some(born.month()), knows_day.then_some(born.day()));
            let known = BirthDate::new(born.year(), month, day).unwrap();
            prop_assert!(known.earliest() <= born && born <= known.latest());
            let Age::Years(age) = BirthDate::from(born).age_on(on) else { panic!("a whole date has one age") };
            let told = known.age_on(on);
            prop_assert!(told.least() <= age && age <= told.most() && told.most() - told.least() <= 1);
            prop_assert_eq!(known.is_unknown(), !(knows_month && knows_day));
        }

        #[test]
        fn it_is_stored_and_sent_as_it_is(
            year in 1900i16..2100,
            month in proptest::option::of(1i8..=12),
            day in proptest::option::of(1i8..=28),
        ) {
            let birth = BirthDate::new(year, month, day).unwrap();
            let stored = serde_json::to_string(&birth).unwrap();
            prop_assert_eq!(serde_json::from_str::<BirthDate>(&stored).unwrap(), birth);
            prop_assert_eq!(crate::wire::read::<BirthDate>(&crate::wire::write(&birth)), Some(birth));
            if let Some(date) = birth.date() {
                prop_assert_eq!(stored, serde_json::to_string(&date).unwrap(), "as whole dates have always been stored");
            }
        }
    }
}
