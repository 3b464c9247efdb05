//! What comes in from outside, and how much of it: connections, methods, requests by class, lines of the log. Knows no page and no role.

pub(crate) mod admission;
mod class;
pub(crate) mod client;
pub(crate) mod connections;
pub(crate) mod limits;
pub(crate) mod lines;
pub(crate) mod method;

use std::time::Duration;

use crate::config::Http;
use admission::Capacity;
use limits::Limits;
use lines::Lines;

pub(crate) use class::Class;
pub(crate) use client::Clients;
pub(crate) use method::Verb;

/// What a running service lets in. Made once at start.
pub struct Gate {
    /// Who asks.
    pub(crate) clients: Clients,
    /// How often each may ask.
    pub(crate) limits: Limits,
    /// How much may be done at once.
    pub(crate) admission: Capacity,
    /// How much may be logged of what is refused.
    pub(crate) lines: Lines,
}

impl Gate {
    /// `connections` are those to the database: what is done at once depends on them.
    pub(crate) fn new(settings: &Http, connections: u32) -> Self {
        Self {
            clients: Clients::new(settings),
            limits: Limits::new(settings.allowance),
            admission: Capacity::new(connections),
            lines: Lines::new(),
        }
    }
}

/// Refused for now. It is true that the same request would be let in after so long, as far as this client alone is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait(pub Duration);

impl Wait {
    /// Whole seconds, never none, as `Retry-After` has them.
    pub(crate) fn seconds(self) -> u32 {
        let whole = u32::try_from(self.0.as_secs()).unwrap_or(u32::MAX);
        whole.saturating_add(u32::from(self.0.subsec_nanos() > 0)).max(1)
    }
}
