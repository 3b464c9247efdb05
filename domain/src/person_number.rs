//! Swedish identity numbers: personnummer and samordningsnummer.
//!
//! Rules: folkbokföringslagen (1991:481) 18 § (birth date, three digits, check digit) and 18 a § with lag (2022:1697) om
//! samordningsnummer (day of birth plus 60; SKV M 2010:3). The check digit is Luhn's over the ten digits without the century.
//!
//! Where Skatteverket does not know when somebody was born, a samordningsnummer has the month 00, the day 60, or both: Skatteverket's open
//! data "Testsamordningsnummer" holds all three, such as `191500722390` and `191500882392`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::BirthDate;

/// A valid identity number of twelve digits, `YYYYMMDDNNNN`.
///
/// It is personal: its `Debug` shows nothing, so that it cannot slip into a log, and there is no `Display`. Ask for
/// [`digits`](Self::digits) or [`hyphenated`](Self::hyphenated) where it really is to be written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNumber([u8; 12]);

/// Which of the two numbers it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// Personnummer: the person is or has been in the population register.
    Personal,
    /// Samordningsnummer: the day has 60 added, and may be left out, as the month.
    Coordination,
}

/// Why a text is not an identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNumberError {
    /// Not twelve digits, with or without a hyphen before the last four.
    #[error("an identity number has twelve digits: YYYYMMDD-NNNN")]
    Form,
    /// The first eight digits are no date.
    #[error("the first eight digits are not a date of birth")]
    Date,
    /// The serial number 000 is never given out.
    #[error("the serial number 000 does not exist")]
    Serial,
    /// The last digit does not fit the others.
    #[error("the last digit does not fit the others")]
    CheckDigit,
}

impl PersonNumber {
    /// Reads `YYYYMMDDNNNN` or `YYYYMMDD-NNNN`. The century must be there: ten digits alone would have to be guessed.
    pub fn parse(text: &str) -> Result<Self, PersonNumberError> {
        let mut digits = [0u8; 12];
        let mut count = 0;
        for (index, byte) in text.trim().bytes().enumerate() {
            match byte {
                b'0'..=b'9' if count < 12 => {
                    digits[count] = byte - b'0';
                    count += 1;
                }
                b'-' if index == 8 => {}
                _ => return Err(PersonNumberError::Form),
            }
        }
        if count != 12 {
            return Err(PersonNumberError::Form);
        }
        let number = Self(digits);
        number.checked_birth_date().ok_or(PersonNumberError::Date)?;
        if digits[8..11] == [0, 0, 0] {
            return Err(PersonNumberError::Serial);
        }
        if !luhn_sum(&digits[2..]).is_multiple_of(10) {
            return Err(PersonNumberError::CheckDigit);
        }
        Ok(number)
    }

    /// The twelve digits without a hyphen, for storage and for authorities.
    pub fn digits(self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }

    /// `YYYYMMDD-NNNN`, for people.
    pub fn hyphenated(self) -> String {
        let mut text = self.digits();
        text.insert(8, '-');
        text
    }

    /// Told by the day: a samordningsnummer has 60 added to it.
    pub fn kind(self) -> NumberKind {
        if self.day_digits() >= UNKNOWN_DAY { NumberKind::Coordination } else { NumberKind::Personal }
    }

    /// The date of birth, as far as the number says it.
    pub fn birth_date(self) -> BirthDate {
        self.checked_birth_date().unwrap_or(BirthDate::from(jiff::civil::Date::MIN))
    }

    fn day_digits(self) -> i8 {
        two_digits(self.0[6], self.0[7])
    }

    fn checked_birth_date(self) -> Option<BirthDate> {
        let year = i16::from(two_digits(self.0[0], self.0[1])) * 100 + i16::from(two_digits(self.0[2], self.0[3]));
        let (month, day) = (two_digits(self.0[4], self.0[5]), self.day_digits());
        let known = |part: i8| (part != 0).then_some(part);
        match self.kind() {
            NumberKind::Coordination => BirthDate::new(year, known(month), known(day - UNKNOWN_DAY)).ok(),
            NumberKind::Personal => BirthDate::new(year, Some(month), Some(day)).ok(),
        }
    }
}

/// What a samordningsnummer adds to the day, and so the day of one whose day nobody knows.
const UNKNOWN_DAY: i8 = 60;

fn two_digits(tens: u8, ones: u8) -> i8 {
    // Both are 0..=9, so the sum is at most 99.
    i8::try_from(tens * 10 + ones).unwrap_or(i8::MAX)
}

fn luhn_sum(digits: &[u8]) -> u32 {
    digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| {
            let weighted = u32::from(digit) * if place % 2 == 1 { 2 } else { 1 };
            if weighted > 9 { weighted - 9 } else { weighted }
        })
        .sum()
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonNumber(..)")
    }
}

impl FromStr for PersonNumber {
    type Err = PersonNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for PersonNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.digits())
    }
}

impl<'de> Deserialize<'de> for PersonNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Published test numbers: Skatteverket's list of test identities and personnummer/meta's testdata.
    const VALID: [&str; 5] = ["199006022397", "199107172380", "194408139089", "190905271474", "200002292399"];

    #[test]
    fn published_numbers_are_valid() {
        for text in VALID {
            let number = PersonNumber::parse(text).unwrap();
            assert_eq!(number.digits(), text);
            assert_eq!(PersonNumber::parse(&number.hyphenated()), Ok(number));
            assert_eq!(number.kind(), NumberKind::Personal);
        }
    }

    #[test]
    fn refuses_with_the_reason() {
        for (text, error) in [
            ("201509160006", PersonNumberError::Serial),
            ("199006022398", PersonNumberError::CheckDigit),
            ("199013022397", PersonNumberError::Date),
            ("190002292393", PersonNumberError::Date),
            ("9006022397", PersonNumberError::Form),
            ("19900602+2397", PersonNumberError::Form),
            ("1990-06022397", PersonNumberError::Form),
            ("19900602-2397x", PersonNumberError::Form),
            ("", PersonNumberError::Form),
        ] {
            assert_eq!(PersonNumber::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_coordination_number_has_sixty_more_days() {
        let number = (0..10).find_map(|last| PersonNumber::parse(&format!("19900662239{last}")).ok()).unwrap();
        assert_eq!(number.kind(), NumberKind::Coordination);
        assert_eq!(number.birth_date(), jiff::civil::date(1990, 6, 2).into());
    }

    /// From Skatteverket's open data "Testsamordningsnummer": the month, the day, or both are unknown.
    #[test]
    fn a_coordination_number_may_leave_out_when_somebody_was_born() {
        for (text, born) in [("191500722390", "1915-00-12"), ("191500882392", "1915-00-28")] {
            let number = PersonNumber::parse(text).unwrap();
            assert_eq!((number.kind(), number.birth_date().to_string().as_str()), (NumberKind::Coordination, born));
            assert_eq!(number.hyphenated().replace('-', ""), text);
        }
        for (eight, born) in [("19900660", "1990-06-00"), ("19900060", "1990-00-00"), ("19900091", "1990-00-31")] {
            let fits = |last: &u8| PersonNumber::parse(&format!("{eight}239{last}")).is_ok();
            let last = (0..10).find(fits).unwrap_or_else(|| panic!("{eight} is a date of a coordination number"));
            let number = PersonNumber::parse(&format!("{eight}239{last}")).unwrap();
            assert_eq!((number.kind(), number.birth_date().to_string().as_str()), (NumberKind::Coordination, born));
        }
        for eight in ["19900002", "19900600", "19900092", "19900692", "19900290", "19901361", "19900659"] {
            let fits = |last: &u8| PersonNumber::parse(&format!("{eight}239{last}")).is_ok();
            assert_eq!((0..10).find(fits), None, "{eight}");
        }
    }

    #[test]
    fn it_stays_out_of_logs() {
        let number = PersonNumber::parse(VALID[0]).unwrap();
        assert_eq!(format!("{number:?}"), "PersonNumber(..)");
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_fits(days in 0i32..60_000, serial in 1u32..1000) {
            let born = jiff::civil::date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            let eleven = format!("{:04}{:02}{:02}{serial:03}", born.year(), born.month(), born.day());
            let fitting: Vec<_> = (0..10).filter_map(|last| PersonNumber::parse(&format!("{eleven}{last}")).ok()).collect();
            prop_assert_eq!(fitting.len(), 1);
            prop_assert_eq!(fitting[0].birth_date(), born.into());
        }

        #[test]
        fn a_coordination_number_says_what_it_knows_and_no_more(
            year in 1900i16..2027,
            month in proptest::option::of(1i8..=12),
            day in proptest::option::of(1i8..=28),
            serial in 1u32..1000,
        ) {
            let eleven = format!("{year:04}{:02}{:02}{serial:03}", month.unwrap_or(0), 60 + day.unwrap_or(0));
            let fitting: Vec<_> = (0..10).filter_map(|last| PersonNumber::parse(&format!("{eleven}{last}")).ok()).collect();
            prop_assert_eq!(fitting.len(), 1);
            prop_assert_eq!(fitting[0].kind(), NumberKind::Coordination);
            prop_assert_eq!(fitting[0].birth_date(), BirthDate::new(year, month, day).unwrap());
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = PersonNumber::parse(&text);
        }
    }
}
