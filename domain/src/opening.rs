//! Who opens a case, and as what (läsning av ett ärende).
//!
//! Access is needed for a task (lagen (2001:454) om behandling av personuppgifter inom socialtjänsten, 10 §): who answers for a case, stands
//! in, or decides with somebody opens it; anybody else says what for.

/// As what an official opens a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningGround {
    /// They answer for it (ansvarig handläggare).
    Responsible,
    /// They stand in for who does (ersättare).
    Substitute,
    /// One of the two who decide.
    Second,
    /// They have said what for.
    Purpose,
}

impl OpeningGround {
    /// Every ground.
    pub const ALL: [Self; 4] = [Self::Responsible, Self::Substitute, Self::Second, Self::Purpose];

    /// The code in the database and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Responsible => "responsible",
            Self::Substitute => "substitute",
            Self::Second => "second",
            Self::Purpose => "purpose",
        }
    }

    /// The ground with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// What an official opens a case for that is not theirs. The people of the case read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningPurpose {
    /// Somebody in the case has asked for something.
    Contact,
    /// A colleague has asked for help.
    Colleague,
    /// The case is followed up or reviewed.
    Review,
    /// Something else, in words.
    Other,
}

impl OpeningPurpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Contact, Self::Colleague, Self::Review, Self::Other];

    /// The code in the database, in forms and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Colleague => "colleague",
            Self::Review => "review",
            Self::Other => "other",
        }
    }

    /// The purpose with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Contact => "purpose-contact",
            Self::Colleague => "purpose-colleague",
            Self::Review => "purpose-review",
            Self::Other => "purpose-other",
        }
    }
}

/// What a supervisor is told of how colleagues open cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnusualKind {
    /// A case that is not theirs, for a purpose.
    Outside,
    /// Many cases in a day.
    Many,
    /// At night.
    Night,
    /// Somebody with their own family name.
    OwnName,
    /// A relation that they had told is taken back.
    RelationEnded,
}

impl UnusualKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Outside, Self::Many, Self::Night, Self::OwnName, Self::RelationEnded];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Many => "many",
            Self::Night => "night",
            Self::OwnName => "own-name",
            Self::RelationEnded => "relation-ended",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of the sentence that tells it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Outside => "unusual-outside",
            Self::Many => "unusual-many",
            Self::Night => "unusual-night",
            Self::OwnName => "unusual-own-name",
            Self::RelationEnded => "unusual-relation-ended",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for ground in OpeningGround::ALL {
            assert_eq!(OpeningGround::from_code(ground.code()), Some(ground));
        }
        for purpose in OpeningPurpose::ALL {
            assert_eq!(OpeningPurpose::from_code(purpose.code()), Some(purpose));
            assert_eq!(purpose.key(), format!("purpose-{}", purpose.code()));
        }
        for kind in UnusualKind::ALL {
            assert_eq!(UnusualKind::from_code(kind.code()), Some(kind));
            assert_eq!(kind.key(), format!("unusual-{}", kind.code()));
        }
    }
}
