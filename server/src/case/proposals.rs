//! Decisions that one official has proposed and another is to make.

use domain::decision::{Official, TakesTwo};
use domain::form::PlainText;
use domain::id::{RenewalId, StaffId};
use jiff::Timestamp;

use crate::db::{Action, Column, DbError, Object, TenantTx, Version, query, query_scalar};

/// A decision that an official has proposed.
#[derive(Debug, Clone)]
pub(crate) struct StoredProposal {
    pub by: Official,
    pub at: Timestamp,
    /// Keyed digest of all that would be decided.
    pub content: Vec<u8>,
    /// Why it takes two, by code.
    pub takes_two: Vec<String>,
    /// Who has handed it back, and what they say is to be changed.
    pub returned: Option<Returned>,
}

/// Why a proposal was not decided.
#[derive(Debug, Clone)]
pub(crate) struct Returned {
    pub by: String,
    pub words: PlainText,
}

impl StoredProposal {
    /// Whether it awaits the one who decides, with this content.
    pub(crate) fn stands_for(&self, content: &[u8]) -> bool {
        self.returned.is_none() && self.content == content
    }
}

/// Proposes what has this content. What was proposed before is gone.
pub(crate) async fn put(
    tx: &mut TenantTx,
    renewal: RenewalId,
    by: StaffId,
    content: &[u8],
    takes_two: &[TakesTwo],
) -> Result<(), DbError> {
    forget(tx, renewal).await?;
    let (municipality, at) = (tx.municipality(), tx.at());
    let codes: Vec<_> = takes_two.iter().map(|reason| reason.code().to_owned()).collect();
    query!(
        r#"
        insert into decision_proposal (municipality_id, renewal_id, proposed_by, proposed_at, content_index, takes_two)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        municipality,
        renewal,
        by,
        at,
        content,
        &codes[..],
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::ProposedDecision, Object::Renewal(renewal)).await
}

/// Hands a proposal back to whoever made it, with what is to be changed. Handed back twice, it is handed back once.
pub(crate) async fn hand_back(
    tx: &mut TenantTx,
    renewal: RenewalId,
    by: StaffId,
    words: &PlainText,
) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let version = Version::new()?;
    let sealed = tx.vault().seal(Column::ProposalReturned, (renewal, version), words.as_str().as_bytes())?;
    let done = query!(
        r#"
        update decision_proposal
           set returned_by = $3, returned_at = $4, returned_sealed = $5, returned_version = $6
         where municipality_id = $1 and renewal_id = $2 and returned_at is null and proposed_by <> $3
        "#,
        municipality,
        renewal,
        by,
        at,
        sealed,
        version,
    )
    .execute(tx.connection())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    tx.audit(Action::ReturnedProposal, Object::Renewal(renewal)).await?;
    Ok(true)
}

/// Nothing is proposed any more: it has been decided, or something has been changed.
pub(crate) async fn forget(tx: &mut TenantTx, renewal: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("delete from decision_proposal where municipality_id = $1 and renewal_id = $2", municipality, renewal)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Takes back what an official has proposed and nobody has decided. Gives the renewals that it was about.
pub(crate) async fn forget_all(tx: &mut TenantTx, by: StaffId) -> Result<Vec<RenewalId>, DbError> {
    let municipality = tx.municipality();
    let renewals = query_scalar!(
        r#"
        delete from decision_proposal p
         where p.municipality_id = $1 and p.proposed_by = $2
           and not exists (
               select from decision d where (d.municipality_id, d.renewal_id) = (p.municipality_id, p.renewal_id))
        returning p.renewal_id
        "#,
        municipality,
        by,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(renewals.into_iter().map(RenewalId).collect())
}
