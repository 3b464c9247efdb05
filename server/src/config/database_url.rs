//! The address of a database, which may hold a password: it is shown nowhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use sqlx::postgres::PgConnectOptions;
use url::Url;

/// What may stand after the `?`, as Postgres' own programs know it too. What is not known would be left out in silence, such as the encryption
/// that somebody asked for.
const KNOWN: [&str; 8] = ["host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "options"];

/// An address that Postgres' own programs and the service read in the same way.
#[derive(Clone)]
pub struct DatabaseUrl {
    url: Url,
    options: PgConnectOptions,
}

/// Why a text is no such address. Never quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDatabaseUrl {
    #[error(
        "no address such as postgres://login:password@host/database (in a password # is written %23, / %2F, ? %3F, @ %40 and % %25)"
    )]
    Form,
    #[error("the database is not named: postgres://login@host/database")]
    Database,
    #[error("what stands after the ? may be {}", KNOWN.join(", "))]
    Parameter,
}

impl FromStr for DatabaseUrl {
    type Err = NoDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NoDatabaseUrl> {
        // What an address parser says may hold a piece of the address, and so of the password.
        let url = Url::parse(text).map_err(|_| NoDatabaseUrl::Form)?;
        if !["postgres", "postgresql"].contains(&url.scheme()) || url.cannot_be_a_base() || url.fragment().is_some() {
            return Err(NoDatabaseUrl::Form);
        }
        if url.query_pairs().any(|(name, _)| !KNOWN.contains(&&*name)) {
            return Err(NoDatabaseUrl::Parameter);
        }
        if url.path().trim_matches('/').is_empty() {
            return Err(NoDatabaseUrl::Database);
        }
        let options = text.parse().map_err(|_| NoDatabaseUrl::Form)?;
        Ok(Self { url, options })
    }
}

impl DatabaseUrl {
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// The same database as another login, with the same password.
    pub(crate) fn with_login(&self, login: &str) -> Self {
        let mut url = self.url.clone();
        // It fails where there is no host, as for a socket that `host` names.
        let _ = url.set_username(login);
        Self { url, options: self.options.clone().username(login) }
    }

    /// The address without its password, and the password: for a program that must not have it among its arguments.
    pub fn apart(&self) -> (Url, Option<String>) {
        let mut url = self.url.clone();
        let password = url.password().and_then(|password| {
            percent_encoding::percent_decode_str(password).decode_utf8().ok().map(std::borrow::Cow::into_owned)
        });
        // It fails where there is no host, and then there is no password.
        let _ = url.set_password(None);
        (url, password)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(..)")
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::values::parsed(deserializer)
    }
}
