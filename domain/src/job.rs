//! Work that the service could not do, as an administrator is told of it.

/// Why a try came to nothing. Never anything personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobCause {
    /// It was begun and did not end: its process died, or the work broke down.
    Unfinished,
    /// This version of the service does not know such work.
    Unreadable,
    /// The database did not answer or refused.
    Database,
    /// What is stored cannot be read, or does not open.
    Data,
}

impl JobCause {
    /// Every cause.
    pub const ALL: [Self; 4] = [Self::Unfinished, Self::Unreadable, Self::Database, Self::Data];

    /// The code in the database and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfinished => "unfinished",
            Self::Unreadable => "unreadable",
            Self::Database => "database",
            Self::Data => "data",
        }
    }

    /// The cause with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// Why an administrator drops work that was never done. Chosen and not written, so that nothing personal can stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropReason {
    /// The case no longer needs it.
    NotNeeded,
    /// It has been seen to in another way.
    DoneOtherwise,
    /// It will never succeed.
    CannotBeDone,
}

impl DropReason {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 3] = [Self::NotNeeded, Self::DoneOtherwise, Self::CannotBeDone];

    /// The code in the database, in the form and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotNeeded => "not-needed",
            Self::DoneOtherwise => "done-otherwise",
            Self::CannotBeDone => "cannot-be-done",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for cause in JobCause::ALL {
            assert_eq!(JobCause::from_code(cause.code()), Some(cause));
        }
        for reason in DropReason::ALL {
            assert_eq!(DropReason::from_code(reason.code()), Some(reason));
        }
        assert_eq!((JobCause::from_code("bad"), DropReason::from_code("")), (None, None));
    }
}
