//! Reads a day of the calendar as people write it.

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

/// The days that a field takes, and the one that it shows as its example: what is not written is meant as near that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) example: Date,
}

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

/// The day that a text means. Without a year it is the one among those expected that is nearest to the example; the day alone is of the
/// example's month.
pub(super) fn read(text: &str, expected: Expected) -> Result<Date, NoDay> {
    let parts = parts(&plain(text).to_ascii_lowercase()).ok_or(NoDay::NotADate)?;
    let example = expected.example;
    let month = parts.month.unwrap_or_else(|| example.month());
    if let Some(year) = parts.year {
        return of_calendar(year, month, parts.day);
    }
    if parts.month.is_none() {
        return of_calendar(example.year(), month, parts.day);
    }
    let years = [example.year(), example.year() - 1, example.year() + 1];
    let days = years.map(|year| of_calendar(year, month, parts.day));
    let is_expected = |day: &Date| (expected.first..=expected.last).contains(day);
    let near = days.iter().filter_map(|day| day.as_ref().ok()).filter(|day| is_expected(day));
    let nearest = near.min_by_key(|day| example.duration_until(**day).abs());
    nearest.copied().map_or(days[0], Ok)
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
    const EXPECTED: Expected = Expected {
        first: Date::constant(2025, 11, 1),
        last: Date::constant(2026, 12, 31),
        example: Date::constant(2026, 11, 30),
    };

    fn day(text: &str) -> Option<Date> {
        read(text, EXPECTED).ok()
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
    fn a_day_without_a_year_is_the_expected_one_that_is_nearest() {
        let january = Expected { first: on(2025, 12, 1), last: on(2027, 1, 31), example: on(2026, 12, 31) };
        assert_eq!(read("2/1", january), Ok(on(2027, 1, 2)), "rent for January, in the renewal for January");
        assert_eq!(read("20/12", january), Ok(on(2026, 12, 20)));
        assert_eq!(
            read("31", Expected { example: on(2026, 11, 30), ..january }),
            Err(NoDay::NotInCalendar { last: on(2026, 11, 30) })
        );
        let leap = Expected { first: on(2027, 1, 1), last: on(2028, 3, 31), example: on(2028, 2, 29) };
        assert_eq!(read("29/2", leap), Ok(on(2028, 2, 29)));
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
            assert_eq!(read(text, EXPECTED), Err(NoDay::NotADate), "{text}");
        }
        for (text, last) in
            [("29/2 2026", on(2026, 2, 28)), ("31/11", on(2026, 11, 30)), ("2026-12-45", on(2026, 12, 31))]
        {
            assert_eq!(read(text, EXPECTED), Err(NoDay::NotInCalendar { last }), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = read(&text, EXPECTED);
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
        fn a_day_without_a_year_is_never_outside_what_is_expected_when_it_can_be_inside(month in 1i8..=12, day_of_month in 1i8..=28) {
            let found = read(&format!("{day_of_month}/{month}"), EXPECTED).unwrap();
            prop_assert!((EXPECTED.first..=EXPECTED.last).contains(&found));
        }
    }
}
