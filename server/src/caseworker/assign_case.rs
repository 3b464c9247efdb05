//! `/staff/renewals/{id}/assign`: who answers for a case hands it over.

use app::caseworker::assign_case;
use app::caseworker::model::AssignCase;
use app::model::{FieldError, Form, Phrase};
use axum::http::StatusCode;
use domain::id::{RenewalId, StaffId};
use serde::Deserialize;

use crate::case::notices::{self, Cause, To};
use crate::case::renewal::{self, CaseRenewal};
use crate::case::{head, staff};
use crate::db::{Action, Object};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// `GET`: to whom.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Path(id): Path<RenewalId>) -> Reply {
    let renewal = handed_over(&mut visit, id).await?;
    ask(visit, &renewal, Vec::new()).await
}

/// The renewal of a case that is theirs to hand over.
async fn handed_over(visit: &mut Visit<Caseworker>, id: RenewalId) -> Result<CaseRenewal, Problem> {
    let renewal = renewal::find(&mut visit.tx, id).await?.ok_or(Problem::NotFound)?;
    let responsible = renewal.responsible.as_ref().map(|(staff, _)| *staff);
    if responsible.is_none_or(|staff| staff == visit.actor.staff()) || visit.actor.supervises() {
        return Ok(renewal);
    }
    Err(Problem::NotAllowed)
}

async fn ask(mut visit: Visit<Caseworker>, renewal: &CaseRenewal, errors: Vec<FieldError>) -> Reply {
    let responsible = renewal.responsible.as_ref().map_or(visit.actor.staff(), |(staff, _)| *staff);
    let others = staff::others(&mut visit.tx, responsible).await?;
    visit.tx.audit(Action::AskedToOpen, Object::Case(renewal.case)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let asked = AssignCase {
        renewal: renewal.id,
        case_number: renewal.case_number.clone(),
        others,
        form: Form { errors, ..Form::default() },
    };
    visit.page_with(status, assign_case::page(asked)).await
}

/// The form.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    to: String,
}

/// `POST`: the case is another's, who is told.
pub(crate) async fn act(
    mut visit: Visit<Caseworker>,
    Path(id): Path<RenewalId>,
    Fields(posted): Fields<Posted>,
) -> Reply {
    renewal::lock_with_case(&mut visit.tx, id).await?;
    let renewal = handed_over(&mut visit, id).await?;
    let tx = &mut visit.tx;
    let to = posted.to.parse::<StaffId>().ok();
    let Some(to) = to.filter(|to| renewal.responsible.as_ref().is_none_or(|(staff, _)| staff != to)) else {
        let missing = FieldError::new("to", Phrase::new("error-assign-missing"));
        return ask(visit, &renewal, vec![missing]).await;
    };
    if !head::assign(tx, renewal.case, to).await? {
        let cannot = FieldError::new("to", Phrase::new("error-assign-cannot"));
        return ask(visit, &renewal, vec![cannot]).await;
    }
    notices::insert(tx, renewal.case, Cause::Assigned(id), To::One(to)).await?;
    tx.audit(Action::AssignedCase, Object::Case(renewal.case)).await?;
    visit.see_other("/staff/inbox").await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{MIRA, Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn who_may_not_answer_for_a_case_is_not_given_it_and_nothing_says_why(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let (david, davids) = stage.colleague("david").await;
        stage.fill(&home.host, &davids, "/staff/relations", &[("number", MIRA), ("kind", "relative")]).await;
        let assign = format!("/staff/renewals/{renewal}/assign");
        let refused = stage.send(&home.caseworker, &assign, &[("to", &david.to_string())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Kollegan kan inte ta det här ärendet."), "{}", refused.body);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_answers_for_a_case_hands_it_over_and_then_says_why_they_open_it(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let (david, davids) = stage.colleague("david").await;
        let (page, assign) = (format!("/staff/renewals/{renewal}"), format!("/staff/renewals/{renewal}/assign"));
        assert!(stage.page(&home.caseworker, &page).await.contains(&assign));
        let asked = stage.page(&home.caseworker, &assign).await;
        assert!(asked.contains("david") && !asked.contains(">sara</option>"), "{asked}");
        for to in ["", "nobody", &home.staff.to_string()] {
            let refused = stage.send(&home.caseworker, &assign, &[("to", to)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        }
        assert_eq!(stage.send(&home.caseworker, &assign, &[("to", &david.to_string())]).await.led_to(), "/staff/inbox");
        let told = stage.page(&davids, "/staff/notices").await;
        assert!(told.contains("Du har fått ansökan från Mira Nilsson för december"), "{told}");
        stage.page(&davids, &page).await;
        assert_eq!(stage.look(&home.caseworker, &page).await.led_to(), format!("/staff/open/{renewal}"));
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "assigned-case").await, 1);
        drop(tx);
        stage.send(&home.caseworker, &format!("/staff/open/{renewal}"), &[("purpose", "review")]).await;
        let taken = stage.send(&home.caseworker, &assign, &[("to", &home.staff.to_string())]).await;
        assert_eq!(taken.status, StatusCode::FORBIDDEN, "who only reads it gives it to nobody");
        let elsewhere = stage.get(&stage.away.host, &stage.away.caseworker, &assign).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_gets_a_case_who_is_not_a_caseworker_here(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let admin = stage.value("select id from staff where role = 'admin' and subject = 'ali' limit 1").await;
        for to in [admin, stage.away.staff.0, uuid::Uuid::now_v7()] {
            let assign = format!("/staff/renewals/{renewal}/assign");
            let refused = stage.send(&stage.home.caseworker, &assign, &[("to", &to.to_string())]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
}
