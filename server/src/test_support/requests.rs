//! Requests as they come from a browser, through the whole router, guards and all.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, REFRESH, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use tower::ServiceExt as _;

use super::Towns;
use crate::routes::router;

/// Where a browser goes on to by itself: at once by a redirect, or by way of a page.
fn leads_to(headers: &HeaderMap) -> Option<&str> {
    let header = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap());
    header(LOCATION).or_else(|| header(REFRESH)?.strip_prefix("0;url="))
}

/// What the service answered.
pub(crate) struct Answered {
    pub status: StatusCode,
    /// Where it leads on to.
    pub location: Option<String>,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answered {
    /// Where it leads on to, which must be somewhere.
    pub(crate) fn led_to(&self) -> &str {
        self.location.as_deref().unwrap_or_else(|| panic!("{}: {}", self.status, self.body))
    }

    /// The cookie of this name that the browser is to keep, as a `Cookie` header.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        set.filter_map(|set| set.split(';').next()).find(|set| set.split('=').next() == Some(name)).map(str::to_owned)
    }

    /// The number of this name in an answer of JSON.
    pub(crate) fn number(&self, name: &str) -> i64 {
        serde_json::from_str::<serde_json::Value>(&self.body).unwrap()[name].as_i64().unwrap()
    }
}

impl Towns {
    /// What the home town answers to whoever has this cookie.
    pub(crate) async fn look(&self, cookie: &str, path: &str) -> Answered {
        self.get(&self.home.host, cookie, path).await
    }

    /// A page of the home town as it is read: with an ordinary space wherever no line may break, and without what marks its pieces.
    pub(crate) async fn page(&self, cookie: &str, path: &str) -> String {
        let answered = self.look(cookie, path).await;
        assert_eq!(answered.status, StatusCode::OK, "{path}: {}", answered.body);
        answered.body.replace('\u{a0}', " ").replace("<!>", "")
    }

    /// What the home town answers to a form of whoever has this cookie.
    pub(crate) async fn send(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.post(&self.home.host, cookie, path, fields).await
    }

    pub(crate) async fn get(&self, host: &str, cookie: &str, path: &str) -> Answered {
        self.request(Method::GET, host, cookie, path, String::new()).await
    }

    pub(crate) async fn post(&self, host: &str, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.request(Method::POST, host, cookie, path, form).await
    }

    /// Posts a form that brings files, each with its field and name, as a browser does.
    pub(crate) async fn send_files(
        &self,
        cookie: &str,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answered {
        const END: &str = "----ofaform";
        let head = |name: &str, rest: &str| {
            format!("--{END}\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n").into_bytes()
        };
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend([&*head(name, ""), value.as_bytes(), b"\r\n"].concat());
        }
        for (field, name, bytes) in files {
            let rest = format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream");
            body.extend([&*head(field, &rest), bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{END}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={END}");
        self.request_of(Method::POST, &self.home.host, cookie, path, &kind, Body::from(body)).await
    }

    /// Opens the form at a path, fills it in and posts it, as a caseworker does.
    pub(crate) async fn fill(&self, host: &str, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let shown = hidden(&self.get(host, cookie, path).await.body);
        let mut all: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
        all.extend(fields);
        self.post(host, cookie, path, &all).await
    }

    /// What a page is answered with, byte for byte, to a request with one more header.
    pub(crate) async fn raw(
        &self,
        host: &str,
        cookie: &str,
        path: &str,
        asks: Option<(HeaderName, &str)>,
    ) -> (HeaderMap, Vec<u8>) {
        let mut request = Request::builder().uri(path).header(HOST, host).header(COOKIE, cookie);
        if let Some((name, value)) = asks {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let (head, body) = router(&self.service).oneshot(request).await.unwrap().into_parts();
        (head.headers, to_bytes(body, 4 << 20).await.unwrap().to_vec())
    }

    async fn request(&self, method: Method, host: &str, cookie: &str, path: &str, body: String) -> Answered {
        let kind = "application/x-www-form-urlencoded";
        self.request_of(method, host, cookie, path, kind, Body::from(body)).await
    }

    async fn request_of(
        &self,
        method: Method,
        host: &str,
        cookie: &str,
        path: &str,
        kind: &str,
        body: Body,
    ) -> Answered {
        let request = Request::builder().method(method).uri(path).header(HOST, host).header(COOKIE, cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        let mut request = request.header(CONTENT_TYPE, kind).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let response = router(&self.service).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 4 << 20).await.unwrap();
        Answered {
            status: head.status,
            location: leads_to(&head.headers).map(str::to_owned),
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

/// The hidden fields of the form of a decision: which revision and which sum it shows.
pub(crate) fn hidden(page: &str) -> [(&'static str, String); 2] {
    ["revision", "seen"].map(|name| {
        let value = page.split_once(&format!("name=\"{name}\" value=\"")).and_then(|(_, rest)| rest.split_once('"'));
        (name, value.map(|(value, _)| value.to_owned()).unwrap_or_default())
    })
}
