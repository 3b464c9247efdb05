//! What the board has delegated to each official: an outcome, and up to which amount.

use std::collections::HashMap;

use domain::Money;
use domain::decision::{Delegation, Mandate, Outcome};
use domain::id::{DelegationId, StaffId};
use uuid::Uuid;

use crate::db::{Action, DbError, Object, TenantTx, query, query_scalar};

/// What is delegated to an official.
pub(crate) async fn mandate(tx: &mut TenantTx, staff: StaffId) -> Result<Mandate, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select outcome, up_to_ore
          from delegation
         where municipality_id = $1 and staff_id = $2 and ended_at is null
        "#,
        municipality,
        staff,
    )
    .fetch_all(tx.connection())
    .await?;
    let delegations: Result<_, _> = rows.into_iter().map(|row| delegation(&row.outcome, row.up_to_ore)).collect();
    Ok(Mandate::new(delegations?))
}

/// The same of every official to whom something is delegated.
pub(crate) async fn mandates(tx: &mut TenantTx) -> Result<HashMap<StaffId, Mandate>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        "select staff_id, outcome, up_to_ore from delegation where municipality_id = $1 and ended_at is null",
        municipality,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut delegations: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        delegations.entry(StaffId(row.staff_id)).or_default().push(delegation(&row.outcome, row.up_to_ore)?);
    }
    Ok(delegations.into_iter().map(|(staff, delegations)| (staff, Mandate::new(delegations))).collect())
}

fn delegation(outcome: &str, up_to_ore: i64) -> Result<Delegation, DbError> {
    let outcome = Outcome::from_code(outcome).ok_or(DbError::Inconsistent { column: "delegation.outcome" })?;
    Ok(Delegation { outcome, up_to: Money::from_ore(up_to_ore) })
}

/// From here on this is delegated to an official, and nothing else. What they have already stays as it is; the rest ends, and what is new
/// is added. The database takes it from an administrator alone, in their own name, for a caseworker.
pub(crate) async fn delegate(
    tx: &mut TenantTx,
    to: StaffId,
    by: StaffId,
    wanted: &[Delegation],
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let outcomes: Vec<_> = wanted.iter().map(|one| one.outcome.code().to_owned()).collect();
    let up_to: Vec<_> = wanted.iter().map(|one| one.up_to.ore()).collect();
    let ended = query_scalar!(
        r#"
        update delegation d
           set ended_by = $3, ended_at = $4
         where d.municipality_id = $1 and d.staff_id = $2 and d.ended_at is null
           and not exists (
               select from unnest($5::text[], $6::bigint[]) w (outcome, up_to_ore)
                where w.outcome = d.outcome and w.up_to_ore = d.up_to_ore)
        returning d.id
        "#,
        municipality,
        to,
        by,
        at,
        &*outcomes,
        &*up_to,
    )
    .fetch_all(tx.connection())
    .await?;
    let ids: Vec<_> = wanted.iter().map(|_| DelegationId(Uuid::now_v7())).collect();
    let added = query_scalar!(
        r#"
        insert into delegation (municipality_id, id, staff_id, outcome, up_to_ore, added_by, added_at)
        select $1, w.id, $2, w.outcome, w.up_to_ore, $3, $4
          from unnest($7::uuid[], $5::text[], $6::bigint[]) w (id, outcome, up_to_ore)
         where not exists (
               select from delegation d
                where d.municipality_id = $1 and d.staff_id = $2 and d.ended_at is null and d.outcome = w.outcome)
        returning id
        "#,
        municipality,
        to,
        by,
        at,
        &*outcomes,
        &*up_to,
        &*ids,
    )
    .fetch_all(tx.connection())
    .await?;
    let [ended, added] = [ended, added].map(|ids| ids.into_iter().map(DelegationId).collect::<Vec<_>>());
    tx.audit_each(Action::EndedDelegation, Object::Delegation, &ended).await?;
    tx.audit_each(Action::Delegated, Object::Delegation, &added).await
}

#[cfg(test)]
mod tests {
    use domain::decision::Outcome::{Dismissed, Granted, PartlyGranted, Rejected};
    use sqlx::PgPool;

    use super::*;
    use crate::db::Actor;
    use crate::test_support::{Towns, as_owner, audited};

    fn kronor(outcome: Outcome, up_to: i64) -> Delegation {
        Delegation { outcome, up_to: Money::from_kronor(up_to) }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_delegated_is_ended_and_added_and_never_changed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let mut tx = stage.tx(home).await;
        tx.stand_for(Actor::Admin(home.administrator)).await.unwrap();
        let before = [audited(&mut tx, "delegated").await, audited(&mut tx, "ended-delegation").await];
        for (wanted, added, ended) in [
            (vec![kronor(Granted, 8_000), kronor(Rejected, 0)], 1, 3),
            (vec![kronor(Granted, 8_000), kronor(Rejected, 0)], 1, 3),
            (vec![kronor(Granted, 9_000), kronor(Rejected, 0), kronor(Dismissed, 0)], 3, 4),
            (vec![], 3, 7),
        ] {
            delegate(&mut tx, home.staff, home.administrator, &wanted).await.unwrap();
            let of_them = mandate(&mut tx, home.staff).await.unwrap();
            for outcome in Outcome::ALL {
                let said = wanted.iter().find(|one| one.outcome == *outcome).map(|one| one.up_to);
                assert_eq!(of_them.up_to(*outcome), said, "{outcome:?}");
            }
            assert_eq!(mandates(&mut tx).await.unwrap().get(&home.staff).cloned().unwrap_or_default(), of_them);
            assert_eq!(audited(&mut tx, "delegated").await - before[0], added);
            assert_eq!(audited(&mut tx, "ended-delegation").await - before[1], ended);
        }
        tx.commit().await.unwrap();
        assert_eq!(stage.count("select count(*) from delegation where ended_at is not null").await, 7);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_database_lets_only_an_administrator_delegate_and_to_caseworkers(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (admin, staff, granted) = (home.administrator, home.staff, [kronor(PartlyGranted, 1)]);
        for (actor, to, by) in [
            (Actor::Admin(admin), admin, admin),
            (Actor::Caseworker(staff), staff, staff),
            (Actor::Caseworker(staff), staff, admin),
            (Actor::System, staff, admin),
        ] {
            let mut tx = stage.tx(home).await;
            as_owner(&mut tx).await;
            sqlx::query("delete from delegation").execute(tx.connection()).await.unwrap();
            sqlx::query("set local role fornya_tenant").execute(tx.connection()).await.unwrap();
            tx.stand_for(actor).await.unwrap();
            let refused = delegate(&mut tx, to, by, &granted).await.unwrap_err();
            let DbError::Sqlx(refused) = refused else { panic!("{refused}") };
            assert!(refused.to_string().contains("row-level security"), "{actor:?}: {refused}");
        }
        let mut tx = stage.tx(home).await;
        tx.stand_for(Actor::Admin(admin)).await.unwrap();
        delegate(&mut tx, staff, admin, &[]).await.unwrap();
        let again =
            sqlx::query("update delegation set ended_at = null, ended_by = null").execute(tx.connection()).await;
        assert_eq!(again.unwrap().rows_affected(), 0, "what has ended stays so");
    }
}
