//! Answers the caseworker's port: one method a page, one tenant transaction a method.

mod comparison;
mod decide;
mod findings;
mod head;
mod history;
mod inbox;
mod notices;
mod opened;
#[cfg(test)]
mod tests;

use app::caseworker::port::{CaseworkerReads, Decide, Inbox, InboxQuery, Notice, OpenedRenewal, ReceivedMessage};
use domain::id::{MessageId, RenewalId};

pub(super) use decide::applicant;

use crate::db::DbError;
use crate::http::problem::Problem;
use crate::http::visit::Reader;
use crate::login::policy::Caseworker;
use crate::signing::SigningError;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not there, or not this caseworker's to know of.
    #[error("it is not there")]
    NotFound,
    /// What was signed cannot be read.
    #[error("what was signed cannot be read: {0}")]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Signing(error) => Self::broken(error),
            ReadError::Db(error) => error.into(),
        }
    }
}

/// Reads for one caseworker in one request.
pub type CaseworkerReader = Reader<Caseworker>;

impl CaseworkerReads for CaseworkerReader {
    type Error = ReadError;

    async fn inbox(&self, query: InboxQuery) -> Result<Inbox, ReadError> {
        self.read_inbox(query).await
    }

    async fn notices(&self) -> Result<Vec<Notice>, ReadError> {
        self.read_notices().await
    }

    async fn message(&self, id: MessageId) -> Result<ReceivedMessage, ReadError> {
        self.read_message(id).await
    }

    async fn renewal(&self, id: RenewalId) -> Result<OpenedRenewal, ReadError> {
        self.read_renewal(id).await
    }

    async fn decide(&self, id: RenewalId) -> Result<Decide, ReadError> {
        self.read_decide(id).await
    }
}
