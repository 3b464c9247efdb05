use sqlx::PgPool;
use uuid::Uuid;

use crate::test_support::{MIRA, Statement, Towns, act_as, add_signed, add_single, day, month};

/// The inbox with what stands after its address.
async fn look(stage: &Towns, query: &str) -> String {
    stage.page(&stage.home.caseworker, &format!("/staff/inbox{query}")).await
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_unchanged_in_a_first_renewal(pool: PgPool) {
    let stage = Towns::new(pool).await;
    stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
    let first = look(&stage, "").await;
    assert!(first.contains("Ingen tidigare ansökan") && !first.contains("Inget ändrat"), "{first}");
    stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
    assert!(look(&stage, "").await.contains("Inget ändrat"));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_trail_names_every_renewal_that_was_listed_and_says_that_an_empty_list_was_seen(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let seen = async || -> Vec<Option<Uuid>> {
        let mut tx = stage.tx(&stage.home).await;
        let seen = "select object_id from audit_entry where action = 'saw-inbox' order by id";
        sqlx::query_scalar(seen).fetch_all(tx.connection()).await.unwrap()
    };
    look(&stage, "").await;
    assert_eq!(seen().await, [None]);
    let november = stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
    let december = stage.signed(stage.home.case, "2026-12", &Statement::default()).await;
    look(&stage, "").await;
    assert_eq!(seen().await, [None, Some(november.0), Some(december.0)]);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_inbox_counts_pages_and_puts_the_oldest_first(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    let mira = add_single(&mut tx, MIRA, "Mira", Some(stage.home.staff)).await;
    let statement = Statement::default();
    for (case, norm_month, arrived) in [
        (mira, "2026-12", day(11, 20)),
        (stage.home.case, "2026-12", day(11, 17)),
        (stage.home.case, "2026-11", day(10, 17)),
    ] {
        add_signed(&stage.service, &mut tx, case, month(norm_month), arrived, &statement).await;
    }
    tx.commit().await.unwrap();
    let all = look(&stage, "").await;
    for count in ["Mina 1", "Oplockade 2", "Alla 3", "Beslutade 0"] {
        assert!(all.contains(count), "{count}");
    }
    let place = |text: &str| all.find(text).unwrap_or_else(|| panic!("{text} is there"));
    assert!(place("november 2026") < place("december 2026"), "the oldest arrival stands first");
    assert!(all.rfind("Petra").unwrap() < place("Mira Nilsson"));
    let mine = look(&stage, "?tab=mine&page=9").await;
    assert!(mine.contains("Mira Nilsson") && !mine.contains("Petra Nilsson"), "a page too far is the last page");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_long_inbox_is_shown_page_by_page(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let mut tx = stage.tx(&stage.home).await;
    for back in 0..21 {
        let norm_month = month("2026-12").checked_add(-back).unwrap();
        let arrived = norm_month.previous().first_day();
        add_signed(&stage.service, &mut tx, stage.home.case, norm_month, arrived, &Statement::default()).await;
    }
    tx.commit().await.unwrap();
    let rows = |page: &str| page.matches("<a href=\"/staff/renewals/").count();
    let (first, second) = (look(&stage, "").await, look(&stage, "?page=2").await);
    assert_eq!((rows(&first), rows(&second)), (20, 1));
    assert!(second.contains("december 2026"), "the newest stands last");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_hidden_unsigned_or_anothers_is_neither_shown_nor_counted(pool: PgPool) {
    let stage = Towns::new(pool).await;
    stage.unseen().await;
    let inbox = look(&stage, "").await;
    assert!(!inbox.contains("Vera") && !inbox.contains("Petra") && inbox.contains("Alla 0"), "{inbox}");

    stage.signed(stage.home.case, "2026-11", &Statement::default()).await;
    decide_all(&stage).await;
    let decided = look(&stage, "?tab=decided").await;
    assert!(!decided.contains("Vera") && decided.contains("Petra"), "{decided}");
    assert!(decided.contains("Alla 0") && decided.contains("Beslutade 1"), "{decided}");
    let away = stage.get(&stage.away.host, &stage.away.caseworker, "/staff/inbox?tab=decided").await.body;
    assert!(!away.contains("Petra") && away.contains("Beslutade 0"), "{away}");
}

/// Every renewal that was signed is decided, today, without a word.
async fn decide_all(stage: &Towns) {
    let mut tx = stage.tx(&stage.home).await;
    act_as(&mut tx, stage.home.staff).await;
    for statement in [
        "update renewal set state = 'decided' where submitted_at is not null",
        "insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons_sealed, decided_at, decided_by)
         select r.municipality_id, gen_random_uuid(), r.id, 'rejected', 0, '', r.submitted_at, s.id
           from renewal r join staff s on s.id = acting_staff()
          where r.state = 'decided'",
    ] {
        sqlx::query(statement).execute(tx.connection()).await.unwrap();
    }
    tx.commit().await.unwrap();
}
