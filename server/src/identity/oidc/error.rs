//! What can go wrong between us and a provider, each a thing that the person or the operator can act on.

use std::sync::Arc;

use openidconnect::http::StatusCode;

use super::refusal::ProviderRefusal;
use super::signature::SignatureFault;
use super::signing_key::KeyError;
use crate::random::NoRandom;

/// Why a login or a signing came to nothing. Holds no personal data, so it can be logged.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The person pressed cancel.
    #[error("the person cancelled at the provider")]
    Cancelled(#[source] ProviderRefusal),
    /// The provider did not answer, answered too late, or said that it is out of order.
    #[error("the provider could not be reached")]
    Unreachable(#[source] Silence),
    /// The provider answered with an OAuth error that the person can do nothing about.
    #[error("the provider refused")]
    Refused(#[source] ProviderRefusal),
    /// The provider's own description of itself cannot be used.
    #[error("the provider cannot be used")]
    Unsuitable(#[source] DiscoveryFault),
    /// An answer from the provider has another form than the standard says.
    #[error("the provider's {0} cannot be read")]
    Answer(&'static str),
    /// The address that the browser came back to has neither a code nor an error.
    #[error("the callback has neither a code nor an error")]
    EmptyCallback,
    /// The state in the callback is not that of this login: another tab, or someone else's link.
    #[error("the state is not that of this login")]
    UnknownState,
    /// The answer comes from another provider than the one that was asked (RFC 9207), or says not from which.
    #[error("the answer is not from the provider that was asked")]
    WrongProvider,
    /// Too long since the login began.
    #[error("too long since the login began")]
    Expired,
    /// The ID token is not to be trusted.
    #[error("the ID token is not to be trusted")]
    ForgedToken(#[source] TokenFault),
    /// The ID token lacks a claim that we need.
    #[error("the ID token has no {claim}")]
    MissingClaim {
        /// The name of the claim.
        claim: String,
    },
    /// A claim has a value that it cannot have.
    #[error("the claim {claim} has another form than it should")]
    MalformedClaim {
        /// The name of the claim.
        claim: String,
    },
    /// The eID is not good enough.
    #[error("the level of assurance is too low")]
    LevelTooLow(#[source] Option<ProviderRefusal>),
    /// Another person than the one who was to sign.
    #[error("another person than the one who was to sign")]
    WrongPerson(#[source] Option<ProviderRefusal>),
    /// The user signature is not one over what was to be signed.
    #[error("the user signature does not hold")]
    BadSignature(#[source] SignatureFault),
    /// This provider is not set up for signing.
    #[error("this provider is not set up for signing")]
    NoSigning,
    /// Our own key would not sign.
    #[error("our own key could not be used")]
    Key(#[from] KeyError),
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
}

/// How a provider gave no answer that can be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Silence {
    /// No connection, or no whole answer in time.
    #[error("no answer")]
    NoAnswer(#[source] Arc<reqwest::Error>),
    /// It is out of order (5xx) or has too much to do (429).
    #[error("it answered with status {}", .0.as_u16())]
    Status(StatusCode),
    /// It sent the browser back to say so.
    #[error("it said that it is out of order")]
    Said(#[source] ProviderRefusal),
}

/// Why a provider cannot be used, from its discovery document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DiscoveryFault {
    /// It names itself otherwise than it is set here.
    #[error("it names another issuer than the one that is set")]
    Issuer,
    /// The document or the key set cannot be read.
    #[error("its discovery document or key set cannot be read")]
    Unreadable,
    /// One of its addresses is not https.
    #[error("one of its addresses is not https")]
    Insecure,
    /// It has no token endpoint.
    #[error("it has no token endpoint")]
    NoTokenEndpoint,
    /// It takes no pushed authorization requests (RFC 9126).
    #[error("it takes no pushed authorization requests")]
    NoPushedRequests,
    /// It does not take `private_key_jwt`.
    #[error("it does not take private_key_jwt")]
    NoPrivateKeyJwt,
    /// It has none of the accepted levels of assurance.
    #[error("it has none of the accepted levels of assurance")]
    NoAcceptedLevel,
    /// It is set up for signing here but does not offer the scope for it.
    #[error("it does not offer signing")]
    NoSigning,
}

/// Why an ID token is not trusted (OpenID Connect Core 3.1.3.7, and the Swedish profile 3.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It cannot be read, or a claim that always stands in one is missing.
    #[error("it cannot be read")]
    Malformed,
    /// Its header has a type or a critical field that an ID token does not have.
    #[error("its header is not that of an ID token")]
    Header,
    /// It is unsigned, or signed with an algorithm that is not allowed.
    #[error("its signature algorithm is not allowed")]
    Algorithm,
    /// None of the provider's keys fits, also after they were fetched anew.
    #[error("it is signed with an unknown key")]
    UnknownKey,
    /// It names no key, and several of the provider's keys fit.
    #[error("it does not say which key signed it")]
    AmbiguousKey,
    /// The signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    #[error("it has another issuer")]
    Issuer,
    /// We are not its audience, or not the only one.
    #[error("it is for another audience")]
    Audience,
    /// It was issued to another party.
    #[error("it was issued to another party")]
    AuthorizedParty,
    /// It has no subject.
    #[error("it has no subject")]
    Subject,
    /// Its time is over.
    #[error("it has expired")]
    Expired,
    /// It was issued in the future.
    #[error("it was issued in the future")]
    FromTheFuture,
    /// It was issued before this login began.
    #[error("it was issued before this login began")]
    TooOld,
    /// It is not valid yet.
    #[error("it is not valid yet")]
    NotYet,
    /// It lives longer than the five minutes that the profile allows.
    #[error("it lives too long")]
    Lifetime,
    /// Its nonce is not that of this login.
    #[error("its nonce is not that of this login")]
    Nonce,
    /// It does not say that the person identified themselves in this login.
    #[error("the person did not identify themselves in this login")]
    AuthenticationTime,
    /// The access token beside it is another than the one it was issued with.
    #[error("the access token is not the one it was issued with")]
    AccessToken,
}
