//! Bankgiro and plusgiro numbers: where a landlord or an electricity company is paid.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{digits, luhn};

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident: $lengths:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl FromStr for $name {
            type Err = GiroError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = digits(text).filter(|digits| $lengths.contains(&digits.len())).ok_or(GiroError::Form)?;
                if luhn(&digits) { Ok(Self(digits)) } else { Err(GiroError::Check) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = GiroError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    )*};
}

numbers! {
    /// A bankgiro number of seven or eight digits, written `354-7247` or `5858-2628`.
    Bankgiro: (7..=8);
    /// A plusgiro number of two to eight digits, written `116 04 99-8`.
    Plusgiro: (2..=8);
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "number", rename_all = "kebab-case")]
pub enum Giro {
    /// A number of seven or eight digits.
    Bankgiro(Bankgiro),
    /// A number of two to eight digits.
    Plusgiro(Plusgiro),
}

/// Why a text is no giro number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GiroError {
    /// Something else than digits, spaces and hyphens, or the wrong number of digits.
    #[error("a bankgiro number has seven or eight digits, a plusgiro number two to eight")]
    Form,
    /// The last digit does not fit the others.
    #[error("the last digit does not fit the others")]
    Check,
}

impl fmt::Display for Bankgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.0.split_at(self.0.len() - 4);
        write!(f, "{first}-{last}")
    }
}

/// In pairs from the right, the first group of two or three, the check digit after a hyphen.
impl fmt::Display for Plusgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, check) = self.0.split_at(self.0.len() - 1);
        for (place, digit) in number.chars().enumerate() {
            let left = number.len() - place;
            if place > 1 && left % 2 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "-{check}")
    }
}

impl fmt::Display for Giro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bankgiro(number) => number.fmt(f),
            Self::Plusgiro(number) => number.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers that an open implementation publishes as its tests (kajetan-kazimierczak/SwedishBankAccounts).
    #[test]
    fn published_numbers_are_read_and_written() {
        for (text, written) in
            [("5858-2628", "5858-2628"), ("160-9908", "160-9908"), ("1585694", "158-5694"), ("354 72 47", "354-7247")]
        {
            assert_eq!(text.parse::<Bankgiro>().unwrap().to_string(), written);
        }
        for (text, written) in [("1160499-8", "116 04 99-8"), ("116 04 99-8", "116 04 99-8"), ("18", "1-8")] {
            assert_eq!(text.parse::<Plusgiro>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn wrong_numbers_are_refused() {
        for (text, error) in [
            ("1234-5678", GiroError::Check),
            ("123-5678", GiroError::Check),
            ("0000000", GiroError::Check),
            ("354-7", GiroError::Form),
            ("123456789", GiroError::Form),
            ("yyy", GiroError::Form),
            ("", GiroError::Form),
        ] {
            assert_eq!(text.parse::<Bankgiro>(), Err(error), "{text}");
        }
        for (text, error) in [("354-7", GiroError::Check), ("8", GiroError::Form), ("123456789", GiroError::Form)] {
            assert_eq!(text.parse::<Plusgiro>(), Err(error), "{text}");
        }
    }

    #[test]
    fn plusgiro_numbers_are_written_in_pairs() {
        for (digits, written) in [
            ("42", "4-2"),
            ("125", "12-5"),
            ("1230", "123-0"),
            ("12344", "12 34-4"),
            ("123455", "123 45-5"),
            ("1234566", "12 34 56-6"),
        ] {
            assert_eq!(Plusgiro(digits.into()).to_string(), written);
        }
    }

    #[test]
    fn the_kind_is_stored_beside_the_number() {
        let giro = Giro::Plusgiro("1160499-8".parse().unwrap());
        let json = r#"{"kind":"plusgiro","number":"11604998"}"#;
        assert_eq!(serde_json::to_string(&giro).unwrap(), json);
        assert_eq!(serde_json::from_str::<Giro>(json).unwrap(), giro);
        assert!(serde_json::from_str::<Giro>(r#"{"kind":"bankgiro","number":"12345678"}"#).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(digits in "[0-9]{2,8}") {
            if let Ok(number) = digits.parse::<Plusgiro>() {
                prop_assert_eq!(number.to_string().parse(), Ok(number));
            }
            if let Ok(number) = digits.parse::<Bankgiro>() {
                prop_assert_eq!(number.to_string().parse(), Ok(number));
            }
        }
    }
}
