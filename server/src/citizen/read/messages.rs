//! Messages in the case.

use app::citizen::port::{Message, Messages, Writer};
use app::port::{FieldError, Form};
use domain::id::MessageId;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use super::parts::caseworker;
use super::{CitizenReader, ReadError};
use crate::case::messages;
use crate::db::{Column, DbError};

/// How many messages the page shows.
const SHOWN: i64 = 50;

impl CitizenReader {
    /// The page with what was typed in a message that could not be sent.
    pub(in crate::citizen) async fn messages_with(
        &self,
        subject: String,
        body: String,
        errors: Vec<FieldError>,
    ) -> Result<Messages, ReadError> {
        let mut tx = self.tx().await?;
        let municipality = tx.municipality().0;
        // The other adult's messages are their own: each signer's annex is private, and so is what they write.
        let rows = sqlx::query!(
            r#"
            select id, subject, body_sealed, sent_at as "sent_at: SqlTimestamp"
              from message
             where municipality_id = $1 and case_id = $2 and person_id = $3
             order by sent_at desc
             limit $4
            "#,
            municipality,
            self.actor.case().0,
            self.actor.person().0,
            SHOWN,
        )
        .fetch_all(tx.connection())
        .await
        .map_err(DbError::from)?;
        let vault = tx.vault();
        let thread = rows
            .into_iter()
            .map(|row| {
                Ok(Message {
                    id: MessageId(row.id),
                    from: Writer::Viewer,
                    sent: self.local(row.sent_at.to_jiff()),
                    subject: messages::subject(&row.subject)?,
                    body: vault.open_text(Column::MessageBody, row.id, &row.body_sealed)?,
                })
            })
            .collect::<Result<_, DbError>>()?;
        Ok(Messages {
            form: Form { errors, ..Form::default() },
            subject,
            body,
            caseworker: caseworker(&mut tx, self.actor.case()).await?,
            key: MessageId(Uuid::now_v7()),
            thread,
        })
    }
}
