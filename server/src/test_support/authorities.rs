//! The demo's authorities for tests, and sources that lead to them.

use std::sync::Arc;

use domain::authority::Agency;
use domain::id::SourceId;
use jiff::civil::date;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use crate::authority::{SourceSettings, Sources};
use crate::config;
use crate::db::TenantTx;
use crate::demonstration;
use demo::authorities::{self, Handle, Listen};
use demo::people::People;

pub(crate) struct TestAuthorities {
    /// How they are told to behave.
    pub(crate) handle: Handle,
    people: Arc<People>,
    _folder: TempDir,
}

impl TestAuthorities {
    /// Starts them on ports of their own.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let people = Arc::new(People::shipped().unwrap());
        let any = "127.0.0.1:0".parse().unwrap();
        let listen = Listen { ssbtek: any, energy: any };
        let handle = authorities::start(folder.path(), listen, Arc::clone(&people), date(2026, 11, 24)).await.unwrap();
        Self { handle, people, _folder: folder }
    }

    /// An installation's sources that may call these authorities and nobody else.
    pub(crate) fn sources(&self) -> Sources {
        sources(demonstration::sources::network_rules(&self.handle).allowed)
    }

    /// How the energy company is asked.
    pub(crate) fn energy(&self) -> SourceSettings {
        demonstration::sources::energy(&self.handle)
    }

    /// How an agency is asked.
    pub(crate) fn agency(&self, agency: Agency) -> SourceSettings {
        demonstration::sources::ssbtek(&self.handle, agency, self.people.municipality("exempelby").unwrap()).unwrap()
    }
}

/// An installation's sources that may call these hosts of this machine.
pub(crate) fn sources(hosts: impl IntoIterator<Item = String>) -> Sources {
    let allowed_hosts = hosts.into_iter().map(|host| host.parse().unwrap()).collect();
    Sources::new(&config::Authorities { allowed_hosts, allow_loopback: true, allow_private: false })
}

/// Settings as they are stored.
pub(crate) fn stored(settings: &SourceSettings) -> Value {
    serde_json::to_value(settings).unwrap()
}

/// Connects a source, switched on.
pub(crate) async fn connect(tx: &mut TenantTx, agency: Option<Agency>, settings: Value) -> SourceId {
    let (municipality, source) = (tx.municipality().0, SourceId(Uuid::now_v7()));
    sqlx::query(
        "insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
         select $1, $2, 'Exempelby Energi', $3, $4, true, count(*) + 1 from authority_source",
    )
    .bind(municipality)
    .bind(source.0)
    .bind(agency.map(Agency::code))
    .bind(settings)
    .execute(tx.connection())
    .await
    .unwrap();
    source
}
