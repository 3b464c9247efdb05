//! User signatures that must be refused: other data, another text, another person, another authority.

use std::sync::OnceLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::broker::{Broker, MANIFEST, NUMBER_CLAIM, TEXT, anna, assert_refused, bo, manifest, now, refusal};
use super::eid::{Card, Eid, content, content_of, for_log_in_only, for_servers_only, from_last_year, person};
use super::tokens::{turned, unsigned};
use crate::identity::oidc::signature::SignatureFault;
use crate::identity::oidc::{
    LoginError, SignatureFormat, SigningSettings, TrustAnchors, Verified, VerifiedSignature, signature,
};

const CLAIM: &str = "https://id.oidc.se/claim/userSignature";

/// Signs at a provider that puts this into the claim for the user signature.
async fn sign_with(
    broker: &Broker,
    signature: Value,
    change: fn(&mut Map<String, Value>),
) -> Result<Verified, LoginError> {
    let client = broker.client();
    let pending = client.begin_signing(&manifest(), "sv", now()).await.unwrap().pending;
    let mut claims = broker.good_claims(&pending);
    claims.insert(CLAIM.to_owned(), signature);
    claims.insert("https://id.oidc.se/claim/authnEvidence".to_owned(), BASE64_STANDARD.encode("evidence").into());
    change(&mut claims);
    broker.finish_with_token(&client, &pending, &broker.key.sign(&claims)).await
}

fn encoded(signature: &str) -> Value {
    BASE64_STANDARD.encode(signature).into()
}

fn verified(result: Result<Verified, LoginError>) -> VerifiedSignature {
    match result {
        Ok(Verified::Signature(signature)) => *signature,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_signature_by_the_right_person_over_the_right_data_holds() {
    let broker = Broker::start().await;
    let card = broker.eid.card(anna());
    let jws = card.sign(&content());
    let signature = verified(sign_with(&broker, encoded(&jws), |_| {}).await);
    assert_eq!(signature.signer().number(), anna());
    assert_eq!(signature.signer().authenticated_at(), now());
    assert_eq!(signature.user_signature(), jws.as_bytes());
    assert_eq!(signature.certificates(), card.chain);
    assert_eq!(signature.authentication_evidence(), Some(&b"evidence"[..]));
    assert_eq!(signature.id_token().split('.').count(), 3);
    assert_eq!(serde_json::from_str::<Value>(signature.provider_keys()).unwrap()["keys"][0]["kid"], "key-1");
    let shown = format!("{signature:?}");
    assert!(!shown.contains("Anna") && !shown.contains(&anna().digits()), "{shown}");
}

/// What a provider gives as user signature, and why it does not hold.
type Attack = (&'static str, fn(&Broker) -> String, SignatureFault);

async fn refuse_all(attacks: &[Attack]) {
    let broker = Broker::start().await;
    for (what, sign, expected) in attacks {
        let signature = sign(&broker);
        let result = sign_with(&broker, encoded(&signature), |_| {}).await;
        assert_refused(what, result, &LoginError::BadSignature(*expected));
    }
}

/// The right person's signature with another header.
fn with_header(broker: &Broker, change: fn(&mut Header)) -> String {
    let card = broker.eid.card(anna());
    let mut header = card.header();
    change(&mut header);
    card.sign_with_header(&header, &content())
}

/// The right person's signature with other certificates.
fn with_chain(broker: &Broker, change: fn(&mut Vec<Vec<u8>>)) -> String {
    let mut card = broker.eid.card(anna());
    change(&mut card.chain);
    card.sign(&content())
}

#[tokio::test]
async fn refuses_signatures_over_something_else() {
    fn anna_signs(broker: &Broker, tbs_data: &[u8], text: &str) -> String {
        broker.eid.card(anna()).sign(&content_of(tbs_data, text))
    }
    refuse_all(&[
        ("data of another request", |b| anna_signs(b, b"{}", TEXT), SignatureFault::OtherData),
        ("no data", |b| anna_signs(b, b"", TEXT), SignatureFault::OtherData),
        ("one byte more", |b| anna_signs(b, &[MANIFEST, b" "].concat(), TEXT), SignatureFault::OtherData),
        ("another text", |b| anna_signs(b, MANIFEST, "Jag ger bort mitt hus."), SignatureFault::OtherText),
        ("no text", |b| anna_signs(b, MANIFEST, ""), SignatureFault::OtherText),
        ("a space more", |b| anna_signs(b, MANIFEST, &format!("{TEXT} ")), SignatureFault::OtherText),
        ("a text for the data", |b| anna_signs(b, TEXT.as_bytes(), TEXT), SignatureFault::OtherData),
        ("a turned bit in the content", |b| turned(&anna_signs(b, MANIFEST, TEXT), 1), SignatureFault::Wrong),
        ("a turned bit in the signature", |b| turned(&anna_signs(b, MANIFEST, TEXT), 2), SignatureFault::Wrong),
        (
            "content beside the content",
            |b| {
                let mut content = content();
                content["more"] = json!("hidden");
                b.eid.card(anna()).sign(&content)
            },
            SignatureFault::Form,
        ),
        ("no content", |b| b.eid.card(anna()).sign(&json!({})), SignatureFault::Form),
        ("no signature", |_| "signature".to_owned(), SignatureFault::Form),
    ])
    .await;
}

#[tokio::test]
async fn refuses_signatures_made_otherwise() {
    refuse_all(&[
        (
            "alg none",
            |b| {
                let mut header = serde_json::to_value(b.eid.card(anna()).header()).unwrap();
                header["alg"] = "none".into();
                unsigned(&header, content().as_object().unwrap(), b"")
            },
            SignatureFault::Form,
        ),
        (
            "HS256 with the certificate's key",
            |b| {
                let card = b.eid.card(anna());
                let mut header = card.header();
                header.alg = Algorithm::HS256;
                let secret = EncodingKey::from_secret(card.key.public_key_raw());
                jsonwebtoken::encode(&header, &content(), &secret).unwrap()
            },
            SignatureFault::Algorithm,
        ),
        (
            "something else that the card signed",
            |b| with_header(b, |h| h.typ = Some("JWT".to_owned())),
            SignatureFault::Form,
        ),
        ("no type", |b| with_header(b, |h| h.typ = None), SignatureFault::Form),
        ("a critical header", |b| with_header(b, |h| h.crit = Some(vec!["b64".to_owned()])), SignatureFault::Form),
        ("no certificates", |b| with_header(b, |h| h.x5c = None), SignatureFault::Certificate),
        (
            "an empty list of certificates",
            |b| with_header(b, |h| h.x5c = Some(Vec::new())),
            SignatureFault::Certificate,
        ),
        (
            "certificates that are not base64",
            |b| with_header(b, |h| h.x5c = Some(vec!["ÅÄÖ".to_owned()])),
            SignatureFault::Certificate,
        ),
        (
            "a certificate that is none",
            |b| with_chain(b, |c| c[0] = b"certificate".to_vec()),
            SignatureFault::Certificate,
        ),
        ("a load of certificates", |b| with_chain(b, |c| *c = vec![c[0].clone(); 6]), SignatureFault::Certificate),
    ])
    .await;
}

#[tokio::test]
async fn refuses_certificates_that_are_not_to_be_trusted() {
    refuse_all(&[
        ("another person's card", |b| b.eid.card(bo()).sign(&content()), SignatureFault::OtherPerson),
        (
            "a foreign authority of the same name",
            |_| Eid::new("Root").card(anna()).sign(&content()),
            SignatureFault::Untrusted,
        ),
        (
            "a certificate made by oneself",
            |_| {
                let key = rcgen::KeyPair::generate().unwrap();
                let der = person(&anna().digits()).self_signed(&key).unwrap().der().to_vec();
                Card { key, chain: vec![der] }.sign(&content())
            },
            SignatureFault::Untrusted,
        ),
        (
            "a certificate made with another's card",
            |b| b.eid.card(bo()).issue(anna()).sign(&content()),
            SignatureFault::Untrusted,
        ),
        ("no issuer beside the certificate", |b| with_chain(b, |c| c.truncate(1)), SignatureFault::Untrusted),
        ("the issuer alone", |b| with_chain(b, |c| drop(c.remove(0))), SignatureFault::Untrusted),
        (
            "another's certificate beside one's own key",
            |b| {
                let mut card = b.eid.card(bo());
                card.chain = b.eid.card(anna()).chain;
                card.sign(&content())
            },
            SignatureFault::Wrong,
        ),
        (
            "an expired certificate",
            |b| b.eid.card_of(&from_last_year(&anna().digits())).sign(&content()),
            SignatureFault::Untrusted,
        ),
        (
            "a certificate for logging in",
            |b| b.eid.card_of(&for_log_in_only(&anna().digits())).sign(&content()),
            SignatureFault::NotForSigning,
        ),
        (
            "a certificate for servers",
            |b| b.eid.card_of(&for_servers_only(&anna().digits())).sign(&content()),
            SignatureFault::Untrusted,
        ),
        (
            "a certificate without a number",
            |b| b.eid.card_of(&person("Anna")).sign(&content()),
            SignatureFault::Certificate,
        ),
    ])
    .await;
}

#[tokio::test]
async fn refuses_another_signer_than_the_one_who_was_asked() {
    let broker = Broker::start().await;
    let of_anna = encoded(&broker.eid.card(anna()).sign(&content()));
    let result =
        sign_with(&broker, of_anna.clone(), |c| drop(c.insert(NUMBER_CLAIM.to_owned(), bo().digits().into()))).await;
    assert_refused("bo logged in, anna's signature", result, &LoginError::WrongPerson(None));
    let result = sign_with(&broker, of_anna, |c| drop(c.remove(NUMBER_CLAIM))).await;
    assert_refused("nobody", result, &LoginError::MissingClaim { claim: NUMBER_CLAIM.to_owned() });
}

#[tokio::test]
async fn a_signing_without_a_signature_is_none() {
    let broker = Broker::start().await;
    let missing = LoginError::MissingClaim { claim: CLAIM.to_owned() };
    let malformed = LoginError::MalformedClaim { claim: CLAIM.to_owned() };
    for (what, signature, expected) in [
        ("null", Value::Null, &missing),
        ("empty", json!(""), &malformed),
        ("not base64", json!("ÅÄÖ"), &malformed),
        ("an object", json!({ "jws": "x" }), &malformed),
    ] {
        assert_refused(what, sign_with(&broker, signature, |_| {}).await, expected);
    }
}

#[tokio::test]
async fn a_signature_does_not_log_anyone_in_and_a_login_signs_nothing() {
    let broker = Broker::start().await;
    let client = broker.client();
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    let mut claims = broker.good_claims(&pending);
    claims.insert(CLAIM.to_owned(), encoded(&broker.eid.card(anna()).sign(&content())));
    let result = broker.finish_with_token(&client, &pending, &broker.key.sign(&claims)).await;
    assert!(matches!(result, Ok(Verified::Citizen(_))), "{result:?}");

    let pending = client.begin_signing(&manifest(), "sv", now()).await.unwrap().pending;
    let result = broker.finish_with_token(&client, &pending, &broker.key.sign(&broker.good_claims(&pending))).await;
    assert_refused("a login", result, &LoginError::MissingClaim { claim: CLAIM.to_owned() });
}

#[tokio::test]
async fn a_provider_says_that_it_was_another_person() {
    let broker = Broker::start().await;
    let client = broker.client();
    let pending = client.begin_signing(&manifest(), "sv", now()).await.unwrap().pending;
    let mut callback = broker.callback(&pending);
    callback.error = Some("unmet_authentication_requirements".to_owned());
    assert_refused(
        "refused",
        client.finish(&pending, callback, now()).await,
        &LoginError::WrongPerson(Some(refusal("unmet_authentication_requirements"))),
    );
}

proptest! {
    #[test]
    fn no_changed_character_of_a_user_signature_goes_unseen(place in any::<Index>(), letter in "[A-Za-z0-9_.-]") {
        let eid = EID.get_or_init(|| Eid::new("Root"));
        let jws = JWS.get_or_init(|| eid.card(anna()).sign(&content()));
        let signing = SigningSettings {
            format: SignatureFormat::JwsX5c,
            trust_anchors: TrustAnchors::from_pem(&eid.root_pem()).unwrap(),
        };
        let expected = manifest().expected();
        let place = place.index(jws.len());
        let mut changed = jws.clone();
        changed.replace_range(place..=place, &letter);
        let holds = signature::verify(&signing, changed.as_bytes(), &expected, now()).is_ok();
        prop_assert_eq!(holds, changed == *jws);
    }
}

static EID: OnceLock<Eid> = OnceLock::new();
static JWS: OnceLock<String> = OnceLock::new();
