//! Reading what someone uploaded as a proof: a photo of a bill, a certificate as PDF.
//!
//! What a file is, its content says; names and declared types are not asked. A picture is decoded and written anew, so
//! nothing of the original's bytes is kept: no place, no device, no second format behind the first. A PDF is kept as it
//! is, and therefore only if nothing in it acts.
//!
//! Everything here is pure and takes bounded time and memory, whatever the bytes: call it off the async threads, and not
//! too many at once.

mod pdf;
mod picture;
#[cfg(test)]
mod tests;

use domain::renewal::proof::{FileProblem, Media};

/// So large may a received file be.
pub(crate) const RECEIVED_MAX: usize = 15 * 1024 * 1024;

/// What is kept of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub media: Media,
    pub bytes: Vec<u8>,
    /// 1 for a picture.
    pub pages: u8,
    /// A small JPEG for lists. A PDF has none: drawing a hostile page cannot be bounded in time.
    pub preview: Option<Vec<u8>>,
}

/// Reads a received file: refuses it, or says what to keep.
pub(super) fn read(bytes: &[u8]) -> Result<Content, FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::Empty);
    }
    if bytes.len() > RECEIVED_MAX {
        return Err(FileProblem::TooLarge);
    }
    if let Some(format) = picture::Format::of(bytes) {
        return picture::read(format, bytes);
    }
    let pages = pdf::check(bytes)?;
    Ok(Content { media: Media::Pdf, bytes: bytes.to_vec(), pages, preview: None })
}
