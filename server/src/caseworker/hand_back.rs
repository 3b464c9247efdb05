//! `POST /staff/renewals/{id}/hand-back`: a caseworker who has taken a renewal up lets go of it.

use domain::id::RenewalId;
use domain::renewal::state::Act;

use crate::case::{renewal, signers};
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// It stands as arrived again; what has been typed is kept. On a stale page it changes nothing.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Reply {
    let tx = &mut visit.tx;
    renewal::lock(tx, id).await?;
    renewal::find(tx, id).await?.ok_or(Problem::NotFound)?;
    if let Ok(next) = signers::progress_of(tx, id).await?.after(Act::HandBack) {
        renewal::set_stage(tx, id, next.stage).await?;
        tx.audit(Action::HandedBack, Object::Renewal(id)).await?;
    }
    visit.see_other(&format!("/staff/renewals/{id}")).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited, stage_of};

    #[sqlx::test(migrations = "../migrations")]
    async fn the_first_save_takes_a_renewal_up_and_it_can_be_handed_back(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-12", &Statement::default()).await;
        let path = format!("/staff/renewals/{renewal}");
        let (decide, back) = (format!("{path}/decide"), format!("{path}/hand-back"));
        let page = async |path: &str| stage.page(&home.caseworker, path).await;
        let save = async || {
            let fields = [("act", "calculate"), ("note", "Kvar")];
            let saved = stage.fill(&home.host, &home.caseworker, &decide, &fields).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        };
        assert!(!page(&path).await.contains("Lämna tillbaka ansökan"));
        save().await;
        save().await;
        let opened = page(&path).await;
        assert!(opened.contains("Lämna tillbaka ansökan") && opened.contains("Började handlägga"), "{opened}");
        let mut tx = stage.tx(home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
        assert_eq!(audited(&mut tx, "began-review").await, 1, "the second save takes nothing up");
        for _ in 0..2 {
            let back = stage.send(&home.caseworker, &back, &[]).await;
            assert_eq!(back.location.as_deref(), Some(path.as_str()));
        }
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
        assert_eq!(audited(&mut tx, "handed-back").await, 1, "the second press changes nothing");
        let opened = page(&path).await;
        assert!(opened.contains("Lämnade tillbaka ansökan") && !opened.contains("Lämna tillbaka ansökan"), "{opened}");
        assert!(page(&decide).await.contains("Kvar"), "what was typed is kept");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_hands_a_renewal_back(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let renewal = stage.signed(home.case, "2026-12", &Statement::default()).await;
        let path = format!("/staff/renewals/{renewal}");
        let fields = [("act", "calculate"), ("note", "Kvar")];
        stage.fill(&home.host, &home.caseworker, &format!("{path}/decide"), &fields).await;
        let back = format!("{path}/hand-back");
        for (host, cookie, status) in [
            (&home.host, &away.caseworker, StatusCode::UNAUTHORIZED),
            (&home.host, &home.admin, StatusCode::FORBIDDEN),
            (&home.host, &home.citizen, StatusCode::UNAUTHORIZED),
            (&away.host, &away.caseworker, StatusCode::NOT_FOUND),
        ] {
            assert_eq!(stage.post(host, cookie, &back, &[]).await.status, status);
        }
        let mut tx = stage.tx(home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "under-review");
        stage.decided(renewal, "granted", "need-by-norm").await;
        stage.send(&home.caseworker, &back, &[]).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "decided", "from a stale page");
        assert_eq!(audited(&mut tx, "handed-back").await, 0);
    }
}
