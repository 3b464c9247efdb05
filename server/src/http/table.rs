//! The one table of addresses: each with its method, its guard and its handler.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};

use super::guard::{Guard, enforce};
use crate::service::Service;

/// Collects addresses. One that is not added here does not exist, and one cannot be added without saying who may come.
pub struct Table {
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
    pub fn get<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add("GET", MethodFilter::GET, guard, path, handler)
    }

    /// An act.
    #[must_use]
    pub fn post<H, T>(self, guard: Guard, path: &str, handler: H) -> Self
    where
        H: Handler<T, Arc<Service>>,
        T: 'static,
    {
        self.add("POST", MethodFilter::POST, guard, path, handler)
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
    pub fn listing(&self) -> String {
        let mut lines = self.listed.clone();
        lines.sort();
        lines.join("\n") + "\n"
    }

    pub(super) fn into_router(self) -> Router {
        self.router.with_state(self.service)
    }
}
