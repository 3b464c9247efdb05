//! `GET /renewal/message`: a message to the caseworker with the renewal.

use app::citizen::message;
use app::citizen::model::MessageSection;
use domain::renewal::{Section, judge};

use super::work::Work;
use crate::case::head;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let work = Work::read(&mut visit.tx, &visit.actor, &visit.here).await?;
    let errors = judge::judge_message(&work.draft().message).err().unwrap_or_default();
    let shown = MessageSection {
        month: work.renewal.month(),
        part: work.part(),
        form: work.form(Section::Message, &errors),
        message: work.draft().message.as_str().to_owned(),
        caseworker: head::of_case(&mut visit.tx, visit.actor.case()).await?.caseworker(),
    };
    visit.page(message::page(shown)).await
}

#[cfg(test)]
mod tests {
    use domain::renewal::draft::MESSAGE_MAX;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/message";

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_shown_as_typed_to_its_writer_alone(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.look(&mira, PATH).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        let long = format!("Hej!\n<b>{}", "a".repeat(MESSAGE_MAX));
        assert_eq!(stage.save(&mira, PATH, &[("message", &*long)]).await.led_to(), PATH);
        let page = stage.page(&mira, PATH).await;
        for text in ["Hej!\n&lt;b&gt;aaa", "Korta texten till högst 4000 tecken", "sara"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert_eq!(stage.look(&johan, PATH).await.led_to(), "/home");
        assert!(!stage.page(&stage.home.caseworker, "/staff/inbox").await.contains("Hej!"), "it is not sent");
    }
}
