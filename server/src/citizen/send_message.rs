//! A message to the caseworker: the third function beside payouts and renewal.

use app::port::{FieldError, Phrase};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Form;
use domain::form::{Typed, read};
use domain::id::{CaseId, MessageId, NoticeId, PersonId};
use domain::message::MessageSubject;
use domain::renewal::draft::MESSAGE_MAX;
use jiff_sqlx::ToSqlx as _;
use serde::Deserialize;
use uuid::Uuid;

use super::read::CitizenReader;
use super::read::phrases::problem;
use crate::db::{Action, Column, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::Citizen;

/// The form of a message.
#[derive(Deserialize)]
pub struct Posted {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    /// Made with the page: the same form sent twice is one message.
    #[serde(default)]
    key: Option<Uuid>,
}

/// `POST /messages`
pub async fn handle(visit: Visit<Citizen>, Form(posted): Form<Posted>) -> Result<Response, Problem> {
    let typed = Typed::new(posted.body.clone()).map_err(|_| Problem::TooLarge)?;
    let mut errors = Vec::new();
    let subject = MessageSubject::from_code(&posted.subject);
    if subject.is_none() {
        errors.push(FieldError { field: "subject".to_owned(), message: Phrase::new("error-subject-missing") });
    }
    let body = match read::text(&typed, MESSAGE_MAX) {
        Ok(Some(body)) => Some(body),
        Ok(None) => {
            errors.push(FieldError { field: "body".to_owned(), message: Phrase::new("error-body-missing") });
            None
        }
        Err(wrong) => {
            errors.push(FieldError { field: "body".to_owned(), message: problem(&wrong) });
            None
        }
    };
    let (Some(subject), Some(body)) = (subject, body) else {
        // There is no draft of a message: what was typed goes back in the answer itself.
        let page = CitizenReader::new(&visit).messages_with(posted.subject, posted.body, errors).await?;
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, visit.page(app::citizen::messages::page(page)).await).into_response()
        );
    };
    let mut tx = visit.tx().await?;
    let message = MessageId(posted.key.unwrap_or_else(Uuid::now_v7));
    send(&mut tx, visit.actor.case(), visit.actor.person(), message, subject, body.as_str()).await?;
    tx.commit().await?;
    Ok(see_other("/messages"))
}

/// Keeps a message and tells the responsible caseworker. The same message again is the one that is there.
pub async fn send(
    tx: &mut TenantTx,
    case: CaseId,
    person: PersonId,
    message: MessageId,
    subject: MessageSubject,
    body: &str,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality().0, tx.at());
    let sealed = tx.vault().seal(Column::MessageBody, message.0, body.as_bytes())?;
    let inserted = sqlx::query!(
        r#"
        insert into message (municipality_id, id, case_id, person_id, subject, body_sealed, sent_at)
        values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (municipality_id, id) do nothing
        "#,
        municipality,
        message.0,
        case.0,
        person.0,
        subject.code(),
        sealed,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?
    .rows_affected();
    if inserted == 0 {
        return Ok(());
    }
    sqlx::query!(
        r#"
        insert into notice (municipality_id, id, staff_id, kind, case_id, message_id, made_at)
        select municipality_id, $2, responsible_id, 'message', id, $4, $5
          from assistance_case
         where municipality_id = $1 and id = $3
        "#,
        municipality,
        NoticeId(Uuid::now_v7()).0,
        case.0,
        message.0,
        at.to_sqlx() as _,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::SentMessage, Object::Message(message.0)).await
}
