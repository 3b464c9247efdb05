//! `GET /session`, `GET /staff/session`, `GET /admin/session`: asked before a page warns that the session ends.

use serde::Serialize;

use crate::http::Reply;
use crate::session::asker::Asker;

/// What the warning goes by.
#[derive(Serialize)]
pub(crate) struct TimeLeft {
    /// Seconds until the session ends, if nothing more is asked in it.
    pub(super) left: u32,
}

/// How long the session lasts.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let left = asker.seconds_left().await?;
    Asker::answer(left.map(|left| TimeLeft { left }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn asking_how_long_it_lasts_does_not_make_a_session_longer(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let home = &stage.home;
        let addresses = [
            (&home.citizen, "/session", 20),
            (&home.caseworker, "/staff/session", 30),
            (&home.admin, "/admin/session", 30),
        ];
        time.pass(15);
        for (cookie, path, idle) in addresses {
            for _ in 0..2 {
                assert_eq!(stage.look(cookie, path).await.number("left"), (idle - 15) * 60, "{path}");
            }
        }
        time.pass(16);
        for (cookie, path, _) in addresses {
            assert_eq!(stage.look(cookie, path).await.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(stage.send(cookie, path, &[]).await.status, StatusCode::UNAUTHORIZED, "too late: {path}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_roles_session_is_not_told_of(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for (cookie, path) in [
            (&home.admin, "/staff/session"),
            (&home.caseworker, "/admin/session"),
            (&home.citizen, "/staff/session"),
            (&stage.away.citizen, "/session"),
        ] {
            assert_eq!(stage.look(cookie, path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
    }
}
