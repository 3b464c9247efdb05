//! What went wrong on the way to an authority, in a few words.

use domain::authority::FailureKind;

use crate::i18n::Texts;

/// The words for a failure, such as "gick inte att nå".
pub fn failure_word(texts: &Texts, kind: FailureKind) -> String {
    texts.get(match kind {
        FailureKind::Unreachable => "failure-unreachable",
        FailureKind::TimedOut => "failure-timed-out",
        FailureKind::Refused => "failure-refused",
        FailureKind::Malformed => "failure-malformed",
    })
}
