//! Files in a posted form. They are taken in while they come and read at once; what else the form holds reaches the handler as any form does.
//!
//! All of this is done before the handler's transaction begins: who sends slowly, and what takes long to read, holds no connection to the
//! database. Only what a living session sends comes here.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, FromRequestParts, Multipart, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::form::PlainText;
use domain::renewal::proof::{FileProblem, file_name};
use url::form_urlencoded;

use super::problem::Problem;
use crate::file::{FileContent, RECEIVED_MAX};
use crate::gate::Class;
use crate::service::Service;

/// The most bytes of a whole form with files: ten pictures from a telephone.
pub(crate) const FORM_MAX: usize = 100 * 1024 * 1024;
/// The longest that such a form may take to come and be saved.
pub(crate) const FORM_TIME: Duration = Duration::from_mins(5);
/// The most files of one form that are taken.
const FILES_MAX: usize = 10;
/// The most bytes of files in one form that are kept while it is read. What comes after is passed over, and said to be too large.
const KEPT_MAX: usize = 24 * 1024 * 1024;
/// The most bytes of fields, their names and values.
const FIELDS_MAX: usize = 256 * 1024;
/// The most parts that a form has.
const PARTS_MAX: usize = 1_000;

/// A file that came with a form.
#[derive(Clone)]
pub(crate) struct SentFile {
    /// The form's field.
    pub field: String,
    /// The name that it has with whoever sent it.
    pub name: PlainText,
    pub content: Result<Arc<FileContent>, FileProblem>,
}

/// The files that came with a form, in the order that they stood there.
#[derive(Clone, Default)]
pub(crate) struct Files(pub Vec<SentFile>);

impl<S: Sync> FromRequestParts<S> for Files {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.remove().unwrap_or_default())
    }
}

/// Takes the files out of a form that holds any.
pub(crate) async fn receive(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    if !brings_files(request.headers()) {
        return next.run(request).await;
    }
    // What has come of a form is in memory: only so many come at once.
    let _place = match service.gate.admission.enter(Class::Upload) {
        Ok(place) => place,
        Err(wait) => return Problem::Busy(wait).into_response(),
    };
    match taken_in(&service, request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Whether a request is a form that may bring files.
pub(crate) fn brings_files(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.get(..20).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/form-data;"))
}

/// The same request with its fields as a form without files has them, and the files beside it.
async fn taken_in(service: &Service, request: Request) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let mut sent = Request::from_parts(parts.clone(), body);
    // How much is kept is counted here; how much comes is bounded by the address.
    DefaultBodyLimit::disable().apply(&mut sent);
    let mut form = Multipart::from_request(sent, &()).await.map_err(|_| Problem::BadRequest)?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let (mut of_fields, mut of_files, mut count) = (0, 0, 0);
    while let Some(part) = form.next_field().await.map_err(|error| unreadable(&error))? {
        count += 1;
        let name = part.name().ok_or(Problem::BadRequest)?.to_owned();
        of_fields += name.len();
        if count > PARTS_MAX || of_fields > FIELDS_MAX {
            return Err(Problem::TooLarge);
        }
        if let Some(file) = part.file_name().map(file_name) {
            of_fields += file.as_str().len();
            let room = KEPT_MAX.saturating_sub(of_files);
            let bytes = bytes(part, room.min(RECEIVED_MAX)).await?;
            // A field of files that nothing was chosen in is sent as a file without name and content.
            if file.is_empty() && matches!(&bytes, Some(bytes) if bytes.is_empty()) {
                continue;
            }
            let content = match bytes {
                _ if files.len() >= FILES_MAX => Err(FileProblem::TooMuch),
                None if room < RECEIVED_MAX => Err(FileProblem::TooMuch),
                None => Err(FileProblem::TooLarge),
                Some(bytes) => {
                    let read = service.files.read(bytes).await?;
                    of_files += read.as_ref().map_or(0, |content| content.bytes.len());
                    read.map(Arc::new)
                }
            };
            files.push(SentFile { field: name, name: file, content });
        } else {
            let value = bytes(part, FIELDS_MAX.saturating_sub(of_fields)).await?.ok_or(Problem::TooLarge)?;
            of_fields += value.len();
            fields.push((name, String::from_utf8(value).map_err(|_| Problem::BadRequest)?));
        }
    }
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(CONTENT_LENGTH);
    parts.extensions.insert(Files(files));
    let fields = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Ok(Request::from_parts(parts, Body::from(fields)))
}

/// The bytes of a part; nothing when there are more than this. All of it is taken in either way, so that what comes after it is read.
async fn bytes(mut part: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(|error| unreadable(&error))? {
        bytes = bytes.filter(|kept| kept.len() + chunk.len() <= most);
        if let Some(kept) = &mut bytes {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(bytes)
}

/// A form can be larger than any honest one, be cut off, or be none.
fn unreadable(error: &MultipartError) -> Problem {
    Problem::of_status(error.status()).unwrap_or(Problem::BadRequest)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::extract::ConnectInfo;
    use axum::http::StatusCode;
    use axum::http::header::{COOKIE, HOST};
    use futures::stream;
    use sqlx::PgPool;
    use tower::ServiceExt as _;

    use super::*;
    use crate::routes::router;
    use crate::test_support::Towns;

    const PATH: &str = "/renewal/expenses/add";
    const FILES: &str = "multipart/form-data; boundary=x";

    async fn posted(stage: &Towns, cookie: &str, body: Body) -> StatusCode {
        posted_as(stage, cookie, FILES, body).await
    }

    async fn posted_as(stage: &Towns, cookie: &str, kind: &str, body: Body) -> StatusCode {
        let request = Request::post(PATH).header(HOST, &stage.home.host).header(COOKIE, cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        let mut request = request.header(CONTENT_TYPE, kind).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        router(&stage.service).oneshot(request).await.unwrap().status()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_without_a_living_session_is_listened_to(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let endless = || Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
        for cookie in ["", "__Host-fornya=invented", &stage.home.caseworker] {
            assert_eq!(posted(&stage, cookie, endless()).await, StatusCode::UNAUTHORIZED, "{cookie}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn forms_that_drip_take_no_place_from_files(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let plain = "application/x-www-form-urlencoded";
        let drips = (0..20).map(|_| {
            let endless = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
            posted_as(&stage, "", plain, endless)
        });
        let field = "--x\r\nContent-Disposition: form-data; name=\"revision\"\r\n\r\n1\r\n--x--\r\n";
        let files = async {
            tokio::task::yield_now().await;
            posted(&stage, citizen, Body::from(field)).await
        };
        tokio::select! {
            _ = futures::future::join_all(drips) => unreachable!("none of them ends"),
            status = files => assert_eq!(status, StatusCode::SEE_OTHER),
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_form_that_is_cut_off_or_is_none_is_refused(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.begun(citizen).await;
        let field = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n";
        let many = format!("{field}\r\n").repeat(PARTS_MAX + 1);
        for (body, status) in [
            (String::new(), StatusCode::BAD_REQUEST),
            (format!("{field}Lägenheten"), StatusCode::BAD_REQUEST),
            ("--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--\r\n".to_owned(), StatusCode::BAD_REQUEST),
            (format!("{many}--x--\r\n"), StatusCode::PAYLOAD_TOO_LARGE),
            (format!("{field}{}\r\n--x--\r\n", "x".repeat(FIELDS_MAX + 1)), StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            let length = body.len();
            assert_eq!(posted(&stage, citizen, Body::from(body)).await, status, "{length}");
        }
        assert_eq!(stage.count("select count(*) from proof").await, 0);
    }
}
