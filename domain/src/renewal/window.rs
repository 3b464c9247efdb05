//! When a renewal may be made: a municipality's window.
//!
//! The window of a norm month opens on a day of the month before and closes on a day of the norm month itself, so the windows of two
//! months can be open at once.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::NormMonth;

/// A municipality's window, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window(WindowSettings);

/// The window as an administrator sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowSettings {
    /// The day of the month before on which the window opens, 1 to 31; in a shorter month, its last day.
    pub opens_day: i8,
    /// The last open day, in the norm month itself, 1 to 31; in a shorter month, its last day.
    pub closes_day: i8,
    /// How many days after the last open day a late renewal is still taken, 0 to 60; 0 when none is.
    pub late_days: i8,
}

/// A setting that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// Not a day of a month.
    #[error("opens_day is a day of the month, 1 to 31")]
    OpensDay,
    /// Not a day of a month.
    #[error("closes_day is a day of the month, 1 to 31")]
    ClosesDay,
    /// Less than none or more than two months.
    #[error("late_days is 0 to 60")]
    LateDays,
}

/// How a norm month stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthStanding {
    /// Before the first open day.
    NotYet {
        /// The first open day.
        opens: Date,
    },
    /// From the first open day to the last.
    Open {
        /// The last open day.
        closes: Date,
    },
    /// Past the last open day, but still taken.
    Late {
        /// The last day that it is taken.
        until: Date,
    },
    /// Past the last day that it is taken.
    Closed,
}

/// What a person is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To renew for this month.
    Renew {
        /// The month to apply for.
        month: NormMonth,
        /// The last day to do it; past the last open day where a late renewal is still taken.
        until: Date,
    },
    /// Nothing now; the next window opens then.
    Wait {
        /// The next norm month.
        month: NormMonth,
        /// The first open day.
        opens: Date,
    },
}

impl Window {
    /// The window of these settings.
    pub const fn new(settings: WindowSettings) -> Result<Self, WindowError> {
        if settings.opens_day < 1 || settings.opens_day > 31 {
            return Err(WindowError::OpensDay);
        }
        if settings.closes_day < 1 || settings.closes_day > 31 {
            return Err(WindowError::ClosesDay);
        }
        if settings.late_days < 0 || settings.late_days > 60 {
            return Err(WindowError::LateDays);
        }
        Ok(Self(settings))
    }

    /// The first open day of a norm month.
    pub fn opens(self, month: NormMonth) -> Date {
        day_of(month.previous(), self.0.opens_day)
    }

    /// The last open day of a norm month.
    pub fn closes(self, month: NormMonth) -> Date {
        day_of(month, self.0.closes_day)
    }

    /// The last day that a renewal for the month is taken, late or not.
    pub fn last_day(self, month: NormMonth) -> Date {
        self.closes(month).saturating_add(self.0.late_days.days())
    }

    /// How a norm month stands on a day.
    pub fn standing(self, month: NormMonth, today: Date) -> MonthStanding {
        let (opens, closes, until) = (self.opens(month), self.closes(month), self.last_day(month));
        if today < opens {
            MonthStanding::NotYet { opens }
        } else if today <= closes {
            MonthStanding::Open { closes }
        } else if today <= until {
            MonthStanding::Late { until }
        } else {
            MonthStanding::Closed
        }
    }

    /// What to offer a person who has renewed for the months of which `renewed` is true: the oldest open month that is left, else
    /// the newest that is still taken late, else to wait for the next window.
    pub fn offer(self, today: Date, renewed: impl Fn(NormMonth) -> bool) -> Option<Offer> {
        let left = || near(today).filter(|month| !renewed(*month));
        let open = || {
            left().find_map(|month| match self.standing(month, today) {
                MonthStanding::Open { closes } => Some(Offer::Renew { month, until: closes }),
                MonthStanding::NotYet { .. } | MonthStanding::Late { .. } | MonthStanding::Closed => None,
            })
        };
        let late = || {
            left().filter_map(|month| match self.standing(month, today) {
                MonthStanding::Late { until } => Some(Offer::Renew { month, until }),
                MonthStanding::NotYet { .. } | MonthStanding::Open { .. } | MonthStanding::Closed => None,
            })
        };
        let next = || {
            near(today).find_map(|month| match self.standing(month, today) {
                MonthStanding::NotYet { opens } => Some(Offer::Wait { month, opens }),
                MonthStanding::Open { .. } | MonthStanding::Late { .. } | MonthStanding::Closed => None,
            })
        };
        open().or_else(|| late().last()).or_else(next)
    }
}

/// The months whose window can be open, late or next on a day, the oldest first.
fn near(today: Date) -> impl Iterator<Item = NormMonth> {
    let this = NormMonth::of(today).ok();
    (-3..=2).filter_map(move |months| this?.checked_add(months))
}

fn day_of(month: NormMonth, day: i8) -> Date {
    month.first_day().saturating_add((day.min(month.days()) - 1).days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn window(opens_day: i8, closes_day: i8, late_days: i8) -> Window {
        Window::new(WindowSettings { opens_day, closes_day, late_days }).unwrap()
    }

    fn month(text: &str) -> NormMonth {
        text.parse().unwrap()
    }

    fn months(texts: &[&str]) -> Vec<NormMonth> {
        texts.iter().map(|text| month(text)).collect()
    }

    fn open_months(window: Window, today: Date) -> Vec<NormMonth> {
        near(today).filter(|month| matches!(window.standing(*month, today), MonthStanding::Open { .. })).collect()
    }

    #[test]
    fn the_sixteenth_to_the_tenth() {
        let window = window(16, 10, 0);
        for (day, open) in [
            (date(2026, 11, 10), &["2026-11"][..]),
            (date(2026, 11, 11), &[]),
            (date(2026, 11, 15), &[]),
            (date(2026, 11, 16), &["2026-12"]),
            (date(2026, 11, 24), &["2026-12"]),
            (date(2026, 12, 10), &["2026-12"]),
            (date(2026, 12, 11), &[]),
            (date(2026, 12, 16), &["2027-01"]),
        ] {
            assert_eq!(open_months(window, day), months(open), "{day}");
        }
        let december = month("2026-12");
        assert_eq!(window.standing(december, date(2026, 11, 15)), MonthStanding::NotYet { opens: date(2026, 11, 16) });
        assert_eq!(window.standing(december, date(2026, 11, 24)), MonthStanding::Open { closes: date(2026, 12, 10) });
        assert_eq!(window.standing(december, date(2026, 12, 11)), MonthStanding::Closed);
    }

    #[test]
    fn two_months_can_be_open_at_once() {
        let window = window(16, 20, 0);
        assert_eq!(open_months(window, date(2026, 11, 15)), months(&["2026-11"]));
        assert_eq!(open_months(window, date(2026, 11, 16)), months(&["2026-11", "2026-12"]));
        assert_eq!(open_months(window, date(2026, 11, 20)), months(&["2026-11", "2026-12"]));
        assert_eq!(open_months(window, date(2026, 11, 21)), months(&["2026-12"]));
    }

    #[test]
    fn short_months_open_on_their_last_day() {
        let window = window(31, 31, 0);
        assert_eq!(window.opens(month("2026-03")), date(2026, 2, 28));
        assert_eq!(window.opens(month("2028-03")), date(2028, 2, 29));
        assert_eq!(window.closes(month("2026-02")), date(2026, 2, 28));
        assert_eq!(window.opens(month("2027-01")), date(2026, 12, 31));
    }

    #[test]
    fn the_older_month_is_offered_first_then_the_newer_then_nothing() {
        let window = window(16, 20, 0);
        let today = date(2026, 11, 18);
        let offer = |renewed: &[&str]| {
            let renewed = months(renewed);
            window.offer(today, |month| renewed.contains(&month))
        };
        let renew = |text: &str, until| Some(Offer::Renew { month: month(text), until });
        assert_eq!(offer(&[]), renew("2026-11", date(2026, 11, 20)));
        assert_eq!(offer(&["2026-11"]), renew("2026-12", date(2026, 12, 20)));
        assert_eq!(offer(&["2026-12"]), renew("2026-11", date(2026, 11, 20)));
        assert_eq!(
            offer(&["2026-11", "2026-12"]),
            Some(Offer::Wait { month: month("2027-01"), opens: date(2026, 12, 16) })
        );
    }

    #[test]
    fn a_late_month_is_offered_only_when_no_open_one_is_left() {
        let window = window(16, 10, 20);
        let today = date(2026, 11, 24);
        assert_eq!(window.standing(month("2026-11"), today), MonthStanding::Late { until: date(2026, 11, 30) });
        let offer = |renewed: &[&str]| {
            let renewed = months(renewed);
            window.offer(today, |month| renewed.contains(&month))
        };
        assert_eq!(offer(&[]), Some(Offer::Renew { month: month("2026-12"), until: date(2026, 12, 10) }));
        assert_eq!(offer(&["2026-12"]), Some(Offer::Renew { month: month("2026-11"), until: date(2026, 11, 30) }));
        assert_eq!(
            offer(&["2026-11", "2026-12"]),
            Some(Offer::Wait { month: month("2027-01"), opens: date(2026, 12, 16) })
        );
    }

    #[test]
    fn of_two_late_months_the_newer_is_offered() {
        let window = window(28, 5, 60);
        let today = date(2026, 11, 20);
        assert_eq!(
            window.offer(today, |_| false),
            Some(Offer::Renew { month: month("2026-11"), until: date(2027, 1, 4) })
        );
        assert_eq!(
            window.offer(today, |renewed| renewed == month("2026-11")),
            Some(Offer::Renew { month: month("2026-10"), until: date(2026, 12, 4) })
        );
    }

    #[test]
    fn a_month_can_be_late_for_two_months() {
        let offer = window(16, 31, 60).offer(date(2026, 4, 1), |renewed| renewed != month("2026-01"));
        assert_eq!(offer, Some(Offer::Renew { month: month("2026-01"), until: date(2026, 4, 1) }));
    }

    #[test]
    fn between_two_windows_one_waits() {
        let offer = window(16, 10, 0).offer(date(2026, 11, 12), |_| false);
        assert_eq!(offer, Some(Offer::Wait { month: month("2026-12"), opens: date(2026, 11, 16) }));
    }

    #[test]
    fn settings_are_checked() {
        for (opens_day, closes_day, late_days, error) in [
            (0, 10, 0, WindowError::OpensDay),
            (32, 10, 0, WindowError::OpensDay),
            (16, 0, 0, WindowError::ClosesDay),
            (16, 32, 0, WindowError::ClosesDay),
            (16, 10, -1, WindowError::LateDays),
            (16, 10, 61, WindowError::LateDays),
        ] {
            assert_eq!(Window::new(WindowSettings { opens_day, closes_day, late_days }), Err(error));
        }
    }

    #[test]
    fn every_day_under_every_setting() {
        let mut day = date(2027, 12, 1);
        while day < date(2029, 3, 1) {
            let this = NormMonth::of(day).unwrap();
            for opens_day in [1, 2, 15, 16, 28, 29, 30, 31] {
                for closes_day in [1, 2, 15, 16, 28, 29, 30, 31] {
                    let mut expected = Vec::new();
                    if day.day() <= closes_day.min(this.days()) {
                        expected.push(this);
                    }
                    if day.day() >= opens_day.min(this.days()) {
                        expected.push(this.next());
                    }
                    let open = open_months(window(opens_day, closes_day, 0), day);
                    assert_eq!(open, expected, "{day}, open from {opens_day} to {closes_day}");
                }
            }
            day = day.tomorrow().unwrap();
        }
    }

    proptest! {
        #[test]
        fn a_month_goes_from_not_yet_to_open_to_late_to_closed(
            opens_day in 1i8..=31,
            closes_day in 1i8..=31,
            late_days in 0i8..=60,
            year in 2001i16..2199,
            number in 1i8..=12,
        ) {
            let (window, month) = (window(opens_day, closes_day, late_days), NormMonth::new(year, number).unwrap());
            let mut day = month.previous().first_day();
            let mut before = MonthStanding::NotYet { opens: window.opens(month) };
            for _ in 0..130 {
                let standing = window.standing(month, day);
                prop_assert!(standing >= before, "{day}: {before:?} then {standing:?}");
                match standing {
                    MonthStanding::NotYet { opens } => prop_assert!(day < opens),
                    MonthStanding::Open { closes } => prop_assert!(window.opens(month) <= day && day <= closes),
                    MonthStanding::Late { until } => prop_assert!(window.closes(month) < day && day <= until),
                    MonthStanding::Closed => prop_assert!(day > window.last_day(month)),
                }
                before = standing;
                day = day.saturating_add(1.day());
            }
            prop_assert_eq!(before, MonthStanding::Closed);
        }

        #[test]
        fn what_is_offered_can_be_done(
            opens_day in 1i8..=31,
            closes_day in 1i8..=31,
            late_days in 0i8..=60,
            days in 0i32..70_000,
            renewed: [bool; 6],
        ) {
            let window = window(opens_day, closes_day, late_days);
            let today = date(2001, 1, 1).saturating_add(days.days());
            let this = NormMonth::of(today).unwrap();
            let is_renewed = |month: NormMonth| {
                usize::try_from(month.months_since(this) + 3).ok().and_then(|index| renewed.get(index).copied()).unwrap_or(false)
            };
            match window.offer(today, is_renewed) {
                Some(Offer::Renew { month, until }) => {
                    prop_assert!(!is_renewed(month) && until >= today);
                    let expected = [MonthStanding::Open { closes: until }, MonthStanding::Late { until }];
                    prop_assert!(expected.contains(&window.standing(month, today)));
                }
                Some(Offer::Wait { month, opens }) => {
                    prop_assert!(opens > today && window.opens(month) == opens);
                    prop_assert!(open_months(window, today).into_iter().all(is_renewed));
                }
                None => prop_assert!(false, "nothing was offered on {today}"),
            }
        }
    }
}
