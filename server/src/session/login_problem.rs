//! Why a login or a signing came to nothing, as the person meets it.

use app::problem::ProblemPage as Shown;
use axum::http::StatusCode;

use super::attempt::AttemptError;
use crate::db::is_away;
use crate::http::Problem;
use crate::http::problem::broken;
use crate::identity::oidc::{LoginError, SignRequestError};
use crate::identity::providers::ProvidersError;

/// Why a login or a signing came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginProblem {
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

impl From<LoginProblem> for Problem {
    fn from(problem: LoginProblem) -> Self {
        if is_away(&problem) {
            return Self::broken(problem);
        }
        Self::Refused { page: problem.shown(), status: problem.status(), source: problem.into() }
    }
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Self {
        LoginProblem::from(error).into()
    }
}

impl From<AttemptError> for Problem {
    fn from(error: AttemptError) -> Self {
        LoginProblem::from(error).into()
    }
}

broken!(ProvidersError, SignRequestError);

impl LoginProblem {
    /// The page that tells of it.
    fn shown(&self) -> Shown {
        match self {
            Self::Provider(LoginError::Cancelled) => Shown::LoginCancelled,
            Self::Provider(LoginError::LevelTooLow) => Shown::LoginLevel,
            Self::Provider(LoginError::WrongPerson) => Shown::LoginWrongPerson,
            Self::Provider(LoginError::Expired) | Self::Attempt(AttemptError::Used) => Shown::LoginExpired,
            Self::Provider(
                LoginError::Unreachable(_)
                | LoginError::Unsuitable(_)
                | LoginError::NoSigning
                | LoginError::Key(_)
                | LoginError::NoRandom(_),
            )
            | Self::Attempt(AttemptError::Db(_)) => Shown::LoginUnreachable,
            Self::Provider(_) | Self::Attempt(AttemptError::Unknown) => Shown::LoginRefused,
            Self::NotStaff => Shown::NotStaff,
        }
    }

    fn status(&self) -> StatusCode {
        match self.shown() {
            Shown::LoginCancelled | Shown::LoginExpired => StatusCode::OK,
            Shown::LoginUnreachable => StatusCode::SERVICE_UNAVAILABLE,
            Shown::LoginLevel | Shown::LoginWrongPerson | Shown::NotStaff => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}
