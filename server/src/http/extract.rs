//! What a handler takes out of a request. What cannot be taken out is a [`Problem`], like everything else that comes to nothing: an address
//! that cannot be read is no address of ours, and a form that cannot be read is none of our forms.

use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use axum::response::IntoResponse;
use axum_extra::extract::FormRejection;

use super::problem::Problem;

/// The parts of the address that its pattern names.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub(crate) struct Path<T>(pub T);

/// What stands after the question mark.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub(crate) struct Query<T>(pub T);

/// The fields of a form, posted or after the question mark.
#[derive(FromRequest)]
#[from_request(via(axum_extra::extract::Form), rejection(Problem))]
pub(crate) struct Fields<T>(pub T);

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for Problem {
    fn from(_: QueryRejection) -> Self {
        Self::NotFound
    }
}

impl From<FormRejection> for Problem {
    fn from(refused: FormRejection) -> Self {
        of_body(refused)
    }
}

impl From<BytesRejection> for Problem {
    fn from(refused: BytesRejection) -> Self {
        of_body(refused)
    }
}

/// A body can be too large, or come to nothing in another way.
fn of_body(refused: impl IntoResponse) -> Problem {
    Problem::of_status(refused.into_response().status()).unwrap_or(Problem::BadRequest)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn an_address_that_cannot_be_read_is_none_of_ours(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        for (cookie, path) in [
            (&home.citizen, "/decisions/x"),
            (&home.citizen, "/renewal/savings"),
            (&home.caseworker, "/staff/renewals/12"),
            (&home.caseworker, "/staff/inbox?page=x"),
        ] {
            let answer = stage.get(&home.host, cookie, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.body.contains("Sidan finns inte"), "{path}: {}", answer.body);
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_form_that_cannot_be_read_is_none_of_ours(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let answer = stage.send(&stage.home.citizen, "/renewal/household", &[("phone", "070-174 06 05")]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("Vi kunde inte läsa det som skickades"), "{}", answer.body);
    }
}
