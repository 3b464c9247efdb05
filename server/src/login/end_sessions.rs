//! `POST /sessions/end`, `POST /staff/sessions/end`, `POST /admin/sessions/end`: another session of one's own ends, or all the others.

use axum::http::HeaderMap;
use domain::form::Which;
use domain::id::SessionId;
use serde::Deserialize;

use crate::http::{Fields, Reply, Visit};
use crate::session::list::{self, SessionHolder, This};

/// The form of a button.
#[derive(Deserialize)]
pub(crate) struct Posted {
    /// Which of the others.
    session: Which<SessionId>,
}

/// Ended here it is ended everywhere, at the next request. Pressed twice, it is ended once.
pub(crate) async fn act<A: SessionHolder>(
    mut visit: Visit<A>,
    headers: HeaderMap,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let (owner, this) = (visit.actor.owner(), This::of::<A>(&headers)?);
    list::end_others(&mut visit.tx, owner, &this, posted.session).await?;
    let list = visit.actor.list();
    visit.see_other(&list).await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::session::Owner;
    use crate::test_support::{Towns, audited};

    /// The id in the button of the first other session of a list.
    fn first_other(page: &str) -> String {
        let (_, rest) = page.split_once("name=\"session\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn one_ends_or_all_the_others_and_never_this_one_or_anybody_elses(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (_, [mira, _]) = stage.couple().await;
        for (cookie, base, page, owner) in [
            (&home.citizen, "/sessions", "/home", Owner::Person(home.person)),
            (&home.caseworker, "/staff/sessions", "/staff/inbox", Owner::Staff(home.staff)),
        ] {
            let mut tx = stage.tx(home).await;
            let mut others = Vec::new();
            for _ in 0..3 {
                others.push(stage.log_in(&mut tx, owner).await);
            }
            tx.commit().await.unwrap();
            let end = format!("{base}/end");
            let alive = async || {
                let mut alive = 0;
                for other in &others {
                    alive += usize::from(stage.look(other, page).await.status == StatusCode::OK);
                }
                alive
            };
            let chosen = first_other(&stage.page(cookie, base).await);
            for _ in 0..2 {
                assert_eq!(stage.send(cookie, &end, &[("session", &chosen)]).await.led_to(), base);
                assert_eq!(alive().await, 2, "one, once");
            }
            for neither in [vec![], vec![("session", "")], vec![("session", "alla")]] {
                assert_eq!(stage.send(cookie, &end, &neither).await.status, StatusCode::BAD_REQUEST);
                assert_eq!(alive().await, 2, "{neither:?} is not all");
            }
            assert_eq!(stage.send(cookie, &end, &[("session", "all")]).await.led_to(), base);
            assert_eq!(alive().await, 0);
            assert_eq!(stage.look(cookie, page).await.status, StatusCode::OK, "this one lives on");
        }
        assert_eq!(stage.look(&mira, "/home").await.status, StatusCode::OK, "somebody else's");
        assert_eq!(stage.look(&home.admin, "/admin/sources").await.status, StatusCode::OK, "a colleague's");
        let mut tx = stage.tx(home).await;
        assert_eq!((audited(&mut tx, "ended-session").await, audited(&mut tx, "ended-sessions").await), (2, 2));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_persons_session_cannot_be_ended(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let mut tx = stage.tx(&stage.home).await;
        stage.log_in(&mut tx, Owner::Person(couple.mira)).await;
        tx.commit().await.unwrap();
        let hers = first_other(&stage.page(&mira, "/sessions").await);
        stage.send(&johan, "/sessions/end", &[("session", &hers)]).await;
        assert!(stage.page(&mira, "/sessions").await.contains(&hers));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_ended_at_one_node_is_ended_at_every_other_at_once(pool: PgPool) {
        let mut stage = Towns::new(pool.clone()).await;
        let mut tx = stage.tx(&stage.home).await;
        let lost = stage.log_in(&mut tx, Owner::Person(stage.home.person)).await;
        tx.commit().await.unwrap();
        let here = Arc::clone(&stage.service);
        let there = stage.another_node(pool).await;
        stage.service = Arc::clone(&there);
        assert_eq!(stage.look(&lost, "/home").await.status, StatusCode::OK, "the other node knows it");
        stage.service = here;
        stage.send(&stage.home.citizen, "/sessions/end", &[("session", "all")]).await;
        stage.service = there;
        assert_eq!(stage.look(&lost, "/home").await.status, StatusCode::UNAUTHORIZED);
    }
}
