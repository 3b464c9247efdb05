//! How many statements something takes, counted by Postgres itself.

use sqlx::PgPool;

/// Counts the statements of one database, `begin` and `commit` included.
pub(crate) struct Statements(PgPool);

impl Statements {
    /// The server must have been started with the library, as `./dev` does.
    pub(crate) async fn new(pool: PgPool) -> Self {
        sqlx::raw_sql("create extension pg_stat_statements").execute(&pool).await.unwrap();
        Self(pool)
    }

    /// Begins to count. No transaction may have been dropped before it: its `rollback` comes later.
    pub(crate) async fn reset(&self) {
        sqlx::query(
            "select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0)",
        )
        .execute(&self.0)
        .await
        .unwrap();
    }

    /// How many pages of the database they have looked at since, and which of them at how many.
    pub(crate) async fn pages(&self) -> (i64, Vec<String>) {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select query, shared_blks_hit + shared_blks_read
               from pg_stat_statements
              where dbid = (select oid from pg_database where datname = current_database())
                and query not like '%pg_stat_statements%'
              order by 2 desc",
        )
        .fetch_all(&self.0)
        .await
        .unwrap();
        let lines = rows.iter().map(|(query, pages)| format!("{pages} by {}", one_line(query))).collect();
        (rows.iter().map(|(_, pages)| pages).sum(), lines)
    }

    /// How many there have been since, and which.
    pub(crate) async fn since_reset(&self) -> (i64, Vec<String>) {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "select query, calls
               from pg_stat_statements
              where dbid = (select oid from pg_database where datname = current_database())
                and query not like '%pg_stat_statements%'
              order by calls desc",
        )
        .fetch_all(&self.0)
        .await
        .unwrap();
        let lines = rows.iter().map(|(query, calls)| format!("{calls} × {}", one_line(query))).collect();
        (rows.iter().map(|(_, calls)| calls).sum(), lines)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().take(14).collect::<Vec<_>>().join(" ")
}
