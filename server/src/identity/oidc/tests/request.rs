//! What we ask a provider.

use std::collections::BTreeMap;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use super::broker::{
    Broker, CLIENT, LEVEL, MANIFEST, NUMBER_CLAIM, PUSH, TEXT, anna, assert_refused, client, manifest, now, refusal,
    silent,
};
use crate::chain::chain;
use crate::identity::oidc::{Callback, ClaimNames, LoginError, ProviderSettings, StaffClaims};

/// The claims of something that we signed.
pub(super) fn signed_by_us(broker: &Broker, jwt: &str) -> Value {
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_jwk(broker.client_key.public()).unwrap();
    let claims: Value = jsonwebtoken::decode(jwt, &key, &validation).unwrap().claims;
    assert_eq!(claims["iat"], now().as_second());
    assert_eq!(claims["exp"], now().as_second() + 300);
    assert_eq!(claims["jti"].as_str().unwrap().len(), 43);
    claims
}

async fn pushed(broker: &Broker) -> BTreeMap<String, String> {
    let requests = broker.server.received_requests().await.unwrap();
    let request = requests.iter().rfind(|request| request.url.path() == PUSH).unwrap();
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}

#[tokio::test]
async fn a_login_is_pushed_signed_and_leaves_nothing_in_the_address() {
    let broker = Broker::start().await;
    let start = broker.client().begin_login("en", now()).await.unwrap();
    let address: Vec<_> = start.url.query_pairs().into_owned().collect();
    assert_eq!(
        address,
        [
            ("client_id".to_owned(), CLIENT.to_owned()),
            ("request_uri".to_owned(), "urn:ietf:params:oauth:request_uri:abc".to_owned()),
        ]
    );
    let form = pushed(&broker).await;
    assert_eq!(
        form.keys().map(String::as_str).collect::<Vec<_>>(),
        ["client_assertion", "client_assertion_type", "client_id", "request"]
    );
    let assertion = signed_by_us(&broker, &form["client_assertion"]);
    assert_eq!(assertion["aud"], broker.issuer());
    assert_eq!(form["request"], start.request_object);

    let object = signed_by_us(&broker, &form["request"]);
    let header = jsonwebtoken::decode_header(&form["request"]).unwrap();
    assert_eq!(header.typ.as_deref(), Some("oauth-authz-req+jwt"));
    assert_eq!(header.kid.as_deref(), broker.client_key.public().common.key_id.as_deref());
    for (claim, expected) in [
        ("iss", json!(CLIENT)),
        ("aud", json!(broker.issuer())),
        ("client_id", json!(CLIENT)),
        ("response_type", json!("code")),
        ("redirect_uri", json!("https://exempelby.fornya.example/login/callback")),
        ("scope", json!("openid https://id.oidc.se/scope/naturalPersonNumber")),
        ("state", json!(start.pending.state)),
        ("nonce", json!(start.pending.nonce)),
        ("code_challenge_method", json!("S256")),
        ("acr_values", json!(LEVEL)),
        ("prompt", json!("login")),
        ("ui_locales", json!("en")),
        ("https://id.oidc.se/param/signRequest", Value::Null),
    ] {
        assert_eq!(object[claim], expected, "{claim}");
    }
    assert_ne!(object["code_challenge"], json!(start.pending.code_verifier));
    assert_eq!(object["claims"]["id_token"]["acr"], json!({ "essential": true, "values": [LEVEL] }));
    for claim in ["name", NUMBER_CLAIM, "https://id.oidc.se/claim/coordinationNumber"] {
        assert_eq!(object["claims"]["id_token"].get(claim), Some(&Value::Null), "{claim}");
    }
}

#[tokio::test]
async fn a_signing_is_bound_to_its_signer() {
    let broker = Broker::start().await;
    let start = broker.client().begin_signing(&manifest(), "sv", now()).await.unwrap();
    assert!(!start.url.as_str().contains(&anna().digits()));
    let object = signed_by_us(&broker, &start.request_object);
    assert_eq!(object["scope"], "openid https://id.oidc.se/scope/naturalPersonNumber https://id.oidc.se/scope/sign");
    assert_eq!(object["prompt"], "login consent");
    let bound = json!({ "essential": true, "value": anna().digits() });
    assert_eq!(object["claims"]["id_token"][NUMBER_CLAIM], bound);
    let asked = &object["https://id.oidc.se/param/signRequest"];
    let decoded = |text: &Value| crate::identity::oidc::pending::from_base64(text.as_str().unwrap()).unwrap();
    assert_eq!(decoded(&asked["tbs_data"]), MANIFEST);
    assert_eq!(decoded(&asked["sign_message"]["message#sv"]), TEXT.as_bytes());
    assert_eq!(asked["sign_message"]["mime_type"], "text/plain");
}

#[tokio::test]
async fn staff_are_asked_for_by_their_own_claims() {
    let broker = Broker::start().await;
    let claims = ClaimNames::Staff(StaffClaims { subject: "employee".to_owned(), name: "display".to_owned() });
    let client = client(ProviderSettings { claims, signing: None, ..broker.settings() });
    let start = client.begin_login("sv", now()).await.unwrap();
    let wanted = &signed_by_us(&broker, &start.request_object)["claims"]["id_token"];
    assert_eq!(wanted["employee"], json!({ "essential": true }));
    assert_eq!(wanted["display"], json!({ "essential": true }));
    let mut names: Vec<_> = wanted.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["acr", "auth_time", "display", "employee"], "what is not used is not asked for");
    let refused = client.begin_signing(&manifest(), "sv", now()).await.unwrap_err();
    assert!(matches!(refused, LoginError::NoSigning));
}

#[tokio::test]
async fn a_push_can_be_refused() {
    let refused = |code: &str| LoginError::Refused(refusal(code));
    for (what, template, expected) in [
        ("500", ResponseTemplate::new(500), silent()),
        (
            "an error",
            ResponseTemplate::new(401).set_body_json(json!({ "error": "invalid_client" })),
            refused("invalid_client"),
        ),
        ("an error in words", ResponseTemplate::new(400).set_body_string("no"), refused("unknown")),
        (
            "another address",
            ResponseTemplate::new(307).insert_header("location", "https://evil.example/par"),
            refused("unknown"),
        ),
        ("200", ResponseTemplate::new(200).set_body_json(json!({ "request_uri": "urn:x" })), refused("unknown")),
        (
            "no reference",
            ResponseTemplate::new(201).set_body_json(json!({ "expires_in": 60 })),
            LoginError::Answer("answer to the pushed request"),
        ),
    ] {
        let broker = Broker::start().await;
        broker.answers(PUSH, template);
        let error = broker.client().begin_login("sv", now()).await.unwrap_err();
        assert_refused(what, Err(error), &expected);
    }
}

#[tokio::test]
async fn what_a_provider_says_when_it_refuses_is_told() {
    let broker = Broker::start().await;
    let client = broker.client();
    let said =
        json!({ "error": "invalid_request", "error_description": "redirect_uri is not\nregistered for 199006022397" });
    let expected = "the provider refused: invalid_request (redirect_uri is not registered for …)";
    broker.answers(PUSH, ResponseTemplate::new(400).set_body_json(&said));
    let at_the_push = client.begin_login("sv", now()).await.unwrap_err();
    assert_eq!(chain(&at_the_push).to_string(), expected);

    let broker = Broker::start().await;
    let client = broker.client();
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    let answer = ResponseTemplate::new(400).set_body_json(&said);
    let for_the_code = broker.finish_with_answer(&client, &pending, answer, now()).await.unwrap_err();
    assert_eq!(chain(&for_the_code).to_string(), expected);
    let back = Callback {
        error: Some("access_denied".to_owned()),
        error_description: Some("the client is not open to anna@example.se".to_owned()),
        ..broker.callback(&pending)
    };
    let in_the_browser = client.finish(&pending, back, now()).await.unwrap_err();
    let expected = "the person cancelled at the provider: access_denied (the client is not open to …)";
    assert_eq!(chain(&in_the_browser).to_string(), expected);
}
