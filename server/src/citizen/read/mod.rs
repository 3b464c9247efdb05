//! Answers the citizen's port: one method a page, one tenant transaction a method.

mod check;
mod home;
mod items;
mod messages;
mod parts;
pub(super) mod phrases;
mod signed;

use app::citizen::port::{
    Authorities, BeforeRenewal, Check, CitizenReads, CoSign, Decision, DecisionCalculation, Direction, Home, Household,
    ItemForm, Items, MessagePart, Messages, PayoutPart, Payouts, Receipt, RemoveItem, Renewal,
};
use app::port::SignedDocument;
use domain::id::{DecisionId, RenewalId, StatementId};

use super::draft::NoDraft;
use crate::db::DbError;
use crate::http::problem::Problem;
use crate::http::visit::Reader;
use crate::login::policy::Citizen;
use crate::signing::SigningError;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The person should be on another page.
    #[error("the person should be at {0}")]
    Elsewhere(&'static str),
    /// No renewal has been begun for the open month.
    #[error("no renewal has been begun")]
    NotBegun,
    /// It is not there, or not this person's.
    #[error("it is not there")]
    NotFound,
    /// What was signed cannot be read.
    #[error("what was signed cannot be read: {0}")]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<NoDraft> for ReadError {
    fn from(none: NoDraft) -> Self {
        match none {
            NoDraft::NotBegun => Self::NotBegun,
            NoDraft::Submitted => Self::Elsewhere("/renewal/receipt"),
            NoDraft::AnothersDraft => Self::Elsewhere("/home"),
            NoDraft::Db(error) => Self::Db(error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Elsewhere(page) => Self::Elsewhere(page),
            ReadError::NotBegun => Self::Elsewhere("/renewal"),
            ReadError::NotFound => Self::NotFound,
            ReadError::Signing(error) => Self::broken(error),
            ReadError::Db(error) => error.into(),
        }
    }
}

/// Reads for one citizen in one request.
pub type CitizenReader = Reader<Citizen>;

impl CitizenReads for CitizenReader {
    type Error = ReadError;

    async fn home(&self) -> Result<Home, ReadError> {
        self.read_home().await
    }

    async fn payouts(&self) -> Result<Payouts, ReadError> {
        self.read_payouts().await
    }

    async fn decision(&self, id: DecisionId) -> Result<Decision, ReadError> {
        self.read_decision(id).await
    }

    async fn calculation(&self, id: DecisionId) -> Result<DecisionCalculation, ReadError> {
        self.read_calculation(id).await
    }

    async fn messages(&self) -> Result<Messages, ReadError> {
        self.messages_with(String::new(), String::new(), Vec::new()).await
    }

    async fn before_renewal(&self) -> Result<BeforeRenewal, ReadError> {
        self.read_before_renewal().await
    }

    async fn renewal(&self) -> Result<Renewal, ReadError> {
        self.read_renewal().await
    }

    async fn household(&self) -> Result<Household, ReadError> {
        self.read_household().await
    }

    async fn authorities(&self) -> Result<Authorities, ReadError> {
        self.read_authorities().await
    }

    async fn pending_answers(&self) -> Result<u32, ReadError> {
        self.read_pending().await
    }

    async fn items(&self, direction: Direction) -> Result<Items, ReadError> {
        self.read_items(direction).await
    }

    async fn item_form(&self, direction: Direction, id: Option<StatementId>) -> Result<ItemForm, ReadError> {
        self.read_item_form(direction, id).await
    }

    async fn remove_item(&self, direction: Direction, id: StatementId) -> Result<RemoveItem, ReadError> {
        self.read_remove_item(direction, id).await
    }

    async fn payout_part(&self) -> Result<PayoutPart, ReadError> {
        self.read_payout_part().await
    }

    async fn message_part(&self) -> Result<MessagePart, ReadError> {
        self.read_message_part().await
    }

    async fn check(&self) -> Result<Check, ReadError> {
        self.read_check().await
    }

    async fn receipt(&self) -> Result<Receipt, ReadError> {
        self.read_receipt().await
    }

    async fn cosign(&self) -> Result<CoSign, ReadError> {
        self.read_cosign().await
    }

    async fn signed(&self, id: RenewalId) -> Result<SignedDocument, ReadError> {
        self.read_signed(id).await
    }
}
