//! What every handler gets: where the request came to and, behind a guard, who came and the one transaction of the request.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use app::document::{Page, SessionEnd, Viewer};
use app::sent_on::{self, SentTo};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, REFRESH};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use url::Url;
use uuid::Uuid;

use super::pages;
use super::problem::Problem;
use super::site::Site;
use crate::db::{Actor, DbError, TenantTx};
use crate::service::Service;

/// What a handler answers.
pub(crate) type Reply = Result<Response, Problem>;

/// Where a request came to: the service, and whose site in which language.
#[derive(Clone)]
pub(crate) struct Here {
    pub service: Arc<Service>,
    /// Whose site, in which language.
    pub site: Site,
}

impl Here {
    /// Begins a transaction at this municipality, now.
    pub(crate) async fn begin(&self, actor: Actor) -> Result<TenantTx, DbError> {
        TenantTx::begin(&self.service.db, self.site.municipality.id, actor, self.service.clock.business()).await
    }

    /// Today, to the business.
    pub(crate) fn today(&self) -> Date {
        self.service.clock.today()
    }

    /// An instant as people here read it.
    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        self.service.clock.local(at).datetime()
    }

    /// How many seconds are left until an instant of real time.
    pub(crate) fn seconds_until(&self, end: Timestamp) -> u32 {
        u32::try_from(end.duration_since(self.service.clock.real()).as_secs()).unwrap_or_default()
    }

    /// A whole page for somebody who is not logged in.
    pub(crate) async fn page(&self, page: Page) -> Response {
        pages::html(pages::frame(&self.service, &self.site, Viewer::Anonymous, None), page).await
    }

    /// The page from which the browser goes on to an identity provider, by itself and by a link. `back` is the page of ours that leads here,
    /// for whoever chooses another language meanwhile.
    pub(crate) async fn send_on(&self, viewer: Viewer, back: &str, to: SentTo, address: &Url) -> Reply {
        let mut frame = pages::frame(&self.service, &self.site, viewer, None);
        back.clone_into(&mut frame.path);
        let mut page = pages::html(frame, sent_on::page(to, address.to_string())).await;
        page.headers_mut().insert(REFRESH, HeaderValue::try_from(format!("0;url={address}"))?);
        Ok(page)
    }
}

/// Whoever may stand behind a request that a guard has let through.
pub(crate) trait Principal: Send + 'static {
    /// How the page's header names them.
    fn viewer(&self) -> Viewer;

    /// Who it is among all who are known, in letters that say nothing.
    fn id(&self) -> Uuid;

    /// The address that tells how long their session lasts, and makes it longer.
    fn session_address(&self) -> &'static str;
}

/// A request that a guard has let through. A handler that asks for `Visit<Citizen>` runs only behind the guard that makes citizens.
pub(crate) struct Visit<A> {
    pub here: Here,
    pub actor: A,
    /// The transaction that the session was read in. Dropped without a commit, it undoes everything.
    pub tx: TenantTx,
    /// When the session was begun, in real time.
    pub begun: Timestamp,
    /// When it ends, if nothing more is asked in it. In real time.
    pub ends: Timestamp,
}

impl<A: Principal> Visit<A> {
    /// Commits, and answers with a whole page. The page is written first: what is committed with it was shown. A page that has left no row
    /// in the audit trail is shown to nobody.
    pub(crate) async fn page(self, page: Page) -> Reply {
        self.page_with(StatusCode::OK, page).await
    }

    /// The same, with another status than 200.
    pub(crate) async fn page_with(self, status: StatusCode, page: Page) -> Reply {
        if !self.tx.is_audited() {
            return Err(Problem::broken("a page was to be shown without a row in the audit trail"));
        }
        let session = SessionEnd {
            left: self.here.seconds_until(self.ends),
            address: self.actor.session_address().to_owned(),
            owner: self.actor.id().to_string(),
            session: self.begun.as_microsecond().to_string(),
        };
        let frame = pages::frame(&self.here.service, &self.here.site, self.actor.viewer(), Some(session));
        let mut written = pages::html(frame, page).await;
        *written.status_mut() = status;
        self.tx.commit().await?;
        Ok(written)
    }

    /// Commits, and sends the browser to another page.
    pub(crate) async fn see_other(self, path: &str) -> Reply {
        self.tx.commit().await?;
        Ok(see_other(path))
    }
}

/// What a session opens.
pub(crate) struct Admission<A> {
    pub(crate) actor: A,
    /// The transaction in which the session was read.
    pub(crate) tx: TenantTx,
    /// When the session was begun, in real time.
    pub(crate) begun: Timestamp,
    /// When it ends, if nothing more is asked in it. In real time.
    pub(crate) ends: Timestamp,
}

/// What a guard leaves with a request for the handler behind it, which takes it once.
pub(crate) struct Admitted<A>(Arc<Mutex<Option<Admission<A>>>>);

impl<A> Clone for Admitted<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<A> Admitted<A> {
    pub(crate) fn new(admission: Admission<A>) -> Self {
        Self(Arc::new(Mutex::new(Some(admission))))
    }

    fn take(&self) -> Option<Admission<A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl FromRequestParts<Arc<Service>> for Here {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Self::Rejection> {
        let site = parts.extensions.get::<Site>().cloned().ok_or(Problem::NotFound)?;
        Ok(Self { service: Arc::clone(service), site })
    }
}

impl<A: Principal> FromRequestParts<Arc<Service>> for Visit<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Self::Rejection> {
        let here = Here::from_request_parts(parts, service).await?;
        let missing = || Problem::broken("the address has no guard that makes this actor");
        let Admission { actor, tx, begun, ends } =
            parts.extensions.get::<Admitted<A>>().and_then(Admitted::take).ok_or_else(missing)?;
        Ok(Self { here, actor, tx, begun, ends })
    }
}

/// Whether the answer to this request comes before the person who asks. What a browser fetches ahead, or asks only the head of, may never
/// be looked at.
pub(crate) struct IsShown(pub bool);

impl<S: Sync> FromRequestParts<S> for IsShown {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let ahead = ["sec-purpose", "purpose", "x-moz"].iter().any(|name| {
            parts
                .headers
                .get_all(*name)
                .iter()
                .any(|value| value.to_str().is_ok_and(|value| value.contains("prefetch")))
        });
        Ok(Self(parts.method == axum::http::Method::GET && !ahead))
    }
}

/// 303: the act is done, look there. A reload repeats nothing.
pub(crate) fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn every_page_of_a_session_says_when_it_ends(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for (cookie, page, address) in [
            (&home.citizen, "/home", "/session"),
            (&home.caseworker, "/staff/inbox", "/staff/session"),
            (&home.admin, "/admin/sources", "/admin/session"),
        ] {
            let shown = stage.page(cookie, page).await;
            assert!(shown.contains("SessionWarning") && shown.contains(&format!("&quot;{address}&quot;")), "{shown}");
        }
        let start = stage.page("", "/").await;
        assert!(!start.contains("<script") && !start.contains("SessionWarning"), "{start}");
    }
}
