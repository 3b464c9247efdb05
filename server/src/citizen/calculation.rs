//! `GET /decisions/{id}/calculation`: the calculation that a decision rests on.

use app::citizen::calculation;
use app::citizen::model::DecisionCalculation;
use domain::id::DecisionId;

use crate::case::calculation::{self as stored, Names};
use crate::case::{answers, decisions, household, signed};
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Reader;

/// Every line, as it was when the decision was made. Both adults are parties to it (förvaltningslagen 10 and 32 §§), and each sees what was
/// fetched about the other as a sum.
pub(crate) async fn page(mut visit: Visit<Reader>, Path(id): Path<DecisionId>) -> Reply {
    let tx = &mut visit.tx;
    let decided = decisions::own(tx, visit.actor.person(), id).await?.ok_or(Problem::NotFound)?;
    let made = decided.calculation.ok_or(Problem::NotFound)?;
    let calculated = stored::find(tx, made).await?.ok_or(Problem::NotFound)?;
    let members = household::members(tx, decided.case).await?;
    let asked = answers::newest(tx, decided.renewal).await?;
    let mut names = Names::of(&members, &asked);
    if names.lack_somebody(&calculated)
        && let Some(core) = signed::core(tx, decided.renewal).await?
    {
        names = names.and_signed(&core);
    }
    tx.audit(Action::SawCalculation, Object::Decision(id)).await?;
    let names = names.read_by(visit.actor.person(), decided.writer);
    let page =
        DecisionCalculation { decision: id, outcome: decided.outcome, calculation: names.calculation(&calculated) };
    visit.page(calculation::page(page)).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::kind::IncomeKind;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, add_answer, add_source, audited, day, reported};

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_shown_as_it_was_decided_and_to_the_household_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (couple, cookies) = stage.couple().await;
        let statement = Statement::ordinary();
        let renewal = stage.signed(couple.case, "2026-12", &statement).await;
        let path = format!("/decisions/{}/calculation", stage.decided(renewal, "granted", "need-by-norm").await);
        let mut tx = stage.tx(home).await;
        let fk = add_source(&mut tx, Agency::Fk).await;
        let late = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
        add_answer(&mut tx, renewal, couple.mira, fk, day(11, 24), &late).await;
        tx.commit().await.unwrap();
        for cookie in &cookies {
            let page = stage.page(cookie, &path).await;
            for text in ["3 000 kr", "6 000 kr", "Beslutet blev bifall"] {
                assert!(page.contains(text), "{text}: {page}");
            }
            assert!(!page.contains("1 400 kr"), "what came after the decision is no part of it: {page}");
        }
        assert_eq!(stage.look(&home.citizen, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.get(&away.host, &away.citizen, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&home.caseworker, &path).await.status, StatusCode::UNAUTHORIZED);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-calculation").await, 2);
    }
}
