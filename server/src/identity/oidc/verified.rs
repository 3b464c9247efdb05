//! Proofs of who someone is and what they signed. Only [`Provider::finish`](super::Provider::finish) makes them.

use domain::PersonNumber;
use jiff::Timestamp;

/// What a finished login or signing proved.
#[derive(Debug)]
pub enum Verified {
    /// A citizen logged in.
    Citizen(VerifiedIdentity),
    /// A member of staff logged in.
    Staff(VerifiedStaff),
    Signature(Box<VerifiedSignature>),
}

/// A citizen who has just identified themselves at an accepted level. Its `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedIdentity {
    pub(super) number: PersonNumber,
    pub(super) name: Option<String>,
    pub(super) level: String,
    pub(super) authenticated_at: Timestamp,
}

impl VerifiedIdentity {
    pub fn number(&self) -> PersonNumber {
        self.number
    }

    /// The name as the eID has it. A provider need not know it; the register is the source.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The level of assurance (`acr`), one of the accepted.
    pub fn level(&self) -> &str {
        &self.level
    }

    /// When the person identified themselves, by the provider's clock.
    pub fn authenticated_at(&self) -> Timestamp {
        self.authenticated_at
    }
}

impl std::fmt::Debug for VerifiedIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifiedIdentity").field("level", &self.level).finish_non_exhaustive()
    }
}

/// A member of staff who has just identified themselves at an accepted level. Its `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedStaff {
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) level: String,
    pub(super) authenticated_at: Timestamp,
}

impl VerifiedStaff {
    /// The municipality's identifier of the person.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The name as the municipality has it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The level of assurance (`acr`), one of the accepted.
    pub fn level(&self) -> &str {
        &self.level
    }

    /// When the person identified themselves, by the provider's clock.
    pub fn authenticated_at(&self) -> Timestamp {
        self.authenticated_at
    }
}

impl std::fmt::Debug for VerifiedStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifiedStaff").field("level", &self.level).finish_non_exhaustive()
    }
}

/// A signature by the right person over exactly what was to be signed, with what is needed to verify it again years later.
/// Its `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedSignature {
    pub(super) signer: VerifiedIdentity,
    pub(super) user_signature: Vec<u8>,
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) authentication_evidence: Option<Vec<u8>>,
    pub(super) id_token: String,
    pub(super) provider_keys: String,
}

impl VerifiedSignature {
    /// Who signed; [`authenticated_at`](VerifiedIdentity::authenticated_at) is when the signature was made.
    pub fn signer(&self) -> &VerifiedIdentity {
        &self.signer
    }

    /// The user signature as the eID made it, in the provider's format.
    pub fn user_signature(&self) -> &[u8] {
        &self.user_signature
    }

    /// The certificates as the signature carries them, as DER: the signer's first, then those that lead to the trust anchor.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// The provider's evidence of the authentication (`authnEvidence`), where it gives one.
    pub fn authentication_evidence(&self) -> Option<&[u8]> {
        self.authentication_evidence.as_deref()
    }

    /// The ID token, as a compact JWT.
    pub fn id_token(&self) -> &str {
        &self.id_token
    }

    /// The provider's keys when the ID token was verified, as a JSON Web Key Set.
    pub fn provider_keys(&self) -> &str {
        &self.provider_keys
    }
}

impl std::fmt::Debug for VerifiedSignature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifiedSignature").field("signer", &self.signer).finish_non_exhaustive()
    }
}
