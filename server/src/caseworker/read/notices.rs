//! What a caseworker has been told, and the messages that some of it is about.

use app::caseworker::port::{Notice, NoticeKind, ReceivedMessage};
use domain::NormMonth;
use domain::id::{MessageId, NoticeId, RenewalId};
use domain::renewal::state::SignerRole;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp};
use uuid::Uuid;

use super::{CaseworkerReader, ReadError};
use crate::case::messages;
use crate::db::{Action, DbError, Object, TenantTx};

/// How many notices are shown.
const SHOWN: i64 = 100;

/// A notice with the names that its sentence needs.
struct Row {
    id: Uuid,
    kind: String,
    made_at: SqlTimestamp,
    is_read: bool,
    renewal_id: Option<Uuid>,
    norm_month: Option<SqlDate>,
    applicant: Option<String>,
    co_applicant: Option<String>,
    message_id: Option<Uuid>,
    subject: Option<String>,
    writer: Option<String>,
}

impl CaseworkerReader {
    pub(super) async fn read_notices(&self) -> Result<Vec<Notice>, ReadError> {
        let mut tx = self.tx().await?;
        let rows = self.rows(&mut tx).await?;
        rows.into_iter().map(|row| Ok(self.notice(row)?)).collect()
    }

    async fn rows(&self, tx: &mut TenantTx) -> Result<Vec<Row>, DbError> {
        let municipality = tx.municipality().0;
        Ok(sqlx::query_as!(
            Row,
            r#"
            select n.id, n.kind, n.made_at as "made_at: SqlTimestamp", n.read_at is not null as "is_read!",
                   n.renewal_id, r.norm_month as "norm_month?: SqlDate",
                   (select p.given_name || ' ' || p.family_name
                      from signer s
                      join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
                     where (s.municipality_id, s.renewal_id) = (n.municipality_id, n.renewal_id) and s.role = $4) as applicant,
                   (select p.given_name || ' ' || p.family_name
                      from signer s
                      join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
                     where (s.municipality_id, s.renewal_id) = (n.municipality_id, n.renewal_id) and s.role = $5) as co_applicant,
                   n.message_id, m.subject as "subject?", w.given_name || ' ' || w.family_name as writer
              from notice n
              left join renewal r on (r.municipality_id, r.id) = (n.municipality_id, n.renewal_id)
              left join message m on (m.municipality_id, m.id) = (n.municipality_id, n.message_id)
              left join person w on (w.municipality_id, w.id) = (m.municipality_id, m.person_id)
             where n.municipality_id = $1 and (n.staff_id = $2 or n.staff_id is null)
               and not is_hidden_case(n.municipality_id, n.case_id)
             order by n.made_at desc, n.id desc
             limit $3
            "#,
            municipality,
            self.actor.staff().0,
            SHOWN,
            SignerRole::Applicant.code(),
            SignerRole::CoApplicant.code(),
        )
        .fetch_all(tx.connection())
        .await?)
    }

    fn notice(&self, row: Row) -> Result<Notice, DbError> {
        let inconsistent = |column| DbError::Inconsistent { column };
        let renewal = row.renewal_id.map(RenewalId).ok_or(inconsistent("notice.renewal_id"));
        let month = row.norm_month.and_then(|day| NormMonth::of(day.to_jiff()).ok());
        let month = month.ok_or(inconsistent("renewal.norm_month"));
        let what = match row.kind.as_str() {
            "renewal-arrived" => NoticeKind::RenewalArrived {
                renewal: renewal?,
                applicant: row.applicant.unwrap_or_default(),
                month: month?,
            },
            "co-signed" | "co-signature-declined" => NoticeKind::CoApplicantAnswered {
                renewal: renewal?,
                co_applicant: row.co_applicant.unwrap_or_default(),
                month: month?,
                signed: row.kind == "co-signed",
            },
            "message" => NoticeKind::MessageArrived {
                message: row.message_id.map(MessageId).ok_or(inconsistent("notice.message_id"))?,
                from: row.writer.unwrap_or_default(),
                subject: messages::subject(row.subject.as_deref().unwrap_or_default())?,
            },
            _ => return Err(inconsistent("notice.kind")),
        };
        Ok(Notice { id: NoticeId(row.id), what, at: self.local(row.made_at.to_jiff()), seen: row.is_read })
    }

    pub(super) async fn read_message(&self, id: MessageId) -> Result<ReceivedMessage, ReadError> {
        let mut tx = self.tx().await?;
        let message = messages::find(&mut tx, id).await?.ok_or(ReadError::NotFound)?;
        let municipality = tx.municipality().0;
        let latest = sqlx::query_scalar!(
            r#"
            select id
              from renewal
             where municipality_id = $1 and case_id = $2 and submitted_at is not null
             order by norm_month desc
             limit 1
            "#,
            municipality,
            message.case.0,
        )
        .fetch_optional(tx.connection())
        .await
        .map_err(DbError::from)?;
        tx.audit(Action::SawMessage, Object::Message(id.0)).await?;
        tx.commit().await?;
        Ok(self.received(message, latest.map(RenewalId)))
    }
}
