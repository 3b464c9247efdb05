//! `GET /decisions/{id}/calculation`: the calculation that a decision rests on.

use app::citizen::calculation;
use app::citizen::model::DecisionCalculation;
use axum::extract::Path;
use domain::id::DecisionId;

use crate::case::calculation::{self as stored, Names};
use crate::case::{answers, decisions, household};
use crate::db::{Action, Object};
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::Citizen;

/// Every line, as it was when the decision was made.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path(id): Path<DecisionId>) -> Reply {
    let (tx, case) = (&mut visit.tx, visit.actor.case());
    let decided = decisions::in_case(tx, case, id, visit.actor.person()).await?.ok_or(Problem::NotFound)?;
    let made = decided.calculation.ok_or(Problem::NotFound)?;
    let calculated = stored::find(tx, made).await?.ok_or(Problem::NotFound)?;
    let members = household::members(tx, case).await?;
    let asked = answers::newest(tx, decided.renewal).await?;
    tx.audit(Action::SawCalculation, Object::Decision(id)).await?;
    let page = DecisionCalculation {
        decision: id,
        outcome: decided.outcome,
        calculation: Names::of(&members, &asked).calculation(&calculated),
    };
    visit.page(calculation::page(page)).await
}
