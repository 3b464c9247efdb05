//! The files of one statement of a draft, as its form shows them.

use std::collections::HashMap;

use app::model::{ProofFiles, file_problem};
use domain::id::{ProofId, StatementId};

use super::work::Work;
use crate::case::proofs::{self, Kept};
use crate::db::{DbError, TenantTx};

/// The files that a form says are to be removed.
pub(super) fn removed(posted: &HashMap<String, String>) -> Vec<ProofId> {
    posted.keys().filter_map(|key| key.strip_prefix("remove-proof-")?.parse().ok()).collect()
}

/// What is shown of a statement, and why files that were sent of it were not taken.
pub(super) async fn proof_files(tx: &mut TenantTx, work: &Work, of: StatementId) -> Result<ProofFiles, DbError> {
    let proofs = &work.draft().proofs;
    let shown = if proofs.of(of).next().is_some() {
        let kept = proofs::of_signer(tx, work.renewal.id(), work.writer).await?;
        kept.iter().filter(|kept| kept.proof.of == of).map(Kept::shown).collect()
    } else {
        Vec::new()
    };
    let refused = work.stored.refused.iter().filter(|refused| refused.of == of);
    let refused = refused.map(|refused| file_problem(refused.name.as_str(), refused.problem)).collect();
    Ok(ProofFiles { shown, is_later: proofs.is_later(of), refused })
}

/// Where the files of what somebody writes are opened.
pub(super) fn proofs_at(work: &Work) -> String {
    format!("/renewals/{}/proofs", work.renewal.id())
}
