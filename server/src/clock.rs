//! The one place that reads the wall clock.
//!
//! Protocols (sessions, tokens, time-outs) use real time. What the business dates (arrivals, windows, decisions, pay days) may in the demo
//! stand on another day, so that its world always has an open norm month and a year of history.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where Swedish authorities live.
const ZONE: &str = "Europe/Stockholm";

/// Reads the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock {
    zone: TimeZone,
    /// Where real time comes from.
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Business time, by real time.
    business: Arc<dyn Fn(Timestamp) -> Timestamp + Send + Sync>,
}

/// The zone database of this build does not know Stockholm.
#[derive(Debug, thiserror::Error)]
#[error("the time zone {ZONE} could not be loaded")]
pub struct ClockError(#[from] jiff::Error);

impl Clock {
    /// A clock whose business date is today's date, or the given one.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn new(business_date: Option<Date>) -> Result<Self, ClockError> {
        Self::over(Timestamp::now, business_date)
    }

    /// The same over another source of real time.
    pub(crate) fn over(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        business_date: Option<Date>,
    ) -> Result<Self, ClockError> {
        let zone = TimeZone::get(ZONE)?;
        let of_zone = zone.clone();
        let business = move |real: Timestamp| match business_date {
            None => real,
            Some(date) => {
                let time = real.to_zoned(of_zone.clone()).time();
                // A time of day that this date skips or repeats (daylight saving) is resolved as clocks on walls are.
                date.to_datetime(time).to_zoned(of_zone.clone()).map_or(real, |zoned| zoned.timestamp())
            }
        };
        Ok(Self { zone, now: Arc::new(now), business: Arc::new(business) })
    }

    /// The same with another business time.
    #[cfg(test)]
    pub(crate) fn with_business(self, business: impl Fn(Timestamp) -> Timestamp + Send + Sync + 'static) -> Self {
        Self { business: Arc::new(business), ..self }
    }

    /// Real time, for protocols.
    pub fn real(&self) -> Timestamp {
        (self.now)()
    }

    /// Business time: the business date with the real time of day.
    pub fn business(&self) -> Timestamp {
        (self.business)(self.real())
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

    /// Half an hour past midnight in Stockholm, where it is the fourth of March already.
    const NOW: &str = "2027-03-03T23:30:00Z";

    fn clock(business_date: Option<Date>) -> Clock {
        Clock::over(|| NOW.parse().unwrap(), business_date).unwrap()
    }

    #[test]
    fn the_demo_keeps_its_day_and_the_real_time_of_day() {
        let clock = clock(Some(date(2026, 11, 24)));
        assert_eq!(clock.today(), date(2026, 11, 24));
        assert_eq!(clock.local(clock.business()).datetime(), date(2026, 11, 24).at(0, 30, 0, 0));
        assert_eq!(clock.real(), NOW.parse().unwrap());
    }

    #[test]
    fn without_a_business_date_both_times_agree() {
        let clock = clock(None);
        assert_eq!(clock.business(), clock.real());
        assert_eq!(clock.today(), date(2027, 3, 4));
    }
}
