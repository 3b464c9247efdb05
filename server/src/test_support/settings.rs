//! The settings that a test's service is started with.

use std::num::NonZeroU32;

use demo::identity_provider::Serves;
use jiff::civil::Date;
use tempfile::TempDir;

use super::eid;
use crate::config::{self, Settings};
use crate::db::MasterKey;

/// The port in the towns' addresses.
pub(super) const PORT: u16 = 8080;

/// Settings with real keys and certificates in a folder of the test's own. The providers they name are not running.
pub(super) fn in_folder(folder: &TempDir, today: Date) -> Settings {
    let path = folder.path();
    let master_key_file = path.join("master.key");
    std::fs::write(&master_key_file, MasterKey::generate_base64().unwrap()).unwrap();
    let nowhere = |serves| eid::provider(path, serves, "http://127.0.0.1:9", Vec::new()).1;
    let local = "127.0.0.1:0".parse().unwrap();
    Settings {
        http: config::Http {
            listen: local,
            public_scheme: config::Scheme::Http,
            public_port: Some(PORT),
            body_limit_bytes: 256 * 1024,
            request_timeout_seconds: 30,
            client_address_header: None,
            no_proxy: true,
            allowance: NonZeroU32::new(1_000).unwrap(),
            connections: 64,
            connections_per_client: 64,
            keep_alive_seconds: 75,
            linger_seconds: 0,
        },
        ops: config::Ops { listen: local },
        database: config::Database {
            url: "postgres://localhost/unused".parse().unwrap(),
            migration_url: None,
            max_connections: 4,
        },
        keys: config::Keys { master_key_file },
        identity: config::Identity { citizen: nowhere(Serves::Citizens), staff: nowhere(Serves::Staff) },
        authorities: config::Authorities { allowed_hosts: Vec::new(), allow_loopback: true, allow_private: false },
        log: config::Log::default(),
        demo: Some(config::Demo { business_date: today }),
    }
}
