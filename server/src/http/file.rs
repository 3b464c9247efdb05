//! A file that somebody sent, sent to somebody else: as what it is known to be, never run, never shown inside a page of ours but as a picture.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::renewal::proof::{Media, Proof};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::visit::Reply;

/// What stands as it is in the name of a file after RFC 8187.
const NAMES: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// The bytes of a file. A browser saves them under a name that ends as what they are.
pub(crate) fn send(media: Media, proof: &Proof, bytes: Vec<u8>) -> Reply {
    let mut answer: Response = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::try_from(disposition(proof.name.as_str(), media))?);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(answer)
}

fn disposition(name: &str, media: Media) -> String {
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = if name.is_empty() { "fil" } else { name };
    format!(
        "attachment; filename=\"fil.{0}\"; filename*=UTF-8''{1}.{0}",
        media.ending(),
        utf8_percent_encode(name, NAMES)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_saved_under_its_name_and_ends_as_what_it_is() {
        for (name, media, written) in [
            ("kvitto.html", Media::Pdf, "attachment; filename=\"fil.pdf\"; filename*=UTF-8''kvitto.pdf"),
            (
                "läkar intyg.heic",
                Media::Jpeg,
                "attachment; filename=\"fil.jpg\"; filename*=UTF-8''l%C3%A4kar%20intyg.jpg",
            ),
            (
                "a\"; x=\r\ny",
                Media::Pdf,
                "attachment; filename=\"fil.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ay.pdf",
            ),
            ("", Media::Jpeg, "attachment; filename=\"fil.jpg\"; filename*=UTF-8''fil.jpg"),
        ] {
            assert_eq!(disposition(name, media), written);
            HeaderValue::try_from(written).unwrap();
        }
    }
}
