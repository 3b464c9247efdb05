//! The one table of addresses: each with its method, its guard and its handler.

use std::sync::Arc;

use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, get, on};
use axum::{Extension, Router};
use tower::ServiceBuilder;

use crate::service::Service;
use crate::session::guard::{Guard, enforce};

/// Collects addresses. One that is not added here does not exist, and one cannot be added without saying who may come.
pub(super) struct Table {
    service: Arc<Service>,
    router: Router<Arc<Service>>,
    listed: Vec<String>,
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
        self.add("GET", MethodFilter::GET, guard, path, handler)
    }

    #[must_use]
    pub(super) fn post<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add("POST", MethodFilter::POST, guard, path, handler)
    }

    /// What a page asks now and then while it is open: one cheap question by an [`Asker`](crate::session::asker::Asker), whose statement
    /// looks at the session too.
    #[must_use]
    pub(super) fn poll<H, T>(mut self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        let open = from_fn_with_state((Arc::clone(&self.service), Guard::Open), enforce);
        let layers = ServiceBuilder::new().layer(Extension(guard)).layer(open);
        self.router = self.router.route(path, get(handler).layer(layers));
        self.listed.push(format!("{:<11} GET  {path}", guard.name()));
        self
    }

    fn add<H, T>(mut self, method: &str, filter: MethodFilter, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        let guarded = from_fn_with_state((Arc::clone(&self.service), guard), enforce);
        self.router = self.router.route(path, on(filter, handler).layer(guarded));
        self.listed.push(format!("{:<11} {method:<4} {path}", guard.name()));
        self
    }

    /// The addresses, one a line: guard, method, path.
    #[cfg(test)]
    pub(super) fn listing(&self) -> String {
        let mut lines = self.listed.clone();
        lines.sort();
        lines.join("\n") + "\n"
    }

    pub(super) fn into_router(self) -> Router {
        self.router.with_state(self.service)
    }
}
