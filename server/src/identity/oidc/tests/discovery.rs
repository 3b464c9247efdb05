//! Providers that describe themselves badly, or not at all.

use std::time::Duration;

use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use super::broker::{Broker, DOCUMENT, client, later, now};
use crate::chain::chain;
use crate::identity::oidc::{DiscoveryFault, LoginError, ProviderSettings, Silence};

fn set(metadata: &mut Value, name: &str, value: impl Into<Value>) {
    metadata[name] = value.into();
}

#[tokio::test]
async fn refuses_providers_that_cannot_be_used() {
    type Change = fn(&mut Value);
    let cases: Vec<(&str, Change, DiscoveryFault)> = vec![
        ("another issuer", |m| set(m, "issuer", "https://evil.example"), DiscoveryFault::Issuer),
        (
            "the issuer with a slash",
            |m| set(m, "issuer", format!("{}/", m["issuer"].as_str().unwrap())),
            DiscoveryFault::Issuer,
        ),
        ("no issuer", |m| set(m, "issuer", Value::Null), DiscoveryFault::Unreadable),
        ("no keys", |m| set(m, "jwks_uri", Value::Null), DiscoveryFault::Unreadable),
        ("keys over http", |m| set(m, "jwks_uri", "http://op.example/jwks"), DiscoveryFault::Insecure),
        ("tokens over http", |m| set(m, "token_endpoint", "http://op.example/token"), DiscoveryFault::Insecure),
        ("pages over http", |m| set(m, "authorization_endpoint", "http://op.example/a"), DiscoveryFault::Insecure),
        (
            "pushed requests over http",
            |m| set(m, "pushed_authorization_request_endpoint", "http://op.example/par"),
            DiscoveryFault::Insecure,
        ),
        ("no token endpoint", |m| set(m, "token_endpoint", Value::Null), DiscoveryFault::NoTokenEndpoint),
        (
            "no pushed requests",
            |m| set(m, "pushed_authorization_request_endpoint", Value::Null),
            DiscoveryFault::NoPushedRequests,
        ),
        (
            "secrets only",
            |m| set(m, "token_endpoint_auth_methods_supported", json!(["client_secret_basic"])),
            DiscoveryFault::NoPrivateKeyJwt,
        ),
        (
            "the default, a secret",
            |m| set(m, "token_endpoint_auth_methods_supported", Value::Null),
            DiscoveryFault::NoPrivateKeyJwt,
        ),
        (
            "too low a level",
            |m| set(m, "acr_values_supported", json!(["http://id.elegnamnden.se/loa/1.0/loa2"])),
            DiscoveryFault::NoAcceptedLevel,
        ),
        ("no signing", |m| set(m, "scopes_supported", json!(["openid"])), DiscoveryFault::NoSigning),
        ("no scopes", |m| set(m, "scopes_supported", Value::Null), DiscoveryFault::NoSigning),
    ];
    for (what, change, expected) in cases {
        let broker = Broker::start().await;
        let mut metadata = broker.metadata();
        change(&mut metadata);
        broker.describes_itself(metadata);
        match broker.provider().discover(now()).await {
            Err(LoginError::Unsuitable(fault)) => assert_eq!(fault, expected, "{what}"),
            other => panic!("{what}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_document_elsewhere_is_not_followed() {
    let broker = Broker::start().await;
    let lure = Broker::silent().await;
    let elsewhere = format!("{}{DOCUMENT}", broker.issuer());
    lure.answers(DOCUMENT, ResponseTemplate::new(302).insert_header("location", elsewhere));
    let error = lure.provider().discover(now()).await.unwrap_err();
    assert!(matches!(error, LoginError::Unsuitable(DiscoveryFault::Unreadable)), "{error:?}");
    assert_eq!(broker.calls(DOCUMENT).await, 0);
}

#[tokio::test]
async fn one_document_serves_many_logins_until_it_is_an_hour_old() {
    let broker = Broker::start().await;
    let client = broker.client();
    for at in [0, 1, 3_599] {
        client.begin_login("sv", later(at)).await.unwrap();
    }
    assert_eq!(broker.calls(DOCUMENT).await, 1);
    client.begin_login("sv", later(3_600)).await.unwrap();
    assert_eq!(broker.calls(DOCUMENT).await, 2);
}

#[tokio::test]
async fn logins_at_the_same_time_ask_once() {
    let broker = Broker::start().await;
    let client = broker.client();
    let (a, b, c) =
        tokio::join!(client.provider.discover(now()), client.provider.discover(now()), client.provider.discover(now()));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(broker.calls(DOCUMENT).await, 1);
}

#[tokio::test]
async fn a_provider_that_is_down_is_asked_again_after_a_moment() {
    let broker = Broker::start().await;
    let client = broker.client();
    broker.answers(DOCUMENT, ResponseTemplate::new(503));
    assert!(matches!(client.begin_login("sv", now()).await, Err(LoginError::Unreachable(_))));
    broker.describes_itself(broker.metadata());
    assert!(matches!(client.begin_login("sv", later(1)).await, Err(LoginError::Unreachable(_))));
    assert_eq!(broker.calls(DOCUMENT).await, 1, "left alone for two seconds");
    assert!(client.begin_login("sv", later(2)).await.is_ok());
}

#[tokio::test]
async fn nobody_queues_up_behind_the_time_limit_of_a_provider_that_hangs() {
    let broker = Broker::silent().await;
    broker.answers(DOCUMENT, ResponseTemplate::new(200).set_delay(Duration::from_mins(1)));
    let client = client(ProviderSettings { timeout: Duration::from_millis(2_200), ..broker.settings() });
    assert!(matches!(client.provider.discover(now()).await, Err(LoginError::Unreachable(_))));
    // Whoever came while the first one waited, and whoever comes just after, is told at once.
    for after in [1, 3] {
        assert!(matches!(client.provider.discover(later(after)).await, Err(LoginError::Unreachable(_))));
    }
    assert_eq!(broker.calls(DOCUMENT).await, 1);
}

#[tokio::test]
async fn what_is_known_is_used_on_while_the_provider_is_down() {
    let broker = Broker::start().await;
    let client = broker.client();
    client.provider.discover(now()).await.unwrap();
    broker.answers(DOCUMENT, ResponseTemplate::new(500));
    client.provider.discover(later(7_200)).await.unwrap();
    client.provider.discover(later(7_201)).await.unwrap();
    assert_eq!(broker.calls(DOCUMENT).await, 2);
    assert!(client.begin_login("sv", later(7_202)).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_changes_its_name_is_refused_although_it_was_known() {
    let broker = Broker::start().await;
    let client = broker.client();
    client.provider.discover(now()).await.unwrap();
    let mut metadata = broker.metadata();
    set(&mut metadata, "issuer", "https://evil.example");
    broker.describes_itself(metadata);
    let error = client.begin_login("sv", later(7_200)).await.unwrap_err();
    assert!(matches!(error, LoginError::Unsuitable(DiscoveryFault::Issuer)), "{error:?}");
}

#[tokio::test]
async fn nobody_listening_is_unreachable_and_says_no_address() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let broker = Broker::silent().await;
    let client =
        client(ProviderSettings { issuer: format!("http://127.0.0.1:{port}").parse().unwrap(), ..broker.settings() });
    let error = client.provider.discover(now()).await.unwrap_err();
    assert!(matches!(error, LoginError::Unreachable(Silence::NoAnswer(_))), "{error:?}");
    assert!(!format!("{error:?}").contains("openid-configuration"), "{error:?}");
}

#[tokio::test]
async fn each_login_is_told_why_the_provider_cannot_be_used() {
    let broker = Broker::silent().await;
    let client = client(ProviderSettings { timeout: Duration::from_millis(200), ..broker.settings() });
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_mins(1));
    let mut secrets = broker.metadata();
    set(&mut secrets, "token_endpoint_auth_methods_supported", json!(["client_secret_basic"]));
    broker.has_keys(&[&broker.key]);
    let known = ResponseTemplate::new(200).set_body_json(secrets);
    for (turn, (answer, expected)) in [
        (ResponseTemplate::new(502), "the provider could not be reached: it answered with status 502"),
        (ResponseTemplate::new(429), "the provider could not be reached: it answered with status 429"),
        (slow, "the provider could not be reached: no answer: error sending request: operation timed out"),
        (known, "the provider cannot be used: it does not take private_key_jwt"),
    ]
    .into_iter()
    .enumerate()
    {
        broker.answers(DOCUMENT, answer);
        let at = i64::try_from(turn).unwrap() * 10;
        for after in [0, 1] {
            let error = client.begin_login("sv", later(at + after)).await.unwrap_err();
            assert_eq!(chain(&error).to_string(), expected);
        }
        assert_eq!(broker.calls(DOCUMENT).await, turn + 1, "the second is told what the first found");
    }
}
