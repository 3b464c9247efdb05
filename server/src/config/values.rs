//! Values that were checked when they were read, so that none is found wrong later.

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use axum::http::HeaderName;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use tracing_subscriber::filter::{LevelFilter, Targets};
use url::{Host, Url};

/// Reads a setting that is written as text, by its own parser.
pub(super) fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err: fmt::Display>>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// The same, of a setting that may be absent.
pub(super) fn parsed_if<'de, D: Deserializer<'de>, T: FromStr<Err: fmt::Display>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    parsed(deserializer).map(Some)
}

/// The same, of the name of a header.
pub(super) fn header_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<HeaderName>, D::Error> {
    let name = String::deserialize(deserializer)?;
    name.parse().map(Some).map_err(|_| D::Error::custom("no header can be called that"))
}

/// An address to listen on. A port that the system chooses would be known to nobody.
pub(super) fn listened_on<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let address: SocketAddr = parsed(deserializer)?;
    if address.port() == 0 { Err(D::Error::custom("the port cannot be 0")) } else { Ok(address) }
}

/// A number that is not below `LEAST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtLeast<const LEAST: u32>(u32);

impl<const LEAST: u32> AtLeast<LEAST> {
    /// This number, or `LEAST` where it is below.
    pub const fn or_more(number: u32) -> Self {
        Self(if number < LEAST { LEAST } else { number })
    }

    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const LEAST: u32> From<AtLeast<LEAST>> for u32 {
    fn from(number: AtLeast<LEAST>) -> Self {
        number.0
    }
}

/// A number that is not above `MOST`: what is far beyond it lifts a limit, or waits for years.
pub(super) fn up_to<'de, const MOST: u32, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Copy + Into<u32>,
    D: Deserializer<'de>,
{
    let number = T::deserialize(deserializer)?;
    if number.into() > MOST { Err(D::Error::custom(format!("at most {MOST}"))) } else { Ok(number) }
}

impl<'de, const LEAST: u32> Deserialize<'de> for AtLeast<LEAST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(deserializer)?;
        if number < LEAST { Err(D::Error::custom(format!("at least {LEAST}"))) } else { Ok(Self(number)) }
    }
}

/// A name or code that the other side gave: letter for letter, so nothing in it that could not be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(String);

/// The text is none that can be a name or code.
#[derive(Debug, thiserror::Error)]
#[error("it is empty, or has a space in it")]
pub struct NoWord;

impl FromStr for Word {
    type Err = NoWord;

    fn from_str(text: &str) -> Result<Self, NoWord> {
        let seen = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        seen.then(|| Self(text.to_owned())).ok_or(NoWord)
    }
}

impl Word {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// One word or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<Word>);

impl Words {
    /// None where there is no word.
    pub fn new(words: Vec<Word>) -> Option<Self> {
        if words.is_empty() { None } else { Some(Self(words)) }
    }

    pub fn texts(&self) -> Vec<&str> {
        self.0.iter().map(Word::as_str).collect()
    }

    pub fn contains(&self, text: &str) -> bool {
        self.0.iter().any(|word| word.0 == text)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("at least one"))
    }
}

/// An identity provider's identifier, exactly as the provider writes it. Whether plain http does, `allow_loopback_http` says beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    text: String,
    url: Url,
}

/// The text is no issuer.
#[derive(Debug, thiserror::Error)]
#[error("no address, or one with more than scheme, host, port and path")]
pub struct NoIssuer;

impl FromStr for Issuer {
    type Err = NoIssuer;

    fn from_str(text: &str) -> Result<Self, NoIssuer> {
        let url = Url::parse(text).map_err(|_| NoIssuer)?;
        let more = url.query().is_some() || url.fragment().is_some() || url.password().is_some();
        let whole = ["https", "http"].contains(&url.scheme()) && url.username().is_empty() && text == text.trim();
        if whole && !more { Ok(Self { text: text.to_owned(), url }) } else { Err(NoIssuer) }
    }
}

impl Issuer {
    /// Letter for letter.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }

    /// Whether it names this machine.
    pub(super) fn is_here(&self) -> bool {
        is_here(self.url.host().as_ref())
    }
}

impl<'de> Deserialize<'de> for Issuer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// A host and a port, written as an address has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostPort {
    host: Host,
    port: u16,
}

impl HostPort {
    /// Whether it names this machine.
    pub(super) fn is_here(&self) -> bool {
        is_here(Some(&self.host))
    }
}

/// Whether a host is this machine, by its name or address alone.
pub(crate) fn is_here<S: AsRef<str>>(host: Option<&Host<S>>) -> bool {
    match host {
        Some(Host::Domain(name)) => name.as_ref() == "localhost" || name.as_ref().ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The text is no `host:port`.
#[derive(Debug, thiserror::Error)]
#[error("no host with a port, such as ssbtek.example.se:443")]
pub struct NoHostPort;

impl FromStr for HostPort {
    type Err = NoHostPort;

    fn from_str(text: &str) -> Result<Self, NoHostPort> {
        let (host, port) = text.rsplit_once(':').ok_or(NoHostPort)?;
        let (host, port) = (Host::parse(host).map_err(|_| NoHostPort)?, port.parse().map_err(|_| NoHostPort)?);
        if port == 0 { Err(NoHostPort) } else { Ok(Self { host, port }) }
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl<'de> Deserialize<'de> for HostPort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// The hosts that may be called.
pub type Hosts = BTreeSet<HostPort>;

/// Which log lines are written.
#[derive(Debug, Clone)]
pub struct Filter(Targets);

impl Filter {
    pub fn info() -> Self {
        Self(Targets::new().with_default(LevelFilter::INFO))
    }

    pub fn targets(&self) -> Targets {
        self.0.clone()
    }
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("empty: `off` writes no lines".to_owned());
        }
        let no_filter = || "no filter such as info,server=debug".to_owned();
        // A directive without a target or a level would be taken for one that lets nothing through.
        let is_whole = |directive: &str| directive.split('=').all(|part| !part.trim().is_empty());
        if !text.split(',').all(is_whole) {
            return Err(no_filter());
        }
        text.parse().map(Self).map_err(|_| no_filter())
    }
}

impl<'de> Deserialize<'de> for Filter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}
