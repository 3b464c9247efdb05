//! Why a login or a signing came to nothing, as the person meets it and as it is counted.

use app::problem::ProblemPage as Shown;
use axum::http::StatusCode;

use super::attempt::AttemptError;
use super::outcome::Outcome;
use crate::db::{DbError, is_away, through_db};
use crate::http::Problem;
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
    /// The municipality's way back from the provider cannot be named.
    #[error(transparent)]
    Providers(#[from] ProvidersError),
    /// What is to be signed cannot be put before a person.
    #[error(transparent)]
    SignRequest(#[from] SignRequestError),
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(LoginProblem);

impl From<LoginProblem> for Problem {
    fn from(problem: LoginProblem) -> Self {
        if is_away(&problem) {
            return Self::broken(problem);
        }
        match problem {
            LoginProblem::Providers(error) => Self::broken(error),
            LoginProblem::SignRequest(error) => Self::broken(error),
            LoginProblem::Db(error) => error.into(),
            refused => Self::Refused { page: refused.shown(), status: refused.status(), source: refused.into() },
        }
    }
}

impl LoginProblem {
    /// How it is counted.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::Provider(error) => of_provider(error),
            Self::NotStaff => Outcome::NotAdmitted,
            Self::Attempt(AttemptError::Used(_)) => Outcome::TooLate,
            Self::Attempt(AttemptError::Unknown) => Outcome::Unknown,
            Self::Attempt(AttemptError::Db(_)) | Self::Providers(_) | Self::SignRequest(_) | Self::Db(_) => {
                Outcome::Failed
            }
        }
    }

    /// The page that tells of it.
    fn shown(&self) -> Shown {
        match self.outcome() {
            Outcome::Cancelled => Shown::LoginCancelled,
            Outcome::LevelTooLow => Shown::LoginLevel,
            Outcome::WrongPerson => Shown::LoginWrongPerson,
            Outcome::TooLate => Shown::LoginExpired,
            Outcome::NotAdmitted => Shown::NotStaff,
            Outcome::Unreachable | Outcome::Unsuitable | Outcome::Failed => Shown::LoginUnreachable,
            Outcome::Refused | Outcome::NotTrusted | Outcome::Unknown | Outcome::Overtaken | Outcome::Succeeded => {
                Shown::LoginRefused
            }
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

fn of_provider(error: &LoginError) -> Outcome {
    match error {
        LoginError::Cancelled(_) => Outcome::Cancelled,
        LoginError::LevelTooLow(_) => Outcome::LevelTooLow,
        LoginError::WrongPerson(_) => Outcome::WrongPerson,
        LoginError::Expired => Outcome::TooLate,
        LoginError::Unreachable(_) => Outcome::Unreachable,
        LoginError::Refused(_) => Outcome::Refused,
        LoginError::Unsuitable(_) | LoginError::NoSigning => Outcome::Unsuitable,
        LoginError::UnknownState => Outcome::Unknown,
        LoginError::Answer(_)
        | LoginError::EmptyCallback
        | LoginError::WrongProvider
        | LoginError::ForgedToken(_)
        | LoginError::MissingClaim { .. }
        | LoginError::MalformedClaim { .. }
        | LoginError::BadSignature(_) => Outcome::NotTrusted,
        LoginError::Key(_) | LoginError::NoRandom(_) => Outcome::Failed,
    }
}
