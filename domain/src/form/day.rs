//! Reads a day of the calendar as people write it.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::spelling::plain;

/// The months by the first letters of their Swedish and English names.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january"],
    &["februari", "february"],
    &["mars", "march"],
    &["april"],
    &["maj", "may"],
    &["juni", "june"],
    &["juli", "july"],
    &["augusti", "august"],
    &["september"],
    &["oktober", "october"],
    &["november"],
    &["december"],
];

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoDay {
    /// It is not written as one.
    NotADate,
    /// The month ends before it.
    NotInCalendar {
        /// The last day of the month.
        last: Date,
    },
}

/// Year, month and day as they were written, whether or not the calendar has such a day.
#[derive(Clone, Copy)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: i8,
}

/// How far ahead of the example a day without a year may lie, in days: bills come in advance, and most of what is told has been.
const AHEAD: i32 = 92;

/// The day that a text means. What is not written is meant as near the example: a day and a month as the last one up to three months after it, the
/// day alone of its month.
pub(super) fn read(text: &str, example: Date) -> Result<Date, NoDay> {
    let parts = parts(&plain(text).to_ascii_lowercase()).ok_or(NoDay::NotADate)?;
    let (year, month) = (parts.year.unwrap_or_else(|| example.year()), parts.month.unwrap_or_else(|| example.month()));
    let day = of_calendar(year, month, parts.day);
    if parts.year.is_some() || parts.month.is_none() {
        return day;
    }
    let latest = example.saturating_add(AHEAD.days());
    let near = [of_calendar(year + 1, month, parts.day), day, of_calendar(year - 1, month, parts.day)];
    near.into_iter().filter_map(Result::ok).find(|day| *day <= latest).map_or(day, Ok)
}

fn of_calendar(year: i16, month: i8, day: i8) -> Result<Date, NoDay> {
    Date::new(year, month, day).map_err(|_| match Date::new(year, month, 1) {
        Ok(first) if day > 0 => NoDay::NotInCalendar { last: first.last_of_month() },
        _ => NoDay::NotADate,
    })
}

/// `2026-11-25`, `20261125`, `25/11 2026`, `25.11.2026`, `25/11`, `25 nov`, `den 25 november 2026`, `25`. A year has four digits and stands first or
/// last.
fn parts(text: &str) -> Option<Parts> {
    let is_sign = |c: char| matches!(c, ' ' | '-' | '/' | '.' | ',' | '\u{2013}');
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == ':' || is_sign(c)) {
        return None;
    }
    let words: Vec<&str> = text.split(is_sign).filter(|word| !matches!(*word, "" | "den" | "d" | "the")).collect();
    match words[..] {
        [whole] if whole.len() == 8 && is_number(whole) => Some(Parts {
            year: whole[..4].parse().ok(),
            month: whole[4..6].parse().ok(),
            day: whole[6..].parse().ok()?,
        }),
        [day] => Some(Parts { year: None, month: None, day: number(day)? }),
        [day, month] => Some(Parts { year: None, month: Some(self::month(month)?), day: number(day)? }),
        [year, month, day] | [day, month, year] if year.len() == 4 && is_number(year) => {
            Some(Parts { year: year.parse().ok(), month: Some(self::month(month)?), day: number(day)? })
        }
        _ => None,
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of one or two digits, or one that counts (`25:e`, `1st`) without its ending.
fn number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = &word[digits.len()..];
    let is_usual = matches!(ending, "" | "e" | "a" | ":e" | ":a" | "st" | "nd" | "rd" | "th");
    (is_usual && (1..=2).contains(&digits.len()) && is_number(digits)).then(|| digits.parse().ok()).flatten()
}

/// A month by its number, or by three letters or more of its name.
fn month(word: &str) -> Option<i8> {
    if is_number(word) {
        return number(word);
    }
    let is_of = |names: &&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    let index = MONTHS.iter().position(is_of)?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;
    use proptest::prelude::*;

    use super::*;

    /// Incomes of November, asked in the renewal for December.
    const EXAMPLE: Date = Date::constant(2026, 11, 30);

    fn day(text: &str) -> Option<Date> {
        read(text, EXAMPLE).ok()
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2026-11-25",
            " 20261125 ",
            "25/11 2026",
            "25/11/2026",
            "25.11.2026",
            "25. 11. 2026",
            "25-11-2026",
            "2026/11/25",
            "2026 11 25",
            "2026\u{2013}11\u{2013}25",
            "25/11",
            "25.11.",
            "25-11",
            "25 nov",
            "25 nov.",
            "25 November",
            "25 november 2026",
            "den 25 november 2026",
            "25e november",
            "25th November, 2026",
            "25",
            "den 25",
            "٢٥/١١/٢٠٢٦",
            "２５/１１",
            "25:e november",
            "\u{200e}25\u{a0}november\u{200f}",
        ] {
            assert_eq!(day(text), Some(on(2026, 11, 25)), "{text}");
        }
        assert_eq!(day("5/1 2026"), Some(on(2026, 1, 5)));
        assert_eq!(day("1 maj"), Some(on(2026, 5, 1)));
        assert_eq!(day("1 may"), Some(on(2026, 5, 1)));
        assert_eq!(day("24 dec"), Some(on(2026, 12, 24)), "the nearer of two");
    }

    #[test]
    fn a_day_without_a_year_is_the_last_one_up_to_a_quarter_ahead() {
        let december = on(2026, 12, 31);
        for (text, day) in [("2/1", on(2027, 1, 2)), ("20/12", on(2026, 12, 20)), ("30/6", on(2026, 6, 30))] {
            assert_eq!(read(text, december), Ok(day), "{text}");
        }
        assert_eq!(read("31", EXAMPLE), Err(NoDay::NotInCalendar { last: EXAMPLE }));
        assert_eq!(read("29/2", on(2027, 12, 31)), Ok(on(2028, 2, 29)));
        assert_eq!(read("30/2", on(2027, 12, 31)), Err(NoDay::NotInCalendar { last: on(2027, 2, 28) }));
    }

    #[test]
    fn what_would_be_a_guess_is_no_day() {
        for text in [
            "",
            "25/11 26",
            "261125",
            "11/25 2026",
            "2026-13-01",
            "2026-11-00",
            "2026-011-25",
            "2026-11-25T00:00",
            "-2026-11-25-1",
            "2026112",
            "i november",
            "i morgon",
            "ma 25",
            "25 ju",
            "25 novemberr",
            "november",
            "25 25 november",
            "25+11",
            "0",
        ] {
            assert_eq!(read(text, EXAMPLE), Err(NoDay::NotADate), "{text}");
        }
        for (text, last) in
            [("29/2 2026", on(2026, 2, 28)), ("31/11", on(2026, 11, 30)), ("2026-12-45", on(2026, 12, 31))]
        {
            assert_eq!(read(text, EXAMPLE), Err(NoDay::NotInCalendar { last }), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = read(&text, EXAMPLE);
        }

        #[test]
        fn every_day_is_read_back(year in 1900i16..=2199, month in 1i8..=12, day_of_month in 1i8..=31) {
            if let Ok(date) = Date::new(year, month, day_of_month) {
                let name = MONTHS[usize::try_from(month - 1).unwrap()][0];
                for text in [
                    date.to_string(),
                    format!("{day_of_month}/{month} {year}"),
                    format!("{day_of_month}.{month}.{year}"),
                    format!("{day_of_month} {name} {year}"),
                    format!("{day_of_month} {} {year}", &name[..3]),
                ] {
                    prop_assert_eq!(day(&text), Some(date), "{}", text);
                }
            }
        }

        #[test]
        fn a_day_without_a_year_is_within_the_year_around(month in 1i8..=12, day_of_month in 1i8..=28) {
            let found = read(&format!("{day_of_month}/{month}"), EXAMPLE).unwrap();
            prop_assert!(found <= EXAMPLE.saturating_add(AHEAD.days()) && found > EXAMPLE.saturating_sub((366 - AHEAD).days()));
        }
    }
}
