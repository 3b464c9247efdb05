//! `POST /logout`, `POST /staff/logout`: the session ends in the database, and the browser forgets what it kept.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::db::{Action, Actor, Object};
use crate::http::cookie::removal;
use crate::http::{Here, Problem, see_other};
use crate::session::{self, Kind};

pub(crate) async fn citizen(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    end(&here, jar, Kind::Citizen, "/").await
}

/// A member of staff's.
pub(crate) async fn staff(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    end(&here, jar, Kind::Staff, "/staff").await
}

async fn end(here: &Here, jar: CookieJar, kind: Kind, page: &str) -> Result<(CookieJar, Response), Problem> {
    if let Some(cookie) = jar.get(kind.cookie_name()) {
        let mut tx = here.begin(Actor::Visitor).await?;
        session::end(&mut tx, cookie.value()).await?;
        tx.audit(Action::LoggedOut, Object::None).await?;
        tx.commit().await?;
    }
    let mut response = see_other(page);
    // A shared computer keeps nothing that "back" could show. Cookies are left to the one removal, so that the language stays.
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok((jar.remove(removal(kind.cookie_name())), response))
}
