//! Requests that a real provider would refuse.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{REDIRECT, World, now};
use crate::identity_provider::Serves;
use crate::identity_provider::keys::TokenKey;

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
    let stranger = TokenKey::keep(tempfile::tempdir().unwrap().path(), "stranger").unwrap();
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
async fn only_the_person_who_is_asked_for_is_let_through() {
    let world = World::start(Serves::Citizens);
    let bound = |mut object: Value| {
        let anna = json!({ "essential": true, "value": "199006022397" });
        object["claims"] = json!({ "id_token": { "https://id.oidc.se/claim/personalIdentityNumber": anna } });
        object
    };
    for object in [bound(world.object()), bound(world.signing())] {
        let page = world.open(&object).await;
        let back = world.post("/choose", &[("login", page.login()), ("person", "bo")]).await;
        let location = back.headers[header::LOCATION].to_str().unwrap();
        assert!(location.contains("error=unmet_authentication_requirements"), "{location}");
    }
}

#[tokio::test]
async fn a_request_belongs_to_the_client_that_pushed_it() {
    let world = World::start(Serves::Citizens);
    let pushed = world.push(&world.object(), &world.assertion()).await;
    let pushed: Value = serde_json::from_str(&pushed.body).unwrap();
    let reference = pushed["request_uri"].as_str().unwrap();
    let answer = world.get(&format!("/authorize?client_id=other&request_uri={reference}")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = world.get(&format!("/authorize?client_id=fornya&request_uri={reference}")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn nothing_is_signed_that_was_not_shown() {
    let world = World::start(Serves::Citizens);
    let people = world.open(&world.signing()).await;
    let back = world.post("/sign", &[("login", people.login()), ("act", "sign")]).await;
    let location = back.headers[header::LOCATION].to_str().unwrap();
    assert!(location.contains("error=invalid_request"), "{location}");
}
