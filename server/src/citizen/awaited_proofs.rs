//! `GET /renewals/{id}/proofs`: what the citizen is still to show of what they have signed.

use app::citizen::awaited_proofs as shown;
use app::citizen::model::{AwaitedProof, AwaitedProofs};
use app::model::{Form, Phrase, ProofFiles, proved};
use domain::id::{RenewalId, StatementId};
use domain::renewal::Stage;

use crate::case::awaited_proofs::{self, Awaited};
use crate::case::proofs::{self, Kept};
use crate::case::signed;
use crate::db::{Action, DbError, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// Each thing that is to be shown, with its day, and a field for its files.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path(id): Path<RenewalId>) -> Reply {
    let renewal = find(&mut visit, id).await?;
    let awaited = read(&mut visit, &renewal, &[]).await?;
    visit.page(shown::page(awaited)).await
}

/// A renewal of the citizen's that is not decided.
pub(super) async fn find(visit: &mut Visit<Citizen>, id: RenewalId) -> Result<OwnRenewal, Problem> {
    let Visit { actor, tx, .. } = visit;
    let renewal = OwnRenewal::all(tx, actor).await?.into_iter().find(|one| one.id() == id).ok_or(Problem::NotFound)?;
    is_open(&renewal)?;
    Ok(renewal)
}

/// Files are taken until the decision; how it goes after that is told elsewhere.
pub(super) fn is_open(renewal: &OwnRenewal) -> Result<(), Problem> {
    match renewal.stage() {
        Stage::Submitted | Stage::UnderReview | Stage::CompletionRequested => Ok(()),
        Stage::Decided => Err(Problem::see_other("/home")),
        Stage::Draft | Stage::Withdrawn => Err(Problem::NotFound),
    }
}

/// What is to be shown still, with why files of some of it were not taken.
pub(super) async fn read(
    visit: &mut Visit<Citizen>,
    renewal: &OwnRenewal,
    refused: &[(StatementId, Phrase)],
) -> Result<AwaitedProofs, Problem> {
    let Visit { actor, tx, .. } = visit;
    let (id, person) = (renewal.id(), actor.person());
    tx.audit(Action::SawSignedDocument, Object::Renewal(id)).await?;
    let awaited = awaited_proofs::of_signer(tx, id, person).await?;
    if awaited.is_empty() {
        return Err(Problem::see_other("/home"));
    }
    let core = signed::core(tx, id).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
    let annex = signed::annex(tx, id, person).await?.ok_or(DbError::Inconsistent { column: "signature.annex" })?;
    let kept = proofs::of_signer(tx, id, person).await?;
    let mut proofs = Vec::new();
    for Awaited { of, due, has_come } in awaited {
        let files = ProofFiles {
            shown: kept.iter().filter(|kept| kept.proof.of == of).map(Kept::shown).collect(),
            is_later: false,
            refused: refused.iter().filter(|(one, _)| *one == of).map(|(_, problem)| problem.clone()).collect(),
        };
        // What it is of was signed, and so is there.
        let what = proved(&core, &annex, of).ok_or(DbError::Inconsistent { column: "awaited_proof.statement_id" })?;
        proofs.push(AwaitedProof { of, what, due, has_come, files });
    }
    let errors = proofs.iter().flat_map(|one| one.files.errors(&field(one.of))).collect();
    Ok(AwaitedProofs { renewal: id, month: renewal.month(), proofs, form: Form { errors, ..Form::default() } })
}

/// The form's field of the files of one statement.
pub(super) fn field(of: StatementId) -> String {
    format!("proof-{of}")
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn where_nothing_is_awaited_there_is_nothing_to_send(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let sent = stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
        let begun = stage.begun(citizen).await;
        assert_eq!(stage.look(citizen, &format!("/renewals/{sent}/proofs")).await.led_to(), "/home");
        assert_eq!(stage.look(citizen, &format!("/renewals/{begun}/proofs")).await.status, StatusCode::NOT_FOUND);
    }
}
