//! `POST /language`: the reader's choice of language.

use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use std::sync::Arc;

use super::cookie::host_cookie;
use super::extract::Fields;
use super::problem::Problem;
use super::site::LANGUAGE_COOKIE;
use super::visit::see_other;
use crate::service::Service;

#[derive(Deserialize)]
pub(crate) struct LanguageChoice {
    language: String,
    #[serde(rename = "return")]
    page: String,
}

pub(crate) async fn act(
    State(service): State<Arc<Service>>,
    jar: CookieJar,
    Fields(choice): Fields<LanguageChoice>,
) -> Result<(CookieJar, Response), Problem> {
    let texts = service.catalogue.texts(&choice.language).ok_or(Problem::BadRequest)?;
    let mut cookie = host_cookie(LANGUAGE_COOKIE, texts.language().code().to_owned());
    cookie.make_permanent();
    Ok((jar.add(cookie), see_other(own_path(&choice.page))))
}

/// A path on this site, or the start page: the form's field must not lead anywhere else.
fn own_path(page: &str) -> &str {
    let ok = page.starts_with('/')
        && !page.starts_with("//")
        && page.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_".contains(&b));
    if ok { page } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn it_leads_nowhere_else() {
        assert_eq!(own_path("/renewal/check"), "/renewal/check");
        for page in ["//evil.example", "https://evil.example", "/\\evil.example", "renewal", "", "/a\r\nb", "/?x=1"] {
            assert_eq!(own_path(page), "/", "{page}");
        }
    }
}
