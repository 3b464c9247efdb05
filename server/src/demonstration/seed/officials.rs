//! What the officials of a municipality may decide, and up to where one decides alone.

use std::collections::HashMap;

use domain::Money;
use domain::decision::{AloneUpTo, Delegation, Outcome};
use domain::id::StaffId;
use domain::staff::StaffRole;

use super::SeedError;
use super::register::subject;
use crate::case::{decision_rule, delegations};
use crate::db::{Actor, TenantTx, query};
use demo::people::{DemoMunicipality, People};

/// Says it as the municipality's administrator, unless something has been said.
pub(super) async fn fill(tx: &mut TenantTx, people: &People, municipality: &DemoMunicipality) -> Result<(), SeedError> {
    if decision_rule::latest(tx).await?.is_some() {
        return Ok(());
    }
    let ids = by_subject(tx).await?;
    let of = |role| people.staff.iter().filter(move |one| one.municipality == municipality.key && one.role == role);
    let id = |one| ids.get(&subject(one, municipality)).copied();
    let Some(administrator) = of(StaffRole::Admin).find_map(id) else { return Ok(()) };
    tx.stand_for(Actor::Admin(administrator)).await?;
    for staff in of(StaffRole::Caseworker) {
        if let (Some(id), Some(limit)) = (id(staff), staff.grants_up_to) {
            let up_to = |outcome: Outcome| if outcome.grants() { limit } else { Money::ZERO };
            let all: Vec<_> = Outcome::ALL.iter().map(|one| Delegation { outcome: *one, up_to: up_to(*one) }).collect();
            delegations::delegate(tx, id, administrator, &all).await?;
        }
    }
    let alone = AloneUpTo { amount: municipality.alone_up_to, by_hand: municipality.alone_by_hand_up_to };
    decision_rule::set(tx, 0, administrator, alone).await?;
    Ok(tx.stand_for(Actor::System).await?)
}

async fn by_subject(tx: &mut TenantTx) -> Result<HashMap<String, StaffId>, SeedError> {
    let municipality = tx.municipality();
    let rows = query!("select subject, id from staff where municipality_id = $1", municipality)
        .fetch_all(tx.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.subject, StaffId(row.id))).collect())
}
