//! What a citizen writes between the renewals.

use serde::{Deserialize, Serialize};

use crate::kind::codes;

codes! {
    /// What a message is about, as its writer chose.
    MessageSubject in "subject-" {
        /// They want to know something.
        Question = "question",
        /// They want to meet.
        Meeting = "meeting",
        /// Something has changed for them.
        Changed = "changed",
        /// None of the other subjects.
        Other = "other",
        /// The two adults of the case have moved apart (har flyttat isär).
        MovedApart = "moved-apart",
        /// That is wrong.
        NotMovedApart = "not-moved-apart",
    }
}

impl MessageSubject {
    /// Those that a writer chooses among; the others are said by an act of their own.
    pub const CHOICES: &[Self] = &[Self::Question, Self::Meeting, Self::Changed, Self::Other];
}
