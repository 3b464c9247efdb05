//! `POST /staff/messages/{id}/put-back`: who is in a case no more, since it was said that the two adults have moved apart, is put back.

use domain::id::MessageId;

use crate::case::{messages, separations};
use crate::db::{Action, Object};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// Pressed twice it is done once. What was taken back when it was said stays so.
pub(crate) async fn act(mut visit: Visit<Caseworker>, Path(id): Path<MessageId>) -> Reply {
    let tx = &mut visit.tx;
    let message = messages::find(tx, id).await?.ok_or(Problem::NotFound)?;
    if let Some(separation) = separations::latest(tx, message.case).await?
        && separation.undone.is_none()
        && separations::undo(tx, &separation, visit.actor.staff()).await?
    {
        tx.audit(Action::PutBack, Object::Case(message.case)).await?;
    }
    visit.see_other(&format!("/staff/messages/{id}")).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::renewal::state::SignerRole;
    use sqlx::PgPool;

    use crate::test_support::{PARTNER, Towns, add_member, person_called};

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_is_put_back_where_another_stands_or_by_who_may_not_open_the_case(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, _]) = stage.couple().await;
        stage.send(&mira, "/apart", &[]).await;
        let message = stage.value("select id from message").await;
        let path = format!("/staff/messages/{message}/put-back");
        let left = "select count(*) from separation where undone_at is null";
        for (cookie, status) in [(&home.admin, StatusCode::FORBIDDEN), (&mira, StatusCode::UNAUTHORIZED)] {
            assert_eq!(stage.send(cookie, &path, &[]).await.status, status);
        }
        let (_, david) = stage.colleague("david").await;
        let sent_on = stage.send(&david, &path, &[]).await;
        assert_eq!(sent_on.led_to(), format!("/staff/open/{message}"), "it is not his case");
        assert_eq!(stage.count(left).await, 1);
        let mut tx = stage.tx(home).await;
        let petra = person_called(&mut tx, "Petra").await;
        add_member(&mut tx, couple.case, petra, PARTNER, Some(SignerRole::CoApplicant)).await;
        tx.commit().await.unwrap();
        stage.send(&home.caseworker, &path, &[]).await;
        assert_eq!(stage.count(left).await, 1, "somebody else stands in his place");
    }
}
