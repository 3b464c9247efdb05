//! How many connections there may be, held to the file descriptors that the process has.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::config::Settings;
use crate::gate::connections::ConnectionRules;

/// Left for what is neither a client's connection nor one to the database: operators, authorities, identity providers, files.
const OTHERS: u64 = 448;

/// As many descriptors as are asked of the system, whatever it would give.
const ENOUGH: u64 = 65_536;

/// From the first byte of a head to the last.
const HEAD: Duration = Duration::from_secs(10);

/// While an answer is written and nothing of it is taken.
const STALL: Duration = Duration::from_secs(20);

/// How old a connection may become.
const LIFE: Duration = Duration::from_mins(10);

/// How long running requests get to finish at a stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Few, and apart: operators are answered when the public address is full.
pub(super) const OPERATORS: ConnectionRules = ConnectionRules {
    in_all: 32,
    of_one: None,
    head: HEAD,
    idle: Duration::from_secs(75),
    stall: STALL,
    life: LIFE,
    drain: Duration::from_secs(2),
};

/// Those of the public address.
pub(super) fn rules(settings: &Settings, behind_proxy: bool) -> ConnectionRules {
    let http = &settings.http;
    let room = within(raise(), settings.database.max_connections.get().into());
    let wanted = http.connections.get() as usize;
    if room < wanted {
        tracing::warn!(
            connections = room,
            "The process may have fewer file descriptors than http.connections needs: raise its limit"
        );
    }
    ConnectionRules {
        in_all: wanted.min(room),
        of_one: (!behind_proxy).then_some(http.connections_per_client.get() as usize),
        head: HEAD,
        idle: Duration::from_secs(http.keep_alive_seconds.get().into()),
        stall: STALL,
        life: LIFE,
        drain: DRAIN,
    }
}

/// How many connections of clients a number of descriptors is enough for.
fn within(descriptors: u64, database: u64) -> usize {
    let left = descriptors.saturating_sub(OTHERS).saturating_sub(database.saturating_mul(2));
    usize::try_from(left.max(descriptors / 4)).unwrap_or(usize::MAX)
}

/// As many descriptors as the system lets the process have.
fn raise() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.unwrap_or(ENOUGH).min(ENOUGH);
    let now = current.unwrap_or(ENOUGH);
    if now >= wanted {
        return now;
    }
    // Where it cannot be raised, what is there must do.
    if setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).is_ok() { wanted } else { now }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn some_descriptors_are_never_the_publics() {
        assert_eq!(within(1_024, 16), 544);
        assert_eq!(within(65_536, 16), 65_056);
        assert_eq!(within(256, 16), 64, "too few, but a quarter of them");
    }
}
