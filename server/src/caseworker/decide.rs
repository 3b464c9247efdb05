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

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
enum Refused {
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
    let error = match decide(&mut tx, &visit, id, &posted).await {
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

async fn decide(tx: &mut TenantTx, visit: &Visit<Caseworker>, id: RenewalId, posted: &Posted) -> Result<(), Refused> {
    renewal::lock(tx, id).await?;
    let renewal = renewal::find(tx, id).await?.ok_or(Refused::NotFound)?;
    let next = match signers::progress(tx, id).await?.after(Act::Decide) {
        Ok(next) => next,
        Err(Refusal::Decided) => return Err(Refused::Decided),
        Err(_) => return Err(Refused::NotFound),
    };
    let outcome = Outcome::from_code(&posted.outcome).ok_or(Refused::OutcomeMissing)?;
    let reckoned = calculation::of_submitted(tx, &renewal).await?;
    // A decision rests on a calculation: without one there is nothing to say that the person could check.
    let made = reckoned.outcome.as_ref().map_err(|_| DecisionError::NoCalculation)?;
    let method = payout_way::of_case(tx, renewal.case).await?;
    let content = content(tx, &visit.actor, &renewal, made, outcome, posted, method);
    let decision = Decision::new(content)?;
    keep(tx, visit, &renewal, &reckoned, made, &decision).await?;
    renewal::set_stage(tx, id, next.stage).await?;
    Ok(())
}

async fn keep(
    tx: &mut TenantTx,
    visit: &Visit<Caseworker>,
    renewal: &Renewal,
    reckoned: &Reckoned,
    made: &Made,
    decision: &Decision,
) -> Result<(), Refused> {
    let calculation = calculation::insert(tx, renewal.id, made, visit.actor.staff()).await?;
    let id = DecisionId(Uuid::now_v7());
    decisions::insert(tx, &NewDecision { id, renewal: renewal.id, decision, calculation }).await?;
    tx.audit(Action::Decided, Object::Decision(id.0)).await?;
    let payee = PlainText::new(&read::applicant(&reckoned.members));
    for planned in payout::plan(id, decision, pay_rule(&visit.site.municipality)?) {
        payouts::insert_planned(tx, renewal.case, id, &planned, &payee).await?;
    }
    Ok(())
}

fn content(
    tx: &TenantTx,
    caseworker: &Caseworker,
    renewal: &Renewal,
    made: &Made,
    outcome: Outcome,
    posted: &Posted,
    method: PayoutMethod,
) -> DecisionContent {
    let payable = made.result.sums.payable;
    let need = if outcome == Outcome::PartlyGranted { applied_for(&made.result) } else { payable };
    let reasons: Vec<_> = Reason::from_code(&posted.reason).into_iter().collect();
    let note = PlainText::new(&posted.note);
    let grants =
        if outcome.grants() && payable > Money::ZERO { vec![Grant { amount: payable, method }] } else { Vec::new() };
    DecisionContent {
        outcome,
        date: signers::day(tx.at()),
        norm_month: renewal.month,
        decider: Official {
            staff: caseworker.staff(),
            name: PlainText::new(caseworker.name()),
            title: PlainText::default(),
        },
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
pub(super) fn pay_rule(municipality: &Municipality) -> Result<PayRule, DbError> {
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

#[cfg(test)]
mod tests {
    use domain::kind::{ExpenseKind, IncomeKind};
    use sqlx::PgPool;

    use super::*;
    use crate::db::TenantTx;
    use crate::test_support::{Answered, Stage, Statement, add_signed, audited, day, month, stage_of};

    /// Rent within the guideline and a wage that does not suffice.
    fn ordinary() -> Statement {
        Statement {
            incomes: vec![(IncomeKind::Wage, 3_000, day(11, 20))],
            expenses: vec![(ExpenseKind::Rent, 6_000, day(12, 1))],
            ..Statement::default()
        }
    }

    async fn signed(stage: &Stage, norm_month: &str, statement: &Statement) -> RenewalId {
        let mut tx = stage.tx(&stage.home).await;
        let renewal =
            add_signed(stage.service(), &mut tx, stage.home.case, month(norm_month), day(11, 18), statement).await;
        tx.commit().await.unwrap();
        renewal
    }

    async fn press(stage: &Stage, renewal: RenewalId, outcome: &str, reason: &str, note: &str) -> Answered {
        let path = format!("/staff/renewals/{renewal}/decide");
        let fields = [("outcome", outcome), ("reason", reason), ("note", note)];
        stage.post(&stage.home.host, &stage.home.caseworker, &path, &fields).await
    }

    async fn count(tx: &mut TenantTx, table: &str) -> i64 {
        let sql = format!("select count(*) from {table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(tx.connection()).await.unwrap()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_grant_is_kept_with_its_calculation_and_its_payout(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let renewal = signed(&stage, "2026-12", &ordinary()).await;
        let answer = press(&stage, renewal, "granted", "need-by-norm", "Välkommen att höra av dig.").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location.unwrap(), format!("/staff/renewals/{renewal}/decide"));

        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "decided");
        let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
        let calculation = calculation::find(&mut tx, decided.calculation).await.unwrap().unwrap();
        let payable = calculation.result.sums.payable;
        assert!(payable > Money::ZERO);
        assert_eq!((decided.outcome, decided.granted), (Outcome::Granted, payable));
        assert_eq!(decided.grounds.reasons, [Reason::NeedByNorm]);
        assert_eq!(decided.grounds.provisions, provisions_for(Outcome::Granted, &[Reason::NeedByNorm]));
        assert_eq!(decided.note.as_deref(), Some("Välkommen att höra av dig."));
        assert_eq!(decided.decided_by, stage.home.staff);
        let payouts = payouts::of_case(&mut tx, stage.home.case).await.unwrap();
        assert_eq!(payouts.len(), 1);
        assert_eq!(payouts[0].id, payout::payout_id(decided.id, 1));
        assert_eq!((payouts[0].amount, payouts[0].pay_date), (payable, day(11, 27)));
        assert!(payouts[0].state == app::port::PayoutState::Planned);
        assert!(payouts[0].payee == app::port::Payee::Household("Petra Nilsson".to_owned()));
        assert_eq!(audited(&mut tx, "decided").await, 1);
        assert_eq!(audited(&mut tx, "planned-payout").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_second_press_finds_the_first_decision(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let renewal = signed(&stage, "2026-12", &ordinary()).await;
        let (one, other) = tokio::join!(
            press(&stage, renewal, "granted", "need-by-norm", ""),
            press(&stage, renewal, "granted", "need-by-norm", "")
        );
        let late = press(&stage, renewal, "rejected", "need-not-shown", "").await;
        for answer in [one, other, late] {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        let mut tx = stage.tx(&stage.home).await;
        let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
        assert_eq!(decided.outcome, Outcome::Granted);
        for table in ["decision", "calculation", "payout"] {
            assert_eq!(count(&mut tx, table).await, 1, "{table}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_cannot_be_decided_is_shown_again_as_typed(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let renewal = signed(&stage, "2026-12", &ordinary()).await;
        let long = "a".repeat(domain::decision::NOTE_MAX + 1);
        for (outcome, reason, note, error) in [
            ("", "need-by-norm", "Skrivet 1", "Välj vad du beslutar."),
            ("gift", "need-by-norm", "Skrivet 2", "Välj vad du beslutar."),
            ("rejected", "", "Skrivet 3", "Välj minst ett skäl."),
            ("rejected", "need-by-norm", "Skrivet 4", "Skälet hör inte ihop med utfallet."),
            ("rejected", "income-covers-need", "Skrivet 5", "Beräkningen visar inte att inkomsterna räcker."),
            ("partly-granted", "expense-too-high", "Skrivet 6", "Vid delvis bifall ska beloppet vara mer än 0"),
            ("granted", "other", "", "Skriv skälet med egna ord."),
            ("granted", "need-by-norm", long.as_str(), "Korta texten till högst"),
        ] {
            let answer = press(&stage, renewal, outcome, reason, note).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{outcome} {reason}");
            assert!(answer.body.contains(error), "{outcome} {reason}: {error}");
            assert!(answer.body.contains(note), "{outcome} {reason}: the note");
            let chosen = outcome.is_empty()
                || outcome == "gift"
                || answer.body.contains(&format!("value=\"{outcome}\" checked"));
            assert!(chosen, "{outcome} stays chosen");
        }
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
        for table in ["decision", "calculation", "payout"] {
            assert_eq!(count(&mut tx, table).await, 0, "{table}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_part_is_granted_when_an_expense_is_above_the_guideline(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let statement = Statement { expenses: vec![(ExpenseKind::Rent, 9_500, day(12, 1))], ..Statement::default() };
        let renewal = signed(&stage, "2026-12", &statement).await;
        let answer = press(&stage, renewal, "partly-granted", "expense-too-high", "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let mut tx = stage.tx(&stage.home).await;
        let decided = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
        let calculation = calculation::find(&mut tx, decided.calculation).await.unwrap().unwrap();
        assert_eq!(decided.granted, calculation.result.sums.payable);
        assert!(decided.brief().appeal_until.is_none(), "the time to appeal runs from when it was read");
        decisions::mark_read(&mut tx, decided.id).await.unwrap();
        let read = decisions::of_renewal(&mut tx, renewal).await.unwrap().unwrap();
        assert_eq!(read.brief().appeal_until, Some(day(12, 15)));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_rejection_plans_no_payout(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let statement = Statement { incomes: vec![(IncomeKind::Wage, 40_000, day(11, 20))], ..Statement::default() };
        let renewal = signed(&stage, "2026-12", &statement).await;
        assert_eq!(
            press(&stage, renewal, "granted", "need-by-norm", "").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(press(&stage, renewal, "rejected", "income-covers-need", "").await.status, StatusCode::SEE_OTHER);
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(count(&mut tx, "decision").await, 1);
        assert_eq!(count(&mut tx, "payout").await, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_month_without_rules_is_not_decided(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let renewal = signed(&stage, "2031-12", &ordinary()).await;
        let answer = press(&stage, renewal, "granted", "need-by-norm", "Kvar").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("Gör en beräkning för månaden") && answer.body.contains("Kvar"));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_municipalitys_caseworker_finds_nothing_to_decide(pool: PgPool) {
        let stage = Stage::new(pool).await;
        let renewal = signed(&stage, "2026-12", &ordinary()).await;
        let path = format!("/staff/renewals/{renewal}/decide");
        let fields = [("outcome", "granted"), ("reason", "need-by-norm")];
        let away = stage.post(&stage.away.host, &stage.away.caseworker, &path, &fields).await;
        assert_eq!(away.status, StatusCode::NOT_FOUND);
        let elsewhere = stage.post(&stage.home.host, &stage.away.caseworker, &path, &fields).await;
        assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
        let citizen = stage.post(&stage.home.host, &stage.home.citizen, &path, &fields).await;
        assert_eq!(citizen.status, StatusCode::UNAUTHORIZED);
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    }
}
