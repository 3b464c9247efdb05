//! When each step of a month's renewal was taken: on working evenings and mornings that differ from month to month, the same at every
//! first start.

use domain::{NormMonth, calendar};
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// The steps of one renewal, in the order that they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    /// The applicant logs in and begins.
    pub(super) begun: Timestamp,
    pub(super) signed: Timestamp,
    /// The co-applicant logs in.
    pub(super) co_begun: Timestamp,
    pub(super) co_signed: Timestamp,
    /// The caseworker opens it.
    pub(super) opened: Timestamp,
    pub(super) decided: Timestamp,
    /// The applicant reads the decision.
    pub(super) read: Timestamp,
}

/// The first day on which the renewals of history are begun, and over how many days they spread.
const FIRST_DAY: i32 = 16;
const SPREAD: i32 = 5;

impl Times {
    /// The steps of the renewal of a month, by the household's place in the file. None is before the case was opened.
    pub(super) fn of(month: NormMonth, place: usize, opened: Date, zone: &TimeZone) -> Self {
        let variation = variation(month, place);
        let day = month.previous().first_day().saturating_add((FIRST_DAY - 1 + variation % SPREAD).days());
        Self::begun_on(day.max(opened.saturating_add(2.days())), variation, zone)
    }

    /// The steps of a renewal that is begun on this day.
    pub(super) fn begun_on(day: Date, variation: i32, zone: &TimeZone) -> Self {
        let at = |day: Date, hour: i8, minute: i32| {
            let time = time(
                hour,
                i8::try_from(minute % 60).unwrap_or_default(),
                i8::try_from(variation % 60).unwrap_or_default(),
                0,
            );
            day.to_datetime(time).to_zoned(zone.clone()).map(|at| at.timestamp()).unwrap_or_default()
        };
        let later = |at: Timestamp, minutes: i64| at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at);
        let minute = variation * 7;
        let begun = at(day, 17, minute);
        let co_begun = later(begun, 95);
        let opened = at(calendar::working_days_after(day, if variation % 2 == 0 { 2 } else { 3 }), 9, minute);
        let decided = later(opened, 25);
        Self {
            begun,
            signed: later(begun, 12),
            co_begun,
            co_signed: later(co_begun, 4),
            opened,
            decided,
            read: later(decided, 8 * 60),
        }
    }
}

/// A small number that differs between households and months.
pub(super) fn variation(month: NormMonth, place: usize) -> i32 {
    let place = i32::try_from(place).unwrap_or_default();
    (place * 3 + i32::from(month.first_day().month()) * 2) % 23
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(at: Timestamp, zone: &TimeZone) -> Date {
        at.to_zoned(zone.clone()).date()
    }

    #[test]
    fn steps_follow_on_each_other_and_end_before_the_pay_day() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        for place in 0..20 {
            let months =
                std::iter::successors(Some("2025-12".parse::<NormMonth>().unwrap()), |month| Some(month.next()));
            for month in months.take(13) {
                let it = Times::of(month, place, date(2025, 1, 1), &zone);
                let steps = [it.begun, it.signed, it.co_begun, it.co_signed, it.opened, it.decided, it.read];
                assert!(steps.is_sorted(), "{month} {place}");
                assert!(day(it.begun, &zone) >= month.previous().first_day().saturating_add(15.days()));
                assert!(calendar::is_working_day(day(it.decided, &zone)), "{month} {place}");
                assert_eq!(NormMonth::of(day(it.decided, &zone)).unwrap(), month.previous());
            }
        }
    }

    #[test]
    fn nothing_is_begun_before_the_case_is_opened() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let it = Times::of("2026-05".parse().unwrap(), 3, date(2026, 4, 20), &zone);
        assert_eq!(day(it.begun, &zone), date(2026, 4, 22));
    }
}
