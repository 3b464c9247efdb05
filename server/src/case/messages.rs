//! What citizens have written in a case.

use app::model::{CaseNumber, Party, PersonName};
use domain::PersonNumber;
use domain::id::{CaseId, MessageId, PersonId};
use domain::message::MessageSubject;
use jiff::Timestamp;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use crate::db::{Column, DbError, TenantTx, Version, query_as};

/// A message from a citizen.
pub(crate) struct Received {
    pub case: CaseId,
    pub case_number: CaseNumber,
    pub from: Party,
    /// The telephone number that the writer has given.
    pub phone: Option<String>,
    pub sent: Timestamp,
    /// What it is about.
    pub subject: MessageSubject,
    /// The text, as typed.
    pub body: String,
}

/// The columns of a message and its writer, as every query here selects them.
struct Row {
    id: Uuid,
    case_id: Uuid,
    number: String,
    person_id: Uuid,
    given_name: String,
    family_name: String,
    number_sealed: Vec<u8>,
    phone_sealed: Option<Vec<u8>>,
    phone_version: i64,
    sent_at: SqlTimestamp,
    subject: String,
    body_sealed: Vec<u8>,
}

impl Row {
    fn open(self, tx: &TenantTx) -> Result<Received, DbError> {
        let (vault, person) = (tx.vault(), PersonId(self.person_id));
        let number = vault.open_text(Column::PersonNumber, person, &self.number_sealed)?;
        let version = Version(self.phone_version);
        let phone = self.phone_sealed.map(|sealed| vault.open_text(Column::PersonPhone, (person, version), &sealed));
        Ok(Received {
            case: CaseId(self.case_id),
            case_number: CaseNumber(self.number),
            from: Party {
                name: PersonName::new(self.given_name, self.family_name),
                number: PersonNumber::parse(&number).map_err(|_| DbError::Inconsistent { column: "person.number" })?,
            },
            phone: phone.transpose()?,
            sent: self.sent_at.to_jiff(),
            subject: subject(&self.subject)?,
            body: vault.open_text(Column::MessageBody, MessageId(self.id), &self.body_sealed)?,
        })
    }
}

/// What a message is about, by the code in the database.
pub(crate) fn subject(code: &str) -> Result<MessageSubject, DbError> {
    MessageSubject::from_code(code).ok_or(DbError::Inconsistent { column: "message.subject" })
}

/// Selects messages, with the condition that is left to say.
macro_rules! messages_where {
    ($condition:literal, $($value:expr),*) => {
        query_as!(
            Row,
            r#"
            select m.id, m.case_id, c.number, m.person_id, p.given_name, p.family_name, p.number_sealed, p.phone_sealed,
                   p.phone_version,
                   m.sent_at, m.subject, m.body_sealed
              from message m
              join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
              join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
             where m.municipality_id = $1
            "# + $condition,
            $($value),*
        )
    };
}

/// The messages of a case, the newest first, at most so many.
pub(crate) async fn of_case(tx: &mut TenantTx, case: CaseId, limit: i64) -> Result<Vec<Received>, DbError> {
    let municipality = tx.municipality();
    let rows =
        messages_where!("and m.case_id = $2 order by m.sent_at desc, m.id desc limit $3", municipality, case, limit);
    rows.fetch_all(tx.connection()).await?.into_iter().map(|row| row.open(tx)).collect()
}

/// One message.
pub(crate) async fn find(tx: &mut TenantTx, id: MessageId) -> Result<Option<Received>, DbError> {
    let municipality = tx.municipality();
    let row = messages_where!("and m.id = $2", municipality, id);
    row.fetch_optional(tx.connection()).await?.map(|row| row.open(tx)).transpose()
}
