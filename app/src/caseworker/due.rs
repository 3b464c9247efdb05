//! The day by which a renewal is to be decided, in words.

use jiff::civil::{Date, DateTime};

use crate::i18n::Texts;
use crate::model::Tone;

/// The day as a word and its weight: "i dag" rather than a date when it is near, and said to be late when it has passed. Today is the
/// day of arrival and the age together.
pub(super) fn due_word(texts: &Texts, due: Date, arrived: DateTime, age_days: u32) -> (String, Tone) {
    match days_left(due, arrived, age_days) {
        ..0 => (texts.with("due-passed", &[("day", texts.day(due).into())]), Tone::Bad),
        0 => (texts.get("due-today"), Tone::Bad),
        1 => (texts.get("due-tomorrow"), Tone::Warning),
        _ => (texts.day(due), Tone::Plain),
    }
}

/// Whole days until the day; negative when it has passed.
fn days_left(due: Date, arrived: DateTime, age_days: u32) -> i64 {
    i64::from((due - arrived.date()).get_days()) - i64::from(age_days)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;
    use crate::i18n::Catalogue;

    #[test]
    fn the_day_is_a_word_when_it_is_near() {
        let texts = Catalogue::load().unwrap().texts("sv").unwrap();
        let arrived = datetime(2026, 11, 3, 23, 59, 0, 0);
        let word = |age| due_word(&texts, date(2026, 11, 24), arrived, age);
        assert_eq!(word(0), ("24\u{a0}november".to_owned(), Tone::Plain));
        assert_eq!(word(19), ("24\u{a0}november".to_owned(), Tone::Plain));
        assert_eq!(word(20), ("i morgon".to_owned(), Tone::Warning));
        assert_eq!(word(21), ("i dag".to_owned(), Tone::Bad));
        assert_eq!(word(22), ("försenat, 24\u{a0}november".to_owned(), Tone::Bad));
    }

    #[test]
    fn a_far_day_is_counted_across_years() {
        assert_eq!(days_left(date(2028, 1, 1), datetime(2026, 12, 31, 8, 0, 0, 0), 1), 365);
    }
}
