//! A service over a test's database, with two municipalities and one of each kind of visitor, logged in.

use std::sync::Arc;

use domain::id::{MunicipalityId, PersonId, StaffId};
use domain::norm::seed;
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use super::{add_single, add_staff, municipality};
use crate::case::municipal_settings;
use crate::config::{self, Settings};
use crate::db::{Actor, Db, MasterKey, SystemTx, TenantTx};
use crate::identity::oidc::SigningKey;
use crate::serve;
use crate::service::Service;
use crate::session::{self, Kind, Owner};
use demo::identity_provider::{self, Provider, Serves, keep_client_key};

/// Everything that a request needs to be answered.
pub(crate) struct TestWorld {
    pub(crate) service: Arc<Service>,
    municipalities: Vec<(MunicipalityId, String)>,
    _folder: TempDir,
}

pub(crate) struct Visitor {
    pub(crate) name: String,
    /// The guard that lets them in at home; none for somebody who has not logged in.
    pub(crate) role: Option<&'static str>,
    pub(crate) host: String,
    /// The `Cookie` header.
    pub(crate) cookie: Option<String>,
}

const PORT: u16 = 8080;

/// Published test numbers, one for each municipality's citizen.
const NUMBERS: [&str; 2] = ["199006022397", "199107172380"];

impl TestWorld {
    /// Makes the service and writes two municipalities.
    pub(crate) async fn new(pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(&folder);
        let master = std::fs::read_to_string(&settings.keys.master_key_file).unwrap();
        let db = Db::over(pool, MasterKey::from_base64(&master).unwrap());
        let service = serve::service_over(settings, db).unwrap();
        let mut world = Self { service: Arc::new(service), municipalities: Vec::new(), _folder: folder };
        for (slug, number) in ["exempelby", "grannby"].into_iter().zip(NUMBERS) {
            world.add_municipality(slug, number).await;
        }
        world
    }

    /// The Host header of each municipality.
    pub(crate) fn hosts(&self) -> Vec<String> {
        self.municipalities.iter().map(|(_, host)| host.clone()).collect()
    }

    async fn add_municipality(&mut self, slug: &str, number: &str) {
        let id = MunicipalityId(Uuid::now_v7());
        let host = format!("{slug}.localhost");
        let mut tx = SystemTx::begin(&self.service.db).await.unwrap();
        tx.add_municipality(&municipality(id, slug)).await.unwrap();
        tx.commit().await.unwrap();
        self.municipalities.push((id, format!("{host}:{PORT}")));
        let mut tx = self.tx(id).await;
        add_staff(&mut tx, "sara", "caseworker").await;
        add_staff(&mut tx, "ali", "admin").await;
        add_single(&mut tx, number, "Petra", None).await;
        let settings = toml::from_str(seed::example_settings(slug).unwrap()).unwrap();
        municipal_settings::add(&mut tx, &settings).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn tx(&self, municipality: MunicipalityId) -> TenantTx {
        TenantTx::begin(&self.service.db, municipality, Actor::System, self.service.clock.business()).await.unwrap()
    }

    /// Nobody, and one logged in citizen, caseworker and administrator of each municipality.
    pub(crate) async fn visitors(&self) -> Vec<Visitor> {
        let mut visitors = Vec::new();
        for (id, host) in &self.municipalities {
            let mut tx = self.tx(*id).await;
            let person: Uuid = sqlx::query_scalar("select id from person").fetch_one(tx.connection()).await.unwrap();
            let staff: Vec<(Uuid, String)> =
                sqlx::query_as("select id, role from staff").fetch_all(tx.connection()).await.unwrap();
            let mut owners = vec![("citizen", Kind::Citizen, Owner::Person(PersonId(person)))];
            for (staff, role) in staff {
                let role = if role == "admin" { "admin" } else { "caseworker" };
                owners.push((role, Kind::Staff, Owner::Staff(StaffId(staff))));
            }
            for (role, kind, owner) in owners {
                let token = session::begin(&mut tx, owner, self.service.clock.real()).await.unwrap();
                visitors.push(Visitor {
                    name: format!("a {role} of {host}"),
                    role: Some(role),
                    host: host.clone(),
                    cookie: Some(format!("{}={token}", kind.cookie_name())),
                });
            }
            tx.commit().await.unwrap();
            visitors.push(Visitor { name: "nobody".to_owned(), role: None, host: host.clone(), cookie: None });
        }
        visitors
    }
}

/// Settings with real keys and certificates in a folder of the test's own. The providers they name are not running.
fn settings(folder: &TempDir) -> Settings {
    let path = folder.path();
    let master_key_file = path.join("master.key");
    std::fs::write(&master_key_file, MasterKey::generate_base64().unwrap()).unwrap();
    let key = SigningKey::from_pem(&keep_client_key(path, "client").unwrap()).unwrap();
    let eid = Provider::start(
        identity_provider::Settings {
            issuer: "http://127.0.0.1:9".parse().unwrap(),
            serves: Serves::Citizens,
            clients: vec![identity_provider::Client {
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
        demo: Some(config::Demo { business_date: jiff::civil::date(2026, 11, 24) }),
    }
}
