//! A number in a document, where numbers stand as text.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A small number of days, hours or people. In a document it stands as text, as every number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SmallCount(pub u8);

impl Serialize for SmallCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SmallCount {
    /// Takes the one spelling that it is written in.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let count: u8 = text.parse().map_err(|_| de::Error::custom("not a small number"))?;
        if count.to_string() == text { Ok(Self(count)) } else { Err(de::Error::custom("not the spelling of a number")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_has_one_spelling() {
        assert_eq!(serde_json::to_string(&SmallCount(7)).unwrap(), "\"7\"");
        assert_eq!(serde_json::from_str::<SmallCount>("\"15\"").unwrap(), SmallCount(15));
        for text in ["7", "\"07\"", "\"+7\"", "\"256\"", "\"\""] {
            assert!(serde_json::from_str::<SmallCount>(text).is_err(), "{text}");
        }
    }
}
