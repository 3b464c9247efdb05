//! Payouts: what decisions have led to, and how it stands with each.

use app::model::{Payee, Payout, Phrase};
use domain::Money;
use domain::account::PayoutMethod;
use domain::form::PlainText;
use domain::id::{CaseId, DecisionId, PayoutId};
use domain::payout::{PayoutState, PlannedPayout};
use jiff_sqlx::Date as SqlDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::renewal::month;
use crate::db::{Action, Column, DbError, Object, TenantTx, query, query_as};

/// Who is paid and how, as the column `payout.payee` has it: what was true when it was planned.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaidTo {
    /// The payee's full name.
    pub name: PlainText,
    pub method: PayoutMethod,
}

/// The columns of a payout.
struct Row {
    id: Uuid,
    decision_id: Uuid,
    norm_month: SqlDate,
    state: String,
    amount_ore: i64,
    pay_date: SqlDate,
    payee_sealed: Vec<u8>,
    has_calculation: bool,
}

impl Row {
    fn open(self, tx: &TenantTx) -> Result<Payout, DbError> {
        let paid_to: PaidTo = tx.vault().open_json(Column::PayoutPayee, PayoutId(self.id), &self.payee_sealed)?;
        let name = paid_to.name.as_str().to_owned();
        Ok(Payout {
            benefit: Phrase::new("benefit-economic-assistance"),
            month: month(self.norm_month.to_jiff())?,
            state: PayoutState::from_code(&self.state).ok_or(DbError::Inconsistent { column: "payout.state" })?,
            amount: Money::from_ore(self.amount_ore),
            pay_date: self.pay_date.to_jiff(),
            method: method(&paid_to.method),
            payee: match paid_to.method {
                PayoutMethod::ThirdParty { .. } => Payee::ThirdParty(name),
                PayoutMethod::Account { .. } | PayoutMethod::PaymentSlip => Payee::Household(name),
            },
            decision: DecisionId(self.decision_id),
            has_calculation: self.has_calculation,
        })
    }
}

/// How a payout reaches its payee, as pages name it: of an account number, only its end.
pub(crate) fn method(method: &PayoutMethod) -> app::model::ShownPayoutMethod {
    match method {
        PayoutMethod::Account { account } => app::model::ShownPayoutMethod::Account {
            bank: account.bank().unwrap_or_default().to_owned(),
            ending: ending(account.number()).to_owned(),
        },
        PayoutMethod::PaymentSlip | PayoutMethod::ThirdParty { .. } => app::model::ShownPayoutMethod::PaymentSlip,
    }
}

/// The last three digits; the rest of an account number is never shown.
fn ending(number: &str) -> &str {
    number.get(number.len().saturating_sub(3)..).unwrap_or_default()
}

/// Selects payouts, with the condition and order that are left to say.
macro_rules! payouts_where {
    ($condition:literal, $($value:expr),*) => {
        query_as!(
            Row,
            r#"
            select p.id, p.decision_id, r.norm_month, p.state, p.amount_ore,
                   p.pay_date, p.payee_sealed, d.calculation_id is not null as "has_calculation!"
              from payout p
              join decision d on (d.municipality_id, d.id) = (p.municipality_id, p.decision_id)
              join renewal r on (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
             where p.municipality_id = $1
            "# + $condition,
            $($value),*
        )
    };
}

/// Every payout by a decision on a renewal that the citizen was to sign, the latest day first.
pub(crate) async fn own(tx: &mut TenantTx) -> Result<Vec<Payout>, DbError> {
    let municipality = tx.municipality();
    let rows =
        payouts_where!("and r.id = any ((select own_renewals())::uuid[]) order by p.pay_date desc, p.id", municipality);
    rows.fetch_all(tx.connection()).await?.into_iter().map(|row| row.open(tx)).collect()
}

/// The same: what is planned, what a decision led to, and so many of the others.
pub(crate) async fn recent(
    tx: &mut TenantTx,
    decision: Option<DecisionId>,
    others: i64,
) -> Result<Vec<Payout>, DbError> {
    let municipality = tx.municipality();
    let rows = payouts_where!(
        "and r.id = any ((select own_renewals())::uuid[])
         and (p.state = 'planned' or p.decision_id = $2
              or p.id in (select o.id
                            from decision b
                            join payout o on (o.municipality_id, o.decision_id) = (b.municipality_id, b.id)
                           where b.municipality_id = $1 and b.renewal_id = any ((select own_renewals())::uuid[]) and o.state <> 'planned'
                           order by o.pay_date desc, o.id
                           limit $3))
         order by p.pay_date desc, p.id",
        municipality,
        decision,
        others
    );
    rows.fetch_all(tx.connection()).await?.into_iter().map(|row| row.open(tx)).collect()
}

/// Planned, the nearest first; and the others, the newest first.
pub(crate) fn split(payouts: Vec<Payout>) -> (Vec<Payout>, Vec<Payout>) {
    let (mut planned, past): (Vec<_>, Vec<_>) =
        payouts.into_iter().partition(|payout| payout.state == PayoutState::Planned);
    planned.reverse();
    (planned, past)
}

/// The payouts that a decision led to.
pub(crate) async fn of_decision(tx: &mut TenantTx, decision: DecisionId) -> Result<Vec<Payout>, DbError> {
    let municipality = tx.municipality();
    let rows = payouts_where!("and p.decision_id = $2 order by p.pay_date, p.id", municipality, decision);
    rows.fetch_all(tx.connection()).await?.into_iter().map(|row| row.open(tx)).collect()
}

/// Plans a payout. Planned again it is the same one: its identity comes from the decision and the line.
pub(crate) async fn insert_planned(
    tx: &mut TenantTx,
    case: CaseId,
    decision: DecisionId,
    planned: &PlannedPayout,
    payee: &PlainText,
) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let paid_to = PaidTo { name: payee.clone(), method: planned.method.clone() };
    let sealed = tx.vault().seal_json(Column::PayoutPayee, planned.id, &paid_to)?;
    let method = planned.method.code();
    query!(
        r#"
        insert into payout (municipality_id, id, decision_id, case_id, state, amount_ore, pay_date, method, payee_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        municipality,
        planned.id,
        decision,
        case,
        PayoutState::Planned,
        planned.amount,
        planned.pay_date,
        method,
        sealed,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::PlannedPayout, Object::Payout(planned.id)).await
}
