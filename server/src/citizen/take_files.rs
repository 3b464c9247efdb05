//! Files that came with a form are taken in as proof of a statement: the one rule for a draft and for what comes after the signature.

use domain::form::PlainText;
use domain::id::{PersonId, ProofId, RenewalId, StatementId};
use domain::renewal::proof::{FileProblem, Proof, Proofs};
use domain::renewal::small_count::SmallCount;
use uuid::Uuid;

use crate::case::proofs;
use crate::db::{DbError, TenantTx};
use crate::http::Files;

/// What became of the files of one field.
#[derive(Default)]
pub(super) struct TakenFiles {
    /// Whether one of them is there now, whether it came or was there already.
    pub any: bool,
    /// Why others were not taken, by their names.
    pub refused: Vec<(PlainText, FileProblem)>,
}

/// Takes the files of a field in beside what somebody shows already. The same file again is there once.
pub(super) async fn take_files(
    tx: &mut TenantTx,
    (renewal, person): (RenewalId, PersonId),
    of: StatementId,
    (files, field): (&Files, &str),
    beside: &mut Proofs,
) -> Result<TakenFiles, DbError> {
    let mut taken = TakenFiles::default();
    for file in files.0.iter().filter(|file| file.field == field) {
        let name = file.name.clone();
        let content = match &file.content {
            Ok(content) => content,
            Err(problem) => {
                taken.refused.push((name, *problem));
                continue;
            }
        };
        let digest = content.digest();
        if beside.of(of).any(|proof| proof.digest == digest) {
            taken.any = true;
        } else if beside.takes(of) {
            let (id, pages) = (ProofId(Uuid::now_v7()), SmallCount(content.pages));
            let proof = Proof { id, of, name, media: content.media, pages, digest };
            proofs::insert(tx, renewal, person, &proof, content).await?;
            beside.shown.push(proof);
            taken.any = true;
        } else {
            taken.refused.push((name, FileProblem::TooMany));
        }
    }
    Ok(taken)
}
