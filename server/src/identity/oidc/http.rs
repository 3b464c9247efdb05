//! Calls to a provider: no redirects, no proxy, a time limit, a size limit, and https.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::http::header::{ACCEPT, CONTENT_TYPE};
use openidconnect::http::{Method, StatusCode};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use url::Url;

use super::error::{DiscoveryFault, LoginError, Silence};
use super::settings::{ProviderSettings, ProviderSettingsError, is_secure};

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// No answer of a provider is near this size.
const MAX_ANSWER: usize = 1 << 20;

/// Why a call gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// The address is not https.
    #[error("the address is not https")]
    Insecure,
    /// The request could not be made into one.
    #[error("the request could not be made")]
    Request(#[from] openidconnect::http::Error),
    /// No connection, or no whole answer in time.
    #[error("no answer")]
    NoAnswer(#[source] reqwest::Error),
    /// The provider says that it is out of order (5xx) or has too much to do (429).
    #[error("out of order")]
    OutOfOrder(StatusCode),
    /// The answer is larger than any should be.
    #[error("the answer is too large")]
    TooLarge,
}

/// What a call that gave no answer means for whoever needs it, and for whoever needs the same a moment later.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    Silent(Silence),
    Unsuitable(DiscoveryFault),
    Unreadable(&'static str),
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::NoAnswer(source) => Self::Silent(Silence::NoAnswer(Arc::new(source))),
            HttpError::OutOfOrder(status) => Self::Silent(Silence::Status(status)),
            HttpError::Insecure => Self::Unsuitable(DiscoveryFault::Insecure),
            HttpError::Request(_) => Self::Unreadable("address"),
            HttpError::TooLarge => Self::Unreadable("answer (it is too large)"),
        }
    }
}

impl From<Failure> for LoginError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Silent(silence) => Self::Unreachable(silence),
            Failure::Unsuitable(fault) => Self::Unsuitable(fault),
            Failure::Unreadable(what) => Self::Answer(what),
        }
    }
}

impl From<HttpError> for LoginError {
    fn from(error: HttpError) -> Self {
        Failure::from(error).into()
    }
}

/// The client for one provider.
#[derive(Debug, Clone)]
pub(super) struct Http {
    client: reqwest::Client,
    allow_loopback_http: bool,
}

impl Http {
    pub(super) fn new(settings: &ProviderSettings) -> Result<Self, ProviderSettingsError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT.min(settings.timeout))
            .timeout(settings.timeout)
            .build()
            .map_err(ProviderSettingsError::Http)?;
        Ok(Self { client, allow_loopback_http: settings.allow_loopback_http })
    }

    /// Posts a form and gives the answer whatever its status.
    pub(super) async fn post_form(&self, url: &Url, form: &[(&str, &str)]) -> Result<HttpResponse, HttpError> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = openidconnect::http::Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body.into_bytes())?;
        self.send(request).await
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        // Addresses come from the provider's own document, so each is judged when it is used.
        let request = reqwest::Request::try_from(request).map_err(without_address)?;
        if !is_secure(request.url(), self.allow_loopback_http) {
            return Err(HttpError::Insecure);
        }
        let mut answer = self.client.execute(request).await.map_err(without_address)?;
        if answer.status().is_server_error() || answer.status() == StatusCode::TOO_MANY_REQUESTS {
            return Err(HttpError::OutOfOrder(answer.status()));
        }
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            response = response.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(without_address)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.body(body)?)
    }
}

fn without_address(error: reqwest::Error) -> HttpError {
    HttpError::NoAnswer(error.without_url())
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
