//! The relying party: login and signing with an eID through an OpenID provider.
//!
//! It keeps to the Swedish OpenID Connect profile with its signature extension, and to RFC 9700: code flow, PKCE S256, signed
//! request objects (RFC 9101) pushed to the provider (RFC 9126) so that nothing personal stands in an address,
//! `private_key_jwt`, and the issuer in the answer (RFC 9207).
//!
//! A login is [`Client::begin_login`] or [`Client::begin_signing`], a journey through the provider's pages, and
//! [`Client::finish`]. Between the two the caller keeps the [`PendingLogin`], sealed, under its
//! [`state`](PendingLogin::state), uses it once, and ties it to the browser that began. Proofs such as [`VerifiedIdentity`]
//! can be made by `finish` alone.
//!
//! It reads no clock and no database: the time is passed in, and what must be remembered is handed to the caller.

mod discovery;
mod error;
mod exchange;
mod http;
mod id_token;
mod pending;
mod provider;
mod refusal;
mod request;
mod settings;
mod signature;
mod signing_key;
#[cfg(test)]
mod tests;
mod verified;

pub(crate) use error::LoginError;
#[cfg(test)]
pub(crate) use error::{DiscoveryFault, Silence};
pub(crate) use pending::{PendingLogin, SignRequest, SignRequestError};
pub(crate) use provider::{Callback, Client, Provider};
pub(crate) use settings::{
    CitizenClaims, ClaimNames, ProviderSettings, ProviderSettingsError, SigningSettings, StaffClaims,
};
pub(crate) use signature::{SignatureFormat, TrustAnchors};
pub(crate) use signing_key::{KeyError, SigningKey};
pub(crate) use verified::{Verified, VerifiedIdentity, VerifiedSignature, VerifiedStaff};
