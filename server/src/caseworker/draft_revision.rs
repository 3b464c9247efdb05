//! `GET /staff/renewals/{id}/revision`: asked now and then while a renewal is open, perhaps by two colleagues.

use domain::id::RenewalId;

use crate::case::revision::Revision;
use crate::http::{Path, Reply};
use crate::session::asker::Asker;

/// The revision of what is typed towards its decision.
pub(crate) async fn poll(asker: Asker, Path(id): Path<RenewalId>) -> Reply {
    let revision = asker.db().decision_draft_revision(asker.municipality(), &asker.presented, id).await?;
    Asker::answer(revision.map(|revision| Revision { revision }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn a_caseworker_learns_what_a_colleague_has_saved_or_decided(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-12", &Statement::default()).await;
        let decide = format!("/staff/renewals/{renewal}/decide");
        let asked = format!("/staff/renewals/{renewal}/revision");
        let revision = async || stage.look(&home.caseworker, &asked).await.number("revision");
        assert_eq!(revision().await, 0);
        stage.fill(&home.host, &home.caseworker, &decide, &[("act", "calculate"), ("note", "Kvar")]).await;
        assert_eq!(revision().await, 1);
        assert_eq!(stage.look(&home.admin, &asked).await.status, StatusCode::UNAUTHORIZED);
        let away = stage.get(&stage.away.host, &stage.away.caseworker, &asked).await;
        assert_eq!(away.number("revision"), -1, "not even how often it was saved");
        stage.decided(renewal, "granted", "need-by-norm").await;
        assert_eq!(revision().await, -1);
    }
}
