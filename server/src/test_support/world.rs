//! A service over a test's database, with two municipalities and one of each kind of visitor, logged in.

use std::sync::Arc;

use domain::PersonNumber;
use domain::id::{CaseId, MunicipalityId, PersonId, StaffId};
use domain::norm::seed;
use jiff_sqlx::ToSqlx as _;
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use crate::case::municipal_settings;
use crate::config::{self, Settings};
use crate::db::{Actor, Column, Db, MasterKey, MunicipalityRow, SystemTx, TenantTx};
use crate::identity::oidc::SigningKey;
use crate::serve;
use crate::service::Service;
use crate::session::{self, Kind, Owner};
use demo::identity_provider::{self, Provider, Serves, keep_client_key};

/// Everything that a request needs to be answered.
pub(crate) struct TestWorld {
    /// The service.
    pub(crate) service: Arc<Service>,
    municipalities: Vec<(MunicipalityId, String)>,
    _folder: TempDir,
}

/// Somebody who visits.
pub(crate) struct Visitor {
    /// For messages.
    pub(crate) name: String,
    /// The guard that lets them in at home; none for somebody who has not logged in.
    pub(crate) role: Option<&'static str>,
    /// Where they belong.
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
        tx.add_municipality(&row(id, slug, &host)).await.unwrap();
        tx.commit().await.unwrap();
        self.municipalities.push((id, format!("{host}:{PORT}")));
        let mut tx = self.tx(id).await;
        for (subject, role) in [("sara", "caseworker"), ("ali", "admin")] {
            sqlx::query("insert into staff (municipality_id, id, subject, name, role) values ($1, $2, $3, $3, $4)")
                .bind(id.0)
                .bind(Uuid::now_v7())
                .bind(subject)
                .bind(role)
                .execute(tx.connection())
                .await
                .unwrap();
        }
        add_citizen(&mut tx, PersonNumber::parse(number).unwrap()).await;
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

fn row(id: MunicipalityId, slug: &str, host: &str) -> MunicipalityRow {
    MunicipalityRow {
        id: id.0,
        slug: slug.to_owned(),
        host: host.to_owned(),
        name: format!("{slug} kommun"),
        organisation_number: "162120009010".to_owned(),
        window_opens_day: 16,
        window_closes_day: 10,
        window_late_days: 10,
        pay_day: 27,
        decide_within_days: 10,
        phone: "0123-45 67 89".to_owned(),
        phone_hours: "Vardagar 9–11".to_owned(),
        visiting_address: "Torget 1".to_owned(),
        postal_address: "Box 1".to_owned(),
    }
}

async fn add_citizen(tx: &mut TenantTx, number: PersonNumber) {
    let (municipality, person, case) = (tx.municipality().0, PersonId(Uuid::now_v7()), CaseId(Uuid::now_v7()));
    let vault = tx.vault();
    let digits = number.digits();
    sqlx::query(
        "insert into person (municipality_id, id, number_sealed, number_index, given_name, family_name)
         values ($1, $2, $3, $4, 'Petra', 'Nilsson')",
    )
    .bind(municipality)
    .bind(person.0)
    .bind(vault.seal(Column::PersonNumber, person, digits.as_bytes()).unwrap())
    .bind(vault.index(Column::PersonNumber, digits.as_bytes()))
    .execute(tx.connection())
    .await
    .unwrap();
    sqlx::query(
        "insert into assistance_case (municipality_id, id, number, opened_on, payout_method)
         values ($1, $2, '2026-1', $3, 'payment-slip')",
    )
    .bind(municipality)
    .bind(case.0)
    .bind(jiff::civil::date(2026, 1, 1).to_sqlx())
    .execute(tx.connection())
    .await
    .unwrap();
    sqlx::query(
        r#"insert into household_member (municipality_id, case_id, person_id, position, particulars, signs_as)
           values ($1, $2, $3, 1, '{"role": {"role": "adult"}}', 'applicant')"#,
    )
    .bind(municipality)
    .bind(case.0)
    .bind(person.0)
    .execute(tx.connection())
    .await
    .unwrap();
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
