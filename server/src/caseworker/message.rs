//! `GET /staff/messages/{id}`: a message from a citizen.

use app::caseworker::message;
use app::caseworker::model::ReceivedMessage;
use axum::extract::Path;
use domain::id::{MessageId, RenewalId};

use crate::case::messages::{self, Received};
use crate::db::{Action, Object, query_scalar};
use crate::http::{Here, Problem, Reply, Visit};
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
    tx.audit(Action::SawMessage, Object::Message(id)).await?;
    let message = shown(&visit.here, message, latest.map(RenewalId));
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
    }
}
