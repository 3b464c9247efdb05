//! Signatures and what was signed.

use domain::{NormMonth, PersonNumber};
use jiff::civil::DateTime;

use super::PersonName;

/// One person who signs a renewal, and whether they have.
#[derive(Clone, PartialEq)]
pub struct Signature {
    pub name: PersonName,
    /// The identity number; pages for citizens show it only in the signed document.
    pub number: PersonNumber,
    /// Whether this is the person who looks at the page.
    pub is_viewer: bool,
    pub state: ShownSignatureState,
}

/// Where a signature stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownSignatureState {
    /// Nobody has signed yet, so this one is not asked for either.
    NotYet,
    /// The other has signed, this one is awaited.
    Waiting,
    /// Signed, and the signature was verified.
    Signed {
        at: DateTime,
    },
    Declined {
        at: DateTime,
    },
    /// They left the household before they signed.
    Left {
        at: DateTime,
    },
}

/// Whether signing was tried before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningState {
    /// Not tried with this content.
    Ready,
    /// It was begun and did not end in a signature; nothing was sent.
    Interrupted,
    /// It was signed, and that is not used: what was signed is not what is saved now.
    NotUsed,
}

impl SigningState {
    /// Whether it has been tried before.
    pub fn is_again(self) -> bool {
        self != Self::Ready
    }
}

/// What was signed, as it was shown.
#[derive(Clone, PartialEq)]
pub struct SignedDocument {
    /// The month applied for.
    pub month: NormMonth,
    /// The reference number of the receipt.
    pub reference: String,
    /// Who has signed, and who has not.
    pub signatures: Vec<Signature>,
    /// The text exactly as it was signed; plain text with line breaks, in the language it was shown in.
    pub text: String,
    /// The language of the text, such as `sv`.
    pub language: String,
    /// SHA-256 of the signed manifest, 64 hexadecimal digits.
    pub digest: String,
}
