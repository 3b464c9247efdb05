//! How a renewal goes on, from draft to decision.
//!
//! The first signature submits the renewal and sets its day of arrival (förvaltningslagen (2017:900) 22 §). A missing
//! co-signature is something to complete, never a veto: no rule here waits for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a renewal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Utkast: being written, not yet signed by anyone.
    Draft,
    /// Inkommen: signed by at least one, not yet looked at.
    Submitted,
    /// Under handläggning: a caseworker has saved something towards the decision.
    UnderReview,
    /// Komplettering begärd: the household is to send something more.
    CompletionRequested,
    /// Beslutad: nothing more can be done to it.
    Decided,
    /// Återkallad: taken back before a decision.
    Withdrawn,
}

impl Stage {
    /// All that a stored code can stand for.
    pub const ALL: &[Self] =
        &[Self::Draft, Self::Submitted, Self::UnderReview, Self::CompletionRequested, Self::Decided, Self::Withdrawn];

    /// The code in the database and in text keys: `draft`, `under-review`, …
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::UnderReview => "under-review",
            Self::CompletionRequested => "completion-requested",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.code() == code)
    }
}

/// Who of the two signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignerRole {
    /// Sökande.
    Applicant,
    /// Medsökande.
    CoApplicant,
}

impl SignerRole {
    /// The code in the database and in text keys: `applicant`, `co-applicant`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::CoApplicant => "co-applicant",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Applicant, Self::CoApplicant].into_iter().find(|role| role.code() == code)
    }
}

/// How it stands with one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureState {
    /// Neither given nor declined.
    Awaited,
    /// Given, and what proves it is kept.
    Signed,
    /// The person has said that they will not sign. They may still change their mind before the decision.
    Declined,
    /// The person left the household before they signed: nobody waits for them.
    Left,
}

impl SignatureState {
    /// All that a stored code can stand for.
    pub const ALL: &[Self] = &[Self::Awaited, Self::Signed, Self::Declined, Self::Left];

    /// The code in the database and in text keys: `awaited`, `signed`, `declined`, `left`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Awaited => "awaited",
            Self::Signed => "signed",
            Self::Declined => "declined",
            Self::Left => "left",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == code)
    }
}

/// Something done to a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// One of the applicants writes in the draft.
    Edit,
    /// One of the applicants signs.
    Sign {
        /// Which of the two.
        role: SignerRole,
        /// The business date: of the first signature, the day of arrival.
        on: Date,
    },
    /// One of the applicants says that they will not sign.
    Decline {
        /// Which of the two.
        role: SignerRole,
    },
    /// A caseworker takes it up.
    BeginReview,
    /// The caseworker lets go of it: nothing has been asked for or decided.
    HandBack,
    /// A caseworker asks for something more.
    RequestCompletion,
    /// What was asked for has come.
    ReceiveCompletion,
    /// A caseworker decides, which ends it.
    Decide,
    /// The applicants take it back.
    Withdraw,
}

/// Why an act cannot be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has not been submitted.
    #[error("the renewal has not been submitted")]
    NotSubmitted,
    /// It has been submitted: what was signed stands.
    #[error("the renewal has been submitted and can no longer be edited")]
    AlreadySubmitted,
    /// It is already being looked at.
    #[error("the renewal is already under review")]
    AlreadyUnderReview,
    /// Nobody is looking at it, or something has been asked for.
    #[error("the renewal is not under review")]
    NotUnderReview,
    /// Nothing has been asked for.
    #[error("no completion has been requested")]
    NothingRequested,
    /// This person has signed already; the earlier receipt holds.
    #[error("this person has already signed")]
    AlreadySigned,
    /// This person is not to sign: there is no co-applicant.
    #[error("there is no co-applicant")]
    NoCoApplicant,
    /// It has been decided.
    #[error("the renewal has been decided")]
    Decided,
    /// It has been withdrawn.
    #[error("the renewal has been withdrawn")]
    Withdrawn,
}

/// Where a renewal stands, with its signatures and its day of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureProgress {
    /// How far it has come.
    pub stage: Stage,
    /// The day that the first signature was given.
    pub arrived: Option<Date>,
    /// How it stands with the one who is always there.
    pub applicant: SignatureState,
    /// The co-applicant's signature, where there is one.
    pub co_applicant: Option<SignatureState>,
}

impl SignatureProgress {
    /// A draft that nobody has signed.
    pub const fn begin(with_co_applicant: bool) -> Self {
        Self {
            stage: Stage::Draft,
            arrived: None,
            applicant: SignatureState::Awaited,
            co_applicant: if with_co_applicant { Some(SignatureState::Awaited) } else { None },
        }
    }

    /// The renewal after the act, or why the act cannot be done.
    pub fn after(self, act: Act) -> Result<Self, Refusal> {
        match act {
            Act::Sign { role, on } => self.signed(role, on),
            Act::Decline { role } => self.declined(role),
            Act::Edit
            | Act::BeginReview
            | Act::HandBack
            | Act::RequestCompletion
            | Act::ReceiveCompletion
            | Act::Decide
            | Act::Withdraw => Ok(Self { stage: self.stage.after(act)?, ..self }),
        }
    }

    /// How it stands with this person's signature; `None` when there is no co-applicant.
    pub const fn signature(self, role: SignerRole) -> Option<SignatureState> {
        match role {
            SignerRole::Applicant => Some(self.applicant),
            SignerRole::CoApplicant => self.co_applicant,
        }
    }

    fn signed(self, role: SignerRole, on: Date) -> Result<Self, Refusal> {
        self.unsigned(role)?;
        let stage = self.stage.after(Act::Sign { role, on })?;
        let arrived = self.arrived.or(Some(on));
        Ok(Self { stage, arrived, ..self }.with(role, SignatureState::Signed))
    }

    fn declined(self, role: SignerRole) -> Result<Self, Refusal> {
        self.unsigned(role)?;
        let stage = self.stage.after(Act::Decline { role })?;
        Ok(Self { stage, ..self }.with(role, SignatureState::Declined))
    }

    /// That the person has signed is told before anything else: whoever presses twice gets the receipt, whatever came between.
    fn unsigned(self, role: SignerRole) -> Result<(), Refusal> {
        match self.signature(role).ok_or(Refusal::NoCoApplicant)? {
            SignatureState::Signed => Err(Refusal::AlreadySigned),
            SignatureState::Awaited | SignatureState::Declined => Ok(()),
            SignatureState::Left => Err(Refusal::NoCoApplicant),
        }
    }

    const fn with(self, role: SignerRole, state: SignatureState) -> Self {
        match role {
            SignerRole::Applicant => Self { applicant: state, ..self },
            SignerRole::CoApplicant => Self { co_applicant: Some(state), ..self },
        }
    }
}

impl Stage {
    /// The stage after an act, whoever does it.
    fn after(self, act: Act) -> Result<Self, Refusal> {
        use Act::{BeginReview, Decide, Decline, Edit, HandBack, ReceiveCompletion, RequestCompletion, Sign, Withdraw};
        match (self, act) {
            (Self::Draft, Edit) => Ok(Self::Draft),
            (Self::Draft, Sign { .. }) | (Self::UnderReview, HandBack) => Ok(Self::Submitted),
            (Self::Draft, Decline { .. } | BeginReview | HandBack | RequestCompletion | ReceiveCompletion | Decide) => {
                Err(Refusal::NotSubmitted)
            }

            (Self::Submitted | Self::UnderReview | Self::CompletionRequested, Edit) => Err(Refusal::AlreadySubmitted),
            (Self::Submitted | Self::UnderReview | Self::CompletionRequested, Sign { .. } | Decline { .. }) => Ok(self),
            (Self::Submitted, BeginReview) | (Self::CompletionRequested, ReceiveCompletion) => Ok(Self::UnderReview),
            (Self::UnderReview | Self::CompletionRequested, BeginReview) => Err(Refusal::AlreadyUnderReview),
            (Self::Submitted | Self::CompletionRequested, HandBack) => Err(Refusal::NotUnderReview),
            (Self::Submitted | Self::UnderReview | Self::CompletionRequested, RequestCompletion) => {
                Ok(Self::CompletionRequested)
            }
            (Self::Submitted | Self::UnderReview, ReceiveCompletion) => Err(Refusal::NothingRequested),
            (Self::Submitted | Self::UnderReview | Self::CompletionRequested, Decide) => Ok(Self::Decided),

            (Self::Draft | Self::Submitted | Self::UnderReview | Self::CompletionRequested, Withdraw) => {
                Ok(Self::Withdrawn)
            }
            (
                Self::Decided,
                Edit
                | Sign { .. }
                | Decline { .. }
                | BeginReview
                | HandBack
                | RequestCompletion
                | ReceiveCompletion
                | Decide
                | Withdraw,
            ) => Err(Refusal::Decided),
            (
                Self::Withdrawn,
                Edit
                | Sign { .. }
                | Decline { .. }
                | BeginReview
                | HandBack
                | RequestCompletion
                | ReceiveCompletion
                | Decide
                | Withdraw,
            ) => Err(Refusal::Withdrawn),
        }
    }
}

#[cfg(test)]
mod tests;
