//! Cross-site requests. The layer of tower-http compares `Sec-Fetch-Site` and `Origin`; it lets through a request that has neither,
//! as programs send them. Our pages are for browsers, and every browser that can use them sends one of the two: without both, a
//! post is refused.

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::ORIGIN;
use axum::middleware::Next;
use axum::response::Response;

use super::problem::Problem;

pub(crate) async fn require(request: Request, next: Next) -> Result<Response, Problem> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let headers = request.headers();
    if changes && !headers.contains_key("sec-fetch-site") && !headers.contains_key(ORIGIN) {
        return Err(Problem::WrongOrigin);
    }
    Ok(next.run(request).await)
}
