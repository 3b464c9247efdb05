//! The transaction that carries a municipality and an actor: the only way to a municipality's data.

use std::sync::Arc;

use domain::id::MunicipalityId;
use jiff::Timestamp;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::queue::{self, Job};
use super::{Action, Actor, Db, DbError, Object, Vault, query};

/// A transaction as `fornya_tenant`, held by row-level security to one municipality and to the cases that its actor may know of. Dropped
/// without [`commit`](Self::commit), it undoes everything.
#[derive(Debug)]
pub(crate) struct TenantTx {
    tx: Transaction<'static, Postgres>,
    municipality: MunicipalityId,
    actor: Actor,
    at: Timestamp,
    vault: Arc<Vault>,
    audited: bool,
}

impl TenantTx {
    /// Begins. `at` is the business time of what will be written.
    pub(crate) async fn begin(
        db: &Db,
        municipality: MunicipalityId,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Self, DbError> {
        loop {
            let mut tx = db.begin(&db.tenant).await?;
            let (kind, id) = (actor.kind(), actor.id());
            let row = query!(r#"select keys_of($1) as "keys!" from stand_for($1, $2, $3)"#, municipality, kind, id);
            let row = row.fetch_one(&mut *tx).await?;
            if let Some(vault) = db.vault_of(municipality, &row.keys).await? {
                return Ok(Self::over(tx, municipality, actor, at, vault));
            }
        }
    }

    pub(super) fn over(
        tx: Transaction<'static, Postgres>,
        municipality: MunicipalityId,
        actor: Actor,
        at: Timestamp,
        vault: Arc<Vault>,
    ) -> Self {
        Self { tx, municipality, actor, at, vault, audited: false }
    }

    /// The connection, for the queries of the function that holds this transaction.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Whose rows can be seen.
    pub(crate) fn municipality(&self) -> MunicipalityId {
        self.municipality
    }

    /// Who is behind it.
    pub(crate) fn actor(&self) -> Actor {
        self.actor
    }

    /// From here on the transaction stands for this actor: who it is has been found within it. They see their own, and the audit trail
    /// names them.
    pub(crate) async fn stand_for(&mut self, actor: Actor) -> Result<(), DbError> {
        query!("select from stand_for($1, $2, $3)", self.municipality, actor.kind(), actor.id())
            .execute(&mut *self.tx)
            .await?;
        self.actor = actor;
        Ok(())
    }

    /// From here on another actor and time: for [`HistoryTx`](super::HistoryTx) alone.
    pub(super) fn turn_to(&mut self, actor: Actor, at: Timestamp) {
        (self.actor, self.at) = (actor, at);
    }

    /// The business time of this transaction.
    pub(crate) fn at(&self) -> Timestamp {
        self.at
    }

    /// Seals and opens this municipality's values. Shared, so that it can be used beside [`connection`](Self::connection).
    pub(crate) fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.vault)
    }

    /// Writes to the audit trail.
    pub(crate) async fn audit(&mut self, action: Action, object: Object) -> Result<(), DbError> {
        let (kind, id) = object.parts();
        self.insert_audit(action, kind, id.into_iter().collect()).await
    }

    /// The same, of one act on several objects of a kind.
    pub(crate) async fn audit_each<Id: Copy>(
        &mut self,
        action: Action,
        of: fn(Id) -> Object,
        ids: &[Id],
    ) -> Result<(), DbError> {
        let objects = ids.iter().map(|id| of(*id).parts());
        let (kinds, ids): (Vec<_>, Vec<_>) = objects.unzip();
        let Some(kind) = kinds.first() else { return Ok(()) };
        self.insert_audit(action, *kind, ids.into_iter().flatten().collect()).await
    }

    /// The same, of what was seen in a list. That a list was seen is noted also when it was empty.
    pub(crate) async fn audit_list<Id: Copy>(
        &mut self,
        action: Action,
        of: fn(Id) -> Object,
        ids: &[Id],
    ) -> Result<(), DbError> {
        if ids.is_empty() { self.audit(action, Object::None).await } else { self.audit_each(action, of, ids).await }
    }

    /// Whether this transaction has written to the audit trail.
    pub(crate) const fn is_audited(&self) -> bool {
        self.audited
    }

    async fn insert_audit(&mut self, action: Action, kind: Option<&str>, objects: Vec<Uuid>) -> Result<(), DbError> {
        let entries: Vec<_> = (0..objects.len().max(1)).map(|_| Uuid::now_v7()).collect();
        query!(
            r#"
            insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, action, object_kind, object_id)
            select $1, e.id, $3, $4, $5, $6, $7, e.object
              from unnest($2::uuid[], $8::uuid[]) as e (id, object)
            "#,
            self.municipality,
            entries,
            self.at,
            self.actor.kind(),
            self.actor.id(),
            action.name(),
            kind,
            objects,
        )
        .execute(&mut *self.tx)
        .await?;
        self.audited = true;
        Ok(())
    }

    /// Enqueues work for after the commit. The same job twice is one job.
    pub(crate) async fn enqueue(&mut self, jobs: &[Job]) -> Result<(), DbError> {
        queue::enqueue(self, jobs).await
    }

    pub(crate) async fn commit(self) -> Result<(), DbError> {
        Ok(self.tx.commit().await?)
    }
}
