//! Whether the service can do its work, asked on a connection of its own: the service may be busy and ready.

use std::time::Duration;

use domain::id::MunicipalityId;
use sqlx::{Connection as _, PgConnection};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::reach::{self, Unavailable};
use super::{Db, DbError, known_schema, migrate, query};

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
        self.db.fits(state.key)?;
        Ok(true)
    }
}

/// What readiness goes by.
struct State {
    /// The newest version that the schema has.
    newest: Option<i64>,
    /// One of the wrapped keys.
    key: Option<(MunicipalityId, Vec<u8>)>,
}

impl State {
    async fn ask(connection: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let mut tx = connection.begin().await?;
        let newest = migrate::newest(&mut tx).await?;
        let key =
            query!("select municipality_id, wrapped from municipality_key limit 1").fetch_optional(&mut *tx).await?;
        tx.commit().await?;
        Ok(Self { newest, key: key.map(|row| (MunicipalityId(row.municipality_id), row.wrapped)) })
    }
}
