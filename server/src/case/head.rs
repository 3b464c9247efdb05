//! A case in a few words: its number and who answers for it; and where its money goes.

use app::model::CaseNumber;
use domain::account::{Account, PayoutMethod};
use domain::id::{CaseId, StaffId};
use domain::renewal::state::SignerRole;
use jiff::Timestamp;
use jiff_sqlx::Timestamp as SqlTimestamp;

use crate::db::{Column, DbError, TenantTx, query, query_scalar};

/// What pages say of a case.
#[derive(Clone)]
pub(crate) struct CaseHead {
    pub number: CaseNumber,
    /// The responsible caseworker and their name.
    pub responsible: Option<(StaffId, String)>,
    /// Whether a co-applicant is in it.
    pub is_shared: bool,
    /// When one of its two adults last said that they have moved apart.
    pub apart_since: Option<Timestamp>,
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
        select c.number, c.responsible_id, s.name as "name?",
               exists (select from household_member m
                        where (m.municipality_id, m.case_id) = (c.municipality_id, c.id) and m.signs_as = $3) as "is_shared!",
               (select max(a.said_at) from separation a
                 where (a.municipality_id, a.case_id) = (c.municipality_id, c.id) and a.undone_at is null) as apart_since
          from assistance_case c
          left join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
         where c.municipality_id = $1 and c.id = $2
        "#,
        municipality,
        case,
        SignerRole::CoApplicant,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(CaseHead {
        number: CaseNumber(row.number),
        responsible: row.responsible_id.map(StaffId).zip(row.name),
        is_shared: row.is_shared,
        apart_since: row.apart_since.map(SqlTimestamp::to_jiff),
    })
}

/// The number of a case that the citizen may know of, also of one that they have left.
pub(crate) async fn number(tx: &mut TenantTx, case: CaseId) -> Result<CaseNumber, DbError> {
    let number = query_scalar!("select number_of_case($1)", case).fetch_one(tx.connection()).await?;
    number.map(CaseNumber).ok_or(DbError::Inconsistent { column: "assistance_case.number" })
}

/// Gives a case that nobody answers for to a caseworker; tells whether it was free.
pub(crate) async fn take(tx: &mut TenantTx, case: CaseId, by: StaffId) -> Result<bool, DbError> {
    let municipality = tx.municipality();
    let taken = query!(
        r#"
        update assistance_case
           set responsible_id = $3
         where municipality_id = $1 and id = $2 and responsible_id is null and may_answer_for($3, $2)
        "#,
        municipality,
        case,
        by,
    )
    .execute(tx.connection())
    .await?;
    Ok(taken.rows_affected() > 0)
}

/// Gives a case to a caseworker of the municipality who is there; tells whether there is one.
pub(crate) async fn assign(tx: &mut TenantTx, case: CaseId, to: StaffId) -> Result<bool, DbError> {
    let municipality = tx.municipality();
    let given = query!(
        r#"
        update assistance_case c
           set responsible_id = f.id
          from staff f
         where c.municipality_id = $1 and c.id = $2 and f.municipality_id = $1 and f.id = $3 and may_answer_for(f.id, c.id)
        "#,
        municipality,
        case,
        to,
    )
    .execute(tx.connection())
    .await?;
    Ok(given.rows_affected() > 0)
}

/// Nobody answers for the cases that this caseworker answered for. Gives them.
pub(crate) async fn leave_all(tx: &mut TenantTx, responsible: StaffId) -> Result<Vec<CaseId>, DbError> {
    let municipality = tx.municipality();
    let cases = query_scalar!(
        r#"
        update assistance_case
           set responsible_id = null
         where municipality_id = $1 and responsible_id = $2
        returning id
        "#,
        municipality,
        responsible,
    )
    .fetch_all(tx.connection())
    .await?;
    Ok(cases.into_iter().map(CaseId).collect())
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
