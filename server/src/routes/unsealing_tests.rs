//! What a page does not show it does not open: sealed values are spoiled, and the pages that need none of them are whole.

use axum::http::StatusCode;
use domain::authority::Agency;
use domain::id::RenewalId;
use domain::kind::IncomeKind;
use sqlx::PgPool;

use crate::test_support::{Statement, Towns, add_answer, add_signed, add_source, day, month, reported};

#[sqlx::test(migrations = "../migrations")]
async fn a_page_opens_only_what_it_needs(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    let source = add_source(&mut tx, Agency::Fk).await;
    let statement = Statement { message: Some("Hej!"), ..Statement::default() };
    let signed = add_signed(&stage.service, &mut tx, home.case, month("2026-11"), day(10, 18), &statement).await;
    tx.commit().await.unwrap();
    let begun = stage.post(&home.host, &home.citizen, "/renewal/begin", &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let mut tx = stage.tx(home).await;
    let begun = sqlx::query_scalar("select id from renewal where state = 'draft'").fetch_one(tx.connection()).await;
    let begun = RenewalId(begun.unwrap());
    let answer = reported(IncomeKind::HousingBenefit, 1_400, day(11, 12));
    add_answer(&mut tx, begun, home.person, source, day(11, 25), &answer).await;
    tx.commit().await.unwrap();

    stage.save(&home.citizen, "/renewal/changed", &[("message", "on")]).await;
    let document = format!("/renewals/{signed}/signed");
    for (spoil, pages) in [
        ("update authority_query set answer_sealed = 'x' where answered_at is not null", &["/renewal"][..]),
        ("update signature set annex_sealed = 'x'", &["/home", "/renewal/receipt", &document]),
        (
            "update assistance_case set (payout_method, account_sealed) = ('account', 'x')",
            &["/home", "/messages", "/renewal/receipt"],
        ),
    ] {
        let mut tx = stage.tx(home).await;
        sqlx::query("set local role none").execute(tx.connection()).await.unwrap();
        sqlx::query(spoil).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
        for page in pages {
            let shown = stage.get(&home.host, &home.citizen, page).await;
            assert_eq!(shown.status, StatusCode::OK, "{spoil}: {page}: {}", shown.body);
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn an_older_value_that_is_put_back_is_not_shown_as_the_newest(pool: PgPool) {
    const PATH: &str = "/renewal/household";
    let stage = Towns::new(pool.clone()).await;
    let citizen = &stage.home.citizen;
    stage.begun(citizen).await;
    stage.save(citizen, PATH, &[("phone", "070-174 06 05"), ("household", "same")]).await;
    let older: Vec<u8> = sqlx::query_scalar("select content_sealed from renewal_draft").fetch_one(&pool).await.unwrap();
    stage.save(citizen, PATH, &[("phone", "070-174 06 06"), ("household", "same")]).await;
    assert_eq!(stage.look(citizen, PATH).await.status, StatusCode::OK);
    sqlx::query("update renewal_draft set content_sealed = $1").bind(older).execute(&pool).await.unwrap();
    let shown = stage.look(citizen, PATH).await;
    assert_eq!(shown.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", shown.body);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_somebody_wrote_of_their_own_is_shown_as_nothing_else(pool: PgPool) {
    const PATH: &str = "/renewal/message";
    let stage = Towns::new(pool.clone()).await;
    let (couple, [mira, johan]) = stage.couple().await;
    stage.begun(&mira).await;
    stage.send(&johan, "/renewal/apply", &[]).await;
    let older: Vec<u8> = sqlx::query_scalar("select content_sealed from own_part").fetch_one(&pool).await.unwrap();
    stage.save(&johan, PATH, &[("message", "Hej!")]).await;
    assert!(stage.page(&johan, PATH).await.contains("Hej!"));
    // As the other adult's own.
    sqlx::query("update renewal set begun_by = $1").bind(couple.johan.0).execute(&pool).await.unwrap();
    sqlx::query("update own_part set person_id = $1").bind(couple.mira.0).execute(&pool).await.unwrap();
    let shown = stage.look(&mira, PATH).await;
    assert_eq!(shown.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", shown.body);
    sqlx::query("update renewal set begun_by = $1").bind(couple.mira.0).execute(&pool).await.unwrap();
    sqlx::query("update own_part set person_id = $1").bind(couple.johan.0).execute(&pool).await.unwrap();
    assert!(stage.page(&johan, PATH).await.contains("Hej!"));
    // As it was before.
    sqlx::query("update own_part set content_sealed = $1").bind(older).execute(&pool).await.unwrap();
    let shown = stage.look(&johan, PATH).await;
    assert_eq!(shown.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", shown.body);
}
