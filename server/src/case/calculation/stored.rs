use domain::NormMonth;
use domain::decision::Outcome;
use domain::id::{CalculationId, CaseId, RenewalId, StaffId};
use domain::norm::{ApprovedExpense, NormCalculation};
use uuid::Uuid;

use super::Made;
use crate::db::{Column, DbError, TenantTx, query};

/// The latest decision on a month before this one that rests on a calculation.
pub(crate) struct Before {
    pub outcome: Outcome,
    pub result: NormCalculation,
}

impl Before {
    /// The expenses that it met: by a grant, or by incomes that sufficed. A rejection for another reason met none.
    pub(crate) fn approved_expenses(&self) -> Vec<ApprovedExpense> {
        let met = self.outcome.grants() || self.result.sums.payable.is_zero();
        if met { self.result.approved_expenses().collect() } else { Vec::new() }
    }
}

/// What the latest decision before a month leaves to it.
pub(crate) async fn before(tx: &mut TenantTx, case: CaseId, month: NormMonth) -> Result<Option<Before>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select c.id, c.result_sealed, d.outcome
          from decision d
          join calculation c on (c.municipality_id, c.id) = (d.municipality_id, d.calculation_id)
          join renewal r on (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
         where d.municipality_id = $1 and r.case_id = $2 and r.norm_month < $3
         order by r.norm_month desc
         limit 1
        "#,
        municipality,
        case,
        month,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let outcome = Outcome::from_code(&row.outcome).ok_or(DbError::Inconsistent { column: "decision.outcome" })?;
    let result = open(tx, CalculationId(row.id), &row.result_sealed)?;
    Ok(Some(Before { outcome, result }))
}

/// A calculation by its identifier.
pub(crate) async fn find(tx: &mut TenantTx, id: CalculationId) -> Result<Option<NormCalculation>, DbError> {
    let municipality = tx.municipality();
    let row =
        query!("select id, result_sealed from calculation where municipality_id = $1 and id = $2", municipality, id,)
            .fetch_optional(tx.connection())
            .await?;
    row.map(|row| open(tx, CalculationId(row.id), &row.result_sealed)).transpose()
}

fn open(tx: &TenantTx, id: CalculationId, sealed: &[u8]) -> Result<NormCalculation, DbError> {
    Ok(tx.vault().open_json(Column::CalculationResult, id, sealed)?)
}

/// Keeps a calculation with all that went in, so that it can be shown and computed again years later.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    renewal: RenewalId,
    made: &Made,
    by: StaffId,
) -> Result<CalculationId, DbError> {
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let id = CalculationId(Uuid::now_v7());
    let input = vault.seal_json(Column::CalculationInput, id, &made.input)?;
    let result = vault.seal_json(Column::CalculationResult, id, &made.result)?;
    query!(
        r#"
        insert into calculation (municipality_id, id, renewal_id, input_sealed, result_sealed, made_at, made_by)
        values ($1, $2, $3, $4, $5, $6, $7)
        "#,
        municipality,
        id,
        renewal,
        input,
        result,
        at,
        by,
    )
    .execute(tx.connection())
    .await?;
    Ok(id)
}
