//! Everyone who signs a renewal, as pages show them, and what was signed.

use std::collections::{HashMap, HashSet};

use app::port::{PersonName, Signature, SignatureState};
use domain::PersonNumber;
use domain::id::{PersonId, RenewalId};
use domain::renewal::document::Annex;
use domain::renewal::document::read;
use domain::renewal::state;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::renewal::uuids;
use super::signers::signature_row;
use crate::clock;
use crate::db::{Column, DbError, TenantTx};
use crate::signing::{Evidence, SigningError};

/// Somebody who is to sign.
pub struct Signer {
    /// Who.
    pub person: PersonId,
    /// How pages show it.
    pub signature: Signature,
}

/// Everyone who signs, the applicant first.
pub async fn of_renewal(
    tx: &mut TenantTx,
    renewal: RenewalId,
    viewer: Option<PersonId>,
) -> Result<Vec<Signer>, DbError> {
    Ok(of_renewals(tx, &[renewal], viewer).await?.remove(&renewal).unwrap_or_default())
}

/// The same for each of these renewals.
pub async fn of_renewals(
    tx: &mut TenantTx,
    renewals: &[RenewalId],
    viewer: Option<PersonId>,
) -> Result<HashMap<RenewalId, Vec<Signer>>, DbError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        r#"
        select s.renewal_id, s.person_id, s.state, s.changed_at as "changed_at: SqlTimestamp", p.given_name, p.family_name,
               p.number_sealed, r.submitted_at is not null as "submitted!"
          from signer s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
          join renewal r on (r.municipality_id, r.id) = (s.municipality_id, s.renewal_id)
         where s.municipality_id = $1 and s.renewal_id = any ($2)
         order by s.role
        "#,
        municipality,
        &uuids(renewals),
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let mut signers: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let person = PersonId(row.person_id);
        let number = vault.open_text(Column::PersonNumber, row.person_id, &row.number_sealed)?;
        let at = clock::stockholm(row.changed_at.to_jiff()).datetime();
        let state = match (state::SignatureState::from_code(&row.state), row.submitted) {
            (Some(state::SignatureState::Signed), _) => SignatureState::Signed { at },
            (Some(state::SignatureState::Declined), _) => SignatureState::Declined { at },
            (Some(state::SignatureState::Awaited), true) => SignatureState::Waiting { until: None },
            (Some(state::SignatureState::Awaited), false) => SignatureState::NotYet,
            (None, _) => return Err(DbError::Inconsistent { column: "signer.state" }),
        };
        let signature = Signature {
            name: PersonName { given: row.given_name, family: row.family_name },
            number: PersonNumber::parse(&number).map_err(|_| DbError::Inconsistent { column: "person.number" })?,
            is_viewer: viewer == Some(person),
            state,
        };
        signers.entry(RenewalId(row.renewal_id)).or_default().push(Signer { person, signature });
    }
    Ok(signers)
}

/// Those of these renewals that somebody has sent a message with.
pub async fn with_message(tx: &mut TenantTx, renewals: &[RenewalId]) -> Result<HashSet<RenewalId>, SigningError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        "select renewal_id, person_id, annex_sealed from signature where municipality_id = $1 and renewal_id = any ($2)",
        municipality,
        &uuids(renewals),
    )
    .fetch_all(tx.connection())
    .await
    .map_err(DbError::from)?;
    let mut found = HashSet::new();
    for row in rows {
        let renewal = RenewalId(row.renewal_id);
        if open_annex(tx, renewal, PersonId(row.person_id), &row.annex_sealed)?.message.is_some() {
            found.insert(renewal);
        }
    }
    Ok(found)
}

fn open_annex(tx: &TenantTx, renewal: RenewalId, person: PersonId, sealed: &[u8]) -> Result<Annex, SigningError> {
    let row = signature_row(renewal, person);
    let annex = tx.vault().open(Column::SignatureAnnex, row, sealed).map_err(DbError::from)?;
    Ok(read(&annex)?)
}

/// One signature with what proves it.
pub struct Signed {
    /// Whose.
    pub person: PersonId,
    /// The signer's own annex: how to reach them, and their message.
    pub annex: Annex,
    /// The texts as they were shown, and the provider's answer.
    pub evidence: Evidence,
    /// SHA-256 of the signed manifest, 64 hexadecimal digits.
    pub digest: String,
}

/// The signatures of a renewal, the first one first.
pub async fn signed(tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Signed>, SigningError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        r#"
        select person_id, annex_sealed, evidence_sealed, encode(manifest_hash, 'hex') as "digest!"
          from signature
         where municipality_id = $1 and renewal_id = $2
         order by signed_at, person_id
        "#,
        municipality,
        renewal.0,
    )
    .fetch_all(tx.connection())
    .await
    .map_err(DbError::from)?;
    let vault = tx.vault();
    rows.into_iter()
        .map(|row| {
            let person = PersonId(row.person_id);
            let annex = open_annex(tx, renewal, person, &row.annex_sealed)?;
            let sealed_row = signature_row(renewal, person);
            let evidence =
                vault.open_json(Column::SignatureEvidence, sealed_row, &row.evidence_sealed).map_err(DbError::from)?;
            Ok(Signed { person, annex, evidence, digest: row.digest })
        })
        .collect()
}
