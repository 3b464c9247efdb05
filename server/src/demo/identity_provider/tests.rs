//! The demo's provider refuses what a real one would refuse, and its pages are whole.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::token::hash;
use super::{
    Client, Description, Identity, LEVEL_HIGH, Person, Provider, Serves, Settings, StartError, keep_signing_key,
};
use crate::login::oidc::{SigningKey, random_token};

const ISSUER: &str = "http://127.0.0.1:8090/eid";
const REDIRECT: &str = "http://exempelby.localhost:8080/login/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// A provider, the key of its one client, and a clock that can be set.
struct World {
    router: Router,
    key: SigningKey,
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
        &self.body[start..start + 43]
    }
}

impl World {
    fn start(serves: Serves) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = keep_signing_key(folder.path(), "client").unwrap();
        let clock = Arc::new(Mutex::new(now()));
        let provider = Provider::start(settings(serves, &key, &clock), folder.path(), people()).unwrap();
        Self { router: provider.router(), key, clock, _folder: folder }
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
        let id = random_token().unwrap();
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

fn settings(serves: Serves, key: &SigningKey, clock: &Arc<Mutex<Timestamp>>) -> Settings {
    let clock = Arc::clone(clock);
    Settings {
        issuer: ISSUER.parse().unwrap(),
        serves,
        clients: vec![Client {
            id: "fornya".to_owned(),
            name: "Exempelby & Co".to_owned(),
            redirect_uris: vec![REDIRECT.to_owned(), "http://grannby.localhost:8080/login/callback".to_owned()],
            keys: vec![key.public().clone()],
        }],
        clock: Arc::new(move || *clock.lock().unwrap()),
        fault: None,
    }
}

fn people() -> Vec<Person> {
    let person = |key: &str, given_name: &str, group: &str, number: &str| Person {
        key: key.to_owned(),
        given_name: given_name.to_owned(),
        family_name: "Berg".to_owned(),
        group: group.to_owned(),
        description: Description { sv: "Ensam \"utan\" <barn>.".to_owned(), en: "Single.".to_owned() },
        identity: Identity::Citizen { number: number.parse().unwrap() },
    };
    vec![
        person("anna", "Anna", "Exempelby", "199006022397"),
        person("bo", "Bo", "Grannby", "199107172380"),
        person("cecilia", "Cecilia", "Exempelby", "194408139089"),
    ]
}

#[tokio::test]
async fn refuses_requests_that_are_not_the_clients() {
    type Change = fn(&mut Value);
    let world = World::start(Serves::Citizens);
    let cases: [(&str, Change, Change, &str); 19] = [
        ("another client", |_| {}, |a| a["iss"] = "other".into(), "the client assertion does not hold"),
        ("another subject", |_| {}, |a| a["sub"] = "other".into(), "the client assertion does not hold"),
        ("another provider", |_| {}, |a| a["aud"] = "http://op.example".into(), "the client assertion does not hold"),
        ("too late", |_| {}, |a| a["exp"] = a["iat"].clone(), "the client assertion is not valid now"),
        ("too early", |_| {}, |a| a["iat"] = (now().as_second() + 61).into(), "the client assertion is not valid now"),
        ("too long", |_| {}, |a| a["exp"] = (now().as_second() + 601).into(), "the client assertion is not valid now"),
        (
            "an object for another",
            |o| o["aud"] = "http://op.example".into(),
            |_| {},
            "the request object does not hold",
        ),
        ("an object by another", |o| o["iss"] = "other".into(), |_| {}, "the request object does not hold"),
        ("an old object", |o| o["exp"] = o["iat"].clone(), |_| {}, "the request object is not valid now"),
        ("naming another", |o| o["client_id"] = "other".into(), |_| {}, "the request object names another client"),
        ("without a nonce", |o| o["nonce"] = Value::Null, |_| {}, "the request object does not hold"),
        (
            "another address",
            |o| o["redirect_uri"] = format!("{REDIRECT}/").into(),
            |_| {},
            "the redirect address is not registered",
        ),
        (
            "the implicit flow",
            |o| o["response_type"] = "id_token".into(),
            |_| {},
            "only the code flow of OpenID Connect is offered",
        ),
        ("no openid", |o| o["scope"] = "profile".into(), |_| {}, "only the code flow of OpenID Connect is offered"),
        ("plain PKCE", |o| o["code_challenge_method"] = "plain".into(), |_| {}, "PKCE with S256 is required"),
        ("an unknown level", |o| o["acr_values"] = "loa9".into(), |_| {}, "none of the levels of assurance is offered"),
        (
            "nothing to sign",
            |o| o["scope"] = "openid https://id.oidc.se/scope/sign".into(),
            |_| {},
            "there is nothing to sign",
        ),
        ("no key", |o| o["jti"] = Value::Null, |_| {}, "the request object does not hold"),
        ("no id", |_| {}, |a| a["jti"] = Value::Null, "the client assertion does not hold"),
    ];
    for (what, change_object, change_assertion, expected) in cases {
        let (mut object, mut assertion) = (world.object(), world.assertion());
        change_object(&mut object);
        change_assertion(&mut assertion);
        assert_eq!(world.push(&object, &assertion).await.error(), expected, "{what}");
    }
    let stranger = SigningKey::from_pem(&rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let assertion = world.key.sign("JWT", &world.assertion()).unwrap();
    let object = world.key.sign("JWT", &world.object()).unwrap();
    let forged = world.push_signed(&object, &stranger.sign("JWT", &world.assertion()).unwrap()).await;
    assert_eq!((forged.status, &*forged.error()), (StatusCode::UNAUTHORIZED, "the client assertion does not hold"));
    let forged = world.push_signed(&stranger.sign("JWT", &world.object()).unwrap(), &assertion).await;
    assert_eq!((forged.status, &*forged.error()), (StatusCode::BAD_REQUEST, "the request object does not hold"));
    assert_eq!(world.push_signed(&object, &assertion).await.error(), "the client assertion was used before");
}

#[tokio::test]
async fn refuses_to_sign_what_it_cannot_show() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str); 5] = [
        ("no consent", |o| o["prompt"] = "login".into(), "signing requires the prompts login and consent"),
        ("no prompt", |o| o["prompt"] = Value::Null, "signing requires the prompts login and consent"),
        (
            "markdown",
            |o| o["https://id.oidc.se/param/signRequest"]["sign_message"]["mime_type"] = "text/markdown".into(),
            "the sign request cannot be shown",
        ),
        (
            "not UTF-8",
            |o| o["https://id.oidc.se/param/signRequest"]["sign_message"]["message#sv"] = "/w==".into(),
            "the sign request cannot be shown",
        ),
        (
            "data that are not base64",
            |o| o["https://id.oidc.se/param/signRequest"]["tbs_data"] = "ÅÄÖ".into(),
            "the sign request cannot be shown",
        ),
    ];
    let world = World::start(Serves::Citizens);
    for (what, change, expected) in cases {
        let mut object = world.signing();
        change(&mut object);
        assert_eq!(world.push(&object, &world.assertion()).await.error(), expected, "{what}");
    }
    let staff = World::start(Serves::Staff);
    assert_eq!(staff.push(&staff.signing(), &staff.assertion()).await.error(), "signing is not offered");
}

#[tokio::test]
async fn a_code_is_for_one_client_one_address_one_verifier_and_one_time() {
    let world = World::start(Serves::Citizens);
    for (change, expected) in [
        (("grant_type", "refresh_token"), "only codes are exchanged"),
        (("code", "another"), "the code is unknown, used or too old"),
        (
            ("redirect_uri", "http://grannby.localhost:8080/login/callback"),
            "the code was given to another client or address",
        ),
        (("code_verifier", "another"), "the code verifier does not fit"),
        (("client_assertion", "another"), "the client assertion does not hold"),
        (("client_assertion_type", "another"), "unknown type of client assertion"),
        (("client_id", "another"), "unknown client"),
    ] {
        let code = world.granted().await;
        assert_eq!(world.exchange(&code, change).await.error(), expected, "{change:?}");
    }
    let code = world.granted().await;
    assert_eq!(world.exchange(&code, ("", "")).await.status, StatusCode::OK);
    assert_eq!(world.exchange(&code, ("", "")).await.error(), "the code is unknown, used or too old");
    let code = world.granted().await;
    world.wait(60);
    assert_eq!(world.exchange(&code, ("", "")).await.error(), "the code is unknown, used or too old");
}

#[tokio::test]
async fn a_page_that_is_too_old_says_so() {
    let world = World::start(Serves::Citizens);
    let page = world.open(&world.object()).await;
    world.wait(20 * 60);
    for answer in [
        world.post("/choose", &[("login", page.login()), ("person", "anna")]).await,
        world.post("/choose", &[("login", page.login())]).await,
        world.post("/sign", &[("login", page.login()), ("act", "sign")]).await,
        world.get("/authorize?client_id=fornya&request_uri=urn:ietf:params:oauth:request_uri:x").await,
    ] {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("Här finns inget att göra"), "{}", answer.body);
    }
}

#[tokio::test]
async fn the_page_of_people_is_whole() {
    let world = World::start(Serves::Citizens);
    let page = world.open(&world.object()).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = &page.body;
    assert!(html.starts_with("<!doctype html><html lang=\"sv\">"), "{html}");
    assert!(html.contains("Demo: påhittade personer"), "{html}");
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(html.contains("<h1>Välj person</h1>") && html.contains("Exempelby &amp; Co vill veta"), "{html}");
    assert!(html.contains("19900602-2397. Ensam &quot;utan&quot; &lt;barn&gt;."), "{html}");
    assert!(html.contains("action=\"/eid/choose\"") && html.contains("href=\"/eid/style.css\""), "{html}");
    assert!(!html.contains("<script") && !html.contains("style=\""), "{html}");
    let order: Vec<_> = ["<h2>Exempelby", "Anna Berg", "Cecilia Berg", "<h2>Grannby", "Bo Berg"]
        .iter()
        .map(|part| html.find(part).unwrap())
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'; style-src 'self'"), "{policy}");
    let targets = "form-action 'self' http://exempelby.localhost:8080 http://grannby.localhost:8080;";
    assert!(policy.contains(targets), "{policy}");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    let style = world.get("/style.css").await;
    assert_eq!(style.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
}

#[tokio::test]
async fn the_page_speaks_english_when_asked() {
    let world = World::start(Serves::Citizens);
    let mut object = world.object();
    object["ui_locales"] = "en sv".into();
    let page = world.open(&object).await;
    assert!(
        page.body.contains("<html lang=\"en\">") && page.body.contains("<h1>Choose a person</h1>"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Single."), "{}", page.body);
}

#[tokio::test]
async fn who_signs_may_be_open_and_what_is_signed_is_text() {
    let world = World::start(Serves::Citizens);
    let people = world.open(&world.signing()).await;
    assert!(people.body.contains("Välj först vem du är") && !people.body.contains("name=\"level\""), "{}", people.body);
    let page = world.post("/choose", &[("login", people.login()), ("person", "bo")]).await;
    assert!(
        page.body.contains("<h1>Skriv under</h1>") && page.body.contains("Bo Berg, 19910717-2380"),
        "{}",
        page.body
    );
    assert!(page.body.contains("<p class=\"text\" lang=\"sv\">&lt;b&gt;</p>"), "{}", page.body);
    let back = world.post("/sign", &[("login", page.login()), ("act", "sign")]).await;
    assert_eq!(world.exchange(&back.code(), ("", "")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_is_signed_that_was_not_shown() {
    let world = World::start(Serves::Citizens);
    let people = world.open(&world.signing()).await;
    let back = world.post("/sign", &[("login", people.login()), ("act", "sign")]).await;
    let location = back.headers[header::LOCATION].to_str().unwrap();
    assert!(location.contains("error=invalid_request"), "{location}");
}

#[test]
fn keys_are_made_once_and_only_their_owner_can_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let key = keep_signing_key(folder.path(), "client").unwrap();
    let clock = Arc::new(Mutex::new(now()));
    let start = || Provider::start(settings(Serves::Citizens, &key, &clock), folder.path(), people()).unwrap();
    let (first, second) = (start(), start());
    assert_eq!(first.0.key.id(), second.0.key.id());
    assert_eq!(first.trust_anchor_pem(), second.trust_anchor_pem());
    let files: BTreeSet<String> = fs::read_dir(folder.path().join("eid"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            entry.file_name().into_string().unwrap()
        })
        .collect();
    assert_eq!(
        files.iter().map(String::as_str).collect::<Vec<_>>(),
        ["issuer.key.pem", "issuer.pem", "root.key.pem", "root.pem"]
    );
}

#[test]
fn refuses_people_that_cannot_be_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let key = keep_signing_key(folder.path(), "client").unwrap();
    let clock = Arc::new(Mutex::new(now()));
    for bad in ["anna", "", "../anna", "Anna", "anna berg"] {
        let mut people = people();
        people[1].key = bad.to_owned();
        let error = Provider::start(settings(Serves::Citizens, &key, &clock), folder.path(), people).err().unwrap();
        assert!(matches!(error, StartError::PersonKey { key } if key == bad));
    }
}

#[test]
fn refuses_a_key_that_was_spoilt() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("client.key.pem"), "spoilt").unwrap();
    assert!(matches!(keep_signing_key(folder.path(), "client"), Err(StartError::Certificate(_))));
}
