//! Something that has gone away and will come back: how long to wait between tries, and one log line when it goes and one when it returns.

use std::error::Error;
use std::time::Duration;

use crate::chain::chain;

/// The wait after the first failure; doubled after each one more.
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait between tries.
const LONGEST: Duration = Duration::from_secs(15);

/// Whether something is away, and since how many tries.
#[derive(Debug)]
pub(super) struct Outage {
    what: &'static str,
    next: Option<Duration>,
}

impl Outage {
    pub(super) const fn new(what: &'static str) -> Self {
        Self { what, next: None }
    }

    /// It failed: how long to wait before the next try.
    pub(super) fn pause(&mut self, error: &(dyn Error + 'static)) -> Duration {
        if self.next.is_none() {
            tracing::warn!(error = %chain(error), "{} is away", self.what);
        }
        let pause = self.next.unwrap_or(FIRST);
        self.next = Some((pause * 2).min(LONGEST));
        pause
    }

    pub(super) fn over(&mut self) {
        if self.next.take().is_some() {
            tracing::info!("{} is back", self.what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_begin_anew() {
        let mut outage = Outage::new("It");
        let error = std::io::Error::other("away");
        let waits: Vec<_> = (0..9).map(|_| outage.pause(&error).as_millis()).collect();
        assert_eq!(waits, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
        outage.over();
        assert_eq!(outage.pause(&error), FIRST);
    }
}
