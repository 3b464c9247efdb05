//! What a municipality lets one adult see of what authorities say about the other: each version once and for good.

use domain::form::Typed;
use domain::id::StaffId;
use domain::other_adult::{LegalGround, OtherAdultRule};

use super::said::Said;
use crate::db::{Action, DbError, Object, TenantTx, query, query_scalar};

/// What was said last.
pub(crate) async fn latest(tx: &mut TenantTx) -> Result<Option<Said<OtherAdultRule>>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select r.version, r.legal_ground, r.added_at, f.name
          from other_adult_rule r
          join staff f on (f.municipality_id, f.id) = (r.municipality_id, r.added_by)
         where r.municipality_id = $1
         order by r.version desc
         limit 1
        "#,
        municipality,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Said {
        version: row.version,
        rule: row.legal_ground.map(ground).transpose()?.map_or(OtherAdultRule::Nothing, OtherAdultRule::Sum),
        by: row.name,
        at: row.added_at.to_jiff(),
    }))
}

fn ground(text: String) -> Result<LegalGround, DbError> {
    let ground = Typed::new(text).ok().and_then(|text| LegalGround::read(&text).ok());
    ground.ok_or(DbError::Inconsistent { column: "other_adult_rule.legal_ground" })
}

/// What holds now.
pub(crate) async fn in_force(tx: &mut TenantTx) -> Result<OtherAdultRule, DbError> {
    Ok(latest(tx).await?.map(|said| said.rule).unwrap_or_default())
}

/// Says it anew, after the version that was read. Tells whether it was said: somebody else may have been first.
pub(crate) async fn set(tx: &mut TenantTx, after: i32, by: StaffId, rule: &OtherAdultRule) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let said = query_scalar!(
        r#"
        insert into other_adult_rule (municipality_id, version, shows_sum, legal_ground, added_by, added_at)
        values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
        returning version
        "#,
        municipality,
        after + 1,
        rule.ground().is_some(),
        rule.ground().map(LegalGround::as_str),
        by,
        at,
    )
    .fetch_optional(tx.connection())
    .await?;
    if said.is_some() {
        tx.audit(Action::SetOtherAdultRule, Object::None).await?;
    }
    Ok(said.is_some())
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::db::Actor;
    use crate::test_support::{Towns, sum_rule};

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_said_last_counts_and_only_an_administrator_says_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let mut tx = stage.tx(home).await;
        assert_eq!(in_force(&mut tx).await.unwrap(), OtherAdultRule::Nothing, "nothing has been said");
        tx.stand_for(Actor::Admin(home.administrator)).await.unwrap();
        assert!(set(&mut tx, 0, home.administrator, &sum_rule()).await.unwrap());
        assert!(!set(&mut tx, 0, home.administrator, &OtherAdultRule::Nothing).await.unwrap(), "it has been said anew");
        let said = latest(&mut tx).await.unwrap().unwrap();
        assert_eq!((said.version, said.rule, &*said.by), (1, sum_rule(), "ali"));
        assert!(set(&mut tx, 1, home.administrator, &OtherAdultRule::Nothing).await.unwrap());
        assert_eq!(in_force(&mut tx).await.unwrap(), OtherAdultRule::Nothing);
        tx.stand_for(Actor::Caseworker(home.staff)).await.unwrap();
        let refused = set(&mut tx, 2, home.staff, &sum_rule()).await.unwrap_err();
        let DbError::Sqlx(refused) = refused else { panic!("{refused}") };
        assert!(refused.to_string().contains("row-level security"), "{refused}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_database_takes_no_sum_without_a_ground(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for (shows_sum, ground) in [(true, None), (false, Some("OSL 10 kap. 3 §")), (true, Some("kort"))] {
            let mut tx = stage.tx(home).await;
            tx.stand_for(Actor::Admin(home.administrator)).await.unwrap();
            let refused = sqlx::query("insert into other_adult_rule values ($1, 1, $2, $3, $4, now())")
                .bind(home.id.0)
                .bind(shows_sum)
                .bind(ground)
                .bind(home.administrator.0)
                .execute(tx.connection())
                .await
                .unwrap_err();
            assert!(refused.to_string().contains("check constraint"), "{refused}");
        }
    }
}
