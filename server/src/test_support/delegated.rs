//! What officials may decide.

use domain::Money;
use domain::decision::{AloneUpTo, Delegation, Outcome};
use domain::id::{CaseId, StaffId};
use domain::staff::StaffRole;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::{Towns, add_staff};
use crate::case::{decision_rule, delegations};
use crate::db::{Actor, TenantTx};
use crate::session::Owner;

/// To grant up to so many kronor, all or a part, and to reject and dismiss.
pub(crate) fn up_to(kronor: i64) -> Vec<Delegation> {
    let amount = |outcome: Outcome| if outcome.grants() { Money::from_kronor(kronor) } else { Money::ZERO };
    Outcome::ALL.iter().map(|outcome| Delegation { outcome: *outcome, up_to: amount(*outcome) }).collect()
}

/// Every outcome is delegated to an official, by an administrator: grants up to so many kronor. The transaction is the service's own.
pub(crate) async fn delegate(tx: &mut TenantTx, staff: StaffId, by: StaffId, kronor: i64) {
    delegate_only(tx, staff, by, &up_to(kronor)).await;
}

async fn delegate_only(tx: &mut TenantTx, staff: StaffId, by: StaffId, wanted: &[Delegation]) {
    tx.stand_for(Actor::Admin(by)).await.unwrap();
    delegations::delegate(tx, staff, by, wanted).await.unwrap();
    tx.stand_for(Actor::System).await.unwrap();
}

/// From now on one official decides alone up to these kronor: what is granted, and what lines set by hand change.
pub(crate) async fn decide_alone_up_to(tx: &mut TenantTx, by: StaffId, granted: i64, by_hand: i64) {
    tx.stand_for(Actor::Admin(by)).await.unwrap();
    let version = decision_rule::latest(tx).await.unwrap().map_or(0, |rule| rule.version);
    let alone = AloneUpTo { amount: Money::from_kronor(granted), by_hand: Money::from_kronor(by_hand) };
    assert!(decision_rule::set(tx, version, by, alone).await.unwrap());
    tx.stand_for(Actor::System).await.unwrap();
}

/// The transaction writes what this official does, and sees what it saw.
pub(crate) async fn act_as(tx: &mut TenantTx, staff: StaffId) {
    let act = "select set_config('fornya.staff', $1, true)";
    sqlx::query(act).bind(staff.0.to_string()).execute(tx.connection()).await.unwrap();
}

/// A case stays open to an official, who has said what for.
pub(crate) async fn open_to(tx: &mut TenantTx, case: CaseId, staff: StaffId) {
    act_as(tx, staff).await;
    sqlx::query(
        "insert into case_purpose (municipality_id, id, case_id, staff_id, purpose, stated_at, closes_at)
         values ($1, $2, $3, $4, 'review', $5, '2100-01-01')",
    )
    .bind(tx.municipality().0)
    .bind(Uuid::now_v7())
    .bind(case.0)
    .bind(staff.0)
    .bind(tx.at().to_sqlx())
    .execute(tx.connection())
    .await
    .unwrap();
}

impl Towns {
    /// A caseworker of the home town to whom everything is delegated, with their session. The case of its citizen is open to them.
    pub(crate) async fn colleague(&self, subject: &str) -> (StaffId, String) {
        let mut tx = self.tx(&self.home).await;
        let staff = add_staff(&mut tx, subject, StaffRole::Caseworker).await;
        delegate(&mut tx, staff, self.home.administrator, 1_000_000).await;
        open_to(&mut tx, self.home.case, staff).await;
        let session = self.log_in(&mut tx, Owner::Staff(staff)).await;
        tx.commit().await.unwrap();
        (staff, session)
    }

    /// From now on this is delegated to a caseworker of the home town, and nothing else.
    pub(crate) async fn delegate_only(&self, staff: StaffId, wanted: &[Delegation]) {
        let mut tx = self.tx(&self.home).await;
        delegate_only(&mut tx, staff, self.home.administrator, wanted).await;
        tx.commit().await.unwrap();
    }

    /// In the home town one decides alone up to these kronor.
    pub(crate) async fn alone_up_to(&self, granted: i64, by_hand: i64) {
        let mut tx = self.tx(&self.home).await;
        decide_alone_up_to(&mut tx, self.home.administrator, granted, by_hand).await;
        tx.commit().await.unwrap();
    }
}
