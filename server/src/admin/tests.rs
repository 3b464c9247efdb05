//! The administrator's pages and acts, through the whole service and against a real database.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::authority::Agency;
use domain::id::SourceId;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::authority::SourceSettings;
use crate::db::{Action, Object, TenantTx};
use crate::test_support::Towns;
use crate::test_support::authorities::{TestAuthorities, connect, sources, stored};

/// Two municipalities, and the demo's authorities, to which the sources of the first lead.
struct Stage {
    towns: Towns,
    authorities: TestAuthorities,
}

impl Stage {
    async fn new(pool: PgPool) -> Self {
        let authorities = TestAuthorities::start().await;
        let mut towns = Towns::new(pool).await;
        Arc::get_mut(&mut towns.service).unwrap().sources = authorities.sources();
        Self { towns, authorities }
    }

    async fn tx(&self) -> TenantTx {
        self.towns.tx(&self.towns.home).await
    }

    async fn add_agency(&self, agency: Agency) -> SourceId {
        self.add_source(Some(agency), &self.authorities.agency(agency)).await
    }

    async fn add_source(&self, agency: Option<Agency>, settings: &SourceSettings) -> SourceId {
        let mut tx = self.tx().await;
        let source = connect(&mut tx, agency, stored(settings)).await;
        tx.commit().await.unwrap();
        source
    }

    /// What the first municipality's administrator sees.
    async fn page(&self, path: &str) -> String {
        let home = &self.towns.home;
        let answered = self.towns.get(&home.host, &home.admin, path).await;
        assert_eq!(answered.status, StatusCode::OK, "{path}");
        answered.body
    }

    /// What comes of the first municipality's administrator pressing a button.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, Option<String>) {
        let home = &self.towns.home;
        let answered = self.towns.post(&home.host, &home.admin, path, fields).await;
        (answered.status, answered.location)
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
    let source = stage.add_agency(Agency::Fk).await;
    let energy = stage.add_source(None, &stage.authorities.energy()).await;
    let mut tx = stage.tx().await;
    for action in [Action::AskedAuthority, Action::AskedAuthority, Action::AskedAuthority, Action::GotNoAnswer] {
        tx.audit(action, Object::Source(source)).await.unwrap();
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
        stage.authorities.handle.ssbtek_url.as_str(),
        stage.authorities.handle.json_url.as_str(),
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
    let secret = stage.authorities.handle.json_token_path.display().to_string();
    assert!(!opened.contains(&secret), "no path of a secret is shown");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_source_is_switched_off_and_on(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::Csn).await;
    let (switch, page) = (at(source, "/switch"), at(source, ""));
    for wanted in ["off", "off", "on"] {
        let answered = stage.post(&switch, &[("enabled", wanted)]).await;
        assert_eq!(answered, (StatusCode::SEE_OTHER, Some(page.clone())));
        assert_eq!(stage.enabled(source).await, wanted == "on");
    }
    let switched = ("admin".to_owned(), "switched-source".to_owned());
    assert_eq!(stage.audited(source).await, [switched.clone(), switched], "the second press changed nothing");
    assert!(stage.page(&page).await.contains("Ändrat av ali"));
    for fields in [vec![], vec![("enabled", "")], vec![("enabled", "perhaps")]] {
        let (status, _) = stage.post(&switch, &fields).await;
        assert!(status.is_client_error(), "{fields:?}");
    }
    assert!(stage.enabled(source).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_test_goes_through_every_stage(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::Fk).await;
    assert!(stage.page(&at(source, "")).await.contains("har inte provats"));
    let answered = stage.post(&at(source, "/test"), &[]).await;
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
    let mut nobody = stage.authorities.agency(Agency::Csn);
    nobody.tls.as_mut().unwrap().identity = None;
    let denied = stage.add_source(Some(Agency::Csn), &nobody).await;
    let endpoint = "https://elsewhere.example/".parse().unwrap();
    let elsewhere = SourceSettings { endpoint, ..stage.authorities.agency(Agency::So) };
    let unusable = stage.add_source(Some(Agency::So), &elsewhere).await;
    for (source, words) in
        [(denied, "Källan godtog inte vårt certifikat"), (unusable, "Källans inställningar går inte att använda")]
    {
        let (status, _) = stage.post(&at(source, "/test"), &[]).await;
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
    let service = Arc::get_mut(&mut stage.towns.service).unwrap();
    service.sources = sources(vec![address.to_string()]);
    service.settings.http.request_timeout_seconds = 5;
    let endpoint = format!("https://{address}/").parse().unwrap();
    let settings = SourceSettings { endpoint, connect_timeout_ms: 60_000, ..stage.authorities.agency(Agency::Fk) };
    let source = stage.add_source(Some(Agency::Fk), &settings).await;

    let answered = stage.post(&at(source, "/test"), &[]).await;
    assert_eq!(answered, (StatusCode::SEE_OTHER, Some(at(source, ""))));
    assert_eq!(stage.stored_test(source).await, Some(json!({ "state": "running" })));
    assert!(stage.page(&at(source, "")).await.contains("Provet är inte klart"));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_else_sees_or_changes_a_source(pool: PgPool) {
    let stage = Stage::new(pool).await;
    let source = stage.add_agency(Agency::Fk).await;
    let (list, opened) = ("/admin/sources".to_owned(), at(source, ""));
    let acts = [at(source, "/switch"), at(source, "/test")];
    let (home, away) = (&stage.towns.home, &stage.towns.away);
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    for (who, cookie, host) in [
        ("nobody", "", &home.host),
        ("a citizen", home.citizen.as_str(), &home.host),
        ("a caseworker", home.caseworker.as_str(), &home.host),
        ("another's caseworker", away.caseworker.as_str(), &home.host),
        ("another's administrator", away.admin.as_str(), &home.host),
        ("the administrator, elsewhere", home.admin.as_str(), &away.host),
        ("another's administrator, at home", away.admin.as_str(), &away.host),
    ] {
        let at_home = *host == away.host && cookie == away.admin;
        for (path, empty) in [(&list, StatusCode::OK), (&opened, StatusCode::NOT_FOUND)] {
            let answered = stage.towns.get(host, cookie, path).await;
            let expected = if at_home { vec![empty] } else { refused.to_vec() };
            assert!(expected.contains(&answered.status), "{path} by {who}: {}", answered.status);
            assert!(!answered.body.contains("Försäkringskassan"), "{path} by {who}");
        }
        for path in &acts {
            let answered = stage.towns.post(host, cookie, path, &[("enabled", "off")]).await;
            let expected = if at_home { vec![StatusCode::NOT_FOUND] } else { refused.to_vec() };
            assert!(expected.contains(&answered.status), "{path} by {who}: {}", answered.status);
        }
    }
    assert!(stage.enabled(source).await);
    assert_eq!(stage.stored_test(source).await, None);
    assert!(stage.audited(source).await.is_empty());
}
