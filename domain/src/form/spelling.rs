//! How people spell figures: with other digits than ours, with marks that are not seen, with a currency and groups.

/// The first of ten digits, in writings that people use who live in Sweden, and the wide ones of East Asian keyboards.
const ZEROS: [char; 9] =
    ['\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{1040}', '\u{17e0}', '\u{ff10}'];

/// What is written about money and is no figure.
const CURRENCY: [&str; 8] = ["kronor", "krona", "sek", "kr.", "kr", ":-", ",-", ".-"];

/// The text with our digits, ordinary spaces, and without marks that nobody sees: those of direction, joining and hyphenation that copied text
/// brings with it.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).map(|c| if is_space(c) { ' ' } else { digit(c) }).collect()
}

/// The spaces and line ends that texts hold. The tables of Unicode would make what the browser loads larger by a tenth.
fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn digit(c: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// An amount in the one spelling that [`Money::parse`](crate::Money::parse) takes: without currency, and without what groups thousands where that
/// is certain. A lone sign before three digits may group or divide: it is left as it is.
pub(super) fn amount(text: &str) -> String {
    let text = plain(text).replace(['\u{66b}'], ",").replace(['\u{66c}', '\'', '\u{2019}'], " ");
    let mut text = text.trim();
    for word in CURRENCY {
        let before = strip(text, word, true).filter(|_| word.starts_with(|c: char| c.is_ascii_alphabetic()));
        text = before.or_else(|| strip(text, word, false)).unwrap_or(text);
    }
    ungrouped(text).unwrap_or_else(|| text.to_owned())
}

fn strip<'t>(text: &'t str, word: &str, at_start: bool) -> Option<&'t str> {
    let cut = if at_start { word.len() } else { text.len().checked_sub(word.len())? };
    let (start, end) = text.split_at_checked(cut)?;
    let (found, rest) = if at_start { (start, end) } else { (end, start) };
    found.eq_ignore_ascii_case(word).then(|| rest.trim())
}

/// The same without signs that group: several of one kind, or one before another kind.
fn ungrouped(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, ',' | '.')).collect();
    let (group, decimal) = match signs[..] {
        [first, .., last] if first != last => (first, Some(last)),
        [first, _, ..] => (first, None),
        _ => return None,
    };
    let (whole, ore) = match decimal {
        Some(decimal) => text.rsplit_once(decimal)?,
        None => (text, ""),
    };
    let mut groups = whole.split(group);
    let first = groups.next()?.trim_start_matches(['-', '\u{2212}', ' ']);
    let is_of_three = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(is_of_three);
    (is_grouped && !whole.contains(decimal.unwrap_or(' '))).then(|| {
        let whole = whole.replace(group, "");
        if decimal.is_some() { format!("{whole},{ore}") } else { whole }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Money;

    fn ore(text: &str) -> Option<i64> {
        Money::parse(&amount(text)).ok().map(Money::ore)
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for text in [
            "6500",
            "6 500",
            "6.500,00",
            "6,500.00",
            "6 500,-",
            "6500:-",
            "6500.-",
            "SEK 6500",
            "6500 SEK",
            "sek 6 500,00",
            "6500 kr",
            "6500KR",
            "6 500 kronor",
            "kr 6500",
            "6'500",
            "٦٥٠٠",
            "۶۵۰۰",
            "６５００",
            "٦٬٥٠٠٫٠٠",
            "\u{200e}6\u{a0}500\u{202f}kr\u{200f}",
            "6\u{ad}500",
        ] {
            assert_eq!(ore(text), Some(650_000), "{text}");
        }
        assert_eq!(ore("1.234.567"), Some(123_456_700));
        assert_eq!(ore("-1.234,50"), Some(-123_450));
        assert_eq!(ore("12,5"), Some(1_250));
    }

    #[test]
    fn what_could_be_two_amounts_is_none() {
        for text in [
            "6.500",
            "6,500",
            "1,23,456",
            "1.2345,00",
            "6.500.0",
            "1,2.3,4",
            "6500 eller 7000",
            "sek",
            "",
            ",-5",
            "1.234,567",
        ] {
            assert_eq!(ore(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = (plain(&text), amount(&text));
        }

        #[test]
        fn every_amount_is_read_grouped_in_each_way(kronor in 0i64..10_000_000, cents in 0i64..100) {
            let digits = kronor.to_string();
            let grouped = |sign: &str| {
                let mut parts: Vec<_> = digits.as_bytes().rchunks(3).map(String::from_utf8_lossy).collect();
                parts.reverse();
                parts.join(sign)
            };
            let all = kronor * 100 + cents;
            for text in [
                format!("{}.{cents:02}", grouped(",")),
                format!("{},{cents:02} kr", grouped(".")),
                format!("SEK {},{cents:02}", grouped(" ")),
                format!("{digits},{cents:02}"),
            ] {
                prop_assert_eq!(ore(&text), Some(all), "{}", text);
            }
        }
    }
}
