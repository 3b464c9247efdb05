//! A renewal in its case: which month, how far it has come, who answers for it.

use std::collections::HashMap;

use app::port::CaseNumber;
use domain::NormMonth;
use domain::id::{CaseId, PersonId, RenewalId, StaffId};
use domain::renewal::Stage;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp, ToSqlx as _};
use uuid::Uuid;

use crate::db::{DbError, TenantTx};

/// A renewal in its case.
#[derive(Debug, Clone)]
pub struct Renewal {
    /// Which.
    pub id: RenewalId,
    /// Its case.
    pub case: CaseId,
    /// The case's number.
    pub case_number: CaseNumber,
    /// The responsible caseworker and their name.
    pub responsible: Option<(StaffId, String)>,
    /// The month applied for.
    pub month: NormMonth,
    /// Where it stands.
    pub stage: Stage,
    /// Who wrote it.
    pub begun_by: PersonId,
    /// When the first signature came.
    pub arrived: Option<Timestamp>,
    /// The reference number of the receipt.
    pub reference: Option<String>,
}

/// The columns of a renewal and its case.
struct Row {
    id: Uuid,
    case_id: Uuid,
    number: String,
    responsible_id: Option<Uuid>,
    responsible: Option<String>,
    norm_month: SqlDate,
    state: String,
    begun_by: Uuid,
    submitted_at: Option<SqlTimestamp>,
    reference: Option<String>,
}

impl TryFrom<Row> for Renewal {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: RenewalId(row.id),
            case: CaseId(row.case_id),
            case_number: CaseNumber(row.number),
            responsible: row.responsible_id.map(StaffId).zip(row.responsible),
            month: month(row.norm_month.to_jiff())?,
            stage: Stage::from_code(&row.state).ok_or(DbError::Inconsistent { column: "renewal.state" })?,
            begun_by: PersonId(row.begun_by),
            arrived: row.submitted_at.map(SqlTimestamp::to_jiff),
            reference: row.reference,
        })
    }
}

/// Selects renewals, with the condition that is left to say.
macro_rules! renewals_where {
    ($condition:literal, $($value:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"
            select r.id, r.case_id, c.number, c.responsible_id, s.name as "responsible?",
                   r.norm_month as "norm_month: SqlDate", r.state, r.begun_by,
                   r.submitted_at as "submitted_at: SqlTimestamp", r.reference
              from renewal r
              join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
              left join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
             where r.municipality_id = $1
            "# + $condition,
            $($value),*
        )
    };
}

/// A renewal of an ongoing or closed case that nobody with protected identity is in; another is not found.
pub async fn find(tx: &mut TenantTx, id: RenewalId) -> Result<Option<Renewal>, DbError> {
    Ok(find_all(tx, &[id]).await?.pop())
}

/// Those of these renewals that [`find`] finds, in no order.
pub async fn find_all(tx: &mut TenantTx, ids: &[RenewalId]) -> Result<Vec<Renewal>, DbError> {
    let municipality = tx.municipality().0;
    let rows = renewals_where!(
        "and r.id = any ($2) and not is_hidden_case(r.municipality_id, r.case_id)",
        municipality,
        &uuids(ids)
    );
    rows.fetch_all(tx.connection()).await?.into_iter().map(Renewal::try_from).collect()
}

/// The identifiers as a query takes many of them.
pub(crate) fn uuids(ids: &[RenewalId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}

/// What was submitted last in the case of each of these renewals, for a month before its own: which, and for which month.
pub async fn latest_before(
    tx: &mut TenantTx,
    ids: &[RenewalId],
) -> Result<HashMap<RenewalId, (RenewalId, NormMonth)>, DbError> {
    let municipality = tx.municipality().0;
    let rows = sqlx::query!(
        r#"
        select distinct on (r.id) r.id, e.id as earlier, e.norm_month as "norm_month: SqlDate"
          from renewal r
          join renewal e on (e.municipality_id, e.case_id) = (r.municipality_id, r.case_id) and e.norm_month < r.norm_month
         where r.municipality_id = $1 and r.id = any ($2)
           and e.submitted_at is not null and e.state <> 'withdrawn'
         order by r.id, e.norm_month desc
        "#,
        municipality,
        &uuids(ids),
    )
    .fetch_all(tx.connection())
    .await?;
    rows.into_iter()
        .map(|row| Ok((RenewalId(row.id), (RenewalId(row.earlier), month(row.norm_month.to_jiff())?))))
        .collect()
}

/// The renewals of a case that were submitted for the months before one, the newest first, at most so many.
pub async fn submitted_before(
    tx: &mut TenantTx,
    case: CaseId,
    month: NormMonth,
    limit: i64,
) -> Result<Vec<Renewal>, DbError> {
    let municipality = tx.municipality().0;
    let rows = renewals_where!(
        r#"
               and r.case_id = $2 and r.norm_month < $3 and r.submitted_at is not null and r.state <> 'withdrawn'
             order by r.norm_month desc
             limit $4
        "#,
        municipality,
        case.0,
        month.first_day().to_sqlx() as _,
        limit
    );
    rows.fetch_all(tx.connection()).await?.into_iter().map(Renewal::try_from).collect()
}

/// Holds a renewal's row until the transaction ends, and notes its new stage.
pub async fn set_stage(tx: &mut TenantTx, id: RenewalId, stage: Stage) -> Result<(), DbError> {
    let municipality = tx.municipality().0;
    sqlx::query!(
        "update renewal set state = $3 where municipality_id = $1 and id = $2",
        municipality,
        id.0,
        stage.code(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Holds a renewal's row until the transaction ends, so that two acts on it take turns.
pub async fn lock(tx: &mut TenantTx, id: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality().0;
    sqlx::query!("select id from renewal where municipality_id = $1 and id = $2 for update", municipality, id.0)
        .fetch_optional(tx.connection())
        .await?;
    Ok(())
}

/// Holds a case's row until the transaction ends, so that its months are decided one after the other.
pub async fn lock_case(tx: &mut TenantTx, case: CaseId) -> Result<(), DbError> {
    let municipality = tx.municipality().0;
    sqlx::query!(
        "select id from assistance_case where municipality_id = $1 and id = $2 for no key update",
        municipality,
        case.0,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(())
}

/// The norm month that a column's first day stands for.
pub(super) fn month(first_day: Date) -> Result<NormMonth, DbError> {
    NormMonth::of(first_day).map_err(|_| DbError::Inconsistent { column: "renewal.norm_month" })
}
