//! `POST /session`, `POST /staff/session`, `POST /admin/session`: stays logged in. Like every request behind a guard it makes the session
//! longer, and then says by how much.

use axum::Json;
use axum::response::IntoResponse as _;

use super::time_left::TimeLeft;
use crate::http::visit::Principal;
use crate::http::{Reply, Visit};

/// How long the session lasts now.
pub(crate) async fn act<A: Principal>(visit: Visit<A>) -> Reply {
    let left = visit.here.seconds_until(visit.ends);
    visit.tx.commit().await?;
    Ok(Json(TimeLeft { left }).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn each_press_makes_a_session_longer_until_its_longest_time(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let home = &stage.home;
        for press in 1..=32 {
            time.pass(19);
            for (cookie, path, idle, longest) in [
                (&home.citizen, "/session", 20, 8 * 60),
                (&home.caseworker, "/staff/session", 30, 10 * 60),
                (&home.admin, "/admin/session", 30, 10 * 60),
            ] {
                let stayed = stage.send(cookie, path, &[]).await;
                let left = idle.min(longest - 19 * press);
                if left > 0 {
                    assert_eq!(stayed.number("left"), left * 60, "{path}, press {press}");
                } else {
                    assert_eq!(stayed.status, StatusCode::UNAUTHORIZED, "{path}, press {press}");
                }
            }
        }
    }
}
