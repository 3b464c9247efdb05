//! Who the service is to Postgres.
//!
//! It has two logins, which own nothing and have no right of their own. Each may become one role and no other, and a connection is that role from
//! its first statement on: what reads a municipality's rows can neither read a wrapped key nor fill a register, whatever it is made to run.

use std::fmt;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{Db, DbError, query, reach};

/// The role that fills registers.
pub(crate) const REGISTER: &str = "fornya_register";

/// What a role of this name is made with, beside what it is granted: no backup holds it.
pub(crate) const REGISTER_IS_BOTH: &str =
    "alter role fornya_register inherit; grant fornya_tenant, fornya_system to fornya_register";

/// What the service's logins are called where the service makes them itself.
pub(crate) const SERVICE: &str = "fornya_service";
pub(crate) const SERVICE_SYSTEM: &str = "fornya_service_system";
pub(crate) const SERVICE_REGISTER: &str = "fornya_service_register";

/// A role of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// One municipality's rows.
    Tenant,
    /// What must be read before a municipality is known.
    System,
    /// Both, and what fills a municipality's register.
    Register,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Self::Tenant => "fornya_tenant",
            Self::System => "fornya_system",
            Self::Register => REGISTER,
        }
    }

    /// Where the address of its login stands.
    const fn setting(self) -> &'static str {
        match self {
            Self::Tenant => "database.url",
            Self::System => "database.system_url",
            Self::Register => "database.register_url",
        }
    }

    const fn is_also(self) -> &'static [Self] {
        match self {
            Self::Tenant | Self::System => &[],
            Self::Register => &[Self::Tenant, Self::System],
        }
    }

    /// Connections that are this role from their first statement on.
    pub(super) fn connecting(self, options: PgConnectOptions) -> PgConnectOptions {
        options.options([("role", self.name())])
    }
}

/// The addresses of the service's two logins.
#[derive(Debug, Clone)]
pub struct Logins {
    /// `database.url`
    pub tenant: PgConnectOptions,
    /// `database.system_url`
    pub system: PgConnectOptions,
}

/// What a login may that would make a rule of the database void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TooMuch {
    PassesRowSecurity,
    MakesRoles,
    Inherits,
    Owns,
    /// It may become these as well.
    OtherRoles(Vec<String>),
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PassesRowSecurity => f.write_str("it is a superuser, or passes row-level security"),
            Self::MakesRoles => f.write_str("it may make roles or databases"),
            Self::Inherits => {
                f.write_str("it has the rights of its role before it becomes it (`alter role … noinherit`)")
            }
            Self::Owns => f.write_str("it owns tables or functions"),
            Self::OtherRoles(roles) => write!(f, "it may become {}", roles.join(", ")),
        }
    }
}

/// Makes the logins of a database that is the service's own, such as the demo's, where they are not there yet.
pub(crate) async fn make_logins(creator: &mut PgConnection, password: Option<&str>) -> Result<(), sqlx::Error> {
    for (login, role) in [(SERVICE, Role::Tenant), (SERVICE_SYSTEM, Role::System), (SERVICE_REGISTER, Role::Register)] {
        let role = role.name();
        unless_there(creator, &format!("create role {login} login noinherit")).await?;
        let is_member: bool = sqlx::query_scalar("select pg_has_role($1, $2, 'member')")
            .bind(login)
            .bind(role)
            .fetch_one(&mut *creator)
            .await?;
        if !is_member {
            unless_there(creator, &format!("grant {role} to {login}")).await?;
        }
        if let Some(password) = password {
            let quoted: String =
                sqlx::query_scalar("select quote_literal($1)").bind(password).fetch_one(&mut *creator).await?;
            let set = AssertSqlSafe(format!("alter role {login} password {quoted}"));
            sqlx::query(set).execute(&mut *creator).await?;
        }
    }
    Ok(())
}

/// Logins belong to the whole cluster: another database may have made them, even in this moment.
async fn unless_there(creator: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(creator).await;
    let is_there = |error: &sqlx::Error| {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        code.is_some_and(|code| ["42710", "23505"].contains(&&*code))
    };
    match done {
        Err(error) if !is_there(&error) => Err(error),
        _ => Ok(()),
    }
}

impl Db {
    /// Whether its logins are let in and may do what they are for, and nothing else.
    pub(crate) async fn check_logins(&self) -> Result<(), DbError> {
        for (role, pool) in self.roles.into_iter().zip([&self.tenant, &self.system]) {
            let Some(role) = role else { continue };
            let setting = role.setting();
            let no_login = |error: DbError| DbError::NoLogin { setting, source: Box::new(error) };
            let mut connection = reach::connect(&pool.connect_options()).await.map_err(no_login)?;
            let (login, found) = too_much(&mut connection, role).await.map_err(|error| no_login(error.into()))?;
            if let Some(what) = found {
                return Err(DbError::TooMuch { setting, login, what });
            }
        }
        Ok(())
    }
}

/// The login of a connection, and what it may beside becoming this role.
async fn too_much(connection: &mut PgConnection, role: Role) -> Result<(String, Option<TooMuch>), sqlx::Error> {
    let login = query!(
        r#"
        select r.rolname::text as "name!", r.rolsuper or r.rolbypassrls as "passes!", r.rolcreaterole or r.rolcreatedb as "makes!",
               r.rolinherit as "inherits!",
               exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid) as "owns!",
               array(select o.rolname::text from pg_roles o where pg_has_role(r.oid, o.oid, 'member') and o.oid <> r.oid order by 1) as "roles!"
          from pg_roles r
         where r.rolname = session_user
        "#
    )
    .fetch_one(connection)
    .await?;
    let its_own = |name: &String| *name == role.name() || role.is_also().iter().any(|also| *name == also.name());
    let others: Vec<_> = login.roles.into_iter().filter(|name| !its_own(name)).collect();
    let found = match () {
        () if login.passes => Some(TooMuch::PassesRowSecurity),
        () if login.makes => Some(TooMuch::MakesRoles),
        () if login.inherits => Some(TooMuch::Inherits),
        () if login.owns => Some(TooMuch::Owns),
        () if !others.is_empty() => Some(TooMuch::OtherRoles(others)),
        () => None,
    };
    Ok((login.name, found))
}
