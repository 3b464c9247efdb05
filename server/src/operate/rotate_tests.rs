//! Keys that are rotated and destroyed under a service that goes on.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::authority::Agency;
use domain::kind::IncomeKind;
use sqlx::PgPool;

use super::*;
use crate::config::{KeyFile, Keys};
use crate::db::{Column, KeysTx, MasterKey};
use crate::serve;
use crate::test_support::{Statement, Towns, add_answer, add_source, day, reported};

/// A process of its own, as the command is.
fn command(stage: &Towns, pool: &PgPool) -> Db {
    Db::owned(pool, serve::master_key(&stage.service.settings).unwrap())
}

/// The generations that a town's values are sealed under, 0 for those that name none, each with how many values.
async fn generations(pool: &PgPool, town: MunicipalityId) -> Vec<(i32, i64)> {
    let mut parts = Vec::new();
    for column in Column::ALL.iter().filter(|column| **column != Column::ProposalContent) {
        let (table, name) = column.name().split_once('.').unwrap();
        parts.push(format!("select {name}_sealed as sealed from {table} where municipality_id = $1"));
    }
    let all = format!(
        "select case when get_byte(sealed, 0) = 3 then get_byte(sealed, 4) else 0 end, count(*)
           from ({}) s where sealed is not null group by 1 order by 1",
        parts.join(" union all ")
    );
    sqlx::query_as(sqlx::AssertSqlSafe(all)).bind(town.0).fetch_all(pool).await.unwrap()
}

async fn kept(pool: &PgPool, town: MunicipalityId) -> Vec<(String, i32)> {
    sqlx::query_as("select purpose, generation from municipality_key where municipality_id = $1 order by 1, 2")
        .bind(town.0)
        .fetch_all(pool)
        .await
        .unwrap()
}

/// A household with most of what can be sealed: a month that is decided, one that is signed, and a draft.
async fn lived_in(stage: &Towns) {
    let home = &stage.home;
    let statement = Statement { message: Some("Hej!"), ..Statement::default() };
    let decided = stage.signed(home.case, "2026-10", &statement).await;
    stage.decided(decided, "granted", "need-by-norm").await;
    let signed = stage.signed(home.case, "2026-11", &statement).await;
    let mut tx = stage.tx(home).await;
    let source = add_source(&mut tx, Agency::Fk).await;
    let answer = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    add_answer(&mut tx, signed, home.person, source, day(11, 25), &answer).await;
    tx.commit().await.unwrap();
    stage.know(home.person, Column::PersonPhone, "070-174 06 05").await;
    stage.begun(&home.citizen).await;
}

/// Pages on which most of it is opened.
async fn whole(stage: &Towns) {
    let home = &stage.home;
    for (cookie, path) in [
        (&home.citizen, "/home"),
        (&home.citizen, "/renewal/month"),
        (&home.citizen, "/renewal/household"),
        (&home.citizen, "/payouts"),
        (&home.caseworker, "/staff/inbox"),
    ] {
        let shown = stage.look(cookie, path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.body);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn data_keys_rotate_while_drafts_are_saved_and_read(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    let (home, away) = (stage.home.id, stage.away.id);
    // Another process, which was there before and reads.
    let there = stage.another_node(pool.clone()).await;
    let here = std::mem::replace(&mut stage.service, there);
    whole(&stage).await;
    let there = std::mem::replace(&mut stage.service, here);
    let before = generations(&pool, home).await;
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!(before[0].0, 1);

    let command = command(&stage, &pool);
    let rotation = async {
        let mut rotated = 0;
        for _ in 0..2 {
            rotated += rotate_data_keys(&command, None).await.unwrap();
        }
        rotated
    };
    let mut rotation = std::pin::pin!(rotation);
    let mut saved = 0;
    let rotated = loop {
        let write = async {
            let phone = format!("070-174 06 {:02}", saved % 100);
            let posted = stage
                .save(&stage.home.citizen, "/renewal/household", &[("phone", &phone), ("household", "same")])
                .await;
            assert_eq!(posted.status, StatusCode::SEE_OTHER, "{}", posted.body);
            let page = stage.page(&stage.home.citizen, "/renewal/household").await;
            assert!(page.contains(&format!("value=\"{phone}\"")), "what was saved is what is read: {page}");
        };
        tokio::select! {
            biased;
            rotated = &mut rotation => break rotated,
            () = write => saved += 1,
        }
    };
    assert!(saved > 0, "somebody wrote meanwhile");
    assert!(i64::try_from(rotated).unwrap() >= 2 * (before[0].1 - 1), "{rotated} of {before:?}");
    let after = generations(&pool, home).await;
    assert_eq!(after, [(3, before[0].1)], "under the newest alone, and none was lost");
    assert_eq!(kept(&pool, home).await, [("index".to_owned(), 1), ("seal".to_owned(), 3)]);
    assert_eq!(kept(&pool, away).await, [("index".to_owned(), 1), ("seal".to_owned(), 3)]);
    whole(&stage).await;
    stage.service = there;
    whole(&stage).await;
    stage.service = stage.another_node(pool.clone()).await;
    whole(&stage).await;
    let new = stage.page(&stage.home.citizen, "/renewal/household").await;
    assert!(new.contains("070-174 06 "), "{new}");
}

#[sqlx::test(migrations = "../migrations")]
async fn one_town_rotates_alone_and_what_was_broken_off_goes_on(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    let (home, away) = (stage.home.id, stage.away.id);
    let command = command(&stage, &pool);
    // Broken off once the new key was made, and once when it was in use.
    let mut tx = KeysTx::begin(&command, home).await.unwrap();
    assert!(tx.announce().await.unwrap());
    tx.commit().await.unwrap();
    whole(&stage).await;
    assert_eq!(generations(&pool, home).await.len(), 1, "it does not seal yet");
    let mut tx = KeysTx::begin(&command, home).await.unwrap();
    assert!(tx.announce().await.unwrap(), "no other is made");
    tx.take_into_use().await.unwrap();
    tx.commit().await.unwrap();
    let saved = stage.save(&stage.home.citizen, "/renewal/household", &[("household", "same")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(generations(&pool, home).await.iter().map(|(generation, _)| *generation).collect::<Vec<_>>(), [1, 2]);
    whole(&stage).await;

    let host = stage.home.host.split(':').next().unwrap();
    rotate_data_keys(&command, Some(host)).await.unwrap();
    assert_eq!(generations(&pool, home).await.iter().map(|(generation, _)| *generation).collect::<Vec<_>>(), [2]);
    assert_eq!(kept(&pool, home).await, [("index".to_owned(), 1), ("seal".to_owned(), 2)]);
    assert_eq!(kept(&pool, away).await, [("seal".to_owned(), 1)], "the other town's are untouched");
    whole(&stage).await;
    let refused = rotate_data_keys(&command, Some("nowhere.example.se")).await.unwrap_err();
    assert!(matches!(refused, OperateError::NoMunicipality(_)), "{refused}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_does_not_open_keeps_its_key_and_is_told(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    sqlx::query("update calculation set input_sealed = 'does not open'").execute(&pool).await.unwrap();
    let told = rotate_data_keys(&command(&stage, &pool), None).await.unwrap_err();
    assert!(matches!(told, OperateError::Unopened(1)), "{told}");
    assert_eq!(kept(&pool, stage.home.id).await.len(), 3, "both generations, and the digests'");
    assert_eq!(kept(&pool, stage.away.id).await.len(), 2, "the other town's rotation is done");
    whole(&stage).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transaction_that_began_before_is_waited_for(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let command = command(&stage, &pool);
    let mut tx = stage.tx(&stage.home).await;
    sqlx::query("select 1").execute(tx.connection()).await.unwrap();
    let mut rotation = std::pin::pin!(rotate_data_keys(&command, None));
    let soon = std::time::Duration::from_millis(500);
    assert!(tokio::time::timeout(soon, &mut rotation).await.is_err(), "it knows nothing of the new key");
    assert_eq!(generations(&pool, stage.home.id).await.iter().map(|(generation, _)| *generation).max(), Some(1));
    tx.commit().await.unwrap();
    rotation.await.unwrap();
    assert_eq!(kept(&pool, stage.home.id).await, [("index".to_owned(), 1), ("seal".to_owned(), 2)]);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_master_key_is_replaced_while_the_service_runs(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    let old = stage.service.settings.clone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.key");
    std::fs::write(&file, MasterKey::generate_base64().unwrap()).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let keys = |keys: Keys| crate::config::Settings { keys, ..old.clone() };
    let new = keys(Keys::in_file(KeyFile::new(file.clone())));
    let both = keys(Keys { previous_master_key_file: old.keys.master_key_file.clone(), ..new.keys.clone() });
    let over =
        async |settings: &crate::config::Settings| Db::over(pool.clone(), serve::master_key(settings).unwrap()).await;

    let refused = over(&new).await.check_master_key().await.unwrap_err();
    assert!(matches!(refused, DbError::WrongMasterKey), "{refused}");
    over(&both).await.check_master_key().await.unwrap();
    let service = serve::service_over(both.clone(), over(&both).await).unwrap();
    stage.service = Arc::new(crate::service::Service { clock: stage.service.clock.clone(), ..service });
    whole(&stage).await;

    let command = Db::owned(&pool, serve::master_key(&both).unwrap());
    let wrapped = rotate_master_key(&command).await.unwrap();
    assert_eq!(wrapped, 2, "a key for each town");
    assert_eq!(rotate_master_key(&command).await.unwrap(), 0, "all is done");
    whole(&stage).await;
    over(&both).await.check_master_key().await.unwrap();
    over(&new).await.check_master_key().await.unwrap();
    let service = serve::service_over(new.clone(), over(&new).await).unwrap();
    stage.service = Arc::new(crate::service::Service { clock: stage.service.clock.clone(), ..service });
    whole(&stage).await;
    let refused = over(&old).await.check_master_key().await.unwrap_err();
    assert!(matches!(refused, DbError::WrongMasterKey), "the old one opens nothing: {refused}");
}

#[sqlx::test(migrations = "../migrations")]
async fn of_a_town_whose_keys_are_destroyed_nothing_opens_and_the_others_go_on(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    lived_in(&stage).await;
    let (home, away) = (&stage.home, &stage.away);
    let command = command(&stage, &pool);
    let host = home.host.split(':').next().unwrap();
    destroy_keys(&command, host).await.unwrap();
    assert!(kept(&pool, home.id).await.is_empty());
    let fresh = stage.another_node(pool.clone()).await;
    for service in [&stage.service, &fresh] {
        let begun = TenantTx::begin(&service.db, home.id, Actor::System, service.clock.business()).await;
        let refused = begun.err().unwrap();
        assert!(matches!(refused, DbError::Destroyed(_)), "{refused}");
    }
    for (cookie, path) in [(&home.citizen, "/home"), (&home.citizen, "/renewal"), (&home.caseworker, "/staff/inbox")] {
        let shown = stage.get(&home.host, cookie, path).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{path}: {}", shown.body);
        assert!(shown.body.contains("<html"), "a page says so: {}", shown.body);
    }
    let posted = stage.post(&home.host, &home.citizen, "/renewal/household", &[("household", "same")]).await;
    assert_eq!(posted.status, StatusCode::NOT_FOUND, "{}", posted.body);
    let elsewhere = stage.get(&away.host, &away.citizen, "/home").await;
    assert_eq!(elsewhere.status, StatusCode::OK, "{}", elsewhere.body);
    assert!(kept(&pool, home.id).await.is_empty(), "no new key was made");

    let again = destroy_keys(&command, host).await.unwrap_err();
    assert!(matches!(again, OperateError::Db(DbError::Destroyed(_))), "{again}");
    command.check_master_key().await.unwrap();
    rotate_master_key(&command).await.unwrap();
    rotate_data_keys(&command, None).await.unwrap();
    assert!(kept(&pool, home.id).await.is_empty());
    assert_eq!(kept(&pool, away.id).await, [("index".to_owned(), 1), ("seal".to_owned(), 2)]);
}
