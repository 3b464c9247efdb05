//! A case in a few words: its number and who answers for it; and where its money goes.

use app::model::CaseNumber;
use domain::account::{Account, PayoutMethod};
use domain::id::{CaseId, StaffId};

use crate::db::{Column, DbError, TenantTx, query, query_scalar};

/// What pages say of a case.
#[derive(Clone)]
pub(crate) struct CaseHead {
    pub number: CaseNumber,
    /// The responsible caseworker and their name.
    pub responsible: Option<(StaffId, String)>,
}

impl CaseHead {
    /// The responsible caseworker's name.
    pub(crate) fn caseworker(&self) -> Option<String> {
        self.responsible.as_ref().map(|(_, name)| name.clone())
    }
}

/// The head of a case.
pub(crate) async fn of_case(tx: &mut TenantTx, case: CaseId) -> Result<CaseHead, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select c.number, c.responsible_id, s.name as "name?"
          from assistance_case c
          left join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
         where c.municipality_id = $1 and c.id = $2
        "#,
        municipality,
        case,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(CaseHead { number: CaseNumber(row.number), responsible: row.responsible_id.map(StaffId).zip(row.name) })
}

/// How grants are paid in a case: to the registered account, or by payment slip to the registered address.
pub(crate) async fn payout(tx: &mut TenantTx, case: CaseId) -> Result<PayoutMethod, DbError> {
    let municipality = tx.municipality();
    let account = query_scalar!(
        "select account_sealed from assistance_case where municipality_id = $1 and id = $2",
        municipality,
        case,
    )
    .fetch_one(tx.connection())
    .await?;
    payout_method(tx, case, account.as_deref())
}

/// How a case is paid, by its sealed account.
pub(super) fn payout_method(tx: &TenantTx, case: CaseId, account: Option<&[u8]>) -> Result<PayoutMethod, DbError> {
    let Some(sealed) = account else { return Ok(PayoutMethod::PaymentSlip) };
    let account: Account = tx.vault().open_json(Column::CaseAccount, case, sealed)?;
    Ok(PayoutMethod::Account { account })
}
