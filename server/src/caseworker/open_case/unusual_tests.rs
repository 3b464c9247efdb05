//! What supervisors are told of how cases are opened.

use sqlx::PgPool;

use crate::session::Owner;
use crate::test_support::{MIRA, Statement, Towns, add_single, as_owner};

const PATH: &str = "/staff/readings";

#[sqlx::test(migrations = "../migrations")]
async fn a_case_outside_ones_own_and_one_of_ones_own_name_are_told_once_a_day(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let [_, supervisor, _] = stage.cleared().await;
    let mut tx = stage.tx(&stage.home).await;
    let case = add_single(&mut tx, MIRA, "Mira", Some(stage.home.staff)).await;
    tx.commit().await.unwrap();
    let renewal = stage.signed(case, "2026-12", &Statement::ordinary()).await;
    let (david, davids) = stage.colleague("david").await;
    let mut tx = stage.tx(&stage.home).await;
    as_owner(&mut tx).await;
    let named = "update staff set name = 'David Nilsson' where id = $1";
    sqlx::query(named).bind(david.0).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let page = format!("/staff/renewals/{renewal}");
    stage.page(&stage.home.caseworker, &page).await;
    assert!(stage.page(&supervisor, PATH).await.contains("Inget ovanligt har hänt."), "one's own case is nothing");

    for _ in 0..2 {
        stage.send(&davids, &format!("/staff/open/{renewal}"), &[("purpose", "review")]).await;
        stage.page(&davids, &page).await;
    }
    let told = stage.page(&supervisor, PATH).await;
    for text in [
        "David Nilsson öppnade ärende 2026-Mira utan att ansvara för det",
        "David Nilsson öppnade ärende 2026-Mira, där någon har samma efternamn",
    ] {
        assert_eq!(told.matches(text).count(), 1, "{text}: {told}");
    }
    assert!(told.contains("2 nya"), "{told}");
    let ids: Vec<String> = sqlx::query_scalar("select id::text from unusual_opening")
        .fetch_all(stage.tx(&stage.home).await.connection())
        .await
        .unwrap();
    let fields: Vec<_> = ids.iter().map(|id| ("unusual", id.as_str())).collect();
    stage.send(&supervisor, PATH, &fields).await;
    assert!(!stage.page(&supervisor, PATH).await.contains("2 nya"), "they have been seen");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_opened_at_night_and_many_in_a_day_are_told(pool: PgPool) {
    let (stage, time) = Towns::at_rest(pool).await;
    let [_, supervisor, _] = stage.cleared().await;
    let mut renewals = Vec::new();
    for index in 0..41 {
        let mut tx = stage.tx(&stage.home).await;
        let number = (0..10).find_map(|last| {
            let number = format!("19900101{}{last}", 100 + index);
            domain::PersonNumber::parse(&number).ok().map(domain::PersonNumber::digits)
        });
        let case = add_single(&mut tx, &number.unwrap(), &format!("P{index}"), Some(stage.home.staff)).await;
        tx.commit().await.unwrap();
        renewals.push(stage.signed(case, "2026-12", &Statement::ordinary()).await);
    }
    for renewal in &renewals[..40] {
        stage.page(&stage.home.caseworker, &format!("/staff/renewals/{renewal}")).await;
    }
    assert!(stage.page(&supervisor, PATH).await.contains("Inget ovanligt har hänt."), "forty is a day's work");
    stage.page(&stage.home.caseworker, &format!("/staff/renewals/{}", renewals[40])).await;
    assert!(stage.page(&supervisor, PATH).await.contains("sara öppnade fler än 40 ärenden på en dag"));

    time.pass(11 * 60);
    let mut tx = stage.tx(&stage.home).await;
    let late = stage.log_in(&mut tx, Owner::Staff(stage.home.staff)).await;
    tx.commit().await.unwrap();
    stage.page(&late, &format!("/staff/renewals/{}", renewals[0])).await;
    let mut tx = stage.tx(&stage.home).await;
    let told: Vec<String> =
        sqlx::query_scalar("select kind from unusual_opening order by 1").fetch_all(tx.connection()).await.unwrap();
    assert_eq!(told, ["many", "night"], "also of a case that was opened by day");
}
