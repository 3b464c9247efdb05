//! `GET /staff/protected/{id}`: why somebody with clearance opens the case of people with protected identity.

use app::caseworker::give_reason;
use app::caseworker::model::GiveReason;
use app::model::{FieldError, Form};
use uuid::Uuid;

use super::protected;
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Cleared;

/// The form, of a renewal or message that the protected inbox lists.
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
    visit.tx.audit(Action::SawProtectedInbox, Object::None).await?;
    let row = protected::rows(visit).await?.into_iter().find(|row| row.about == about).ok_or(Problem::NotFound)?;
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
