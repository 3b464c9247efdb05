//! Whose requests are counted together.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{HeaderName, Request};
use tower_governor::GovernorError;
use tower_governor::key_extractor::KeyExtractor;

use crate::config::Http;

/// The address of the client: the peer's, or behind a proxy of our own, what that proxy writes into the header that the settings name.
#[derive(Debug, Clone)]
pub(crate) struct ClientAddress {
    header: Option<HeaderName>,
}

impl ClientAddress {
    pub(crate) fn new(settings: &Http) -> Self {
        Self { header: settings.client_address_header.clone() }
    }
}

impl KeyExtractor for ClientAddress {
    type Key = IpAddr;

    fn extract<T>(&self, request: &Request<T>) -> Result<Self::Key, GovernorError> {
        let peer = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        match &self.header {
            Some(name) => request.headers().get(name).and_then(|value| value.to_str().ok()?.trim().parse().ok()),
            None => peer(),
        }
        .ok_or(GovernorError::UnableToExtractKey)
    }
}
