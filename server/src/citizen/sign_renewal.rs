//! stub
use crate::http::problem::Problem;
use crate::http::visit::Visit;
use crate::login::oidc::{Callback, Provider};
use crate::login::policy::Visitor;
use axum::response::Response;
use axum_extra::extract::CookieJar;
#[derive(serde::Deserialize)]
pub struct Signing {
    pub x: i32,
}
pub async fn finish(
    _visit: &Visit<Visitor>,
    _jar: &CookieJar,
    _p: &Provider,
    _s: Signing,
    _c: Callback,
) -> Result<Response, Problem> {
    Err(Problem::NotFound)
}
