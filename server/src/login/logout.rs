//! Logout: the session ends in the database, and the browser forgets what it kept.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;

use super::policy::Visitor;
use super::session::{self, Kind};
use crate::db::{Action, Object};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};

/// `POST /logout`
pub async fn citizen(visit: Visit<Visitor>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    end(visit, jar, Kind::Citizen, "/").await
}

/// `POST /staff/logout`
pub async fn staff(visit: Visit<Visitor>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    end(visit, jar, Kind::Staff, "/staff").await
}

async fn end(visit: Visit<Visitor>, jar: CookieJar, kind: Kind, page: &str) -> Result<(CookieJar, Response), Problem> {
    if let Some(cookie) = jar.get(kind.cookie_name()) {
        let mut tx = visit.tx().await?;
        session::end(&mut tx, cookie.value()).await?;
        tx.audit(Action::LoggedOut, Object::None).await?;
        tx.commit().await?;
    }
    let mut response = see_other(page);
    // A shared computer keeps nothing that "back" could show. Cookies are left to the one removal, so that the language stays.
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok((jar.remove(Cookie::build(kind.cookie_name()).path("/").secure(true)), response))
}
