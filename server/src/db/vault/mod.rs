//! Columns that hurt are ciphertext: AES-256-GCM-SIV under keys of the municipality's own, bound to municipality, column and row, and where
//! a value is rewritten in place to its version.
//!
//! Each municipality has generations of a random data key, stored wrapped by the installation's master key. One generation seals, and every
//! value names the one that it is sealed under, so that a new one can be taken into use while values of the older are still there. The key
//! of the digests by which a sealed value can be found has no generations: a new one would change every digest.

mod columns;
mod file_key;
mod kms;
mod master;
mod row_key;
mod sealed;
mod stored;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::aead::LessSafeKey;
use aws_lc_rs::hmac;
use domain::id::MunicipalityId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::chain::WithoutValues;
use crate::random::NoRandom;
use sealed::Head;

pub(super) use columns::Bound;
pub use columns::Column;
pub(crate) use file_key::{FileKey, FilePart, FilePlace};
pub(crate) use kms::{Kms, KmsError};
pub use master::MasterKey;
pub use row_key::{RowKey, Version};
pub(crate) use stored::{KeyName, KeyUse, Ring, StoredKey, StoredKeys};

/// What can go wrong with sealed values. None of it names what was sealed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The master key does not hold 32 bytes in base64.
    #[error("the master key must be 32 bytes, written in base64")]
    MasterKey,
    /// The random source of the operating system failed.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
    /// The service that keeps the master key did not wrap or unwrap.
    #[error("the key management service did not do what was asked")]
    Kms(#[from] KmsError),
    /// The value is cut off, altered, of another row or version, or under another key.
    #[error("a sealed value of {0} does not open: altered, moved, older, or under another key")]
    DoesNotOpen(&'static str),
    /// A value that is rewritten in place comes without its version, or another with one.
    #[error("a value of {0} is bound otherwise than it was asked for")]
    Unbound(&'static str),
    /// It opened, but is not of the form that this version reads.
    #[error("a value of {0} opened but cannot be read")]
    Form(&'static str),
    /// The same of what is written as JSON.
    #[error("a value of {column} cannot be read or written")]
    Json { column: &'static str, source: WithoutValues },
}

/// The number of a municipality's data key: its first is 1, and each that is made is one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Generation(pub(crate) i32);

impl Generation {
    pub(crate) const FIRST: Self = Self(1);
}

/// Seals and opens one municipality's values.
pub struct Vault {
    municipality: MunicipalityId,
    ring: Ring,
    generations: BTreeMap<Generation, LessSafeKey>,
    indexing: hmac::Key,
}

impl Vault {
    /// Seals bytes for one column of one row.
    pub fn seal<'k>(&self, column: Column, row: impl Into<RowKey<'k>>, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let row = row.into();
        check(column, row)?;
        let key = self.generations.get(&self.ring.sealing).ok_or(VaultError::DoesNotOpen(stored::WRAPPED_KEY))?;
        let head = sealed::head_of(self.ring.sealing);
        sealed::seal(key, &head, &self.context(&head, column, row), plain)
    }

    /// Opens what [`seal`](Self::seal) made for the same column, row and version.
    pub fn open<'k>(&self, column: Column, row: impl Into<RowKey<'k>>, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let row = row.into();
        check(column, row)?;
        self.opened(column, row, sealed).ok_or(VaultError::DoesNotOpen(column.name()))
    }

    fn opened(&self, column: Column, row: RowKey<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, rest) = Head::read(sealed)?;
        let key = self.generations.get(&head.generation())?;
        let context = match head {
            Head::Named(generation) => self.context(&sealed::head_of(generation), column, row),
            Head::Before(format) => {
                [self.municipality.0.as_bytes(), column.name().as_bytes(), &*row.bytes_before(format)].join(&0)
            }
        };
        sealed::open(key, &context, rest)
    }

    pub fn open_text<'k>(
        &self,
        column: Column,
        row: impl Into<RowKey<'k>>,
        sealed: &[u8],
    ) -> Result<String, VaultError> {
        String::from_utf8(self.open(column, row, sealed)?).map_err(|_| VaultError::Form(column.name()))
    }

    /// Seals a value as JSON.
    pub fn seal_json<'k, T: Serialize>(
        &self,
        column: Column,
        row: impl Into<RowKey<'k>>,
        value: &T,
    ) -> Result<Vec<u8>, VaultError> {
        let plain = serde_json::to_vec(value).map_err(|error| column.misfit(&error))?;
        self.seal(column, row, &plain)
    }

    /// Opens a value sealed as JSON.
    pub fn open_json<'k, T: DeserializeOwned>(
        &self,
        column: Column,
        row: impl Into<RowKey<'k>>,
        sealed: &[u8],
    ) -> Result<T, VaultError> {
        column.read_json(&self.open(column, row, sealed)?)
    }

    /// The same value under the generation that seals now.
    pub(crate) fn reseal(&self, column: Column, row: RowKey<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let plain = Zeroizing::new(self.open(column, row, sealed)?);
        self.seal(column, row, &plain)
    }

    /// What every value begins with that the newest generation has sealed.
    pub(crate) fn head(&self) -> [u8; 5] {
        sealed::head_of(self.ring.sealing)
    }

    /// Whether its generations are those that the database names: the newest, and the one that seals.
    pub(crate) fn knows(&self, named: &[i32]) -> bool {
        let Ring { newest, sealing } = self.ring;
        named == [newest.0, sealing.0]
    }

    /// The keyed digest by which a sealed value is found. The same value in another column or municipality has another.
    pub fn index(&self, column: Column, plain: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.indexing);
        context.update(column.name().as_bytes());
        context.update(&[0]);
        context.update(plain);
        context.sign().as_ref().to_vec()
    }

    /// What a value is bound to. The name of a column has no byte of zero, so that it ends where it ends.
    fn context(&self, head: &[u8], column: Column, row: RowKey<'_>) -> Vec<u8> {
        [head, self.municipality.0.as_bytes(), column.name().as_bytes(), &[0], &*row.bytes()].concat()
    }
}

/// Whether a row is named as values of this column are bound.
const fn check(column: Column, row: RowKey<'_>) -> Result<(), VaultError> {
    match (column.bound(), row.has_version()) {
        (Bound::Row, false) | (Bound::Version, true) => Ok(()),
        (Bound::Row, true) | (Bound::Version, false) | (Bound::Digest, _) => Err(VaultError::Unbound(column.name())),
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(..)")
    }
}
