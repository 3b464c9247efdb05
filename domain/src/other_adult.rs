//! What one adult of a household sees of what authorities say about the other.
//!
//! What is fetched about a person is about that person alone. Secrecy in the social services holds between the adults of a household too
//! (offentlighets- och sekretesslagen (2009:400) 26 kap. 1 §), so a municipality that shows more says on what ground.

use crate::form::{FormProblem, PlainText, Typed, read};

/// What a municipality lets an adult see of the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OtherAdultRule {
    /// Nothing: it is so wherever nothing has been said.
    #[default]
    Nothing,
    /// What authorities have paid and plan in the reference month as one sum, with the ground beside it.
    Sum(LegalGround),
}

impl OtherAdultRule {
    /// The ground on which a sum is shown, where one is.
    pub const fn ground(&self) -> Option<&LegalGround> {
        match self {
            Self::Nothing => None,
            Self::Sum(ground) => Some(ground),
        }
    }
}

/// On what ground of law a sum is shown (rättslig grund), in the municipality's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalGround(PlainText);

impl LegalGround {
    /// The fewest characters: a paragraph has a law and a number.
    pub const MIN: usize = 10;
    /// The most characters: it is read beside an amount.
    pub const MAX: usize = 500;

    /// The ground that was typed.
    pub fn read(typed: &Typed) -> Result<Self, FormProblem> {
        let text = read::text(typed, Self::MAX)?;
        let length = text.as_ref().map_or(0, |text| text.as_str().chars().count());
        match text {
            Some(text) if length >= Self::MIN => Ok(Self(text)),
            _ => Err(FormProblem::TextTooShort { min: Self::MIN }),
        }
    }

    /// In words.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<LegalGround, FormProblem> {
        LegalGround::read(&Typed::new(text).unwrap())
    }

    #[test]
    fn a_ground_says_something_and_no_essay() {
        assert_eq!(read("  OSL 10 kap. 3 §\n").unwrap().as_str(), "OSL 10 kap. 3 §");
        for nothing in ["", " \n ", "lagen", "123456789"] {
            assert_eq!(read(nothing), Err(FormProblem::TextTooShort { min: 10 }), "{nothing:?}");
        }
        assert!(read("1234567890").is_ok() && read(&"å".repeat(500)).is_ok());
        assert_eq!(read(&"å".repeat(501)), Err(FormProblem::TextTooLong { max: 500, length: 501 }));
    }

    #[test]
    fn nothing_said_is_nothing_shown() {
        assert_eq!(OtherAdultRule::default().ground(), None);
        let ground = read("OSL 10 kap. 3 §").unwrap();
        assert_eq!(OtherAdultRule::Sum(ground.clone()).ground(), Some(&ground));
    }
}
