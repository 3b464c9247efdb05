//! `POST /logout`, `POST /staff/logout`: the session ends in the database, and the browser forgets what it kept.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::db::{Action, Actor};
use crate::http::cookie::removal;
use crate::http::{Here, Problem, see_other};
use crate::session::{self, HasKind, Kind, attempt};

pub(crate) async fn act<A: HasKind>(here: Here, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    if let Some(cookie) = jar.get(A::KIND.cookie_name()) {
        let mut tx = here.begin(Actor::Visitor).await?;
        // Nobody is kept from logging out, so an invented session must leave no trace.
        if let Some(owner) = session::end(&mut tx, cookie.value()).await? {
            tx.audit(Action::LoggedOut, owner.object()).await?;
        }
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
    let jar = jar.remove(removal(A::KIND.cookie_name())).remove(removal(attempt::COOKIE));
    Ok((jar, response))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::session::{Owner, attempt};
    use crate::test_support::{Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn this_session_ends_and_no_other(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let mut tx = stage.tx(home).await;
        let elsewhere = stage.log_in(&mut tx, Owner::Person(home.person)).await;
        tx.commit().await.unwrap();
        let browser = format!("{}; {}=begun", home.citizen, attempt::COOKIE);
        let out = stage.send(&browser, "/logout", &[]).await;
        assert_eq!(out.led_to(), "/");
        assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
        for name in ["__Host-fornya", attempt::COOKIE] {
            assert_eq!(out.cookie(name), Some(format!("{name}=")), "the browser forgets it");
        }
        assert_eq!(stage.look(&home.citizen, "/home").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(stage.look(&elsewhere, "/home").await.status, StatusCode::OK, "the same person on another device");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "logged-out").await, 1);
        let who = "select count(*) from audit_entry where action = 'logged-out' and object_kind = 'person'";
        assert_eq!(stage.count(who).await, 1, "the trail says whose session it was");

        assert_eq!(stage.send(&home.caseworker, "/staff/logout", &[]).await.led_to(), "/staff");
        assert_eq!(stage.look(&home.caseworker, "/staff/inbox").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(stage.look(&home.admin, "/admin/sources").await.status, StatusCode::OK);
        for nobody in ["", "__Host-fornya=invented"] {
            assert_eq!(stage.send(nobody, "/logout", &[]).await.led_to(), "/", "nobody is logged out");
        }
        assert_eq!(audited(&mut tx, "logged-out").await, 2);
    }
}
