//! What the browser may come back with.

use super::broker::{Broker, TOKEN, assert_refused, client, later, now, refusal, silent};
use crate::identity::oidc::{Callback, LoginError, ProviderSettings};

#[tokio::test]
async fn refuses_answers_that_are_not_for_this_login() {
    type Change = fn(&mut Callback);
    let refused = |code: &str| LoginError::Refused(refusal(code));
    let attacks: Vec<(&str, Change, LoginError)> = vec![
        ("no state", |c| c.state = None, LoginError::UnknownState),
        ("another state", |c| c.state = Some("af0ifjsldkj".to_owned()), LoginError::UnknownState),
        ("an empty state", |c| c.state = Some(String::new()), LoginError::UnknownState),
        ("no issuer", |c| c.iss = None, LoginError::WrongProvider),
        ("another issuer", |c| c.iss = Some("https://evil.example".to_owned()), LoginError::WrongProvider),
        ("the issuer with a slash", |c| c.iss = c.iss.take().map(|iss| iss + "/"), LoginError::WrongProvider),
        ("no code", |c| c.code = None, LoginError::EmptyCallback),
        ("an empty code", |c| c.code = Some(String::new()), LoginError::EmptyCallback),
        ("cancelled", |c| c.error = Some("access_denied".to_owned()), LoginError::Cancelled(refusal("access_denied"))),
        (
            "cancelled by someone else's link",
            |c| {
                c.error = Some("access_denied".to_owned());
                c.state = None;
            },
            LoginError::UnknownState,
        ),
        (
            "an error from another provider",
            |c| {
                c.error = Some("access_denied".to_owned());
                c.iss = Some("https://evil.example".to_owned());
            },
            LoginError::WrongProvider,
        ),
        ("out of order", |c| c.error = Some("temporarily_unavailable".to_owned()), silent()),
        ("failed", |c| c.error = Some("server_error".to_owned()), silent()),
        (
            "not good enough",
            |c| c.error = Some("unmet_authentication_requirements".to_owned()),
            LoginError::LevelTooLow(Some(refusal("unmet_authentication_requirements"))),
        ),
        ("refused", |c| c.error = Some("invalid_request".to_owned()), refused("invalid_request")),
        ("an error that is not one", |c| c.error = Some("<b>199006022397".to_owned()), refused("unknown")),
        ("a word of somebody's own", |c| c.error = Some("petra_nilsson".to_owned()), refused("unknown")),
        ("an empty error", |c| c.error = Some(String::new()), refused("unknown")),
    ];
    let broker = Broker::start().await;
    let client = broker.client();
    for (what, change, expected) in attacks {
        let pending = client.begin_login("sv", now()).await.unwrap().pending;
        let mut callback = broker.callback(&pending);
        change(&mut callback);
        assert_refused(what, client.finish(&pending, callback, now()).await, &expected);
    }
    assert_eq!(broker.calls(TOKEN).await, 0, "nothing that was refused may reach the token endpoint");
}

#[tokio::test]
async fn comes_back_in_time_or_not_at_all() {
    let broker = Broker::start().await;
    let client = broker.client();
    let pending = client.begin_login("sv", now()).await.unwrap().pending;
    let result = client.finish(&pending, broker.callback(&pending), later(20 * 60)).await;
    assert_refused("after 20 minutes", result, &LoginError::Expired);
    let mut cancelled = broker.callback(&pending);
    cancelled.error = Some("access_denied".to_owned());
    let result = client.finish(&pending, cancelled, later(20 * 60 - 1)).await;
    assert_refused("just before", result, &LoginError::Cancelled(refusal("access_denied")));
}

#[tokio::test]
async fn a_login_begun_at_one_provider_is_not_ended_at_another() {
    let [asked, evil] = [Broker::start().await, Broker::start().await];
    let pending = asked.client().begin_login("sv", now()).await.unwrap().pending;
    let result = evil.client().finish(&pending, evil.callback(&pending), now()).await;
    assert_refused("mixed up", result, &LoginError::WrongProvider);
    assert_eq!(evil.calls(TOKEN).await, 0, "the code must not reach the other provider");
}

#[tokio::test]
async fn a_login_begun_in_one_municipality_is_not_ended_in_another() {
    let broker = Broker::start().await;
    let neighbour = ProviderSettings { client_id: "https://grannby.example".parse().unwrap(), ..broker.settings() };
    let neighbour = client(neighbour);
    let pending = broker.client().begin_login("sv", now()).await.unwrap().pending;
    let result = neighbour.finish(&pending, broker.callback(&pending), now()).await;
    assert_refused("another municipality", result, &LoginError::WrongProvider);
    assert_eq!(broker.calls(TOKEN).await, 0);
}

#[tokio::test]
async fn a_provider_without_rfc_9207_need_not_name_itself_but_must_not_name_another() {
    let broker = Broker::start().await;
    let mut metadata = broker.metadata();
    metadata.as_object_mut().unwrap().remove("authorization_response_iss_parameter_supported");
    broker.describes_itself(metadata);
    let client = broker.client();
    let finish = async |iss: Option<&str>| {
        let pending = client.begin_login("sv", now()).await.unwrap().pending;
        let callback = Callback {
            iss: iss.map(str::to_owned),
            error: Some("access_denied".to_owned()),
            ..broker.callback(&pending)
        };
        client.finish(&pending, callback, now()).await
    };
    assert_refused("silent", finish(None).await, &LoginError::Cancelled(refusal("access_denied")));
    assert_refused("lying", finish(Some("https://evil.example")).await, &LoginError::WrongProvider);
}
