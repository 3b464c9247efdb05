use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use unicode_normalization::is_nfc;

use super::DocumentError;

/// The largest document that is written or read: far above a household with full lists.
pub(super) const SIZE_MAX: usize = 1_000_000;

/// A document with one spelling.
pub trait Canonical: Serialize + DeserializeOwned {
    /// What the form alone does not hold, such as that there is one applicant.
    fn check(&self) -> Result<(), DocumentError>;

    /// The one spelling of the document (RFC 8785).
    fn to_bytes(&self) -> Result<Vec<u8>, DocumentError> {
        self.check()?;
        let value = serde_json::to_value(self).map_err(|_| DocumentError::Unwritable)?;
        check_value(&value)?;
        let bytes = serde_json_canonicalizer::to_vec(&value).map_err(|_| DocumentError::Unwritable)?;
        if bytes.len() > SIZE_MAX { Err(DocumentError::TooLarge) } else { Ok(bytes) }
    }

    /// The digest of the one spelling.
    fn digest(&self) -> Result<Digest, DocumentError> {
        self.to_bytes().map(|bytes| Digest::of(&bytes))
    }
}

/// Reads a document that is spelt in the one way; another spelling of the same content is refused.
///
/// Whatever is read is written again and compared byte for byte. That refuses white space, escapes, the order of keys, null for an
/// absent field, leading zeros and every other freedom that JSON or a value's own form leaves; unknown and duplicate keys are refused
/// before.
pub fn read<T: Canonical>(bytes: &[u8]) -> Result<T, DocumentError> {
    if bytes.len() > SIZE_MAX {
        return Err(DocumentError::TooLarge);
    }
    let document: T =
        serde_json::from_slice(bytes).map_err(|error| DocumentError::Unreadable { column: error.column() })?;
    if document.to_bytes()? == bytes { Ok(document) } else { Err(DocumentError::NotCanonical) }
}

/// Reads a document by the digest that was taken of it when it was written in the one way: bytes with that digest are those bytes, so they
/// need not be written again. Bytes with another are refused.
pub fn read_by_digest<T: Canonical>(bytes: &[u8], digest: Digest) -> Result<T, DocumentError> {
    if Digest::of(bytes) != digest {
        return Err(DocumentError::Digest);
    }
    serde_json::from_slice(bytes).map_err(|error| DocumentError::Unreadable { column: error.column() })
}

fn check_value(value: &Value) -> Result<(), DocumentError> {
    match value {
        Value::Null | Value::Bool(_) => Ok(()),
        Value::Number(_) => Err(DocumentError::Number),
        Value::String(text) => check_text(text),
        Value::Array(items) => items.iter().try_for_each(check_value),
        Value::Object(fields) => fields.iter().try_for_each(|(key, value)| check_text(key).and(check_value(value))),
    }
}

fn check_text(text: &str) -> Result<(), DocumentError> {
    if is_nfc(text) { Ok(()) } else { Err(DocumentError::NotNormalised) }
}

/// A SHA-256 digest (FIPS 180-4), written as 64 small hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// A text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 hexadecimal digits in small letters")]
pub struct DigestError;

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// In binary, where a text would be twice as long.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read_hex(text).map(Self).ok_or(DigestError)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

pub(super) fn write_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

pub(super) fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N || !digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Note {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        more: Option<Value>,
    }

    impl Canonical for Note {
        fn check(&self) -> Result<(), DocumentError> {
            Ok(())
        }
    }

    fn note(text: &str) -> Note {
        Note { text: text.into(), more: None }
    }

    #[test]
    fn digests_are_those_of_the_standard() {
        assert_eq!(Digest::of(b"abc").to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Digest::of(b"").to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn digests_have_one_spelling() {
        let digest = Digest::of(b"abc");
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in
            ["", "ba78", &digest.to_string().to_uppercase(), &format!("{digest}0"), &"g".repeat(64), &"å".repeat(32)]
        {
            assert_eq!(text.parse::<Digest>(), Err(DigestError), "{text}");
        }
    }

    #[test]
    fn a_document_is_read_in_its_one_spelling() {
        let bytes = note("häst \u{1f434} \"\n").to_bytes().unwrap();
        assert_eq!(bytes, "{\"text\":\"häst \u{1f434} \\\"\\n\"}".as_bytes());
        assert_eq!(read::<Note>(&bytes), Ok(note("häst \u{1f434} \"\n")));
    }

    #[test]
    fn what_was_written_is_read_by_its_digest_alone() {
        let written = note("häst");
        let (bytes, digest) = (written.to_bytes().unwrap(), written.digest().unwrap());
        assert_eq!(read_by_digest(&bytes, digest), Ok(written));
        for other in [note("hast").to_bytes().unwrap(), [&bytes[..], b" "].concat(), Vec::new()] {
            assert_eq!(read_by_digest::<Note>(&other, digest), Err(DocumentError::Digest));
        }
        let unreadable = br#"{"extra":"b"}"#;
        let read = read_by_digest::<Note>(unreadable, Digest::of(unreadable));
        assert!(matches!(read, Err(DocumentError::Unreadable { .. })), "{read:?}");
    }

    #[test]
    fn every_other_spelling_is_refused() {
        for json in [
            r#"{"text":"a" }"#,
            r#" {"text":"a"}"#,
            r#"{"text":"\u0061"}"#,
            r#"{"text":"\/"}"#,
            r#"{"more":null,"text":"a"}"#,
            r#"{"text":"a","more":"b"}"#,
            r#"{"more":{"b":"","a":""},"text":"a"}"#,
            r#"{"more":{"a":"1","a":"2"},"text":"a"}"#,
        ] {
            assert_eq!(read::<Note>(json.as_bytes()), Err(DocumentError::NotCanonical), "{json}");
        }
    }

    #[test]
    fn what_is_no_such_document_is_refused() {
        for bytes in [
            &br#"{"text":"a","text":"a"}"#[..],
            br#"{"text":"a","extra":"b"}"#,
            br#"{"text":"a"}{}"#,
            br#"{"text":7}"#,
            br#"{"text":"\ud800"}"#,
            br#"{"more":"a"}"#,
            b"",
            b"\xef\xbb\xbf{}",
            b"{\"text\":\"\xff\"}",
        ] {
            let result = read::<Note>(bytes);
            assert!(matches!(result, Err(DocumentError::Unreadable { .. })), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn numbers_and_other_spellings_of_letters_are_refused() {
        for (json, error) in [
            (r#"{"more":7,"text":"a"}"#, DocumentError::Number),
            (r#"{"more":[{"n":1.5}],"text":"a"}"#, DocumentError::Number),
            ("{\"text\":\"a\u{30a}\"}", DocumentError::NotNormalised),
            ("{\"more\":{\"a\u{30a}\":true},\"text\":\"a\"}", DocumentError::NotNormalised),
        ] {
            assert_eq!(read::<Note>(json.as_bytes()), Err(error), "{json}");
        }
    }

    #[test]
    fn a_document_has_a_largest_size() {
        assert_eq!(note(&"x".repeat(SIZE_MAX)).to_bytes(), Err(DocumentError::TooLarge));
        assert_eq!(read::<Note>(&vec![b' '; SIZE_MAX + 1]), Err(DocumentError::TooLarge));
    }

    #[test]
    fn errors_do_not_tell_the_content() {
        let error = read::<Note>(br#"{"text":"a","198503122384":"b"}"#).unwrap_err();
        assert!(!error.to_string().contains("1985"), "{error}");
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_the_one_spelling(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(document) = read::<Note>(&bytes) {
                prop_assert_eq!(document.to_bytes(), Ok(bytes));
            }
        }

        #[test]
        fn digests_are_read_back(bytes: [u8; 32]) {
            prop_assert_eq!(Digest(bytes).to_string().parse(), Ok(Digest(bytes)));
        }
    }
}
