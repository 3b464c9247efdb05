//! `POST /renewal/message`: a message to the caseworker with the renewal.

use domain::renewal::Section;
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    message: String,
}

/// Saved as typed, then judged. An empty one is meant.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    const SECTION: Section = Section::Message;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.begin_section(SECTION);
    work.stored.draft.message_seen = true;
    work.put(stale, SECTION, "message", |draft| &mut draft.message, posted.message)?;
    let page = work.save_section(&mut visit.tx, SECTION).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/message";

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_words_and_an_empty_message_is_meant(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        assert_eq!(stage.save(citizen, PATH, &[("message", "")]).await.led_to(), "/renewal/household");
        assert!(!stage.page(citizen, "/renewal").await.contains("Frivillig"), "it has been considered");
        let stale = |message| [("revision", "2"), ("message", message)];
        assert_eq!(stage.send(citizen, PATH, &stale("Den ena texten.")).await.led_to(), "/renewal/household");
        assert_eq!(stage.send(citizen, PATH, &stale("Den andra texten.")).await.led_to(), PATH);
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains("Den ena texten.") && page.contains("Den andra texten."), "both are shown: {page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nothing_is_written_into_another_adults_draft(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        let fields = [("revision", "1"), ("message", "Johans ord")];
        assert_eq!(stage.send(&johan, PATH, &fields).await.led_to(), "/home");
        assert!(!stage.page(&mira, PATH).await.contains("Johans ord"));
    }
}
