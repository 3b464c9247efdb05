//! Where a source may be: the fence against being talked into calling something else (server-side request forgery).
//!
//! An administrator types an endpoint; the installation's owner says which hosts there are to choose from. The name must be
//! on the owner's list, and each address that it resolves to is looked at when dialling, so that a name which later points
//! somewhere else (DNS rebinding) is refused too. An address written as digits never meets a resolver and is looked at when
//! the source is made.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// What the installation's owner allows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkRules {
    /// `host:port` of every source that may be connected.
    pub allowed: BTreeSet<String>,
    /// Whether an allowed host may be on this machine itself: the demo and tests.
    #[serde(default)]
    pub loopback: bool,
    /// Whether an allowed host may be on a private network, such as the public sector's own (SGSI).
    #[serde(default)]
    pub private: bool,
}

/// Why an endpoint is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// No host, or a user name, query or fragment in the address.
    #[error("the endpoint has no host, or something besides scheme, host, port and path")]
    Form,
    /// Neither https, nor http on this very machine.
    #[error("the endpoint is not https")]
    Scheme,
    /// The host and port are not on the owner's list.
    #[error("the endpoint's host and port are not on the installation's list")]
    Host,
    /// The address is of a kind that the rules do not allow.
    #[error("the endpoint's address is on a network that the installation does not allow")]
    Address,
}

impl NetworkRules {
    /// Whether this endpoint may be called, as far as can be told before its name is resolved.
    pub fn check(&self, endpoint: &Url) -> Result<(), Forbidden> {
        let (Some(host), Some(port)) = (endpoint.host(), endpoint.port_or_known_default()) else {
            return Err(Forbidden::Form);
        };
        let plain = endpoint.username().is_empty() && endpoint.password().is_none();
        if !plain || endpoint.query().is_some() || endpoint.fragment().is_some() {
            return Err(Forbidden::Form);
        }
        if !self.allowed.contains(&format!("{host}:{port}")) {
            return Err(Forbidden::Host);
        }
        let literal = match host {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        if literal.is_some_and(|address| !self.allows(address)) {
            return Err(Forbidden::Address);
        }
        let here = literal.map_or_else(|| host.to_string() == "localhost", |address| address.is_loopback());
        match endpoint.scheme() {
            "https" => Ok(()),
            "http" if here && self.loopback => Ok(()),
            _ => Err(Forbidden::Scheme),
        }
    }

    /// Whether a resolved address may be dialled.
    pub fn allows(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                if v4.is_loopback() {
                    self.loopback
                } else if v4.is_private() || (v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64) {
                    self.private
                } else {
                    !(v4.is_unspecified()
                        || v4.is_link_local()
                        || v4.is_multicast()
                        || v4.is_broadcast()
                        || v4.is_documentation()
                        || v4.octets()[0] == 0
                        || v4.octets()[0] >= 240)
                }
            }
            IpAddr::V6(v6) => {
                if v6.is_loopback() {
                    self.loopback
                } else if v6.is_unique_local() {
                    self.private
                } else {
                    !(v6.is_unspecified() || v6.is_unicast_link_local() || v6.is_multicast() || holds_v4(v6))
                }
            }
        }
    }
}

/// Addresses that stand for an IPv4 address behind a translator (`64:ff9b::/96`, 6to4, Teredo), which would slip past the
/// rules for that address.
fn holds_v4(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    segments[0] == 0x2002
        || (segments[0] == 0x2001 && segments[1] == 0)
        || (segments[0] == 0x64 && segments[1] == 0xff9b)
        || segments[..6] == [0; 6]
}

/// No address of a name may be dialled.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("none of the host's addresses is allowed")]
pub(super) struct NoAllowedAddress;

/// Resolves names and keeps only the addresses that the rules allow.
#[derive(Debug, Clone)]
pub(super) struct GuardedResolver(pub(super) NetworkRules);

impl GuardedResolver {
    pub(super) async fn lookup(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, LookupError> {
        let found = tokio::net::lookup_host((host, port)).await.map_err(|_| LookupError::Unknown)?;
        let allowed: Vec<_> = found.filter(|address| self.0.allows(address.ip())).collect();
        if allowed.is_empty() { Err(LookupError::Forbidden(NoAllowedAddress)) } else { Ok(allowed) }
    }
}

/// Why a name gives no address to dial.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub(super) enum LookupError {
    /// The name has no address, or the resolver did not answer.
    #[error("the host's name could not be resolved")]
    Unknown,
    /// It has addresses, none of them allowed.
    #[error(transparent)]
    Forbidden(#[from] NoAllowedAddress),
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            // Port 0 is replaced by the port of the address that is called.
            let addresses = resolver.lookup(name.as_str(), 0).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(loopback: bool, private: bool) -> NetworkRules {
        let allowed = [
            "ssbtek.example:443",
            "ssbtek.example:80",
            "127.0.0.1:8443",
            "localhost:8080",
            "[::1]:8443",
            "169.254.169.254:443",
            "10.1.2.3:443",
        ];
        NetworkRules { allowed: allowed.map(str::to_owned).into(), loopback, private }
    }

    #[test]
    fn an_endpoint_must_be_on_the_list_and_secure() {
        for (endpoint, open, closed) in [
            ("https://ssbtek.example/ssbtek/v10", Ok(()), Ok(())),
            ("https://ssbtek.example:8443/", Err(Forbidden::Host), Err(Forbidden::Host)),
            ("https://evil.example/", Err(Forbidden::Host), Err(Forbidden::Host)),
            ("http://ssbtek.example/", Err(Forbidden::Scheme), Err(Forbidden::Scheme)),
            ("https://user@ssbtek.example/", Err(Forbidden::Form), Err(Forbidden::Form)),
            ("https://ssbtek.example/?person=1", Err(Forbidden::Form), Err(Forbidden::Form)),
            ("https://ssbtek.example/#x", Err(Forbidden::Form), Err(Forbidden::Form)),
            ("file:///etc/passwd", Err(Forbidden::Form), Err(Forbidden::Form)),
            ("https://127.0.0.1:8443/", Ok(()), Err(Forbidden::Address)),
            ("https://2130706433:8443/", Ok(()), Err(Forbidden::Address)),
            ("https://[::1]:8443/", Ok(()), Err(Forbidden::Address)),
            ("http://localhost:8080/", Ok(()), Err(Forbidden::Scheme)),
            ("https://169.254.169.254/", Err(Forbidden::Address), Err(Forbidden::Address)),
            ("https://10.1.2.3/", Ok(()), Err(Forbidden::Address)),
        ] {
            let endpoint: Url = endpoint.parse().unwrap();
            assert_eq!(rules(true, true).check(&endpoint), open, "{endpoint} when open");
            assert_eq!(rules(false, false).check(&endpoint), closed, "{endpoint} when closed");
        }
    }

    #[test]
    fn addresses_that_are_never_an_authority_are_never_dialled() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.2.1",
            "::",
            "fe80::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
        ] {
            assert!(!rules(true, true).allows(address.parse().unwrap()), "{address}");
        }
        for (address, loopback, private) in [
            ("127.0.0.1", true, false),
            ("::1", true, false),
            ("::ffff:127.0.0.1", true, false),
            ("10.0.0.1", false, true),
            ("192.168.1.1", false, true),
            ("100.64.0.1", false, true),
            ("fd00::1", false, true),
        ] {
            let address = address.parse().unwrap();
            assert!(rules(loopback, private).allows(address), "{address}");
            assert!(!rules(!loopback, !private).allows(address), "{address}");
        }
        for address in ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"] {
            assert!(rules(false, false).allows(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_a_forbidden_address_is_refused_when_dialling() {
        let forbidden = GuardedResolver(rules(false, true)).lookup("localhost", 1).await;
        assert!(matches!(forbidden, Err(LookupError::Forbidden(_))));
        assert!(!GuardedResolver(rules(true, false)).lookup("localhost", 1).await.unwrap().is_empty());
    }
}
