//! A renewal is begun: its draft exists from now on, and the authorities are asked.

use axum::response::Response;
use domain::NormMonth;
use domain::form::Typed;
use domain::id::{CaseId, PersonId, RenewalId};
use domain::renewal::Stage;
use domain::renewal::draft::ContactDraft;
use domain::renewal::window::Offer;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::draft::{self, Stored};
use crate::asking;
use crate::db::{Action, Column, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::{Citizen, OwnRenewal};

/// `POST /renewal/begin`
///
/// Pressed twice, or by both adults, it leads to the one renewal of the month.
pub async fn handle(visit: Visit<Citizen>) -> Result<Response, Problem> {
    let mut tx = visit.tx().await?;
    let renewed = draft::renewed_months(&mut tx, &visit.actor).await?;
    let window = draft::window(&visit.site.municipality)?;
    let offer = window.offer(visit.today(), |month| renewed.iter().any(|(one, _)| *one == month));
    let Some(Offer::Renew { month, .. }) = offer else {
        return Ok(see_other("/renewal"));
    };
    match begin(&mut tx, &visit.actor, month).await {
        Ok(()) => tx.commit().await?,
        // The other adult, or another press, was first.
        Err(error) if error.is_conflict() => {}
        Err(error) => return Err(error.into()),
    }
    Ok(see_other("/renewal"))
}

async fn begin(tx: &mut TenantTx, citizen: &Citizen, month: NormMonth) -> Result<(), DbError> {
    let renewal = RenewalId(Uuid::now_v7());
    insert(tx, renewal, citizen.case(), citizen.person(), month).await?;
    asking::ask_all(tx, renewal, citizen.person()).await
}

/// A renewal as it is when one of the adults has begun it: everyone is to sign, and nothing is typed but how they are reached.
pub async fn insert(
    tx: &mut TenantTx,
    renewal: RenewalId,
    case: CaseId,
    person: PersonId,
    month: NormMonth,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    sqlx::query!(
        r#"
        insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at)
        values ($1, $2, $3, $4, 'draft', $5, $6)
        "#,
        municipality,
        renewal.0,
        case.0,
        month.first_day().to_sqlx() as _,
        person.0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    sqlx::query!(
        r#"
        insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at)
        select municipality_id, $2, person_id, signs_as, 'awaited', $4
          from household_member
         where municipality_id = $1 and case_id = $3 and signs_as is not null
        "#,
        municipality,
        renewal.0,
        case.0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    let mut stored = Stored::default();
    stored.draft.contact = registered_contact(tx, person).await?;
    let content = tx.vault().seal_json(Column::DraftContent, renewal.0, &stored)?;
    sqlx::query!(
        r#"
        insert into renewal_draft (municipality_id, renewal_id, person_id, revision, content_sealed, saved_at)
        values ($1, $2, $3, 1, $4, $5)
        "#,
        municipality,
        renewal.0,
        person.0,
        content,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::BeganRenewal, Object::Renewal(renewal.0)).await
}

/// The telephone number and e-mail address that the person gave last.
async fn registered_contact(tx: &mut TenantTx, person: PersonId) -> Result<ContactDraft, DbError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        "select phone_sealed, email_sealed from person where municipality_id = $1 and id = $2",
        municipality,
        person.0,
    )
    .fetch_one(tx.connection())
    .await?;
    let vault = tx.vault();
    let open = |column: Column, sealed: Option<Vec<u8>>| -> Result<Typed, DbError> {
        let Some(sealed) = sealed else { return Ok(Typed::default()) };
        let text = vault.open_text(column, person.0, &sealed)?;
        Typed::new(text).map_err(|_| DbError::Inconsistent { column: column.name() })
    };
    Ok(ContactDraft {
        phone: open(Column::PersonPhone, row.phone_sealed)?,
        email: open(Column::PersonEmail, row.email_sealed)?,
    })
}

/// `POST /renewal/authorities/ask-again`
pub async fn ask_again(visit: Visit<Citizen>) -> Result<Response, Problem> {
    let mut tx = visit.tx().await?;
    let municipality = &visit.site.municipality;
    let month = draft::current_month(&mut tx, &visit.actor, municipality, visit.today()).await?;
    if let Some(month) = month
        && let Some(renewal) = OwnRenewal::for_month(&mut tx, &visit.actor, month).await?
        // What was signed is not asked about anew.
        && renewal.stage() == Stage::Draft
    {
        asking::ask_again(&mut tx, renewal.id(), visit.actor.person()).await?;
        tx.commit().await?;
    }
    Ok(see_other("/renewal/authorities"))
}
