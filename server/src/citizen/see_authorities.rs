//! `POST /renewal/authorities`: what the authorities say has been looked at.

use domain::renewal::Section;
use serde::Deserialize;

use super::locked_work::LockedWork;
use super::shown_revision::ShownRevision;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

/// What it leads back to while something said of a row is not whole.
const LIST: &str = "/renewal/authorities";

/// That something was looked at.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    pub(super) revision: ShownRevision,
}

/// Noted in the draft.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    let mut work = LockedWork::lock(&mut visit.tx, &visit.actor, &visit.here).await?;
    work.is_shown(&posted.revision)?;
    work.begin_section(Section::Authorities);
    work.stored.draft.authorities_seen = true;
    // Whoever came here from the month that is to be compared has not compared it yet.
    let is_to_be_compared = work.is_to_be_compared();
    let page = work.save_section(&mut visit.tx, Section::Authorities).await?;
    let is_done = page != LIST;
    visit.see_other(if is_to_be_compared && is_done { "/renewal/month" } else { &page }).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_done_when_the_one_who_writes_has_looked(pool: PgPool) {
        Towns::new(pool).await.is_done_by_looking("/renewal/authorities").await;
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_leads_back_to_the_month_that_has_not_been_compared(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.signed(stage.home.case, "2026-11", &Statement::ordinary()).await;
        stage.begun(citizen).await;
        assert_eq!(stage.save(citizen, "/renewal/authorities", &[]).await.led_to(), "/renewal/month");
        stage.save(citizen, "/renewal/month", &[("answer", "changed"), ("activity", "as-planned")]).await;
        stage.save(citizen, "/renewal/changed", &[("expenses", "on")]).await;
        assert_eq!(stage.save(citizen, "/renewal/authorities", &[]).await.led_to(), "/renewal/expenses");
    }
}
