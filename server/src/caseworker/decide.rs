//! A renewal is decided: judged, kept with the calculation that it rests on, and its payout planned, all at once.

use app::port::{FieldError, Phrase, Value};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Form;
use domain::Money;
use domain::account::PayoutMethod;
use domain::decision::{Decision, DecisionContent, DecisionError, Grant, Official, Outcome, Reason, provisions_for};
use domain::form::{Arg, PlainText};
use domain::id::{DecisionId, RenewalId};
use domain::norm::{Amounts, NormCalculation};
use domain::payout::{self, PayMonth, PayRule, PaySettings};
use domain::renewal::state::{Act, Refusal};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use super::read::{self, CaseworkerReader, Typed};
use crate::case::calculation::{self, Made, Reckoned};
use crate::case::decisions::{self, NewDecision};
use crate::case::renewal::{self, Renewal};
use crate::case::{payout_way, payouts, signers};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Caseworker;
use crate::municipality::Municipality;
use crate::signing::SigningError;

/// How many banking days the bank needs after a decision.
const LEAD_DAYS: u8 = 2;

/// The form, as typed. A field that is missing is empty.
#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
}

/// What a caseworker decides.
pub struct Verdict {
    /// Who decides.
    pub decider: Official,
    /// What.
    pub outcome: Outcome,
    /// The circumstances that decided.
    pub reasons: Vec<Reason>,
    /// What the caseworker adds.
    pub note: PlainText,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such renewal for this caseworker, or it is not one that can be decided.
    #[error("there is no renewal to decide")]
    NotFound,
    /// It has been decided: a second press, or a colleague.
    #[error("the renewal has been decided")]
    Decided,
    /// No outcome was chosen.
    #[error("no outcome was chosen")]
    OutcomeMissing,
    /// The decision may not be made so.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// What was signed cannot be read.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The municipality's day of payment is none, or the database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// `POST /staff/renewals/{id}/decide`
pub async fn handle(
    visit: Visit<Caseworker>,
    Path(id): Path<RenewalId>,
    Form(posted): Form<Posted>,
) -> Result<Response, Problem> {
    let page = format!("/staff/renewals/{id}/decide");
    let mut tx = visit.tx().await?;
    let error = match decide_as_posted(&mut tx, &visit, id, &posted).await {
        Ok(()) => {
            tx.commit().await?;
            return Ok(see_other(&page));
        }
        Err(Refused::Decided) => return Ok(see_other(&page)),
        Err(Refused::NotFound) => return Err(Problem::NotFound),
        Err(Refused::Signing(error)) => return Err(Problem::broken(error)),
        Err(Refused::Db(error)) => return Err(error.into()),
        Err(Refused::OutcomeMissing) => error_at("outcome", Phrase::new("decision-error-outcome-missing")),
        Err(Refused::Decision(error)) => error_at(field(error), phrase(error)),
    };
    drop(tx);
    // No draft keeps a decision: what was typed goes back in the answer itself.
    let typed = Typed { outcome: posted.outcome, reason: posted.reason, note: posted.note, errors: vec![error] };
    let shown = CaseworkerReader::new(&visit).read_decide(id, Some(typed)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.page(app::caseworker::decide::page(shown))).into_response())
}

async fn decide_as_posted(
    tx: &mut TenantTx,
    visit: &Visit<Caseworker>,
    id: RenewalId,
    posted: &Posted,
) -> Result<(), Refused> {
    let judge = |_: &Made| {
        Ok(Verdict {
            decider: Official {
                staff: visit.actor.staff(),
                name: PlainText::new(visit.actor.name()),
                title: PlainText::default(),
            },
            outcome: Outcome::from_code(&posted.outcome).ok_or(Refused::OutcomeMissing)?,
            reasons: Reason::from_code(&posted.reason).into_iter().collect(),
            note: PlainText::new(&posted.note),
        })
    };
    decide(tx, pay_rule(&visit.site.municipality)?, id, judge).await
}

/// Decides as the calculation is judged, keeps the calculation with the decision, and plans what follows from it.
pub async fn decide(
    tx: &mut TenantTx,
    pay_rule: PayRule,
    id: RenewalId,
    judge: impl FnOnce(&Made) -> Result<Verdict, Refused>,
) -> Result<(), Refused> {
    renewal::lock(tx, id).await?;
    let renewal = renewal::find(tx, id).await?.ok_or(Refused::NotFound)?;
    let next = match signers::progress(tx, id).await?.after(Act::Decide) {
        Ok(next) => next,
        Err(Refusal::Decided) => return Err(Refused::Decided),
        Err(_) => return Err(Refused::NotFound),
    };
    let reckoned = calculation::of_submitted(tx, &renewal).await?;
    // A decision rests on a calculation: without one there is nothing to say that the person could check.
    let made = reckoned.outcome.as_ref().map_err(|_| DecisionError::NoCalculation)?;
    let verdict = judge(made)?;
    let method = payout_way::of_case(tx, renewal.case).await?;
    let decision = Decision::new(content(signers::day(tx.at()), &renewal, made, verdict, method))?;
    keep(tx, pay_rule, &renewal, &reckoned, made, &decision).await?;
    renewal::set_stage(tx, id, next.stage).await?;
    Ok(())
}

async fn keep(
    tx: &mut TenantTx,
    pay_rule: PayRule,
    renewal: &Renewal,
    reckoned: &Reckoned,
    made: &Made,
    decision: &Decision,
) -> Result<(), Refused> {
    let calculation = calculation::insert(tx, renewal.id, made, decision.content().decider.staff).await?;
    let id = DecisionId(Uuid::now_v7());
    decisions::insert(tx, &NewDecision { id, renewal: renewal.id, decision, calculation }).await?;
    tx.audit(Action::Decided, Object::Decision(id.0)).await?;
    let payee = PlainText::new(&read::applicant(&reckoned.members));
    for planned in payout::plan(id, decision, pay_rule) {
        payouts::insert_planned(tx, renewal.case, id, &planned, &payee).await?;
    }
    Ok(())
}

fn content(date: Date, renewal: &Renewal, made: &Made, verdict: Verdict, method: PayoutMethod) -> DecisionContent {
    let Verdict { decider, outcome, reasons, note } = verdict;
    let payable = made.result.sums.payable;
    let need = if outcome == Outcome::PartlyGranted { applied_for(&made.result) } else { payable };
    let grants =
        if outcome.grants() && payable > Money::ZERO { vec![Grant { amount: payable, method }] } else { Vec::new() };
    DecisionContent {
        outcome,
        date,
        norm_month: renewal.month,
        decider,
        rapporteur: None,
        participants: Vec::new(),
        need: Some(need),
        grants,
        provisions: provisions_for(outcome, &reasons),
        reasons,
        note: (!note.is_empty()).then_some(note),
    }
}

/// What would be paid if every expense were approved as it was claimed: a part of that is granted when some were not.
fn applied_for(result: &NormCalculation) -> Money {
    let left_out: Money = result
        .lines
        .iter()
        .map(|line| match line.amounts {
            Amounts::Expense { claimed, approved, .. } => (claimed - approved).max(Money::ZERO),
            Amounts::Norm { .. } | Amounts::Income { .. } | Amounts::Means { .. } => Money::ZERO,
        })
        .sum();
    result.sums.payable + left_out
}

/// When the municipality pays: on its day of the month before, so that the money is there when the norm month begins.
pub fn pay_rule(municipality: &Municipality) -> Result<PayRule, DbError> {
    let day = i8::try_from(municipality.row.pay_day).unwrap_or_default();
    PayRule::new(PaySettings { day, month: PayMonth::Before, lead_days: LEAD_DAYS })
        .map_err(|_| DbError::Inconsistent { column: "municipality.pay_day" })
}

fn error_at(field: &str, message: Phrase) -> FieldError {
    FieldError { field: field.to_owned(), message }
}

/// The field that an error is mended in.
fn field(error: DecisionError) -> &'static str {
    match error {
        DecisionError::NoteMissing | DecisionError::NoteTooLong => "note",
        DecisionError::ReasonMissing | DecisionError::ReasonUnfit(_) | DecisionError::ReasonContradicted(_) => "reason",
        DecisionError::NegativeNeed
        | DecisionError::NoCalculation
        | DecisionError::NothingNeeded
        | DecisionError::NotTheNeed { .. }
        | DecisionError::NotAPart { .. }
        | DecisionError::GrantAmount
        | DecisionError::GrantWithoutGranting
        | DecisionError::TooManyGrants
        | DecisionError::ProvisionMissing
        | DecisionError::NameMissing
        | DecisionError::DeciderTwice => "outcome",
    }
}

fn phrase(error: DecisionError) -> Phrase {
    error.args().into_iter().fold(Phrase::new(error.key()), |phrase, (name, value)| {
        phrase.with(
            name,
            match value {
                Arg::Count(count) => Value::Number(i64::try_from(count).unwrap_or(i64::MAX)),
                Arg::Amount(amount) => Value::Money(amount),
                Arg::Day(day) => Value::Date(day),
            },
        )
    })
}
