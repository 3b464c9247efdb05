//! The settings: one TOML file, every value of which an environment variable may override.
//!
//! `FORNYA__HTTP__LISTEN` overrides `listen` under `[http]`. A setting that is unknown, missing or of the wrong form stops the start
//! by its name. The file is documented in `docs/operations.md`, which a test holds to this module.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use axum::http::HeaderName;
use config::{Config, Environment, File, FileFormat};
use jiff::civil::Date;
use serde::Deserialize;
use url::Url;

/// The settings could not be used. The text names the setting and what was expected.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read, is not TOML, or a setting is unknown, missing or of the wrong form.
    #[error("the settings cannot be used")]
    Form(#[from] config::ConfigError),
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
    pub log: Log,
    /// Present when this is a demo: marked on every page, with a business date of its own.
    pub demo: Option<Demo>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// The address to listen on, behind the installation's TLS.
    pub listen: SocketAddr,
    /// `https`; `http` only for addresses on this machine.
    #[serde(default = "default_scheme")]
    pub public_scheme: Scheme,
    /// The port in public addresses when it is not the scheme's own.
    pub public_port: Option<u16>,
    /// The most that a request's body may hold, in bytes.
    #[serde(default = "default_body_limit")]
    pub body_limit_bytes: usize,
    /// The longest that a request may take, in seconds.
    #[serde(default = "default_request_timeout")]
    pub request_timeout_seconds: u64,
    /// The header in which our own proxy writes the client's address. Without it the peer is the client.
    pub client_address_header: Option<String>,
    /// Said where there is no proxy that could write one: each peer is a client.
    #[serde(default)]
    pub no_proxy: bool,
    /// How many times the built-in budgets each network, session and person has.
    #[serde(default = "default_allowance")]
    pub allowance: NonZeroU32,
    /// The most connections at once.
    #[serde(default = "default_connections")]
    pub connections: usize,
    /// The most connections of one network, where the peer is the client.
    #[serde(default = "default_connections_of_one")]
    pub connections_per_client: usize,
    /// How long a connection is kept without a request, in seconds.
    #[serde(default = "default_keep_alive")]
    pub keep_alive_seconds: u64,
    /// How long new connections are still taken at a stop, while `/ready` says that it stops, in seconds.
    #[serde(default = "default_linger")]
    pub linger_seconds: u64,
}

impl Http {
    fn check(&self) -> Result<(), SettingsError> {
        let value = |name, expected| Err(SettingsError::Value { name, expected });
        if self.body_limit_bytes < 16 * 1024 {
            return value("http.body_limit_bytes", "at least 16384: a draft must fit");
        }
        if self.request_timeout_seconds == 0 {
            return value("http.request_timeout_seconds", "at least 1");
        }
        if self.client_address_header.as_ref().is_some_and(|name| name.parse::<HeaderName>().is_err()) {
            return value("http.client_address_header", "the name of a header");
        }
        // Behind a proxy that is not told of, everybody would be one client, and anybody could use up what all may ask.
        match (&self.client_address_header, self.no_proxy) {
            (None, false) if self.public_scheme == Scheme::Https => value(
                "http.client_address_header",
                "the header in which your proxy writes the client's address, or http.no_proxy = true",
            ),
            (Some(_), true) => {
                value("http.no_proxy", "false where http.client_address_header names what a proxy writes")
            }
            _ => self.check_connections(),
        }
    }

    fn check_connections(&self) -> Result<(), SettingsError> {
        for (name, number) in
            [("http.connections", self.connections), ("http.connections_per_client", self.connections_per_client)]
        {
            if number < 8 {
                return Err(SettingsError::Value { name, expected: "at least 8: a browser opens six" });
            }
        }
        if self.keep_alive_seconds == 0 {
            return Err(SettingsError::Value { name: "http.keep_alive_seconds", expected: "at least 1" });
        }
        Ok(())
    }
}

/// How a page's address begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ops {
    /// Never reachable from outside: metrics tell how the service is used.
    pub listen: SocketAddr,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The login that the service runs with: a member of `fornya_tenant` and `fornya_system`.
    pub url: Url,
    /// The login that owns the schema, for `server migrate`; the same one when absent.
    pub migration_url: Option<Url>,
    /// The most connections held at once.
    #[serde(default = "default_max_connections")]
    pub max_connections: u32,
}

/// The addresses may hold passwords: they are not shown.
impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("max_connections", &self.max_connections).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// A file with the master key: 32 bytes in base64.
    pub master_key_file: PathBuf,
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
    pub issuer: String,
    /// Our name at the provider.
    pub client_id: String,
    /// The private key (ES256, PKCS#8 PEM) by which the provider knows us.
    pub client_key_file: PathBuf,
    /// Whether plain http is accepted from an address on this machine: for the demo and tests.
    #[serde(default)]
    pub allow_loopback_http: bool,
    /// The levels of assurance (acr) that are accepted.
    pub accepted_levels: Vec<String>,
    /// The certificates (PEM) that may have issued a signer's certificate. Citizens only.
    pub signature_trust_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The only `host:port` pairs that may be called, whatever a source's own settings say.
    pub allowed_hosts: Vec<String>,
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
    #[serde(default = "default_format")]
    pub format: LogFormat,
    /// Which lines, as in `info,server=debug`.
    #[serde(default = "default_filter")]
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: default_format(), filter: default_filter() }
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The day that the demo's world stands on.
    pub business_date: Date,
}

const fn default_scheme() -> Scheme {
    Scheme::Https
}
const fn default_body_limit() -> usize {
    256 * 1024
}
const fn default_request_timeout() -> u64 {
    30
}
const fn default_allowance() -> NonZeroU32 {
    NonZeroU32::MIN
}
const fn default_connections() -> usize {
    2048
}
const fn default_connections_of_one() -> usize {
    256
}
const fn default_keep_alive() -> u64 {
    75
}
const fn default_linger() -> u64 {
    5
}
const fn default_max_connections() -> u32 {
    16
}
const fn default_format() -> LogFormat {
    LogFormat::Json
}
fn default_filter() -> String {
    "info".to_owned()
}

impl Settings {
    /// Reads the file and the environment.
    pub fn load(file: &Path) -> Result<Self, SettingsError> {
        let environment = Environment::with_prefix("FORNYA").separator("__").prefix_separator("__").try_parsing(true);
        Self::from_sources(File::from(file).format(FileFormat::Toml), environment)
    }

    fn from_sources<F>(file: F, environment: Environment) -> Result<Self, SettingsError>
    where
        F: config::Source + Send + Sync + 'static,
    {
        let settings: Self = Config::builder().add_source(file).add_source(environment).build()?.try_deserialize()?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let value = |name, expected| Err(SettingsError::Value { name, expected });
        if self.http.public_scheme == Scheme::Http && !self.http.listen.ip().is_loopback() {
            return value("http.public_scheme", "https, unless the service listens on this machine's own address only");
        }
        self.http.check()?;
        if self.database.max_connections < 2 {
            return value("database.max_connections", "at least 2: one connection listens for jobs");
        }
        for (name, provider) in [
            ("identity.citizen.accepted_levels", &self.identity.citizen),
            ("identity.staff.accepted_levels", &self.identity.staff),
        ] {
            if provider.accepted_levels.is_empty() {
                return value(name, "at least one level of assurance");
            }
        }
        if self.identity.citizen.signature_trust_file.is_none() {
            return value(
                "identity.citizen.signature_trust_file",
                "the certificates that signatures are verified against",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::chain::chain;

    const WHOLE: &str = r#"
        [http]
        listen = "127.0.0.1:8080"
        client_address_header = "x-real-ip"
        [ops]
        listen = "127.0.0.1:9464"
        [database]
        url = "postgres://fornya@localhost/fornya"
        [keys]
        master_key_file = "master.key"
        [identity.citizen]
        issuer = "https://eid.example"
        client_id = "fornya"
        client_key_file = "client.pem"
        accepted_levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
        signature_trust_file = "signers.pem"
        [identity.staff]
        issuer = "https://staff.example"
        client_id = "fornya"
        client_key_file = "client.pem"
        accepted_levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]
        [authorities]
        allowed_hosts = ["ssbtek.example:443"]
    "#;

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let environment_source: HashMap<String, String> =
            environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Settings::from_sources(
            File::from_str(text, FileFormat::Toml),
            Environment::with_prefix("FORNYA")
                .separator("__")
                .prefix_separator("__")
                .try_parsing(true)
                .source(Some(environment_source)),
        )
    }

    #[test]
    fn a_whole_file_is_read_with_defaults() {
        let settings = load(WHOLE, &[]).unwrap();
        assert_eq!(settings.http.public_scheme, Scheme::Https);
        assert_eq!(settings.log.format, LogFormat::Json);
        assert!(settings.demo.is_none());
    }

    #[test]
    fn the_environment_overrides() {
        let settings =
            load(WHOLE, &[("FORNYA__HTTP__LISTEN", "127.0.0.1:1"), ("FORNYA__DEMO__BUSINESS_DATE", "2026-11-24")])
                .unwrap();
        assert_eq!(settings.http.listen.port(), 1);
        assert_eq!(settings.demo.unwrap().business_date, jiff::civil::date(2026, 11, 24));
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (text, environment, names) in [
            (WHOLE.replace("[ops]", "[opps]"), vec![], vec!["opps"]),
            (WHOLE.replace("127.0.0.1:9464", "nowhere"), vec![], vec!["ops.listen"]),
            (WHOLE.replace("client_id = \"fornya\"", ""), vec![], vec!["client_id"]),
            (WHOLE.to_owned(), vec![("FORNYA__HTTP__LISTENS", "x")], vec!["listens", "expected"]),
            (WHOLE.replace("[ops]", "public_scheme = \"gopher\"\n[ops]"), vec![], vec!["http.public_scheme", "gopher"]),
            (
                WHOLE.replace("signature_trust_file = \"signers.pem\"", ""),
                vec![],
                vec!["identity.citizen.signature_trust_file"],
            ),
        ] {
            let error = chain(&load(&text, &environment).unwrap_err()).to_string();
            for name in names {
                assert!(error.contains(name), "{error}");
            }
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        let text = WHOLE.replace("listen = \"127.0.0.1:8080\"", "listen = \"0.0.0.0:8080\"\npublic_scheme = \"http\"");
        assert!(load(&text, &[]).unwrap_err().to_string().contains("http.public_scheme"));
    }

    #[test]
    fn where_clients_come_from_is_said() {
        let header = "client_address_header = \"x-real-ip\"";
        for (said, refused) in [
            ("", Some("http.client_address_header")),
            ("client_address_header = \"x real ip\"", Some("http.client_address_header")),
            (&*format!("{header}\nno_proxy = true"), Some("http.no_proxy")),
            ("no_proxy = true", None),
            ("public_scheme = \"http\"", None),
            (header, None),
        ] {
            let loaded = load(&WHOLE.replace(header, said), &[]);
            assert_eq!(
                loaded.err().map(|error| error.to_string().contains(refused.unwrap_or("nothing"))),
                refused.map(|_| true),
                "{said}"
            );
        }
    }

    #[test]
    fn no_limit_can_be_set_to_nothing() {
        for name in
            ["allowance", "connections", "connections_per_client", "keep_alive_seconds", "request_timeout_seconds"]
        {
            let text = WHOLE.replace("[ops]", &format!("{name} = 0\n[ops]"));
            let error = chain(&load(&text, &[]).unwrap_err()).to_string();
            assert!(error.contains(&format!("http.{name}")), "{error}");
        }
    }

    /// The names that the settings of a section may have, as the refusal of an unknown one tells them.
    fn names(section: &str) -> Vec<String> {
        let unknown = format!("FORNYA__{}__NOSUCH", section.to_uppercase().replace('.', "__"));
        let error = chain(&load(WHOLE, &[(&unknown, "1")]).unwrap_err()).to_string();
        let expected = error.split("expected ").nth(1).and_then(|rest| rest.split(" for key").next());
        let expected = expected.unwrap_or_else(|| panic!("{section}: {error}"));
        expected.split('`').skip(1).step_by(2).map(|name| format!("{section}.{name}")).collect()
    }

    #[test]
    fn every_setting_is_documented() {
        let sections =
            ["http", "ops", "database", "keys", "identity.citizen", "identity.staff", "authorities", "log", "demo"];
        let mut known: Vec<_> = sections.into_iter().flat_map(names).collect();
        let mut documented: Vec<_> = include_str!("../../docs/operations.md")
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
            .filter(|name| name.contains('.'))
            .map(str::to_owned)
            .collect();
        known.sort();
        documented.sort();
        assert_eq!(documented, known);
    }
}
