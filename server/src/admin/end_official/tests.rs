use std::sync::Arc;

use axum::http::StatusCode;
use domain::id::StaffId;
use domain::staff::StaffRole;
use sqlx::PgPool;

use crate::case::decision_draft::{self, DecisionDraft};
use crate::db::Actor;
use crate::session::Owner;
use crate::test_support::eid::{SIV, TestEid};
use crate::test_support::{Connected, Statement, Towns, add_staff, audited, up_to};

fn address(of: StaffId) -> String {
    format!("/admin/officials/{of}")
}

async fn end(stage: &Towns, of: StaffId) {
    let ended = stage.send(&stage.home.admin, &format!("{}/end", address(of)), &[]).await;
    assert_eq!(ended.led_to(), address(of));
}

/// Another administrator of the home town, with a session.
async fn another_administrator(stage: &Towns) -> (StaffId, String) {
    let mut tx = stage.tx(&stage.home).await;
    let other = add_staff(&mut tx, "berit", StaffRole::Admin).await;
    let session = stage.log_in(&mut tx, Owner::Staff(other)).await;
    tx.commit().await.unwrap();
    (other, session)
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_ended_is_logged_out_at_every_node_and_decides_nothing(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let there = stage.another_node(pool).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    let elsewhere = stage.log_in(&mut tx, Owner::Staff(home.staff)).await;
    tx.commit().await.unwrap();
    let question = stage.page(&home.admin, &format!("{}/end", address(home.staff))).await;
    for told in ["Vill du avsluta behörigheten för sara?", "loggas ut överallt", "Ärendena står utan handläggare"]
    {
        assert!(question.contains(told), "{told}: {question}");
    }
    assert_eq!(stage.look(&elsewhere, "/staff/inbox").await.status, StatusCode::OK, "a question changes nothing");
    for _ in 0..2 {
        end(&stage, home.staff).await;
    }
    let page = stage.page(&home.admin, &address(home.staff)).await;
    for told in ["Avslutad", "av ali 24 november 2026", "sara kan inte logga in", "Låt logga in igen"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("name=\"granted\""), "nothing can be delegated: {page}");
    assert!(stage.page(&home.admin, "/admin/officials").await.contains("Avslutad"));
    let asked = stage.look(&home.admin, &format!("{}/end", address(home.staff))).await;
    assert_eq!(asked.led_to(), address(home.staff), "there is nothing to ask");
    let live = "select count(*) from delegation where ended_at is null";
    assert_eq!(stage.count(live).await, 0);
    let mut tx = stage.tx(home).await;
    let rows = [
        audited(&mut tx, "ended-official").await,
        audited(&mut tx, "ended-sessions").await,
        audited(&mut tx, "ended-delegation").await,
    ];
    assert_eq!(rows, [1, 1, 4], "once");
    drop(tx);
    let (caseworker, admin) = (home.caseworker.clone(), home.admin.clone());
    let here = std::mem::replace(&mut stage.service, there);
    for service in [here, Arc::clone(&stage.service)] {
        stage.service = service;
        for session in [&caseworker, &elsewhere] {
            let refused = stage.look(session, "/staff/inbox").await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.body);
            assert_eq!(stage.look(session, "/staff/session").await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(stage.look(&admin, "/admin/officials").await.status, StatusCode::OK);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_ended_cannot_log_in_until_they_are_let_in_again(pool: PgPool) {
    let mut stage = Towns::new(pool).await;
    let eid = TestEid::start(&mut stage).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    let siv = add_staff(&mut tx, SIV, StaffRole::Caseworker).await;
    tx.commit().await.unwrap();
    stage.delegate_only(siv, &up_to(8_000)).await;
    let log_in = async || {
        let sent = stage.send("", "/staff/login", &[]).await;
        let back = eid.log_in(sent.led_to(), Some("siv")).await;
        stage.look(&sent.browser(""), &back).await
    };
    assert_eq!(log_in().await.led_to(), "/staff/inbox");
    end(&stage, siv).await;
    let refused = log_in().await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("Du finns inte med bland våra handläggare"), "{}", refused.body);
    assert_eq!(refused.cookie("__Host-fornya-staff"), None);
    let mut tx = stage.tx(home).await;
    let refusals = "select count(*) from audit_entry where action = 'login-refused' and object_id = $1";
    let refusals: i64 = sqlx::query_scalar(refusals).bind(siv.0).fetch_one(tx.connection()).await.unwrap();
    assert_eq!(refusals, 1, "it is in the trail who it was");
    drop(tx);

    let let_in = format!("{}/let-in", address(siv));
    for _ in 0..2 {
        assert_eq!(stage.send(&home.admin, &let_in, &[]).await.led_to(), address(siv));
    }
    assert_eq!(log_in().await.led_to(), "/staff/inbox");
    let page = stage.page(&home.admin, &address(siv)).await;
    assert!(page.contains("Aktiv") && page.contains(">inget<"), "nothing is delegated: {page}");
    let mut tx = stage.tx(home).await;
    assert_eq!(audited(&mut tx, "let-official-in").await, 1, "once");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_they_answered_for_waits_for_all(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let (couple, [mira, _]) = stage.couple().await;
    let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
    stage.send(&mira, "/messages", &[("subject", "question"), ("body", "När?")]).await;
    let mut tx = stage.tx(home).await;
    let colleague = add_staff(&mut tx, "david", StaffRole::Caseworker).await;
    let session = stage.log_in(&mut tx, Owner::Staff(colleague)).await;
    tx.stand_for(Actor::Caseworker(home.staff)).await.unwrap();
    decision_draft::save(&mut tx, renewal, &DecisionDraft::default(), 1, home.staff).await.unwrap();
    let propose = "insert into decision_proposal (municipality_id, renewal_id, proposed_by, proposed_at, content_index, takes_two)
                   values ($1, $2, $3, now(), '', '{amount}')";
    sqlx::query(propose).bind(home.id.0).bind(renewal.0).bind(home.staff.0).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let notices = stage.page(&session, "/staff/notices").await;
    assert!(!notices.contains("Mira Nilsson"), "it is for the one who answers for the case: {notices}");
    assert!(!stage.page(&session, "/staff/inbox?tab=unassigned").await.contains("Mira Nilsson"));

    end(&stage, home.staff).await;
    let unassigned = stage.page(&session, "/staff/inbox?tab=unassigned").await;
    assert!(unassigned.contains("Mira Nilsson") && unassigned.contains("ingen än"), "{unassigned}");
    let notices = stage.page(&session, "/staff/notices").await;
    assert!(notices.contains("Mira Nilsson"), "somebody reads what she wrote: {notices}");
    assert_eq!(stage.count("select count(*) from decision_proposal").await, 0);
    let mut tx = stage.tx(home).await;
    assert_eq!((audited(&mut tx, "left-case").await, audited(&mut tx, "ended-proposal").await), (1, 1));
    let by: Vec<String> = sqlx::query_scalar("select actor_kind from audit_entry where action = 'left-case'")
        .fetch_all(tx.connection())
        .await
        .unwrap();
    assert_eq!(by, ["admin"], "the trail names who did it");
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_ends_themselves(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let path = format!("{}/end", address(home.administrator));
    assert_eq!(stage.look(&home.admin, &path).await.led_to(), address(home.administrator));
    assert_eq!(stage.send(&home.admin, &path, &[]).await.led_to(), address(home.administrator));
    let page = stage.page(&home.admin, &address(home.administrator)).await;
    assert!(page.contains("be en annan administratör om det"), "{page}");
    let mut tx = stage.tx(home).await;
    tx.stand_for(Actor::Admin(home.administrator)).await.unwrap();
    let own = sqlx::query("update staff set ended_by = id, ended_at = now() where id = $1")
        .bind(home.administrator.0)
        .execute(tx.connection())
        .await;
    assert!(own.is_err(), "the database refuses it too");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_two_who_end_each_other_one_stays(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let (other, session) = another_administrator(&stage).await;
    end(&stage, other).await;
    let late = stage.send(&session, &format!("{}/end", address(home.administrator)), &[]).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    // The other's transaction had begun before their session ended.
    let mut tx = stage.tx(home).await;
    let ends = super::lock(&mut tx, other, home.administrator).await.unwrap();
    assert!(matches!(ends, super::Ends::Nobody));
    assert_eq!(stage.count("select count(*) from staff where role = 'admin' and ended_at is null").await, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_else_ends_or_lets_in(pool: PgPool) {
    let stage = Connected::new(pool).await;
    let (home, away) = (&stage.towns.home, &stage.towns.away);
    let acts = ["end", "let-in"].map(|act| format!("{}/{act}", address(home.staff)));
    for path in &acts {
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, path, &[]).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        assert_eq!(stage.towns.post(&away.host, &away.admin, path, &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(stage.towns.get(&away.host, &away.admin, &acts[0]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stage.towns.count("select count(*) from staff where ended_at is not null").await, 0);
    assert_eq!(stage.towns.look(&home.caseworker, "/staff/inbox").await.status, StatusCode::OK);
}
