//! `POST /messages`: a message to the caseworker, beside payouts and renewal.

use app::citizen::messages as shown;
use app::model::{FieldError, Phrase};
use axum::http::StatusCode;
use domain::form::{PlainText, Typed, read};
use domain::id::{CaseId, MessageId, PersonId};
use domain::message::MessageSubject;
use domain::renewal::draft::MESSAGE_MAX;
use serde::Deserialize;
use uuid::Uuid;

use super::messages::{self, Written};
use crate::case::messages::seal_subject;
use crate::case::notices::{self, Cause, To};
use crate::db::{Action, Column, DbError, Object, TenantTx, query};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

/// The form of a message.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    /// Made with the page: the same form sent twice is one message.
    #[serde(default)]
    key: Option<Uuid>,
}

/// Sent, or shown again with what is wrong. There is no draft of a message: what was typed goes back in the answer itself.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    let typed = Typed::new(posted.body.clone())?;
    match (chosen(&posted.subject), body(&typed)) {
        (Some(subject), Ok(body)) => {
            let message = MessageId(posted.key.unwrap_or_else(Uuid::now_v7));
            let (case, person) = (visit.actor.case(), visit.actor.person());
            send(&mut visit.tx, case, person, message, subject, body.as_str()).await?;
            visit.see_other("/messages").await
        }
        (subject, body) => {
            let missing = || FieldError::new("subject", Phrase::new("error-subject-missing"));
            let errors = subject.is_none().then(missing).into_iter().chain(body.err()).collect();
            let Visit { here, actor, tx, .. } = &mut visit;
            let written = Written { subject: posted.subject, body: posted.body, errors };
            let page = messages::read(here, tx, actor.person(), Some(actor.case()), written).await?;
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, shown::page(page)).await
        }
    }
}

fn chosen(code: &str) -> Option<MessageSubject> {
    MessageSubject::from_code(code).filter(|subject| MessageSubject::CHOICES.contains(subject))
}

fn body(typed: &Typed) -> Result<PlainText, FieldError> {
    match read::text(typed, MESSAGE_MAX) {
        Ok(Some(body)) => Ok(body),
        Ok(None) => Err(FieldError::new("body", Phrase::new("error-body-missing"))),
        Err(wrong) => Err(FieldError::new("body", &wrong)),
    }
}

/// Keeps a message and tells the responsible caseworker. The same message again is the one that is there.
pub(crate) async fn send(
    tx: &mut TenantTx,
    case: CaseId,
    person: PersonId,
    message: MessageId,
    subject: MessageSubject,
    body: &str,
) -> Result<(), DbError> {
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let subject = seal_subject(&vault, message, subject)?;
    let sealed = vault.seal(Column::MessageBody, message, body.as_bytes())?;
    let inserted = query!(
        r#"
        insert into message (municipality_id, id, case_id, person_id, subject_sealed, body_sealed, sent_at)
        values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (municipality_id, id) do nothing
        "#,
        municipality,
        message,
        case,
        person,
        subject,
        sealed,
        at,
    )
    .execute(tx.connection())
    .await?
    .rows_affected();
    if inserted == 0 {
        return Ok(());
    }
    notices::insert(tx, case, Cause::Message(message), To::Responsible).await?;
    tx.audit(Action::SentMessage, Object::Message(message)).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Towns, audited};

    const PATH: &str = "/messages";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_cannot_be_sent_comes_back_as_typed(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        let long = format!("Början {}", "a".repeat(MESSAGE_MAX));
        for (subject, body, error) in [
            ("", "När får jag <b>besked?", "Välj vad det gäller."),
            ("gift", "När får jag <b>besked?", "Välj vad det gäller."),
            ("question", " ", "Skriv ditt meddelande."),
            ("question", &long, "Korta texten till högst"),
        ] {
            let refused = stage.send(citizen, PATH, &[("subject", subject), ("body", body)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(error), "{error}: {}", refused.body);
            assert!(refused.body.contains(&body.trim().replace('<', "&lt;").replace('>', "&gt;")), "{}", refused.body);
            assert!(subject != "question" || refused.body.contains("value=\"question\" checked"), "{}", refused.body);
        }
        for table in ["select count(*) from message", "select count(*) from notice"] {
            assert_eq!(stage.count(table).await, 0, "{table}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_form_sent_twice_is_one_message_to_the_one_responsible(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, _]) = stage.couple().await;
        let page = stage.page(&mira, PATH).await;
        let key = page.split_once("name=\"key\" value=\"").unwrap().1.get(..36).unwrap();
        let fields = [("subject", "meeting"), ("body", "På tisdag?"), ("key", key)];
        for _ in 0..2 {
            assert_eq!(stage.send(&mira, PATH, &fields).await.led_to(), PATH);
        }
        let mut tx = stage.tx(&stage.home).await;
        let told: Vec<Uuid> =
            sqlx::query_scalar("select staff_id from notice").fetch_all(tx.connection()).await.unwrap();
        assert_eq!(told, [stage.home.staff.0]);
        assert_eq!(stage.count("select count(*) from message").await, 1);
        assert_eq!(audited(&mut tx, "sent-message").await, 1);
        let sealed: Vec<u8> =
            sqlx::query_scalar("select body_sealed from message").fetch_one(tx.connection()).await.unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("tisdag"), "nobody reads it in the database");
    }
}
