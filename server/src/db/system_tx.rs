//! The transaction over what belongs to no municipality: the host table, wrapped keys and the heads of the job queue.

use domain::id::{MunicipalityId, ProofId};
use jiff::Timestamp;
use jiff_sqlx::Timestamp as SqlTimestamp;
use sqlx::{PgConnection, Postgres, Transaction};

use super::keys_tx::{DestroyedKeys, add_key, some_key, stored};
use super::vault::{Generation, Ring, StoredKey, StoredKeys};
use super::{Db, DbError, query, query_as, query_scalar};

/// A transaction as `fornya_system`.
#[derive(Debug)]
pub(crate) struct SystemTx {
    tx: Transaction<'static, Postgres>,
}

/// What the service reads of a row of the host table.
#[derive(Debug, Clone)]
pub struct MunicipalityRow {
    pub id: uuid::Uuid,
    pub name: String,
    pub window_opens_day: i16,
    pub window_closes_day: i16,
    pub window_late_days: i16,
    pub pay_day: i16,
    pub decide_within_days: i16,
    pub phone: String,
    pub phone_hours: String,
    pub visiting_address: String,
    pub postal_address: String,
}

/// What waits where the ordinary inbox does not show it.
pub(crate) struct ProtectedWaiting {
    pub count: f64,
    /// When the oldest arrived.
    pub oldest: Option<Timestamp>,
}

/// A row of the host table, to be added.
#[derive(Debug, Clone)]
pub(crate) struct NewMunicipality {
    pub slug: String,
    pub host: String,
    pub organisation_number: String,
    pub row: MunicipalityRow,
}

impl SystemTx {
    pub(crate) async fn begin(db: &Db) -> Result<Self, DbError> {
        Ok(Self { tx: db.begin(&db.system).await? })
    }

    /// The municipality that a host name belongs to.
    pub(crate) async fn municipality_at(&mut self, host: &str) -> Result<Option<MunicipalityRow>, DbError> {
        Ok(query_as!(
            MunicipalityRow,
            r#"
            select id, name, window_opens_day, window_closes_day, window_late_days, pay_day,
                   decide_within_days, phone, phone_hours, visiting_address, postal_address
              from municipality
             where host = $1
            "#,
            host,
        )
        .fetch_optional(&mut *self.tx)
        .await?)
    }

    /// Every host name that belongs to a municipality.
    pub(crate) async fn hosts(&mut self) -> Result<Vec<String>, DbError> {
        Ok(query_scalar!("select host from municipality").fetch_all(&mut *self.tx).await?)
    }

    /// Every municipality.
    pub(crate) async fn municipalities(&mut self) -> Result<Vec<MunicipalityId>, DbError> {
        let all = query_scalar!("select id from municipality order by host").fetch_all(&mut *self.tx).await?;
        Ok(all.into_iter().map(MunicipalityId).collect())
    }

    /// Adds a municipality to the installation. One that is there by its id stays as it is.
    pub(crate) async fn add_municipality(&mut self, new: &NewMunicipality) -> Result<(), DbError> {
        let NewMunicipality { slug, host, organisation_number, row } = new;
        query!(
            r#"
            insert into municipality (id, slug, host, name, organisation_number, window_opens_day, window_closes_day, window_late_days, pay_day,
                                      decide_within_days, phone, phone_hours, visiting_address, postal_address)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                on conflict (id) do nothing
            "#,
            row.id,
            slug,
            host,
            &row.name,
            organisation_number,
            row.window_opens_day,
            row.window_closes_day,
            row.window_late_days,
            row.pay_day,
            row.decide_within_days,
            &row.phone,
            &row.phone_hours,
            &row.visiting_address,
            &row.postal_address,
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// The keys of a municipality; an error where they have been destroyed.
    pub(super) async fn keys_of(&mut self, municipality: MunicipalityId) -> Result<StoredKeys, DbError> {
        let rows = query!(
            r#"
            select m.newest_key, m.sealing_key, m.keys_destroyed_at is not null as "are_destroyed!", k.purpose as "purpose?",
                   k.generation as "generation?", k.wrapped as "wrapped?", k.wrapped_by
              from municipality m
              left join municipality_key k on k.municipality_id = m.id
             where m.id = $1
            "#,
            municipality,
        )
        .fetch_all(&mut *self.tx)
        .await?;
        let first = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        if first.are_destroyed {
            return Err(DestroyedKeys.into());
        }
        let ring = Ring { newest: Generation(first.newest_key), sealing: Generation(first.sealing_key) };
        let mut keys = Vec::new();
        for row in rows {
            if let (Some(purpose), Some(generation), Some(wrapped)) = (row.purpose, row.generation, row.wrapped) {
                keys.push(stored(municipality, &purpose, generation, wrapped, row.wrapped_by)?);
            }
        }
        Ok(StoredKeys { ring, keys })
    }

    /// Stores the first key of a municipality.
    pub(super) async fn add_key(&mut self, key: &StoredKey) -> Result<(), DbError> {
        add_key(&mut self.tx, key).await
    }

    /// One municipality's key, whichever.
    pub(super) async fn some_key(&mut self) -> Result<Option<StoredKey>, DbError> {
        some_key(&mut self.tx).await
    }

    /// Every municipality's keys.
    pub(super) async fn keys(&mut self) -> Result<Vec<StoredKey>, DbError> {
        let rows = query!("select municipality_id, purpose, generation, wrapped, wrapped_by from municipality_key")
            .fetch_all(&mut *self.tx)
            .await?;
        rows.into_iter()
            .map(|row| {
                let municipality = MunicipalityId(row.municipality_id);
                stored(municipality, &row.purpose, row.generation, row.wrapped, row.wrapped_by)
            })
            .collect()
    }

    /// Nobody else makes a key until this transaction ends.
    pub(super) async fn one_maker_of_keys(&mut self) -> Result<(), DbError> {
        query!("select pg_advisory_xact_lock(hashtext('municipality_key')) as locked").execute(&mut *self.tx).await?;
        Ok(())
    }

    /// How many renewals wait in the cases of people with protected identity, over all municipalities.
    pub(crate) async fn protected_waiting(&mut self) -> Result<ProtectedWaiting, DbError> {
        let row = query!(
            r#"
            select coalesce(sum(w.waiting), 0)::double precision as "waiting!", min(w.oldest) as oldest
              from municipality m
             cross join lateral protected_waiting(m.id) w
            "#
        )
        .fetch_one(&mut *self.tx)
        .await?;
        Ok(ProtectedWaiting { count: row.waiting, oldest: row.oldest.map(SqlTimestamp::to_jiff) })
    }

    /// Some of the files that wait for a scanner, by chance, so that none stands before the others for ever.
    pub(crate) async fn waiting_proofs(&mut self) -> Result<Vec<(MunicipalityId, ProofId)>, DbError> {
        let rows = query!(
            r#"
            select m.id as "municipality!", w.proof as "proof!"
              from municipality m
             cross join lateral waiting_proofs(m.id) w
             order by random()
             limit 20
            "#
        )
        .fetch_all(&mut *self.tx)
        .await?;
        Ok(rows.into_iter().map(|row| (MunicipalityId(row.municipality), ProofId(row.proof))).collect())
    }

    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    pub(crate) async fn commit(self) -> Result<(), DbError> {
        Ok(self.tx.commit().await?)
    }
}
