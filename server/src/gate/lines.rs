//! How many lines of the log may tell of what was refused. Everything is counted in metrics; a flood must not become one of the log too.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota};

/// So many lines at once.
const BURST: NonZeroU32 = NonZeroU32::new(400).unwrap();

/// So many a second.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Something was refused.
    Refusal,
    /// The database is away or has no room, and somebody was told so.
    Outage,
    /// Something failed.
    Failure,
}

/// The lines that are left: of each kind its own, so that a flood of one hides none of another.
pub(crate) struct Lines {
    refusals: DefaultDirectRateLimiter,
    outages: DefaultDirectRateLimiter,
    failures: DefaultDirectRateLimiter,
}

impl Lines {
    pub(crate) fn new() -> Self {
        let limiter = || DefaultDirectRateLimiter::direct(Quota::per_second(PER_SECOND).allow_burst(BURST));
        Self { refusals: limiter(), outages: limiter(), failures: limiter() }
    }

    /// Whether one more may tell of it. One that may not is counted.
    pub(crate) fn take(&self, telling: Telling) -> bool {
        let limiter = match telling {
            Telling::Refusal => &self.refusals,
            Telling::Outage => &self.outages,
            Telling::Failure => &self.failures,
        };
        let may = limiter.check().is_ok();
        if !may {
            metrics::counter!("fornya_log_lines_left_out_total").increment(1);
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_refusals_is_cut_short_and_hides_no_failure() {
        let lines = Lines::new();
        let written = (0..100_000).filter(|_| lines.take(Telling::Refusal)).count();
        assert!((400..10_000).contains(&written), "{written}");
        assert!(lines.take(Telling::Failure) && lines.take(Telling::Outage));
    }
}
