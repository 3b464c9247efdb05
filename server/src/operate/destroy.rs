//! `server destroy-key`: what a municipality has sealed can never be read again.

use super::{OperateError, municipality_at};
use crate::db::{Db, KeysTx};

/// Destroys every key of the municipality at a host.
pub async fn destroy_keys(db: &Db, host: &str) -> Result<(), OperateError> {
    let municipality = municipality_at(db, host).await?;
    let mut tx = KeysTx::begin(db, municipality).await?;
    let destroyed = tx.destroy().await?;
    tx.commit().await?;
    // A deleted row stays in its page until it is tidied away.
    db.tidy_keys().await?;
    tracing::warn!(keys = destroyed, "The keys of {host} are destroyed: nothing that they sealed opens any more");
    Ok(())
}
