//! What an open page asks: how long its session lasts, and whether what it shows has been saved elsewhere.

use axum::http::StatusCode;
use sqlx::PgPool;

use crate::test_support::{Statement, Towns, add_signed, day, month};

/// The number with this name in what an address answers.
async fn number(stage: &Towns, cookie: &str, path: &str, name: &str) -> i64 {
    let answered = stage.get(&stage.home.host, cookie, path).await;
    named(&answered.body, name)
}

fn named(json: &str, name: &str) -> i64 {
    serde_json::from_str::<serde_json::Value>(json).unwrap()[name].as_i64().unwrap()
}

/// Lets time pass for every session: as if it had been seen and begun so much earlier.
async fn pass(stage: &Towns, seen: &str, begun: &str) {
    let mut tx = stage.tx(&stage.home).await;
    sqlx::query("set local role none").execute(tx.connection()).await.unwrap();
    sqlx::query("update session set seen_at = seen_at - $1::interval, begun_at = begun_at - $2::interval")
        .bind(seen.to_owned())
        .bind(begun.to_owned())
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn addresses(stage: &Towns) -> [(&str, &'static str, i64); 3] {
    let home = &stage.home;
    [
        (&home.citizen, "/session", 20 * 60),
        (&home.caseworker, "/staff/session", 30 * 60),
        (&home.admin, "/admin/session", 30 * 60),
    ]
}

#[sqlx::test(migrations = "../migrations")]
async fn asking_how_long_it_lasts_does_not_make_a_session_longer(pool: PgPool) {
    let stage = Towns::new(pool).await;
    pass(&stage, "15 min", "15 min").await;
    for (cookie, path, idle) in addresses(&stage) {
        for _ in 0..2 {
            let left = number(&stage, cookie, path, "left").await;
            assert!((idle - 15 * 60 - 30..=idle - 15 * 60).contains(&left), "{path}: {left}");
        }
    }
    pass(&stage, "16 min", "16 min").await;
    for (cookie, path, _) in addresses(&stage) {
        let over = stage.get(&stage.home.host, cookie, path).await;
        assert_eq!(over.status, StatusCode::UNAUTHORIZED, "{path}");
        let too_late = stage.post(&stage.home.host, cookie, path, &[]).await;
        assert_eq!(too_late.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_press_makes_it_longer_ten_times_and_more_until_its_longest_time(pool: PgPool) {
    let stage = Towns::new(pool).await;
    for _ in 0..12 {
        pass(&stage, "19 min", "19 min").await;
        for (cookie, path, idle) in addresses(&stage) {
            let stayed = stage.post(&stage.home.host, cookie, path, &[]).await;
            assert_eq!(stayed.status, StatusCode::OK, "{path}: {}", stayed.body);
            let left = named(&stayed.body, "left");
            assert!((idle - 30..=idle).contains(&left), "{path}: {left}");
        }
    }
    pass(&stage, "0 min", "4 hours 11 min").await;
    let last = stage.post(&stage.home.host, &stage.home.citizen, "/session", &[]).await;
    let left = named(&last.body, "left");
    assert!((1..=60).contains(&left), "eight hours are the most: {left}");
}

#[sqlx::test(migrations = "../migrations")]
async fn every_page_of_a_session_says_when_it_ends(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    for (cookie, page, address) in [
        (&home.citizen, "/home", "/session"),
        (&home.caseworker, "/staff/inbox", "/staff/session"),
        (&home.admin, "/admin/sources", "/admin/session"),
    ] {
        let shown = stage.get(&home.host, cookie, page).await.body;
        assert!(shown.contains("SessionWarning") && shown.contains(&format!("&quot;{address}&quot;")), "{shown}");
    }
    let start = stage.get(&home.host, "", "/").await.body;
    assert!(!start.contains("<script") && !start.contains("SessionWarning"), "{start}");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_draft_tells_its_own_writer_alone_how_often_it_was_saved(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let revision = async || number(&stage, &home.citizen, "/renewal/revision", "revision").await;
    assert_eq!(revision().await, -1, "nothing is begun");
    stage.post(&home.host, &home.citizen, "/renewal/begin", &[]).await;
    let begun = revision().await;
    let household = [("revision", &*begun.to_string()), ("phone", "070-174 06 05"), ("household", "same")];
    stage.post(&home.host, &home.citizen, "/renewal/household", &household).await;
    assert_eq!(revision().await, begun + 1);
    let away = stage.get(&stage.away.host, &stage.away.citizen, "/renewal/revision").await;
    assert_eq!(named(&away.body, "revision"), -1);
    pass(&stage, "21 min", "21 min").await;
    let over = stage.get(&home.host, &home.citizen, "/renewal/revision").await;
    assert_eq!(over.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_caseworker_learns_what_a_colleague_has_saved_or_decided(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    let (december, on) = (month("2026-12"), day(11, 18));
    let renewal = add_signed(&stage.service, &mut tx, home.case, december, on, &Statement::default()).await;
    tx.commit().await.unwrap();
    let path = format!("/staff/renewals/{renewal}");
    let asked = format!("{path}/revision");
    let revision = async || number(&stage, &home.caseworker, &asked, "revision").await;
    let act = async |fields: &[(&str, &str)]| {
        let saved = stage.fill(&home.host, &home.caseworker, &format!("{path}/decide"), fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    };
    assert_eq!(revision().await, 0);
    act(&[("act", "calculate"), ("note", "Kvar")]).await;
    assert_eq!(revision().await, 1);
    act(&[("outcome", "granted"), ("reason", "need-by-norm")]).await;
    assert_eq!(revision().await, -1);
    let admin = stage.get(&home.host, &home.admin, &asked).await;
    assert_eq!(admin.status, StatusCode::UNAUTHORIZED);
    let away = stage.get(&stage.away.host, &stage.away.caseworker, &asked).await;
    assert_eq!(named(&away.body, "revision"), -1);
}
