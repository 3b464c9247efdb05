//! Settings that could never work or would not be safe.

use jiff::SignedDuration;

use super::broker::Broker;
use crate::identity::oidc::{ClaimNames, Provider, ProviderSettings, StaffClaims, TrustAnchors};

#[tokio::test]
async fn refuses_by_name() {
    type Change = fn(&mut ProviderSettings);
    let secure = "must be https (plain http is for a loopback address, and only where that is allowed)";
    let form = "is empty, no address, or an address with a query or a fragment";
    let cases: Vec<(Change, String)> = vec![
        (|s| s.issuer = "op.example".to_owned(), format!("issuer {form}")),
        (|s| s.issuer = "http://op.example".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "http://127.0.0.1.op.example".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "http://evil-localhost".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "http://localhost.op.example".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "http://10.0.0.1".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "ftp://localhost".to_owned(), format!("issuer {secure}")),
        (|s| s.issuer = "https://op.example?x=1".to_owned(), format!("issuer {form}")),
        (|s| s.allow_loopback_http = false, format!("issuer {secure}")),
        (|s| s.client_id.clear(), format!("client_id {form}")),
        (|s| s.accepted_levels.clear(), format!("accepted_levels {form}")),
        (|s| s.accepted_levels.push(String::new()), format!("accepted_levels {form}")),
        (
            |s| s.clock_leeway = SignedDuration::from_secs(301),
            "the clock leeway must be from 0 to 5 minutes".to_owned(),
        ),
        (|s| s.clock_leeway = SignedDuration::from_secs(-1), "the clock leeway must be from 0 to 5 minutes".to_owned()),
        (
            |s| s.claims = ClaimNames::Staff(StaffClaims::swedish_profile()),
            "signing is set for a provider of staff".to_owned(),
        ),
    ];
    let broker = Broker::silent().await;
    for (change, expected) in cases {
        let mut settings = broker.settings();
        change(&mut settings);
        assert_eq!(Provider::new(settings).unwrap_err().to_string(), expected);
    }
    let provider = broker.provider();
    for (redirect_uri, expected) in [("http://fornya.example", secure), ("https://fornya.example#x", form)] {
        let refused = provider.client(redirect_uri.parse().unwrap()).unwrap_err();
        assert_eq!(refused.to_string(), format!("redirect_uri {expected}"));
    }
}

#[tokio::test]
async fn loopback_may_be_named_in_each_way() {
    let broker = Broker::silent().await;
    for issuer in [
        "http://127.0.0.1:8090",
        "http://[::1]:8090",
        "http://localhost:8090",
        "http://exempelby.localhost/eid",
        "https://op.example",
    ] {
        assert!(Provider::new(ProviderSettings { issuer: issuer.to_owned(), ..broker.settings() }).is_ok(), "{issuer}");
    }
}

#[test]
fn trust_anchors_are_all_read_or_none() {
    let root = super::eid::Eid::new("Root").root_pem();
    assert!(TrustAnchors::from_pem(&root).is_some());
    assert!(TrustAnchors::from_pem(&format!("{root}{root}")).is_some());
    assert!(TrustAnchors::from_pem("").is_none());
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(TrustAnchors::from_pem(&format!("{root}{broken}")).is_none());
}
