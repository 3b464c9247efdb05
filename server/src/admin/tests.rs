//! The administrator's pages and acts, through the whole service and against a real database.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION};
use axum::http::{Request, StatusCode};
use domain::authority::Agency;
use domain::id::{MunicipalityId, SourceId};
use jiff::civil::date;
use serde_json::{Value, json};
use sqlx::PgPool;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::authority::SourceSettings;
use crate::config::Authorities;
use crate::db::{Action, Actor, Object, TenantTx};
use crate::delivery::Sources;
use crate::demo::authorities::{self, Handle, Listen};
use crate::demo::people::People;
use crate::http::router;
use crate::http::test_world::{TestWorld, Visitor};

/// Two municipalities, the first with one source, and the demo's authorities.
struct Stage {
    world: TestWorld,
    visitors: Vec<Visitor>,
    authorities: Handle,
    people: Arc<People>,
    municipality: MunicipalityId,
    _folder: TempDir,
}

/// What was answered: the status, where it leads on to, and the page.
type Answered = (StatusCode, Option<String>, String);

impl Stage {
    async fn new(pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let people = Arc::new(People::shipped().unwrap());
        let any = "127.0.0.1:0".parse().unwrap();
        let listen = Listen { ssbtek: any, energy: any };
        let authorities =
            authorities::start(folder.path(), listen, Arc::clone(&people), date(2026, 11, 24)).await.unwrap();
        let mut world = TestWorld::new(pool).await;
        let allowed_hosts = authorities.network_rules().allowed.into_iter().collect();
        let rules = Authorities { allowed_hosts, allow_loopback: true, allow_private: false };
        Arc::get_mut(&mut world.service).unwrap().sources = Sources::new(&rules);
        let visitors = world.visitors().await;
        let service = &world.service;
        let municipality = service.municipalities.at(&service.db, &visitors[0].host).await.unwrap().unwrap().id;
        Self { world, visitors, authorities, people, municipality, _folder: folder }
    }

    fn agency(&self, agency: Agency) -> SourceSettings {
        self.authorities.ssbtek_source(agency, self.people.municipality("exempelby").unwrap()).unwrap()
    }

    async fn tx(&self) -> TenantTx {
        let service = &self.world.service;
        TenantTx::begin(&service.db, self.municipality, Actor::System, service.clock.business()).await.unwrap()
    }

    async fn add_source(&self, agency: Option<Agency>, settings: &SourceSettings) -> SourceId {
        let id = SourceId(Uuid::now_v7());
        let mut tx = self.tx().await;
        sqlx::query(
            "insert into authority_source (municipality_id, id, name, agency, settings, enabled, position)
             values ($1, $2, 'Exempelby Energi', $3, $4, true, (select count(*) from authority_source))",
        )
        .bind(self.municipality.0)
        .bind(id.0)
        .bind(agency.map(Agency::code))
        .bind(serde_json::to_value(settings).unwrap())
        .execute(tx.connection())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The first municipality's administrator.
    fn admin(&self) -> &Visitor {
        self.visitors.iter().find(|one| one.role == Some("admin")).unwrap()
    }

    /// Everybody who is not the first municipality's administrator, at every municipality's address.
    fn others(&self) -> impl Iterator<Item = (&Visitor, String)> {
        let admin = self.admin();
        let at = |visitor| self.world.hosts().into_iter().map(move |host| (visitor, host));
        self.visitors.iter().flat_map(at).filter(|(one, host)| one.name != admin.name || *host != admin.host)
    }

    async fn send(&self, method: &str, visitor: &Visitor, host: &str, path: &str, form: &'static str) -> Answered {
        let mut request = Request::builder().method(method).uri(path).header(HOST, host);
        request = request.header("sec-fetch-site", "same-origin");
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = &visitor.cookie {
            request = request.header(COOKIE, cookie);
        }
        let mut request = request.body(Body::from(form)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let answer = router(&self.world.service).oneshot(request).await.unwrap();
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let location = head.headers.get(LOCATION).map(|path| path.to_str().unwrap().to_owned());
        (head.status, location, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn page(&self, path: &str) -> String {
        let (status, _, page) = self.send("GET", self.admin(), &self.admin().host, path, "").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        page
    }

    async fn post(&self, path: &str, form: &'static str) -> (StatusCode, Option<String>) {
        let (status, location, _) = self.send("POST", self.admin(), &self.admin().host, path, form).await;
        (status, location)
    }

    async fn enabled(&self, source: SourceId) -> bool {
        let mut tx = self.tx().await;
        sqlx::query_scalar("select enabled from authority_source where id = $1")
            .bind(source.0)
            .fetch_one(tx.connection())
            .await
            .unwrap()
    }

    /// The latest test of a source, as it is stored.
    async fn stored_test(&self, source: SourceId) -> Option<Value> {
        let mut tx = self.tx().await;
        sqlx::query_scalar("select stages from source_test where source_id = $1")
            .bind(source.0)
            .fetch_optional(tx.connection())
            .await
            .unwrap()
    }

    async fn audited(&self, source: SourceId) -> Vec<(String, String)> {
        let mut tx = self.tx().await;
        sqlx::query_as("select actor_kind, action from audit_entry where object_id = $1 order by at, id")
            .bind(source.0)
            .fetch_all(tx.connection())
            .await
            .unwrap()
    }
}

fn at(source: SourceId, act: &str) -> String {
    format!("/admin/sources/{source}{act}")
}

#[sqlx::test(migrations = "../migrations")]
async fn the_list_tells_how_each_source_fares(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_source(Some(Agency::Fk), &stage.agency(Agency::Fk)).await;
    let energy = stage.add_source(None, &stage.authorities.energy_source()).await;
    let mut tx = stage.tx().await;
    for action in [Action::AskedAuthority, Action::AskedAuthority, Action::AskedAuthority, Action::GotNoAnswer] {
        tx.audit(action, Object::Source(source.0)).await.unwrap();
    }
    sqlx::query("update authority_source set last_failure_at = now(), last_failure_kind = 'timed-out' where id = $1")
        .bind(source.0)
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let page = stage.page("/admin/sources").await;
    for words in [
        "Försäkringskassan",
        "SSBTEK",
        "Exempelby Energi",
        stage.authorities.ssbtek_url.as_str(),
        stage.authorities.json_url.as_str(),
        "3 frågor, 1 fel",
        "inga frågor, inga fel",
        &at(energy, ""),
    ] {
        assert!(page.contains(words), "{words}");
    }
    let opened = stage.page(&at(source, "")).await;
    assert!(opened.contains("Certifikatet gäller till och med"), "SSBTEK is asked with a certificate");
    let opened = stage.page(&at(energy, "")).await;
    assert!(!opened.contains("Certifikatet gäller till och med"), "the energy company is not");
    let secret = stage.authorities.json_token_path.display().to_string();
    assert!(!opened.contains(&secret), "no path of a secret is shown");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_is_switched_off_and_on(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_source(Some(Agency::Csn), &stage.agency(Agency::Csn)).await;
    let (switch, page) = (at(source, "/switch"), at(source, ""));
    for (form, on) in [("enabled=off", false), ("enabled=off", false), ("enabled=on", true)] {
        assert_eq!(stage.post(&switch, form).await, (StatusCode::SEE_OTHER, Some(page.clone())));
        assert_eq!(stage.enabled(source).await, on, "{form}");
    }
    let switched = ("admin".to_owned(), "switched-source".to_owned());
    assert_eq!(stage.audited(source).await, [switched.clone(), switched], "the second press changed nothing");
    assert!(stage.page(&page).await.contains("Ändrat av ali"));
    for form in ["", "enabled=", "enabled=perhaps"] {
        let (status, _) = stage.post(&switch, form).await;
        assert!(status.is_client_error(), "{form:?}");
    }
    assert!(stage.enabled(source).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_test_goes_through_every_stage(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_source(Some(Agency::Fk), &stage.agency(Agency::Fk)).await;
    assert!(stage.page(&at(source, "")).await.contains("har inte provats"));
    let answered = stage.post(&at(source, "/test"), "").await;
    assert_eq!(answered, (StatusCode::SEE_OTHER, Some(at(source, ""))));
    let stored = stage.stored_test(source).await.unwrap();
    let states: Vec<_> = stored["stages"].as_array().unwrap().iter().map(|stage| &stage["state"]).collect();
    assert_eq!(states, ["ok"; 5], "{stored}");
    let page = stage.page(&at(source, "")).await;
    for words in ["Förbindelsen fungerar", "Hitta adressen", "Bli insläppt", "gick bra", "ali"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(stage.audited(source).await.contains(&("admin".to_owned(), "tested-source".to_owned())));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_test_says_which_stage_failed(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let mut nobody = stage.agency(Agency::Csn);
    nobody.tls.as_mut().unwrap().identity = None;
    let denied = stage.add_source(Some(Agency::Csn), &nobody).await;
    let mut elsewhere = stage.agency(Agency::So);
    elsewhere.endpoint = "https://elsewhere.example/".parse().unwrap();
    let unusable = stage.add_source(Some(Agency::So), &elsewhere).await;
    for (source, words) in
        [(denied, "Källan godtog inte vårt certifikat"), (unusable, "Källans inställningar går inte att använda")]
    {
        let (status, _) = stage.post(&at(source, "/test"), "").await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let page = stage.page(&at(source, "")).await;
        assert!(page.contains("Förbindelsen fungerar inte"), "{words}");
        assert!(page.contains(words), "{words}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_that_hangs_does_not_hold_up_the_page(pool: PgPool) {
    let mut stage = Stage::new(pool).await;
    // Takes connections and never says a word.
    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = deaf.local_addr().unwrap();
    let rules = Authorities { allowed_hosts: vec![address.to_string()], allow_loopback: true, allow_private: false };
    let service = Arc::get_mut(&mut stage.world.service).unwrap();
    service.sources = Sources::new(&rules);
    service.settings.http.request_timeout_seconds = 5;
    let mut settings = SourceSettings { connect_timeout_ms: 60_000, ..stage.agency(Agency::Fk) };
    settings.endpoint = format!("https://{address}/").parse().unwrap();
    let source = stage.add_source(Some(Agency::Fk), &settings).await;

    let answered = stage.post(&at(source, "/test"), "").await;
    assert_eq!(answered, (StatusCode::SEE_OTHER, Some(at(source, ""))));
    assert_eq!(stage.stored_test(source).await, Some(json!({ "state": "running" })));
    assert!(stage.page(&at(source, "")).await.contains("Provet är inte klart"));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_else_sees_or_changes_a_source(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_source(Some(Agency::Fk), &stage.agency(Agency::Fk)).await;
    for (visitor, host) in stage.others() {
        for (method, path) in [
            ("GET", at(source, "")),
            ("POST", at(source, "/switch")),
            ("POST", at(source, "/test")),
            ("GET", "/admin/sources".to_owned()),
        ] {
            let (status, _, page) = stage.send(method, visitor, &host, &path, "enabled=off").await;
            let who = format!("{method} {path} by {} at {host}", visitor.name);
            assert!(!page.contains("Försäkringskassan"), "{who}");
            let at_home_elsewhere = visitor.role == Some("admin") && visitor.host == host;
            match (at_home_elsewhere, path == "/admin/sources") {
                (true, true) => assert_eq!(status, StatusCode::OK, "{who}"),
                (true, false) => assert_eq!(status, StatusCode::NOT_FOUND, "{who}"),
                (false, _) => {
                    assert!(matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN), "{who}: {status}");
                }
            }
        }
    }
    assert!(stage.enabled(source).await);
    assert_eq!(stage.stored_test(source).await, None);
    assert!(stage.audited(source).await.is_empty());
}
