//! `GET /staff`: the start page of all staff.

use app::caseworker::start;
use axum::response::Response;

use crate::http::Here;

/// The way to log in.
pub(crate) async fn page(here: Here) -> Response {
    here.page(start::page()).await
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
        let known = stage.page(&stage.home.caseworker, "/staff").await;
        assert!(!known.contains("sara") && known.contains("action=\"/staff/login\""), "{known}");
    }
}
