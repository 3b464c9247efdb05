//! Who is to sign a renewal, and how it stands with each.

use domain::id::{PersonId, RenewalId};
use domain::renewal::Stage;
use domain::renewal::document::Digest;
use domain::renewal::state::{Progress, SignatureState, SignerRole};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Timestamp as SqlTimestamp, ToSqlx as _};
use uuid::Uuid;

use crate::clock;
use crate::db::{DbError, TenantTx};

/// How a renewal stands, as the rules of signing and deciding see it.
pub async fn progress(tx: &mut TenantTx, renewal: RenewalId) -> Result<Progress, DbError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select state, submitted_at as "submitted_at: SqlTimestamp"
          from renewal where municipality_id = $1 and id = $2
        "#,
        municipality,
        renewal.0,
    )
    .fetch_one(tx.connection())
    .await?;
    let signers = sqlx::query!(
        "select role, state from signer where municipality_id = $1 and renewal_id = $2",
        municipality,
        renewal.0,
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = |column| DbError::Inconsistent { column };
    let mut progress = Progress {
        stage: Stage::from_code(&row.state).ok_or(inconsistent("renewal.state"))?,
        arrived: row.submitted_at.map(|at| day(at.to_jiff())),
        applicant: SignatureState::Awaited,
        co_applicant: None,
    };
    for signer in signers {
        let state = SignatureState::from_code(&signer.state).ok_or(inconsistent("signer.state"))?;
        match SignerRole::from_code(&signer.role).ok_or(inconsistent("signer.role"))? {
            SignerRole::Applicant => progress.applicant = state,
            SignerRole::CoApplicant => progress.co_applicant = Some(state),
        }
    }
    Ok(progress)
}

/// Notes how it stands with one signer.
pub async fn set(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    state: SignatureState,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    sqlx::query!(
        r#"
        update signer set state = $4, changed_at = $5
         where municipality_id = $1 and renewal_id = $2 and person_id = $3
        "#,
        municipality,
        renewal.0,
        person.0,
        state.code(),
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Notes that a signer is sent to the eID.
pub async fn note_sent(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    sqlx::query!(
        "update signer set sent_at = $4 where municipality_id = $1 and renewal_id = $2 and person_id = $3",
        municipality,
        renewal.0,
        person.0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Whether a signer was sent to the eID and has not signed.
pub async fn was_interrupted(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<bool, DbError> {
    let municipality = tx.municipality().0;
    let interrupted = sqlx::query_scalar!(
        r#"
        select sent_at is not null and state <> 'signed' as "interrupted!"
          from signer
         where municipality_id = $1 and renewal_id = $2 and person_id = $3
        "#,
        municipality,
        renewal.0,
        person.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(interrupted.unwrap_or(false))
}

/// The digest of the core that was signed first, if anything has been signed.
pub async fn signed_core(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Digest>, DbError> {
    let municipality = tx.municipality().0;
    let hash = sqlx::query_scalar!(
        "select encode(core_hash, 'hex') as \"hash!\" from signed_document where municipality_id = $1 and renewal_id = $2",
        municipality,
        renewal.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    hash.map(|hex| hex.parse().map_err(|_| DbError::Inconsistent { column: "signed_document.core_hash" })).transpose()
}

/// The row that the sealed parts of a signature are bound to: one for each signer of each renewal.
pub fn signature_row(renewal: RenewalId, person: PersonId) -> Uuid {
    Uuid::from_u128(renewal.0.as_u128() ^ person.0.as_u128().rotate_left(64))
}

/// The day of an instant, where the municipalities are.
pub fn day(at: Timestamp) -> Date {
    clock::stockholm(at).date()
}
