//! Hearing of new jobs at once, through Postgres' notifications.

use std::convert::Infallible;

use sqlx::postgres::PgListener;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::outage::Outage;
use crate::db::Db;

/// Rings the bell at each commit with new jobs, and whenever one may have been missed: after the connection was lost and is there again.
pub(super) async fn hear(db: &Db, bell: &Notify) -> Infallible {
    let mut outage = Outage::new("The news of jobs");
    loop {
        let error = match db.job_listener().await {
            Ok(listener) => {
                outage.over();
                bell.notify_one();
                until_lost(listener, bell).await.into()
            }
            Err(error) => error,
        };
        sleep(outage.pause(&error)).await;
    }
}

async fn until_lost(mut listener: PgListener, bell: &Notify) -> sqlx::Error {
    loop {
        match listener.try_recv().await {
            // None: the connection was lost, and is there again.
            Ok(Some(_) | None) => bell.notify_one(),
            Err(error) => return error,
        }
    }
}
