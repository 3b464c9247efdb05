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
    }
}
