//! `GET /staff`: the start page of all staff. Who is logged in is led home.

use app::caseworker::start;
use axum_extra::extract::CookieJar;

use crate::http::{Here, Problem, Reply};
use crate::session::{self, Kind};

/// The way to log in.
pub(crate) async fn page(here: Here, jar: CookieJar) -> Reply {
    match session::home(&here, &jar, Kind::Staff).await? {
        Some(home) => Err(Problem::see_other(home)),
        None => Ok(here.page(start::page()).await),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn it_leads_staff_to_their_own_login_and_citizens_to_theirs(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let page = stage.page("", "/staff").await;
        assert!(page.contains("action=\"/staff/login\"") && page.contains("href=\"/\""), "{page}");
        assert!(!page.contains("action=\"/login\"") && page.contains("exempelby kommun"), "{page}");
        for (cookie, home) in [(&stage.home.caseworker, "/staff/inbox"), (&stage.home.admin, "/admin/sources")] {
            assert_eq!(stage.look(cookie, "/staff").await.led_to(), home);
        }
    }
}
