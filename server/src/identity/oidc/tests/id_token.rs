//! ID tokens that must be refused, and the few unusual ones that must not.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};

use super::broker::{Broker, DOCUMENT, KEYS, LEVEL, NUMBER_CLAIM, anna, assert_refused, later, now};
use super::tokens::{TestKey, turned, unsigned};
use crate::identity::oidc::error::TokenFault;
use crate::identity::oidc::{Client, LoginError, PendingLogin, Verified};

type Change = fn(&mut Map<String, Value>);

fn set(claims: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    claims.insert(name.to_owned(), value.into());
}

fn seconds(from_now: i64) -> i64 {
    now().as_second() + from_now
}

async fn begin(broker: &Broker) -> (Client, PendingLogin) {
    let client = broker.client();
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    (client, pending)
}

fn forged(fault: TokenFault) -> LoginError {
    LoginError::ForgedToken(fault)
}

#[tokio::test]
async fn refuses_claims_that_are_not_for_this_login() {
    let missing = |claim: &str| LoginError::MissingClaim { claim: claim.to_owned() };
    let malformed = |claim: &str| LoginError::MalformedClaim { claim: claim.to_owned() };
    let attacks: Vec<(&str, Change, LoginError)> = vec![
        ("another issuer", |c| set(c, "iss", "https://evil.example"), forged(TokenFault::Issuer)),
        (
            "the issuer with a slash",
            |c| set(c, "iss", format!("{}/", c["iss"].as_str().unwrap())),
            forged(TokenFault::Issuer),
        ),
        ("no issuer", |c| drop(c.remove("iss")), forged(TokenFault::Malformed)),
        ("no subject", |c| drop(c.remove("sub")), forged(TokenFault::Malformed)),
        ("an empty subject", |c| set(c, "sub", ""), forged(TokenFault::Subject)),
        ("another audience", |c| set(c, "aud", "https://other.example"), forged(TokenFault::Audience)),
        ("no audience", |c| drop(c.remove("aud")), forged(TokenFault::Audience)),
        ("an empty list of audiences", |c| set(c, "aud", json!([])), forged(TokenFault::Audience)),
        (
            "one audience more",
            |c| set(c, "aud", json!([c["aud"], "https://other.example"])),
            forged(TokenFault::Audience),
        ),
        ("issued to another", |c| set(c, "azp", "https://other.example"), forged(TokenFault::AuthorizedParty)),
        ("no time of issue", |c| drop(c.remove("iat")), forged(TokenFault::Malformed)),
        (
            "issued in the future",
            |c| {
                set(c, "iat", seconds(90));
                set(c, "exp", seconds(120));
            },
            forged(TokenFault::FromTheFuture),
        ),
        (
            "issued before the login began",
            |c| {
                set(c, "iat", seconds(-90));
                set(c, "exp", seconds(120));
            },
            forged(TokenFault::TooOld),
        ),
        ("no expiry", |c| drop(c.remove("exp")), forged(TokenFault::Malformed)),
        ("expired", |c| set(c, "exp", seconds(-61)), forged(TokenFault::Expired)),
        ("six minutes long", |c| set(c, "exp", seconds(360)), forged(TokenFault::Lifetime)),
        ("not valid yet", |c| set(c, "nbf", seconds(90)), forged(TokenFault::NotYet)),
        ("valid from a word", |c| set(c, "nbf", "now"), forged(TokenFault::Malformed)),
        ("no nonce", |c| drop(c.remove("nonce")), forged(TokenFault::Nonce)),
        ("another nonce", |c| set(c, "nonce", "n-0S6_WzA2Mj"), forged(TokenFault::Nonce)),
        ("an empty nonce", |c| set(c, "nonce", ""), forged(TokenFault::Nonce)),
        ("no time of identification", |c| drop(c.remove("auth_time")), forged(TokenFault::AuthenticationTime)),
        ("identified long ago", |c| set(c, "auth_time", seconds(-90)), forged(TokenFault::AuthenticationTime)),
        ("identified tomorrow", |c| set(c, "auth_time", seconds(86_400)), forged(TokenFault::AuthenticationTime)),
        ("another access token", |c| set(c, "at_hash", "77QmUPtjPfzWtF2AnpK9RQ"), forged(TokenFault::AccessToken)),
        ("no level", |c| drop(c.remove("acr")), LoginError::LevelTooLow(None)),
        ("too low a level", |c| set(c, "acr", "http://id.elegnamnden.se/loa/1.0/loa2"), LoginError::LevelTooLow(None)),
        ("a list of levels", |c| set(c, "acr", json!([LEVEL])), forged(TokenFault::Malformed)),
        ("no number", |c| drop(c.remove(NUMBER_CLAIM)), missing(NUMBER_CLAIM)),
        ("a null number", |c| set(c, NUMBER_CLAIM, Value::Null), missing(NUMBER_CLAIM)),
        ("an empty number", |c| set(c, NUMBER_CLAIM, ""), malformed(NUMBER_CLAIM)),
        ("a number without a century", |c| set(c, NUMBER_CLAIM, "9006022397"), malformed(NUMBER_CLAIM)),
        ("a wrong check digit", |c| set(c, NUMBER_CLAIM, "199006022398"), malformed(NUMBER_CLAIM)),
        ("a number as a number", |c| set(c, NUMBER_CLAIM, 199_006_022_397_i64), malformed(NUMBER_CLAIM)),
        ("a list of numbers", |c| set(c, NUMBER_CLAIM, json!(["199006022397"])), malformed(NUMBER_CLAIM)),
    ];
    let broker = Broker::start().await;
    for (what, change, expected) in attacks {
        let (client, pending) = begin(&broker).await;
        let mut claims = broker.good_claims(&pending);
        change(&mut claims);
        let result = broker.finish_with_token(&client, &pending, &broker.key.sign(&claims)).await;
        assert_refused(what, result, &expected);
    }
}

#[tokio::test]
async fn accepts_what_the_standard_leaves_open() {
    let variations: Vec<(&str, Change)> = vec![
        ("as usual", |_| {}),
        ("the audience in a list", |c| set(c, "aud", json!([c["aud"]]))),
        ("issued to us", |c| set(c, "azp", c["aud"].clone())),
        ("no name", |c| drop(c.remove("name"))),
        ("claims that nobody asked for", |c| set(c, "address", json!({ "country": "SE" }))),
        ("valid since now", |c| set(c, "nbf", seconds(0))),
        ("a clock a minute ahead", |c| {
            set(c, "iat", seconds(60));
            set(c, "auth_time", seconds(60));
            set(c, "exp", seconds(360));
        }),
        ("a clock a minute behind", |c| {
            set(c, "iat", seconds(-60));
            set(c, "auth_time", seconds(-60));
            set(c, "exp", seconds(-1));
        }),
        ("the number in the claim for coordination numbers", |c| {
            let number = c.remove(NUMBER_CLAIM).unwrap();
            set(c, "https://id.oidc.se/claim/coordinationNumber", number);
        }),
    ];
    let broker = Broker::start().await;
    for (what, change) in variations {
        let (client, pending) = begin(&broker).await;
        let mut claims = broker.good_claims(&pending);
        change(&mut claims);
        match broker.finish_with_token(&client, &pending, &broker.key.sign(&claims)).await {
            Ok(Verified::Citizen(identity)) => {
                assert_eq!(identity.number(), anna(), "{what}");
                assert_eq!(identity.name(), claims.get("name").and_then(Value::as_str), "{what}");
                assert_eq!(identity.level(), LEVEL, "{what}");
                assert_eq!(identity.authenticated_at().as_second(), claims["auth_time"].as_i64().unwrap(), "{what}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn refuses_signatures_that_do_not_hold() {
    type Sign = fn(&Broker, &Map<String, Value>) -> String;
    let attacks: Vec<(&str, Sign, TokenFault)> = vec![
        ("alg none", |_, c| unsigned(&json!({ "alg": "none" }), c, b""), TokenFault::Algorithm),
        (
            "alg none with a key id",
            |_, c| unsigned(&json!({ "alg": "none", "kid": "key-1" }), c, b""),
            TokenFault::Algorithm,
        ),
        ("alg NONE", |_, c| unsigned(&json!({ "alg": "NONE" }), c, b""), TokenFault::Malformed),
        ("no alg", |_, c| unsigned(&json!({ "kid": "key-1" }), c, b"x"), TokenFault::Malformed),
        (
            "HS256 with our client id",
            |_, c| {
                jsonwebtoken::encode(&Header::new(Algorithm::HS256), c, &EncodingKey::from_secret(b"fornya")).unwrap()
            },
            TokenFault::Algorithm,
        ),
        (
            "HS256 with the provider's public key",
            |broker, c| {
                let secret = EncodingKey::from_secret(broker.key.public().to_string().as_bytes());
                jsonwebtoken::encode(&Header::new(Algorithm::HS256), c, &secret).unwrap()
            },
            TokenFault::Algorithm,
        ),
        ("ES384", |_, c| unsigned(&json!({ "alg": "ES384", "kid": "key-1" }), c, &[7; 96]), TokenFault::Algorithm),
        ("EdDSA", |_, c| unsigned(&json!({ "alg": "EdDSA", "kid": "key-1" }), c, &[7; 64]), TokenFault::Algorithm),
        (
            "RS256 with an EC key",
            |_, c| unsigned(&json!({ "alg": "RS256", "kid": "key-1" }), c, &[7; 256]),
            TokenFault::UnknownKey,
        ),
        ("zeros", |_, c| unsigned(&json!({ "alg": "ES256", "kid": "key-1" }), c, &[0; 64]), TokenFault::Signature),
        ("no signature", |_, c| unsigned(&json!({ "alg": "ES256", "kid": "key-1" }), c, b""), TokenFault::Signature),
        ("a turned bit in the signature", |broker, c| turned(&broker.key.sign(c), 2), TokenFault::Signature),
        ("another key of the same name", |_, c| TestKey::es256("key-1").sign(c), TokenFault::Signature),
        (
            "another key without a name",
            |_, c| {
                let key = TestKey::es256("key-1");
                key.sign_with_header(&Header::new(Algorithm::ES256), c)
            },
            TokenFault::Signature,
        ),
        ("an unknown key", |_, c| TestKey::es256("key-9").sign(c), TokenFault::UnknownKey),
        (
            "a key that came in the token",
            |_, c| {
                let key = TestKey::es256("key-1");
                let mut header = key.header();
                header.jwk = serde_json::from_value(key.public()).ok();
                key.sign_with_header(&header, c)
            },
            TokenFault::Signature,
        ),
        (
            "a critical header",
            |broker, c| {
                let mut header = broker.key.header();
                header.crit = Some(vec!["exp".to_owned()]);
                broker.key.sign_with_header(&header, c)
            },
            TokenFault::Header,
        ),
        (
            "a client assertion",
            |broker, c| {
                let mut header = broker.key.header();
                header.typ = Some("oauth-authz-req+jwt".to_owned());
                broker.key.sign_with_header(&header, c)
            },
            TokenFault::Header,
        ),
        (
            "a token in a token",
            |broker, c| {
                let mut header = broker.key.header();
                header.cty = Some("JWT".to_owned());
                broker.key.sign_with_header(&header, c)
            },
            TokenFault::Header,
        ),
        ("no token", |_, _| "token".to_owned(), TokenFault::Malformed),
        ("an empty token", |_, _| String::new(), TokenFault::Malformed),
        ("two parts", |broker, c| broker.key.sign(c).rsplit_once('.').unwrap().0.to_owned(), TokenFault::Malformed),
        ("four parts", |broker, c| format!("{}.x", broker.key.sign(c)), TokenFault::Malformed),
    ];
    let broker = Broker::start().await;
    for (what, sign, expected) in attacks {
        let (client, pending) = begin(&broker).await;
        let token = sign(&broker, &broker.good_claims(&pending));
        let result = broker.finish_with_token(&client, &pending, &token).await;
        assert_refused(what, result, &forged(expected));
    }
}

#[tokio::test]
async fn accepts_each_allowed_algorithm() {
    for key in [TestKey::rsa("rsa", Algorithm::RS256), TestKey::rsa("rsa", Algorithm::PS256), TestKey::es256("ec")] {
        let broker = Broker::start().await;
        broker.has_keys(&[&key]);
        let (client, pending) = begin(&broker).await;
        let token = key.sign(&broker.good_claims(&pending));
        let result = broker.finish_with_token(&client, &pending, &token).await;
        assert!(matches!(result, Ok(Verified::Citizen(_))), "{:?}: {result:?}", key.algorithm);
    }
}

#[tokio::test]
async fn a_token_need_not_name_its_key_where_there_is_but_one() {
    let broker = Broker::start().await;
    let (client, pending) = begin(&broker).await;
    let token = broker.key.sign_with_header(&Header::new(Algorithm::ES256), &broker.good_claims(&pending));
    let result = broker.finish_with_token(&client, &pending, &token).await;
    assert!(matches!(result, Ok(Verified::Citizen(_))), "{result:?}");
}

#[tokio::test]
async fn a_token_must_name_its_key_where_there_are_several() {
    let broker = Broker::start().await;
    broker.has_keys(&[&broker.key, &TestKey::es256("key-2")]);
    let (client, pending) = begin(&broker).await;
    let claims = broker.good_claims(&pending);
    let nameless = broker.key.sign_with_header(&Header::new(Algorithm::ES256), &claims);
    let result = broker.finish_with_token(&client, &pending, &nameless).await;
    assert_refused("no name", result, &forged(TokenFault::AmbiguousKey));

    let (client, pending) = begin(&broker).await;
    let named = broker.key.sign(&broker.good_claims(&pending));
    assert!(broker.finish_with_token(&client, &pending, &named).await.is_ok());
}

#[tokio::test]
async fn a_token_of_one_login_is_of_no_use_in_another() {
    let broker = Broker::start().await;
    let (client, first) = begin(&broker).await;
    let second = client.begin_login("sv", now()).await.unwrap().pending;
    let token = broker.key.sign(&broker.good_claims(&first));
    let result = broker.finish_with_token(&client, &second, &token).await;
    assert_refused("replayed", result, &forged(TokenFault::Nonce));
}

#[tokio::test]
async fn keys_that_were_changed_are_fetched_once_and_not_more_often_than_every_ten_seconds() {
    let broker = Broker::start().await;
    let client = broker.client();
    let new_key = TestKey::es256("key-2");
    let unknown_key = TestKey::es256("key-3");
    let finish = async |key: &TestKey, at| {
        let pending = client.begin_login("sv", at).await.unwrap().pending;
        let mut claims = broker.good_claims(&pending);
        for (name, offset) in [("iat", 0), ("auth_time", 0), ("exp", 300)] {
            set(&mut claims, name, at.as_second() + offset);
        }
        let answer = super::broker::token_answer(&key.sign(&claims));
        let answer = wiremock::ResponseTemplate::new(200).set_body_json(answer);
        broker.finish_with_answer(&client, &pending, answer, at).await
    };

    assert!(finish(&broker.key, now()).await.is_ok());
    assert_refused("unknown, fetched just now", finish(&new_key, later(5)).await, &forged(TokenFault::UnknownKey));
    assert_eq!(broker.calls(KEYS).await, 1);

    broker.has_keys(&[&new_key]);
    assert!(finish(&new_key, later(30)).await.is_ok());
    assert!(finish(&new_key, later(31)).await.is_ok());
    assert_eq!(broker.calls(KEYS).await, 2);

    assert_refused("unknown", finish(&unknown_key, later(60)).await, &forged(TokenFault::UnknownKey));
    assert_refused("still unknown", finish(&unknown_key, later(61)).await, &forged(TokenFault::UnknownKey));
    assert_refused("the old one", finish(&broker.key, later(62)).await, &forged(TokenFault::UnknownKey));
    assert_eq!(broker.calls(KEYS).await, 3);
    assert_eq!(broker.calls(DOCUMENT).await, 1);
}

#[tokio::test]
async fn logins_that_meet_a_new_key_at_the_same_time_fetch_it_once() {
    let broker = Broker::start().await;
    let (client, pending) = begin(&broker).await;
    let new_key = TestKey::es256("key-2");
    broker.has_keys(&[&new_key]);
    let mut claims = broker.good_claims(&pending);
    for name in ["iat", "auth_time"] {
        set(&mut claims, name, seconds(30));
    }
    let token = new_key.sign(&claims);
    let answer = || wiremock::ResponseTemplate::new(200).set_body_json(super::broker::token_answer(&token));
    let finish = || broker.finish_with_answer(&client, &pending, answer(), later(30));
    let (first, second) = tokio::join!(finish(), finish());
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    assert_eq!(broker.calls(KEYS).await, 2, "once at discovery, once for the new key");
}
