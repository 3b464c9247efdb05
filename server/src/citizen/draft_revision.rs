//! `GET /renewal/revision`: asked now and then while a part of the draft is open, perhaps in two windows.

use crate::case::revision::Revision;
use crate::http::Reply;
use crate::session::asker::Asker;

/// The revision of the citizen's own draft.
pub(crate) async fn poll(asker: Asker) -> Reply {
    let revision = asker.db().own_draft_revision(asker.municipality(), &asker.presented).await?;
    Asker::answer(revision.map(|revision| Revision { revision }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn a_draft_tells_its_own_writer_alone_how_often_it_was_saved(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let home = &stage.home;
        let (_, [mira, johan]) = stage.couple().await;
        let revision = async |cookie: &str| stage.look(cookie, "/renewal/revision").await.number("revision");
        assert_eq!(revision(&mira).await, -1, "nothing is begun");
        stage.send(&mira, "/renewal/begin", &[]).await;
        let begun = revision(&mira).await;
        let household = [("revision", &*begun.to_string()), ("phone", "070-174 06 05"), ("household", "same")];
        stage.send(&mira, "/renewal/household", &household).await;
        assert_eq!(revision(&mira).await, begun + 1);
        for (cookie, whose) in [(&johan, "the other adult"), (&home.citizen, "another household")] {
            assert_eq!(revision(cookie).await, -1, "{whose}");
        }
        time.pass(21);
        assert_eq!(stage.look(&mira, "/renewal/revision").await.status, StatusCode::UNAUTHORIZED);
    }
}
