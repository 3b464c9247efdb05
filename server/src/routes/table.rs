//! The one table of addresses: each with its method, its class, its guard and its handler.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::handler::Handler;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, any, get, on};
use axum::{Extension, Router};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::gate::Class;
use crate::http::Problem;
use crate::http::entry::{Entry, enter};
use crate::http::upload::{FORM_MAX, FORM_TIME, receive};
use crate::service::Service;
use crate::session::Kind;
use crate::session::guard::{Guard, enforce, look};

/// Collects addresses. One that is not added here does not exist, and one cannot be added without saying who may come, and as what it counts.
pub(super) struct Table {
    service: Arc<Service>,
    router: Router<Arc<Service>>,
    listed: Vec<(Class, String)>,
}

impl Table {
    pub(super) fn new(service: Arc<Service>) -> Self {
        Self { service, router: Router::new(), listed: Vec::new() }
    }

    /// A page: changes nothing.
    #[must_use]
    pub(super) fn get<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.get_as(Class::View, guard, path, handler)
    }

    /// What is read and counts as something else than a page.
    #[must_use]
    pub(super) fn get_as<H, T>(self, class: Class, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add(class, ("GET", MethodFilter::GET), guard, path, handler)
    }

    /// A form is saved, or something is done that costs no more.
    #[must_use]
    pub(super) fn post<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.post_as(Class::Save, guard, path, handler)
    }

    /// An act with a budget of its own.
    #[must_use]
    pub(super) fn post_as<H, T>(self, class: Class, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add(class, ("POST", MethodFilter::POST), guard, path, handler)
    }

    /// A form is saved that may bring files.
    #[must_use]
    pub(super) fn post_files<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add(Class::Upload, ("POST", MethodFilter::POST), guard, path, handler)
    }

    /// What a page asks now and then while it is open: one cheap question by an [`Asker`](crate::session::asker::Asker), whose statement
    /// looks at the session too.
    #[must_use]
    pub(super) fn poll<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        let handler = get(handler).layer(Extension(guard));
        self.put(Class::Fetch, "GET", guard, path, handler)
    }

    fn add<H, T>(
        self,
        class: Class,
        (method, filter): (&str, MethodFilter),
        guard: Guard,
        path: &str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        let guarded = from_fn_with_state((Arc::clone(&self.service), guard), enforce);
        let mut handler = on(filter, handler).layer(guarded);
        if class == Class::Upload {
            let received = from_fn_with_state(Arc::clone(&self.service), receive);
            handler = handler.layer(received).layer(from_fn_with_state((Arc::clone(&self.service), guard), look));
        }
        self.put(class, method, guard, path, handler)
    }

    /// Every address passes here: it is entered by its class, and listed.
    fn put(
        mut self,
        class: Class,
        method: &str,
        guard: Guard,
        path: &str,
        handler: MethodRouter<Arc<Service>>,
    ) -> Self {
        let entered = from_fn_with_state(self.entry(class, guard), enter);
        let (size, time) = self.bounds(class);
        self.router =
            self.router.route(path, handler.layer::<_, Infallible>(entered).layer::<_, Infallible>(size).layer(time));
        self.listed.push((class, format!("{:<11} {method:<4} {path}", guard.name())));
        self
    }

    /// How large a request of a class may be, and how long it may take.
    fn bounds(&self, class: Class) -> (RequestBodyLimitLayer, TimeoutLayer) {
        let http = &self.service.settings.http;
        let (most, longest) = if class == Class::Upload {
            (FORM_MAX, FORM_TIME)
        } else {
            let longest = Duration::from_secs(http.request_timeout_seconds.get().into());
            (http.body_limit_bytes.get() as usize, longest)
        };
        (RequestBodyLimitLayer::new(most), TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest))
    }

    fn entry(&self, class: Class, guard: Guard) -> Entry {
        Entry { service: Arc::clone(&self.service), class, cookie: guard.kind().map(Kind::cookie_name) }
    }

    /// The addresses, one a line: guard, method, path.
    #[cfg(test)]
    pub(super) fn listing(&self) -> String {
        Self::sorted(self.listed.iter().map(|(_, line)| line.clone()))
    }

    /// The classes, one a line with method and path, but those of pages and saved forms.
    #[cfg(test)]
    pub(super) fn classes(&self) -> String {
        let special = self.listed.iter().filter(|(class, _)| !matches!(class, Class::View | Class::Save));
        Self::sorted(special.map(|(class, line)| format!("{:<8} {}", class.name(), line[11..].trim())))
    }

    #[cfg(test)]
    fn sorted(lines: impl Iterator<Item = String>) -> String {
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines.join("\n") + "\n"
    }

    pub(super) fn into_router(self) -> Router {
        let entered = from_fn_with_state(self.entry(Class::View, Guard::Open), enter);
        let (size, time) = self.bounds(Class::View);
        let lost = any(|| async { Problem::NotFound })
            .layer::<_, Infallible>(entered)
            .layer::<_, Infallible>(size)
            .layer(time);
        self.router.with_state(self.service).fallback_service(lost)
    }
}
