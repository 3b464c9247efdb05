//! What a citizen writes between the renewals.

use serde::{Deserialize, Serialize};

use crate::kind::kinds;

kinds! {
    /// What a message is about, as its writer chose.
    MessageSubject {
        /// A question.
        Question = "question",
        /// They want to meet.
        Meeting = "meeting",
        /// Something has changed for them.
        Changed = "changed",
        /// Anything else.
        Other = "other",
    }
}

impl MessageSubject {
    /// The key of its name, the same to the person and to staff: `subject-question`, …
    pub const fn key(self) -> &'static str {
        match self {
            Self::Question => "subject-question",
            Self::Meeting => "subject-meeting",
            Self::Changed => "subject-changed",
            Self::Other => "subject-other",
        }
    }
}
