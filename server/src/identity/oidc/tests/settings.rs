//! Settings that would not be safe.

use super::broker::Broker;
use crate::identity::oidc::TrustAnchors;

#[tokio::test]
async fn people_are_sent_back_over_https_or_within_this_machine() {
    let provider = Broker::silent().await.provider();
    for (redirect_uri, is_safe) in [
        ("https://fornya.example/login/callback", true),
        ("http://exempelby.localhost:8080/login/callback", true),
        ("http://fornya.example/login/callback", false),
        ("http://localhost.fornya.example/login/callback", false),
    ] {
        let client = provider.client(redirect_uri.parse().unwrap());
        assert_eq!(client.is_ok(), is_safe, "{redirect_uri}");
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
