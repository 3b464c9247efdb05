//! `GET /payouts`: every payout, planned and past.

use app::citizen::model::Payouts;
use app::citizen::payouts;

use crate::case::payouts as stored;
use crate::db::{Action, Object};
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Planned, and what was made, stopped or cancelled.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let case = visit.actor.case();
    let (planned, past) = stored::split(stored::of_case(&mut visit.tx, case).await?);
    visit.tx.audit(Action::SawPayouts, Object::Case(case)).await?;
    visit.page(payouts::page(Payouts { planned, past })).await
}
