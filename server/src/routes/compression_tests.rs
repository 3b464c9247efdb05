//! What is compressed, for whom, and that it is the same page.

use std::io::Read as _;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use flate2::read::GzDecoder;
use sqlx::PgPool;

use crate::test_support::Towns;

fn encoding(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap())
}

fn varies(headers: &HeaderMap) -> bool {
    headers.get_all(VARY).iter().any(|value| value.to_str().unwrap().contains("accept-encoding"))
}

/// A page without what is new in each answer: the nonce of its scripts.
fn lasting(page: &[u8]) -> String {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let nonce =
        page.split_once("nonce=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(nonce, _)| nonce.to_owned());
    nonce.map_or(page.clone(), |nonce| page.replace(&nonce, ""))
}

#[sqlx::test(migrations = "../migrations")]
async fn a_page_is_compressed_for_whoever_takes_it_and_is_the_same_page(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (host, citizen) = (&stage.home.host, &stage.home.citizen);
    let (headers, packed) = stage.raw(host, citizen, "/home", Some((ACCEPT_ENCODING, "gzip, deflate, br"))).await;
    assert_eq!(encoding(&headers), Some("gzip"));
    assert!(varies(&headers));
    let mut page = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut page).unwrap();
    assert!(packed.len() * 2 < page.len(), "{} of {}", packed.len(), page.len());

    let (headers, plain) = stage.raw(host, citizen, "/home", None).await;
    assert_eq!(encoding(&headers), None);
    assert!(varies(&headers), "a cache must not hand the one to whom the other is for");
    assert_eq!(lasting(&page), lasting(&plain));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_problem_page_is_compressed_too_and_a_redirect_is_left_alone(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let (host, citizen) = (&stage.home.host, &stage.home.citizen);
    let (headers, _) = stage.raw(host, "", "/no-such-page", Some((ACCEPT_ENCODING, "gzip"))).await;
    assert_eq!(encoding(&headers), Some("gzip"));
    let (headers, body) = stage.raw(host, citizen, "/renewal/message", Some((ACCEPT_ENCODING, "gzip"))).await;
    assert_eq!((encoding(&headers), body.len()), (None, 0));
}

#[sqlx::test(migrations = "../migrations")]
async fn style_is_not_compressed_a_second_time(pool: PgPool) {
    let stage = Towns::new(pool).await;
    let css = stage.service.assets.css.clone();
    let (headers, _) = stage.raw(&stage.home.host, "", &css, Some((ACCEPT_ENCODING, "gzip, br"))).await;
    assert_eq!(encoding(&headers), Some("br"));
    let (headers, _) = stage.raw(&stage.home.host, "", &css, Some((ACCEPT_ENCODING, "gzip"))).await;
    assert_eq!(encoding(&headers), Some("gzip"), "where a proxy does not let brotli through");
    let (headers, _) = stage.raw(&stage.home.host, "", &css, None).await;
    assert_eq!(encoding(&headers), None);
}
