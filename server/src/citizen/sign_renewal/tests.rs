use axum::http::StatusCode;
use sqlx::PgPool;

use super::*;
use crate::test_support::eid::TestEid;
use crate::test_support::{Statement, Towns, audited, stage_of};

const PATH: &str = "/renewal/sign";

/// A renewal of the home town's citizen that can be signed, and its page's revision.
async fn ready(stage: &Towns) -> (RenewalId, String) {
    let renewal = stage.written(&stage.home.citizen).await;
    let revision = stage.look(&stage.home.citizen, "/renewal/revision").await.number("revision");
    (renewal, revision.to_string())
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_signed_is_kept_once_and_has_arrived(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let citizen = &stage.home.citizen;
    let (renewal, revision) = ready(&stage).await;
    let sent = stage.send(citizen, PATH, &[("revision", &revision)]).await;
    let (browser, back) = (sent.browser(citizen), eid.sign(sent.led_to()));
    let elsewhere = stage.look("", &back).await;
    assert!(elsewhere.status.is_client_error(), "another browser: {}", elsewhere.status);
    assert_eq!(stage.look(citizen, &back).await.led_to(), "/home", "another browser of somebody who is logged in");
    assert_eq!(stage.count("select count(*) from signature").await, 0);
    assert_eq!(stage.look(&browser, &back).await.led_to(), "/renewal/receipt");
    assert_eq!(stage.look(&browser, &back).await.led_to(), "/renewal", "the page of the way back is loaded again");

    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    for (act, times) in [("began-signing", 1), ("signed", 1), ("signature-refused", 0)] {
        assert_eq!(audited(&mut tx, act).await, times, "{act}");
    }
    for table in ["select count(*) from signature", "select count(*) from signed_document"] {
        assert_eq!(stage.count(table).await, 1, "{table}");
    }
    let [signed] = &signed::with_signers(&mut tx, renewal).await.unwrap().1[..] else { panic!("one has signed") };
    assert_eq!(signed.message().map(PlainText::as_str), Some("Hej!"));
    let told = stage.page(&stage.home.caseworker, "/staff/notices").await;
    assert_eq!(told.matches("Petra Nilsson har ansökt för december").count(), 1, "{told}");
    assert_eq!(stage.count("select count(*) from person where phone_sealed is not null").await, 1, "for the next time");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_changed_meanwhile_is_not_signed(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let citizen = &stage.home.citizen;
    let (renewal, revision) = ready(&stage).await;
    let sent = stage.send(citizen, PATH, &[("revision", &revision)]).await;
    stage.save(citizen, "/renewal/message", &[("message", "Något annat.")]).await;
    let back = stage.look(&sent.browser(citizen), &eid.sign(sent.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/check");
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "draft");
    assert_eq!(audited(&mut tx, "signature-refused").await, 1);
    for table in ["select count(*) from signature", "select count(*) from signed_document"] {
        assert_eq!(stage.count(table).await, 0, "{table}");
    }
    assert!(stage.page(citizen, "/renewal/message").await.contains("Något annat."));
    let told = "Din underskrift användes inte";
    let check = stage.page(citizen, "/renewal/check").await;
    assert!(check.contains(told) && check.contains("Skriv under igen"), "{check}");
    let revision = stage.look(citizen, "/renewal/revision").await.number("revision").to_string();
    let again = stage.send(citizen, PATH, &[("revision", &revision)]).await;
    assert!(!stage.page(citizen, "/renewal/check").await.contains(told), "they are signing again");
    let back = stage.look(&again.browser(citizen), &eid.sign(again.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/receipt");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_signature_that_was_interrupted_can_be_given_again(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let citizen = &stage.home.citizen;
    let (_, revision) = ready(&stage).await;
    let fields = [("revision", revision.as_str())];
    stage.send(citizen, PATH, &fields).await;
    let check = stage.page(citizen, "/renewal/check").await;
    assert!(check.contains("Underskriften blev inte klar") && check.contains("Skriv under igen"), "{check}");
    let sent = stage.send(citizen, PATH, &fields).await;
    let back = stage.look(&sent.browser(citizen), &eid.sign(sent.led_to())).await;
    assert_eq!(back.led_to(), "/renewal/receipt");
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_sent_to_the_eid_that_is_not_ready_or_not_ones_own(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (_, [mira, johan]) = stage.couple().await;
    let press = async |cookie: &str, revision: &str| stage.send(cookie, PATH, &[("revision", revision)]).await;
    assert_eq!(press(&mira, "1").await.led_to(), "/renewal", "nothing is begun");
    stage.begun(&mira).await;
    assert_eq!(press(&mira, "1").await.led_to(), "/renewal/check", "parts are missing");
    stage.written(&mira).await;
    assert_eq!(press(&mira, "6").await.led_to(), "/renewal/check", "the page was stale");
    assert_eq!(press(&johan, "7").await.led_to(), "/home", "the draft is the other adult's");
    stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
    assert_eq!(press(&stage.home.citizen, "1").await.led_to(), "/renewal/receipt", "it was submitted");
    assert_eq!(stage.count("select count(*) from identity_attempt").await, 0);
    let away = press(&mira, "7").await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "the eID is away");
    assert!(away.body.contains("E-legitimationen svarar inte just nu"), "{}", away.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_signed_while_the_household_comes_to_be_protected_is_not_lost(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let citizen = &stage.home.citizen;
    let [cleared, ..] = stage.cleared().await;
    let (renewal, revision) = ready(&stage).await;
    let sent = stage.send(citizen, PATH, &[("revision", &revision)]).await;
    stage.protect(stage.home.person).await;
    assert_eq!(stage.look(&sent.browser(citizen), &eid.sign(sent.led_to())).await.led_to(), "/renewal/receipt");
    let mut tx = stage.tx(&stage.home).await;
    assert_eq!(stage_of(&mut tx, renewal).await, "submitted");
    assert_eq!(stage.look(citizen, "/renewal/receipt").await.led_to(), "/not-available");
    assert!(stage.page(&cleared, "/staff/protected").await.contains("Ansökan för december 2026"));
    assert!(!stage.page(&stage.home.caseworker, "/staff/notices").await.contains("Petra"));
}
