//! `POST /renewal/begin`: a renewal is begun. Its draft exists from now on, and the authorities are asked.

use domain::NormMonth;
use domain::form::Typed;
use domain::id::{CaseId, PersonId, RenewalId, StatementId};
use domain::renewal::carry_over::{CarryOverRule, MonthBefore};
use domain::renewal::draft::ContactDraft;
use domain::renewal::window::Offer;
use domain::renewal::{Context, Draft, Part, Stage};
use uuid::Uuid;

use super::stored_draft::StoredDraft;
use super::{own_part, work};
use crate::case::signed::SignedError;
use crate::case::{asking, household, proofs, signed};
use crate::db::{Action, Column, DbError, Object, TenantTx, Version, query};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Citizen;

/// Pressed twice, or by both adults, it leads to the one renewal of the month.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    if let Some(Offer::Renew { month, .. }) = work::offer(&renewals, here) {
        match begin(tx, here, actor, month, &renewals).await {
            Ok(()) => {}
            // The other adult, or another press, was first.
            Err(SignedError::Db(error)) if error.is_conflict() => return Err(Problem::see_other("/renewal")),
            Err(error) => return Err(error.into()),
        }
    }
    visit.see_other("/renewal").await
}

/// Begins it, with what was said for the month before, and asks the citizen's authorities.
pub(super) async fn begin(
    tx: &mut TenantTx,
    here: &Here,
    citizen: &Citizen,
    month: NormMonth,
    renewals: &[OwnRenewal],
) -> Result<(), SignedError> {
    let renewal = RenewalId(Uuid::now_v7());
    let mut stored = own_part::first(tx, citizen, month).await?;
    carry_over(tx, here, citizen, month, renewals, &mut stored.draft).await?;
    insert(tx, renewal, citizen.case(), citizen.person(), month, &stored).await?;
    proofs::take_along(tx, renewal, citizen.person(), &stored.draft.proofs.shown).await?;
    Ok(asking::ask_all(tx, renewal, citizen.person()).await?)
}

/// Puts into a new draft what the newest of these renewals says that was sent, as the citizen reads it.
async fn carry_over(
    tx: &mut TenantTx,
    here: &Here,
    citizen: &Citizen,
    month: NormMonth,
    renewals: &[OwnRenewal],
    draft: &mut Draft,
) -> Result<(), SignedError> {
    let rule = CarryOverRule::default();
    let is_recent = |one: &&OwnRenewal| month.months_since(one.month()) <= i32::from(rule.months);
    let sent = renewals.iter().filter(|one| one.stage() != Stage::Draft && one.month() < month);
    let Some(last) = sent.max_by_key(|one| one.month()).filter(is_recent) else { return Ok(()) };
    let Some(signed) = signed::facts(tx, last.id()).await? else { return Ok(()) };
    let mut said = signed.read_by(citizen.person());
    // What they have typed of their own for this month stands in place of what they said before.
    if draft.has_begun_rows() {
        said.incomes.retain(|row| row.person != citizen.person());
        said.expenses.retain(|row| row.person != Some(citizen.person()));
    }
    let members = household::members(tx, citizen.case()).await?;
    let owners = household::owners(&members);
    let context = Context { norm_month: month, today: here.today(), part: Part::Whole, owners };
    let before = MonthBefore { month: last.month(), incomes: &said.incomes, expenses: &said.expenses };
    draft.carry_over(before, &rule, &context, || StatementId(Uuid::now_v7()));
    Ok(())
}

/// A renewal as it is when one of the adults has begun it: everyone is to sign, and this stands in its draft.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    renewal: RenewalId,
    case: CaseId,
    person: PersonId,
    month: NormMonth,
    stored: &StoredDraft,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at)
        values ($1, $2, $3, $4, 'draft', $5, $6)
        "#,
        municipality,
        renewal,
        case,
        month,
        person,
        at,
    )
    .execute(tx.connection())
    .await?;
    query!(
        r#"
        insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at, applies_since)
        select municipality_id, $2, person_id, signs_as, 'awaited', $4::timestamptz, case when person_id = $5 then $4::timestamptz end
          from household_member
         where municipality_id = $1 and case_id = $3 and signs_as is not null
        "#,
        municipality,
        renewal,
        case,
        at,
        person,
    )
    .execute(tx.connection())
    .await?;
    stored.insert(tx, Part::Whole, (renewal, person)).await?;
    tx.audit(Action::BeganRenewal, Object::Renewal(renewal)).await
}

/// The telephone number and e-mail address that the person gave last.
pub(super) async fn registered_contact(tx: &mut TenantTx, person: PersonId) -> Result<ContactDraft, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        "select phone_sealed, phone_version, email_sealed, email_version from person where municipality_id = $1 and id = $2",
        municipality,
        person,
    )
    .fetch_one(tx.connection())
    .await?;
    let vault = tx.vault();
    let open = |column: Column, sealed: Option<Vec<u8>>, version: i64| -> Result<Typed, DbError> {
        let Some(sealed) = sealed else { return Ok(Typed::default()) };
        let text = vault.open_text(column, (person, Version(version)), &sealed)?;
        Typed::new(text).map_err(|_| DbError::Inconsistent { column: column.name() })
    };
    Ok(ContactDraft {
        phone: open(Column::PersonPhone, row.phone_sealed, row.phone_version)?,
        email: open(Column::PersonEmail, row.email_sealed, row.email_version)?,
    })
}

#[cfg(test)]
mod tests {
    use domain::authority::Agency;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns, add_source, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn pressed_by_both_adults_at_once_it_is_one_renewal_and_one_of_them_is_asked_about(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let mut tx = stage.tx(home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        let (_, [mira, johan]) = stage.couple().await;
        for _ in 0..2 {
            let begin = async |cookie: &str| stage.send(cookie, "/renewal/begin", &[]).await;
            let (one, other) = tokio::join!(begin(&mira), begin(&johan));
            assert_eq!((one.led_to(), other.led_to()), ("/renewal", "/renewal"));
        }
        let mut tx = stage.tx(home).await;
        let (begun_by, asked_about): (Uuid, Uuid) = sqlx::query_as(
            "select r.begun_by, q.person_id from renewal r join authority_query q on q.renewal_id = r.id",
        )
        .fetch_one(tx.connection())
        .await
        .unwrap();
        assert_eq!(begun_by, asked_about);
        assert_eq!(stage.count("select count(*) from renewal").await, 1);
        assert_eq!(stage.count("select count(*) from authority_query").await, 1);
        assert_eq!(stage.count("select count(*) from signer where state = 'awaited'").await, 2, "both are to sign");
        assert_eq!(audited(&mut tx, "began-renewal").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_month_that_was_signed_is_not_begun_again(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        stage.signed(home.case, "2026-12", &Statement::default()).await;
        stage.send(&home.citizen, "/renewal/begin", &[]).await;
        assert_eq!(stage.count("select count(*) from renewal").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_way_to_reach_the_one_who_begins_is_filled_in_and_nobody_elses(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, _]) = stage.couple().await;
        for (person, phone) in [(couple.mira, "070-174 06 05"), (couple.johan, "070-174 06 06")] {
            stage.know(person, Column::PersonPhone, phone).await;
        }
        stage.begun(&mira).await;
        let household = stage.page(&mira, "/renewal/household").await;
        assert!(household.contains("value=\"070-174 06 05\"") && !household.contains("070-174 06 06"), "{household}");
    }
}
