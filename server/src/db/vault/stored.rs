//! Keys as they are stored: each wrapped, with what it is for.

use domain::id::MunicipalityId;

use super::{Generation, VaultError};

/// Where wrapped keys stand.
pub(super) const WRAPPED_KEY: &str = "municipality_key.wrapped";

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyUse {
    /// The columns' values.
    Seal,
    /// The digests by which values are found.
    Index,
}

impl KeyUse {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Index => "index",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Seal, Self::Index].into_iter().find(|purpose| purpose.code() == code)
    }
}

/// Which generations a municipality has: the newest that is known to be there, and the one that seals. They differ while every process comes
/// to know of a new one, before any value is sealed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ring {
    pub(crate) newest: Generation,
    pub(crate) sealing: Generation,
}

impl Ring {
    /// That of a municipality whose keys have never been rotated.
    pub(crate) const FIRST: Self = Self { newest: Generation::FIRST, sealing: Generation::FIRST };
}

/// Which key of whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyName {
    pub(crate) municipality: MunicipalityId,
    pub(crate) purpose: KeyUse,
    pub(crate) generation: Generation,
}

impl KeyName {
    /// The first key of a municipality, which seals.
    pub(crate) const fn first(municipality: MunicipalityId) -> Self {
        Self { municipality, purpose: KeyUse::Seal, generation: Generation::FIRST }
    }

    /// What a wrapped key is bound to.
    pub(super) fn context(self) -> Vec<u8> {
        let Self { municipality, purpose, generation: Generation(generation) } = self;
        [municipality.0.as_bytes(), WRAPPED_KEY.as_bytes(), &[0], purpose.code().as_bytes(), &generation.to_be_bytes()]
            .concat()
    }

    /// What it was bound to before keys had generations.
    pub(super) fn context_before(self) -> Option<Vec<u8>> {
        let is_first = self == Self::first(self.municipality);
        is_first.then(|| [self.municipality.0.as_bytes().as_slice(), WRAPPED_KEY.as_bytes()].join(&0))
    }
}

/// A wrapped key.
#[derive(Debug, Clone)]
pub(crate) struct StoredKey {
    pub(crate) name: KeyName,
    pub(crate) wrapped: Vec<u8>,
    /// Which master key wrapped it. It was not noted before keys had generations.
    pub(crate) wrapped_by: Option<String>,
}

/// The keys of a municipality.
#[derive(Debug, Clone)]
pub(crate) struct StoredKeys {
    pub(crate) ring: Ring,
    pub(crate) keys: Vec<StoredKey>,
}

impl StoredKeys {
    pub(super) fn seals(&self) -> impl Iterator<Item = &StoredKey> {
        self.keys.iter().filter(|key| key.name.purpose == KeyUse::Seal)
    }

    /// Whether no rotation is under way: one generation, which seals.
    pub(crate) fn is_settled(&self) -> bool {
        self.ring.newest == self.ring.sealing && self.seals().all(|key| key.name.generation == self.ring.sealing)
    }

    pub(crate) fn index(&self) -> Option<&StoredKey> {
        self.keys.iter().find(|key| key.name.purpose == KeyUse::Index)
    }

    /// The key that digests are derived from while there is none of their own.
    pub(super) fn first(&self) -> Result<&StoredKey, VaultError> {
        self.seals().find(|key| key.name.generation == Generation::FIRST).ok_or(VaultError::DoesNotOpen(WRAPPED_KEY))
    }
}
