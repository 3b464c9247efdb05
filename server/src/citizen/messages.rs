//! `GET /messages`: messages in the case, and the form of a new one.

use app::citizen::messages;
use app::citizen::model::{Message, Messages, NewMessage};
use app::model::{FieldError, Form};
use domain::id::{CaseId, MessageId, PersonId};
use uuid::Uuid;

use crate::case::{head, messages as stored};
use crate::db::{Action, Column, DbError, Object, TenantTx, query};
use crate::http::{Here, Reply, Visit};
use crate::session::policy::Reader;

/// How many messages the page shows.
const SHOWN: i64 = 50;

/// The person's own messages, with an empty form.
pub(crate) async fn page(mut visit: Visit<Reader>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let case = actor.citizen().map(|citizen| citizen.case());
    let messages = read(here, tx, actor.person(), case, Written::default()).await?;
    visit.page(messages::page(messages)).await
}

/// What was typed in a message that could not be sent, and why not.
#[derive(Default)]
pub(super) struct Written {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) errors: Vec<FieldError>,
}

/// The same with what was typed in a message that could not be sent. Without an ongoing case there is nobody to write to.
pub(super) async fn read(
    here: &Here,
    tx: &mut TenantTx,
    person: PersonId,
    case: Option<CaseId>,
    written: Written,
) -> Result<Messages, DbError> {
    let (municipality, vault) = (tx.municipality(), tx.vault());
    // The other adult's messages are their own: each signer's annex is private, and so is what they write.
    let rows = query!(
        r#"
        select id, subject_sealed as "subject_sealed!", body_sealed, sent_at
          from message
         where municipality_id = $1 and person_id = $2
         order by sent_at desc
         limit $3
        "#,
        municipality,
        person,
        SHOWN,
    )
    .fetch_all(tx.connection())
    .await?;
    tx.audit(Action::SawMessages, case.map_or(Object::Person(person), Object::Case)).await?;
    let thread = rows
        .into_iter()
        .map(|row| {
            let id = MessageId(row.id);
            Ok(Message {
                sent: here.local(row.sent_at.to_jiff()),
                subject: stored::open_subject(&vault, id, &row.subject_sealed)?,
                body: vault.open_text(Column::MessageBody, id, &row.body_sealed)?,
            })
        })
        .collect::<Result<_, DbError>>()?;
    let new = match case {
        Some(case) => Some(NewMessage {
            form: Form { errors: written.errors, ..Form::default() },
            subject: written.subject,
            body: written.body,
            caseworker: head::of_case(tx, case).await?.caseworker(),
            key: MessageId(Uuid::now_v7()),
        }),
        None => None,
    };
    Ok(Messages { new, thread })
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn each_adult_sees_what_they_have_written_themselves(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (_, [mira, johan]) = stage.couple().await;
        for (cookie, body) in [(&mira, "Miras första."), (&mira, "Miras andra."), (&johan, "Johans egen.")] {
            let fields = [("subject", "question"), ("body", body)];
            assert_eq!(stage.send(cookie, "/messages", &fields).await.led_to(), "/messages");
        }
        let hers = stage.page(&mira, "/messages").await;
        let place = |text: &str| hers.find(text).unwrap_or_else(|| panic!("{text}: {hers}"));
        assert!(place("Miras andra.") < place("Miras första."), "the newest stands first");
        assert!(!hers.contains("Johans egen.") && hers.contains("sara är din handläggare"), "{hers}");
        let his = stage.page(&johan, "/messages").await;
        assert!(his.contains("Johans egen.") && !his.contains("Miras"), "{his}");
        for (host, cookie) in [(&home.host, &home.citizen), (&away.host, &away.citizen)] {
            let others = stage.get(host, cookie, "/messages").await.body;
            assert!(others.contains("Det finns inga än.") && !others.contains("sara"), "{others}");
        }
    }
}
