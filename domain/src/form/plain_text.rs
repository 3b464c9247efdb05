use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text as it is stored, shown and signed.
///
/// It keeps its words and lines and has lost what nobody can see: white space around it, carriage returns, control characters, and
/// the marks that turn the direction of writing for the rest of a line, with which a signed text could be made to look like another.
/// Its letters are spelt in one way (Unicode NFC). It may be personal: its `Debug` shows only how long it is.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlainText(String);

impl PlainText {
    /// The text without what nobody can see.
    pub fn new(text: &str) -> Self {
        let one_ending = text.replace("\r\n", "\n").replace('\r', "\n");
        let visible: String = one_ending
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|&c| c == '\n' || !is_hidden(c))
            .collect();
        Self(nfc(visible.trim()))
    }

    /// Normalised (NFC), without hidden characters and outer spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn nfc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

/// A browser knows how letters are spelt in one way, and its tables are larger than all that the islands load.
#[cfg(target_arch = "wasm32")]
fn nfc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Debug for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlainText({} characters)", self.0.chars().count())
    }
}

impl AsRef<str> for PlainText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for PlainText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Only a text that already is plain is read: what was signed is not mended afterwards.
impl<'de> Deserialize<'de> for PlainText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let plain = Self::new(&text);
        if plain.0 == text { Ok(plain) } else { Err(serde::de::Error::custom("the text is not spelt in the one way")) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_lose_what_nobody_sees() {
        for (text, plain_text) in [
            ("  hej\r\ndu \r", "hej\ndu"),
            ("a\u{308}pple", "äpple"),
            ("a\u{0}\u{308}", "ä"),
            ("50\u{202e}001\u{202c} kr", "50001 kr"),
            ("ett\ttva\u{7}", "ett tva"),
            ("\u{feff}hej", "hej"),
            ("سلام", "سلام"),
            ("👩\u{200d}👧", "👩\u{200d}👧"),
        ] {
            assert_eq!(PlainText::new(text).as_str(), plain_text, "{text:?}");
        }
    }

    #[test]
    fn every_mark_that_turns_a_line_is_taken_away() {
        for mark in "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
            assert_eq!(PlainText::new(&format!("50{mark}001")).as_str(), "50001", "{mark:?}");
        }
    }

    #[test]
    fn only_plain_texts_are_read() {
        assert_eq!(serde_json::from_str::<PlainText>(r#""äpple""#).unwrap(), PlainText::new("äpple"));
        for json in [r#""a\u0308pple""#, r#"" hej""#, r#""a\r\nb""#, r#""\u202e""#, "7"] {
            assert!(serde_json::from_str::<PlainText>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn it_stays_out_of_logs() {
        assert_eq!(format!("{:?}", PlainText::new("Hej!")), "PlainText(4 characters)");
    }

    proptest! {
        #[test]
        fn plain_texts_stay_as_they_are(text in ".*") {
            let once = PlainText::new(&text);
            prop_assert_eq!(PlainText::new(once.as_str()), once.clone());
            prop_assert!(unicode_normalization::is_nfc(once.as_str()));
            let json = serde_json::to_string(&once).unwrap();
            prop_assert_eq!(serde_json::from_str::<PlainText>(&json).unwrap(), once);
        }
    }
}
