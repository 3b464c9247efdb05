//! The whole way: relying party, browser and the demo's provider, over HTTP on loopback.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use url::Url;

use super::broker::{TEXT, anna, assert_refused, manifest, now, refusal, silent};
use crate::config::Words;
use crate::identity::oidc::error::TokenFault;
use crate::identity::oidc::pending::StartedFlow;
use crate::identity::oidc::refusal::ProviderRefusal;
use crate::identity::oidc::{
    Callback, CitizenClaims, ClaimNames, Client, LoginError, Provider, ProviderSettings, SignRequest, SignatureFormat,
    SigningKey, SigningSettings, StaffClaims, TrustAnchors, Verified,
};
use demo::identity_provider::{self as peer, Fault, Holder, Identity, LEVEL_HIGH, Serves};

const REDIRECT: &str = "http://exempelby.localhost:8080/login/callback";

/// A provider that listens, the relying party that uses it, and a browser without JavaScript.
struct World {
    client: Client,
    browser: reqwest::Client,
    issuer: String,
    _folder: TempDir,
}

impl World {
    async fn start(serves: Serves, fault: Option<Fault>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let client_key = SigningKey::from_pem(&peer::keep_client_key(folder.path(), "client").unwrap()).unwrap();
        let op = peer::DemoProvider::start(
            peer::Settings {
                issuer: issuer.parse().unwrap(),
                serves,
                clients: vec![peer::RegisteredClient {
                    id: "fornya".to_owned(),
                    name: "Exempelby kommun".to_owned(),
                    redirect_uris: vec![REDIRECT.to_owned()],
                    keys: vec![client_key.public().clone()],
                }],
                clock: Arc::new(now),
                fault,
            },
            folder.path(),
            people(serves),
        )
        .unwrap();
        let trust_anchors = TrustAnchors::from_pem(op.trust_anchor_pem()).unwrap();
        assert_eq!(op.issuer(), issuer);
        tokio::spawn(axum::serve(listener, op.router()).into_future());

        let (claims, scopes, signing) = match serves {
            Serves::Citizens => (
                ClaimNames::Citizens(CitizenClaims::swedish_profile()),
                vec!["https://id.oidc.se/scope/naturalPersonNumber".to_owned()],
                Some(SigningSettings { format: SignatureFormat::JwsX5c, trust_anchors }),
            ),
            Serves::Staff => (
                ClaimNames::Staff(StaffClaims::swedish_profile()),
                vec!["https://id.oidc.se/scope/naturalPersonOrgId".to_owned()],
                None,
            ),
        };
        let provider = Provider::new(ProviderSettings {
            issuer: issuer.parse().unwrap(),
            client_id: "fornya".parse().unwrap(),
            client_key,
            accepted_levels: Words::new(vec![LEVEL_HIGH.parse().unwrap()]).unwrap(),
            scopes,
            claims,
            signing,
            allow_loopback_http: true,
            timeout: if fault == Some(Fault::Hang) { Duration::from_millis(500) } else { Duration::from_mins(1) },
            clock_leeway: SignedDuration::ZERO,
        });
        let client = Arc::new(provider.unwrap()).client(REDIRECT.parse().unwrap()).unwrap();
        let browser =
            reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, browser, issuer, _folder: folder }
    }

    async fn open(&self, start: &StartedFlow) -> String {
        self.browser.get(start.url.clone()).send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
    }

    /// Presses a button of a page and gives the answer.
    async fn press(&self, page: &str, button: &[(&str, &str)]) -> reqwest::Response {
        let mut form = vec![("login", between(page, "name=\"login\" value=\"", "\""))];
        form.extend_from_slice(button);
        let action = between(page, "<form method=\"post\" action=\"", "\"");
        self.browser.post(format!("{}{action}", self.issuer)).form(&form).send().await.unwrap()
    }

    /// Logs in as a person of the page and ends the login.
    async fn log_in(&self, buttons: &[(&str, &str)]) -> Result<Verified, LoginError> {
        let start = self.client.begin_login("sv", now()).await?;
        let page = self.open(&start).await;
        let back = callback(&self.press(&page, buttons).await);
        self.client.finish(&start.pending, back, now()).await
    }

    async fn sign(&self, request: &SignRequest, act: &str) -> Result<Verified, LoginError> {
        let start = self.client.begin_signing(request, "sv", now()).await?;
        let page = self.open(&start).await;
        let back = callback(&self.press(&page, &[("act", act)]).await);
        self.client.finish(&start.pending, back, now()).await
    }
}

fn people(serves: Serves) -> Vec<Holder> {
    let person = |key: &str, given_name: &str, identity| Holder {
        key: key.to_owned(),
        given_name: given_name.to_owned(),
        family_name: "Berg".to_owned(),
        group: "Exempelby".to_owned(),
        description: demo::people::Description { sv: "Ensam.".to_owned(), en: "Single.".to_owned() },
        identity,
    };
    let coordination_number = "199006622394".parse();
    match serves {
        Serves::Citizens => vec![
            person("anna", "Anna", Identity::Citizen { number: anna() }),
            person("amir", "Amir", Identity::Citizen { number: coordination_number.unwrap() }),
        ],
        Serves::Staff => vec![person(
            "siv",
            "Siv",
            Identity::Staff {
                employee: "siv.berg".to_owned(),
                organisation_number: "2120001234".to_owned(),
                roles: vec!["caseworker".to_owned()],
            },
        )],
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.find(before).unwrap_or_else(|| panic!("{before} is not in {text}")) + before.len();
    &text[start..start + text[start..].find(after).unwrap()]
}

/// What stands in the address that the browser is sent back to.
fn callback(response: &reqwest::Response) -> Callback {
    assert_eq!(response.status(), 303);
    let location = Url::parse(response.headers()["location"].to_str().unwrap()).unwrap();
    assert!(location.as_str().starts_with(REDIRECT), "{location}");
    assert!(!location.as_str().contains(&anna().digits()), "{location}");
    read(&location)
}

fn read(location: &Url) -> Callback {
    let mut callback = Callback::default();
    for (name, value) in location.query_pairs().into_owned() {
        match name.as_str() {
            "code" => callback.code = Some(value),
            "state" => callback.state = Some(value),
            "iss" => callback.iss = Some(value),
            "error" => callback.error = Some(value),
            other => panic!("{other}"),
        }
    }
    callback
}

#[tokio::test]
async fn a_citizen_logs_in() {
    let world = World::start(Serves::Citizens, None).await;
    match world.log_in(&[("person", "anna"), ("level", "high")]).await {
        Ok(Verified::Citizen(identity)) => {
            assert_eq!(identity.number(), anna());
            assert_eq!(identity.name(), Some("Anna Berg"));
            assert_eq!(identity.level(), LEVEL_HIGH);
            assert_eq!(identity.authenticated_at(), now());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_citizen_with_a_coordination_number_logs_in_and_signs() {
    let world = World::start(Serves::Citizens, None).await;
    let number = match world.log_in(&[("person", "amir")]).await {
        Ok(Verified::Citizen(identity)) => identity.number(),
        other => panic!("{other:?}"),
    };
    let request = SignRequest::new(number, b"manifest".to_vec(), TEXT.to_owned()).unwrap();
    assert!(matches!(world.sign(&request, "sign").await, Ok(Verified::Signature(_))));
}

#[tokio::test]
async fn staff_log_in() {
    let world = World::start(Serves::Staff, None).await;
    match world.log_in(&[("person", "siv")]).await {
        Ok(Verified::Staff(staff)) => {
            assert_eq!(staff.subject(), "siv.berg@2120001234");
            assert_eq!(staff.name(), "Siv Berg");
            assert_eq!(staff.level(), LEVEL_HIGH);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_citizen_signs_what_is_shown() {
    let world = World::start(Serves::Citizens, None).await;
    let start = world.client.begin_signing(&manifest(), "sv", now()).await.unwrap();
    let page = world.open(&start).await;
    assert!(page.contains(TEXT), "{page}");
    assert!(page.contains("Anna Berg, 19900602-2397"), "{page}");
    let back = callback(&world.press(&page, &[("act", "sign")]).await);
    match world.client.finish(&start.pending, back, now()).await {
        Ok(Verified::Signature(signature)) => {
            assert_eq!(signature.signer().number(), anna());
            assert_eq!(signature.certificates().len(), 2);
            assert!(signature.authentication_evidence().is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_person_can_cancel() {
    let world = World::start(Serves::Citizens, None).await;
    assert_refused("login", world.log_in(&[]).await, &LoginError::Cancelled(refusal("access_denied")));
    assert_refused(
        "signing",
        world.sign(&manifest(), "cancel").await,
        &LoginError::Cancelled(refusal("access_denied")),
    );
}

#[tokio::test]
async fn a_low_level_is_not_enough() {
    let world = World::start(Serves::Citizens, None).await;
    let result = world.log_in(&[("person", "anna"), ("level", "low")]).await;
    assert_refused("low", result, &LoginError::LevelTooLow(None));
}

#[tokio::test]
async fn nobody_else_is_shown_what_is_to_be_signed() {
    let world = World::start(Serves::Citizens, None).await;
    let request = SignRequest::new(super::broker::bo(), b"manifest".to_vec(), TEXT.to_owned()).unwrap();
    let start = world.client.begin_signing(&request, "sv", now()).await.unwrap();
    let answer = world.browser.get(start.url.clone()).send().await.unwrap();
    let result = world.client.finish(&start.pending, callback(&answer), now()).await;
    assert_refused("unknown", result, &LoginError::WrongPerson(Some(refusal("unmet_authentication_requirements"))));
}

#[tokio::test]
async fn a_login_is_answered_once() {
    let world = World::start(Serves::Citizens, None).await;
    let start = world.client.begin_login("sv", now()).await.unwrap();
    let page = world.open(&start).await;
    let back = callback(&world.press(&page, &[("person", "anna")]).await);
    assert_eq!(world.press(&page, &[("person", "anna")]).await.status(), 400);
    assert_eq!(world.browser.get(start.url.clone()).send().await.unwrap().status(), 400);
    assert!(world.client.finish(&start.pending, back.clone(), now()).await.is_ok());
    let again = world.client.finish(&start.pending, back, now()).await;
    assert_refused(
        "the code again",
        again,
        &LoginError::Refused(ProviderRefusal::new("invalid_grant", Some("the code is unknown, used or too old"))),
    );
}

#[tokio::test]
async fn faults_of_the_provider_are_told_apart() {
    let missing = LoginError::MissingClaim { claim: super::broker::NUMBER_CLAIM.to_owned() };
    for (fault, expected) in [
        (Fault::WrongNonce, LoginError::ForgedToken(TokenFault::Nonce)),
        (Fault::ForgedSignature, LoginError::ForgedToken(TokenFault::Signature)),
        (Fault::MissingClaim, missing),
        (Fault::Expired, LoginError::ForgedToken(TokenFault::Expired)),
        (Fault::Hang, silent()),
        (Fault::Broken, silent()),
    ] {
        let world = World::start(Serves::Citizens, Some(fault)).await;
        assert_refused(&format!("{fault:?}"), world.log_in(&[("person", "anna")]).await, &expected);
    }
}
