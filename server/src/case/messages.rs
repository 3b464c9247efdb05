//! What citizens have written in a case.

use app::model::{CaseNumber, Party};
use domain::PersonNumber;
use domain::id::{CaseId, MessageId, PersonId};
use domain::message::MessageSubject;
use jiff::Timestamp;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use crate::db::{Column, DbError, TenantTx, Vault, VaultError, Version, names, query_as};

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
    name_sealed: Vec<u8>,
    number_sealed: Vec<u8>,
    phone_sealed: Option<Vec<u8>>,
    phone_version: i64,
    sent_at: SqlTimestamp,
    subject_sealed: Vec<u8>,
    body_sealed: Vec<u8>,
}

impl Row {
    fn open(self, tx: &TenantTx) -> Result<Received, DbError> {
        let (vault, id, person) = (tx.vault(), MessageId(self.id), PersonId(self.person_id));
        let number = vault.open_text(Column::PersonNumber, person, &self.number_sealed)?;
        let version = Version(self.phone_version);
        let phone = self.phone_sealed.map(|sealed| vault.open_text(Column::PersonPhone, (person, version), &sealed));
        Ok(Received {
            case: CaseId(self.case_id),
            case_number: CaseNumber(self.number),
            from: Party {
                name: names::open(&vault, person, &self.name_sealed)?,
                number: PersonNumber::parse(&number).map_err(|_| DbError::Inconsistent { column: "person.number" })?,
            },
            phone: phone.transpose()?,
            sent: self.sent_at.to_jiff(),
            subject: open_subject(&vault, id, &self.subject_sealed)?,
            body: vault.open_text(Column::MessageBody, id, &self.body_sealed)?,
        })
    }
}

/// Seals what a message is about.
pub(crate) fn seal_subject(vault: &Vault, id: MessageId, subject: MessageSubject) -> Result<Vec<u8>, VaultError> {
    vault.seal_short(Column::MessageSubject, id, &subject)
}

/// What a message is about.
pub(crate) fn open_subject(vault: &Vault, id: MessageId, sealed: &[u8]) -> Result<MessageSubject, VaultError> {
    vault.open_json(Column::MessageSubject, id, sealed)
}

/// Selects messages, with the condition that is left to say.
macro_rules! messages_where {
    ($condition:literal, $($value:expr),*) => {
        query_as!(
            Row,
            r#"
            select m.id, m.case_id, c.number, m.person_id, p.name_sealed as "name_sealed!", p.number_sealed, p.phone_sealed,
                   p.phone_version, m.sent_at, m.subject_sealed as "subject_sealed!", m.body_sealed
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
