//! `POST /renewal/payout`: where the money goes has been looked at.

use domain::renewal::Section;

use super::work::LockedWork;
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Noted in the draft.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    work.begin_section(Section::Payout);
    work.stored.draft.payout_seen = true;
    let page = work.save_section(&mut visit.tx, Section::Payout).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    const PATH: &str = "/renewal/payout";

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_done_when_the_one_who_writes_has_looked(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (_, [mira, johan]) = stage.couple().await;
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/renewal", "nothing is begun");
        stage.begun(&mira).await;
        assert_eq!(stage.send(&johan, PATH, &[]).await.led_to(), "/home", "the draft is the other adult's");
        assert!(!stage.page(&mira, "/renewal").await.contains("Klar"));
        stage.page(&mira, PATH).await;
        assert!(!stage.page(&mira, "/renewal").await.contains("Klar"), "what was fetched is not looked at by that");
        assert_eq!(stage.send(&mira, PATH, &[]).await.led_to(), "/renewal");
        assert_eq!(stage.page(&mira, "/renewal").await.matches("Klar").count(), 1);
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "saved-draft").await, 1);
        stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
        assert_eq!(stage.send(&stage.home.citizen, PATH, &[]).await.led_to(), "/renewal/receipt", "it was submitted");
    }
}
