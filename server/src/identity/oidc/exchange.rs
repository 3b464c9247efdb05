//! The code for tokens.

use jiff::Timestamp;
use openidconnect::core::{CoreClient, CoreTokenResponse};
use openidconnect::{AuthorizationCode, ClientId, PkceCodeVerifier, RedirectUrl, RequestTokenError};
use serde::Deserialize;
use url::Url;

use super::discovery::Known;
use super::error::{DiscoveryFault, LoginError, TokenFault};
use super::http::Http;
use super::pending::PendingLogin;
use super::refusal::ProviderRefusal;
use super::request::{ASSERTION_TYPE, client_assertion};
use super::settings::ProviderSettings;

/// Gives the code to the provider, with the proof that it was we who began, and gets the tokens.
pub(super) async fn exchange(
    settings: &ProviderSettings,
    redirect_uri: &Url,
    known: &Known,
    http: &Http,
    pending: &PendingLogin,
    code: String,
    now: Timestamp,
) -> Result<CoreTokenResponse, LoginError> {
    let client_id = ClientId::new(settings.client_id.as_str().to_owned());
    let client = CoreClient::from_provider_metadata(known.metadata.clone(), client_id, None)
        .set_redirect_uri(RedirectUrl::from_url(redirect_uri.clone()));
    client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|_| LoginError::Unsuitable(DiscoveryFault::NoTokenEndpoint))?
        .set_pkce_verifier(PkceCodeVerifier::new(pending.code_verifier.clone()))
        .add_extra_param("client_assertion_type", ASSERTION_TYPE)
        .add_extra_param("client_assertion", client_assertion(settings, now)?)
        .request_async(http)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => error.into(),
            RequestTokenError::ServerResponse(answer) => {
                let description = answer.error_description().map(String::as_str);
                LoginError::Refused(ProviderRefusal::new(answer.error().as_ref(), description))
            }
            RequestTokenError::Parse(_, body) => unreadable(&body),
            RequestTokenError::Other(_) => LoginError::Answer("token answer"),
        })
}

/// A token answer is read together with the ID token in it: says which of the two it was that could not be read.
fn unreadable(body: &[u8]) -> LoginError {
    #[derive(Deserialize)]
    struct Tokens {
        #[serde(rename = "access_token")]
        _access_token: String,
        #[serde(rename = "token_type")]
        _token_type: String,
        #[serde(rename = "id_token")]
        _id_token: String,
    }
    match serde_json::from_slice::<Tokens>(body) {
        Ok(_) => LoginError::ForgedToken(TokenFault::Malformed),
        Err(_) => LoginError::Answer("token answer"),
    }
}
