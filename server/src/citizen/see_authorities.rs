//! `POST /renewal/authorities`: what the authorities say has been looked at.

use domain::renewal::Section;
use serde::Deserialize;

use super::shown_revision::ShownRevision;
use super::work::LockedWork;
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Citizen;

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
    let page = work.save_section(&mut visit.tx, Section::Authorities).await?;
    visit.see_other(&page).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_done_when_the_one_who_writes_has_looked(pool: PgPool) {
        Towns::new(pool).await.is_done_by_looking("/renewal/authorities").await;
    }
}
