//! How a signature stands, in the words that staff read.

use crate::i18n::Texts;
use crate::model::{ShownSignatureState, Signature, Tone};

/// Whose signature it is and whether it is there, with its weight.
pub(super) fn signature_word(texts: &Texts, signature: &Signature) -> (String, Tone) {
    let name = ("name", signature.name.called().into());
    match signature.state {
        ShownSignatureState::Signed { .. } => (texts.with("signing-valid", &[name]), Tone::Good),
        ShownSignatureState::NotYet | ShownSignatureState::Waiting => {
            (texts.with("signing-missing", &[name]), Tone::Warning)
        }
        ShownSignatureState::Declined { .. } => (texts.with("signing-declined", &[name]), Tone::Bad),
        ShownSignatureState::Left { .. } => (texts.with("signing-left", &[name]), Tone::Warning),
    }
}
