//! The reference number (ärendereferens) of a receipt: short, safe to read aloud, and never mistaken for another.
//!
//! Eight characters of Douglas Crockford's base 32 (no I, L, O or U) carry forty random bits; a ninth checks them. The check is a
//! sum over the field of 32 elements in which each place has a weight of its own: every single wrong character and every two
//! characters that changed places are found.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA: usize = 8;

/// A renewal's reference number, written `7K3-M9Q-XT5`. It says nothing about anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference([u8; DATA + 1]);

/// Why a text is no reference number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Not nine letters and digits.
    #[error("a reference has nine letters and digits, such as 7K3-M9Q-XT5")]
    Form,
    /// A character is wrong or two have changed places.
    #[error("the reference was not written down right")]
    Check,
}

impl Reference {
    /// The reference made of five random bytes. The caller keeps references apart: forty bits alone do not.
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let mut values = [0; DATA + 1];
        for (place, value) in values.iter_mut().take(DATA).enumerate() {
            *value = low_five(bits >> (5 * (DATA - 1 - place)));
        }
        values[DATA] = check(&values[..DATA]);
        Self(values)
    }
}

fn low_five(bits: u64) -> u8 {
    // Five bits always fit.
    u8::try_from(bits & 31).unwrap_or_default()
}

/// The sum of the values, each multiplied by its place's weight: 2, 4, 8, … in the field of polynomials modulo x⁵ + x² + 1.
fn check(values: &[u8]) -> u8 {
    values.iter().rev().fold(0, |sum, value| double(sum ^ value))
}

fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted > 31 { shifted ^ 0b10_0101 } else { shifted }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.0.iter().enumerate() {
            if place % 3 == 0 && place > 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(ALPHABET[usize::from(*value)]))?;
        }
        Ok(())
    }
}

/// Reads a reference as people write it down: large or small letters, with or without hyphens and spaces; O is zero, I and L are
/// one.
impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut values = [0; DATA + 1];
        let mut characters = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        for value in &mut values {
            *value = characters.next().and_then(value_of).ok_or(ReferenceError::Form)?;
        }
        if characters.next().is_some() {
            return Err(ReferenceError::Form);
        }
        if check(&values[..DATA]) != values[DATA] {
            return Err(ReferenceError::Check);
        }
        Ok(Self(values))
    }
}

fn value_of(character: char) -> Option<u8> {
    let letter = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|symbol| char::from(*symbol) == letter).and_then(|value| u8::try_from(value).ok())
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_written_in_three_groups() {
        assert_eq!(Reference::from_random([0; 5]).to_string(), "000-000-000");
        let reference = Reference::from_random([0xff, 0, 0xff, 0, 0xff]);
        let text = reference.to_string();
        assert_eq!(text.len(), 11);
        assert_eq!(text.parse(), Ok(reference));
        assert_eq!(serde_json::to_string(&reference).unwrap(), format!("\"{text}\""));
    }

    #[test]
    fn it_is_read_as_people_write_it() {
        let reference: Reference = "000-000-000".parse().unwrap();
        for text in ["ooo ooo ooo", "OOO000000", " 000 - 000 - 000 "] {
            assert_eq!(text.parse(), Ok(reference), "{text}");
        }
        for text in ["", "000-000-00", "000-000-0000", "UUU-000-000", "000-000-00å", "000_000_000"] {
            assert_eq!(text.parse::<Reference>(), Err(ReferenceError::Form), "{text}");
        }
        let with_one = Reference::from_random([8, 66, 16, 132, 33]).to_string();
        assert!(with_one.contains('1'), "{with_one}");
        assert_eq!(with_one.replace('1', "l").parse(), with_one.parse::<Reference>());
        assert_eq!(with_one.replace('1', "I").parse(), with_one.parse::<Reference>());
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_found(bytes: [u8; 5], place in 0usize..9, step in 1u8..32) {
            let mut reference = Reference::from_random(bytes);
            reference.0[place] = (reference.0[place] + step) % 32;
            prop_assert_eq!(reference.to_string().parse::<Reference>(), Err(ReferenceError::Check));
        }

        #[test]
        fn two_characters_that_changed_places_are_found(bytes: [u8; 5], one in 0usize..9, other in 0usize..9) {
            let mut reference = Reference::from_random(bytes);
            prop_assume!(reference.0[one] != reference.0[other]);
            reference.0.swap(one, other);
            prop_assert_eq!(reference.to_string().parse::<Reference>(), Err(ReferenceError::Check));
        }

        #[test]
        fn different_bytes_give_different_references(one: [u8; 5], other: [u8; 5]) {
            prop_assert_eq!(one == other, Reference::from_random(one) == Reference::from_random(other));
            prop_assert_eq!(Reference::from_random(one).to_string().to_lowercase().parse(), Ok(Reference::from_random(one)));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = text.parse::<Reference>();
        }
    }
}
