//! The key of one file: its content is sealed under it wherever that lies, and it stands itself among what is sealed of the file's row. Data
//! keys can then be replaced without a file being written anew, and who removes the row has made the content unreadable.

use std::fmt;

use aws_lc_rs::aead::LessSafeKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::{MunicipalityId, ProofId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::VaultError;
use super::sealed::{self, FILE, KEY_LEN};
use crate::random;

/// What errors call it.
const CONTENT: &str = "the content of a file";

/// The key of one file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct FileKey(Zeroizing<[u8; KEY_LEN]>);

/// Which content of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilePart {
    Whole,
    /// A small picture of it.
    Preview,
}

impl FilePart {
    /// As the column `proof_content.part` has it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Preview => "preview",
        }
    }
}

/// The place that a content is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FilePlace {
    pub municipality: MunicipalityId,
    pub file: ProofId,
    pub part: FilePart,
}

impl FilePlace {
    fn context(self) -> Vec<u8> {
        [&[FILE], self.municipality.0.as_bytes().as_slice(), self.file.0.as_bytes(), self.part.code().as_bytes()]
            .concat()
    }
}

impl FileKey {
    /// A new one, random.
    pub(crate) fn new() -> Result<Self, VaultError> {
        Ok(Self(Zeroizing::new(random::bytes()?)))
    }

    pub(crate) fn seal(&self, place: FilePlace, content: &[u8]) -> Result<Vec<u8>, VaultError> {
        sealed::seal(&self.key()?, &[FILE], &place.context(), content)
    }

    pub(crate) fn open(&self, place: FilePlace, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let rest = sealed.strip_prefix(&[FILE]).ok_or(VaultError::Form(CONTENT))?;
        sealed::open(&self.key()?, &place.context(), rest).ok_or(VaultError::DoesNotOpen(CONTENT))
    }

    fn key(&self) -> Result<LessSafeKey, VaultError> {
        sealed::sealing_key(self.0.as_slice()).map_err(|_| VaultError::Form("the key of a file"))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(..)")
    }
}

/// A text that is no key.
#[derive(Debug, thiserror::Error)]
#[error("a file's key is 32 bytes in base64")]
pub(crate) struct NoFileKey;

impl TryFrom<String> for FileKey {
    type Error = NoFileKey;

    fn try_from(text: String) -> Result<Self, NoFileKey> {
        let text = Zeroizing::new(text);
        let bytes = Zeroizing::new(STANDARD.decode(text.as_bytes()).map_err(|_| NoFileKey)?);
        let key = <[u8; KEY_LEN]>::try_from(bytes.as_slice()).map_err(|_| NoFileKey)?;
        Ok(Self(Zeroizing::new(key)))
    }
}

impl From<FileKey> for String {
    fn from(key: FileKey) -> Self {
        STANDARD.encode(key.0.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_content_opens_in_its_own_place_under_its_own_key_alone() {
        let place = FilePlace {
            municipality: MunicipalityId(Uuid::from_u128(1)),
            file: ProofId(Uuid::from_u128(2)),
            part: FilePart::Whole,
        };
        let key = FileKey::new().unwrap();
        let sealed = key.seal(place, b"kvitto").unwrap();
        assert_eq!(key.open(place, &sealed).unwrap(), b"kvitto");
        let kept: FileKey = serde_json::from_str(&serde_json::to_string(&key).unwrap()).unwrap();
        assert_eq!(kept.open(place, &sealed).unwrap(), b"kvitto");
        for elsewhere in [
            FilePlace { municipality: MunicipalityId(Uuid::from_u128(3)), ..place },
            FilePlace { file: ProofId(Uuid::from_u128(3)), ..place },
            FilePlace { part: FilePart::Preview, ..place },
        ] {
            assert!(key.open(elsewhere, &sealed).is_err(), "{elsewhere:?}");
        }
        assert!(FileKey::new().unwrap().open(place, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(place, &altered).is_err(), "{at}");
        }
        assert!(!format!("{key:?}").contains(&String::from(key.clone())));
        assert!(serde_json::from_str::<FileKey>("\"kort\"").is_err());
    }
}
