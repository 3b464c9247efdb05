//! Whether where somebody is may be known.

use serde::{Deserialize, Serialize};

/// What the population register has said of a person's protection: sekretessmarkering (OSL 22 kap. 1 §) or skyddad folkbokföring
/// (folkbokföringslagen 16 §). What it has not said is no permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// The register has said that there is none.
    None,
    /// Sekretessmarkering or skyddad folkbokföring.
    Protected,
    /// The register has not said, or could not be asked. It is treated as protection.
    #[default]
    Unknown,
}

impl Protection {
    /// The code in the database: `none`, `protected`, `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Protected => "protected",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_documents_and_the_unsaid_is_unknown() {
        for one in [Protection::None, Protection::Protected, Protection::Unknown] {
            assert_eq!(serde_json::to_value(one).unwrap(), one.code());
        }
        assert_eq!(Protection::default(), Protection::Unknown);
    }
}
