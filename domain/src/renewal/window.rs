//! When a renewal may be made: a municipality's window.
//!
//! The window of a norm month opens on a day of the month before and closes on a day of the norm month itself, so the windows of two
//! months can be open at once.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::NormMonth;

/// A municipality's window, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WindowSettings", into = "WindowSettings")]
pub struct Window(WindowSettings);

/// The window as an administrator sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
pub enum Standing {
    /// Not open yet.
    NotYet {
        /// The first open day.
        opens: Date,
    },
    /// Open.
    Open {
        /// The last open day.
        closes: Date,
    },
    /// Past the last open day, but still taken.
    Late {
        /// The last day that it is taken.
        until: Date,
    },
    /// No longer taken.
    Closed,
}

/// What a person is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// To renew for this month.
    Renew {
        /// The norm month.
        month: NormMonth,
        /// The last day to do it.
        until: Date,
        /// The window has closed; a late renewal is still taken.
        late: bool,
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

    /// The settings.
    pub const fn settings(self) -> WindowSettings {
        self.0
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
    pub fn standing(self, month: NormMonth, today: Date) -> Standing {
        let (opens, closes, until) = (self.opens(month), self.closes(month), self.last_day(month));
        if today < opens {
            Standing::NotYet { opens }
        } else if today <= closes {
            Standing::Open { closes }
        } else if today <= until {
            Standing::Late { until }
        } else {
            Standing::Closed
        }
    }

    /// The norm months that are open on a day, the older first. There are none, one or two.
    pub fn open_months(self, today: Date) -> Vec<NormMonth> {
        near(today).filter(|month| matches!(self.standing(*month, today), Standing::Open { .. })).collect()
    }

    /// What to offer a person who has renewed for the months of which `renewed` is true: the oldest open month that is left, else
    /// the newest that is still taken late, else to wait for the next window.
    pub fn offer(self, today: Date, renewed: impl Fn(NormMonth) -> bool) -> Option<Offer> {
        let left = || near(today).filter(|month| !renewed(*month));
        let open = || {
            left().find_map(|month| match self.standing(month, today) {
                Standing::Open { closes } => Some(Offer::Renew { month, until: closes, late: false }),
                Standing::NotYet { .. } | Standing::Late { .. } | Standing::Closed => None,
            })
        };
        let late = || {
            left().filter_map(|month| match self.standing(month, today) {
                Standing::Late { until } => Some(Offer::Renew { month, until, late: true }),
                Standing::NotYet { .. } | Standing::Open { .. } | Standing::Closed => None,
            })
        };
        let next = || {
            near(today).find_map(|month| match self.standing(month, today) {
                Standing::NotYet { opens } => Some(Offer::Wait { month, opens }),
                Standing::Open { .. } | Standing::Late { .. } | Standing::Closed => None,
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

impl TryFrom<WindowSettings> for Window {
    type Error = WindowError;

    fn try_from(settings: WindowSettings) -> Result<Self, Self::Error> {
        Self::new(settings)
    }
}

impl From<Window> for WindowSettings {
    fn from(window: Window) -> Self {
        window.0
    }
}
