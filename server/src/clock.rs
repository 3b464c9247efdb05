//! The one place that reads the wall clock.
//!
//! Protocols (sessions, tokens, time-outs) use real time. What the business dates (arrivals, windows, decisions, pay days) may in the demo
//! stand on another day, so that its world always has an open norm month and a year of history.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where Swedish authorities live.
const ZONE: &str = "Europe/Stockholm";

/// Reads the time. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
    business_date: Option<Date>,
}

/// The zone database of this build does not know Stockholm.
#[derive(Debug, thiserror::Error)]
#[error("the time zone {ZONE} could not be loaded")]
pub struct ClockError(#[from] jiff::Error);

impl Clock {
    /// A clock whose business date is today's date, or the given one.
    pub fn new(business_date: Option<Date>) -> Result<Self, ClockError> {
        Ok(Self { zone: TimeZone::get(ZONE)?, business_date })
    }

    /// Real time, for protocols.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    #[expect(clippy::unused_self, reason = "whoever wants the time asks the clock that it was given")]
    pub fn real(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Business time: the business date with the real time of day.
    pub fn business(&self) -> Timestamp {
        let real = self.real();
        match self.business_date {
            None => real,
            Some(date) => {
                let time = self.local(real).time();
                // A time of day that this date skips or repeats (daylight saving) is resolved as clocks on walls are.
                date.to_datetime(time).to_zoned(self.zone.clone()).map_or(real, |zoned| zoned.timestamp())
            }
        }
    }

    /// Today, to the business.
    pub fn today(&self) -> Date {
        self.local(self.business()).date()
    }

    /// An instant as people in Sweden read it.
    pub fn local(&self, instant: Timestamp) -> Zoned {
        instant.to_zoned(self.zone.clone())
    }
}

/// An instant as clocks on walls in Sweden show it, for dates of law. Should this build lack the zone, which [`Clock::new`] refuses at
/// start, it is UTC.
pub(crate) fn stockholm(instant: Timestamp) -> Zoned {
    instant.to_zoned(TimeZone::get(ZONE).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_demo_keeps_its_day() {
        let clock = Clock::new(Some(date(2026, 11, 24))).unwrap();
        assert_eq!(clock.today(), date(2026, 11, 24));
        assert_eq!(clock.local(clock.business()).date(), date(2026, 11, 24));
    }

    #[test]
    fn without_a_business_date_both_times_agree() {
        let clock = Clock::new(None).unwrap();
        assert!(clock.business().duration_since(clock.real()).abs() < jiff::SignedDuration::from_secs(60));
    }
}
