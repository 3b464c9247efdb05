//! Columns that hurt are ciphertext: AES-256-GCM-SIV under a key of the municipality's own, bound to municipality, column and row.
//! A row is known by its own key, whether that is one column or two.
//!
//! The data key of each municipality is random and stored wrapped by the installation's master key, so that the master key can be
//! replaced without touching the data. From the data key two are derived (HKDF-SHA256): one seals, one makes the keyed digests by
//! which a sealed value can be found.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac};
use domain::id::{
    CalculationId, CaseId, DecisionId, MessageId, MunicipalityId, PayoutId, PersonId, PurposeId, QueryId, ReadingId,
    RelationId, RenewalId, StaffId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::chain::WithoutValues;
use crate::random::{self, NoRandom};

/// The first byte of every sealed value: which way its row was bound. A row of one identifier.
const ONE_KEY: u8 = 1;
/// A row of two identifiers, or of a digest.
const OWN_KEYS: u8 = 2;
const KEY_LEN: usize = 32;

/// What can go wrong with sealed values. None of it names what was sealed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The master key file does not hold 32 bytes in base64.
    #[error("the master key must be 32 bytes, written in base64")]
    MasterKey,
    /// The random source of the operating system failed.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
    /// The value is cut off, altered, of another row, or under another key.
    #[error("a sealed value of {0} does not open: altered, moved, or under another key")]
    DoesNotOpen(&'static str),
    /// It opened, but is not of the form that this version reads.
    #[error("a value of {0} opened but cannot be read")]
    Form(&'static str),
    /// The same of what is written as JSON.
    #[error("a value of {column} cannot be read or written")]
    Json { column: &'static str, source: WithoutValues },
}

macro_rules! columns {
    ($($variant:ident = $name:literal,)*) => {
        /// A sealed column. Its name is part of what is authenticated, so a value cannot be moved between columns.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column { $($variant,)* }

        impl Column {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// `table.column`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

columns! {
    PersonNumber = "person.number",
    PersonAddress = "person.address",
    PersonPhone = "person.phone",
    PersonEmail = "person.email",
    CaseAccount = "assistance_case.account",
    AttemptPending = "identity_attempt.pending",
    DraftContent = "renewal_draft.content",
    DocumentCore = "signed_document.core",
    SignatureManifest = "signature.manifest",
    SignatureAnnex = "signature.annex",
    SignatureEvidence = "signature.evidence",
    QueryAnswer = "authority_query.answer",
    CalculationInput = "calculation.input",
    CalculationResult = "calculation.result",
    DecisionDraftContent = "decision_draft.content",
    DecisionNote = "decision.note",
    PayoutPayee = "payout.payee",
    MessageBody = "message.body",
    ReadingReason = "protected_reading.reason",
    StaffNumber = "staff.number",
    RelationNumber = "staff_relation.number",
    PurposeWords = "case_purpose.words",
    ProposalContent = "decision_proposal.content",
    ProposalReturned = "decision_proposal.returned",
    PersonName = "person.name",
    MemberParticulars = "household_member.particulars",
    DecisionReasons = "decision.reasons",
    MessageSubject = "message.subject",
    DocumentDigest = "signed_document.core_hash",
    SignatureDigest = "signature.manifest_hash",
}

impl Column {
    /// Reads what was opened of it as JSON.
    pub fn read_json<T: DeserializeOwned>(self, opened: &[u8]) -> Result<T, VaultError> {
        serde_json::from_slice(opened).map_err(|error| self.misfit(&error))
    }

    fn misfit(self, error: &serde_json::Error) -> VaultError {
        VaultError::Json { column: self.name(), source: WithoutValues::of(error) }
    }
}

/// The key of the row that a sealed value belongs to, without the municipality.
#[derive(Debug, Clone, Copy)]
pub enum RowKey<'a> {
    One(Uuid),
    /// Two identifiers, in the order of the primary key.
    Two(Uuid, Uuid),
    Digest(&'a [u8]),
}

macro_rules! row_keys {
    ($($id:ident)*) => {$(
        impl From<$id> for RowKey<'_> {
            fn from(id: $id) -> Self {
                Self::One(id.0)
            }
        }
    )*};
}

row_keys! { PersonId StaffId CaseId RenewalId QueryId CalculationId DecisionId PayoutId MessageId ReadingId PurposeId RelationId }

impl From<(RenewalId, PersonId)> for RowKey<'_> {
    fn from((renewal, person): (RenewalId, PersonId)) -> Self {
        Self::Two(renewal.0, person.0)
    }
}

impl RowKey<'_> {
    fn version(self) -> u8 {
        match self {
            Self::One(_) => ONE_KEY,
            Self::Two(..) | Self::Digest(_) => OWN_KEYS,
        }
    }

    /// The bytes that are bound. What was sealed under two identifiers before they were bound as they are is bound to their mixture.
    fn bytes(self, version: u8) -> Vec<u8> {
        match (self, version) {
            (Self::Two(first, second), ONE_KEY) => {
                Uuid::from_u128(first.as_u128() ^ second.as_u128().rotate_left(64)).as_bytes().to_vec()
            }
            (Self::One(id), _) => id.as_bytes().to_vec(),
            (Self::Two(first, second), _) => [first.as_bytes().as_slice(), second.as_bytes().as_slice()].concat(),
            (Self::Digest(digest), _) => digest.to_vec(),
        }
    }
}

/// The installation's key, which wraps every municipality's. It stays in memory only.
pub struct MasterKey(LessSafeKey);

impl MasterKey {
    /// Reads 32 bytes in base64, as in the master key file.
    pub fn from_base64(text: &str) -> Result<Self, VaultError> {
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(text.trim()).map_err(|_| VaultError::MasterKey)?;
        Ok(Self(sealing_key(&bytes).map_err(|_| VaultError::MasterKey)?))
    }

    /// A new key in base64, for an installation's first start.
    pub fn generate_base64() -> Result<String, VaultError> {
        use base64::Engine as _;
        Ok(base64::engine::general_purpose::STANDARD.encode(random::bytes::<KEY_LEN>()?))
    }

    /// A new data key for a municipality, wrapped.
    pub fn new_wrapped_key(&self, municipality: MunicipalityId) -> Result<Vec<u8>, VaultError> {
        seal(&self.0, ONE_KEY, &key_context(municipality), &random::bytes::<KEY_LEN>()?)
    }

    /// The vault that a wrapped data key opens.
    pub fn unwrap(&self, municipality: MunicipalityId, wrapped: &[u8]) -> Result<Vault, VaultError> {
        let column = "municipality_key.wrapped";
        let data_key = open(&self.0, |_| key_context(municipality), wrapped).ok_or(VaultError::DoesNotOpen(column))?;
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, municipality.0.as_bytes()).extract(&data_key);
        let derive = |purpose: &[u8]| -> Result<[u8; KEY_LEN], VaultError> {
            let mut key = [0; KEY_LEN];
            derived
                .expand(&[purpose], hkdf::HKDF_SHA256)
                .and_then(|okm| okm.fill(&mut key))
                .map_err(|_| VaultError::Form(column))?;
            Ok(key)
        };
        Ok(Vault {
            municipality,
            sealing: sealing_key(&derive(b"seal")?).map_err(|_| VaultError::Form(column))?,
            indexing: hmac::Key::new(hmac::HMAC_SHA256, &derive(b"index")?),
        })
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// Seals and opens one municipality's values.
pub struct Vault {
    municipality: MunicipalityId,
    sealing: LessSafeKey,
    indexing: hmac::Key,
}

impl Vault {
    /// Seals bytes for one column of one row.
    pub fn seal<'k>(&self, column: Column, row: impl Into<RowKey<'k>>, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let row = row.into();
        seal(&self.sealing, row.version(), &self.context(column, row, row.version()), plain)
    }

    /// Opens what [`seal`](Self::seal) made for the same column and row.
    pub fn open<'k>(&self, column: Column, row: impl Into<RowKey<'k>>, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let row = row.into();
        open(&self.sealing, |version| self.context(column, row, version), sealed)
            .ok_or(VaultError::DoesNotOpen(column.name()))
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

    /// The keyed digest by which a sealed value is found. The same value in another column or municipality has another.
    pub fn index(&self, column: Column, plain: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.indexing);
        context.update(column.name().as_bytes());
        context.update(&[0]);
        context.update(plain);
        context.sign().as_ref().to_vec()
    }

    fn context(&self, column: Column, row: RowKey<'_>, version: u8) -> Vec<u8> {
        [self.municipality.0.as_bytes().as_slice(), column.name().as_bytes(), &row.bytes(version)].join(&0)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(..)")
    }
}

fn key_context(municipality: MunicipalityId) -> Vec<u8> {
    [municipality.0.as_bytes().as_slice(), b"municipality_key.wrapped"].join(&0)
}

fn sealing_key(bytes: &[u8]) -> Result<LessSafeKey, aws_lc_rs::error::Unspecified> {
    UnboundKey::new(&AES_256_GCM_SIV, bytes).map(LessSafeKey::new)
}

fn seal(key: &LessSafeKey, version: u8, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce = random::bytes::<NONCE_LEN>()?;
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + plain.len() + AES_256_GCM_SIV.tag_len());
    sealed.push(version);
    sealed.extend_from_slice(&nonce);
    let mut body = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), &mut body)
        .map_err(|_| VaultError::Form("plain text of this length"))?;
    sealed.append(&mut body);
    Ok(sealed)
}

fn open(key: &LessSafeKey, context: impl FnOnce(u8) -> Vec<u8>, sealed: &[u8]) -> Option<Vec<u8>> {
    let (&version, rest) = sealed.split_first()?;
    if ![ONE_KEY, OWN_KEYS].contains(&version) || rest.len() < NONCE_LEN {
        return None;
    }
    let (nonce, body) = rest.split_at(NONCE_LEN);
    let mut body = body.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let length = key.open_in_place(nonce, Aad::from(context(version)), &mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vault(municipality: u128) -> Vault {
        let municipality = MunicipalityId(Uuid::from_u128(municipality));
        let master = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
        let wrapped = master.new_wrapped_key(municipality).unwrap();
        master.unwrap(municipality, &wrapped).unwrap()
    }

    #[test]
    fn a_value_opens_only_where_it_was_sealed() {
        let vault = vault(1);
        let row = PersonId(Uuid::from_u128(7));
        let sealed = vault.seal(Column::PersonPhone, row, b"070-1740605").unwrap();
        assert_eq!(vault.open(Column::PersonPhone, row, &sealed).unwrap(), b"070-1740605");
        assert!(vault.open(Column::PersonEmail, row, &sealed).is_err());
        assert!(vault.open(Column::PersonPhone, PersonId(Uuid::from_u128(8)), &sealed).is_err());
        assert!(self::vault(1).open(Column::PersonPhone, row, &sealed).is_err());
    }

    #[test]
    fn a_row_of_two_keys_is_bound_to_both_in_their_order() {
        let (vault, renewal, person) = (vault(1), RenewalId(Uuid::from_u128(7)), PersonId(Uuid::from_u128(8)));
        let sealed = vault.seal(Column::SignatureAnnex, (renewal, person), b"{}").unwrap();
        assert_eq!(vault.open(Column::SignatureAnnex, (renewal, person), &sealed).unwrap(), b"{}");
        let turned = (RenewalId(person.0), PersonId(renewal.0));
        assert!(vault.open(Column::SignatureAnnex, turned, &sealed).is_err());
        assert!(vault.open(Column::SignatureAnnex, renewal, &sealed).is_err());
        let mixed = Uuid::from_u128(7 ^ 8_u128.rotate_left(64));
        let before = vault.seal(Column::SignatureAnnex, RenewalId(mixed), b"{}").unwrap();
        assert_eq!(
            vault.open(Column::SignatureAnnex, (renewal, person), &before).unwrap(),
            b"{}",
            "as it was once bound"
        );
    }

    #[test]
    fn a_wrapped_key_opens_only_for_its_municipality() {
        let master = MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap();
        let wrapped = master.new_wrapped_key(MunicipalityId(Uuid::from_u128(1))).unwrap();
        assert!(master.unwrap(MunicipalityId(Uuid::from_u128(2)), &wrapped).is_err());
    }

    #[test]
    fn the_index_tells_columns_apart() {
        let vault = vault(1);
        assert_eq!(vault.index(Column::PersonNumber, b"1"), vault.index(Column::PersonNumber, b"1"));
        assert_ne!(vault.index(Column::PersonNumber, b"1"), vault.index(Column::PersonPhone, b"1"));
    }

    #[test]
    fn a_master_key_of_another_length_is_refused() {
        assert!(MasterKey::from_base64("c2hvcnQ=").is_err());
        assert!(MasterKey::from_base64("not base64!").is_err());
    }

    proptest! {
        #[test]
        fn any_altered_byte_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), flip in 1u8..) {
            let vault = vault(1);
            let row = PersonId(Uuid::from_u128(7));
            let mut sealed = vault.seal(Column::MessageBody, row, &plain).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= flip;
            prop_assert!(vault.open(Column::MessageBody, row, &sealed).is_err());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert!(vault(1).open(Column::MessageBody, PersonId(Uuid::nil()), &bytes).is_err());
        }
    }
}
