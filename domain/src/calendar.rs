//! Swedish public holidays and the days on which time limits end and money moves.
//!
//! Lagen (1989:253) om allmänna helgdagar, as it reads since 1 April 2005 (Nationaldagen in, annandag pingst out), and lagen
//! (1930:173) om beräkning av lagstadgad tid. Every day is judged by today's wording, also those before 2005.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// A public holiday (allmän helgdag) other than an ordinary Sunday, or one of the three eves that the law sets beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// Nyårsdagen, 1 January.
    NewYearsDay,
    /// Trettondedag jul, 6 January.
    Epiphany,
    /// Långfredagen, the Friday before Easter.
    GoodFriday,
    /// Påskdagen, from which the movable days are counted.
    EasterSunday,
    /// Annandag påsk, the day after Easter Sunday.
    EasterMonday,
    /// Första maj, 1 May.
    MayDay,
    /// Kristi himmelsfärdsdag, the sixth Thursday after Easter.
    AscensionDay,
    /// Pingstdagen, the seventh Sunday after Easter.
    WhitSunday,
    /// Nationaldagen, 6 June.
    NationalDay,
    /// Midsommarafton, the Friday before midsummer's day.
    MidsummersEve,
    /// Midsommardagen, the Saturday of 20 to 26 June.
    MidsummersDay,
    /// Alla helgons dag, the Saturday of 31 October to 6 November.
    AllSaintsDay,
    /// Julafton, 24 December.
    ChristmasEve,
    /// Juldagen, 25 December.
    ChristmasDay,
    /// Annandag jul, 26 December.
    BoxingDay,
    /// Nyårsafton, 31 December.
    NewYearsEve,
}

/// Easter Sunday of a year of the Gregorian calendar, by the rule that Meeus, Jones and Butcher published.
fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let (leap_centuries, after_leap) = (century / 4, century % 4);
    let lunar_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - lunar_shift + 15) % 30;
    let weekday = (32 + 2 * after_leap + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days_after_march_first = epact + weekday - 7 * late + 21;
    date(year, 3, 1).saturating_add(days_after_march_first.days())
}

/// The day of a weekday in the seven days that begin with `first`.
fn weekday_from(first: Date, weekday: Weekday) -> Date {
    first.saturating_add(i32::from(weekday.since(first.weekday())).days())
}

impl Holiday {
    /// Every holiday, in the order that they mostly come in a year.
    pub const ALL: &[Self] = &[
        Self::NewYearsDay,
        Self::Epiphany,
        Self::GoodFriday,
        Self::EasterSunday,
        Self::EasterMonday,
        Self::MayDay,
        Self::AscensionDay,
        Self::WhitSunday,
        Self::NationalDay,
        Self::MidsummersEve,
        Self::MidsummersDay,
        Self::AllSaintsDay,
        Self::ChristmasEve,
        Self::ChristmasDay,
        Self::BoxingDay,
        Self::NewYearsEve,
    ];

    /// The day that it falls on in a year.
    pub fn in_year(self, year: i16) -> Date {
        let after_easter = |days: i32| easter(year).saturating_add(days.days());
        let midsummer = || weekday_from(date(year, 6, 20), Weekday::Saturday);
        match self {
            Self::NewYearsDay => date(year, 1, 1),
            Self::Epiphany => date(year, 1, 6),
            Self::GoodFriday => after_easter(-2),
            Self::EasterSunday => after_easter(0),
            Self::EasterMonday => after_easter(1),
            Self::MayDay => date(year, 5, 1),
            Self::AscensionDay => after_easter(39),
            Self::WhitSunday => after_easter(49),
            Self::NationalDay => date(year, 6, 6),
            Self::MidsummersEve => midsummer().saturating_sub(1.day()),
            Self::MidsummersDay => midsummer(),
            Self::AllSaintsDay => weekday_from(date(year, 10, 31), Weekday::Saturday),
            Self::ChristmasEve => date(year, 12, 24),
            Self::ChristmasDay => date(year, 12, 25),
            Self::BoxingDay => date(year, 12, 26),
            Self::NewYearsEve => date(year, 12, 31),
        }
    }

    /// The holiday that a day is, if it is one. Ascension on the first of May is both; May Day is told.
    pub fn on(day: Date) -> Option<Self> {
        Self::ALL.iter().copied().find(|holiday| holiday.in_year(day.year()) == day)
    }
}

/// Whether a time limit may end on the day and money may move: not a Saturday, a Sunday, a public holiday or one of the three eves
/// (lagen (1930:173) 2 §). The same days are banking days in Sweden.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && Holiday::on(day).is_none()
}

/// The day itself when it is a working day, else the first after it.
pub fn working_day_from(day: Date) -> Date {
    let mut day = day;
    // No row of days off is longer than ten; the end of the calendar is its own next day.
    while !is_working_day(day) && day < Date::MAX {
        day = day.saturating_add(1.day());
    }
    day
}

/// The working day so many working days after a day; none after is the day itself or the first working day after it.
pub fn working_days_after(day: Date, count: u8) -> Date {
    let start = if count == 0 { working_day_from(day) } else { day };
    (0..count).fold(start, |day, _| working_day_from(day.saturating_add(1.day())))
}

/// The last day of a time limit of whole weeks from a day (lagen (1930:173) 1–2 §§): the same weekday so many weeks later, moved to
/// the next working day when it is none.
pub fn weeks_from(day: Date, weeks: i32) -> Date {
    working_day_from(day.saturating_add(weeks.weeks()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn easter_falls_where_almanacs_say() {
        for (year, month, day) in [
            (1961, 4, 2),
            (1981, 4, 19),
            (2000, 4, 23),
            (2005, 3, 27),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn the_days_off_of_2026() {
        use Holiday::{
            AllSaintsDay, AscensionDay, BoxingDay, ChristmasDay, ChristmasEve, EasterMonday, EasterSunday, Epiphany,
            GoodFriday, MayDay, MidsummersDay, MidsummersEve, NationalDay, NewYearsDay, NewYearsEve, WhitSunday,
        };
        let expected = [
            (NewYearsDay, 1, 1),
            (Epiphany, 1, 6),
            (GoodFriday, 4, 3),
            (EasterSunday, 4, 5),
            (EasterMonday, 4, 6),
            (MayDay, 5, 1),
            (AscensionDay, 5, 14),
            (WhitSunday, 5, 24),
            (NationalDay, 6, 6),
            (MidsummersEve, 6, 19),
            (MidsummersDay, 6, 20),
            (AllSaintsDay, 10, 31),
            (ChristmasEve, 12, 24),
            (ChristmasDay, 12, 25),
            (BoxingDay, 12, 26),
            (NewYearsEve, 12, 31),
        ];
        assert_eq!(expected.map(|(holiday, ..)| holiday), Holiday::ALL);
        for (holiday, month, day) in expected {
            assert_eq!(holiday.in_year(2026), date(2026, month, day), "{holiday:?}");
            assert_eq!(Holiday::on(date(2026, month, day)), Some(holiday));
        }
        assert_eq!(Holiday::on(date(2026, 5, 25)), None, "annandag pingst is an ordinary Monday");
        assert_eq!(Holiday::on(date(2026, 1, 5)), None, "trettondagsafton is an ordinary Monday");
    }

    #[test]
    fn two_holidays_on_one_day() {
        assert_eq!(Holiday::AscensionDay.in_year(2008), date(2008, 5, 1));
        assert_eq!(Holiday::on(date(2008, 5, 1)), Some(Holiday::MayDay));
    }

    #[test]
    fn time_limits_end_on_working_days() {
        for (from, end) in [
            (date(2026, 11, 24), date(2026, 12, 15)),
            (date(2026, 12, 3), date(2026, 12, 28)),
            (date(2026, 12, 10), date(2027, 1, 4)),
            (date(2026, 5, 29), date(2026, 6, 22)),
            (date(2026, 3, 13), date(2026, 4, 7)),
            (date(2026, 10, 10), date(2026, 11, 2)),
            (date(2026, 4, 23), date(2026, 5, 15)),
        ] {
            assert_eq!(weeks_from(from, 3), end, "three weeks from {from}");
        }
    }

    #[test]
    fn working_days_are_counted() {
        assert_eq!(working_days_after(date(2026, 11, 21), 0), date(2026, 11, 23));
        assert_eq!(working_days_after(date(2026, 11, 20), 1), date(2026, 11, 23));
        assert_eq!(working_days_after(date(2026, 12, 23), 1), date(2026, 12, 28));
        assert_eq!(working_days_after(date(2026, 12, 30), 2), date(2027, 1, 5));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_trap() {
        assert_eq!(working_day_from(Date::MAX), Date::MAX);
        assert_eq!(working_days_after(Date::MAX, 3), Date::MAX);
    }

    proptest! {
        #[test]
        fn a_working_day_is_near(days in 0i32..73_000) {
            let day = date(2000, 1, 1).saturating_add(days.days());
            let next = working_day_from(day);
            prop_assert!(is_working_day(next));
            prop_assert!(next >= day && next <= day.saturating_add(6.days()), "{day} to {next}");
            prop_assert!(day == next || !is_working_day(day));
        }

        #[test]
        fn easter_is_a_sunday_in_its_five_weeks(year in 1900i16..=2299) {
            let easter = easter(year);
            prop_assert_eq!(easter.weekday(), Weekday::Sunday);
            prop_assert!(easter >= date(year, 3, 22) && easter <= date(year, 4, 25));
        }
    }
}
