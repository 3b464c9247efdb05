//! `GET /admin/officials`: those who work at the municipality, and what they may decide.

use app::admin::model::OfficialRow;
use app::admin::officials;
use domain::decision::Mandate;
use domain::id::StaffId;
use domain::staff::StaffRole;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use crate::case::delegations;
use crate::db::{Action, DbError, Object, TenantTx, query_as};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Admin;

/// Each with what is delegated to them.
pub(crate) async fn page(mut visit: Visit<Admin>) -> Reply {
    let (here, tx) = (&visit.here, &mut visit.tx);
    let rows = stored(tx, None).await?;
    let mut mandates = delegations::mandates(tx).await?;
    let seen: Vec<_> = rows.iter().map(|row| StaffId(row.id)).collect();
    tx.audit_list(Action::SawOfficials, Object::Staff, &seen).await?;
    let officials = rows.into_iter().map(|row| {
        let mandate = mandates.remove(&StaffId(row.id)).unwrap_or_default();
        shown(here, row, mandate)
    });
    let officials = officials.collect::<Result<_, DbError>>()?;
    visit.page(officials::page(officials)).await
}

/// A member of staff as they are stored.
pub(super) struct Row {
    id: Uuid,
    name: String,
    role: String,
    has_clearance: bool,
    supervises: bool,
    ended_at: Option<SqlTimestamp>,
    ended_by: Option<String>,
    is_known: bool,
}

/// Everybody, or one; those who have been ended last.
pub(super) async fn stored(tx: &mut TenantTx, only: Option<StaffId>) -> Result<Vec<Row>, DbError> {
    let municipality = tx.municipality();
    Ok(query_as!(
        Row,
        r#"
        select f.id, f.name, f.role, f.has_clearance, f.supervises, f.ended_at, e.name as "ended_by?",
               f.number_index is not null as "is_known!"
          from staff f
          left join staff e on (e.municipality_id, e.id) = (f.municipality_id, f.ended_by)
         where f.municipality_id = $1 and ($2::uuid is null or f.id = $2)
         order by f.ended_at is not null, f.name, f.id
        "#,
        municipality,
        only,
    )
    .fetch_all(tx.connection())
    .await?)
}

pub(super) fn shown(here: &Here, row: Row, mandate: Mandate) -> Result<OfficialRow, DbError> {
    Ok(OfficialRow {
        id: StaffId(row.id),
        name: row.name,
        role: StaffRole::from_code(&row.role).ok_or(DbError::Inconsistent { column: "staff.role" })?,
        mandate,
        has_clearance: row.has_clearance,
        supervises: row.supervises,
        is_known: row.is_known,
        ended: row.ended_by.zip(row.ended_at.map(|at| here.local(at.to_jiff()))),
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, audited, up_to};

    const PATH: &str = "/admin/officials";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_tells_what_each_may_decide(pool: PgPool) {
        let stage = Towns::new(pool).await;
        stage.cleared().await;
        let home = &stage.home;
        stage.delegate_only(home.staff, &up_to(15_000)).await;
        let page = stage.page(&home.admin, PATH).await;
        for told in [
            "sara",
            "Handläggare",
            "bifall upp till 15 000 kr, delvis bifall upp till 15 000 kr, avslag, avvisning",
            "ali",
            "Administratör",
            "Särskild behörighet",
            "Arbetsledare",
            "inget",
            &format!("{PATH}/{}", home.staff),
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains(&stage.away.staff.to_string()), "another municipality's");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-officials").await, 5, "each who is seen");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_list_is_for_the_towns_own_administrator(pool: PgPool) {
        let stage = Connected::new(pool).await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, PATH).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
    }
}
