//! How logins and signatures ended is counted, and why they came to nothing is in the log.

use axum::http::StatusCode;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;
use sqlx::PgPool;

use crate::db::{Column, RowKey};
use crate::test_support::eid::TestEid;
use crate::test_support::{Log, Towns, as_owner};

#[sqlx::test(migrations = "../migrations")]
async fn logins_and_signatures_are_counted_by_how_they_ended(pool: PgPool) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&recorder);
    let mut stage = Towns::new(pool).await;
    assert_eq!(stage.send("", "/login", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE, "no provider is there yet");
    let eid = TestEid::start(&mut stage).await;
    for (path, person) in [
        ("/login", Some("petra")),
        ("/login", Some("nora")),
        ("/login", None),
        ("/staff/login", Some("siv")),
        ("/staff/login", None),
    ] {
        let sent = stage.send("", path, &[]).await;
        let back = eid.log_in(sent.led_to(), person).await;
        for _ in ["at first", "loaded again"] {
            stage.look(&sent.browser(""), &back).await;
        }
    }
    stage.look("", "/login/callback?state=planted&code=x").await;
    let citizen = &stage.home.citizen;
    stage.written(citizen).await;
    let revision = stage.look(citizen, "/renewal/revision").await.number("revision").to_string();
    for is_signed in [false, true] {
        let sent = stage.send(citizen, "/renewal/sign", &[("revision", &revision)]).await;
        let back = if is_signed { eid.sign(sent.led_to()) } else { eid.log_in(sent.led_to(), None).await };
        for browser in [sent.browser(citizen), sent.browser(citizen), sent.browser("")] {
            stage.look(&browser, &back).await;
        }
    }

    let mut counted: Vec<_> = recorder
        .handle()
        .render()
        .lines()
        .filter_map(|line| Some(line.strip_prefix("fornya_identifications_")?.replace('"', "")))
        .collect();
    counted.sort();
    let expected = [
        "begun_total{purpose=citizen-login} 4",
        "begun_total{purpose=signing} 2",
        "begun_total{purpose=staff-login} 2",
        "ended_total{purpose=citizen-login,outcome=cancelled} 1",
        "ended_total{purpose=citizen-login,outcome=not-admitted} 1",
        "ended_total{purpose=citizen-login,outcome=succeeded} 1",
        "ended_total{purpose=citizen-login,outcome=unreachable} 1",
        "ended_total{purpose=signing,outcome=cancelled} 1",
        "ended_total{purpose=signing,outcome=succeeded} 1",
        "ended_total{purpose=staff-login,outcome=cancelled} 1",
        "ended_total{purpose=staff-login,outcome=not-admitted} 1",
        "ended_total{purpose=unknown,outcome=unknown} 1",
    ];
    assert_eq!(counted, expected);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_log_says_why_a_login_came_to_nothing_and_about_nobody(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let log = Log::kept();
    stage.send("", "/login", &[]).await;
    stage.send("", "/login", &[]).await;
    let refused = "the provider could not be reached: no answer: error sending request";
    let said = log.text();
    assert_eq!(said.matches(refused).count(), 2, "the second is told too: {said}");
    assert_eq!(said.matches("Connection refused").count(), 2, "{said}");

    let eid = TestEid::start(&mut stage).await;
    let sent = stage.send("", "/login", &[]).await;
    let back = eid.log_in(sent.led_to(), None).await;
    let back = format!("{back}&error_description=199006022397+is+not%0Aopen+to+this+client");
    stage.look(&sent.browser(""), &back).await;
    let said = log.text();
    let why = "the person cancelled at the provider: access_denied (… is not open to this client)";
    assert!(said.contains(why), "{said}");
    assert!(!said.contains("1990"), "{said}");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_attempt_that_cannot_be_read_is_counted_and_the_log_says_why(pool: PgPool) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _counted = metrics::set_default_local_recorder(&recorder);
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let citizen = stage.home.citizen.clone();
    stage.written(&citizen).await;
    let revision = stage.look(&citizen, "/renewal/revision").await.number("revision").to_string();
    let log = Log::kept();
    for (path, fields, purpose) in
        [("/login", vec![], "citizen-login"), ("/renewal/sign", vec![("revision", revision.as_str())], "signing")]
    {
        let sent = stage.send(&citizen, path, &fields).await;
        let back =
            if fields.is_empty() { eid.log_in(sent.led_to(), Some("petra")).await } else { eid.sign(sent.led_to()) };
        let mut tx = stage.tx(&stage.home).await;
        let state: Vec<u8> = sqlx::query_scalar("select state_hash from identity_attempt where used_at is null")
            .fetch_one(tx.connection())
            .await
            .unwrap();
        let another = json!({ "issuer": 4711, "renewal": "Petra" });
        let sealed = tx.vault().seal_json(Column::AttemptPending, RowKey::Digest(&state), &another).unwrap();
        as_owner(&mut tx).await;
        sqlx::query("update identity_attempt set pending_sealed = $1 where state_hash = $2")
            .bind(sealed)
            .bind(state)
            .execute(tx.connection())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let broken = stage.look(&sent.browser(&citizen), &back).await;
        assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let ended = format!("ended_total{{purpose=\"{purpose}\",outcome=\"failed\"}} 1");
        assert!(recorder.handle().render().contains(&ended), "{}", recorder.handle().render());
    }
    let said = log.text();
    let why = "a value of identity_attempt.pending cannot be read or written: ";
    assert_eq!(said.matches(why).count(), 2, "{said}");
    assert!(said.contains("at line 1 column") && !said.contains("4711") && !said.contains("Petra"), "{said}");
}
