//! Writing pages: whole documents, and the page of a problem.

use std::pin::Pin;
use std::sync::Arc;

use app::document::{Frame, Page, SessionEnd, Viewer, document};
use app::problem::{self, WayOn};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use futures::stream::{Stream, StreamExt as _, once};
use leptos::prelude::IntoView;

use super::problem::{Carried, Problem};
use super::site::{RequestId, Site};
use crate::service::Service;

/// What the document around a page needs.
pub(crate) fn frame(service: &Service, site: &Site, viewer: Viewer, session: Option<SessionEnd>) -> Frame {
    Frame {
        texts: site.texts.clone(),
        languages: service
            .catalogue
            .languages()
            .map(|language| (language.code().to_owned(), language.name().to_owned()))
            .collect(),
        municipality: site.municipality.name.clone(),
        viewer,
        demo: service.settings.demo.is_some(),
        path: site.path.clone(),
        nonce: site.nonce.clone(),
        assets: Arc::clone(&service.assets),
        session,
    }
}

/// A whole page, written by Leptos: the answer is there when the last of it is, so that what goes wrong on the way is no half page.
pub(super) async fn html(frame: Frame, page: Page) -> Response {
    leptos_axum::handle_response_inner(|| (), move || document(frame, page), Request::default(), whole).await
}

type Chunks = Pin<Box<dyn Stream<Item = String> + Send>>;

/// Like `leptos_axum::render_app_async`, but without the script that hands over resources: no page has one, and a page without an island
/// loads no script.
fn whole<V: IntoView + 'static>(
    view: V,
    _: Box<dyn FnOnce() -> Chunks + Send>,
    _: bool,
) -> Pin<Box<dyn Future<Output = Chunks> + Send>> {
    Box::pin(async move {
        let html: String = view.to_html_stream_in_order().collect().await;
        Box::pin(once(async move { html })) as Chunks
    })
}

/// Writes the page of whatever came to nothing, with the id that its line in the log has.
pub(crate) async fn write(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let is_read = request.method().is_safe();
    let id = request.extensions().get::<RequestId>().cloned();
    let site = request.extensions().get::<Site>().cloned();
    let response = next.run(request).await;
    let carried = response.extensions().get::<Carried>().cloned();
    // A body that is there was written on purpose.
    let written = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind != "text/plain; charset=utf-8");
    let Carried(problem) = match carried {
        Some(carried) => carried,
        None if written => return response,
        None => match Problem::of_status(response.status()) {
            Some(problem) => Carried(Arc::new(problem)),
            None => return response,
        },
    };
    let (Some(site), Some(id)) = (site, id) else { return response };
    let (kind, way_on) = shown(&problem, site.path.starts_with("/staff") || site.path.starts_with("/admin"));
    let mut frame = frame(&service, &site, Viewer::Anonymous, None);
    if !is_read {
        // Whoever chooses another language here is led on, not to an address that may only take posts.
        way_on.page().clone_into(&mut frame.path);
    }
    let mut page = html(frame, problem::page(kind, problem.again(), id.0, way_on)).await;
    *page.status_mut() = problem.status();
    page.extensions_mut().insert(Carried(problem));
    if let Some(path) = response.extensions().get::<MatchedPath>() {
        page.extensions_mut().insert(path.clone());
    }
    // What a layer asked for (Retry-After, and cookies to remove) stays.
    for (name, value) in response.headers() {
        if name == "retry-after" || name == "set-cookie" || name == "allow" {
            page.headers_mut().append(name, value.clone());
        }
    }
    page
}

/// Which page tells of it, and where that page leads on to.
fn shown(problem: &Problem, staff: bool) -> (problem::ProblemPage, WayOn) {
    use problem::ProblemPage as Shown;
    let kind = match problem {
        Problem::NotFound | Problem::SeeOther(_) => Shown::NotFound,
        Problem::BadRequest | Problem::NoClient(_) => Shown::NotUnderstood,
        Problem::NotAllowed => Shown::NotAllowed,
        Problem::NotLoggedIn => Shown::NotLoggedIn,
        Problem::LoggedOut => Shown::Expired,
        Problem::WrongOrigin => Shown::WrongOrigin,
        Problem::TooMany(_) => Shown::TooMany,
        Problem::Busy(_) | Problem::Away(_) | Problem::Stuck(_) => Shown::Busy,
        Problem::TooLarge => Shown::TooLarge,
        Problem::Refused { page, .. } => *page,
        Problem::TooSlow | Problem::Broken(_) => Shown::Broken,
    };
    let way_on = match problem {
        _ if staff => WayOn::StaffStart,
        Problem::NotLoggedIn | Problem::LoggedOut => WayOn::CitizenLogin,
        _ => WayOn::CitizenStart,
    };
    (kind, way_on)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn who_was_never_logged_in_is_not_told_that_a_session_has_ended(pool: PgPool) {
        let stage = Towns::new(pool).await;
        for (cookie, said) in [("", "Du är inte inloggad"), (&*stage.away.citizen, "Du har loggats ut")] {
            let answer = stage.look(cookie, "/home").await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            assert!(answer.body.contains(said), "{said}: {}", answer.body);
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn another_language_leads_back_to_what_can_be_read(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let back = |page: &str| format!("name=\"return\" value=\"{page}\"");
        let read = stage.look(&stage.home.citizen, "/renewal/none/at-all").await;
        assert!(read.body.contains(&back("/renewal/none/at-all")), "{}", read.body);
        let posted = stage.send(&stage.home.citizen, "/renewal/household", &[]).await;
        assert_eq!(posted.status, StatusCode::BAD_REQUEST);
        assert!(posted.body.contains(&back("/")), "{}", posted.body);
    }
}
