//! Swedish identity numbers: personnummer and samordningsnummer.
//!
//! Rules: folkbokföringslagen (1991:481) 18 § (birth date, three digits, check digit) and 18 a § with lag (2022:1697) om
//! samordningsnummer (day of birth plus 60). The check digit is Luhn's over the ten digits without the century.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
    /// Samordningsnummer: the day has 60 added.
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
        if self.day_digits() > 60 { NumberKind::Coordination } else { NumberKind::Personal }
    }

    /// The date of birth.
    pub fn birth_date(self) -> Date {
        self.checked_birth_date().unwrap_or(Date::MIN)
    }

    fn day_digits(self) -> i8 {
        two_digits(self.0[6], self.0[7])
    }

    fn checked_birth_date(self) -> Option<Date> {
        let year = i16::from(two_digits(self.0[0], self.0[1])) * 100 + i16::from(two_digits(self.0[2], self.0[3]));
        let day = self.day_digits();
        Date::new(year, two_digits(self.0[4], self.0[5]), if day > 60 { day - 60 } else { day }).ok()
    }
}

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
        assert_eq!(number.birth_date(), jiff::civil::date(1990, 6, 2));
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
            prop_assert_eq!(fitting[0].birth_date(), born);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = PersonNumber::parse(&text);
        }
    }
}
