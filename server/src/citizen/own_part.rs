//! A person's own part of a renewal that the other adult began: begun, taken away, and what was typed in it once more.

use domain::NormMonth;
use domain::id::{PersonId, RenewalId};
use domain::renewal::{Context, Draft, DraftError, OwnStatements, Part, judge_own};

use super::begin_renewal::registered_contact;
use super::stored_draft::StoredDraft;
use crate::case::proofs;
use crate::db::{Action, DbError, Object, TenantTx, Version, query, query_scalar};
use crate::http::Here;
use crate::session::own_renewal::{LockedRenewal, OwnRenewal};
use crate::session::policy::Citizen;

/// Begins it. What the person typed for the same month, in a renewal that has been taken back, is there again.
pub(super) async fn begin(tx: &mut TenantTx, citizen: &Citizen, renewal: &LockedRenewal) -> Result<(), DbError> {
    if renewal.own_part().is_some() {
        return Ok(());
    }
    let stored = first(tx, citizen, renewal.month()).await?;
    stored.insert(tx, Part::Own, (renewal.id(), citizen.person())).await?;
    proofs::take_along(tx, renewal.id(), citizen.person(), &stored.draft.proofs.shown).await?;
    tx.audit(Action::BeganOwnPart, Object::Renewal(renewal.id())).await
}

/// What a person begins from: what they typed last of their own for this month, else how they are reached.
pub(super) async fn first(tx: &mut TenantTx, citizen: &Citizen, month: NormMonth) -> Result<StoredDraft, DbError> {
    let draft = match typed_before(tx, citizen, month).await? {
        Some(mut draft) => {
            draft.proofs.shown = proofs::still_there(tx, citizen.person(), draft.proofs.shown).await?;
            draft
        }
        None => Draft { contact: registered_contact(tx, citizen.person()).await?, ..Draft::default() },
    };
    Ok(StoredDraft { draft, ..StoredDraft::default() })
}

/// Takes it away, with what was typed for the same month in a renewal that has been taken back: what the other adult says stands.
pub(super) async fn remove(tx: &mut TenantTx, citizen: &Citizen, renewal: &LockedRenewal) -> Result<(), DbError> {
    let municipality = tx.municipality();
    proofs::remove_own(tx, citizen.person(), citizen.case(), renewal.month()).await?;
    query!(
        r#"
        delete from own_part o
         using renewal r
         where o.municipality_id = $1 and o.person_id = $2 and (r.municipality_id, r.id) = (o.municipality_id, o.renewal_id)
           and r.case_id = $3 and r.norm_month = $4
        "#,
        municipality,
        citizen.person(),
        citizen.case(),
        renewal.month(),
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::RemovedOwnPart, Object::Renewal(renewal.id())).await
}

/// What it says, or what is missing or wrong in it; nothing is said where it was never begun.
pub(super) fn judged(
    tx: &TenantTx,
    here: &Here,
    citizen: &Citizen,
    renewal: &OwnRenewal,
) -> Result<Result<OwnStatements, Vec<DraftError>>, DbError> {
    let Some(sealed) = renewal.own_part() else { return Ok(Ok(OwnStatements::default())) };
    let key = (renewal.id(), citizen.person());
    let stored = StoredDraft::open(&tx.vault(), Part::Own, key, &sealed.content, sealed.version)?;
    let context = Context::own(renewal.month(), here.today(), citizen.person());
    Ok(judge_own(&stored.draft, &context))
}

/// How many times a person's own part has been saved; nothing where there is none.
pub(super) async fn revision(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<Option<i32>, DbError> {
    let municipality = tx.municipality();
    Ok(query_scalar!(
        "select revision from own_part where municipality_id = $1 and renewal_id = $2 and person_id = $3",
        municipality,
        renewal,
        person,
    )
    .fetch_optional(tx.connection())
    .await?)
}

/// What the person typed last of their own for this month, in a renewal of the case that has been taken back.
async fn typed_before(tx: &mut TenantTx, citizen: &Citizen, month: NormMonth) -> Result<Option<Draft>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select o.renewal_id, o.content_sealed, o.content_version
          from own_part o
          join renewal r on (r.municipality_id, r.id) = (o.municipality_id, o.renewal_id)
         where o.municipality_id = $1 and o.person_id = $2 and r.case_id = $3 and r.norm_month = $4 and r.state = 'withdrawn'
         order by o.saved_at desc
         limit 1
        "#,
        municipality,
        citizen.person(),
        citizen.case(),
        month,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let key = (RenewalId(row.renewal_id), citizen.person());
    let version = Version(row.content_version);
    let mut draft = StoredDraft::open(&tx.vault(), Part::Own, key, &row.content_sealed, version)?.draft;
    // What is asked about anew is answered anew.
    draft.authorities_seen = false;
    draft.incomes.done = false;
    draft.expenses.done = false;
    Ok(Some(draft))
}
