//! Tenancy, proved against the database's own catalogue and by trying to break it.

use domain::id::MunicipalityId;
use jiff::Timestamp;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use super::queue::Taking;
use super::*;
use crate::test_support::municipality;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn new_key() -> MasterKey {
    MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap()
}

/// A database with two municipalities.
async fn two(pool: PgPool) -> (Db, MunicipalityId, MunicipalityId) {
    let db = Db::over(pool.clone(), new_key()).await;
    let id = || MunicipalityId(Uuid::now_v7());
    let (first, second) = (municipality(id(), "exempelby"), municipality(id(), "grannby"));
    let mut tx = SystemTx::begin(&db.register(&pool)).await.unwrap();
    tx.add_municipality(&first).await.unwrap();
    tx.add_municipality(&second).await.unwrap();
    tx.commit().await.unwrap();
    (db, MunicipalityId(first.row.id), MunicipalityId(second.row.id))
}

async fn add_staff(tx: &mut TenantTx, municipality: MunicipalityId, subject: &str) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into staff (municipality_id, id, subject, name, role) values ($1, $2, $3, 'Sara', 'caseworker')",
    )
    .bind(municipality.0)
    .bind(id)
    .bind(subject)
    .execute(tx.connection())
    .await?;
    Ok(id)
}

#[sqlx::test(migrations = "../migrations")]
async fn every_table_is_held_by_row_security(pool: PgPool) {
    // What belongs to no municipality. A new table that is not a municipality's must be argued for here.
    const WITHOUT: [&str; 1] = ["_sqlx_migrations"];
    let tables = sqlx::query(
        "select c.relname, c.relrowsecurity, c.relforcerowsecurity,
                exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'municipality_id' and a.attnotnull) as tenant,
                (select array_agg(distinct p.polcmd::text || ':' || pg_get_expr(p.polqual, p.polrelid) order by p.polcmd::text || ':' || pg_get_expr(p.polqual, p.polrelid))
                   from pg_policy p where p.polrelid = c.oid and p.polpermissive and 'fornya_tenant'::regrole = any (p.polroles)) as held_by
           from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(tables.len() > 20, "the catalogue query finds the tables");
    for table in tables {
        let name: String = table.get("relname");
        if WITHOUT.contains(&name.as_str()) {
            continue;
        }
        assert!(table.get::<bool, _>("relrowsecurity"), "{name} has row security");
        assert!(table.get::<bool, _>("relforcerowsecurity"), "{name} forces it on its owner");
        let held: Option<Vec<String>> = table.get("held_by");
        let rule = held.unwrap_or_default();
        match name.as_str() {
            "municipality" => assert_eq!(rule, ["r:(id = current_municipality())"], "{name}"),
            "municipality_key" => assert!(rule.is_empty(), "{name} is closed to tenants"),
            _ => {
                assert!(table.get::<bool, _>("tenant"), "{name} names its municipality");
                assert_eq!(rule, ["*:(municipality_id = current_municipality())"], "{name}");
            }
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_key_between_tables_carries_the_municipality(pool: PgPool) {
    // A foreign key is checked outside row security: without the municipality in it, it would accept another's row.
    let keys = sqlx::query(
        "select c.conname, c.confrelid::regclass::text as target,
                (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)) as columns
           from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(keys.len() > 20, "the catalogue query finds the keys");
    for key in keys {
        let columns: Vec<String> = key.get("columns");
        assert!(columns.iter().any(|c| c == "municipality_id"), "{} carries it", key.get::<String, _>("conname"));
        assert!(
            columns.len() > 1 || key.get::<String, _>("target") == "municipality",
            "{}",
            key.get::<String, _>("conname")
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_system_role_reaches_a_short_list(pool: PgPool) {
    // Which migrations have run is read by whoever asks whether the service is ready.
    let reached: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.role_table_grants
          where grantee = 'fornya_system' and table_schema = 'public' and table_name <> '_sqlx_migrations' group by 1 order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(reached, ["job", "municipality", "municipality_key"]);
    let roles: Vec<(String, bool, bool)> = sqlx::query_as(
        "select rolname::text, rolsuper, rolbypassrls from pg_roles where rolname like 'fornya\\_%' order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let found: Vec<_> = roles.iter().map(|(role, ..)| role.as_str()).filter(|role| !role.contains("service")).collect();
    assert_eq!(found, ["fornya_keys", "fornya_register", "fornya_system", "fornya_tenant"]);
    assert!(roles.iter().all(|(_, is_super, passes)| !is_super && !passes), "{roles:?}");
}

#[sqlx::test(migrations = "../migrations")]
async fn one_municipality_cannot_touch_the_other(pool: PgPool) {
    let (db, first, second) = two(pool.clone()).await;
    let register = db.register(&pool);
    let mut tx = TenantTx::begin(&register, first, Actor::System, AT).await.unwrap();
    let sara = add_staff(&mut tx, first, "sara").await.unwrap();
    tx.commit().await.unwrap();

    for db in [&db, &register] {
        let mut tx = TenantTx::begin(db, second, Actor::System, AT).await.unwrap();
        let seen: i64 = sqlx::query_scalar("select count(*) from staff").fetch_one(tx.connection()).await.unwrap();
        assert_eq!(seen, 0, "another's rows are not there");
    }
    let mut tx = TenantTx::begin(&register, second, Actor::System, AT).await.unwrap();
    let error = add_staff(&mut tx, first, "intruder").await.unwrap_err();
    assert!(error.to_string().contains("row-level security"), "{error}");

    let mut tx = TenantTx::begin(&register, second, Actor::System, AT).await.unwrap();
    let error = sqlx::query(
        "insert into assistance_case (municipality_id, id, number, opened_on, responsible_id, payout_method)
         values ($1, $2, '1', '2026-01-01', $3, 'payment-slip')",
    )
    .bind(second.0)
    .bind(Uuid::now_v7())
    .bind(sara)
    .execute(tx.connection())
    .await
    .unwrap_err();
    assert!(error.to_string().contains("foreign key"), "another's row cannot be pointed at: {error}");
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_of_a_transaction_stays_on_its_connection(pool: PgPool) {
    let (db, first, _) = two(pool).await;
    for _ in 0..3 {
        TenantTx::begin(&db, first, Actor::Visitor, AT).await.unwrap().commit().await.unwrap();
        let mut connection = db.connection().await.unwrap();
        let (role, municipality): (String, Option<Uuid>) =
            sqlx::query_as("select current_setting('role'), current_municipality()")
                .fetch_one(&mut *connection)
                .await
                .unwrap();
        assert_eq!((role.as_str(), municipality), ("fornya_tenant", None));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transaction_without_a_municipality_sees_nothing(pool: PgPool) {
    let (db, first, _) = two(pool.clone()).await;
    let mut tx = TenantTx::begin(&db.register(&pool), first, Actor::System, AT).await.unwrap();
    add_staff(&mut tx, first, "sara").await.unwrap();
    tx.commit().await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from staff").fetch_one(&db.tenant).await.unwrap();
    assert_eq!(seen, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_audit_trail_is_only_added_to(pool: PgPool) {
    let (db, first, _) = two(pool).await;
    for change in ["update audit_entry set action = 'x'", "delete from audit_entry", "truncate audit_entry"] {
        let mut tx = TenantTx::begin(&db, first, Actor::System, AT).await.unwrap();
        tx.audit(Action::LoggedIn, Object::None).await.unwrap();
        let error = sqlx::raw_sql(change).execute(tx.connection()).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{change}: {error}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_is_claimed_once_and_comes_again_when_not_done(pool: PgPool) {
    let (db, first, _) = two(pool).await;
    let job = Job::AskAuthority { query: domain::id::QueryId(Uuid::now_v7()) };
    let mut tx = TenantTx::begin(&db, first, Actor::System, AT).await.unwrap();
    tx.enqueue(std::slice::from_ref(&job)).await.unwrap();
    tx.enqueue(std::slice::from_ref(&job)).await.unwrap();
    tx.commit().await.unwrap();

    let hold = jiff::SignedDuration::from_secs(60);
    let taking = |now| Taking { now, at: now, hold, limit: 10 };
    let claims = Claim::take(&db, taking(AT)).await.unwrap();
    assert_eq!(claims.iter().map(|c| &c.job).collect::<Vec<_>>(), [&job], "the same job twice is one job");
    assert!(Claim::take(&db, taking(AT)).await.unwrap().is_empty(), "it is held");
    let again = Claim::take(&db, taking(AT + hold + hold)).await.unwrap();
    assert_eq!(again[0].attempts, 2, "a worker that died lets go of it");
    again.into_iter().next().unwrap().done(&db).await.unwrap();
    assert!(Claim::take(&db, taking(AT + hold + hold + hold + hold)).await.unwrap().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_municipality_keeps_its_key(pool: PgPool) {
    let (db, first, second) = two(pool).await;
    let sealed = db.vault(first).await.unwrap().index(Column::PersonNumber, b"x");
    let restarted = Db { vaults: Arc::default(), ..db };
    assert_eq!(restarted.vault(first).await.unwrap().index(Column::PersonNumber, b"x"), sealed);
    assert_ne!(restarted.vault(second).await.unwrap().index(Column::PersonNumber, b"x"), sealed);
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_sealed_under_another_master_key_than_the_first(pool: PgPool) {
    let (db, first, second) = two(pool.clone()).await;
    // As `migrate` does.
    sqlx::query("grant select on _sqlx_migrations to fornya_system").execute(&pool).await.unwrap();
    db.check_master_key().await.unwrap();
    assert!(Readiness::of(&db).is_ready().await.unwrap(), "nothing is sealed yet");
    db.vault(first).await.unwrap();
    let other = Db::over(pool.clone(), new_key()).await;
    for refused in [
        Readiness::of(&other).is_ready().await.map(|_| ()),
        other.check_master_key().await,
        other.vault(second).await.map(|_| ()),
        other.vault(first).await.map(|_| ()),
    ] {
        let refused = refused.unwrap_err();
        assert!(matches!(refused, DbError::WrongMasterKey), "{refused:?}");
        assert!(refused.to_string().contains("keys.master_key_file"), "{refused}");
    }
    let made: i64 = sqlx::query_scalar("select count(*) from municipality_key").fetch_one(&pool).await.unwrap();
    assert_eq!(made, 1, "a new municipality got no key");
    db.vault(second).await.unwrap();
    assert!(Readiness::of(&db).is_ready().await.unwrap());
    db.check_master_key().await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn two_services_with_different_keys_make_one_first_key(pool: PgPool) {
    let (db, first, second) = two(pool.clone()).await;
    let other = Db::over(pool.clone(), new_key()).await;
    let (one, two) = tokio::join!(db.vault(first), other.vault(second));
    assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|made| **made).count(), 1, "{:?} {:?}", one.err(), two.err());
}
