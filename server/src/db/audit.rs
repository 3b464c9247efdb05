//! The audit trail: who did or saw what, written in the transaction that does it.

use domain::id::{
    CaseId, DecisionId, DelegationId, JobId, MessageId, PayoutId, PersonId, ProofId, PurposeId, ReadingId, RelationId,
    RenewalId, SourceId, StaffId, StatementId, SubstitutionId, UnusualId,
};
use domain::staff::StaffRole;
use uuid::Uuid;

/// Who is behind a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    /// Somebody who has not logged in.
    Visitor,
    /// A citizen, logged in with an eID.
    Citizen(PersonId),
    Caseworker(StaffId),
    /// An administrator of the municipality.
    Admin(StaffId),
    /// The service itself: a job.
    System,
}

impl Actor {
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Citizen(_) => "citizen",
            Self::Caseworker(_) => StaffRole::Caseworker.code(),
            Self::Admin(_) => StaffRole::Admin.code(),
            Self::System => "system",
        }
    }

    pub(super) fn id(self) -> Option<Uuid> {
        match self {
            Self::Citizen(PersonId(id)) | Self::Caseworker(StaffId(id)) | Self::Admin(StaffId(id)) => Some(id),
            Self::Visitor | Self::System => None,
        }
    }
}

/// What was done or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    LoggedIn,
    LoginRefused,
    LoggedOut,
    SawHome,
    SawPayouts,
    SawDecisions,
    SawDecision,
    SawCalculation,
    SawSignedDocument,
    BeganRenewal,
    BeganOwnPart,
    RemovedOwnPart,
    AddedProof,
    RemovedProof,
    SawProof,
    SawProofPreview,
    Applied,
    TookOver,
    Withdrew,
    MovedApart,
    PutBack,
    SavedDraft,
    AskedAuthority,
    GotAnswer,
    GotNoAnswer,
    BeganSigning,
    Signed,
    SignatureRefused,
    DeclinedCoSignature,
    SentMessage,
    SawInbox,
    OpenedRenewal,
    BeganReview,
    HandedBack,
    ProposedDecision,
    ReturnedProposal,
    AskedToOpen,
    StatedPurpose,
    TookCase,
    SaidNumber,
    AssignedCase,
    SawOpenings,
    SawRelations,
    AddedRelation,
    EndedRelation,
    SawSubstitutes,
    AddedSubstitute,
    EndedSubstitute,
    SawMessage,
    ReadNotice,
    SavedDecisionDraft,
    Decided,
    PlannedPayout,
    SawSources,
    SwitchedSource,
    TestedSource,
    AddedSettings,
    SawProtectedInbox,
    OpenedProtected,
    SawReadings,
    ReviewedReadings,
    SawJobs,
    SawDraft,
    SawReceipt,
    SawMessages,
    SawNotices,
    SawSessions,
    EndedSession,
    EndedSessions,
    Refused,
    SentJobAgain,
    DroppedJob,
    SawOfficials,
    Delegated,
    EndedDelegation,
    EndedOfficial,
    LetOfficialIn,
    LeftCase,
    EndedProposal,
    SawDecisionRule,
    SetDecisionRule,
    SawOtherAdultRule,
    SetOtherAdultRule,
}

impl Action {
    /// The name in the trail.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::LoggedIn => "logged-in",
            Self::LoginRefused => "login-refused",
            Self::LoggedOut => "logged-out",
            Self::SawHome => "saw-home",
            Self::SawPayouts => "saw-payouts",
            Self::SawDecisions => "saw-decisions",
            Self::SawDecision => "saw-decision",
            Self::SawCalculation => "saw-calculation",
            Self::SawSignedDocument => "saw-signed-document",
            Self::BeganRenewal => "began-renewal",
            Self::BeganOwnPart => "began-own-part",
            Self::RemovedOwnPart => "removed-own-part",
            Self::AddedProof => "added-proof",
            Self::RemovedProof => "removed-proof",
            Self::SawProof => "saw-proof",
            Self::SawProofPreview => "saw-proof-preview",
            Self::Applied => "applied",
            Self::TookOver => "took-over",
            Self::MovedApart => "moved-apart",
            Self::PutBack => "put-back",
            Self::Withdrew => "withdrew",
            Self::SavedDraft => "saved-draft",
            Self::AskedAuthority => "asked-authority",
            Self::GotAnswer => "got-answer",
            Self::GotNoAnswer => "got-no-answer",
            Self::BeganSigning => "began-signing",
            Self::Signed => "signed",
            Self::SignatureRefused => "signature-refused",
            Self::DeclinedCoSignature => "declined-co-signature",
            Self::SentMessage => "sent-message",
            Self::SawInbox => "saw-inbox",
            Self::OpenedRenewal => "opened-renewal",
            Self::BeganReview => "began-review",
            Self::HandedBack => "handed-back",
            Self::ProposedDecision => "proposed-decision",
            Self::ReturnedProposal => "returned-proposal",
            Self::AskedToOpen => "asked-to-open",
            Self::StatedPurpose => "stated-purpose",
            Self::TookCase => "took-case",
            Self::SaidNumber => "said-number",
            Self::AssignedCase => "assigned-case",
            Self::SawOpenings => "saw-openings",
            Self::SawRelations => "saw-relations",
            Self::AddedRelation => "added-relation",
            Self::EndedRelation => "ended-relation",
            Self::SawSubstitutes => "saw-substitutes",
            Self::AddedSubstitute => "added-substitute",
            Self::EndedSubstitute => "ended-substitute",
            Self::SawMessage => "saw-message",
            Self::ReadNotice => "read-notice",
            Self::SavedDecisionDraft => "saved-decision-draft",
            Self::Decided => "decided",
            Self::PlannedPayout => "planned-payout",
            Self::SawSources => "saw-sources",
            Self::SwitchedSource => "switched-source",
            Self::TestedSource => "tested-source",
            Self::AddedSettings => "added-settings",
            Self::SawProtectedInbox => "saw-protected-inbox",
            Self::OpenedProtected => "opened-protected",
            Self::SawReadings => "saw-readings",
            Self::ReviewedReadings => "reviewed-readings",
            Self::SawJobs => "saw-jobs",
            Self::SawDraft => "saw-draft",
            Self::SawReceipt => "saw-receipt",
            Self::SawMessages => "saw-messages",
            Self::SawNotices => "saw-notices",
            Self::SawSessions => "saw-sessions",
            Self::EndedSession => "ended-session",
            Self::EndedSessions => "ended-sessions",
            Self::Refused => "refused",
            Self::SentJobAgain => "sent-job-again",
            Self::DroppedJob => "dropped-job",
            Self::SawOfficials => "saw-officials",
            Self::Delegated => "delegated",
            Self::EndedDelegation => "ended-delegation",
            Self::EndedOfficial => "ended-official",
            Self::LetOfficialIn => "let-official-in",
            Self::LeftCase => "left-case",
            Self::EndedProposal => "ended-proposal",
            Self::SawDecisionRule => "saw-decision-rule",
            Self::SetDecisionRule => "set-decision-rule",
            Self::SawOtherAdultRule => "saw-other-adult-rule",
            Self::SetOtherAdultRule => "set-other-adult-rule",
        }
    }
}

/// What it was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    None,
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
    Case(CaseId),
    Renewal(RenewalId),
    Decision(DecisionId),
    Payout(PayoutId),
    Message(MessageId),
    Source(SourceId),
    /// What somebody stated in a draft.
    Statement(StatementId),
    /// A version of the municipality's settings.
    Settings(Uuid),
    /// A reading of the case of people with protected identity.
    Reading(ReadingId),
    Purpose(PurposeId),
    /// What opens a case, by an address that names either.
    RenewalOrMessage(Uuid),
    Unusual(UnusualId),
    Relation(RelationId),
    Substitution(SubstitutionId),
    Job(JobId),
    /// What has been delegated to an official.
    Delegation(DelegationId),
    Proof(ProofId),
}

impl Object {
    pub(super) fn parts(self) -> (Option<&'static str>, Option<Uuid>) {
        match self {
            Self::None => (None, None),
            Self::Person(PersonId(id)) => (Some("person"), Some(id)),
            Self::Staff(StaffId(id)) => (Some("staff"), Some(id)),
            Self::Case(CaseId(id)) => (Some("case"), Some(id)),
            Self::Renewal(RenewalId(id)) => (Some("renewal"), Some(id)),
            Self::Decision(DecisionId(id)) => (Some("decision"), Some(id)),
            Self::Payout(PayoutId(id)) => (Some("payout"), Some(id)),
            Self::Message(MessageId(id)) => (Some("message"), Some(id)),
            Self::Source(SourceId(id)) => (Some("source"), Some(id)),
            Self::Statement(StatementId(id)) => (Some("statement"), Some(id)),
            Self::Settings(id) => (Some("settings"), Some(id)),
            Self::Reading(ReadingId(id)) => (Some("protected-reading"), Some(id)),
            Self::RenewalOrMessage(id) => (Some("renewal-or-message"), Some(id)),
            Self::Purpose(PurposeId(id)) => (Some("case-purpose"), Some(id)),
            Self::Unusual(UnusualId(id)) => (Some("unusual-opening"), Some(id)),
            Self::Relation(RelationId(id)) => (Some("staff-relation"), Some(id)),
            Self::Substitution(SubstitutionId(id)) => (Some("substitution"), Some(id)),
            Self::Job(JobId(id)) => (Some("job"), Some(id)),
            Self::Delegation(DelegationId(id)) => (Some("delegation"), Some(id)),
            Self::Proof(ProofId(id)) => (Some("proof"), Some(id)),
        }
    }
}
