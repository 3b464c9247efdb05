//! `POST /admin/officials/{id}/let-in`: who has been ended may log in again. What was delegated stays ended.

use domain::id::StaffId;

use crate::db::{Action, Object, query_scalar};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Admin;

/// Pressed twice, or for somebody who has not been ended, it changes nothing.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<StaffId>) -> Reply {
    let tx = &mut visit.tx;
    let municipality = tx.municipality();
    let had_ended = query_scalar!(
        r#"
        update staff f
           set ended_by = null, ended_at = null
          from staff before
         where f.municipality_id = $1 and f.id = $2 and (before.municipality_id, before.id) = (f.municipality_id, f.id)
        returning before.ended_at is not null as "had_ended!"
        "#,
        municipality,
        id,
    )
    .fetch_optional(tx.connection())
    .await?
    .ok_or(Problem::NotFound)?;
    if had_ended {
        tx.audit(Action::LetOfficialIn, Object::Staff(id)).await?;
    }
    visit.see_other(&format!("/admin/officials/{id}")).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn who_comes_in_already_is_left_as_they_are(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let page = format!("/admin/officials/{}", home.staff);
        assert_eq!(stage.send(&home.admin, &format!("{page}/let-in"), &[]).await.led_to(), page);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "let-official-in").await, 0);
    }
}
