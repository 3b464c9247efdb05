//! `POST /admin/officials/{id}/number`: by an official's own number, their own case is kept from them (jäv).

use app::admin::model::{OfficialRow, OpenedOfficial};
use app::model::{FieldError, Form, Phrase};
use domain::PersonNumber;
use domain::id::StaffId;
use serde::Deserialize;

use super::official;
use crate::db::{Action, Column, Object, Version, query, query_scalar};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Admin;

/// The form.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    number: String,
}

/// It is sealed, in the place of what was there.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<StaffId>, Fields(posted): Fields<Posted>) -> Reply {
    let official = official::read(&mut visit, id).await?;
    if !official.may_decide() {
        return Err(Problem::NotFound);
    }
    let Ok(number) = PersonNumber::parse(posted.number.trim()) else {
        return refuse(visit, official, posted.number, "error-relation-number").await;
    };
    let tx = &mut visit.tx;
    let (municipality, vault, digits) = (tx.municipality(), tx.vault(), number.digits());
    let version = Version::new()?;
    let sealed = vault.seal(Column::StaffNumber, (id, version), digits.as_bytes())?;
    let index = vault.index(Column::PersonNumber, digits.as_bytes());
    let is_anothers = query_scalar!(
        r#"
        select exists (
               select from staff
                where municipality_id = $1 and id <> $2 and number_index = $3 and ended_at is null) as "is!"
        "#,
        municipality,
        id,
        &index,
    )
    .fetch_one(tx.connection())
    .await?;
    if is_anothers {
        return refuse(visit, official, posted.number, "error-number-anothers").await;
    }
    query!(
        "update staff set number_sealed = $3, number_index = $4, number_version = $5 where municipality_id = $1 and id = $2",
        municipality,
        id,
        sealed,
        index,
        version,
    )
    .execute(tx.connection())
    .await?;
    query!("select from let_go_of_related($1)", id).execute(tx.connection()).await?;
    tx.audit(Action::SaidNumber, Object::Staff(id)).await?;
    visit.see_other(&format!("/admin/officials/{id}")).await
}

async fn refuse(visit: Visit<Admin>, official: OfficialRow, typed: String, why: &'static str) -> Reply {
    let form = Form { errors: vec![FieldError::new("number", Phrase::new(why))], ..Form::default() };
    let shown = official::opened(&visit, official);
    official::answer(visit, OpenedOfficial { number: (typed, form), ..shown }).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn an_official_whose_number_is_known_finds_no_case_of_their_own(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let renewal = stage.signed(home.case, "2026-12", &Statement::ordinary()).await;
        let (opened, path) = (format!("/staff/renewals/{renewal}"), format!("/admin/officials/{}", home.staff));
        stage.page(&home.caseworker, &opened).await;
        assert!(stage.page(&home.admin, &path).await.contains("Personnumret saknas."));
        for wrong in ["", "900602-2397", "199006022398"] {
            let refused = stage.send(&home.admin, &format!("{path}/number"), &[("number", wrong)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let said = stage.send(&home.admin, &format!("{path}/number"), &[("number", "19900602-2397")]).await;
        assert_eq!(said.led_to(), path);
        let shown = stage.page(&home.admin, &path).await;
        assert!(shown.contains("Personnumret är sparat.") && !shown.contains("2397\""), "it is not shown: {shown}");
        assert_eq!(stage.look(&home.caseworker, &opened).await.status, StatusCode::NOT_FOUND);
        assert!(!stage.page(&home.caseworker, "/staff/inbox").await.contains("Petra"));
        let (david, _) = stage.colleague("david").await;
        let twice = format!("/admin/officials/{david}/number");
        let refused = stage.send(&home.admin, &twice, &[("number", "19900602-2397")]).await;
        assert!(refused.body.contains("En annan handläggare har det personnumret."), "nobody is two: {}", refused.body);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "said-number").await, 1);
    }
}
