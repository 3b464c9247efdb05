//! Style, scripts and wasm: inside the binary, under names that change with their content.

use std::collections::HashMap;

use app::document::Assets;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::extract::Path;
use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// The built files are missing or do not fit together.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// No manifest: the binary was built without `./dev`.
    #[error("the built style and scripts are missing: build with ./dev")]
    Missing,
    /// The manifest lacks an entry.
    #[error("the manifest of built files has no {0}")]
    NoEntry(&'static str),
    /// The manifest is not JSON of names.
    #[error("the manifest of built files cannot be read")]
    Form(#[from] serde_json::Error),
}

/// Where the built files are found, from their manifest.
pub(crate) fn paths() -> Result<Assets, AssetError> {
    let manifest = Site::get("manifest.json").ok_or(AssetError::Missing)?;
    let names: HashMap<String, String> = serde_json::from_slice(&manifest.data)?;
    let name = |entry: &'static str| names.get(entry).cloned().ok_or(AssetError::NoEntry(entry));
    let path = |entry: &'static str| name(entry).map(|name| format!("/assets/{name}"));
    Ok(Assets { css: path("css")?, icon: path("icon")?, islands: name("islands")?, calculating: name("calculating")? })
}

/// `/assets/{name}`: kept for a year, since another content has another name; compressed beforehand where the browser can.
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => return Err(Problem::NotFound),
    };
    let takes_brotli =
        headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("br"));
    let packed = if takes_brotli { Site::get(&format!("{name}.br")) } else { None };
    let encoding = packed.is_some();
    let file = packed.or_else(|| Site::get(&name)).ok_or(Problem::NotFound)?;
    let mut response = (
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable"), (VARY, "accept-encoding")],
        file.data.into_owned(),
    )
        .into_response();
    if encoding {
        response.headers_mut().insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static("br"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn what_was_built_is_kept_for_a_year_and_nothing_else_is_there(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let Assets { css, icon, .. } = &*stage.service.assets;
        for (path, kind) in [(css, "text/css; charset=utf-8"), (icon, "image/svg+xml")] {
            let file = stage.look("", path).await;
            assert_eq!(file.status, StatusCode::OK, "{path}");
            assert_eq!(file.headers[CONTENT_TYPE], kind);
            assert_eq!(file.headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
            assert_eq!(file.headers[VARY], "accept-encoding");
        }
        for path in ["/assets/none.css", "/assets/manifest.json", "/assets/..%2fCargo.css", "/assets/"] {
            assert_eq!(stage.look("", path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
