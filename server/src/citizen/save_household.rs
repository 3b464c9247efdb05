//! `POST /renewal/household`: how to reach the person, and whether the household is as before.

use domain::renewal::Section;
use serde::Deserialize;

use super::shown_revision::ShownRevision;
use super::work::LockedWork;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

#[derive(Deserialize)]
pub(crate) struct Posted {
    revision: ShownRevision,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    household: String,
    #[serde(default, rename = "household-change")]
    change: String,
}

/// Saved as typed, then judged.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    const SECTION: Section = Section::Household;
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    let stale = work.is_stale(&posted.revision)?;
    work.begin_section(SECTION);
    work.put(stale, SECTION, "phone", |draft| &mut draft.contact.phone, posted.phone)?;
    work.put(stale, SECTION, "email", |draft| &mut draft.contact.email, posted.email)?;
    work.put(stale, SECTION, "household", |draft| &mut draft.household.answer, posted.household)?;
    work.put(stale, SECTION, "household-change", |draft| &mut draft.household.change, posted.change)?;
    let page = work.save_section(&mut visit.tx, SECTION).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::form::Typed;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    const PATH: &str = "/renewal/household";

    #[sqlx::test(migrations = "../migrations")]
    async fn two_windows_lose_no_words(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let posted = |phone| [("revision", "1"), ("phone", phone), ("household", "same")];
        assert_eq!(stage.send(citizen, PATH, &posted("070-174 06 05")).await.led_to(), "/renewal/activity");
        assert_eq!(stage.send(citizen, PATH, &posted("070-174 06 06")).await.led_to(), PATH, "the page was stale");
        let page = stage.page(citizen, PATH).await;
        assert!(page.contains("value=\"070-174 06 06\"") && page.contains("070-174 06 05"), "both are shown: {page}");
        assert_eq!(stage.save(citizen, PATH, &posted("070-174 06 06")[1..]).await.led_to(), "/renewal/activity");
        assert!(!stage.page(citizen, PATH).await.contains("070-174 06 05"), "it has been chosen");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_longer_than_any_form_or_anothers_changes_nothing(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        stage.begun(&mira).await;
        stage.save(&mira, PATH, &[("phone", "070-174 06 05"), ("household", "same")]).await;
        let long = "a".repeat(Typed::HARD_CAP + 1);
        let refused = stage.save(&mira, PATH, &[("phone", ""), ("household-change", &*long)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let fields = [("revision", "2"), ("phone", "070-174 06 06")];
        assert_eq!(stage.send(&johan, PATH, &fields).await.led_to(), "/home", "the draft is the other adult's");
        assert!(stage.page(&mira, PATH).await.contains("value=\"070-174 06 05\""));
    }
}
