//! The sealed columns, held against the database's own catalogue.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;

use super::*;

/// A sealed column of the database: whether it has a version, and who may rewrite it.
#[derive(Debug, PartialEq, Eq)]
struct Catalogued {
    has_version: bool,
    by_keys: bool,
    by_service: bool,
}

async fn catalogued(pool: &PgPool) -> BTreeMap<String, Catalogued> {
    let rows: Vec<(String, bool, bool, bool)> = sqlx::query_as(
        "select c.relname || '.' || regexp_replace(a.attname, '_sealed$', ''),
                exists (select from pg_attribute v
                         where v.attrelid = c.oid and v.attname = regexp_replace(a.attname, '_sealed$', '_version')),
                has_column_privilege('fornya_keys', c.oid, a.attnum, 'update'),
                has_column_privilege('fornya_tenant', c.oid, a.attnum, 'update')
           from pg_class c
           join pg_attribute a on a.attrelid = c.oid
          where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname like '%\\_sealed' and not a.attisdropped",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    rows.into_iter()
        .map(|(name, has_version, by_keys, by_service)| (name, Catalogued { has_version, by_keys, by_service }))
        .collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn every_sealed_column_is_known_and_is_sealed_anew(pool: PgPool) {
    // Filled in once, where there was nothing.
    const ONCE: [Column; 1] = [Column::QueryAnswer];
    let found = catalogued(&pool).await;
    assert!(found.len() > 20, "the catalogue query finds the columns");
    let known: BTreeSet<_> = Sealed::columns().map(|column| column.name().to_owned()).collect();
    assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), known);
    for column in Sealed::columns() {
        let rewritten = column.has_version();
        let expected =
            Catalogued { has_version: rewritten, by_keys: true, by_service: rewritten || ONCE.contains(&column) };
        assert_eq!(found[column.name()], expected, "{}", column.name());
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_role_of_keys_reaches_sealed_columns_and_wrapped_keys_alone(pool: PgPool) {
    let reached: Vec<String> = sqlx::query_scalar(
        "select distinct table_name || '.' || column_name
           from information_schema.column_privileges
          where grantee = 'fornya_keys' and table_schema = 'public' and privilege_type = 'UPDATE'
          order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut expected: Vec<_> = Sealed::columns().map(|column| format!("{}_sealed", column.name())).collect();
    expected.extend(["keys_destroyed_at", "newest_key", "sealing_key"].map(|name| format!("municipality.{name}")));
    expected.extend(["wrapped", "wrapped_by"].map(|name| format!("municipality_key.{name}")));
    expected.sort();
    assert_eq!(reached, expected);
    let removed: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.role_table_grants
          where grantee = 'fornya_keys' and table_schema = 'public' and privilege_type in ('INSERT', 'DELETE') group by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(removed, ["municipality_key"]);
}
