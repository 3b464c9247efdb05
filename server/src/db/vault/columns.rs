//! Which columns are sealed, and how each value is bound to its place.

use serde::de::DeserializeOwned;

use super::VaultError;
use crate::chain::WithoutValues;

macro_rules! columns {
    ($($variant:ident = $name:literal,)*) => {
        /// A sealed column. Its name is part of what is authenticated, so a value cannot be moved between columns.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column { $($variant,)* }

        impl Column {
            /// Every sealed column.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// `table.column`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

columns! {
    PersonNumber = "person.number",
    PersonAddress = "person.address",
    PersonPhone = "person.phone",
    PersonEmail = "person.email",
    CaseAccount = "assistance_case.account",
    AttemptPending = "identity_attempt.pending",
    DraftContent = "renewal_draft.content",
    OwnPartContent = "own_part.content",
    DocumentCore = "signed_document.core",
    SignatureManifest = "signature.manifest",
    SignatureAnnex = "signature.annex",
    SignatureEvidence = "signature.evidence",
    QueryAnswer = "authority_query.answer",
    CalculationInput = "calculation.input",
    CalculationResult = "calculation.result",
    DecisionDraftContent = "decision_draft.content",
    DecisionNote = "decision.note",
    PayoutPayee = "payout.payee",
    MessageBody = "message.body",
    ReadingReason = "protected_reading.reason",
    StaffNumber = "staff.number",
    RelationNumber = "staff_relation.number",
    PurposeWords = "case_purpose.words",
    ProposalContent = "decision_proposal.content",
    ProposalReturned = "decision_proposal.returned",
    PersonName = "person.name",
    MemberParticulars = "household_member.particulars",
    DecisionReasons = "decision.reasons",
    MessageSubject = "message.subject",
    DocumentDigest = "signed_document.core_hash",
    SignatureDigest = "signature.manifest_hash",
    ProofFacts = "proof.facts",
}

/// What a value is bound to beside its municipality and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The row's key. Its row gets one value and keeps it, so that there is no older one to be put back.
    Row,
    /// The row's key, and the number in the column `*_version` beside it, new with each value that is written.
    Version,
    /// Nothing is sealed under this name: it is for digests alone.
    Digest,
}

impl Column {
    /// How a value of this column is bound.
    pub const fn bound(self) -> Bound {
        match self {
            // Rows that are only ever inserted, or whose value is filled in once. No role of the service may rewrite them.
            Self::PersonNumber
            | Self::PersonAddress
            | Self::CaseAccount
            | Self::AttemptPending
            | Self::DocumentCore
            | Self::SignatureManifest
            | Self::SignatureAnnex
            | Self::SignatureEvidence
            | Self::QueryAnswer
            | Self::CalculationInput
            | Self::CalculationResult
            | Self::DecisionNote
            | Self::PayoutPayee
            | Self::MessageBody
            | Self::ReadingReason
            | Self::RelationNumber
            | Self::PurposeWords
            | Self::PersonName
            | Self::MemberParticulars
            | Self::DecisionReasons
            | Self::MessageSubject
            | Self::DocumentDigest
            | Self::SignatureDigest
            | Self::ProofFacts => Bound::Row,
            // Rewritten in place, or in a row that is made again under the same key.
            Self::PersonPhone
            | Self::PersonEmail
            | Self::DraftContent
            | Self::OwnPartContent
            | Self::DecisionDraftContent
            | Self::StaffNumber
            | Self::ProposalReturned => Bound::Version,
            Self::ProposalContent => Bound::Digest,
        }
    }

    /// Whether a value is rewritten in place, and so bound to its version.
    pub(crate) const fn has_version(self) -> bool {
        matches!(self.bound(), Bound::Version)
    }

    /// Reads what was opened of it as JSON.
    pub fn read_json<T: DeserializeOwned>(self, opened: &[u8]) -> Result<T, VaultError> {
        serde_json::from_slice(opened).map_err(|error| self.misfit(&error))
    }

    pub(super) fn misfit(self, error: &serde_json::Error) -> VaultError {
        VaultError::Json { column: self.name(), source: WithoutValues::of(error) }
    }
}
