//! `GET /staff/protected/{id}`: why somebody with clearance opens the case of people with protected identity.

use app::caseworker::give_reason;
use app::caseworker::model::GiveReason;
use app::model::{FieldError, Form};
use domain::id::CaseId;
use uuid::Uuid;

use super::protected::Row;
use crate::db::{Action, Object, query_as};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Cleared;

/// The form, of a renewal or message in a closed case.
pub(crate) async fn page(mut visit: Visit<Cleared>, Path(about): Path<Uuid>) -> Reply {
    let asked = read(&mut visit, about, String::new(), Vec::new()).await?;
    visit.page(give_reason::page(asked)).await
}

/// The same with what was typed and is not enough.
pub(super) async fn read(
    visit: &mut Visit<Cleared>,
    about: Uuid,
    reason: String,
    errors: Vec<FieldError>,
) -> Result<GiveReason, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let row = query_as!(
        Row,
        r#"
        select about as "about!", case_id as "case_id!", case_number as "case_number!", norm_month, is_decided as "is_decided!",
               arrived_at as "arrived_at!"
          from protected_about($1, $2)
        "#,
        actor.staff(),
        about,
    );
    let row = row.fetch_optional(tx.connection()).await?.ok_or(Problem::NotFound)?;
    tx.audit(Action::SawProtectedInbox, Object::Case(CaseId(row.case_id))).await?;
    let row = row.shown(here)?;
    Ok(GiveReason { row, form: Form { errors, ..Form::default() }, reason })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn the_form_says_which_case_and_no_name(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let [cleared, ..] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        let open = stage.signed(stage.home.case, "2026-12", &Statement::ordinary()).await;
        let asked = stage.page(&cleared, &format!("/staff/protected/{renewal}")).await;
        assert!(asked.contains("Öppna ärende 2026-3") && asked.contains("Ansökan för december 2026"), "{asked}");
        assert!(!asked.contains("Vera") && !asked.contains("Ebba"), "{asked}");
        for (cookie, about, status) in
            [(&cleared, open, StatusCode::NOT_FOUND), (&stage.home.caseworker, renewal, StatusCode::FORBIDDEN)]
        {
            assert_eq!(stage.look(cookie, &format!("/staff/protected/{about}")).await.status, status);
        }
    }
}
