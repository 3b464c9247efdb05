//! The demo's provider without a network: a client, a browser and a clock.

mod pages;
mod requests;
mod start;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::keys::TokenKey;
use super::store::unguessable;
use super::token::hash;
use super::{DemoProvider, Holder, Identity, LEVEL_HIGH, RegisteredClient, Serves, Settings};

const ISSUER: &str = "http://127.0.0.1:8090/eid";
const REDIRECT: &str = "http://exempelby.localhost:8080/login/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// A provider, the key of its one client, and a clock that can be set.
struct World {
    provider: DemoProvider,
    router: Router,
    key: TokenKey,
    clock: Arc<Mutex<Timestamp>>,
    _folder: TempDir,
}

/// A status, the headers and the body.
struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    body: String,
}

impl Answer {
    fn error(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["error_description"].as_str().unwrap_or_default().to_owned()
    }

    fn code(&self) -> String {
        let location = url::Url::parse(self.headers[header::LOCATION].to_str().unwrap()).unwrap();
        location.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
    }

    fn login(&self) -> &str {
        let start = self.body.find("name=\"login\" value=\"").unwrap() + 20;
        &self.body[start..start + 32]
    }
}

impl World {
    fn start(serves: Serves) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = TokenKey::keep(folder.path(), "client").unwrap();
        let clock = Arc::new(Mutex::new(now()));
        let provider = DemoProvider::start(settings(serves, &key, &clock), folder.path(), people()).unwrap();
        Self { router: provider.router(), provider, key, clock, _folder: folder }
    }

    fn wait(&self, seconds: i64) {
        *self.clock.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    async fn call(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn get(&self, address: &str) -> Answer {
        self.call(Request::get(address).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.call(request.body(Body::from(body)).unwrap()).await
    }

    fn assertion(&self) -> Value {
        let now = self.clock.lock().unwrap().as_second();
        let id = unguessable();
        json!({ "iss": "fornya", "sub": "fornya", "aud": ISSUER, "jti": id, "iat": now, "exp": now + 60 })
    }

    fn object(&self) -> Value {
        let mut object = self.assertion();
        object.as_object_mut().unwrap().remove("sub");
        for (name, value) in [
            ("client_id", "fornya"),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT),
            ("scope", "openid https://id.oidc.se/scope/naturalPersonNumber"),
            ("state", "a-state"),
            ("nonce", "a-nonce"),
            ("code_challenge", &hash(VERIFIER.as_bytes())),
            ("code_challenge_method", "S256"),
            ("acr_values", LEVEL_HIGH),
            ("prompt", "login"),
        ] {
            object[name] = value.into();
        }
        object
    }

    fn signing(&self) -> Value {
        let mut object = self.object();
        object["scope"] = "openid https://id.oidc.se/scope/sign".into();
        object["prompt"] = "login consent".into();
        object["https://id.oidc.se/param/signRequest"] = json!({
            "tbs_data": "aGFzaA==",
            "sign_message": { "message#sv": "PGI+", "mime_type": "text/plain" },
        });
        object
    }

    async fn push(&self, object: &Value, assertion: &Value) -> Answer {
        let object = self.key.sign("oauth-authz-req+jwt", object).unwrap();
        let assertion = self.key.sign("JWT", assertion).unwrap();
        self.push_signed(&object, &assertion).await
    }

    async fn push_signed(&self, object: &str, assertion: &str) -> Answer {
        let mut form = vec![("request", object)];
        form.extend(proof(assertion));
        self.post("/par", &form).await
    }

    /// The first page for this request.
    async fn open(&self, object: &Value) -> Answer {
        let pushed = self.push(object, &self.assertion()).await;
        assert_eq!(pushed.status, StatusCode::CREATED, "{}", pushed.body);
        let pushed: Value = serde_json::from_str(&pushed.body).unwrap();
        self.get(&format!("/authorize?client_id=fornya&request_uri={}", pushed["request_uri"].as_str().unwrap())).await
    }

    /// A code for the first person.
    async fn granted(&self) -> String {
        let page = self.open(&self.object()).await;
        self.post("/choose", &[("login", page.login()), ("person", "anna")]).await.code()
    }

    async fn exchange(&self, code: &str, change: (&str, &str)) -> Answer {
        let assertion = self.key.sign("JWT", &self.assertion()).unwrap();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        form.extend(proof(&assertion));
        for field in &mut form {
            if field.0 == change.0 {
                field.1 = change.1;
            }
        }
        self.post("/token", &form).await
    }
}

fn proof(assertion: &str) -> [(&str, &str); 3] {
    [
        ("client_id", "fornya"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
    ]
}

fn settings(serves: Serves, key: &TokenKey, clock: &Arc<Mutex<Timestamp>>) -> Settings {
    let clock = Arc::clone(clock);
    Settings {
        issuer: ISSUER.parse().unwrap(),
        serves,
        clients: vec![RegisteredClient {
            id: "fornya".to_owned(),
            name: "Exempelby & Co".to_owned(),
            redirect_uris: vec![REDIRECT.to_owned(), "http://grannby.localhost:8080/login/callback".to_owned()],
            keys: vec![key.public().clone()],
        }],
        clock: Arc::new(move || *clock.lock().unwrap()),
        fault: None,
    }
}

fn people() -> Vec<Holder> {
    let person = |key: &str, given_name: &str, group: &str, number: &str| Holder {
        key: key.to_owned(),
        given_name: given_name.to_owned(),
        family_name: "Berg".to_owned(),
        group: group.to_owned(),
        description: crate::people::Description { sv: "Ensam \"utan\" <barn>.".to_owned(), en: "Single.".to_owned() },
        identity: Identity::Citizen { number: number.parse().unwrap() },
    };
    vec![
        person("anna", "Anna", "Exempelby", "199006022397"),
        person("bo", "Bo", "Grannby", "199107172380"),
        person("cecilia", "Cecilia", "Exempelby", "194408139089"),
    ]
}
