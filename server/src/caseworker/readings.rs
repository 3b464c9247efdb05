//! `GET /staff/readings`: who has opened the cases of people with protected identity, for supervisors.

use app::caseworker::model::{ReadingRow, Readings, UnusualRow};
use app::caseworker::readings;
use app::model::CaseNumber;
use domain::id::{ReadingId, UnusualId};
use domain::opening::UnusualKind;
use uuid::Uuid;

use crate::db::{Action, Column, DbError, Object, TenantTx, query};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Supervisor;

/// How many are shown.
const SHOWN: i32 = 200;

/// The readings, the newest first; which case and why only to who has clearance too.
pub(crate) async fn page(mut visit: Visit<Supervisor>) -> Reply {
    let readings = read(&mut visit).await?;
    visit.page(readings::page(readings)).await
}

async fn read(visit: &mut Visit<Supervisor>) -> Result<Readings, DbError> {
    let Visit { here, actor, tx, .. } = visit;
    let rows = query!(
        r#"
        select reading as "reading!", reader as "reader!", is_own as "is_own!", case_number, reason_sealed, opened_at as "opened_at!", is_seen as "is_seen!"
          from protected_readings($1, $2)
        "#,
        actor.staff(),
        SHOWN,
    )
    .fetch_all(tx.connection())
    .await?;
    let seen: Vec<_> = rows.iter().map(|row| ReadingId(row.reading)).collect();
    tx.audit_list(Action::SawReadings, Object::Reading, &seen).await?;
    // Somebody else reviews one's own.
    let unseen = rows.iter().filter(|row| !row.is_seen && !row.is_own).map(|row| row.reading).collect();
    let vault = tx.vault();
    let rows = rows.into_iter().map(|row| {
        let open = |sealed: Vec<u8>| vault.open_text(Column::ReadingReason, ReadingId(row.reading), &sealed);
        let reason = row.reason_sealed.map(open).transpose()?;
        Ok(ReadingRow {
            reader: row.reader,
            at: here.local(row.opened_at.to_jiff()),
            why: row.case_number.map(CaseNumber).zip(reason),
            seen: row.is_seen || row.is_own,
        })
    });
    let rows = rows.collect::<Result<_, DbError>>()?;
    let (unusual, unseen_unusual) = unusual(here, actor, tx).await?;
    Ok(Readings { rows, unseen, unusual, unseen_unusual })
}

/// What is unusual in how cases are opened, the newest first, and which of it is new.
async fn unusual(
    here: &Here,
    supervisor: &Supervisor,
    tx: &mut TenantTx,
) -> Result<(Vec<UnusualRow>, Vec<Uuid>), DbError> {
    let rows = query!(
        r#"
        select opening as "opening!", opener as "opener!", is_own as "is_own!", kind as "kind!", case_number, noted_at as "noted_at!",
               is_seen as "is_seen!"
          from unusual_openings($1, $2)
        "#,
        supervisor.staff(),
        SHOWN,
    )
    .fetch_all(tx.connection())
    .await?;
    let seen: Vec<_> = rows.iter().map(|row| UnusualId(row.opening)).collect();
    tx.audit_list(Action::SawReadings, Object::Unusual, &seen).await?;
    let unseen = rows.iter().filter(|row| !row.is_seen && !row.is_own).map(|row| row.opening).collect();
    let rows = rows.into_iter().map(|row| {
        Ok(UnusualRow {
            opener: row.opener,
            kind: UnusualKind::from_code(&row.kind).ok_or(DbError::Inconsistent { column: "unusual_opening.kind" })?,
            case_number: row.case_number.map(CaseNumber),
            at: here.local(row.noted_at.to_jiff()),
            seen: row.is_seen || row.is_own,
        })
    });
    Ok((rows.collect::<Result<_, DbError>>()?, unseen))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    const PATH: &str = "/staff/readings";

    #[sqlx::test(migrations = "../migrations")]
    async fn a_supervisor_is_told_who_read_what_and_why(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let [cleared, supervisor, unclear] = stage.cleared().await;
        assert!(stage.page(&supervisor, PATH).await.contains("Ingen har öppnat ett sådant ärende."));
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        stage.send(&cleared, &format!("/staff/protected/{renewal}"), &[("reason", "Vera har ringt.")]).await;
        stage.send(&supervisor, &format!("/staff/protected/{renewal}"), &[("reason", "Granskar Evas läsning.")]).await;
        let told = stage.page(&supervisor, PATH).await;
        assert!(told.contains("1 ny") && told.contains("rut öppnade ärende 2026-3"), "one's own is not new: {told}");
        for text in ["Läsningar", "1 ny", "eva öppnade ärende 2026-3", "Vera har ringt."] {
            assert!(told.contains(text), "{text}: {told}");
        }
        let told = stage.page(&unclear, PATH).await;
        assert!(told.contains("eva öppnade ett skyddat ärende"), "{told}");
        assert!(!told.contains("2026-3") && !told.contains("Vera"), "without clearance: {told}");
        for cookie in [&cleared, &stage.home.caseworker, &stage.home.admin] {
            assert_eq!(stage.look(cookie, PATH).await.status, StatusCode::FORBIDDEN);
        }
    }
}
