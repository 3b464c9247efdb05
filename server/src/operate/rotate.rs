//! `server rotate-keys`: a new master key, or new data keys, while the service runs.
//!
//! A new data key goes three ways, and waits twice between them until the transactions have ended that began before. It is made, and every
//! transaction that begins then knows it. It seals. Then what older keys have sealed is sealed anew, in short transactions that leave alone
//! what somebody is just writing, until nothing is left, and the older keys are removed. Broken off anywhere, the same command goes on.

use std::time::Duration;

use domain::id::MunicipalityId;

use super::{OperateError, municipality_at};
use crate::db::{self, Db, KeysTx, Resealed, Sealed, SystemTx, Vault};

/// How many values are sealed anew in one transaction.
const BATCH: usize = 50;
/// How long to wait for whoever is just writing what is left.
const PAUSE: Duration = Duration::from_millis(200);

/// Wraps every key with the current master key. Tells how many were wrapped by another.
pub async fn rotate_master_key(db: &Db) -> Result<usize, OperateError> {
    let mut all = 0;
    for municipality in municipalities(db, None).await? {
        let mut tx = KeysTx::begin(db, municipality).await?;
        match tx.wrap_anew().await {
            Ok(wrapped) => {
                tx.commit().await?;
                all += wrapped;
            }
            Err(error) if db::are_destroyed(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    tracing::info!("{all} keys are wrapped anew, and the master key of the settings opens every one");
    Ok(all)
}

/// Gives every municipality, or the one at a host, a new data key, seals anew what older ones have sealed, and removes those. Tells how many
/// values were sealed anew.
pub async fn rotate_data_keys(db: &Db, host: Option<&str>) -> Result<usize, OperateError> {
    let mut rotated = Vec::new();
    for municipality in municipalities(db, host).await? {
        let mut tx = KeysTx::begin(db, municipality).await?;
        match tx.announce().await {
            Ok(true) => {
                tx.commit().await?;
                rotated.push(municipality);
            }
            Ok(false) => {}
            Err(error) if db::are_destroyed(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    db::wait_for_running(db).await?;
    let mut vaults = Vec::new();
    for municipality in rotated {
        let mut tx = KeysTx::begin(db, municipality).await?;
        let vault = tx.take_into_use().await?;
        tx.commit().await?;
        vaults.push((municipality, vault));
    }
    db::wait_for_running(db).await?;
    let (mut done, mut unopened) = (0, 0);
    for (municipality, vault) in &vaults {
        let resealed = reseal(db, *municipality, vault).await?;
        done += resealed.done;
        unopened += resealed.unopened;
        if resealed.unopened == 0 {
            let mut tx = KeysTx::begin(db, *municipality).await?;
            let removed = tx.remove_older().await?;
            tx.commit().await?;
            tracing::info!(municipality = %municipality, values = resealed.done, removed, "New data keys are in use");
        }
    }
    if unopened == 0 { Ok(done) } else { Err(OperateError::Unopened(unopened)) }
}

/// Seals every value of a municipality anew that another generation has sealed, until there is none that opens.
async fn reseal(db: &Db, municipality: MunicipalityId, vault: &Vault) -> Result<Resealed, OperateError> {
    let mut all = Resealed::default();
    loop {
        let (mut older, mut became) = (0, Resealed::default());
        for column in Sealed::columns() {
            let mut tx = KeysTx::begin(db, municipality).await?;
            let sealed = Sealed::find(&mut tx, column).await?;
            let places = sealed.older(&mut tx, vault).await?;
            tx.commit().await?;
            older += places.len();
            for batch in places.chunks(BATCH) {
                let mut tx = KeysTx::begin(db, municipality).await?;
                let of_batch = sealed.reseal(&mut tx, vault, batch).await?;
                tx.commit().await?;
                became.done += of_batch.done;
                became.unopened += of_batch.unopened;
                if of_batch.unopened > 0 {
                    tracing::error!(column = column.name(), values = of_batch.unopened, "Sealed values do not open");
                }
            }
        }
        all.done += became.done;
        if older == became.unopened {
            return Ok(Resealed { unopened: became.unopened, ..all });
        }
        if became.done == 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn municipalities(db: &Db, host: Option<&str>) -> Result<Vec<MunicipalityId>, OperateError> {
    if let Some(host) = host {
        return Ok(vec![municipality_at(db, host).await?]);
    }
    let mut system = SystemTx::begin(db).await?;
    let all = system.municipalities().await?;
    system.commit().await?;
    Ok(all)
}
