//! What a provider says when it refuses, as far as it may be written to the log.

use std::fmt;

use serde::Deserialize;

/// The longest that a description is kept.
const LONGEST: usize = 200;
/// From so many digits on, a number may be somebody's.
const NUMBER: usize = 6;

/// An OAuth error (RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6, RFC 9126 2.3). It can be logged: the code is one word, and the
/// description is short, of one line, and without what could be a number or an address of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRefusal {
    code: String,
    description: String,
}

/// The body of an answer that refuses.
#[derive(Default, Deserialize)]
pub(super) struct ErrorAnswer {
    #[serde(default)]
    error: String,
    error_description: Option<String>,
}

impl From<ErrorAnswer> for ProviderRefusal {
    fn from(answer: ErrorAnswer) -> Self {
        Self::new(&answer.error, answer.error_description.as_deref())
    }
}

impl ProviderRefusal {
    pub(super) fn new(code: &str, description: Option<&str>) -> Self {
        let is_word = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        Self {
            code: if is_word { code } else { "unknown" }.to_owned(),
            description: description.map(fit_for_the_log).unwrap_or_default(),
        }
    }
}

impl fmt::Display for ProviderRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        if self.description.is_empty() { Ok(()) } else { write!(f, " ({})", self.description) }
    }
}

impl std::error::Error for ProviderRefusal {}

/// Anyone can put anything into a callback's address, and a provider can name a person in its description.
fn fit_for_the_log(description: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() || c.is_alphanumeric() { c } else { ' ' };
    let plain: String = description.chars().map(plain).collect();
    let words = plain.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    without_numbers(&words.collect::<Vec<_>>().join(" ")).chars().take(LONGEST).collect()
}

/// The same without digits that may be somebody's number, whatever stands between them but letters.
fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find(char::is_numeric).map(|start| rest.split_at(start)) {
        // A Roman numeral is both.
        let is_letter = |c: char| c.is_alphabetic() && !c.is_numeric();
        let until_letter = from.find(is_letter).map_or(from, |end| &from[..end]);
        let run = until_letter.trim_end_matches(|c: char| !c.is_numeric());
        let is_personal = run.chars().filter(|c| c.is_numeric()).count() >= NUMBER;
        kept.push_str(before);
        kept.push_str(if is_personal { "…" } else { run });
        rest = &from[run.len()..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_short_of_one_line_and_names_nobody() {
        let long = "x".repeat(1_000);
        for (description, expected) in [
            ("redirect_uri is not registered", "redirect_uri is not registered"),
            ("AADSTS50011: Omdirigerings-URI är fel", "AADSTS50011: Omdirigerings-URI är fel"),
            ("no\r\n{\"level\":\"ERROR\"}\u{202e}\u{0}", "no {\"level\":\"ERROR\"}"),
            ("19900602-2397 is unknown", "… is unknown"),
            ("1990 06 02 2397 is unknown", "… is unknown"),
            ("id:900602 - 2397", "id:…"),
            ("user(9006022397) at 10:30", "user(…) at 10:30"),
            (&format!("{}900602-2397", &long[..LONGEST - 3]), &format!("{}…", &long[..LONGEST - 3])),
            ("fel Ⅷ", "fel Ⅷ"),
            ("anna@example.se is locked out", "… is locked out"),
            (&long, &long[..LONGEST]),
            (" ", ""),
        ] {
            assert_eq!(fit_for_the_log(description), expected);
        }
    }

    #[test]
    fn a_code_is_one_word() {
        for (code, expected) in [("invalid_client", "invalid_client"), ("", "unknown"), ("<b>1990", "unknown")] {
            assert_eq!(ProviderRefusal::new(code, None).to_string(), expected);
        }
        assert_eq!(
            ProviderRefusal::new("invalid_scope", Some("sign is not open")).to_string(),
            "invalid_scope (sign is not open)"
        );
    }
}
