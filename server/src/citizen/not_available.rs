//! `GET /not-available`: for everybody whom this service is not for; the same for all, so that it tells nobody why.

use app::citizen::model::NotAvailable;
use app::citizen::not_available;
use axum::response::Response;

use crate::http::Here;

/// Other ways to reach the municipality.
pub(crate) async fn page(here: Here) -> Response {
    here.page(not_available::page(NotAvailable { contact: here.site.municipality.contact.clone() })).await
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_the_same_for_all_and_names_the_own_municipality(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let anonymous = stage.page("", "/not-available").await;
        for text in ["0123-45 67 89", "Torget 1", "exempelby kommun"] {
            assert!(anonymous.contains(text), "{text}: {anonymous}");
        }
        let text = |page: &str| page.split_once("<main").unwrap().1.to_owned();
        for cookie in [&home.citizen, &home.caseworker] {
            let page = stage.page(cookie, "/not-available").await;
            assert_eq!(text(&page), text(&anonymous), "nobody is told why");
        }
        assert!(!stage.get(&away.host, "", "/not-available").await.body.contains("exempelby"));
    }
}
