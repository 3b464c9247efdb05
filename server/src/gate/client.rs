//! Whose requests are counted together.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, HeaderName};

use crate::config::Http;

/// A network that somebody holds alone: an IPv4 address, or the /64 that an IPv6 address is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Network {
    V4(u32),
    /// The upper half of its addresses.
    V6(u64),
}

impl Network {
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.to_bits()),
            IpAddr::V6(address) => Self::V6(u64::try_from(address.to_bits() >> 64).unwrap_or(u64::MAX)),
        }
    }
}

/// The request does not say where it comes from, and must: it passed by our own proxy, or that is not set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoClient {
    #[error("the request came without the header of http.client_address_header")]
    Missing,
    #[error("the request came with more than one header of http.client_address_header")]
    Several,
    #[error("the header of http.client_address_header holds no single address")]
    NoAddress,
    #[error("the connection has no address")]
    NoPeer,
}

/// Where requests come from: the peer, or behind a proxy of our own, what that proxy writes into the header that the settings name.
#[derive(Debug, Clone)]
pub(crate) struct Clients {
    header: Option<HeaderName>,
}

impl Clients {
    pub(crate) fn new(settings: &Http) -> Self {
        Self { header: settings.client_address_header.clone() }
    }

    /// Whether every connection comes from a proxy of our own.
    pub(crate) const fn are_behind_proxy(&self) -> bool {
        self.header.is_some()
    }

    pub(crate) fn of(&self, headers: &HeaderMap, extensions: &Extensions) -> Result<Network, NoClient> {
        let Some(name) = &self.header else {
            let peer = extensions.get::<ConnectInfo<SocketAddr>>().ok_or(NoClient::NoPeer)?;
            return Ok(Network::of(peer.0.ip()));
        };
        let mut values = headers.get_all(name).iter();
        let value = values.next().ok_or(NoClient::Missing)?;
        if values.next().is_some() {
            return Err(NoClient::Several);
        }
        let address = value.to_str().ok().and_then(|text| text.trim().parse().ok());
        address.map(Network::of).ok_or(NoClient::NoAddress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Network {
        Network::of(address.parse().unwrap())
    }

    #[test]
    fn a_household_is_one_whatever_address_it_takes() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
    }

    #[test]
    fn a_proxy_says_one_address_or_nothing_is_believed() {
        let clients = Clients { header: Some(HeaderName::from_static("x-real-ip")) };
        let of = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-real-ip", value.parse().unwrap());
            }
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
            clients.of(&headers, &extensions)
        };
        assert_eq!(of(&["192.0.2.7"]).unwrap(), network("192.0.2.7"));
        assert!(matches!(of(&[]), Err(NoClient::Missing)), "the peer is the proxy");
        assert!(matches!(of(&["192.0.2.7", "192.0.2.8"]), Err(NoClient::Several)), "one of them is the client's own");
        for wrong in ["192.0.2.7, 192.0.2.8", "", "192.0.2.7:80", "nobody"] {
            assert!(matches!(of(&[wrong]), Err(NoClient::NoAddress)), "{wrong}");
        }
    }
}
