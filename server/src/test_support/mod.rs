//! What tests write into a database and ask of the service.
//!
//! [`Towns`] is a service over a test's own database with two towns, in whose registers the `add_…` functions write one thing each.
//! [`Towns::get`] and [`Towns::post`] ask as a browser does.

pub(crate) mod authorities;
mod connected;
mod delegated;
mod drafts;
pub(crate) mod eid;
mod log;
mod other_adult;
mod parked;
mod picture;
mod register;
mod reported;
mod requests;
mod settings;
mod signed;
pub(crate) mod sockets;
mod statements;
mod towns;

use domain::NormMonth;
use domain::id::RenewalId;
use jiff::civil::{Date, date};

use crate::case::calculation::Review;
use crate::case::{answers, renewal, signed as documents, signers};
use crate::db::TenantTx;

pub(crate) use connected::Connected;
pub(crate) use delegated::{act_as, decide_alone_up_to, delegate, open_to, up_to};
pub(crate) use log::Log;
pub(crate) use other_adult::{GROUND, sum_rule};
pub(crate) use parked::parked_job;
pub(crate) use picture::{add_proof, add_waiting_proof, picture};
pub(crate) use register::{
    ADULT, CHILD, MIRA, PARTNER, add_case, add_member, add_person, add_single, add_staff, as_owner, municipality,
    person_called, rename,
};
pub(crate) use reported::{add_answer, add_source, answer_awaited, reported};
pub(crate) use requests::{Answered, hidden};
pub(crate) use signed::{Statement, add_signed};
pub(crate) use statements::Statements;
pub(crate) use towns::{Rest, Town, Towns};

/// A month by its text, such as `2026-12`.
pub(crate) fn month(text: &str) -> NormMonth {
    text.parse().unwrap()
}

/// Noon of a day in Stockholm.
pub(crate) fn noon(day: Date) -> jiff::Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/Stockholm").unwrap().timestamp()
}

/// A day of the test's year.
pub(crate) fn day(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// A submitted renewal with its calculation.
pub(crate) async fn review(tx: &mut TenantTx, id: RenewalId) -> Review {
    let renewal = renewal::find(tx, id).await.unwrap().unwrap();
    let asked = answers::newest(tx, id).await.unwrap();
    let signed = documents::facts(tx, id).await.unwrap().unwrap();
    Review::read(tx, &renewal, asked, &[], signed).await.unwrap()
}

/// The stage that a renewal has come to, by code.
pub(crate) async fn stage_of(tx: &mut TenantTx, renewal: RenewalId) -> &'static str {
    signers::progress_of(tx, renewal).await.unwrap().stage.code()
}

/// How many times an act stands in the audit trail.
pub(crate) async fn audited(tx: &mut TenantTx, action: &str) -> i64 {
    sqlx::query_scalar("select count(*) from audit_entry where action = $1")
        .bind(action)
        .fetch_one(tx.connection())
        .await
        .unwrap()
}
