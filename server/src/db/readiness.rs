//! Whether the service can do its work, asked on a connection of its own: the service may be busy and ready.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::keys_tx::some_key;
use super::reach::{self, Unavailable};
use super::vault::StoredKey;
use super::{Db, DbError, known_schema, migrate};

/// So long the database may take to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// The connection that readiness is asked on, made when it is needed and again when it is lost.
pub(crate) struct Readiness {
    db: Db,
    kept: Mutex<Option<PgConnection>>,
}

impl Readiness {
    pub(crate) fn of(db: &Db) -> Self {
        Self { db: db.clone(), kept: Mutex::default() }
    }

    /// Whether Postgres answers and the schema is not older than this binary. It is an error when the master key is another's.
    pub(crate) async fn is_ready(&self) -> Result<bool, DbError> {
        let mut kept = self.kept.lock().await;
        let before = kept.take();
        let asked = async {
            if let Some(mut live) = before
                && let Ok(state) = State::ask(&mut live).await
            {
                return Ok((live, state));
            }
            let mut live = reach::connect(&self.db.system.connect_options()).await?;
            let state = State::ask(&mut live).await?;
            Ok::<_, DbError>((live, state))
        };
        let (live, state) = timeout(ANSWERS_WITHIN, asked).await.map_err(|_| Unavailable::silent())??;
        *kept = Some(live);
        if state.newest.is_none_or(|version| version < known_schema()) {
            return Ok(false);
        }
        self.db.fits(state.key.as_ref()).await?;
        Ok(true)
    }
}

/// What readiness goes by.
struct State {
    /// The newest version that the schema has.
    newest: Option<i64>,
    /// One of the wrapped keys.
    key: Option<StoredKey>,
}

impl State {
    async fn ask(connection: &mut PgConnection) -> Result<Self, DbError> {
        let mut tx = connection.begin().await?;
        let newest = migrate::newest(&mut tx).await?;
        // An older schema may not have what is asked for.
        let is_known = newest.is_some_and(|version| version >= known_schema());
        let key = if is_known { some_key(&mut tx).await? } else { None };
        tx.commit().await?;
        Ok(Self { newest, key })
    }
}
