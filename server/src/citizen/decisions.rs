//! `GET /decisions`: every decision that the citizen may read.

use app::citizen::decisions;
use app::citizen::model::{Decisions, ListedDecision};

use crate::case::decisions::own_brief;
use crate::db::Action;
use crate::http::{Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Reader;

/// Those on what they were to sign, in whatever case. To have it in a list is not to have read it: no time to appeal begins.
pub(crate) async fn page(mut visit: Visit<Reader>) -> Reply {
    let Visit { actor, tx, .. } = &mut visit;
    let sent = OwnRenewal::sent(tx, actor).await?;
    let decided = sent.iter().filter_map(|renewal| {
        let brief = own_brief(renewal.decision()?);
        Some(ListedDecision { month: renewal.month(), renewal: renewal.id(), brief })
    });
    let decisions = Decisions { decisions: decided.collect() };
    tx.audit(Action::SawDecisions, actor.object()).await?;
    visit.page(decisions::page(decisions)).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/decisions";

    #[sqlx::test(migrations = "../migrations")]
    async fn every_decision_stands_there_for_those_who_were_to_sign_and_is_not_read_by_that(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, cookies) = stage.couple().await;
        assert!(stage.page(&cookies[0], PATH).await.contains("Du har inga beslut än."));
        let mut ids = Vec::new();
        for (month, outcome, reason) in
            [("2026-11", "granted", "need-by-norm"), ("2026-12", "rejected", "need-not-shown")]
        {
            let renewal = stage.signed(couple.case, month, &Statement::default()).await;
            ids.push(stage.decided(renewal, outcome, reason).await);
        }
        for cookie in &cookies {
            let page = stage.page(cookie, PATH).await;
            let place = |id: &domain::id::DecisionId| page.find(&format!("/decisions/{id}")).unwrap();
            assert!(place(&ids[1]) < place(&ids[0]), "the newest first: {page}");
            assert!(page.contains("december 2026: avslag") && page.contains("november 2026: bifall"), "{page}");
        }
        assert_eq!(stage.count("select count(*) from decision_receipt").await, 0);
        let other = stage.page(&stage.home.citizen, PATH).await;
        assert!(!other.contains("/decisions/"), "{other}");
        let away = stage.get(&stage.away.host, &stage.away.citizen, PATH).await.body;
        assert!(!away.contains("/decisions/"), "{away}");
    }
}
