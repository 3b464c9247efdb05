//! Values that nobody can guess.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct ChanceError;

/// A value of 256 random bits as 43 characters that need no escaping in an address.
pub fn random_token() -> Result<String, ChanceError> {
    let mut bytes = [0u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| ChanceError)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
