//! `POST /logout`, `POST /staff/logout`: the session ends in the database, and the browser forgets what it kept.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::db::{Action, Actor, Object};
use crate::http::cookie::removal;
use crate::http::{Here, Problem, see_other};
use crate::session::{self, HasKind, Kind};

pub(crate) async fn act<A: HasKind>(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    if let Some(cookie) = jar.get(A::KIND.cookie_name()) {
        let mut tx = here.begin(Actor::Visitor).await?;
        session::end(&mut tx, cookie.value()).await?;
        tx.audit(Action::LoggedOut, Object::None).await?;
        tx.commit().await?;
    }
    let mut response = see_other(match A::KIND {
        Kind::Citizen => "/",
        Kind::Staff => "/staff",
    });
    // A shared computer keeps nothing that "back" could show. Cookies are left to the one removal, so that the language stays.
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok((jar.remove(removal(A::KIND.cookie_name())), response))
}
