//! Reads what was typed into values.

use jiff::ToSpan;
use jiff::civil::Date;

use super::day::{self, NoDay};
use super::{FormProblem, PlainText, Typed, spelling};
use crate::money::MoneyError;
use crate::{Money, PersonNumber};

/// A positive amount of at most `limit`.
pub fn amount(typed: &Typed, limit: Money) -> Result<Money, FormProblem> {
    match amount_or_zero(typed, limit) {
        Ok(amount) if !amount.is_zero() => Ok(amount),
        Ok(_) | Err(FormProblem::AmountNegative) => Err(FormProblem::AmountNotPositive),
        Err(problem) => Err(problem),
    }
}

/// An amount from zero to `limit`.
pub fn amount_or_zero(typed: &Typed, limit: Money) -> Result<Money, FormProblem> {
    let amount = Money::parse(&spelling::amount(typed.as_str())).map_err(|error| match error {
        MoneyError::Empty => FormProblem::AmountMissing,
        MoneyError::NotANumber => FormProblem::AmountNotANumber,
        MoneyError::TooManyDecimals => FormProblem::AmountTooManyDecimals,
        MoneyError::TooLarge => FormProblem::AmountTooLarge { limit },
    })?;
    if amount > limit {
        return Err(FormProblem::AmountTooLarge { limit });
    }
    if amount.is_negative() {
        return Err(FormProblem::AmountNegative);
    }
    Ok(amount)
}

/// An amount of whole kronor from zero to `limit`.
pub fn kronor_or_zero(typed: &Typed, limit: Money) -> Result<Money, FormProblem> {
    let amount = amount_or_zero(typed, limit)?;
    if amount.ore() % 100 == 0 { Ok(amount) } else { Err(FormProblem::AmountNotWhole) }
}

/// A day from `first` to `last`, both included. `example` is the day that the field shows beside itself; what is not written is meant as near it
/// (`25/11`, `25 nov`, `25`).
pub fn date(typed: &Typed, first: Date, last: Date, example: Date) -> Result<Date, FormProblem> {
    if typed.is_blank() {
        return Err(FormProblem::DateMissing { example });
    }
    let date = day::read(typed.as_str(), example).map_err(|none| match none {
        NoDay::NotADate => FormProblem::DateNotADate { example },
        NoDay::NotInCalendar { last } => FormProblem::DateNotInCalendar { last },
    })?;
    if date < first {
        return Err(FormProblem::DateTooEarly { first });
    }
    if date > last {
        return Err(FormProblem::DateTooLate { last });
    }
    Ok(date)
}

/// The same for what lasts: a day without a year that would lie after `last` is meant in the year before.
pub fn lasting_date(typed: &Typed, first: Date, last: Date, example: Date) -> Result<Date, FormProblem> {
    match date(typed, first, last, example) {
        Err(late @ FormProblem::DateTooLate { .. }) => {
            let a_year_before = day::read(typed.as_str(), example.saturating_sub(1.year()));
            a_year_before.ok().filter(|day| (first..=last).contains(day)).ok_or(late)
        }
        read => read,
    }
}

/// A text of at most `max` characters, or `None` when there is nothing to see.
pub fn text(typed: &Typed, max: usize) -> Result<Option<PlainText>, FormProblem> {
    let text = PlainText::new(typed.as_str());
    let length = text.as_str().chars().count();
    if length > max {
        return Err(FormProblem::TextTooLong { max, length });
    }
    Ok((length > 0).then_some(text))
}

/// The same in one line, with our digits and without marks that nobody sees.
fn seen(typed: &Typed, max: usize) -> Result<Option<PlainText>, FormProblem> {
    let text = PlainText::new(&spelling::plain(typed.as_str()));
    let length = text.as_str().chars().count();
    if length > max { Err(FormProblem::TextTooLong { max, length }) } else { Ok((length > 0).then_some(text)) }
}

/// A whole number from `least` to `most`, both included.
pub fn count(typed: &Typed, least: u8, most: u8) -> Result<u8, FormProblem> {
    let problem = FormProblem::CountNotInRange { least: usize::from(least), most: usize::from(most) };
    let count: u8 = spelling::plain(typed.as_str()).trim().parse().map_err(|_| problem)?;
    if (least..=most).contains(&count) { Ok(count) } else { Err(problem) }
}

/// A person number or coordination number of twelve digits, with or without hyphen and spaces.
pub fn person_number(typed: &Typed) -> Result<PersonNumber, FormProblem> {
    let text: String = spelling::plain(typed.as_str()).chars().filter(|c| !c.is_whitespace()).collect();
    PersonNumber::parse(&text).map_err(|_| FormProblem::PersonNumberForm)
}

/// A telephone number in any usual spelling, or `None` when blank: 5 to 15 digits (ITU-T E.164), with a leading plus, spaces,
/// hyphens, dots, slashes and brackets as people write them.
pub fn phone(typed: &Typed) -> Result<Option<PlainText>, FormProblem> {
    let Some(phone) = seen(typed, 40)? else { return Ok(None) };
    let rest = phone.as_str().strip_prefix('+').unwrap_or(phone.as_str());
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let usual = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '\u{2013}' | '.' | '/' | '(' | ')');
    if !rest.chars().all(usual) || !(5..=15).contains(&digits) {
        return Err(FormProblem::PhoneForm);
    }
    Ok(Some(phone))
}

/// An e-mail address, or `None` when blank. Only what every address has is asked for: something, one @, a name with a dot, no
/// spaces. Whether it works is known when a letter arrives.
pub fn email(typed: &Typed) -> Result<Option<PlainText>, FormProblem> {
    let Some(email) = seen(typed, 254)? else { return Ok(None) };
    let has_form = email.as_str().split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.contains('@') && host.contains('.') && host.split('.').all(|label| !label.is_empty())
    });
    if !has_form || email.as_str().chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"')) {
        return Err(FormProblem::EmailForm);
    }
    Ok(Some(email))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Typed {
        Typed::new(text).unwrap()
    }

    #[test]
    fn days_keep_to_their_window() {
        let (first, last) = (on(2025, 11, 1), on(2026, 12, 31));
        let date = |text: &Typed, first, last| date(text, first, last, on(2026, 11, 30));
        let example = on(2026, 11, 30);
        assert_eq!(date(&typed("2025-11-01"), first, last), Ok(first));
        assert_eq!(date(&typed("31.12.2026"), first, last), Ok(last));
        assert_eq!(date(&typed("2025-10-31"), first, last), Err(FormProblem::DateTooEarly { first }));
        assert_eq!(date(&typed("1/1 2027"), first, last), Err(FormProblem::DateTooLate { last }));
        assert_eq!(date(&typed("  "), first, last), Err(FormProblem::DateMissing { example }));
        assert_eq!(date(&typed("i november"), first, last), Err(FormProblem::DateNotADate { example }));
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_what_is_no_day() {
        let date = |text| date(&typed(text), on(2025, 11, 1), on(2026, 12, 31), on(2026, 11, 30));
        for (text, last) in [
            ("2026-11-31", on(2026, 11, 30)),
            ("31/11 2026", on(2026, 11, 30)),
            ("29.2.2026", on(2026, 2, 28)),
            ("2026-12-45", on(2026, 12, 31)),
        ] {
            assert_eq!(date(text), Err(FormProblem::DateNotInCalendar { last }), "{text}");
        }
        for text in ["2026-13-01", "2026-11-00", "11/25 2026"] {
            assert_eq!(date(text), Err(FormProblem::DateNotADate { example: on(2026, 11, 30) }), "{text}");
        }
    }

    #[test]
    fn amounts_keep_to_their_limit() {
        let limit = Money::from_kronor(1_000_000);
        assert_eq!(amount(&typed("6 500,50"), limit), Ok(Money::from_ore(650_050)));
        assert_eq!(amount(&typed("1000000"), limit), Ok(limit));
        for (text, problem) in [
            ("", FormProblem::AmountMissing),
            ("kr", FormProblem::AmountMissing),
            ("tusen", FormProblem::AmountNotANumber),
            ("1,234", FormProblem::AmountTooManyDecimals),
            ("0", FormProblem::AmountNotPositive),
            ("-500", FormProblem::AmountNotPositive),
            ("1000000,01", FormProblem::AmountTooLarge { limit }),
            ("99999999999", FormProblem::AmountTooLarge { limit }),
        ] {
            assert_eq!(amount(&typed(text), limit), Err(problem), "{text}");
        }
    }

    #[test]
    fn whole_kronor_have_no_ore() {
        let limit = Money::from_kronor(1_000_000);
        for (text, kronor) in [("0", 0), ("15 000", 15_000), ("15000,00 kr", 15_000), ("1000000", 1_000_000)] {
            assert_eq!(kronor_or_zero(&typed(text), limit), Ok(Money::from_kronor(kronor)), "{text}");
        }
        for (text, problem) in [
            ("15000,50", FormProblem::AmountNotWhole),
            ("-1", FormProblem::AmountNegative),
            ("1000001", FormProblem::AmountTooLarge { limit }),
            ("", FormProblem::AmountMissing),
        ] {
            assert_eq!(kronor_or_zero(&typed(text), limit), Err(problem), "{text}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert_eq!(text(&typed("ååå"), 3), Ok(Some(PlainText::new("ååå"))));
        assert_eq!(text(&typed("åååå"), 3), Err(FormProblem::TextTooLong { max: 3, length: 4 }));
        assert_eq!(text(&typed(" \n "), 3), Ok(None));
    }

    #[test]
    fn phones_are_lenient() {
        for text in ["070-123 45 67", "+46 (0)70 123 45 67", "0243/12345", "12345", "08.123.456.78"] {
            assert_eq!(phone(&typed(text)), Ok(Some(PlainText::new(text))));
        }
        assert_eq!(phone(&typed(" ")), Ok(None));
        for text in ["1234", "ring mig", "070-123 45 67 eller 08-123", "+", "070+123456", "1234567890123456"] {
            assert_eq!(phone(&typed(text)), Err(FormProblem::PhoneForm), "{text}");
        }
    }

    #[test]
    fn emails_are_lenient() {
        for text in ["petra@example.se", "p.nilsson+bistand@post.example.se", "åsa@räksmörgås.se"] {
            assert_eq!(email(&typed(text)), Ok(Some(PlainText::new(text))));
        }
        assert_eq!(email(&typed("")), Ok(None));
        for text in ["petra", "petra@", "@example.se", "petra@example", "petra@example.", "a b@example.se", "a@b@c.se"]
        {
            assert_eq!(email(&typed(text)), Err(FormProblem::EmailForm), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_reader_panic(text_typed in ".*") {
            let text_typed = typed(&text_typed);
            let _ = (amount(&text_typed, Money::LIMIT), date(&text_typed, Date::MIN, Date::MAX, Date::MIN), text(&text_typed, 10));
            let _ = (phone(&text_typed), email(&text_typed));
        }
    }
}
