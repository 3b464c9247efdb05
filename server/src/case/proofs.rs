//! What somebody shows beside what they state, as it is kept: each file sealed under a key of its own.

use app::model::{ProofStanding, ShownProof};
use domain::NormMonth;
use domain::id::{CaseId, PersonId, ProofId, RenewalId, StatementId};
use domain::renewal::proof::{Media, Proof};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db::{Action, Column, DbError, FileKey, FilePart, FilePlace, Object, TenantTx, Vault, query, query_scalar};
use crate::file::{FileContent, Scan};

/// What is sealed in a proof's row.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    proof: Proof,
    key: FileKey,
}

/// A proof that is kept.
#[derive(Clone)]
pub(crate) struct Kept {
    pub proof: Proof,
    pub scan: Scan,
}

impl Kept {
    /// As pages show it.
    pub(crate) fn shown(&self) -> ShownProof {
        ShownProof {
            id: self.proof.id,
            name: self.proof.name.as_str().to_owned(),
            media: self.proof.media,
            pages: self.proof.pages.0,
            standing: match self.scan {
                Scan::None | Scan::Clean => ProofStanding::Open,
                Scan::Waiting => ProofStanding::Waiting,
                Scan::Harmful => ProofStanding::Harmful,
            },
        }
    }
}

/// The bytes of a proof, with what they are.
pub(crate) struct Opened {
    pub proof: Proof,
    pub media: Media,
    pub bytes: Vec<u8>,
}

/// Keeps a file that somebody shows in a renewal.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    proof: &Proof,
    content: &FileContent,
) -> Result<(), DbError> {
    let (municipality, at, key) = (tx.municipality(), tx.at(), FileKey::new()?);
    let facts = Facts { proof: proof.clone(), key: key.clone() };
    let sealed = tx.vault().seal_json(Column::ProofFacts, proof.id, &facts)?;
    query!(
        r#"
        insert into proof (municipality_id, id, renewal_id, person_id, statement_id, facts_sealed, scan, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        municipality,
        proof.id,
        renewal,
        person,
        proof.of,
        sealed,
        content.scan.code(),
        at,
    )
    .execute(tx.connection())
    .await?;
    let parts = [(FilePart::Whole, Some(&content.bytes)), (FilePart::Preview, content.preview.as_ref())];
    for (part, bytes) in parts {
        let Some(bytes) = bytes else { continue };
        let sealed = key.seal(FilePlace { municipality, file: proof.id, part }, bytes)?;
        query!(
            "insert into proof_content (municipality_id, proof_id, part, content) values ($1, $2, $3, $4)",
            municipality,
            proof.id,
            part.code(),
            sealed,
        )
        .execute(tx.connection())
        .await?;
    }
    tx.audit(Action::AddedProof, Object::Proof(proof.id)).await
}

/// Removes proofs of somebody's that are not signed.
pub(crate) async fn remove(tx: &mut TenantTx, person: PersonId, ids: &[ProofId]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let municipality = tx.municipality();
    let removed = query_scalar!(
        "delete from proof where municipality_id = $1 and person_id = $2 and id = any ($3) returning id",
        municipality,
        person,
        ids,
    )
    .fetch_all(tx.connection())
    .await?;
    note_removed(tx, removed).await
}

/// Removes what somebody has shown of their own for a month and not signed.
pub(crate) async fn remove_own(
    tx: &mut TenantTx,
    person: PersonId,
    case: CaseId,
    month: NormMonth,
) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let removed = query_scalar!(
        r#"
        delete from proof p
         using renewal r
         where p.municipality_id = $1 and p.person_id = $2 and (r.municipality_id, r.id) = (p.municipality_id, p.renewal_id)
           and r.case_id = $3 and r.norm_month = $4 and r.begun_by <> $2
        returning p.id
        "#,
        municipality,
        person,
        case,
        month,
    )
    .fetch_all(tx.connection())
    .await?;
    note_removed(tx, removed).await
}

async fn note_removed(tx: &mut TenantTx, removed: Vec<Uuid>) -> Result<(), DbError> {
    for id in removed {
        tx.audit(Action::RemovedProof, Object::Proof(ProofId(id))).await?;
    }
    Ok(())
}

/// Removes the proofs of a draft that has been taken back, whoever wrote it. What the other adult has shown of their own is theirs.
pub(crate) async fn remove_of_draft(tx: &mut TenantTx, renewal: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let removed = query_scalar!(r#"select remove_proofs_of_draft($1, $2) as "id!""#, municipality, renewal)
        .fetch_all(tx.connection())
        .await?;
    note_removed(tx, removed).await
}

/// Those of somebody's proofs that have not been removed.
pub(crate) async fn still_there(
    tx: &mut TenantTx,
    person: PersonId,
    proofs: Vec<Proof>,
) -> Result<Vec<Proof>, DbError> {
    if proofs.is_empty() {
        return Ok(proofs);
    }
    let municipality = tx.municipality();
    let ids: Vec<_> = proofs.iter().map(|proof| proof.id).collect();
    let there = query_scalar!(
        "select id from proof where municipality_id = $1 and person_id = $2 and id = any ($3)",
        municipality,
        person,
        ids.as_slice(),
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(proofs.into_iter().filter(|proof| there.contains(&proof.id.0)).collect())
}

/// Whether all that a signer signs to have shown is there. What they have not signed goes.
pub(crate) async fn settle(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    signed: &[Proof],
) -> Result<bool, DbError> {
    let municipality = tx.municipality();
    let ids: Vec<_> = signed.iter().map(|proof| proof.id).collect();
    let there = query_scalar!(
        r#"
        with unsigned as (
             delete from proof
              where municipality_id = $1 and renewal_id = $2 and person_id = $3 and id <> all ($4))
        select count(*) as "there!" from proof
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and id = any ($4)
        "#,
        municipality,
        renewal,
        person,
        ids.as_slice(),
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(usize::try_from(there).is_ok_and(|there| there == ids.len()))
}

/// Takes somebody's proofs along to another renewal of theirs, which they begin with what they had typed.
pub(crate) async fn take_along(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    proofs: &[Proof],
) -> Result<(), DbError> {
    if proofs.is_empty() {
        return Ok(());
    }
    let municipality = tx.municipality();
    let ids: Vec<_> = proofs.iter().map(|proof| proof.id).collect();
    query!(
        "update proof set renewal_id = $3 where municipality_id = $1 and person_id = $2 and id = any ($4)",
        municipality,
        person,
        renewal,
        ids.as_slice(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The proofs of somebody as they are stored, column by column.
pub(super) struct StoredProofs {
    pub ids: Vec<Uuid>,
    pub statements: Vec<Uuid>,
    pub facts: Vec<Vec<u8>>,
    pub scans: Vec<String>,
}

/// The proofs that are stored so, in the same order.
pub(super) fn opened(vault: &Vault, stored: &StoredProofs) -> Result<Vec<Kept>, DbError> {
    let rows = stored.ids.iter().zip(&stored.statements).zip(stored.facts.iter().zip(&stored.scans));
    rows.map(|((id, of), (facts, scan))| Ok(kept(vault, ProofId(*id), StatementId(*of), facts, scan)?.0)).collect()
}

fn kept(vault: &Vault, id: ProofId, of: StatementId, sealed: &[u8], scan: &str) -> Result<(Kept, FileKey), DbError> {
    let Facts { proof, key } = vault.open_json(Column::ProofFacts, id, sealed)?;
    if proof.id != id || proof.of != of {
        return Err(DbError::Inconsistent { column: "proof.facts_sealed" });
    }
    let scan = Scan::from_code(scan).ok_or(DbError::Inconsistent { column: "proof.scan" })?;
    Ok((Kept { proof, scan }, key))
}

/// Every proof that somebody has shown in a renewal, in the order that they came.
pub(crate) async fn of_signer(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<Vec<Kept>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select id, statement_id, facts_sealed, scan
          from proof
         where municipality_id = $1 and renewal_id = $2 and person_id = $3
         order by received_at, id
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let open = |id, of, sealed: &[u8], scan: &str| Ok(kept(&vault, ProofId(id), StatementId(of), sealed, scan)?.0);
    rows.iter().map(|row| open(row.id, row.statement_id, &row.facts_sealed, &row.scan)).collect()
}

/// A part of a proof as it is stored, with what opens it.
struct Sealed {
    renewal: RenewalId,
    kept: Kept,
    key: FileKey,
    place: FilePlace,
    content: Vec<u8>,
}

impl Sealed {
    async fn read(tx: &mut TenantTx, id: ProofId, part: FilePart) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality();
        let row = query!(
            r#"
            select p.renewal_id, p.statement_id, p.facts_sealed, p.scan, c.content
              from proof p
              join proof_content c on (c.municipality_id, c.proof_id) = (p.municipality_id, p.id)
             where p.municipality_id = $1 and p.id = $2 and c.part = $3
            "#,
            municipality,
            id,
            part.code(),
        )
        .fetch_optional(tx.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let (kept, key) = kept(&tx.vault(), id, StatementId(row.statement_id), &row.facts_sealed, &row.scan)?;
        let place = FilePlace { municipality, file: id, part };
        Ok(Some(Self { renewal: RenewalId(row.renewal_id), kept, key, place, content: row.content }))
    }

    fn open(&self) -> Result<Vec<u8>, DbError> {
        Ok(self.key.open(self.place, &self.content)?)
    }
}

/// The bytes of a proof that waits for a scanner.
pub(crate) async fn unseen(tx: &mut TenantTx, id: ProofId) -> Result<Option<Vec<u8>>, DbError> {
    let sealed = Sealed::read(tx, id, FilePart::Whole).await?;
    sealed.filter(|sealed| sealed.kept.scan == Scan::Waiting).map(|sealed| sealed.open()).transpose()
}

/// Notes what a scanner has said of a proof that waited for it.
pub(crate) async fn set_scan(tx: &mut TenantTx, id: ProofId, scan: Scan) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!(
        "update proof set scan = $3 where municipality_id = $1 and id = $2 and scan = 'waiting'",
        municipality,
        id,
        scan.code(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Opens a proof of a renewal that the reader may know of, and says so in the trail. What a scanner has not found clean is opened to nobody.
pub(crate) async fn open(
    tx: &mut TenantTx,
    renewal: RenewalId,
    id: ProofId,
    part: FilePart,
) -> Result<Option<Opened>, DbError> {
    let sealed = Sealed::read(tx, id, part).await?;
    let is_open = |sealed: &Sealed| sealed.renewal == renewal && sealed.kept.scan.is_shown();
    let Some(sealed) = sealed.filter(is_open) else { return Ok(None) };
    let bytes = sealed.open()?;
    let proof = sealed.kept.proof;
    let (media, seen) = match part {
        FilePart::Whole => (proof.media, Action::SawProof),
        FilePart::Preview => (Media::Jpeg, Action::SawProofPreview),
    };
    tx.audit(seen, Object::Proof(id)).await?;
    Ok(Some(Opened { proof, media, bytes }))
}
