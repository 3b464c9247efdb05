//! What a municipality has decided for itself: guideline amounts and how part-time children are counted, each version once and for good.

use domain::norm::{DatedSettings, MunicipalSettings};
use uuid::Uuid;

use crate::db::{Action, DbError, Object, TenantTx, query, query_scalar, through_db};

/// Why settings cannot be put in.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Calculations name settings by version, so what has been put in stays.
    #[error("version {latest} has been put in: settings that are decided anew need a higher one")]
    NotNewer {
        /// The highest version there is.
        latest: i64,
    },
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(AddError);

/// All settings of the transaction's municipality. Of two that begin in the same month the highest version counts.
pub(crate) async fn dated(tx: &mut TenantTx) -> Result<DatedSettings, DbError> {
    let municipality = tx.municipality();
    let contents = query_scalar!(
        r#"
        select distinct on (from_month) content
          from municipal_settings
         where municipality_id = $1
         order by from_month, version desc
        "#,
        municipality,
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = DbError::Inconsistent { column: "municipal_settings.content" };
    let read: Result<Vec<MunicipalSettings>, _> = contents.into_iter().map(serde_json::from_value).collect();
    read.ok().and_then(|settings| DatedSettings::new(settings).ok()).ok_or(inconsistent)
}

/// Puts settings in, for the norm months from their own first one on. Decisions that have been made keep what they were made from.
pub(crate) async fn add(tx: &mut TenantTx, settings: &MunicipalSettings) -> Result<(), AddError> {
    if let Some(latest) = latest(tx).await?.filter(|latest| i64::from(settings.reference().version) <= *latest) {
        return Err(AddError::NotNewer { latest });
    }
    let (municipality, id, at) = (tx.municipality(), Uuid::now_v7(), tx.at());
    let content =
        serde_json::to_value(settings).map_err(|_| DbError::Inconsistent { column: "municipal_settings.content" })?;
    query!(
        "insert into municipal_settings (municipality_id, id, content, added_at) values ($1, $2, $3, $4)",
        municipality,
        id,
        content,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(tx.audit(Action::AddedSettings, Object::Settings(id)).await?)
}

/// The highest version that has been put in.
pub(crate) async fn latest(tx: &mut TenantTx) -> Result<Option<i64>, DbError> {
    let municipality = tx.municipality();
    let latest = query_scalar!("select max(version) from municipal_settings where municipality_id = $1", municipality)
        .fetch_one(tx.connection())
        .await?;
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use domain::Money;
    use domain::kind::ExpenseKind;
    use domain::norm::seed;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Towns, audited, month};

    fn settings(version: u32, from: &str, rent: u32) -> MunicipalSettings {
        let text = format!(
            "id = 'test'\nversion = {version}\nfrom = '{from}'\n\
             part-time-children = {{ divisor = 'thirty', count-in-household = true }}\n\
             guidelines = [{{ kind = 'rent', persons-from = 1, limit = '{rent}' }}]",
        );
        toml::from_str(&text).unwrap()
    }

    async fn rent(tx: &mut TenantTx, of: &str) -> Option<Money> {
        dated(tx).await.unwrap().for_month(month(of)).and_then(|settings| settings.guideline(ExpenseKind::Rent, 1))
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_put_in_counts_from_its_month_until_the_next(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.away).await;
        let first = latest(&mut tx).await.unwrap();
        let version = |more| u32::try_from(first.unwrap_or(0)).unwrap() + more;
        for (version, from, limit) in
            [(version(1), "2026-02", 7_000), (version(2), "2026-11", 8_000), (version(3), "2026-11", 9_000)]
        {
            add(&mut tx, &settings(version, from, limit)).await.unwrap();
        }
        let kronor = |amount| Some(Money::from_kronor(amount));
        assert_eq!(rent(&mut tx, "2026-10").await, kronor(7_000));
        assert_eq!(rent(&mut tx, "2026-11").await, kronor(9_000), "the highest version of a month counts");
        assert_eq!(rent(&mut tx, "2027-03").await, kronor(9_000));
        assert_eq!(audited(&mut tx, "added-settings").await, 4, "three, and the example's own");
        tx.commit().await.unwrap();
        let mut tx = stage.tx(&stage.home).await;
        let (_, example) = seed::EXAMPLE_SETTINGS[0];
        let example: MunicipalSettings = toml::from_str(example).unwrap();
        assert_eq!(rent(&mut tx, "2026-11").await, example.guideline(ExpenseKind::Rent, 1), "another's are its own");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_has_been_put_in_is_never_changed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        add(&mut tx, &settings(7, "2026-01", 7_000)).await.unwrap();
        for version in [6, 7] {
            let refused = add(&mut tx, &settings(version, "2026-12", 1)).await.unwrap_err();
            assert!(matches!(refused, AddError::NotNewer { latest: 7 }), "{refused}");
        }
        tx.commit().await.unwrap();
        for change in ["update municipal_settings set content = content", "delete from municipal_settings"] {
            let mut tx = stage.tx(&stage.home).await;
            let error = sqlx::raw_sql(change).execute(tx.connection()).await.unwrap_err();
            assert!(error.to_string().contains("permission denied"), "{change}: {error}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_row_that_no_version_of_this_service_writes_is_told_by_its_column(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        sqlx::query(
            r#"insert into municipal_settings (municipality_id, id, content, added_at)
               values ($1, $2, '{"version": 9, "from": "2026-01", "limit": 1}', now())"#,
        )
        .bind(stage.home.id.0)
        .bind(Uuid::now_v7())
        .execute(tx.connection())
        .await
        .unwrap();
        let error = dated(&mut tx).await.unwrap_err();
        assert!(matches!(error, DbError::Inconsistent { column: "municipal_settings.content" }), "{error}");
    }
}
