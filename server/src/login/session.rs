//! Sessions: an opaque token in a `__Host-` cookie, its digest in the database.
//!
//! A session is made at login and never before, so there is none to fix on a victim. It ends when it has been idle too long, when it is too old,
//! at logout, and at once when its person is no longer one whom this service may serve: each request asks the database anew.

use app::port::PersonName;
use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::id::{CaseId, PersonId, StaffId};
use domain::renewal::state::SignerRole;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;

use super::policy::{Admin, Caseworker, Citizen};
use crate::db::{DbError, TenantTx};
use crate::random;

/// Which of the two kinds of session. A person who is both citizen and staff has one of each, and neither opens the other's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A citizen's.
    Citizen,
    /// A caseworker's or an administrator's.
    Staff,
}

impl Kind {
    /// The cookie's name.
    pub const fn cookie_name(self) -> &'static str {
        match self {
            Self::Citizen => "__Host-fornya",
            Self::Staff => "__Host-fornya-staff",
        }
    }

    /// How long it may be idle.
    pub const fn idle(self) -> SignedDuration {
        match self {
            Self::Citizen => SignedDuration::from_mins(20),
            Self::Staff => SignedDuration::from_mins(30),
        }
    }

    /// How old it may become.
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Citizen => SignedDuration::from_hours(8),
            Self::Staff => SignedDuration::from_hours(10),
        }
    }

    /// The cookie that carries a token.
    pub fn cookie(self, token: String) -> Cookie<'static> {
        host_cookie(self.cookie_name(), token)
    }
}

/// A cookie that only this host gets, over TLS, unseen by scripts. Lax, since the way back from the identity provider is a top-level GET.
pub fn host_cookie(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}

/// How often a session's last use is written down: a write for each page would be waste.
const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A member of staff, by role.
#[derive(Clone)]
pub enum Staff {
    /// Handläggare.
    Caseworker(Caseworker),
    /// Administratör.
    Admin(Admin),
}

/// Whose session is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A citizen.
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
}

/// Begins a session and gives the token for the cookie. `now` is real time.
pub async fn begin(tx: &mut TenantTx, owner: Owner, now: Timestamp) -> Result<String, DbError> {
    let token = random::token()?;
    let (person, staff) = match owner {
        Owner::Person(PersonId(id)) => (Some(id), None),
        Owner::Staff(StaffId(id)) => (None, Some(id)),
    };
    let municipality = tx.municipality().0;
    sqlx::query!(
        r#"
        insert into session (municipality_id, token_hash, person_id, staff_id, begun_at, seen_at)
        values ($1, $2, $3, $4, $5, $5)
        "#,
        municipality,
        random::token_hash(&token),
        person,
        staff,
        now.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(token)
}

/// The citizen of a token: the session lives, and the person has an ongoing case and no protected identity.
pub async fn citizen(tx: &mut TenantTx, token: &str, now: Timestamp) -> Result<Option<Citizen>, DbError> {
    let hash = random::token_hash(token);
    if !touch(tx, Kind::Citizen, &hash, now).await? {
        return Ok(None);
    }
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select p.id, p.given_name, p.family_name, m.case_id, m.signs_as as "signs_as!"
          from session s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
          join household_member m on (m.municipality_id, m.person_id) = (p.municipality_id, p.id)
          join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
         where s.municipality_id = $1 and s.token_hash = $2
           and not p.protected and m.signs_as is not null and c.closed_on is null
         order by c.opened_on desc
         limit 1
        "#,
        municipality,
        hash,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| {
        Ok(Citizen {
            person: PersonId(row.id),
            case: CaseId(row.case_id),
            signs_as: SignerRole::from_code(&row.signs_as)
                .ok_or(DbError::Inconsistent { column: "household_member.signs_as" })?,
            name: PersonName { given: row.given_name, family: row.family_name },
        })
    })
    .transpose()
}

/// The member of staff of a token.
pub async fn staff(tx: &mut TenantTx, token: &str, now: Timestamp) -> Result<Option<Staff>, DbError> {
    let hash = random::token_hash(token);
    if !touch(tx, Kind::Staff, &hash, now).await? {
        return Ok(None);
    }
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select f.id, f.name, f.role,
               (select count(*)
                  from notice n
                 where n.municipality_id = f.municipality_id and n.read_at is null
                   and (n.staff_id = f.id or n.staff_id is null)) as "unread!"
          from session s
          join staff f on (f.municipality_id, f.id) = (s.municipality_id, s.staff_id)
         where s.municipality_id = $1 and s.token_hash = $2
        "#,
        municipality,
        hash,
    )
    .fetch_optional(tx.connection())
    .await?;
    row.map(|row| match row.role.as_str() {
        "caseworker" => Ok(Staff::Caseworker(Caseworker {
            staff: StaffId(row.id),
            name: row.name,
            unread: u32::try_from(row.unread).unwrap_or(u32::MAX),
        })),
        "admin" => Ok(Staff::Admin(Admin { staff: StaffId(row.id), name: row.name })),
        _ => Err(DbError::Inconsistent { column: "staff.role" }),
    })
    .transpose()
}

/// Whether the session lives; if so its use is noted. One that is over is removed.
async fn touch(tx: &mut TenantTx, kind: Kind, hash: &[u8], now: Timestamp) -> Result<bool, DbError> {
    let municipality = tx.municipality().0;
    let gone = sqlx::query!(
        "delete from session where municipality_id = $1 and token_hash = $2 and (seen_at < $3 or begun_at < $4)",
        municipality,
        hash,
        (now - kind.idle()).to_sqlx() as _,
        (now - kind.lifetime()).to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?
    .rows_affected();
    if gone > 0 {
        return Ok(false);
    }
    sqlx::query!(
        "update session set seen_at = $3 where municipality_id = $1 and token_hash = $2 and seen_at < $4",
        municipality,
        hash,
        now.to_sqlx() as _,
        (now - SEEN_EVERY).to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(true)
}

/// Ends a session: its token opens nothing from now on.
pub async fn end(tx: &mut TenantTx, token: &str) -> Result<(), DbError> {
    let municipality = tx.municipality().0;
    sqlx::query!(
        "delete from session where municipality_id = $1 and token_hash = $2",
        municipality,
        random::token_hash(token),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
