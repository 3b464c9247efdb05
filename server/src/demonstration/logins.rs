//! The logins of the demo's database: those of an installation, each with as few rights.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use crate::config::DatabaseUrl;
use crate::db::{self, DbError};

/// Who owns the schema, where the demo has a Postgres of its own.
pub(super) const OWNER: &str = "fornya_owner";

/// Makes the owner, who is no superuser, and gives it the database with all that was made in it by somebody else.
pub(super) async fn give_to_owner(creator: &DatabaseUrl) -> Result<(), DbError> {
    let mut server = creator.options().connect().await?;
    let is_there = sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)").bind(OWNER);
    if !is_there.fetch_one(&mut server).await? {
        run(&mut server, &format!("create role {OWNER} login createrole")).await?;
    }
    let statements: Vec<String> = sqlx::query_scalar(
        "select format('alter database %I owner to %I', current_database(), $1::text)
         union all
         select format('alter table %s owner to %I', c.oid::regclass, $1::text)
           from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and c.relowner <> $1::text::regrole
         union all
         select format('alter routine %s owner to %I', p.oid::regprocedure, $1::text)
           from pg_proc p
          where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
         union all
         select format('grant %I to %I', r.rolname, $1::text)
           from pg_roles r
          where r.rolname in ('fornya_tenant', 'fornya_system') and not pg_has_role($1::text, r.oid, 'member')",
    )
    .bind(OWNER)
    .fetch_all(&mut server)
    .await?;
    for statement in statements {
        run(&mut server, &statement).await?;
    }
    Ok(server.close().await?)
}

/// Makes the service's logins.
pub(super) async fn make(creator: &DatabaseUrl) -> Result<(), DbError> {
    let mut server = creator.options().connect().await?;
    let (_, password) = creator.apart();
    db::make_logins(&mut server, password.as_deref()).await?;
    Ok(server.close().await?)
}

async fn run(server: &mut PgConnection, statement: &str) -> Result<(), DbError> {
    sqlx::query(AssertSqlSafe(statement.to_owned())).execute(server).await?;
    Ok(())
}
