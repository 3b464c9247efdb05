//! The ports of the demo's parties.

use std::io;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use super::world::{WorldError, bind, file_error, local};
use crate::random;

/// Where free ports are looked for: below those that a system hands to whoever connects somewhere, which could take one while the demo
/// is down or not yet listening.
const CHOSEN_FROM: RangeInclusive<u16> = 20_000..=32_767;

/// So many ports in a row may be taken before none is thought to be free.
const TRIES: usize = 1_000;

/// The ports, kept so that a restart finds everybody where they were.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ports {
    pub service: u16,
    ops: u16,
    pub citizens: u16,
    pub staff: u16,
    pub ssbtek: u16,
    pub energy: u16,
}

impl Ports {
    /// The ports of the last start, or new ones beside the service's own.
    pub(super) async fn kept(folder: &Path, listen: SocketAddr) -> Result<Self, WorldError> {
        std::fs::create_dir_all(folder).map_err(file_error(folder))?;
        let file = folder.join("ports.toml");
        let kept: Option<Self> = match std::fs::read_to_string(&file) {
            Ok(text) => Some(toml::from_str(&text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(file_error(&file)(error)),
        };
        let ports = match (kept, listen.port()) {
            (Some(kept), 0) => return Ok(kept),
            (Some(kept), port) => Self { service: port, ..kept },
            (None, 0) => Self::free().await?,
            (None, port) => Self::from_array([0, 1, 2, 3, 4, 5].map(|after| port.saturating_add(after))),
        };
        let text = toml::to_string(&ports).map_err(|error| file_error(&file)(io::Error::other(error)))?;
        std::fs::write(&file, text).map_err(file_error(&file))?;
        Ok(ports)
    }

    /// Where the public is served.
    pub(super) fn public(self, listen: SocketAddr) -> SocketAddr {
        SocketAddr::new(listen.ip(), self.service)
    }

    /// Where operators are.
    pub(super) fn operators(self) -> SocketAddr {
        local(self.ops)
    }

    fn from_array([service, ops, citizens, staff, ssbtek, energy]: [u16; 6]) -> Self {
        Self { service, ops, citizens, staff, ssbtek, energy }
    }

    /// Six ports that nobody listens on now, each held until all are found.
    async fn free() -> Result<Self, WorldError> {
        let mut ports = [0; 6];
        let mut held: Vec<TcpListener> = Vec::new();
        for port in &mut ports {
            let (free, listener) = Self::free_one().await?;
            *port = free;
            held.push(listener);
        }
        Ok(Self::from_array(ports))
    }

    async fn free_one() -> Result<(u16, TcpListener), WorldError> {
        let (first, last) = CHOSEN_FROM.into_inner();
        for _ in 0..TRIES {
            let port = first + u16::from_le_bytes(random::bytes()?) % (last - first + 1);
            match bind(local(port)).await {
                Ok(listener) => return Ok((port, listener)),
                Err(WorldError::Listen { source, .. }) if source.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(error),
            }
        }
        Err(WorldError::NoPort(first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn new_ports_are_none_that_a_connection_can_take_and_a_restart_finds_them() {
        let folder = tempfile::tempdir().unwrap();
        let any = local(0);
        let first = Ports::kept(folder.path(), any).await.unwrap();
        let all = [first.service, first.ops, first.citizens, first.staff, first.ssbtek, first.energy];
        for (index, port) in all.iter().enumerate() {
            assert!(CHOSEN_FROM.contains(port), "{port}");
            assert!(!all[..index].contains(port), "{port} twice");
        }
        let again = Ports::kept(folder.path(), any).await.unwrap();
        assert_eq!((again.public(any), again.operators()), (first.public(any), first.operators()));
    }
}
