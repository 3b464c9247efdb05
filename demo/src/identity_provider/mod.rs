//! The demo's OpenID provider: a fake eID whose people are all invented.
//!
//! It is an outside party. The service meets it over HTTP only, as it meets a real one: discovery, pushed and signed requests,
//! code flow with PKCE, `private_key_jwt`, short ID tokens with the Swedish claims, and the signature extension. Its pages are
//! plain HTML that work without JavaScript. Everything between a push and a token is kept in memory.

mod authorize;
mod describe;
mod eid;
mod keys;
mod oauth;
mod pages;
mod push;
mod store;
#[cfg(test)]
mod tests;
mod token;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::header::HOST;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::{get, post};
use domain::PersonNumber;
use jiff::Timestamp;
use jsonwebtoken::jwk::Jwk;
use url::Url;

use crate::people::Description;
use eid::EidAuthority;
use keys::TokenKey;
pub use keys::{client_public_key, keep_client_key};
use pages::Pages;
use store::Store;

/// The level of assurance of a person who logs in as usual: substantial (tillitsnivå 3).
pub const LEVEL_HIGH: &str = "http://id.elegnamnden.se/loa/1.0/loa3";
/// The level that can be chosen to see what happens when it is not enough (tillitsnivå 2).
pub const LEVEL_LOW: &str = "http://id.elegnamnden.se/loa/1.0/loa2";

/// How one provider is set up.
#[derive(Clone)]
pub struct Settings {
    /// Its identifier and the address of its pages. Where it has a path, the caller nests the router there.
    pub issuer: Url,
    pub serves: Serves,
    pub clients: Vec<RegisteredClient>,
    /// Where the time comes from.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// What it does wrong, for tests.
    pub fault: Option<Fault>,
}

/// Whom a provider identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// Citizens, by identity number; they can sign.
    Citizens,
    /// The municipalities' staff, by organisational identity; they cannot sign.
    Staff,
}

/// A service that sends people here.
#[derive(Debug, Clone)]
pub struct RegisteredClient {
    /// What it is called in requests.
    pub id: String,
    /// What it is called on the pages.
    pub name: String,
    /// Where people may be sent back, letter for letter.
    pub redirect_uris: Vec<String>,
    pub keys: Vec<Jwk>,
}

/// What a provider does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// ID tokens bear another nonce.
    WrongNonce,
    /// The signature of ID tokens is wrong.
    ForgedSignature,
    /// ID tokens do not say who it is.
    MissingClaim,
    /// ID tokens expired an hour ago.
    Expired,
    /// The token endpoint never answers.
    Hang,
    /// The token endpoint answers 500.
    Broken,
}

/// An invented person who can log in.
#[derive(Debug, Clone)]
pub struct Holder {
    /// A short name of small letters, digits and hyphens.
    pub key: String,
    pub given_name: String,
    pub family_name: String,
    /// Under which heading the person stands: the municipality.
    pub group: String,
    /// The person's situation in a few words, in each language of the pages.
    pub description: Description,
    /// What identifies the person.
    pub identity: Identity,
}

/// What identifies an invented person.
#[derive(Debug, Clone)]
pub enum Identity {
    Citizen {
        number: PersonNumber,
    },
    /// A member of a municipality's staff.
    Staff {
        /// The person within the municipality.
        employee: String,
        /// The municipality's organisation number, ten digits.
        organisation_number: String,
        /// What the person may do.
        roles: Vec<String>,
    },
}

impl Holder {
    fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }

    fn number(&self) -> Option<PersonNumber> {
        match self.identity {
            Identity::Citizen { number } => Some(number),
            Identity::Staff { .. } => None,
        }
    }
}

/// Why a provider cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written")]
    File { path: PathBuf, source: std::io::Error },
    /// A kept key cannot be used.
    #[error("a key cannot be used")]
    Key(#[from] jsonwebtoken::errors::Error),
    /// A certificate cannot be made or read.
    #[error("a certificate cannot be made or read")]
    Certificate(#[from] rcgen::Error),
    /// The texts beside the pages cannot be read.
    #[error("the texts of the pages cannot be read")]
    Texts(#[from] toml::de::Error),
    /// Two people have the same key, or a key is not small letters, digits and hyphens.
    #[error("the key {key} is used twice or is not small letters, digits and hyphens")]
    PersonKey { key: String },
    /// A redirect address is none.
    #[error("a redirect address of the client {client} is no address")]
    RedirectUri { client: String },
}

/// A provider that is ready to answer.
#[derive(Clone)]
pub struct DemoProvider(Arc<Inner>);

struct Inner {
    settings: Settings,
    people: Vec<Holder>,
    key: TokenKey,
    eid: EidAuthority,
    pages: Pages,
    store: Store,
}

impl DemoProvider {
    /// Makes a provider of these people. Its keys and its certificates are made at the first start and kept in `folder`.
    pub fn start(settings: Settings, folder: &Path, people: Vec<Holder>) -> Result<Self, ProviderError> {
        let mut keys = BTreeSet::new();
        for person in &people {
            let is_plain = !person.key.is_empty()
                && person.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !is_plain || !keys.insert(&person.key) {
                return Err(ProviderError::PersonKey { key: person.key.clone() });
            }
        }
        let key = TokenKey::keep(folder, "id-tokens")?;
        let eid = EidAuthority::keep(folder, (settings.clock)())?;
        let pages = Pages::new(&settings)?;
        Ok(Self(Arc::new(Inner { settings, people, key, eid, pages, store: Store::default() })))
    }

    /// Its addresses, relative to the issuer's path.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/.well-known/openid-configuration", get(describe::configuration))
            .route("/jwks", get(describe::keys))
            .route("/par", post(push::push))
            .route("/authorize", get(authorize::show))
            .route("/choose", post(authorize::choose))
            .route("/sign", post(authorize::sign))
            .route("/token", post(token::token))
            .route("/style.css", get(pages::style))
            .route("/icon.svg", get(pages::icon))
            .with_state(Arc::clone(&self.0))
    }

    /// The same, where people meet the pages at another origin that leads here too. Many a broker is like that: the address that a service
    /// sends people to leads on to whoever identifies them.
    pub fn router_with_pages_at(&self, origin: &Url) -> Router {
        let origin = origin.origin().ascii_serialization();
        self.router().layer(from_fn(move |request: Request, next: Next| {
            let place = request.uri().path_and_query().map_or("/", |place| place.as_str()).to_owned();
            let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            let leads_on = request.uri().path().ends_with("/authorize") && !origin.ends_with(&format!("//{host}"));
            let there = format!("{origin}{place}");
            async move { if leads_on { Redirect::to(&there).into_response() } else { next.run(request).await } }
        }))
    }

    /// The issuer as it stands in documents and tokens, for the service's settings: without a slash at its end.
    pub fn issuer(&self) -> &str {
        self.0.issuer()
    }

    /// Signs what a pushed request asks for, at once and without a page, as the person whom it names: for the demo's year of history.
    /// Gives the address that the browser would be sent back to; none where nothing is under way at `address`.
    pub fn sign_unseen(&self, address: &Url) -> Option<Url> {
        let (_, request_uri) = address.query_pairs().find(|(name, _)| name == "request_uri")?;
        authorize::sign_unseen(&self.0, &request_uri)
    }

    /// The root certificate of the eID in PEM: what a service must trust to accept its signatures.
    pub fn trust_anchor_pem(&self) -> &str {
        self.0.eid.root_pem()
    }
}

impl Inner {
    fn now(&self) -> Timestamp {
        (self.settings.clock)()
    }

    /// The issuer as it stands in documents and tokens: without a slash at its end.
    fn issuer(&self) -> &str {
        self.settings.issuer.as_str().trim_end_matches('/')
    }

    fn client(&self, id: &str) -> Option<&RegisteredClient> {
        self.settings.clients.iter().find(|client| client.id == id)
    }
}
