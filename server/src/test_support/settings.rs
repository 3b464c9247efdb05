//! The settings that a test's service is started with.

use std::fs::Permissions;
use std::num::{NonZeroU16, NonZeroU32};
use std::os::unix::fs::PermissionsExt as _;

use demo::identity_provider::Serves;
use jiff::civil::Date;
use tempfile::TempDir;

use super::eid;
use crate::config::{self, AtLeast, Hosts, KeyFile, Settings};
use crate::db::MasterKey;

/// The port in the towns' addresses.
pub(super) const PORT: u16 = 8080;

/// Settings with real keys and certificates in a folder of the test's own. The providers they name are not running.
pub(super) fn in_folder(folder: &TempDir, today: Date) -> Settings {
    let path = folder.path();
    let master_key_file = path.join("master.key");
    std::fs::write(&master_key_file, MasterKey::generate_base64().unwrap()).unwrap();
    std::fs::set_permissions(&master_key_file, Permissions::from_mode(0o600)).unwrap();
    let nowhere = |serves| eid::provider(path, serves, "http://127.0.0.1:9", Vec::new()).1;
    let local = "127.0.0.1:0".parse().unwrap();
    Settings {
        http: config::Http {
            listen: local,
            public_scheme: config::Scheme::Http,
            public_port: NonZeroU16::new(PORT),
            body_limit_bytes: AtLeast::or_more(256 * 1024),
            request_timeout_seconds: NonZeroU32::new(30).unwrap(),
            client_address_header: None,
            no_proxy: true,
            allowance: NonZeroU32::new(1_000).unwrap(),
            connections: AtLeast::or_more(64),
            connections_per_client: AtLeast::or_more(64),
            keep_alive_seconds: NonZeroU32::new(75).unwrap(),
            linger_seconds: 0,
        },
        ops: config::Ops { listen: local },
        database: config::Database {
            url: "postgres://localhost/unused".parse().unwrap(),
            system_url: "postgres://localhost/unused".parse().unwrap(),
            migration_url: None,
            register_url: None,
            backup_url: None,
            max_connections: AtLeast::or_more(4),
        },
        keys: config::Keys::in_file(KeyFile::new(master_key_file)),
        identity: config::Identity { citizen: nowhere(Serves::Citizens), staff: nowhere(Serves::Staff) },
        authorities: config::Authorities { allowed_hosts: Hosts::new(), allow_loopback: true, allow_private: false },
        files: config::Files::default(),
        log: config::Log::default(),
        demo: Some(config::Demo { business_date: today }),
    }
}
