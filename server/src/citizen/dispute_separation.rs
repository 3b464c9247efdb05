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

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/apart/wrong";

    #[sqlx::test(migrations = "../migrations")]
    async fn who_is_out_by_a_wrong_word_says_so_and_is_put_back(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (couple, [mira, johan]) = stage.couple().await;
        let signed = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        stage.send(&mira, "/apart", &[]).await;
        let his = stage.page(&johan, "/home").await;
        let separation = his.split_once("name=\"separation\" value=\"").unwrap().1.get(..36).unwrap();
        let wrong = [("separation", separation)];
        assert_eq!(stage.send(&mira, PATH, &wrong).await.led_to(), "/home", "it is not hers to say");
        assert_eq!(stage.count("select count(*) from separation where disputed_at is not null").await, 0);
        for _ in 0..2 {
            assert_eq!(stage.send(&johan, PATH, &wrong).await.led_to(), "/home");
        }
        let his = stage.page(&johan, "/home").await;
        assert!(his.contains("Du har skrivit att det inte stämmer.") && !his.contains("name=\"separation\""), "{his}");
        let caseworker = &stage.home.caseworker;
        let told = stage.page(caseworker, "/staff/notices").await;
        assert_eq!(told.matches("Vi har inte flyttat isär").count(), 1, "{told}");
        let (_, rest) = told.split_once("/staff/messages/").unwrap();
        let path = format!("/staff/messages/{}", rest.get(..36).unwrap());
        let message = stage.page(caseworker, &path).await;
        assert!(message.contains("Johan skrev") && message.contains("Lägg tillbaka Johan i ärendet"), "{message}");
        for _ in 0..2 {
            assert_eq!(stage.send(caseworker, &format!("{path}/put-back"), &[]).await.led_to(), path);
        }
        assert!(stage.page(caseworker, &path).await.contains("Johan lades tillbaka i ärendet"));
        let his = stage.page(&johan, "/home").await;
        assert!(his.contains("Skriv under ansökan för december"), "{his}");
        assert!(!stage.page(&mira, "/home").await.contains("inte längre gemensamt"));
        assert_eq!(stage.count("select count(*) from signer where state = 'left'").await, 0);
        stage.page(&johan, &format!("/renewals/{signed}/signed")).await;
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "put-back").await, 1);
    }
}
