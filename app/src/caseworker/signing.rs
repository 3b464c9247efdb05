//! How a signature stands, in the words that staff read.

use crate::i18n::Texts;
use crate::port::{Signature, SignatureState, Tone};

/// Whose signature it is and whether it is there, with its weight.
pub(super) fn signature_word(texts: &Texts, signature: &Signature) -> (String, Tone) {
    let name = ("name", signature.name.given.as_str().into());
    match signature.state {
        SignatureState::Signed { .. } => (texts.with("signing-valid", &[name]), Tone::Good),
        SignatureState::NotYet | SignatureState::Waiting { until: None } => {
            (texts.with("signing-missing", &[name]), Tone::Warning)
        }
        SignatureState::Waiting { until: Some(day) } => {
            (texts.with("signing-missing-until", &[name, ("day", texts.day(day).into())]), Tone::Warning)
        }
        SignatureState::Declined { .. } => (texts.with("signing-declined", &[name]), Tone::Bad),
    }
}
