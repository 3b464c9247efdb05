//! Logins and signatures, counted by how they ended. Each is begun and ended once; whoever stays at the identity provider never ends.

use super::attempt::Purpose;

/// How a login or a signature ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There is a session, or the signature is stored.
    Succeeded,
    /// The person is who they say, and may not use the service.
    NotAdmitted,
    Cancelled,
    /// The eID is not good enough.
    LevelTooLow,
    /// Another person than the one who was to sign.
    WrongPerson,
    /// Too long at the provider. Who loads an address again that was used before is told the same, and not counted.
    TooLate,
    /// The provider did not answer, or said that it is out of order.
    Unreachable,
    /// The provider said no to our request.
    Refused,
    /// What the provider says of itself cannot be used.
    Unsuitable,
    /// The provider's answer does not hold.
    NotTrusted,
    /// Nobody here began it, or another browser did.
    Unknown,
    /// What was signed is not what is to be signed any more.
    Overtaken,
    /// The service itself failed.
    Failed,
}

impl Ending {
    const fn code(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::NotAdmitted => "not-admitted",
            Self::Cancelled => "cancelled",
            Self::LevelTooLow => "level-too-low",
            Self::WrongPerson => "wrong-person",
            Self::TooLate => "too-late",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Unsuitable => "unsuitable",
            Self::NotTrusted => "not-trusted",
            Self::Unknown => "unknown",
            Self::Overtaken => "overtaken",
            Self::Failed => "failed",
        }
    }
}

/// Somebody pressed the button.
pub(crate) fn begun(purpose: Purpose) {
    metrics::counter!("fornya_identifications_begun_total", "purpose" => purpose.code()).increment(1);
}

/// It is over. What it was for is not known where the way back is of no attempt.
pub(crate) fn ended(purpose: Option<Purpose>, outcome: Ending) {
    let purpose = purpose.map_or("unknown", Purpose::code);
    metrics::counter!("fornya_identifications_ended_total", "purpose" => purpose, "outcome" => outcome.code())
        .increment(1);
}
