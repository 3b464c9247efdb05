//! `GET /staff/renewals/{id}/proofs/{proof}` and `…/preview`: a file that somebody has shown, and a small picture of it.

use app::model::{ProofGroup, proved};
use domain::id::{ProofId, RenewalId, StatementId};
use domain::renewal::document::Core;

use crate::case::proofs::{self, Kept};
use crate::case::renewal;
use crate::case::signed::Signed;
use crate::case::signers::Signer;
use crate::db::FilePart;
use crate::http::{Path, Problem, Reply, Visit, file};
use crate::session::policy::Caseworker;

/// The whole file.
pub(crate) async fn whole(visit: Visit<Caseworker>, Path((renewal, id)): Path<(RenewalId, ProofId)>) -> Reply {
    send(visit, renewal, id, FilePart::Whole).await
}

/// A small picture of it.
pub(crate) async fn preview(visit: Visit<Caseworker>, Path((renewal, id)): Path<(RenewalId, ProofId)>) -> Reply {
    send(visit, renewal, id, FilePart::Preview).await
}

async fn send(mut visit: Visit<Caseworker>, renewal: RenewalId, id: ProofId, part: FilePart) -> Reply {
    let tx = &mut visit.tx;
    // Whoever may not open the renewal is told how it is opened, and opens nothing of it.
    renewal::find(tx, renewal).await?.ok_or(Problem::NotFound)?;
    let opened = proofs::open(tx, renewal, id, part).await?.ok_or(Problem::NotFound)?;
    visit.tx.commit().await?;
    file::send(opened.media, &opened.proof, opened.bytes)
}

/// What each signer shows, by what it is proof of.
pub(super) fn groups(signed: &[(&Signer, &Signed)], core: &Core) -> Vec<ProofGroup> {
    signed.iter().flat_map(|(signer, signed)| groups_of(signer.name.called(), signed, core)).collect()
}

fn groups_of(who: &str, signed: &Signed, core: &Core) -> Vec<ProofGroup> {
    let said = &signed.annex.proofs;
    let mut statements: Vec<StatementId> = Vec::new();
    for one in signed.proofs.iter().map(|kept| kept.proof.of).chain(said.later.iter().copied()) {
        if !statements.contains(&one) {
            statements.push(one);
        }
    }
    let group = |of: StatementId| {
        let own = || signed.proofs.iter().filter(move |kept| kept.proof.of == of);
        // What was to come later has come.
        let has_come = own().any(|kept| !said.shown.contains(&kept.proof));
        Some(ProofGroup {
            what: proved(core, &signed.annex, of)?,
            who: who.to_owned(),
            is_later: said.is_later(of) && !has_come,
            files: own().map(Kept::shown).collect(),
        })
    };
    statements.into_iter().filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::id::StatementId;
    use sqlx::PgPool;
    use uuid::Uuid;

    use crate::test_support::{Statement, Towns, add_proof, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_is_opened_by_whoever_may_open_the_renewal(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let mut tx = stage.tx(&stage.home).await;
        let proof = add_proof(&mut tx, renewal, couple.mira, StatementId(Uuid::now_v7())).await;
        let unsigned = add_proof(&mut tx, renewal, couple.johan, StatementId(Uuid::now_v7())).await;
        tx.commit().await.unwrap();
        let at = |id| format!("/staff/renewals/{renewal}/proofs/{id}");
        let (_, david) = stage.colleague("david").await;
        for path in [at(proof), format!("{}/preview", at(proof))] {
            assert_eq!(stage.look(&stage.home.caseworker, &path).await.body, "a picture");
            assert_eq!(stage.look(&david, &path).await.led_to(), format!("/staff/open/{renewal}"));
            assert_eq!(stage.look(&stage.home.admin, &path).await.status, StatusCode::FORBIDDEN);
        }
        for unseen in [at(unsigned), format!("{}/preview", at(unsigned))] {
            assert_eq!(stage.look(&stage.home.caseworker, &unseen).await.status, StatusCode::NOT_FOUND);
        }
        stage.protect(couple.mira).await;
        assert_eq!(stage.look(&stage.home.caseworker, &at(proof)).await.status, StatusCode::NOT_FOUND);
        let mut tx = stage.tx(&stage.home).await;
        for act in ["saw-proof", "saw-proof-preview"] {
            assert_eq!(audited(&mut tx, act).await, 1, "{act}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_a_scanner_has_not_found_clean_is_shown_to_nobody(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-12", &Statement::ordinary()).await;
        let mut tx = stage.tx(home).await;
        let proof = add_proof(&mut tx, renewal, home.person, StatementId(Uuid::now_v7())).await;
        tx.commit().await.unwrap();
        for (scan, status) in
            [("waiting", StatusCode::NOT_FOUND), ("harmful", StatusCode::NOT_FOUND), ("clean", StatusCode::OK)]
        {
            let mut tx = stage.tx(home).await;
            sqlx::query("update proof set scan = $1").bind(scan).execute(tx.connection()).await.unwrap();
            tx.commit().await.unwrap();
            for (cookie, path) in [
                (&home.citizen, format!("/renewals/{renewal}/proofs/{proof}")),
                (&home.caseworker, format!("/staff/renewals/{renewal}/proofs/{proof}/preview")),
            ] {
                assert_eq!(stage.look(cookie, &path).await.status, status, "{scan} {path}");
            }
        }
    }
}
