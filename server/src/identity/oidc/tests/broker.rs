//! A provider that answers whatever a test wants.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::PersonNumber;
use jiff::{SignedDuration, Timestamp};
use openidconnect::http::StatusCode;
use serde_json::{Map, Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::eid::Eid;
use super::tokens::TestKey;
use crate::chain::chain;
use crate::config::Words;
use crate::identity::oidc::refusal::ProviderRefusal;
use crate::identity::oidc::{
    Callback, CitizenClaims, ClaimNames, Client, LoginError, PendingLogin, Provider, ProviderSettings, SignRequest,
    SignatureFormat, SigningKey, SigningSettings, Silence, TrustAnchors, Verified,
};

pub(super) const LEVEL: &str = "http://id.elegnamnden.se/loa/1.0/loa3";
pub(super) const CLIENT: &str = "https://fornya.example";
pub(super) const NUMBER_CLAIM: &str = "https://id.oidc.se/claim/personalIdentityNumber";
pub(super) const MANIFEST: &[u8] = b"{\"hash\":\"abc\"}";
pub(super) const TEXT: &str = "Jag ansöker om bistånd för december.";

/// The time of every test.
pub(super) fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

pub(super) fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

pub(super) fn anna() -> PersonNumber {
    PersonNumber::parse("199006022397").unwrap()
}

pub(super) fn bo() -> PersonNumber {
    PersonNumber::parse("199107172380").unwrap()
}

pub(super) fn manifest() -> SignRequest {
    SignRequest::new(anna(), MANIFEST.to_vec(), TEXT.to_owned()).unwrap()
}

/// Where each thing is answered.
pub(super) const DOCUMENT: &str = "/.well-known/openid-configuration";
pub(super) const KEYS: &str = "/jwks";
pub(super) const PUSH: &str = "/par";
pub(super) const TOKEN: &str = "/token";

/// A provider that gives at each address the answer that the test set last.
pub(super) struct Broker {
    pub(super) server: MockServer,
    pub(super) key: TestKey,
    pub(super) eid: Eid,
    pub(super) client_key: SigningKey,
    answers: Arc<Mutex<BTreeMap<&'static str, ResponseTemplate>>>,
}

impl Broker {
    /// A provider that is well in everything but the token, which the test gives.
    pub(super) async fn start() -> Self {
        let broker = Self::silent().await;
        broker.answers(DOCUMENT, ResponseTemplate::new(200).set_body_json(broker.metadata()));
        broker.has_keys(&[&broker.key]);
        let pushed = json!({ "request_uri": "urn:ietf:params:oauth:request_uri:abc", "expires_in": 60 });
        broker.answers(PUSH, ResponseTemplate::new(201).set_body_json(pushed));
        broker
    }

    /// A provider that answers 404 to everything.
    pub(super) async fn silent() -> Self {
        let pem = rcgen::KeyPair::generate().unwrap().serialize_pem();
        let server = MockServer::start().await;
        let answers = Arc::new(Mutex::new(BTreeMap::<&str, ResponseTemplate>::new()));
        let given = Arc::clone(&answers);
        Mock::given(any())
            .respond_with(move |request: &Request| {
                let given = given.lock().unwrap();
                given.get(request.url.path()).cloned().unwrap_or_else(|| ResponseTemplate::new(404))
            })
            .mount(&server)
            .await;
        Self {
            server,
            key: TestKey::es256("key-1"),
            eid: Eid::new("Root"),
            client_key: SigningKey::from_pem(&pem).unwrap(),
            answers,
        }
    }

    /// Answers so at this address from now on.
    pub(super) fn answers(&self, address: &'static str, answer: ResponseTemplate) {
        self.answers.lock().unwrap().insert(address, answer);
    }

    pub(super) fn describes_itself(&self, metadata: Value) {
        self.answers(DOCUMENT, ResponseTemplate::new(200).set_body_json(metadata));
    }

    pub(super) fn has_keys(&self, keys: &[&TestKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        self.answers(KEYS, ResponseTemplate::new(200).set_body_json(json!({ "keys": keys })));
    }

    pub(super) fn issuer(&self) -> String {
        self.server.uri()
    }

    pub(super) fn metadata(&self) -> Value {
        let issuer = self.issuer();
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "pushed_authorization_request_endpoint": format!("{issuer}/par"),
            "authorization_response_iss_parameter_supported": true,
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256", "RS256", "PS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "acr_values_supported": [LEVEL],
            "scopes_supported": ["openid", "https://id.oidc.se/scope/sign"],
        })
    }

    pub(super) fn settings(&self) -> ProviderSettings {
        ProviderSettings {
            issuer: self.issuer().parse().unwrap(),
            client_id: CLIENT.parse().unwrap(),
            client_key: self.client_key.clone(),
            accepted_levels: Words::new(vec![LEVEL.parse().unwrap()]).unwrap(),
            scopes: vec!["https://id.oidc.se/scope/naturalPersonNumber".to_owned()],
            claims: ClaimNames::Citizens(CitizenClaims::swedish_profile()),
            signing: Some(SigningSettings {
                format: SignatureFormat::JwsX5c,
                trust_anchors: TrustAnchors::from_pem(&self.eid.root_pem()).unwrap(),
            }),
            allow_loopback_http: true,
            timeout: Duration::from_secs(5),
            clock_leeway: SignedDuration::from_secs(60),
        }
    }

    pub(super) fn provider(&self) -> Arc<Provider> {
        Arc::new(Provider::new(self.settings()).unwrap())
    }

    pub(super) fn client(&self) -> Client {
        client(self.settings())
    }

    /// The claims of a token that is well, for this login.
    pub(super) fn good_claims(&self, pending: &PendingLogin) -> Map<String, Value> {
        let claims = json!({
            "iss": self.issuer(),
            "sub": "a-pairwise-name",
            "aud": CLIENT,
            "iat": now().as_second(),
            "exp": now().as_second() + 300,
            "auth_time": now().as_second(),
            "nonce": pending.nonce,
            "acr": LEVEL,
            "name": "Anna Berg",
            NUMBER_CLAIM: anna().digits(),
        });
        claims.as_object().unwrap().clone()
    }

    /// The token endpoint's answer to the login that `finish` ends.
    pub(super) async fn finish_with_answer(
        &self,
        client: &Client,
        pending: &PendingLogin,
        answer: ResponseTemplate,
        at: Timestamp,
    ) -> Result<Verified, LoginError> {
        self.answers(TOKEN, answer);
        client.finish(pending, self.callback(pending), at).await
    }

    pub(super) async fn finish_with_token(
        &self,
        client: &Client,
        pending: &PendingLogin,
        id_token: &str,
    ) -> Result<Verified, LoginError> {
        let answer = ResponseTemplate::new(200).set_body_json(token_answer(id_token));
        self.finish_with_answer(client, pending, answer, now()).await
    }

    /// What a provider sends the browser back with when all is well.
    pub(super) fn callback(&self, pending: &PendingLogin) -> Callback {
        Callback {
            code: Some("a-code".to_owned()),
            state: Some(pending.state().to_owned()),
            iss: Some(self.issuer()),
            error: None,
            error_description: None,
        }
    }

    /// How many requests came to an address.
    pub(super) async fn calls(&self, address: &str) -> usize {
        let requests = self.server.received_requests().await.unwrap();
        requests.iter().filter(|request| request.url.path() == address).count()
    }
}

/// What the provider refused with.
pub(super) fn refusal(code: &str) -> ProviderRefusal {
    ProviderRefusal::new(code, None)
}

/// However it was silent.
pub(super) fn silent() -> LoginError {
    LoginError::Unreachable(Silence::Status(StatusCode::SERVICE_UNAVAILABLE))
}

/// A client of a provider that is set like this.
pub(super) fn client(settings: ProviderSettings) -> Client {
    let redirect_uri = "https://exempelby.fornya.example/login/callback".parse().unwrap();
    Arc::new(Provider::new(settings).unwrap()).client(redirect_uri).unwrap()
}

pub(super) fn token_answer(id_token: &str) -> Value {
    json!({ "access_token": "an-access-token", "token_type": "Bearer", "expires_in": 60, "id_token": id_token })
}

/// Compares by what an operator reads, since errors hold foreign errors that cannot be compared. How a provider was silent is not compared.
#[track_caller]
pub(super) fn assert_refused(what: &str, result: Result<Verified, LoginError>, expected: &LoginError) {
    match result {
        Ok(verified) => panic!("{what}: accepted as {verified:?}"),
        Err(error @ LoginError::Unreachable(_)) => assert_eq!(error.to_string(), expected.to_string(), "{what}"),
        Err(error) => assert_eq!(chain(&error).to_string(), chain(expected).to_string(), "{what}"),
    }
}
