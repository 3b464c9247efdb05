//! A town that is connected to the demo's authorities, and its administrator.

use std::sync::Arc;

use domain::authority::Agency;
use domain::id::SourceId;
use sqlx::PgPool;

use super::authorities::{TestAuthorities, connect, stored};
use super::{Answered, Towns};
use crate::authority::SourceSettings;

/// Two towns, and the demo's authorities, to which the sources of the home town lead.
pub(crate) struct Connected {
    pub towns: Towns,
    pub authorities: TestAuthorities,
}

impl Connected {
    /// Without any source.
    pub(crate) async fn new(pool: PgPool) -> Self {
        let authorities = TestAuthorities::start().await;
        let mut towns = Towns::new(pool).await;
        Arc::get_mut(&mut towns.service).unwrap().sources = authorities.sources();
        Self { towns, authorities }
    }

    pub(crate) async fn add_agency(&self, agency: Agency) -> SourceId {
        self.add_source(Some(agency), &self.authorities.agency(agency)).await
    }

    pub(crate) async fn add_source(&self, agency: Option<Agency>, settings: &SourceSettings) -> SourceId {
        let mut tx = self.towns.tx(&self.towns.home).await;
        let source = connect(&mut tx, agency, stored(settings)).await;
        tx.commit().await.unwrap();
        source
    }

    /// What the home town's administrator sees.
    pub(crate) async fn page(&self, path: &str) -> String {
        self.towns.page(&self.towns.home.admin, path).await
    }

    /// What comes of the home town's administrator pressing a button.
    pub(crate) async fn press(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.towns.send(&self.towns.home.admin, path, fields).await
    }

    /// Everybody who is no administrator of the town whose address they go to: the address, and the `Cookie` header.
    pub(crate) fn strangers(&self) -> [(&str, &str); 6] {
        let (home, away) = (&self.towns.home, &self.towns.away);
        [
            (&home.host, ""),
            (&home.host, &home.citizen),
            (&home.host, &home.caseworker),
            (&home.host, &away.caseworker),
            (&home.host, &away.admin),
            (&away.host, &home.admin),
        ]
    }

    pub(crate) async fn enabled(&self, source: SourceId) -> bool {
        let mut tx = self.towns.tx(&self.towns.home).await;
        sqlx::query_scalar("select enabled from authority_source where id = $1")
            .bind(source.0)
            .fetch_one(tx.connection())
            .await
            .unwrap()
    }

    /// Who has done what with a source; whom it was refused is another matter.
    pub(crate) async fn audited(&self, source: SourceId) -> Vec<(String, String)> {
        let mut tx = self.towns.tx(&self.towns.home).await;
        sqlx::query_as(
            "select actor_kind, action from audit_entry where object_id = $1 and action <> 'refused' order by at, id",
        )
        .bind(source.0)
        .fetch_all(tx.connection())
        .await
        .unwrap()
    }
}
