//! What the token endpoint may answer.

use std::time::Duration;

use serde_json::json;
use wiremock::ResponseTemplate;

use super::broker::{Broker, TOKEN, assert_refused, client, now, refusal, silent, token_answer};
use crate::identity::oidc::{LoginError, ProviderSettings, Verified};

#[tokio::test]
async fn refuses_answers_that_are_none() {
    let ok = || ResponseTemplate::new(200);
    let answer = |what| LoginError::Answer(what);
    let refused = |code: &str| LoginError::Refused(refusal(code));
    let cases = vec![
        ("500", ResponseTemplate::new(500).set_body_string("oops"), silent()),
        ("503", ResponseTemplate::new(503), silent()),
        ("429", ResponseTemplate::new(429), silent()),
        (
            "an error",
            ResponseTemplate::new(400).set_body_json(json!({ "error": "invalid_grant" })),
            refused("invalid_grant"),
        ),
        (
            "an unknown error",
            ResponseTemplate::new(400).set_body_json(json!({ "error": "<b>199006022397" })),
            refused("unknown"),
        ),
        ("an error in words", ResponseTemplate::new(400).set_body_string("no"), answer("token answer")),
        (
            "another address",
            ResponseTemplate::new(302).insert_header("location", "https://evil.example/token"),
            answer("token answer"),
        ),
        ("nothing", ok(), answer("token answer")),
        ("HTML", ok().set_body_raw("<html>", "text/html"), answer("token answer")),
        ("half an answer", ok().set_body_raw("{\"access_token\":\"x\"", "application/json"), answer("token answer")),
        (
            "no access token",
            ok().set_body_json(json!({ "token_type": "Bearer", "id_token": "x.y.z" })),
            answer("token answer"),
        ),
        (
            "no ID token",
            ok().set_body_json(json!({ "token_type": "Bearer", "access_token": "x" })),
            answer("token answer (it has no ID token)"),
        ),
        (
            "more than a megabyte",
            ok().set_body_raw(vec![b' '; (1 << 20) + 1], "application/json"),
            answer("answer (it is too large)"),
        ),
    ];
    let broker = Broker::start().await;
    let client = broker.client();
    for (what, template, expected) in cases {
        let pending = client.begin_login("sv", now()).await.unwrap().pending;
        let result = broker.finish_with_answer(&client, &pending, template, now()).await;
        assert_refused(what, result, &expected);
    }
}

#[tokio::test]
async fn accepts_what_the_standard_leaves_open() {
    let broker = Broker::start().await;
    let client = broker.client();
    for (what, field, value) in [
        ("the type in other letters", "token_type", Some("bEARER")),
        ("no expiry", "expires_in", None),
        ("a field that nobody knows", "shoe_size", Some("43")),
    ] {
        let pending = client.begin_login("sv", now()).await.unwrap().pending;
        let mut answer = token_answer(&broker.key.sign(&broker.good_claims(&pending)));
        match value {
            Some(value) => answer[field] = value.into(),
            None => drop(answer.as_object_mut().unwrap().remove(field)),
        }
        let template = ResponseTemplate::new(200).set_body_json(answer);
        let result = broker.finish_with_answer(&client, &pending, template, now()).await;
        assert!(matches!(result, Ok(Verified::Citizen(_))), "{what}: {result:?}");
    }
}

#[tokio::test]
async fn waits_no_longer_than_set() {
    let broker = Broker::start().await;
    let client = client(ProviderSettings { timeout: Duration::from_millis(200), ..broker.settings() });
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    let hanging = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
    let result = broker.finish_with_answer(&client, &pending, hanging, now()).await;
    assert_refused("hanging", result, &silent());
}

#[tokio::test]
async fn proves_that_it_was_we_who_began() {
    let broker = Broker::start().await;
    let client = broker.client();
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    let token = broker.key.sign(&broker.good_claims(&pending));
    broker.finish_with_token(&client, &pending, &token).await.unwrap();

    let requests = broker.server.received_requests().await.unwrap();
    let request = requests.iter().find(|request| request.url.path() == TOKEN).unwrap();
    let form: std::collections::BTreeMap<_, _> = url::form_urlencoded::parse(&request.body).into_owned().collect();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "a-code");
    assert_eq!(form["code_verifier"], pending.code_verifier);
    assert_eq!(form["redirect_uri"], "https://exempelby.fornya.example/login/callback");
    assert_eq!(form["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assert!(!form.contains_key("client_secret"));
    let assertion = super::request::signed_by_us(&broker, &form["client_assertion"]);
    assert_eq!(assertion["iss"], assertion["sub"]);
    assert_eq!(assertion["aud"], broker.issuer());
}
