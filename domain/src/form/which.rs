//! What a button in a list is about.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// All that is in a list, or one thing of it. All is said in so many words: a field that is empty or not there is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<T> {
    /// Whatever is in the list.
    All,
    /// This, if it is in the list.
    One(T),
}

/// How all is written.
const ALL: &str = "all";

impl<T> Which<T> {
    /// The one thing; none where it is all.
    pub fn one(self) -> Option<T> {
        match self {
            Self::All => None,
            Self::One(one) => Some(one),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Which<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str(ALL),
            Self::One(one) => one.fmt(f),
        }
    }
}

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Which<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == ALL { Ok(Self::All) } else { text.parse().map(Self::One).map_err(D::Error::custom) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::JobId;

    #[test]
    fn all_is_said_and_never_meant() {
        let job = JobId(uuid::Uuid::from_u128(1));
        for which in [Which::All, Which::One(job)] {
            let json = serde_json::to_string(&which.to_string()).unwrap();
            assert_eq!(serde_json::from_str::<Which<JobId>>(&json).unwrap(), which);
        }
        for neither in ["\"\"", "\"ALL\"", "\"1\"", "null", "true"] {
            assert!(serde_json::from_str::<Which<JobId>>(neither).is_err(), "{neither}");
        }
    }
}
