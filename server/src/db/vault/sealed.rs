//! The bytes of a sealed value: what stands before them, and sealing and opening itself.
//!
//! | First byte | What follows |
//! |---|---|
//! | 1, 2 | nonce, ciphertext: sealed before values named their key, under the first generation |
//! | 3 | the generation of the key (four bytes), nonce, ciphertext: a column's value |
//! | 4 | nonce, ciphertext: a key, wrapped by a master key |
//! | 5 | nonce, ciphertext: the content of a file, under the file's own key |

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::error::Unspecified;

use super::{Generation, VaultError};
use crate::random;

pub(super) const KEY_LEN: usize = 32;

/// The first byte of a value that names the generation of its key.
const NAMED: u8 = 3;
/// The first byte of a wrapped key that is bound to its purpose and generation.
pub(super) const WRAPPED: u8 = 4;
/// The first byte of a file's content.
pub(super) const FILE: u8 = 5;

/// The two ways in which rows were bound before values named their key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A row of one identifier; of two, their mixture.
    OneKey,
    /// A row of two identifiers, or of a digest.
    OwnKeys,
}

/// What stands before a sealed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Before(Before),
    Named(Generation),
}

impl Head {
    /// The head of a sealed value, and what follows it.
    pub(super) fn read(sealed: &[u8]) -> Option<(Self, &[u8])> {
        let (&first, rest) = sealed.split_first()?;
        match first {
            1 => Some((Self::Before(Before::OneKey), rest)),
            2 => Some((Self::Before(Before::OwnKeys), rest)),
            NAMED => {
                let (generation, rest) = rest.split_first_chunk()?;
                Some((Self::Named(Generation(i32::from_be_bytes(*generation))), rest))
            }
            _ => None,
        }
    }

    /// The generation of the key that it is sealed under.
    pub(super) const fn generation(self) -> Generation {
        match self {
            Self::Before(_) => Generation::FIRST,
            Self::Named(generation) => generation,
        }
    }
}

/// The bytes that every value begins with that is sealed under this generation.
pub(super) fn head_of(Generation(generation): Generation) -> [u8; 5] {
    let [a, b, c, d] = generation.to_be_bytes();
    [NAMED, a, b, c, d]
}

pub(super) fn sealing_key(bytes: &[u8]) -> Result<LessSafeKey, Unspecified> {
    UnboundKey::new(&AES_256_GCM_SIV, bytes).map(LessSafeKey::new)
}

/// Seals what is put after a head, bound to a context.
pub(super) fn seal(key: &LessSafeKey, head: &[u8], context: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce = random::bytes::<NONCE_LEN>()?;
    let mut sealed = Vec::with_capacity(head.len() + NONCE_LEN + plain.len() + AES_256_GCM_SIV.tag_len());
    sealed.extend_from_slice(head);
    sealed.extend_from_slice(&nonce);
    let from = sealed.len();
    sealed.extend_from_slice(plain);
    let (_, body) = sealed.split_at_mut(from);
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(context), body)
        .map_err(|_| VaultError::Form("plain text of this length"))?;
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

/// Opens what follows a head.
pub(super) fn open(key: &LessSafeKey, context: &[u8], rest: &[u8]) -> Option<Vec<u8>> {
    let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
    let mut body = body.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let length = key.open_in_place(nonce, Aad::from(context), &mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}
