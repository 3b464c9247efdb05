//! Why a login or a signing came to nothing, as the person meets it and as it is counted.

use app::problem::ProblemPage as Shown;
use axum::http::StatusCode;

use super::attempt::AttemptError;
use super::outcome::Ending;
use crate::db::{DbError, hindrance, through_db};
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
        if hindrance(&problem).is_some() {
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
    pub(crate) fn outcome(&self) -> Ending {
        match self {
            Self::Provider(error) => of_provider(error),
            Self::NotStaff => Ending::NotAdmitted,
            Self::Attempt(AttemptError::Used(_)) => Ending::TooLate,
            Self::Attempt(AttemptError::Unknown) => Ending::Unknown,
            Self::Attempt(AttemptError::Db(_)) | Self::Providers(_) | Self::SignRequest(_) | Self::Db(_) => {
                Ending::Failed
            }
        }
    }

    /// The page that tells of it.
    fn shown(&self) -> Shown {
        match self.outcome() {
            Ending::Cancelled => Shown::LoginCancelled,
            Ending::LevelTooLow => Shown::LoginLevel,
            Ending::WrongPerson => Shown::LoginWrongPerson,
            Ending::TooLate => Shown::LoginExpired,
            Ending::NotAdmitted => Shown::NotStaff,
            Ending::Unreachable | Ending::Unsuitable | Ending::Failed => Shown::LoginUnreachable,
            Ending::Refused | Ending::NotTrusted | Ending::Unknown | Ending::Overtaken | Ending::Succeeded => {
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

fn of_provider(error: &LoginError) -> Ending {
    match error {
        LoginError::Cancelled(_) => Ending::Cancelled,
        LoginError::LevelTooLow(_) => Ending::LevelTooLow,
        LoginError::WrongPerson(_) => Ending::WrongPerson,
        LoginError::Expired => Ending::TooLate,
        LoginError::Unreachable(_) => Ending::Unreachable,
        LoginError::Refused(_) => Ending::Refused,
        LoginError::Unsuitable(_) | LoginError::NoSigning => Ending::Unsuitable,
        LoginError::UnknownState => Ending::Unknown,
        LoginError::Answer(_)
        | LoginError::EmptyCallback
        | LoginError::WrongProvider
        | LoginError::ForgedToken(_)
        | LoginError::MissingClaim { .. }
        | LoginError::MalformedClaim { .. }
        | LoginError::BadSignature(_) => Ending::NotTrusted,
        LoginError::Key(_) | LoginError::NoRandom(_) => Ending::Failed,
    }
}
