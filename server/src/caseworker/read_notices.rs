//! `POST /staff/notices`: a caseworker has read their notices.

use crate::db::{Action, DbError, Object, TenantTx, query};
use crate::http::{Reply, Visit};
use crate::session::policy::Caseworker;

/// All that are unread are marked.
pub(crate) async fn act(mut visit: Visit<Caseworker>) -> Reply {
    mark_read(&mut visit.tx, &visit.actor).await?;
    visit.see_other("/staff/notices").await
}

/// Marks the caseworker's own, and those for everybody: one who has read what is for all has read it for all.
async fn mark_read(tx: &mut TenantTx, caseworker: &Caseworker) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update notice set read_at = $3
         where municipality_id = $1 and (staff_id = $2 or staff_id is null) and read_at is null
        "#,
        municipality,
        caseworker.staff(),
        at,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::ReadNotice, Object::None).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Towns, audited};

    /// The citizen writes to the one responsible, or to all.
    async fn write(stage: &Towns, body: &str) {
        let fields = [("subject", "question"), ("body", body)];
        let sent = stage.post(&stage.home.host, &stage.home.citizen, "/messages", &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_message_is_told_of_read_and_marked(pool: PgPool) {
        let stage = Towns::new(pool).await;
        write(&stage, "När får jag besked?").await;
        let look = async |path: &str| stage.get(&stage.home.host, &stage.home.caseworker, path).await;
        let notices = look("/staff/notices").await;
        assert!(notices.body.contains("Meddelande från Petra Nilsson") && notices.body.contains("Ny"));
        let mut tx = stage.tx(&stage.home).await;
        let message: uuid::Uuid =
            sqlx::query_scalar("select id from message").fetch_one(tx.connection()).await.unwrap();
        let opened = look(&format!("/staff/messages/{message}")).await;
        assert!(opened.body.contains("När får jag besked?"), "{}", opened.body);

        let marked = stage.post(&stage.home.host, &stage.home.caseworker, "/staff/notices", &[]).await;
        assert_eq!(marked.location.as_deref(), Some("/staff/notices"));
        let unread: i64 = sqlx::query_scalar("select count(*) from notice where read_at is null")
            .fetch_one(tx.connection())
            .await
            .unwrap();
        assert_eq!(unread, 0);
        assert_eq!(audited(&mut tx, "saw-message").await, 1);
        assert_eq!(audited(&mut tx, "read-notice").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_municipalitys_caseworker_neither_sees_nor_marks(pool: PgPool) {
        let stage = Towns::new(pool).await;
        write(&stage, "När får jag besked?").await;
        let away = &stage.away;
        assert!(!stage.get(&away.host, &away.caseworker, "/staff/notices").await.body.contains("Petra"));
        stage.post(&away.host, &away.caseworker, "/staff/notices", &[]).await;
        let mut tx = stage.tx(&stage.home).await;
        let (message, unread): (uuid::Uuid, bool) =
            sqlx::query_as("select message_id, read_at is null from notice").fetch_one(tx.connection()).await.unwrap();
        assert!(unread);
        let path = format!("/staff/messages/{message}");
        assert_eq!(stage.get(&away.host, &away.caseworker, &path).await.status, StatusCode::NOT_FOUND);
    }
}
