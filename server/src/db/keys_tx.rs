//! The transaction over one municipality's keys: for rotating them, and destroying them.

use std::sync::Arc;
use std::time::Duration;

use domain::id::MunicipalityId;
use sqlx::{PgConnection, Postgres, Transaction};
use tokio::time::sleep;

use super::vault::{Generation, KeyName, KeyUse, Ring, StoredKey, StoredKeys};
use super::{Db, DbError, MasterKey, Vault, query};

/// How often one looks whether a transaction has ended.
const LOOK: Duration = Duration::from_millis(50);
/// After how many looks it is told that one waits.
const TELL: u32 = 200;

/// The keys of this municipality have been destroyed: nothing that was sealed under them can be read.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("its keys have been destroyed")]
pub struct DestroyedKeys;

/// Whether an error, or one of its causes, is that a municipality's keys are destroyed.
pub(crate) fn are_destroyed(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<DestroyedKeys>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The columns of a wrapped key.
pub(super) fn stored(
    municipality: MunicipalityId,
    purpose: &str,
    generation: i32,
    wrapped: Vec<u8>,
    wrapped_by: Option<String>,
) -> Result<StoredKey, DbError> {
    let purpose = KeyUse::from_code(purpose).ok_or(DbError::Inconsistent { column: "municipality_key.purpose" })?;
    let name = KeyName { municipality, purpose, generation: Generation(generation) };
    Ok(StoredKey { name, wrapped, wrapped_by })
}

/// One municipality's key, whichever, to who may read them.
pub(super) async fn some_key(connection: &mut PgConnection) -> Result<Option<StoredKey>, DbError> {
    let row = query!("select municipality_id, purpose, generation, wrapped, wrapped_by from municipality_key limit 1")
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        let municipality = MunicipalityId(row.municipality_id);
        stored(municipality, &row.purpose, row.generation, row.wrapped, row.wrapped_by)
    })
    .transpose()
}

/// Stores a wrapped key, for who may.
pub(super) async fn add_key(connection: &mut PgConnection, key: &StoredKey) -> Result<(), DbError> {
    let KeyName { municipality, purpose, generation: Generation(generation) } = key.name;
    query!(
        r#"
        insert into municipality_key (municipality_id, purpose, generation, wrapped, wrapped_by)
        values ($1, $2, $3, $4, $5)
        "#,
        municipality,
        purpose.code(),
        generation,
        &key.wrapped,
        key.wrapped_by.as_deref(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Waits until every transaction has ended that runs in this database now. What began later knows of what was committed before.
pub(crate) async fn wait_for_running(db: &Db) -> Result<(), DbError> {
    let mut connection = db.connection().await?;
    let running = running(&mut connection).await?;
    for look in 1.. {
        let now = self::running(&mut connection).await?;
        let Some((process, _)) = running.iter().find(|one| now.contains(one)) else { break };
        if look % TELL == 0 {
            tracing::info!(process, "Waiting for a transaction that began before the keys changed");
        }
        sleep(LOOK).await;
    }
    Ok(())
}

/// Each transaction that runs in this database beside one's own: its process, and its number there. Everybody may see those.
async fn running(connection: &mut PgConnection) -> Result<Vec<(i32, String)>, DbError> {
    let running = sqlx::query_as(
        "select l.pid, l.virtualtransaction
           from pg_locks l
           join pg_stat_activity a using (pid)
          where l.locktype = 'virtualxid' and l.granted and l.pid <> pg_backend_pid()
            and a.datname = current_database() and a.usename is not null",
    );
    Ok(running.fetch_all(connection).await?)
}

/// A transaction as `fornya_keys`. The login must be a member of that role, as the schema's owner is.
pub(crate) struct KeysTx {
    tx: Transaction<'static, Postgres>,
    municipality: MunicipalityId,
    master: Arc<MasterKey>,
}

impl KeysTx {
    pub(crate) async fn begin(db: &Db, municipality: MunicipalityId) -> Result<Self, DbError> {
        let mut tx = db.begin(&db.tenant).await?;
        query!(
            "select set_config('role', 'fornya_keys', true) as role, set_config('fornya.municipality', $1, true) as municipality",
            municipality.0.to_string(),
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(Self { tx, municipality, master: Arc::clone(&db.master) })
    }

    /// The keys, which nobody else changes until this transaction ends; an error where they have been destroyed.
    pub(crate) async fn keys(&mut self) -> Result<StoredKeys, DbError> {
        let ring = query!(
            r#"
            select newest_key, sealing_key, keys_destroyed_at is not null as "are_destroyed!"
              from municipality
             where id = $1
               for no key update
            "#,
            self.municipality,
        )
        .fetch_one(&mut *self.tx)
        .await?;
        if ring.are_destroyed {
            return Err(DestroyedKeys.into());
        }
        let rows = query!(
            r#"
            select purpose, generation, wrapped, wrapped_by
              from municipality_key
             where municipality_id = $1
             order by purpose, generation
            "#,
            self.municipality,
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let ring = Ring { newest: Generation(ring.newest_key), sealing: Generation(ring.sealing_key) };
        let of_row = rows
            .into_iter()
            .map(|row| stored(self.municipality, &row.purpose, row.generation, row.wrapped, row.wrapped_by));
        Ok(StoredKeys { ring, keys: of_row.collect::<Result<_, _>>()? })
    }

    /// Wraps each key that another master key has wrapped. Tells how many.
    pub(crate) async fn wrap_anew(&mut self) -> Result<usize, DbError> {
        let mut wrapped = 0;
        for key in self.keys().await?.keys {
            let Some(anew) = self.master.wrap_anew(&key).await? else { continue };
            let KeyName { municipality, purpose, generation: Generation(generation) } = anew.name;
            query!(
                r#"
                update municipality_key
                   set wrapped = $4, wrapped_by = $5
                 where municipality_id = $1 and purpose = $2 and generation = $3
                "#,
                municipality,
                purpose.code(),
                generation,
                &anew.wrapped,
                anew.wrapped_by.as_deref(),
            )
            .execute(&mut *self.tx)
            .await?;
            wrapped += 1;
        }
        Ok(wrapped)
    }

    /// Makes a new generation, which does not seal yet, unless an earlier rotation is still to be finished. Tells whether there is anything to
    /// rotate: a municipality where nothing has been sealed has no key.
    pub(crate) async fn announce(&mut self) -> Result<bool, DbError> {
        let stored = self.keys().await?;
        if stored.keys.is_empty() {
            return Ok(false);
        }
        if !stored.is_settled() {
            return Ok(true);
        }
        if stored.index().is_none() {
            let index = self.master.index_key(self.municipality, &stored).await?;
            add_key(&mut self.tx, &index).await?;
        }
        let Generation(newest) = stored.ring.newest;
        let next = KeyName { generation: Generation(newest + 1), ..KeyName::first(self.municipality) };
        let made = self.master.new_key(next).await?;
        add_key(&mut self.tx, &made).await?;
        query!("update municipality set newest_key = $2 where id = $1", self.municipality, newest + 1)
            .execute(&mut *self.tx)
            .await?;
        Ok(true)
    }

    /// From its commit on, transactions that begin seal with the newest generation. Gives the vault that does.
    pub(crate) async fn take_into_use(&mut self) -> Result<Vault, DbError> {
        query!("update municipality set sealing_key = newest_key where id = $1", self.municipality)
            .execute(&mut *self.tx)
            .await?;
        let stored = self.keys().await?;
        Ok(self.master.vault(self.municipality, &stored).await?)
    }

    /// Removes the generations that nothing is sealed under any more. Tells how many.
    pub(crate) async fn remove_older(&mut self) -> Result<u64, DbError> {
        let removed = query!(
            r#"
            delete from municipality_key k
             using municipality m
             where k.municipality_id = $1 and m.id = $1 and k.purpose = 'seal' and k.generation < m.sealing_key
            "#,
            self.municipality,
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(removed.rows_affected())
    }

    /// Destroys every key: nothing of the municipality that was sealed can be read any more. Tells how many there were.
    pub(crate) async fn destroy(&mut self) -> Result<u64, DbError> {
        self.keys().await?;
        let destroyed = query!("delete from municipality_key where municipality_id = $1", self.municipality)
            .execute(&mut *self.tx)
            .await?;
        query!("update municipality set keys_destroyed_at = now() where id = $1", self.municipality)
            .execute(&mut *self.tx)
            .await?;
        Ok(destroyed.rows_affected())
    }

    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    pub(super) const fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    pub(crate) async fn commit(self) -> Result<(), DbError> {
        Ok(self.tx.commit().await?)
    }
}
