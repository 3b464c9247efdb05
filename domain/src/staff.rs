//! Those who work at a municipality.

use serde::{Deserialize, Serialize};

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// Handläggare.
    Caseworker,
    /// Administratör.
    Admin,
}

impl StaffRole {
    /// The code in the database: `caseworker`, `admin`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Caseworker => "caseworker",
            Self::Admin => "admin",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Caseworker, Self::Admin].into_iter().find(|role| role.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for role in [StaffRole::Caseworker, StaffRole::Admin] {
            assert_eq!(StaffRole::from_code(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.code());
        }
        assert_eq!(StaffRole::from_code("director"), None);
    }
}
