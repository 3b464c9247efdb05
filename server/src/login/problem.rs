//! Why a login or a signing came to nothing, as the person meets it.

use axum::http::StatusCode;

use super::attempt::AttemptError;
use super::oidc::LoginError;
use crate::db::DbError;

/// Why a login or a signing came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum LoginProblem {
    /// The identity provider's answer does not hold, or there is none.
    #[error(transparent)]
    Provider(#[from] LoginError),
    /// The way back leads nowhere: broken, planted or used before.
    #[error(transparent)]
    Attempt(#[from] AttemptError),
    /// The person is not on the municipality's list of staff.
    #[error("not a member of the municipality's staff")]
    NotStaff,
}

impl From<DbError> for LoginProblem {
    fn from(error: DbError) -> Self {
        Self::Attempt(AttemptError::Db(error))
    }
}

impl LoginProblem {
    /// The last part of the text keys of its page: `problem-login-…-title` and `-body`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Provider(LoginError::Cancelled) => "cancelled",
            Self::Provider(LoginError::LevelTooLow) => "level",
            Self::Provider(LoginError::WrongPerson) => "wrong-person",
            Self::Provider(LoginError::Expired) | Self::Attempt(AttemptError::Used) => "expired",
            Self::Provider(
                LoginError::Unreachable(_)
                | LoginError::Unsuitable(_)
                | LoginError::NoSigning
                | LoginError::Key(_)
                | LoginError::Chance(_),
            )
            | Self::Attempt(AttemptError::Db(_)) => "unreachable",
            Self::Provider(_) | Self::Attempt(AttemptError::Unknown) => "refused",
            Self::NotStaff => "not-staff",
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self.key() {
            "cancelled" | "expired" => StatusCode::OK,
            "unreachable" => StatusCode::SERVICE_UNAVAILABLE,
            "level" | "wrong-person" | "not-staff" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}
