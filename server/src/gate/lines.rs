//! How many lines of the log may tell of what was refused. Everything is counted in metrics; a flood must not become one of the log too.

use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota};

/// So many lines at once.
const BURST: NonZeroU32 = NonZeroU32::new(400).unwrap();

/// So many a second.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// The lines that are left for refusals.
pub(crate) struct Lines(DefaultDirectRateLimiter);

impl Lines {
    pub(crate) fn new() -> Self {
        Self(DefaultDirectRateLimiter::direct(Quota::per_second(PER_SECOND).allow_burst(BURST)))
    }

    /// Whether one more may be written. One that may not is counted.
    pub(crate) fn take(&self) -> bool {
        let may = self.0.check().is_ok();
        if !may {
            metrics::counter!("fornya_log_lines_left_out_total").increment(1);
        }
        may
    }
}
