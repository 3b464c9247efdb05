//! How many lines of the log may tell of what was refused. Everything is counted in metrics; a flood must not become one of the log too.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota};

/// So many lines at once.
const BURST: NonZeroU32 = NonZeroU32::new(400).unwrap();

/// So many a second.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// The lines that are left.
pub(crate) struct Lines {
    refusals: DefaultDirectRateLimiter,
    /// Apart, so that a flood of refusals hides none.
    failures: DefaultDirectRateLimiter,
}

impl Lines {
    pub(crate) fn new() -> Self {
        let limiter = || DefaultDirectRateLimiter::direct(Quota::per_second(PER_SECOND).allow_burst(BURST));
        Self { refusals: limiter(), failures: limiter() }
    }

    /// Whether one more may tell of something that was refused. One that may not is counted.
    pub(crate) fn take(&self) -> bool {
        taken(&self.refusals)
    }

    /// Whether one more may tell of something that failed.
    pub(crate) fn take_failure(&self) -> bool {
        taken(&self.failures)
    }
}

fn taken(limiter: &DefaultDirectRateLimiter) -> bool {
    let may = limiter.check().is_ok();
    if !may {
        metrics::counter!("fornya_log_lines_left_out_total").increment(1);
    }
    may
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_refusals_is_cut_short_and_hides_no_failure() {
        let lines = Lines::new();
        let written = (0..100_000).filter(|_| lines.take()).count();
        assert!((400..10_000).contains(&written), "{written}");
        assert!(lines.take_failure());
    }
}
