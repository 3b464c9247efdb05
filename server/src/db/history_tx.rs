//! The transaction that tells what has been: many steps, each with an actor and a time of its own, kept all or none.

use domain::id::{MunicipalityId, StaffId};
use jiff::Timestamp;

use super::{Actor, Db, DbError, TenantTx, query};

/// A [`TenantTx`] for writing what came about before, such as the demo's year of history. What happens now has one actor and one time,
/// and no business here.
#[derive(Debug)]
pub(crate) struct HistoryTx(TenantTx);

impl HistoryTx {
    pub(crate) async fn begin(db: &Db, municipality: MunicipalityId) -> Result<Self, DbError> {
        Ok(Self(TenantTx::begin(db, municipality, Actor::System, Timestamp::UNIX_EPOCH).await?))
    }

    /// The transaction as it would have been when this actor did something at this time.
    pub(crate) fn step(&mut self, actor: Actor, at: Timestamp) -> &mut TenantTx {
        self.0.turn_to(actor, at);
        &mut self.0
    }

    /// The transaction as it would have been when this official decided something at this time. It sees every case.
    pub(crate) async fn at_desk(&mut self, staff: StaffId, at: Timestamp) -> Result<&mut TenantTx, DbError> {
        let tx = self.step(Actor::Caseworker(staff), at);
        tx.stand_for(Actor::Caseworker(staff)).await?;
        query!("select see_as('service')").execute(tx.connection()).await?;
        Ok(tx)
    }

    /// After a step in which the transaction came to stand for one person: it sees every case again.
    pub(crate) async fn see_all(&mut self) -> Result<(), DbError> {
        self.0.stand_for(Actor::System).await
    }

    pub(crate) async fn commit(self) -> Result<(), DbError> {
        self.0.commit().await
    }
}
