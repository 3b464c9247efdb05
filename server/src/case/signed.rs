//! What was signed: the shared core, and each signer's own part with what proves it.

use std::collections::HashMap;

use domain::form::PlainText;
use domain::id::{PersonId, RenewalId};
use domain::renewal::document::{Annex, Core, Digest, DocumentError, read, read_by_digest};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::signers::{Signer, StoredSigner};
use crate::db::{Column, DbError, TenantTx, Vault, VaultError, query, query_scalar, through_db};
use crate::http::Problem;
use crate::signing::Evidence;

/// What was signed cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SignedError {
    /// It is not the document that this service writes.
    #[error("what was signed cannot be read")]
    Document(#[from] DocumentError),
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(SignedError);

impl From<SignedError> for Problem {
    fn from(error: SignedError) -> Self {
        match error {
            SignedError::Db(error) => error.into(),
            error @ SignedError::Document(_) => Self::broken(error),
        }
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        SignedError::from(error).into()
    }
}

/// The core that was signed first, by its digest; none before the first signature.
pub(crate) async fn core(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Core>, SignedError> {
    Ok(cores(tx, &[renewal]).await?.remove(&renewal))
}

/// The same for each of these renewals; one that nobody has signed is not among them.
pub(crate) async fn cores(tx: &mut TenantTx, renewals: &[RenewalId]) -> Result<HashMap<RenewalId, Core>, SignedError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select renewal_id, core_sealed, core_hash_sealed as "core_hash_sealed!"
          from signed_document
         where municipality_id = $1 and renewal_id = any ($2)
        "#,
        municipality,
        renewals,
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    rows.into_iter()
        .map(|row| {
            let renewal = RenewalId(row.renewal_id);
            let bytes = vault.open(Column::DocumentCore, renewal, &row.core_sealed)?;
            let digest = vault.open_json(Column::DocumentDigest, renewal, &row.core_hash_sealed)?;
            Ok((renewal, read_by_digest(&bytes, digest)?))
        })
        .collect()
}

/// The digest of the core that was signed first, if anything has been signed.
pub(crate) async fn core_digest(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Digest>, DbError> {
    let municipality = tx.municipality();
    let sealed = query_scalar!(
        r#"
        select core_hash_sealed as "sealed!" from signed_document where municipality_id = $1 and renewal_id = $2
        "#,
        municipality,
        renewal,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(sealed.map(|sealed| tx.vault().open_json(Column::DocumentDigest, renewal, &sealed)).transpose()?)
}

/// One signature with what proves it.
pub(crate) struct Signed {
    pub person: PersonId,
    /// The signer's own annex: how to reach them, and their message.
    pub annex: Annex,
    /// The texts as they were shown, and the provider's answer.
    pub evidence: Evidence,
    /// SHA-256 of the signed manifest, 64 hexadecimal digits.
    pub digest: String,
}

impl Signed {
    /// The message that came with the signature.
    pub(crate) fn message(&self) -> Option<&PlainText> {
        self.annex.message.as_ref()
    }
}

/// What proves one person's signature of a renewal, and the digest of the manifest that they signed.
pub(crate) async fn of_person(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
) -> Result<Option<(Evidence, String)>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select evidence_sealed, manifest_hash_sealed as "manifest_hash_sealed!"
          from signature
         where municipality_id = $1 and renewal_id = $2 and person_id = $3
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (vault, key) = (tx.vault(), (renewal, person));
    let evidence = vault.open_json(Column::SignatureEvidence, key, &row.evidence_sealed)?;
    Ok(Some((evidence, open_digest(&vault, key, &row.manifest_hash_sealed)?)))
}

/// Everyone who signs a renewal, the applicant first, and the signatures that have been given.
pub(crate) async fn with_signers(
    tx: &mut TenantTx,
    renewal: RenewalId,
) -> Result<(Vec<Signer>, Vec<Signed>), SignedError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select s.person_id, s.state, s.changed_at, s.sent_at, p.name_sealed as "name_sealed!", p.number_sealed,
               g.annex_sealed as "annex_sealed?", g.evidence_sealed as "evidence_sealed?",
               g.manifest_hash_sealed
          from signer s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
          left join signature g
            on (g.municipality_id, g.renewal_id, g.person_id) = (s.municipality_id, s.renewal_id, s.person_id)
         where s.municipality_id = $1 and s.renewal_id = $2
         order by s.role
        "#,
        municipality,
        renewal,
    )
    .fetch_all(tx.connection())
    .await?;
    let (mut signers, mut signatures) = (Vec::new(), Vec::new());
    for row in rows {
        signers.push(Signer::open(
            tx,
            StoredSigner {
                person: row.person_id,
                state: &row.state,
                changed: row.changed_at,
                sent: row.sent_at,
                name: &row.name_sealed,
                number: &row.number_sealed,
                annex: row.annex_sealed.clone(),
            },
        )?);
        if let (Some(annex_sealed), Some(evidence_sealed), Some(digest_sealed)) =
            (row.annex_sealed, row.evidence_sealed, row.manifest_hash_sealed)
        {
            let (vault, person) = (tx.vault(), PersonId(row.person_id));
            let row = (renewal, person);
            let evidence = vault.open_json(Column::SignatureEvidence, row, &evidence_sealed)?;
            let digest = open_digest(&vault, row, &digest_sealed)?;
            signatures.push(Signed { person, annex: open_annex(&vault, row, &annex_sealed)?, evidence, digest });
        }
    }
    Ok((signers, signatures))
}

fn open_digest(vault: &Vault, row: (RenewalId, PersonId), sealed: &[u8]) -> Result<String, VaultError> {
    vault.open_json(Column::SignatureDigest, row, sealed)
}

/// Whether there is a message in the annex of a signature: of the inbox's many, nothing else is read.
pub(super) fn has_message(vault: &Vault, row: (RenewalId, PersonId), sealed: &[u8]) -> Result<bool, SignedError> {
    #[derive(Deserialize)]
    struct Brief {
        message: Option<IgnoredAny>,
    }
    let annex = vault.open(Column::SignatureAnnex, row, sealed)?;
    let brief: Brief =
        serde_json::from_slice(&annex).map_err(|error| DocumentError::Unreadable { column: error.column() })?;
    Ok(brief.message.is_some())
}

/// The annex of a signature.
fn open_annex(vault: &Vault, row: (RenewalId, PersonId), sealed: &[u8]) -> Result<Annex, SignedError> {
    let annex = vault.open(Column::SignatureAnnex, row, sealed)?;
    Ok(read(&annex)?)
}
