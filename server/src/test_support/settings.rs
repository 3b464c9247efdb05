//! The settings that a test's service is started with.

use std::sync::Arc;

use demo::identity_provider::{self, DemoProvider, Serves, keep_client_key};
use jiff::civil::Date;
use tempfile::TempDir;

use crate::config::{self, Settings};
use crate::db::MasterKey;
use crate::identity::oidc::SigningKey;

/// The port in the towns' addresses.
pub(super) const PORT: u16 = 8080;

/// Settings with real keys and certificates in a folder of the test's own. The providers they name are not running.
pub(super) fn in_folder(folder: &TempDir, today: Date) -> Settings {
    let path = folder.path();
    let master_key_file = path.join("master.key");
    std::fs::write(&master_key_file, MasterKey::generate_base64().unwrap()).unwrap();
    let key = SigningKey::from_pem(&keep_client_key(path, "client").unwrap()).unwrap();
    let eid = DemoProvider::start(
        identity_provider::Settings {
            issuer: "http://127.0.0.1:9".parse().unwrap(),
            serves: Serves::Citizens,
            clients: vec![identity_provider::RegisteredClient {
                id: "fornya".to_owned(),
                name: "Förnya".to_owned(),
                redirect_uris: Vec::new(),
                keys: vec![key.public().clone()],
            }],
            clock: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
            fault: None,
        },
        &path.join("eid"),
        Vec::new(),
    )
    .unwrap();
    let trust = path.join("signers.pem");
    std::fs::write(&trust, eid.trust_anchor_pem()).unwrap();
    let provider = |trust| config::Provider {
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "fornya".to_owned(),
        client_key_file: path.join("client.key.pem"),
        allow_loopback_http: true,
        accepted_levels: vec!["http://id.elegnamnden.se/loa/1.0/loa3".to_owned()],
        signature_trust_file: trust,
    };
    let local = "127.0.0.1:0".parse().unwrap();
    Settings {
        http: config::Http {
            listen: local,
            public_scheme: config::Scheme::Http,
            public_port: Some(PORT),
            body_limit_bytes: 256 * 1024,
            request_timeout_seconds: 30,
            client_address_header: None,
            post_burst: 100_000,
        },
        ops: config::Ops { listen: local },
        database: config::Database {
            url: "postgres://localhost/unused".parse().unwrap(),
            migration_url: None,
            max_connections: 4,
        },
        keys: config::Keys { master_key_file },
        identity: config::Identity { citizen: provider(Some(trust.clone())), staff: provider(None) },
        authorities: config::Authorities { allowed_hosts: Vec::new(), allow_loopback: true, allow_private: false },
        log: config::Log::default(),
        demo: Some(config::Demo { business_date: today }),
    }
}
