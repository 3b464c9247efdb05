//! `GET /renewal/authorities/pending`: asked now and then while the page of the authorities is open.

use serde::Serialize;

use crate::http::Reply;
use crate::session::asker::Asker;

/// What the island of that page waits for.
#[derive(Serialize)]
pub(crate) struct Pending {
    /// How many sources have not answered yet.
    pending: i64,
}

/// How many sources have not answered yet.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let awaited = asker.db().awaited_answers(asker.municipality(), &asker.presented).await?;
    Asker::answer(awaited.map(|pending| Pending { pending }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use sqlx::PgPool;

    use crate::case::asking;
    use crate::test_support::{Towns, add_source};

    const PATH: &str = "/renewal/authorities/pending";

    #[sqlx::test(migrations = "../migrations")]
    async fn it_counts_what_is_awaited_about_oneself(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, johan]) = stage.couple().await;
        let mut tx = stage.tx(home).await;
        for agency in [Agency::Fk, Agency::Csn] {
            add_source(&mut tx, agency).await;
        }
        tx.commit().await.unwrap();
        let pending = async |cookie: &str| stage.look(cookie, PATH).await.number("pending");
        assert_eq!(pending(&mira).await, 0, "nothing is begun");
        let draft = stage.begun(&mira).await;
        assert_eq!((pending(&mira).await, pending(&johan).await, pending(&home.citizen).await), (2, 0, 0));

        let mut tx = stage.tx(home).await;
        add_source(&mut tx, Agency::So).await;
        asking::apply(&mut tx, draft, couple.johan).await.unwrap();
        sqlx::query("update authority_query set answered_at = asked_at, answer_sealed = '\\x00' where person_id = $1")
            .bind(couple.mira.0)
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!((pending(&mira).await, pending(&johan).await), (0, 3));
        assert_eq!(stage.look(&home.caseworker, PATH).await.status, StatusCode::UNAUTHORIZED);
    }
}
