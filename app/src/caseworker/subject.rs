//! What a message is about, in the words that staff read.

use crate::i18n::Texts;

/// The subject's name; one that this page does not know is named as the other ones that fit nowhere.
pub(super) fn subject_name(texts: &Texts, code: &str) -> String {
    texts.get(match code {
        "question" => "subject-question",
        "meeting" => "subject-meeting",
        "changed" => "subject-changed",
        _ => "subject-other",
    })
}
