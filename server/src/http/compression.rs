//! What is sent is compressed. Style and scripts were when they were built ([`super::assets`]), for every browser that takes brotli; one
//! behind a proxy that does not let it ask for it is sent gzip, like a page.

use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate as _, SizeAbove};

/// Below this a packet is a packet.
const WORTH_IT: u64 = 1024;

/// Of gzip's levels: a home page of 8.5 kB becomes 3 kB in 35 µs. Level 6 takes half as long again for 50 bytes, and brotli takes twice as
/// long to come as far.
const LEVEL: i32 = 3;

type IsText = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Compresses pages, style, scripts and wasm for browsers that take it. What says how it is encoded is left as it is.
pub(crate) fn of_answers() -> CompressionLayer<And<IsText, SizeAbove>> {
    let is_text: IsText = |_, _, headers, _| {
        let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        kind.starts_with(b"text/") || kind == b"application/wasm"
    };
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(LEVEL))
        .compress_when(is_text.and(SizeAbove::new(WORTH_IT)))
}
