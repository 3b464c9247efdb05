//! `POST /apart/wrong`: who is in a case no more, since it was said that the two adults have moved apart, says that it is wrong.

use domain::id::{MessageId, NoticeId, SeparationId};
use domain::message::MessageSubject;
use serde::Deserialize;
use uuid::Uuid;

use crate::case::messages::seal_subject;
use crate::db::{Action, Column, DbError, Object, TenantTx, query_scalar};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Reader;

/// The form of the button.
#[derive(Deserialize)]
pub(crate) struct Posted {
    separation: SeparationId,
}

/// The caseworkers are told, once; a human puts it right.
pub(crate) async fn act(mut visit: Visit<Reader>, Fields(posted): Fields<Posted>) -> Reply {
    let words = visit.here.service.swedish().get("apart-wrong-message");
    dispute(&mut visit.tx, posted.separation, &words).await?;
    visit.see_other("/home").await
}

async fn dispute(tx: &mut TenantTx, separation: SeparationId, words: &str) -> Result<(), DbError> {
    let (at, vault) = (tx.at(), tx.vault());
    let (message, notice) = (MessageId(Uuid::now_v7()), NoticeId(Uuid::now_v7()));
    let is_new = query_scalar!(
        r#"select dispute_separation($1, $2, $3, $4, $5, $6) as "is_new!""#,
        separation,
        message,
        notice,
        seal_subject(&vault, message, MessageSubject::NotMovedApart)?,
        vault.seal(Column::MessageBody, message, words.as_bytes())?,
        at,
    )
    .fetch_one(tx.connection())
    .await?;
    if is_new {
        tx.audit(Action::SentMessage, Object::Message(message)).await?;
    }
    Ok(())
}
