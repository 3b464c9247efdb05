//! Swedish money in whole öre. There are no floats in this service.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount in whole öre (1 krona = 100 öre). May be negative.
///
/// As JSON and TOML it is text, `"1234.50"`, never a number: a reader that takes numbers for floats cannot harm it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing but white space.
    #[error("the amount is empty")]
    Empty,
    /// Something else than digits, grouping spaces, one decimal sign and a leading minus.
    #[error("the amount is not a number of kronor")]
    NotANumber,
    /// More than two decimals: less than an öre.
    #[error("the amount has more than two decimals")]
    TooManyDecimals,
    /// Beyond [`Money::LIMIT`].
    #[error("the amount is too large")]
    TooLarge,
}

impl Money {
    /// 0 kr: where sums begin, and never what is not known.
    pub const ZERO: Self = Self(0);

    /// The largest amount that any text may give, either side of zero: ten million kronor. Far above every amount in economic
    /// assistance, far below where a sum of rows could overflow.
    pub const LIMIT: Self = Self(10_000_000 * 100);

    /// An amount of whole öre.
    pub const fn from_ore(ore: i64) -> Self {
        Self(ore)
    }

    /// An amount of whole kronor.
    pub const fn from_kronor(kronor: i64) -> Self {
        Self(kronor * 100)
    }

    /// The amount in öre.
    pub const fn ore(self) -> i64 {
        self.0
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether the amount is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads an amount as people type it: `6 500`, `6500,50`, `6500.50 kr`, with ordinary, hard or thin spaces between groups.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        let text = text.strip_suffix("kr").or_else(|| text.strip_suffix(":-")).unwrap_or(text).trim();
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let (kronor, ore) = match digits.split_once([',', '.']) {
            Some((kronor, ore)) => (kronor, ore),
            None => (digits, ""),
        };
        let kronor: String =
            kronor.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if kronor.is_empty() || !all_digits(&kronor) || !all_digits(ore) {
            return Err(MoneyError::NotANumber);
        }
        if ore.len() > 2 {
            return Err(MoneyError::TooManyDecimals);
        }
        let kronor: i64 = kronor.parse().map_err(|_| MoneyError::TooLarge)?;
        let ore: i64 = format!("{ore:0<2}").parse().map_err(|_| MoneyError::NotANumber)?;
        let total = kronor.checked_mul(100).and_then(|k| k.checked_add(ore)).ok_or(MoneyError::TooLarge)?;
        if total > Self::LIMIT.0 {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self(if negative { -total } else { total }))
    }
}

/// `1234.50`: the spelling in stored documents. People's spelling (grouping, "kr") belongs to the page that shows it.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ore = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", ore / 100, ore % 100)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_type() {
        for (typed, ore) in [
            ("6500", 650_000),
            (" 6 500 ", 650_000),
            ("6\u{a0}500,5", 650_050),
            ("6500.50 kr", 650_050),
            ("6 500:-", 650_000),
            ("-12,34", -1_234),
            ("\u{2212} 12", -1_200),
            ("0", 0),
        ] {
            assert_eq!(Money::parse(typed), Ok(Money::from_ore(ore)), "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for (typed, error) in [
            ("", MoneyError::Empty),
            ("  kr ", MoneyError::Empty),
            ("tolv", MoneyError::NotANumber),
            ("1,2,3", MoneyError::NotANumber),
            ("1e9", MoneyError::NotANumber),
            (",50", MoneyError::NotANumber),
            ("1,234", MoneyError::TooManyDecimals),
            ("10000000,01", MoneyError::TooLarge),
            ("99999999999999999999", MoneyError::TooLarge),
        ] {
            assert_eq!(Money::parse(typed), Err(error), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(ore in -Money::LIMIT.ore()..=Money::LIMIT.ore()) {
            let money = Money::from_ore(ore);
            prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = Money::parse(&text);
        }
    }
}
