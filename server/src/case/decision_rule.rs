//! Up to where one official decides alone, as the municipality has said it: each version once and for good.

use domain::Money;
use domain::decision::AloneUpTo;
use domain::id::StaffId;

use super::said::Said;
use crate::db::{Action, DbError, Object, TenantTx, query, query_scalar};

/// What was said last.
pub(crate) async fn latest(tx: &mut TenantTx) -> Result<Option<Said<AloneUpTo>>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select r.version, r.amount_ore, r.by_hand_ore, r.added_at, f.name
          from decision_rule r
          join staff f on (f.municipality_id, f.id) = (r.municipality_id, r.added_by)
         where r.municipality_id = $1
         order by r.version desc
         limit 1
        "#,
        municipality,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Said {
        version: row.version,
        rule: AloneUpTo { amount: Money::from_ore(row.amount_ore), by_hand: Money::from_ore(row.by_hand_ore) },
        by: row.name,
        at: row.added_at.to_jiff(),
    }))
}

/// Says it anew, after the version that was read. Tells whether it was said: somebody else may have been first.
pub(crate) async fn set(tx: &mut TenantTx, after: i32, by: StaffId, alone: AloneUpTo) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let said = query_scalar!(
        r#"
        insert into decision_rule (municipality_id, version, amount_ore, by_hand_ore, added_by, added_at)
        values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
        returning version
        "#,
        municipality,
        after + 1,
        alone.amount,
        alone.by_hand,
        by,
        at,
    )
    .fetch_optional(tx.connection())
    .await?;
    if said.is_some() {
        tx.audit(Action::SetDecisionRule, Object::None).await?;
    }
    Ok(said.is_some())
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::db::Actor;
    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_said_last_counts_and_two_do_not_say_it_at_once(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let mut tx = stage.tx(home).await;
        let first = latest(&mut tx).await.unwrap().unwrap();
        let narrow = AloneUpTo { amount: Money::from_kronor(15_000), by_hand: Money::from_kronor(2_000) };
        tx.stand_for(Actor::Admin(home.administrator)).await.unwrap();
        assert!(set(&mut tx, first.version, home.administrator, narrow).await.unwrap());
        assert!(!set(&mut tx, first.version, home.administrator, first.rule).await.unwrap(), "it has been said anew");
        let said = latest(&mut tx).await.unwrap().unwrap();
        assert_eq!((said.rule, &*said.by), (narrow, "ali"));
        tx.stand_for(Actor::Caseworker(home.staff)).await.unwrap();
        let refused = set(&mut tx, first.version + 1, home.staff, first.rule).await.unwrap_err();
        let DbError::Sqlx(refused) = refused else { panic!("{refused}") };
        assert!(refused.to_string().contains("row-level security"), "{refused}");
    }
}
