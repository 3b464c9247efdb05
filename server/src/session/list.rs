//! The sessions of one person or member of staff, as they themselves see and end them. A session that is ended here is ended wherever the
//! service runs: each request asks the database.

use axum::http::HeaderMap;
use domain::form::Which;
use domain::id::SessionId;
use jiff::Timestamp;

use super::guard::presented;
use super::policy::{Admin, Caseworker, Reader};
use super::{HasKind, Owner};
use crate::db::{Action, DbError, TenantTx, query, query_scalar};
use crate::http::Problem;
use crate::http::visit::Principal;
use crate::random;

/// Whoever has sessions of their own to look at.
pub(crate) trait SessionHolder: Principal + HasKind {
    fn owner(&self) -> Owner;

    /// The address of their list, below which they end what is in it.
    fn list(&self) -> String {
        format!("{}s", self.session_address())
    }
}

impl SessionHolder for Reader {
    fn owner(&self) -> Owner {
        Owner::Person(self.person)
    }
}

impl SessionHolder for Caseworker {
    fn owner(&self) -> Owner {
        Owner::Staff(self.staff)
    }
}

impl SessionHolder for Admin {
    fn owner(&self) -> Owner {
        Owner::Staff(self.staff)
    }
}

/// The session of the request that asks.
pub(crate) struct This(Vec<u8>);

impl This {
    pub(crate) fn of<A: SessionHolder>(headers: &HeaderMap) -> Result<Self, Problem> {
        Ok(Self(random::token_hash(&presented(A::KIND, headers)?)))
    }
}

/// One session that lives. It is named by a digest of what it is kept under, which opens nothing.
pub(crate) struct Listed {
    pub id: SessionId,
    pub begun: Timestamp,
    pub seen: Timestamp,
    pub is_this: bool,
}

/// Those that live, this one first and then the latest used. `now` is real time.
pub(crate) async fn of_owner(
    tx: &mut TenantTx,
    owner: Owner,
    this: &This,
    now: Timestamp,
) -> Result<Vec<Listed>, DbError> {
    let (municipality, (person, staff), kind) = (tx.municipality(), owner.parts(), owner.kind());
    let rows = query!(
        r#"
        select md5(token_hash)::uuid as "id!", begun_at, seen_at, token_hash = $4 as "is_this!"
          from session
         where municipality_id = $1 and (person_id = $2 or staff_id = $3) and seen_at >= $5 and begun_at >= $6
         order by token_hash = $4 desc, seen_at desc, begun_at desc
        "#,
        municipality,
        person,
        staff,
        &this.0,
        now - kind.idle(),
        now - kind.lifetime(),
    )
    .fetch_all(tx.connection())
    .await?;
    let listed = rows.into_iter().map(|row| Listed {
        id: SessionId(row.id),
        begun: row.begun_at.to_jiff(),
        seen: row.seen_at.to_jiff(),
        is_this: row.is_this,
    });
    Ok(listed.collect())
}

/// Ends one of the others, or all of them, and notes it where there was one. This one is ended by logging out.
pub(crate) async fn end_others(
    tx: &mut TenantTx,
    owner: Owner,
    this: &This,
    which: Which<SessionId>,
) -> Result<(), DbError> {
    let (municipality, (person, staff)) = (tx.municipality(), owner.parts());
    let ended = query_scalar!(
        r#"
        delete from session
         where municipality_id = $1 and (person_id = $2 or staff_id = $3) and token_hash <> $4
           and ($5::uuid is null or md5(token_hash)::uuid = $5)
        returning true as "ended!"
        "#,
        municipality,
        person,
        staff,
        &this.0,
        which.one(),
    )
    .fetch_all(tx.connection())
    .await?;
    if ended.is_empty() {
        return Ok(());
    }
    let action = match which {
        Which::All => Action::EndedSessions,
        Which::One(_) => Action::EndedSession,
    };
    tx.audit(action, owner.object()).await
}

/// Ends all of somebody's sessions, and says how many that was.
pub(crate) async fn end_all(tx: &mut TenantTx, owner: Owner) -> Result<usize, DbError> {
    let (municipality, (person, staff)) = (tx.municipality(), owner.parts());
    let ended = query_scalar!(
        r#"
        delete from session
         where municipality_id = $1 and (person_id = $2 or staff_id = $3)
        returning true as "ended!"
        "#,
        municipality,
        person,
        staff,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(ended.len())
}
