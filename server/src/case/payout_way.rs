//! Where the money of a case goes.

use domain::account::{Account, PayoutMethod};
use domain::id::CaseId;

use crate::db::{Column, DbError, TenantTx};

/// The registered way: an account, or a payment slip to the registered address.
pub async fn of_case(tx: &mut TenantTx, case: CaseId) -> Result<PayoutMethod, DbError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        "select account_sealed from assistance_case where municipality_id = $1 and id = $2",
        municipality,
        case.0,
    )
    .fetch_one(tx.connection())
    .await?;
    let Some(sealed) = row.account_sealed else { return Ok(PayoutMethod::PaymentSlip) };
    let account: Account = tx.vault().open_json(Column::CaseAccount, case.0, &sealed)?;
    Ok(PayoutMethod::Account { account })
}
