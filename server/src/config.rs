//! The settings: one TOML file, every value of which an environment variable may override.
//!
//! `FORNYA__HTTP__LISTEN` overrides `listen` under `[http]`. A setting that is unknown, missing or wrong stops the start by its name: a value that
//! could not work has no form here. The file is documented in `docs/operations.md`, which a test holds to this module.

mod database_url;
mod key_file;
mod keys;
mod reading;
#[cfg(test)]
mod tests;
mod values;

use std::net::SocketAddr;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;
use std::str::FromStr;

use axum::http::HeaderName;
use jiff::civil::Date;
use serde::Deserialize;

pub use database_url::{DatabaseUrl, NoDatabaseUrl};
pub use key_file::{KeyFile, KeyFileError};
pub use keys::{Credential, Keys, KmsUrl, MasterKeySource, NoCredential, NoKmsUrl};
pub(crate) use values::is_here;
pub use values::{AtLeast, Filter, HostPort, Hosts, Issuer, NoHostPort, NoIssuer, NoWord, Word, Words};

/// The settings could not be used. The text names the setting and what was expected, and holds no value: any could be a password.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("the settings file {file} cannot be read")]
    File { file: PathBuf, source: std::io::Error },
    /// The file is not TOML.
    #[error("the settings file is not TOML at line {line}: {said}")]
    Toml {
        line: usize,
        /// What is wrong, without the line itself.
        said: String,
    },
    /// A setting is unknown, missing or wrong.
    #[error("the settings cannot be used: {0}")]
    Form(String),
    /// The value is of the right form but cannot work.
    #[error("the setting {name} cannot be used: {expected}")]
    Value {
        /// The setting, with dots.
        name: &'static str,
        expected: &'static str,
    },
}

/// All settings of an installation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where citizens and staff reach the service.
    pub http: Http,
    /// Where operators reach it: health, readiness, metrics.
    pub ops: Ops,
    pub database: Database,
    pub keys: Keys,
    pub identity: Identity,
    /// The way to the authorities.
    pub authorities: Authorities,
    #[serde(default)]
    pub files: Files,
    #[serde(default)]
    pub log: Log,
    /// Present when this is a demo: marked on every page, with a business date of its own.
    pub demo: Option<Demo>,
}

/// Files that people send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Where `clamd` looks through them.
    #[serde(default, deserialize_with = "values::parsed_if")]
    pub clamd: Option<HostPort>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// The address to listen on, behind the installation's TLS.
    #[serde(deserialize_with = "values::listened_on")]
    pub listen: SocketAddr,
    /// `https`; `http` only for addresses on this machine.
    #[serde(default = "default_scheme", deserialize_with = "values::parsed")]
    pub public_scheme: Scheme,
    /// The port in public addresses when it is not the scheme's own.
    pub public_port: Option<NonZeroU16>,
    /// The most that a request's body may hold, in bytes.
    #[serde(default = "default_body_limit", deserialize_with = "values::up_to::<16777216, _, _>")]
    pub body_limit_bytes: AtLeast<LEAST_BODY>,
    /// The longest that a request may take, in seconds.
    #[serde(default = "default_request_timeout", deserialize_with = "values::up_to::<300, _, _>")]
    pub request_timeout_seconds: NonZeroU32,
    /// The header in which our own proxy writes the client's address. Without it the peer is the client.
    #[serde(default, deserialize_with = "values::header_name")]
    pub client_address_header: Option<HeaderName>,
    /// Said where there is no proxy that could write one: each peer is a client.
    #[serde(default)]
    pub no_proxy: bool,
    /// How many times the built-in budgets each network, session and person has.
    #[serde(default = "default_allowance", deserialize_with = "values::up_to::<10000, _, _>")]
    pub allowance: NonZeroU32,
    /// The most connections at once: a browser opens six.
    #[serde(default = "default_connections", deserialize_with = "values::up_to::<65536, _, _>")]
    pub connections: AtLeast<8>,
    /// The most connections of one network, where the peer is the client.
    #[serde(default = "default_connections_of_one", deserialize_with = "values::up_to::<65536, _, _>")]
    pub connections_per_client: AtLeast<8>,
    /// How long a connection is kept without a request, in seconds.
    #[serde(default = "default_keep_alive", deserialize_with = "values::up_to::<3600, _, _>")]
    pub keep_alive_seconds: NonZeroU32,
    /// How long new connections are still taken at a stop, while `/ready` says that it stops, in seconds.
    #[serde(default = "default_linger", deserialize_with = "values::up_to::<300, _, _>")]
    pub linger_seconds: u32,
}

impl Http {
    /// Behind a proxy that is not told of, everybody would be one client, and anybody could use up what all may ask.
    fn check(&self) -> Result<(), SettingsError> {
        let value = |name, expected| Err(SettingsError::Value { name, expected });
        match (&self.client_address_header, self.no_proxy) {
            (None, false) if self.public_scheme == Scheme::Https => value(
                "http.client_address_header",
                "the header in which your proxy writes the client's address, or http.no_proxy = true",
            ),
            (Some(_), true) => {
                value("http.no_proxy", "false where http.client_address_header names what a proxy writes")
            }
            _ => Ok(()),
        }
    }
}

/// How a page's address begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// On this machine only.
    Http,
    Https,
}

impl Scheme {
    /// As it is written in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl FromStr for Scheme {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Http, Self::Https].into_iter().find(|scheme| scheme.as_str() == text).ok_or("http or https")
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ops {
    /// Never reachable from outside: metrics tell how the service is used.
    #[serde(deserialize_with = "values::listened_on")]
    pub listen: SocketAddr,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The login that reads a municipality's rows: a member of `fornya_tenant` alone.
    pub url: DatabaseUrl,
    /// The login that reads what must be known before a municipality is: a member of `fornya_system` alone.
    pub system_url: DatabaseUrl,
    /// The login that owns the schema, for `server migrate` and `server restore`.
    pub migration_url: Option<DatabaseUrl>,
    /// The login that fills registers, for `server municipal-settings`: a member of `fornya_register`.
    pub register_url: Option<DatabaseUrl>,
    /// The login that row security does not hold, for `server backup`.
    pub backup_url: Option<DatabaseUrl>,
    /// The most connections held at once by the login of `url`.
    #[serde(default = "default_max_connections", deserialize_with = "values::up_to::<1000, _, _>")]
    pub max_connections: AtLeast<2>,
}

impl Database {
    pub(crate) fn owner(&self) -> Result<&DatabaseUrl, SettingsError> {
        let expected = "the login that owns the schema";
        self.migration_url.as_ref().ok_or(SettingsError::Value { name: "database.migration_url", expected })
    }

    pub(crate) fn register(&self) -> Result<&DatabaseUrl, SettingsError> {
        let expected = "the login that fills registers, a member of fornya_register";
        self.register_url.as_ref().ok_or(SettingsError::Value { name: "database.register_url", expected })
    }

    pub(crate) fn backup(&self) -> Result<&DatabaseUrl, SettingsError> {
        let expected = "the login that row-level security does not hold";
        self.backup_url.as_ref().ok_or(SettingsError::Value { name: "database.backup_url", expected })
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The provider of eID for citizens.
    pub citizen: Provider,
    /// The provider of staff logins.
    pub staff: Provider,
}

/// `[identity.citizen]` and `[identity.staff]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The issuer, exactly as the provider writes it.
    pub issuer: Issuer,
    /// Our name at the provider.
    pub client_id: Word,
    /// The private key (ES256, PKCS#8 PEM) by which the provider knows us.
    pub client_key_file: KeyFile,
    /// Whether plain http is accepted from an address on this machine: for the demo and tests.
    #[serde(default)]
    pub allow_loopback_http: bool,
    /// The levels of assurance (acr) that are accepted.
    pub accepted_levels: Words,
    /// The certificates (PEM) that may have issued a signer's certificate. Citizens only.
    pub signature_trust_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The only `host:port` pairs that may be called, whatever a source's own settings say.
    pub allowed_hosts: Hosts,
    /// Whether an allowed host may be on this machine: for the demo and tests.
    #[serde(default)]
    pub allow_loopback: bool,
    /// Whether an allowed host may be in a private network, such as the public sector's own (SGSI).
    #[serde(default)]
    pub allow_private: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `json` for machines, `text` for people.
    #[serde(default = "default_format", deserialize_with = "values::parsed")]
    pub format: LogFormat,
    /// Which lines, as in `info,server=debug`.
    #[serde(default = "default_filter")]
    pub filter: Filter,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: default_format(), filter: default_filter() }
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    Text,
}

impl FromStr for LogFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "json" => Ok(Self::Json),
            "text" => Ok(Self::Text),
            _ => Err("json or text"),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The day that the demo's world stands on.
    pub business_date: Date,
}

/// A draft must fit.
const LEAST_BODY: u32 = 16 * 1024;

const fn default_scheme() -> Scheme {
    Scheme::Https
}
const fn default_body_limit() -> AtLeast<LEAST_BODY> {
    AtLeast::or_more(256 * 1024)
}
const fn default_request_timeout() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(29)
}
const fn default_allowance() -> NonZeroU32 {
    NonZeroU32::MIN
}
const fn default_connections() -> AtLeast<8> {
    AtLeast::or_more(2048)
}
const fn default_connections_of_one() -> AtLeast<8> {
    AtLeast::or_more(256)
}
const fn default_keep_alive() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(74)
}
const fn default_linger() -> u32 {
    5
}
const fn default_max_connections() -> AtLeast<2> {
    AtLeast::or_more(16)
}
const fn default_format() -> LogFormat {
    LogFormat::Json
}
fn default_filter() -> Filter {
    Filter::info()
}

impl Settings {
    /// What settings say of each other.
    fn check(&self) -> Result<(), SettingsError> {
        let value = |name, expected| Err(SettingsError::Value { name, expected });
        let plain = self.http.public_scheme == Scheme::Http;
        if plain && !self.http.listen.ip().is_loopback() {
            return value("http.public_scheme", "https, unless the service listens on this machine's own address only");
        }
        self.http.check()?;
        self.keys.source()?;
        self.keys.previous()?;
        let Identity { citizen, staff } = &self.identity;
        for (provider, issuer, allowance) in [
            (citizen, "identity.citizen.issuer", "identity.citizen.allow_loopback_http"),
            (staff, "identity.staff.issuer", "identity.staff.allow_loopback_http"),
        ] {
            if provider.issuer.is_plain() && !(provider.allow_loopback_http && provider.issuer.is_here()) {
                return value(issuer, "https (plain http is for this machine, and only with allow_loopback_http)");
            }
            if plain && !provider.allow_loopback_http {
                return value(
                    allowance,
                    "true where http.public_scheme is http: nobody could be sent back from the provider",
                );
            }
        }
        if citizen.signature_trust_file.is_none() {
            let expected = "the certificates that signatures are verified against";
            return value("identity.citizen.signature_trust_file", expected);
        }
        if staff.signature_trust_file.is_some() {
            return value("identity.staff.signature_trust_file", "absent: staff do not sign");
        }
        let unreachable = |host: &HostPort| host.is_here() && !self.authorities.allow_loopback;
        if self.authorities.allowed_hosts.iter().any(unreachable) {
            return value(
                "authorities.allowed_hosts",
                "no host on this machine, unless authorities.allow_loopback is true",
            );
        }
        Ok(())
    }
}
