use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::canonical::{read_hex, write_hex};
use super::{Annex, Canonical, Core, Digest, DocumentError, read};
use crate::id::{CaseId, MunicipalityId, RenewalId};
use crate::renewal::state::SignerRole;

/// The form of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ManifestSchema {
    /// Written `renewal-manifest/1`.
    #[serde(rename = "renewal-manifest/1")]
    V1,
}

/// What one signer's eID signs, as canonical bytes: digests of everything that the signature covers, and what binds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// By which a reader knows what fields there are.
    pub schema: ManifestSchema,
    /// Whose service it was.
    pub municipality: MunicipalityId,
    /// The case that the renewal is in.
    pub case: CaseId,
    /// The renewal of core and annex.
    pub renewal: RenewalId,
    /// In which role it is signed.
    pub role: SignerRole,
    /// The language of the text as shown.
    pub locale: Locale,
    /// Makes every manifest another, so that no signature fits twice.
    pub nonce: Nonce,
    /// The digest of the core's canonical bytes.
    pub core: Digest,
    /// The digest of the annex's canonical bytes.
    pub annex: Digest,
    /// The digest of the Swedish text, which prevails.
    pub swedish_text: Digest,
    /// The digest of the text exactly as it was shown.
    pub shown_text: Digest,
    /// The digest of the message in the eID's signing dialogue: the signature extension leaves open whether that is covered.
    pub sign_message: Digest,
}

/// What a manifest is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Whose service it is.
    pub municipality: MunicipalityId,
    /// The case that the renewal is in.
    pub case: CaseId,
    /// The language of the text as shown.
    pub locale: Locale,
    /// Sixteen random bytes.
    pub nonce: Nonce,
}

/// What a manifest covers, as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Originals<'a> {
    /// The core, in canonical JSON.
    pub core: &'a [u8],
    /// The signer's annex, in canonical JSON.
    pub annex: &'a [u8],
    /// The text that prevails, whatever was shown.
    pub swedish_text: &'a str,
    /// The text exactly as it was shown.
    pub shown_text: &'a str,
    /// The message in the eID's signing dialogue.
    pub sign_message: &'a str,
}

impl Manifest {
    /// The manifest of these originals, which are read strictly and must belong together.
    pub fn new(binding: Binding, originals: &Originals<'_>) -> Result<Self, DocumentError> {
        let (core, annex) = read_both(originals)?;
        Ok(Self {
            schema: ManifestSchema::V1,
            municipality: binding.municipality,
            case: binding.case,
            renewal: core.renewal,
            role: annex.role,
            locale: binding.locale,
            nonce: binding.nonce,
            core: Digest::of(originals.core),
            annex: Digest::of(originals.annex),
            swedish_text: Digest::of(originals.swedish_text.as_bytes()),
            shown_text: Digest::of(originals.shown_text.as_bytes()),
            sign_message: Digest::of(originals.sign_message.as_bytes()),
        })
    }

    /// Whether these are the originals that the manifest names, and what they say.
    pub fn verify(&self, originals: &Originals<'_>) -> Result<(Core, Annex), DocumentError> {
        let parts = [
            (originals.core, self.core, DocumentError::CoreDiffers),
            (originals.annex, self.annex, DocumentError::AnnexDiffers),
            (originals.swedish_text.as_bytes(), self.swedish_text, DocumentError::SwedishTextDiffers),
            (originals.shown_text.as_bytes(), self.shown_text, DocumentError::ShownTextDiffers),
            (originals.sign_message.as_bytes(), self.sign_message, DocumentError::SignMessageDiffers),
        ];
        for (bytes, digest, error) in parts {
            if Digest::of(bytes) != digest {
                return Err(error);
            }
        }
        let (core, annex) = read_both(originals)?;
        if core.renewal == self.renewal && annex.role == self.role {
            Ok((core, annex))
        } else {
            Err(DocumentError::Misfit)
        }
    }
}

fn read_both(originals: &Originals<'_>) -> Result<(Core, Annex), DocumentError> {
    let core: Core = read(originals.core)?;
    let annex: Annex = read(originals.annex)?;
    if annex.is_beside(&core) { Ok((core, annex)) } else { Err(DocumentError::Misfit) }
}

impl Canonical for Manifest {
    fn check(&self) -> Result<(), DocumentError> {
        Ok(())
    }
}

/// The language tag of the text as shown, such as `sv` or `ar`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Locale(String);

/// A text is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a language tag is such as sv, en or zh-Hant")]
pub struct LocaleError;

impl Locale {
    /// Such as `sv` or `zh-Hant`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let is_subtag = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_language && parts.all(is_subtag) { Ok(Self(text.to_owned())) } else { Err(LocaleError) }
    }
}

impl TryFrom<String> for Locale {
    type Error = LocaleError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0
    }
}

/// Sixteen random bytes, written as 32 small hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// The nonce made of random bytes.
    pub const fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read_hex(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("a nonce is 32 hexadecimal digits in small letters"))
    }
}
