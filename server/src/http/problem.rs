//! Every way in which a request can come to nothing, and the page that says what to do.
//!
//! A handler answers `Err(Problem)`. The response then carries the problem in its extensions: one layer writes the page, in the person's
//! language and with an id that is also in the log, and the outermost layer logs it. What axum and the layers refuse by themselves (no such
//! address, wrong method, too large, too slow) passes the same two.

use std::borrow::Cow;
use std::error::Error;

use app::problem::ProblemPage as Shown;
use axum::http::StatusCode;
use axum::http::header::{InvalidHeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use domain::form::TooLongToKeep;
use domain::month::NormMonthError;
use tokio::task::JoinError;

use super::visit::see_other;
use crate::db::{self, DbError, Hindrance, STUCK_SECONDS, through_db};
use crate::gate::Wait;
use crate::gate::client::NoClient;
use crate::gate::lines::Telling;
use crate::municipality::HostError;

/// Why a request came to nothing. The text of the error is for the log; the page's words are in the locales.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// There is no such page, or it is not this person's to know of.
    #[error("there is nothing here")]
    NotFound,
    /// The person should be at another page, as things stand. A redirect, not a page of its own.
    #[error("the person should be at {0}")]
    SeeOther(Cow<'static, str>),
    /// The person is known but may not do this.
    #[error("this is not allowed")]
    NotAllowed,
    /// The browser presents no session.
    #[error("nobody is logged in")]
    NotLoggedIn,
    /// The session that it presents has ended.
    #[error("the session has ended")]
    LoggedOut,
    /// The form came from another site, or from a browser that does not say whence.
    #[error("the post came from elsewhere")]
    WrongOrigin,
    /// Too many requests in a short time.
    #[error("too many requests")]
    TooMany(Wait),
    /// More at once than can be done.
    #[error("more is asked at once than can be done")]
    Busy(Wait),
    /// The database is away, or has no room.
    #[error("the database cannot be used now")]
    Away(#[source] Box<dyn Error + Send + Sync>),
    /// The database gave up on what took too long.
    #[error("the database gave up")]
    Stuck(#[source] Box<dyn Error + Send + Sync>),
    /// The request does not say where it comes from.
    #[error(transparent)]
    NoClient(#[from] NoClient),
    /// The body or a field is larger than any honest form.
    #[error("the request is too large")]
    TooLarge,
    /// The request is not one that any of our pages makes.
    #[error("the request cannot be understood")]
    BadRequest,
    /// Something outside the service came to nothing, which has a page of its own: a login, a signature.
    #[error("the request was refused")]
    Refused { page: Shown, status: StatusCode, source: Box<dyn Error + Send + Sync> },
    /// It took too long.
    #[error("the request took too long")]
    TooSlow,
    /// The service itself failed.
    #[error("the service failed")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}

impl Problem {
    /// A failure of the service itself; where the database hindered it, that. A municipality whose keys are destroyed has nothing here any more.
    pub(crate) fn broken(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let error = error.into();
        if db::are_destroyed(&*error) {
            return Self::NotFound;
        }
        match db::hindrance(&*error) {
            Some(Hindrance::Away) => Self::Away(error),
            Some(Hindrance::Stuck) => Self::Stuck(error),
            None => Self::Broken(error),
        }
    }

    /// When the same may be asked again, as far as that is known.
    pub(crate) fn again(&self) -> Option<u32> {
        match self {
            Self::TooMany(wait) | Self::Busy(wait) => Some(wait.seconds()),
            // It is looked for twice a second.
            Self::Away(_) => Some(1),
            // What was in the way has been ended by then.
            Self::Stuck(_) => Some(STUCK_SECONDS),
            _ => None,
        }
    }

    /// What a line of the log about it tells of.
    pub(crate) const fn telling(&self) -> Telling {
        match self {
            Self::Away(_) => Telling::Outage,
            Self::Broken(_) | Self::Stuck(_) | Self::TooSlow => Telling::Failure,
            _ => Telling::Refusal,
        }
    }

    /// The person should be at another page.
    pub(crate) fn see_other(page: impl Into<Cow<'static, str>>) -> Self {
        Self::SeeOther(page.into())
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SeeOther(_) => StatusCode::SEE_OTHER,
            Self::NotAllowed | Self::WrongOrigin => StatusCode::FORBIDDEN,
            Self::NotLoggedIn | Self::LoggedOut => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest | Self::NoClient(_) => StatusCode::BAD_REQUEST,
            Self::Refused { status, .. } => *status,
            Self::TooSlow | Self::Busy(_) | Self::Away(_) | Self::Stuck(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What a bare status from axum or a layer means, if it is one that a person should read a page about.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Self::NotFound),
            StatusCode::FORBIDDEN => Some(Self::WrongOrigin),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(Self::TooSlow),
            status if status.is_client_error() => Some(Self::BadRequest),
            status if status.is_server_error() => Some(Self::broken(format!("status {status}"))),
            _ => None,
        }
    }
}

/// Takes errors that can only be the service's own failure to the page that says so: `?` is enough.
macro_rules! broken {
    ($($error:ty),*) => {$(
        impl From<$error> for $crate::http::Problem {
            fn from(error: $error) -> Self {
                Self::broken(error)
            }
        }
    )*};
}

pub(crate) use broken;

broken!(DbError, HostError, InvalidHeaderValue, JoinError, NormMonthError);
through_db!(Problem);

impl From<TooLongToKeep> for Problem {
    fn from(_: TooLongToKeep) -> Self {
        Self::TooLarge
    }
}

/// A problem on its way to the layers that write its page and its line in the log.
#[derive(Debug, Clone)]
pub(crate) struct Carried(pub std::sync::Arc<Problem>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::SeeOther(page) = self {
            return see_other(&page);
        }
        let mut response = self.status().into_response();
        if let Some(seconds) = self.again() {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self)));
        response
    }
}
