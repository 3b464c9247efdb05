//! `GET /staff/messages/{id}`: a message from a citizen.

use app::caseworker::message;
use app::caseworker::model::{MovedApart, ReceivedMessage};
use domain::id::{MessageId, RenewalId};
use domain::message::MessageSubject;

use crate::case::messages::{self, Received};
use crate::case::separations;
use crate::db::{Action, Object, query_scalar};
use crate::http::{Here, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// The message, and the way to the case's latest renewal.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Path(id): Path<MessageId>) -> Reply {
    let tx = &mut visit.tx;
    let message = messages::find(tx, id).await?.ok_or(Problem::NotFound)?;
    let municipality = tx.municipality();
    let latest = query_scalar!(
        r#"
        select id
          from renewal
         where municipality_id = $1 and case_id = $2 and submitted_at is not null
         order by norm_month desc
         limit 1
        "#,
        municipality,
        message.case,
    )
    .fetch_optional(tx.connection())
    .await?;
    let separation = match message.subject {
        MessageSubject::MovedApart | MessageSubject::NotMovedApart => separations::latest(tx, message.case).await?,
        _ => None,
    };
    tx.audit(Action::SawMessage, Object::Message(id)).await?;
    let mut message = shown(&visit.here, message, latest.map(RenewalId));
    message.moved_apart = separation.map(|one| MovedApart {
        message: id,
        name: one.name.called().to_owned(),
        said: visit.here.local(one.said).date(),
        disputed: one.disputed.map(|at| visit.here.local(at).date()),
        put_back: one.undone.map(|at| visit.here.local(at).date()),
    });
    visit.page(message::page(message)).await
}

/// A message as pages show it.
pub(super) fn shown(here: &Here, message: Received, renewal: Option<RenewalId>) -> ReceivedMessage {
    ReceivedMessage {
        from: message.from,
        case_number: message.case_number,
        sent: here.local(message.sent),
        subject: message.subject,
        body: message.body,
        phone: message.phone,
        renewal,
        moved_apart: None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::id::{CaseId, PersonId};
    use sqlx::PgPool;
    use uuid::Uuid;

    use super::*;
    use crate::citizen::send_message;
    use crate::test_support::{Statement, Towns, audited, person_called};

    /// What somebody of the home town writes.
    async fn written(stage: &Towns, case: CaseId, person: PersonId) -> String {
        let (mut tx, id) = (stage.tx(&stage.home).await, MessageId(Uuid::now_v7()));
        send_message::send(&mut tx, case, person, id, MessageSubject::Question, "När får jag <b>besked?")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        format!("/staff/messages/{id}")
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_shown_as_typed_with_the_way_to_the_newest_that_was_signed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let path = written(&stage, home.case, home.person).await;
        let page = stage.page(&home.caseworker, &path).await;
        for text in ["Meddelande från Petra Nilsson", "900602-2397", "När får jag &lt;b&gt;besked?", "En fråga"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(!page.contains("/staff/renewals/"), "nothing has been signed: {page}");
        stage.signed(home.case, "2026-10", &Statement::default()).await;
        let newest = stage.signed(home.case, "2026-11", &Statement::default()).await;
        stage.begun(&home.citizen).await;
        let page = stage.page(&home.caseworker, &path).await;
        assert!(page.contains(&format!("/staff/renewals/{newest}")), "a draft is nobody's to see: {page}");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-message").await, 2);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_hidden_cases_and_another_municipalitys_are_not_found(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let hidden = stage.hidden_case().await;
        let mut tx = stage.tx(home).await;
        let vera = person_called(&mut tx, "Vera").await;
        let hidden = written(&stage, hidden, vera).await;
        assert_eq!(stage.look(&home.caseworker, &hidden).await.status, StatusCode::NOT_FOUND);
        let ordinary = written(&stage, home.case, home.person).await;
        assert_eq!(stage.get(&away.host, &away.caseworker, &ordinary).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.look(&home.admin, &ordinary).await.status, StatusCode::FORBIDDEN);
        assert_eq!(stage.look(&home.citizen, &ordinary).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(audited(&mut tx, "saw-message").await, 0);
    }
}
