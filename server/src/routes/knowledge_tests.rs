//! Who knows of a case, proved against the catalogue and by asking every table as everybody.

use domain::id::{CaseId, PersonId, RenewalId};
use sqlx::PgPool;
use uuid::Uuid;

use crate::db::{Actor, TenantTx};
use crate::test_support::{Statement, Towns, act_as, as_owner};

/// The tables that hang on a case, each with what it hangs by.
async fn hanging(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select distinct c.relname::text
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            and (a.attname in ('case_id', 'renewal_id', 'decision_id', 'calculation_id', 'proof_id')
                 or c.relname in ('person', 'assistance_case'))
          order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_table_that_hangs_on_a_case_is_held_to_who_knows_of_it(pool: PgPool) {
    let held: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_policy p join pg_class c on c.oid = p.polrelid
          where p.polname = 'known_case' and not p.polpermissive and p.polcmd = '*' and 'fornya_tenant'::regrole = any (p.polroles) order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(held.len() > 10, "{held:?}");
    assert_eq!(hanging(&pool).await, held, "a table without who knows of it, or the other way round");
}

/// A household whose case has a row in every table: a renewal and its decision, a message, a notice.
async fn lived_in(stage: &Towns, case: CaseId, person: PersonId) -> RenewalId {
    let renewal = stage.signed(case, "2026-11", &Statement::ordinary()).await;
    let (mut tx, municipality) = (stage.tx(&stage.home).await, stage.home.id.0);
    act_as(&mut tx, stage.home.staff).await;
    for statement in [
        "insert into message (municipality_id, id, case_id, person_id, subject_sealed, body_sealed, sent_at)
         select $1, gen_random_uuid(), case_id, $3, '', '', now() from renewal where id = $2",
        "insert into renewal_draft (municipality_id, renewal_id, person_id, revision, content_sealed, saved_at)
         values ($1, $2, $3, 1, '', now())",
        "insert into own_part (municipality_id, renewal_id, person_id, revision, content_sealed, content_version, saved_at)
         values ($1, $2, $3, 1, '', 0, now())",
        "insert into proof (municipality_id, id, renewal_id, person_id, statement_id, facts_sealed, scan, received_at)
         values ($1, $2, $2, $3, $2, '', 'none', now())",
        "insert into awaited_proof (municipality_id, renewal_id, person_id, statement_id, due_on)
         values ($1, $2, $3, $2, current_date)",
        "insert into proof_content (municipality_id, proof_id, part, content)
         select $1, $2, 'whole', '' where $3 is not null",
        "insert into authority_source (municipality_id, id, name, settings, position) values ($1, $2, 'Källan', '{}', 1) -- $3",
        "insert into authority_query (municipality_id, id, renewal_id, person_id, source_id, asked_at)
         values ($1, gen_random_uuid(), $2, $3, $2, now())",
        "insert into calculation (municipality_id, id, renewal_id, input_sealed, result_sealed, made_at, made_by)
         select $1, gen_random_uuid(), $2, '', '', now(), acting_staff() where $3 is not null",
        "insert into case_opening (municipality_id, case_id, staff_id, day, ground, opened_at)
         select $1, case_id, acting_staff(), current_date, 'responsible', now() from renewal where id = $2 and $3 is not null",
        "insert into decision_draft (municipality_id, renewal_id, revision, content_sealed, saved_by, saved_at)
         select $1, $2, 1, '', acting_staff(), now() where $3 is not null",
        "insert into decision_proposal (municipality_id, renewal_id, proposed_by, proposed_at, content_index, takes_two)
         select $1, $2, acting_staff(), now(), '', '{amount}' where $3 is not null",
        "insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons_sealed, calculation_id, decided_at, decided_by)
         select $1, gen_random_uuid(), $2, 'granted', 100, '', id, now(), made_by
           from calculation where renewal_id = $2 and $3 is not null",
        "insert into decision_receipt (municipality_id, decision_id, person_id, received_at, how)
         select $1, id, $3, now(), 'shown' from decision where renewal_id = $2",
        "insert into payout (municipality_id, id, decision_id, case_id, state, amount_ore, pay_date, method, payee_sealed)
         select $1, gen_random_uuid(), d.id, r.case_id, 'planned', 100, '2026-11-27', 'payment-slip', ''
           from decision d join renewal r on r.id = d.renewal_id where d.renewal_id = $2 and $3 is not null",
        "insert into notice (municipality_id, id, kind, case_id, renewal_id, made_at)
         select $1, gen_random_uuid(), 'renewal-arrived', case_id, id, now() from renewal where id = $2 and $3 is not null",
        "insert into protected_reading (municipality_id, id, case_id, staff_id, reason_sealed, opened_at, closes_at)
         select $1, gen_random_uuid(), r.case_id, c.made_by, '', now(), now() + interval '1 hour'
           from renewal r join calculation c on c.renewal_id = r.id where r.id = $2 and $3 is not null",
        "select set_config('fornya.person', $3::uuid::text, true) where $1::uuid is not null and $2::uuid is not null",
        "insert into separation (municipality_id, id, case_id, said_by, left_by, message_id, said_at)
         select $1, gen_random_uuid(), r.case_id, $3, $3, m.id, now() from renewal r join message m on m.case_id = r.case_id where r.id = $2",
    ] {
        let insert = sqlx::query(statement).bind(municipality).bind(renewal.0).bind(person.0);
        insert.execute(tx.connection()).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    tx.commit().await.unwrap();
    renewal
}

/// How many rows an actor of the home town sees in each table that hangs on a case.
async fn seen(stage: &Towns, pool: &PgPool, actor: Actor) -> Vec<(String, i64)> {
    let at = stage.service.clock.business();
    let mut tx = TenantTx::begin(&stage.service.db, stage.home.id, actor, at).await.unwrap();
    let mut seen = Vec::new();
    for table in hanging(pool).await {
        let count = format!("select count(*) from {table}");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(tx.connection()).await.unwrap();
        seen.push((table, rows));
    }
    seen
}

#[sqlx::test(migrations = "../migrations")]
async fn a_protected_household_is_nowhere_to_anybody_but_itself_and_the_service(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let home = &stage.home;
    lived_in(&stage, home.case, home.person).await;
    // What one adult writes of their own is theirs alone.
    let is_whole = |actor: Actor, seen: &[(String, i64)]| {
        let unseen = |table: &str| match table {
            "protected_reading" | "unusual_opening" => true,
            "own_part" => matches!(actor, Actor::Caseworker(_)),
            _ => false,
        };
        seen.iter().all(|(table, rows)| *rows > 0 || unseen(table))
    };
    for actor in [Actor::Caseworker(home.staff), Actor::Citizen(home.person), Actor::System] {
        let seen = seen(&stage, &pool, actor).await;
        assert!(is_whole(actor, &seen), "{actor:?}: {seen:?}");
    }
    stage.protect(home.person).await;
    let nobody = PersonId(Uuid::now_v7());
    for actor in [Actor::Caseworker(home.staff), Actor::Citizen(nobody), Actor::Admin(home.staff), Actor::Visitor] {
        for (table, rows) in seen(&stage, &pool, actor).await {
            assert_eq!(rows, 0, "{actor:?} sees {table}");
        }
    }
    for actor in [Actor::Citizen(home.person), Actor::System] {
        let seen = seen(&stage, &pool, actor).await;
        assert!(is_whole(actor, &seen), "nothing is lost: {actor:?}: {seen:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_citizen_knows_of_their_own_case_alone(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let home = &stage.home;
    lived_in(&stage, home.case, home.person).await;
    let (couple, _) = stage.couple().await;
    for (table, rows) in seen(&stage, &pool, Actor::Citizen(couple.johan)).await {
        let own = match table.as_str() {
            "assistance_case" => 1,
            "household_member" | "person" => 3,
            _ => 0,
        };
        assert_eq!(rows, own, "{table}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn who_has_left_a_household_is_protected_in_what_they_left_there(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let home = &stage.home;
    let (couple, [_, johan]) = stage.couple().await;
    let renewal = stage.signed(couple.case, "2026-11", &Statement::ordinary()).await;
    stage.send(&johan, "/messages", &[("subject", "question"), ("body", "Jag har flyttat.")]).await;
    let mut tx = stage.tx(home).await;
    as_owner(&mut tx).await;
    sqlx::query("update household_member set left_on = joined_on where person_id = $1")
        .bind(couple.johan.0)
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let page = format!("/staff/renewals/{renewal}");
    assert!(stage.page(&home.caseworker, &page).await.contains("Johan"), "it is not closed yet");
    let mira = stage.cookie_of(couple.mira).await;
    let signed = format!("/renewals/{renewal}/signed");
    assert!(stage.page(&mira, &signed).await.contains("Johan"), "who stays still reads what both have signed");

    stage.protect(couple.johan).await;
    assert_eq!(stage.look(&home.caseworker, &page).await.status, axum::http::StatusCode::NOT_FOUND);
    let notices = stage.page(&home.caseworker, "/staff/notices").await;
    assert!(!notices.contains("Meddelande"), "{notices}");
    let [cleared, ..] = stage.cleared().await;
    let waiting = stage.page(&cleared, "/staff/protected").await;
    assert!(waiting.contains("Nytt meddelande") && waiting.contains("Ansökan för november"), "{waiting}");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_no_register_has_said_is_closed_too(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    let home = &stage.home;
    let mut tx = stage.tx(home).await;
    as_owner(&mut tx).await;
    let forgotten = "insert into person (municipality_id, id, number_sealed, number_index, name_sealed)
                     values ($1, $2, '', '', '')";
    let person = PersonId(Uuid::now_v7());
    sqlx::query(forgotten).bind(home.id.0).bind(person.0).execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = stage.tx(home).await;
    let said: String = sqlx::query_scalar("select protection from person where id = $1")
        .bind(person.0)
        .fetch_one(tx.connection())
        .await
        .unwrap();
    assert_eq!(said, "unknown");
    let people = |seen: Vec<(String, i64)>| seen.into_iter().find(|(table, _)| table == "person").unwrap().1;
    assert_eq!(people(seen(&stage, &pool, Actor::Caseworker(home.staff)).await), 1, "Petra alone");
}

/// Each statement of a page asks what is closed; to work it out each time would cost more than the page.
#[sqlx::test(migrations = "../migrations")]
async fn what_is_closed_is_worked_out_once_a_transaction(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let staff = Actor::Caseworker(stage.home.staff);
    let at = stage.service.clock.business();
    let known = async |tx: &mut TenantTx| -> (i64, i64) {
        let both = "select (select count(*) from assistance_case), (select count(*) from person)";
        sqlx::query_as(both).fetch_one(tx.connection()).await.unwrap()
    };
    let mut tx = TenantTx::begin(&stage.service.db, stage.home.id, staff, at).await.unwrap();
    assert_eq!(known(&mut tx).await, (1, 1));
    stage.protect(stage.home.person).await;
    assert_eq!(known(&mut tx).await, (1, 1), "it was worked out");
    tx.stand_for(staff).await.unwrap();
    assert_eq!(known(&mut tx).await, (0, 0), "whoever it comes to stand for, it is worked out anew");
    drop(tx);
    let mut tx = TenantTx::begin(&stage.service.db, stage.home.id, staff, at).await.unwrap();
    assert_eq!(known(&mut tx).await, (0, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transaction_that_stands_for_nobody_knows_of_no_case(pool: PgPool) {
    let stage = Towns::new(pool.clone()).await;
    lived_in(&stage, stage.home.case, stage.home.person).await;
    let mut tx = pool.begin().await.unwrap();
    sqlx::query("select set_config('role', 'fornya_tenant', true), set_config('fornya.municipality', $1, true)")
        .bind(stage.home.id.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    for table in hanging(&pool).await {
        let count = format!("select count(*) from {table}");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}
