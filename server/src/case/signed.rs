//! What was signed: the shared core, and each signer's own part with what proves it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::form::PlainText;
use domain::id::{PersonId, RenewalId, StatementId};
use domain::renewal::OwnRows;
use domain::renewal::activity::ActivityStatement;
use domain::renewal::dispute::Dispute;
use domain::renewal::document::{Annex, AuthorityFact, Core, Digest, DocumentError, read, read_by_digest};
use domain::renewal::judge::{ExpenseStatement, IncomeStatement};
use domain::renewal::proof::Proofs;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::proofs::{self, Kept, StoredProofs};
use super::signers::{Signer, StoredSigner};
use super::statements::Stated;
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

/// What has been signed of a renewal: the shared core, and what adults beside its writer say of themselves.
#[derive(Debug, Clone)]
pub(crate) struct SignedFacts {
    pub core: Core,
    pub own: Vec<(PersonId, OwnRows)>,
    /// What each signer says is wrong with what authorities answered about them.
    pub disputes: Vec<(PersonId, Dispute)>,
    /// What each signer's month has been.
    pub activities: Vec<(PersonId, ActivityStatement)>,
    /// What each signer shows.
    pub proofs: Vec<(PersonId, Proofs)>,
    /// The statements whose proof came after the signature.
    pub came: Vec<StatementId>,
}

impl SignedFacts {
    /// All that is stated.
    pub(crate) fn stated(&self) -> Stated {
        Stated::new(&self.core, &self.own, self.disputes.clone())
    }

    /// What this signer says is wrong with what authorities answered about them.
    pub(crate) fn disputes_of(&self, signer: PersonId) -> Vec<Dispute> {
        self.disputes.iter().filter(|(person, _)| *person == signer).map(|(_, dispute)| dispute.clone()).collect()
    }

    /// What one of the adults may read of what is stated: not what another says of themselves.
    pub(crate) fn read_by(&self, reader: PersonId) -> Stated {
        let own: Vec<_> = self.own.iter().filter(|(speaker, _)| *speaker == reader).cloned().collect();
        let disputes = self.disputes_of(reader).into_iter().map(|dispute| (reader, dispute)).collect();
        Stated::new(&self.core, &own, disputes)
    }

    /// Of whom the writer says something else than they do themselves: other kinds, amounts, months or days, in whatever order.
    pub(crate) fn contradicted(&self) -> impl Iterator<Item = PersonId> {
        fn sorted<T: Ord>(rows: impl Iterator<Item = T>) -> Vec<T> {
            let mut rows: Vec<_> = rows.collect();
            rows.sort_unstable();
            rows
        }
        let incomes = |rows: &[IncomeStatement], of: PersonId| {
            sorted(rows.iter().filter(|row| row.person == of).map(|row| (row.kind.code(), row.amount, row.date)))
        };
        let expenses = |rows: &[ExpenseStatement], of: PersonId| {
            let own = rows.iter().filter(|row| row.person == Some(of));
            sorted(own.map(|row| (row.kind.code(), row.amount, row.for_month(), row.date)))
        };
        let differs = move |(speaker, rows): &&(PersonId, OwnRows)| {
            incomes(&self.core.incomes, *speaker) != incomes(&rows.incomes, *speaker)
                || expenses(&self.core.expenses, *speaker) != expenses(&rows.expenses, *speaker)
        };
        self.own.iter().filter(differs).map(|(speaker, _)| *speaker)
    }
}

/// The core that was signed first, by its digest; none before the first signature.
pub(crate) async fn core(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Core>, SignedError> {
    Ok(facts(tx, renewal).await?.map(|facts| facts.core))
}

/// All that has been signed of a renewal; none before the first signature.
pub(crate) async fn facts(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<SignedFacts>, SignedError> {
    Ok(facts_of(tx, &[renewal]).await?.remove(&renewal))
}

/// The same for each of these renewals; one that nobody has signed is not among them.
pub(crate) async fn facts_of(
    tx: &mut TenantTx,
    renewals: &[RenewalId],
) -> Result<HashMap<RenewalId, SignedFacts>, SignedError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select d.renewal_id, d.core_sealed, d.core_hash_sealed as "core_hash_sealed!", r.begun_by,
               g.person_id as "person_id?", g.annex_sealed as "annex_sealed?",
               array(select a.statement_id from awaited_proof a
                      where (a.municipality_id, a.renewal_id, a.person_id) = (g.municipality_id, g.renewal_id, g.person_id)
                        and a.came_at is not null) as "came!"
          from signed_document d
          join renewal r on (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
          left join signature g on (g.municipality_id, g.renewal_id) = (d.municipality_id, d.renewal_id)
         where d.municipality_id = $1 and d.renewal_id = any ($2)
         order by d.renewal_id, g.signed_at, g.person_id
        "#,
        municipality,
        renewals,
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let mut all = HashMap::new();
    for row in rows {
        let renewal = RenewalId(row.renewal_id);
        let facts: &mut SignedFacts = match all.entry(renewal) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(place) => {
                let bytes = vault.open(Column::DocumentCore, renewal, &row.core_sealed)?;
                let digest = vault.open_json(Column::DocumentDigest, renewal, &row.core_hash_sealed)?;
                let core = read_by_digest(&bytes, digest)?;
                place.insert(SignedFacts {
                    core,
                    own: Vec::new(),
                    disputes: Vec::new(),
                    activities: Vec::new(),
                    proofs: Vec::new(),
                    came: Vec::new(),
                })
            }
        };
        facts.came.extend(row.came.into_iter().map(StatementId));
        let Some((person, sealed)) = row.person_id.map(PersonId).zip(row.annex_sealed) else { continue };
        let own: OwnBrief = open_brief(&vault, (renewal, person), &sealed)?;
        let authorities = own.authorities.iter().flatten();
        facts.disputes.extend(authorities.flat_map(AuthorityFact::disputes).map(|dispute| (person, dispute)));
        facts.proofs.push((person, own.proofs));
        facts.activities.extend(own.activity.map(|activity| (person, activity)));
        // The writer's rows stand in the core.
        facts.own.extend(own.rows.filter(|_| person != PersonId(row.begun_by)).map(|rows| (person, rows)));
    }
    Ok(all)
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
    /// What the signer has shown, with what came after the signature.
    pub proofs: Vec<Kept>,
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

/// The annex that one person has signed.
pub(crate) async fn annex(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
) -> Result<Option<Annex>, SignedError> {
    let municipality = tx.municipality();
    let sealed = query_scalar!(
        "select annex_sealed from signature where municipality_id = $1 and renewal_id = $2 and person_id = $3",
        municipality,
        renewal,
        person,
    )
    .fetch_optional(tx.connection())
    .await?;
    sealed.map(|sealed| open_annex(&tx.vault(), (renewal, person), &sealed)).transpose()
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
               g.manifest_hash_sealed, f.ids as "ids?", f.statements as "statements?", f.facts as "facts?", f.scans as "scans?"
          from signer s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
          left join signature g
            on (g.municipality_id, g.renewal_id, g.person_id) = (s.municipality_id, s.renewal_id, s.person_id)
          left join lateral (
               select array_agg(o.id order by o.received_at, o.id) as ids,
                      array_agg(o.statement_id order by o.received_at, o.id) as statements,
                      array_agg(o.facts_sealed order by o.received_at, o.id) as facts,
                      array_agg(o.scan order by o.received_at, o.id) as scans
                 from proof o
                where (o.municipality_id, o.renewal_id, o.person_id) = (s.municipality_id, s.renewal_id, s.person_id)) f on true
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
        let shown = StoredProofs {
            ids: row.ids.unwrap_or_default(),
            statements: row.statements.unwrap_or_default(),
            facts: row.facts.unwrap_or_default(),
            scans: row.scans.unwrap_or_default(),
        };
        if let (Some(annex_sealed), Some(evidence_sealed), Some(digest_sealed)) =
            (row.annex_sealed, row.evidence_sealed, row.manifest_hash_sealed)
        {
            let (vault, person) = (tx.vault(), PersonId(row.person_id));
            let row = (renewal, person);
            let evidence = vault.open_json(Column::SignatureEvidence, row, &evidence_sealed)?;
            let digest = open_digest(&vault, row, &digest_sealed)?;
            let annex = open_annex(&vault, row, &annex_sealed)?;
            let proofs = proofs::opened(&vault, &shown)?;
            signatures.push(Signed { person, annex, evidence, digest, proofs });
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
    Ok(open_brief::<Brief>(vault, row, sealed)?.message.is_some())
}

/// What a signer says of themselves in their annex.
#[derive(Deserialize)]
struct OwnBrief {
    rows: Option<OwnRows>,
    authorities: Option<Vec<AuthorityFact>>,
    activity: Option<ActivityStatement>,
    #[serde(default)]
    proofs: Proofs,
}

/// Some fields of an annex.
fn open_brief<T: DeserializeOwned>(vault: &Vault, row: (RenewalId, PersonId), sealed: &[u8]) -> Result<T, SignedError> {
    let annex = vault.open(Column::SignatureAnnex, row, sealed)?;
    Ok(serde_json::from_slice(&annex).map_err(|error| DocumentError::Unreadable { column: error.column() })?)
}

/// The annex of a signature.
fn open_annex(vault: &Vault, row: (RenewalId, PersonId), sealed: &[u8]) -> Result<Annex, SignedError> {
    let annex = vault.open(Column::SignatureAnnex, row, sealed)?;
    Ok(read(&annex)?)
}
