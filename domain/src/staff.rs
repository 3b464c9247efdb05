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

/// How an official is close to somebody (jäv: förvaltningslagen (2017:900) 16 §, kommunallagen (2017:725) 6 kap. 28 §).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// Närstående: they have nothing to do with the case.
    Relative,
    /// Somebody whom they know: they do not decide alone.
    Acquaintance,
}

impl RelationKind {
    /// Both, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Relative, Self::Acquaintance];

    /// The code in the database, in forms and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Relative => "relative",
            Self::Acquaintance => "acquaintance",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Relative => "relation-relative",
            Self::Acquaintance => "relation-acquaintance",
        }
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
        for kind in RelationKind::ALL {
            assert_eq!(RelationKind::from_code(kind.code()), Some(kind));
            assert_eq!(kind.key(), format!("relation-{}", kind.code()));
        }
    }
}
