//! `POST /renewal/payout`: where the money goes has been looked at.

use domain::renewal::Section;

use super::see_authorities::Posted;
use super::work::LockedWork;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

/// Noted in the draft.
pub(crate) async fn act(mut visit: Visit<Citizen>, Fields(posted): Fields<Posted>) -> Reply {
    let mut work = LockedWork::lock_whole(&mut visit.tx, &visit.actor, &visit.here).await?;
    work.is_shown(&posted.revision)?;
    work.begin_section(Section::Payout);
    work.stored.draft.payout_seen = true;
    let page = work.save_section(&mut visit.tx, Section::Payout).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_done_when_the_one_who_writes_has_looked(pool: PgPool) {
        Towns::new(pool).await.is_done_by_looking("/renewal/payout").await;
    }
}
