//! An attempt at an identity provider: begun in one browser, used once, by that browser. Each tab has its own, and all end well.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{Column, DbError, RowKey, TenantTx, query, through_db};
use crate::http::cookie::host_cookie;
use crate::random;

/// The cookie that ties attempts to the browser that began them. It is the browser's and no attempt's: what ends one leaves the others.
pub(crate) const COOKIE: &str = "__Host-fornya-attempt";

/// What an attempt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A citizen logs in.
    CitizenLogin,
    /// A member of staff logs in.
    StaffLogin,
    Signing,
}

impl Purpose {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::CitizenLogin => "citizen-login",
            Self::StaffLogin => "staff-login",
            Self::Signing => "signing",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::CitizenLogin, Self::StaffLogin, Self::Signing].into_iter().find(|one| one.code() == code)
    }
}

/// How long an attempt is kept, used or not.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// An attempt that has been looked up by its state.
pub(crate) struct Attempt {
    /// What it is for.
    pub purpose: Purpose,
    /// What was to be remembered.
    pub pending: Remembered,
}

/// What was to be remembered of an attempt, of the form that its purpose has.
pub(crate) struct Remembered(Vec<u8>);

impl Remembered {
    pub(crate) fn read<P: DeserializeOwned>(&self) -> Result<P, DbError> {
        Ok(Column::AttemptPending.read_json(&self.0)?)
    }
}

/// Why a state leads nowhere.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttemptError {
    /// No such state, or of another browser: a broken or planted callback.
    #[error("the callback's state is not of an attempt by this browser")]
    Unknown,
    /// It has been used: the page was reloaded, or the address was copied.
    #[error("the callback's state was used before")]
    Used(Purpose),
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(AttemptError);

/// Begins an attempt. The cookie goes to the browser, the one that it has, if it has one of ours; `now` is real time.
pub(crate) async fn begin<P: Serialize>(
    tx: &mut TenantTx,
    purpose: Purpose,
    state: &str,
    pending: &P,
    jar: &CookieJar,
    now: Timestamp,
) -> Result<Cookie<'static>, DbError> {
    let municipality = tx.municipality();
    query!("delete from identity_attempt where municipality_id = $1 and begun_at < $2", municipality, now - KEPT,)
        .execute(tx.connection())
        .await?;
    let state_hash = random::token_hash(state);
    let known = jar.get(COOKIE).map(Cookie::value).filter(|value| random::is_token(value));
    let browser = known.map_or_else(random::token, |known| Ok(known.to_owned()))?;
    let browser_hash = random::token_hash(&browser);
    let sealed = tx.vault().seal_json(Column::AttemptPending, RowKey::Digest(&state_hash), pending)?;
    query!(
        r#"
        insert into identity_attempt (municipality_id, state_hash, purpose, browser_hash, pending_sealed, begun_at)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        municipality,
        &state_hash,
        purpose.code(),
        browser_hash,
        sealed,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(host_cookie(COOKIE, browser))
}

/// Uses the attempt of a state, once. Two callbacks at the same time: one gets it.
pub(crate) async fn take(
    tx: &mut TenantTx,
    state: &str,
    browser: &str,
    now: Timestamp,
) -> Result<Attempt, AttemptError> {
    let municipality = tx.municipality();
    let (state_hash, browser_hash) = (random::token_hash(state), random::token_hash(browser));
    let row = query!(
        r#"
        select purpose, pending_sealed, used_at is not null as "used!"
          from identity_attempt
         where municipality_id = $1 and state_hash = $2 and browser_hash = $3
           for update
        "#,
        municipality,
        &state_hash,
        browser_hash,
    )
    .fetch_optional(tx.connection())
    .await?
    .ok_or(AttemptError::Unknown)?;
    let inconsistent = DbError::Inconsistent { column: "identity_attempt.purpose" };
    let purpose = Purpose::from_code(&row.purpose).ok_or(inconsistent)?;
    if row.used {
        return Err(AttemptError::Used(purpose));
    }
    query!(
        "update identity_attempt set used_at = $3 where municipality_id = $1 and state_hash = $2",
        municipality,
        &state_hash,
        now,
    )
    .execute(tx.connection())
    .await?;
    let pending = tx.vault().open(Column::AttemptPending, RowKey::Digest(&state_hash), &row.pending_sealed)?;
    Ok(Attempt { purpose, pending: Remembered(pending) })
}
