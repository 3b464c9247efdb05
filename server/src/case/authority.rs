//! Who may decide what: what is delegated to an official, up to where one decides alone, and whom they know.

use domain::Money;
use domain::decision::{AloneUpTo, Authority, Delegation, Mandate, Outcome};
use domain::id::{CaseId, StaffId};

use crate::db::{DbError, TenantTx, query};

/// One official before one case.
pub(crate) async fn of(tx: &mut TenantTx, staff: StaffId, case: CaseId) -> Result<Authority, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select g.outcomes as "outcomes!", g.up_to as "up_to!", u.amount_ore as "amount_ore?", u.by_hand_ore as "by_hand_ore?",
               is_acquainted($2, $3) as "is_acquainted!"
          from (select coalesce(array_agg(outcome), '{}') as outcomes, coalesce(array_agg(up_to_ore), '{}') as up_to
                  from delegation
                 where municipality_id = $1 and staff_id = $2 and ended_at is null) g
          left join lateral (
                    select amount_ore, by_hand_ore
                      from decision_rule
                     where municipality_id = $1
                     order by version desc
                     limit 1) u on true
        "#,
        municipality,
        staff,
        case,
    )
    .fetch_one(tx.connection())
    .await?;
    let delegation = |(outcome, up_to): (&String, i64)| {
        let outcome = Outcome::from_code(outcome).ok_or(DbError::Inconsistent { column: "delegation.outcome" })?;
        Ok(Delegation { outcome, up_to: Money::from_ore(up_to) })
    };
    let delegations: Result<Vec<_>, DbError> = row.outcomes.iter().zip(row.up_to).map(delegation).collect();
    let limit = |ore: Option<i64>| Money::from_ore(ore.unwrap_or_default());
    Ok(Authority {
        mandate: Mandate::new(delegations?),
        alone: AloneUpTo { amount: limit(row.amount_ore), by_hand: limit(row.by_hand_ore) },
        is_acquainted: row.is_acquainted,
    })
}
