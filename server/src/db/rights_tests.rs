//! What the roles may and what the service does, held against each other: a right that no statement uses is one to be misused.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sqlx::PgPool;

/// The words of a statement, with brackets, commas and the like by themselves.
fn words(sql: &str) -> Vec<String> {
    let mut spaced = sql.replace(">=", " ≥ ").replace("<=", " ≤ ");
    for mark in ["(", ")", ",", "=", ";"] {
        spaced = spaced.replace(mark, &format!(" {mark} "));
    }
    spaced.split_whitespace().map(str::to_lowercase).collect()
}

/// What a statement does to tables, as `insert table`, `delete table` or `update table.column`.
fn deeds(sql: &str) -> BTreeSet<String> {
    let words = words(sql);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let (mut deeds, mut inserted) = (BTreeSet::new(), "");
    for at in 0..words.len() {
        match (word(at), word(at + 1), word(at + 2), word(at + 3)) {
            ("insert", "into", table, _) => {
                inserted = table;
                deeds.insert(format!("insert {table}"));
            }
            ("delete", "from", table, _) => {
                deeds.insert(format!("delete {table}"));
            }
            ("update", "set", ..) => deeds.extend(set(&words[at + 2..], inserted)),
            ("update", table, "set", _) => deeds.extend(set(&words[at + 3..], table)),
            ("update", table, _, "set") => deeds.extend(set(&words[at + 4..], table)),
            _ => {}
        }
    }
    deeds
}

/// The columns that stand before a `=` outside brackets, or in brackets before one.
fn set(words: &[String], table: &str) -> Vec<String> {
    let (mut depth, mut before, mut columns) = (0, Vec::new(), Vec::new());
    for word in words {
        match word.as_str() {
            "where" | "from" | "returning" | ";" | ")" if depth == 0 => break,
            "(" => depth += 1,
            ")" => depth -= 1,
            "=" if depth == 0 => columns.append(&mut before),
            "," if depth == 0 => before.clear(),
            "," => {}
            column => before.push(format!("update {table}.{column}")),
        }
    }
    columns
}

#[test]
fn what_a_statement_does_is_read_from_it() {
    let found = |sql| deeds(sql).into_iter().collect::<Vec<_>>();
    assert_eq!(
        found(
            "with gone as (delete from job where id = $1 returning *) insert into dropped_job (a, b) select a, b from gone"
        ),
        ["delete job", "insert dropped_job"]
    );
    assert_eq!(
        found("update person p set phone_sealed = f(a, b = c), email_sealed = $2 from x where p.id = x.id"),
        ["update person.email_sealed", "update person.phone_sealed"]
    );
    assert_eq!(found("select id from job for update skip locked"), [""; 0]);
    assert_eq!(
        found("update job set tries = case when tries >= $1 then 0 else tries end where id = $2"),
        ["update job.tries"]
    );
    assert_eq!(
        found("insert into draft (a) values ($1) on conflict (a) do update set revision = draft.revision + 1, b = $2"),
        ["insert draft", "update draft.b", "update draft.revision"]
    );
    assert_eq!(found("update t set (a, b) = ($1, $2) where c = d"), ["update t.a", "update t.b"]);
}

/// What the service runs as, and who fills registers.
const SERVICE: &[&str] = &["fornya_tenant", "fornya_system", "fornya_register"];
/// What the commands of keys run as. The statements that seal anew are put together for each column, and held by a test of their own.
const KEYS: &[&str] = &["fornya_keys"];

/// What these roles may do to tables, in the same words.
async fn rights(pool: &PgPool, roles: &[&str]) -> BTreeSet<String> {
    let rights: Vec<String> = sqlx::query_scalar(
        "select lower(privilege_type) || ' ' || table_name from information_schema.role_table_grants
          where grantee = any ($1) and privilege_type not in ('SELECT', 'UPDATE')
         union
         select 'update ' || table_name || '.' || column_name from information_schema.column_privileges
          where grantee = any ($1) and privilege_type = 'UPDATE'",
    )
    .bind(roles)
    .fetch_all(pool)
    .await
    .unwrap();
    rights.into_iter().collect()
}

/// What the service's statements do, and the functions that they call.
async fn done(pool: &PgPool) -> BTreeSet<String> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    let mut statements: Vec<String> = fs::read_dir(kept)
        .unwrap()
        .map(|file| {
            let query: serde_json::Value = serde_json::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
            query["query"].as_str().unwrap().to_owned()
        })
        .collect();
    let functions =
        "select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'";
    statements.extend(sqlx::query_scalar::<_, String>(functions).fetch_all(pool).await.unwrap());
    statements.iter().flat_map(|statement| deeds(statement)).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_right_is_used_by_a_statement(pool: PgPool) {
    let (of_service, done) = (rights(&pool, SERVICE).await, done(&pool).await);
    assert!(of_service.len() > 60 && done.len() > 60, "{} {}", of_service.len(), done.len());
    let unused: Vec<_> = of_service.difference(&done).collect();
    assert!(unused.is_empty(), "nothing does {unused:#?}");
    let all = rights(&pool, &[SERVICE, KEYS].concat()).await;
    let missing: Vec<_> = done.difference(&all).collect();
    assert!(missing.is_empty(), "nobody may {missing:#?}");
}

/// What the network reaches writes nothing of what stands in a register.
#[sqlx::test(migrations = "../migrations")]
async fn the_registers_are_filled_by_a_role_of_their_own(pool: PgPool) {
    let open: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.role_table_grants
          where grantee in ('fornya_tenant', 'fornya_system') and privilege_type = 'INSERT'
            and table_name in ('municipality', 'staff', 'person', 'assistance_case', 'household_member', 'authority_source', 'municipal_settings')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(open, [""; 0]);
}
