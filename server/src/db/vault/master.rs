//! The installation's master key, which wraps every municipality's keys, and what is made of those.

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::aead::LessSafeKey;
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::MunicipalityId;
use zeroize::Zeroizing;

use super::kms::Kms;
use super::sealed::{self, KEY_LEN, WRAPPED};
use super::stored::{KeyName, KeyUse, Ring, StoredKey, StoredKeys, WRAPPED_KEY};
use super::{Generation, Vault, VaultError};
use crate::random;

/// What wraps keys anew, and while it is being replaced what wrapped them before.
pub struct MasterKey {
    current: Wrapper,
    previous: Option<Wrapper>,
}

/// What wraps keys.
enum Wrapper {
    /// A key in the memory of this process.
    Here { key: LessSafeKey, id: String },
    /// A key that never leaves its own service.
    Kms(Kms),
}

/// The bytes of a key. They are overwritten when they are let go of.
type KeyBytes = Zeroizing<Vec<u8>>;

impl MasterKey {
    /// Reads 32 bytes in base64, as in the master key file.
    pub fn from_base64(text: &str) -> Result<Self, VaultError> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| VaultError::MasterKey)?);
        let key = sealed::sealing_key(&bytes).map_err(|_| VaultError::MasterKey)?;
        // It tells which key this is, and nothing of the key.
        let id = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), b"fornya: the name of a master key");
        let id = id.as_ref().iter().take(8).fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
        Ok(Self { current: Wrapper::Here { key, id }, previous: None })
    }

    /// The key of a key management service.
    pub const fn kept_by(kms: Kms) -> Self {
        Self { current: Wrapper::Kms(kms), previous: None }
    }

    /// The same key, beside the one that it replaces.
    #[must_use]
    pub fn in_place_of(self, previous: Self) -> Self {
        Self { current: self.current, previous: Some(previous.current) }
    }

    /// A new key in base64, for an installation's first start.
    pub fn generate_base64() -> Result<String, VaultError> {
        let bytes = Zeroizing::new(random::bytes::<KEY_LEN>()?);
        Ok(STANDARD.encode(bytes.as_slice()))
    }

    /// The first data key of a municipality, wrapped.
    pub async fn new_wrapped_key(&self, municipality: MunicipalityId) -> Result<Vec<u8>, VaultError> {
        Ok(self.new_key(KeyName::first(municipality)).await?.wrapped)
    }

    /// The vault that a municipality's first data key opens.
    pub async fn unwrap(&self, municipality: MunicipalityId, wrapped: &[u8]) -> Result<Vault, VaultError> {
        let key = StoredKey { name: KeyName::first(municipality), wrapped: wrapped.to_vec(), wrapped_by: None };
        self.vault(municipality, &StoredKeys { ring: Ring::FIRST, keys: vec![key] }).await
    }

    /// A new key, random.
    pub(crate) async fn new_key(&self, name: KeyName) -> Result<StoredKey, VaultError> {
        let bytes = Zeroizing::new(random::bytes::<KEY_LEN>()?);
        self.current.wrap(name, bytes.as_slice()).await
    }

    /// The key of the digests, to be kept by itself: it is what it was while it was derived from the first data key.
    pub(crate) async fn index_key(
        &self,
        municipality: MunicipalityId,
        stored: &StoredKeys,
    ) -> Result<StoredKey, VaultError> {
        let bytes = self.index_bytes(municipality, stored).await?;
        let name = KeyName { municipality, purpose: KeyUse::Index, generation: Generation::FIRST };
        self.current.wrap(name, &bytes).await
    }

    /// The same key wrapped by the current master key; nothing when it is already.
    pub(crate) async fn wrap_anew(&self, key: &StoredKey) -> Result<Option<StoredKey>, VaultError> {
        if key.wrapped_by.as_deref() == Some(self.current.id()) {
            return Ok(None);
        }
        let bytes = self.bytes(key).await?;
        self.current.wrap(key.name, &bytes).await.map(Some)
    }

    /// Whether it opens a wrapped key. One that a key management service has wrapped is known by its name: it is not asked.
    pub(crate) async fn fits(&self, key: &StoredKey) -> bool {
        let of_kms = self.wrappers().any(|wrapper| match wrapper {
            Wrapper::Kms(kms) => key.wrapped_by.as_deref() == Some(kms.id()),
            Wrapper::Here { .. } => false,
        });
        of_kms || self.bytes(key).await.is_ok()
    }

    /// The vault of a municipality.
    pub(crate) async fn vault(&self, municipality: MunicipalityId, stored: &StoredKeys) -> Result<Vault, VaultError> {
        let mut generations = BTreeMap::new();
        for key in stored.seals() {
            let seals = derived(municipality, &self.bytes(key).await?, b"seal")?;
            let seals = sealed::sealing_key(&seals).map_err(|_| VaultError::Form(WRAPPED_KEY))?;
            generations.insert(key.name.generation, seals);
        }
        let indexes = self.index_bytes(municipality, stored).await?;
        let indexing = hmac::Key::new(hmac::HMAC_SHA256, &indexes);
        Ok(Vault { municipality, ring: stored.ring, generations, indexing })
    }

    async fn index_bytes(&self, municipality: MunicipalityId, stored: &StoredKeys) -> Result<KeyBytes, VaultError> {
        match stored.index() {
            Some(own) => self.bytes(own).await,
            None => derived(municipality, &self.bytes(stored.first()?).await?, b"index"),
        }
    }

    fn wrappers(&self) -> impl Iterator<Item = &Wrapper> {
        std::iter::once(&self.current).chain(&self.previous)
    }

    /// What a stored key is. The master key that is noted to have wrapped it is tried first.
    pub(crate) async fn bytes(&self, key: &StoredKey) -> Result<KeyBytes, VaultError> {
        let noted = |wrapper: &&Wrapper| key.wrapped_by.as_deref() == Some(wrapper.id());
        let mut failed = VaultError::DoesNotOpen(WRAPPED_KEY);
        for wrapper in self.wrappers().filter(noted).chain(self.wrappers().filter(|wrapper| !noted(wrapper))) {
            match wrapper.unwrap(key).await {
                Ok(bytes) => return Ok(bytes),
                Err(error @ VaultError::Kms(_)) => failed = error,
                Err(_) => {}
            }
        }
        Err(failed)
    }
}

impl Wrapper {
    /// Its name beside what it has wrapped.
    fn id(&self) -> &str {
        match self {
            Self::Here { id, .. } => id,
            Self::Kms(kms) => kms.id(),
        }
    }

    async fn wrap(&self, name: KeyName, bytes: &[u8]) -> Result<StoredKey, VaultError> {
        let wrapped = match self {
            Self::Here { key, .. } => sealed::seal(key, &[WRAPPED], &name.context(), bytes)?,
            Self::Kms(kms) => kms.wrap(&name.context(), bytes).await?,
        };
        Ok(StoredKey { name, wrapped, wrapped_by: Some(self.id().to_owned()) })
    }

    async fn unwrap(&self, stored: &StoredKey) -> Result<KeyBytes, VaultError> {
        match self {
            Self::Here { key, .. } => {
                let opened = stored.wrapped.split_first().and_then(|(&first, rest)| {
                    let context = match first {
                        WRAPPED => stored.name.context(),
                        1 => stored.name.context_before()?,
                        _ => return None,
                    };
                    sealed::open(key, &context, rest)
                });
                opened.map(Zeroizing::new).ok_or(VaultError::DoesNotOpen(WRAPPED_KEY))
            }
            Self::Kms(kms) => Ok(kms.unwrap(&stored.name.context(), &stored.wrapped).await?),
        }
    }
}

/// The key for one purpose that a municipality's data key gives.
fn derived(municipality: MunicipalityId, data_key: &[u8], purpose: &[u8]) -> Result<KeyBytes, VaultError> {
    let mut key = Zeroizing::new(vec![0; KEY_LEN]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, municipality.0.as_bytes())
        .extract(data_key)
        .expand(&[purpose], hkdf::HKDF_SHA256)
        .and_then(|made| made.fill(&mut key))
        .map_err(|_| VaultError::Form(WRAPPED_KEY))?;
    Ok(key)
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}
