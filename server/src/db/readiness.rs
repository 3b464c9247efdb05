//! Whether the service can do its work, asked on a connection of its own: the service may be busy and ready.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::reach::Unavailable;
use super::{Db, DbError, newest_known, newest_of};

/// So long the database may take to answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// The connection that readiness is asked on, made when it is needed and again when it is lost.
pub(crate) struct Readiness {
    options: Arc<PgConnectOptions>,
    kept: Mutex<Option<PgConnection>>,
}

impl Readiness {
    pub(crate) fn of(db: &Db) -> Self {
        Self { options: db.pool.connect_options(), kept: Mutex::default() }
    }

    /// Whether Postgres answers and the schema is not older than this binary.
    pub(crate) async fn is_ready(&self) -> Result<bool, DbError> {
        let mut kept = self.kept.lock().await;
        let before = kept.take();
        let asked = async {
            if let Some(mut live) = before
                && let Ok(newest) = asked_newest(&mut live).await
            {
                return Ok((live, newest));
            }
            let mut live = self.options.connect().await?;
            let newest = asked_newest(&mut live).await?;
            Ok::<_, sqlx::Error>((live, newest))
        };
        let silent = |_| DbError::from(Unavailable::Away(Arc::from("it does not answer")));
        let (live, newest) = timeout(ANSWERS_WITHIN, asked).await.map_err(silent)??;
        *kept = Some(live);
        Ok(newest.is_some_and(|version| version >= newest_known()))
    }
}

async fn asked_newest(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    let mut tx = connection.begin().await?;
    sqlx::query("select set_config('role', 'fornya_system', true)").execute(&mut *tx).await?;
    let newest = newest_of(&mut tx).await?;
    tx.commit().await?;
    Ok(newest)
}
