//! What a page costs the database does not grow with the municipality: everybody pays for what is theirs.

use sqlx::PgPool;

use crate::test_support::{Statement, Statements, Towns, as_owner};

/// Households that nobody of this test is in, each with ten months that were decided long ago.
const STRANGERS: [&str; 8] = [
    "insert into assistance_case (municipality_id, id, number, opened_on, payout_method)
     select $1::uuid, md5('case' || n)::uuid, 'G-' || n, '2015-01-01', 'payment-slip' from generate_series($2, $3) n",
    "insert into person (municipality_id, id, number_sealed, number_index, name_sealed, protection)
     select $1::uuid, md5('person' || n)::uuid, '', sha256(n::text::bytea), '', 'none' from generate_series($2, $3) n",
    "insert into household_member (municipality_id, case_id, person_id, position, particulars_sealed, signs_as, joined_on)
     select $1::uuid, md5('case' || n)::uuid, md5('person' || n)::uuid, 1, '', 'applicant', '2015-01-01' from generate_series($2, $3) n",
    "insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at, submitted_at, reference)
     select $1::uuid, md5('renewal' || n || '-' || k)::uuid, md5('case' || n)::uuid, make_date(2015, k, 1), 'decided', md5('person' || n)::uuid,
            make_date(2015, k, 2), make_date(2015, k, 3), 'G' || n || '-' || k
       from generate_series($2, $3) n, generate_series(1, 10) k",
    "insert into signer (municipality_id, renewal_id, person_id, role, state, changed_at)
     select $1::uuid, md5('renewal' || n || '-' || k)::uuid, md5('person' || n)::uuid, 'applicant', 'signed', make_date(2015, k, 3)
       from generate_series($2, $3) n, generate_series(1, 10) k",
    "insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons_sealed, decided_at, decided_by)
     select $1::uuid, md5('decision' || n || '-' || k)::uuid, md5('renewal' || n || '-' || k)::uuid, 'granted', 100, '', make_date(2015, k, 4), s.id
       from generate_series($2, $3) n, generate_series(1, 10) k, (select id from staff where municipality_id = $1 limit 1) s",
    "insert into payout (municipality_id, id, decision_id, case_id, state, amount_ore, pay_date, method, payee_sealed)
     select $1::uuid, md5('payout' || n || '-' || k)::uuid, md5('decision' || n || '-' || k)::uuid, md5('case' || n)::uuid, 'paid', 100,
            make_date(2015, k, 27), 'payment-slip', ''
       from generate_series($2, $3) n, generate_series(1, 10) k",
    "insert into message (municipality_id, id, case_id, person_id, subject_sealed, body_sealed, sent_at)
     select $1::uuid, md5('message' || n || '-' || k)::uuid, md5('case' || n)::uuid, md5('person' || n)::uuid, '', '', make_date(2015, k, 5)
       from generate_series($2, $3) n, generate_series(1, 10) k",
];

/// How many pages of the database an address has it look at: the fewest of some times, since each connection plans its statements anew.
async fn looked_at(stage: &Towns, statements: &Statements, cookie: &str, path: &str) -> (i64, Vec<String>) {
    let mut fewest = (i64::MAX, Vec::new());
    for _ in 0..6 {
        statements.reset().await;
        stage.page(cookie, path).await;
        fewest = fewest.min(statements.pages().await);
    }
    fewest
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_page_costs_does_not_grow_with_the_municipality(pool: PgPool) {
    // Here one municipality is the whole table, which Postgres would read from end to end; where there are many it does not.
    let as_with_many =
        "do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$";
    sqlx::raw_sql(as_with_many).execute(&pool).await.unwrap();
    let pool = PgPool::connect_with((*pool.connect_options()).clone()).await.unwrap();
    let stage = Towns::new(pool.clone()).await;
    let (couple, [mira, johan]) = stage.couple().await;
    for of in ["2026-09", "2026-10", "2026-11"] {
        let renewal = stage.signed(couple.case, of, &Statement::default()).await;
        stage.decided(renewal, "granted", "need-by-norm").await;
    }
    stage.written(&mira).await;
    stage.save(&mira, "/renewal/changed", &[("message", "on")]).await;
    stage.send(&johan, "/renewal/apply", &[]).await;
    let waiting = stage.signed(stage.home.case, "2026-12", &Statement::ordinary()).await;
    let opened = format!("/staff/renewals/{waiting}");
    let staff = &stage.home.caseworker;
    let addresses = [
        (&mira, "/home"),
        (&mira, "/payouts"),
        (&mira, "/decisions"),
        (&mira, "/messages"),
        (&mira, "/openings"),
        (&mira, "/renewal"),
        (&mira, "/renewal/month"),
        (&mira, "/renewal/incomes"),
        (&mira, "/renewal/authorities"),
        (&mira, "/renewal/check"),
        (&johan, "/renewal"),
        (staff, "/staff/inbox"),
        (staff, "/staff/notices"),
        (staff, &*opened),
    ];
    let statements = Statements::new(pool.clone()).await;
    let mut before: Vec<(i64, Vec<String>)> = Vec::new();
    // In a small municipality tables are read whole: a middling one is compared with one that is four times as large.
    for (first, last) in [(1, 400), (401, 1_600)] {
        let mut tx = stage.tx(&stage.home).await;
        as_owner(&mut tx).await;
        for insert in STRANGERS {
            let insert = sqlx::query(insert).bind(stage.home.id.0).bind(first).bind(last);
            insert.execute(tx.connection()).await.unwrap();
        }
        tx.commit().await.unwrap();
        sqlx::raw_sql("analyze").execute(&pool).await.unwrap();
        let mut now = Vec::new();
        for (cookie, path) in addresses {
            now.push(looked_at(&stage, &statements, cookie, path).await);
        }
        for ((_, path), ((before, _), (after, which))) in addresses.iter().zip(before.iter().zip(&now)) {
            assert!(*after < before * 5 / 4 + 40, "{path}: {before} pages became {after}:\n{}", which.join("\n"));
        }
        before = now;
    }
}
