//! `GET /sessions`, `GET /staff/sessions`, `GET /admin/sessions`: where the one who looks is logged in.

use app::sessions::{self, ListedSession, Sessions};
use axum::http::HeaderMap;

use crate::db::Action;
use crate::http::{Reply, Visit};
use crate::session::list::{self, SessionHolder, This};

/// Every session of theirs that lives.
pub(crate) async fn page<A: SessionHolder>(mut visit: Visit<A>, headers: HeaderMap) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let (owner, this) = (actor.owner(), This::of::<A>(&headers)?);
    let listed = list::of_owner(tx, owner, &this, here.service.clock.real()).await?;
    tx.audit(Action::SawSessions, owner.object()).await?;
    let sessions = listed.into_iter().map(|one| ListedSession {
        id: one.id,
        begun: here.local(one.begun),
        seen: here.local(one.seen),
        is_this: one.is_this,
    });
    let shown = Sessions { sessions: sessions.collect(), end: format!("{}/end", actor.list()) };
    visit.page(sessions::page(shown)).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::session::Owner;
    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn everybody_sees_their_own_sessions_and_which_one_this_is(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let home = &stage.home;
        for (cookie, path, owner) in [
            (&home.citizen, "/sessions", Owner::Person(home.person)),
            (&home.caseworker, "/staff/sessions", Owner::Staff(home.staff)),
        ] {
            let alone = stage.page(cookie, path).await;
            assert!(alone.contains("Den här inloggningen") && alone.contains("ingen annanstans"), "{alone}");
            let mut tx = stage.tx(home).await;
            stage.log_in(&mut tx, owner).await;
            stage.log_in(&mut tx, owner).await;
            tx.commit().await.unwrap();
            let three = stage.page(cookie, path).await;
            assert_eq!(three.matches("name=\"session\"").count(), 3, "each of the two, and both: {three}");
            assert_eq!(three.matches("Den här inloggningen").count(), 1, "{three}");
            let token = cookie.split_once('=').unwrap().1;
            assert!(!three.contains(token) && three.contains("Du loggade in 24 november 2026"), "{three}");
        }
        let admin = stage.page(&home.admin, "/admin/sessions").await;
        assert_eq!(admin.matches("name=\"session\"").count(), 0, "a colleague's are none of theirs: {admin}");
        time.pass(19);
        stage.page(&home.citizen, "/home").await;
        time.pass(19);
        let later = stage.page(&home.citizen, "/sessions").await;
        assert_eq!(later.matches("name=\"session\"").count(), 0, "the others have ended by themselves: {later}");
    }
}
