//! One request by one actor: what every handler gets.

use std::ops::Deref;
use std::sync::Arc;

use app::document::Page;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::pages;
use super::problem::Problem;
use super::site::Site;
use crate::db::{DbError, TenantTx};
use crate::login::policy::{Admin, Behind, Caseworker, Citizen, Visitor};
use crate::service::Service;

/// A request by `A`, at a municipality's site. A handler that asks for `Visit<Citizen>` runs only behind the guard that makes citizens.
#[derive(Clone)]
pub struct Visit<A> {
    /// The service.
    pub service: Arc<Service>,
    /// Where, in which language.
    pub site: Site,
    /// Who.
    pub actor: A,
}

impl<A: Behind> Visit<A> {
    /// Begins a transaction as this actor, at this municipality, now.
    pub async fn tx(&self) -> Result<TenantTx, DbError> {
        let at = self.service.clock.business();
        TenantTx::begin(&self.service.db, self.site.municipality.id, self.actor.actor(), at).await
    }

    /// Today, to the business.
    pub fn today(&self) -> Date {
        self.service.clock.today()
    }

    /// An instant as people here read it.
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.service.clock.local(at).datetime()
    }

    /// A whole page.
    pub async fn page(&self, page: Page) -> Response {
        pages::html(pages::frame(&self.service, &self.site, self.actor.viewer()), page).await
    }
}

/// Reads for one actor in one request: each role answers its port by it.
pub struct Reader<A>(Visit<A>);

impl<A: Clone> Reader<A> {
    /// The reader of this request.
    pub fn new(visit: &Visit<A>) -> Self {
        Self(visit.clone())
    }
}

impl<A> Deref for Reader<A> {
    type Target = Visit<A>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FromRequestParts<Arc<Service>> for Visit<Visitor> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Self::Rejection> {
        let site = Site::from_request_parts(parts, service).await?;
        Ok(Self { service: Arc::clone(service), site, actor: Visitor })
    }
}

macro_rules! visits {
    ($($actor:ty),*) => {$(
        impl FromRequestParts<Arc<Service>> for Visit<$actor> {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Self::Rejection> {
                let site = Site::from_request_parts(parts, service).await?;
                let missing = || Problem::broken("the address has no guard that makes this actor");
                let actor = parts.extensions.get::<$actor>().cloned().ok_or_else(missing)?;
                Ok(Self { service: Arc::clone(service), site, actor })
            }
        }
    )*};
}

visits!(Citizen, Caseworker, Admin);

/// 303: the act is done, look there. A reload repeats nothing.
pub fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}
