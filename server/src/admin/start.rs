//! `GET /admin`: the way in. The list asks whoever is not logged in to do so.

use app::document::staff_home;
use axum::response::Response;
use domain::staff::StaffRole;

use crate::http::see_other;

pub(crate) async fn page() -> Response {
    see_other(staff_home(StaffRole::Admin))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn it_leads_to_the_list_which_asks_for_a_login(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for cookie in ["", &home.citizen, &home.admin] {
            assert_eq!(stage.look(cookie, "/admin").await.led_to(), "/admin/sources");
        }
        let asked = stage.look("", "/admin/sources").await;
        assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
        assert!(asked.body.contains("href=\"/staff\""), "{}", asked.body);
    }
}
