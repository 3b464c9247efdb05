//! Pictures: decoded, turned upright, shrunk and written anew as JPEG.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use self::shrink::Shrink;
use crate::file::reading::Content;
use domain::renewal::proof::{FileProblem, Media};

mod heic;
mod shrink;
#[cfg(test)]
pub(crate) mod tests;

/// More than the 48 or 50 million pixels of a phone's best camera.
const PIXELS_MAX: u64 = 50_000_000;
/// A progressive JPEG is in memory as a whole, at six to eight bytes a pixel. Cameras write none.
const PROGRESSIVE_PIXELS_MAX: u64 = 32_000_000;
/// No side may be longer than JPEG can say.
const SOURCE_SIDE_MAX: u32 = 65_535;
/// Small print on an A4 page can still be read, and every line of a long screen.
const KEPT_PIXELS_MAX: u64 = 5_000_000;
const QUALITY: u8 = 85;
const PREVIEW_SIDE_MAX: u32 = 320;
const PREVIEW_QUALITY: u8 = 75;
/// Encoders write about ten scans of a progressive JPEG. Each passes over the whole picture, even if it says nothing.
const SCANS_MAX: usize = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    Heic,
}

impl Format {
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if heic::is(bytes) {
            Some(Self::Heic)
        } else {
            None
        }
    }
}

/// A picture of at most [`KEPT_PIXELS_MAX`], not yet turned upright.
struct Decoded {
    picture: RgbImage,
    turns: Vec<Orientation>,
}

pub(crate) fn read(format: Format, bytes: &[u8]) -> Result<Content, FileProblem> {
    // The decoders are safe Rust and meant not to panic, yet young: one that does has met a damaged file, and the
    // server goes on. They keep no state that a panic could leave half changed.
    let decoded = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Heic => heic::decode(bytes),
    }))
    .unwrap_or(Err(FileProblem::Damaged))?;

    let mut picture = DynamicImage::from(decoded.picture);
    for turn in decoded.turns {
        picture.apply_orientation(turn);
    }
    let picture = picture.into_rgb8();
    let preview = shrink::to(&picture, PREVIEW_SIDE_MAX);
    Ok(Content {
        media: Media::Jpeg,
        bytes: encode(&picture, QUALITY)?,
        pages: 1,
        preview: Some(encode(&preview, PREVIEW_QUALITY)?),
    })
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, FileProblem> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(picture).map_err(|_| FileProblem::Damaged)?;
    Ok(jpeg)
}

/// Before anything is allocated.
fn check_size(width: u32, height: u32, pixels_max: u64) -> Result<(), FileProblem> {
    if width == 0 || height == 0 {
        return Err(FileProblem::Damaged);
    }
    if width.max(height) > SOURCE_SIDE_MAX || u64::from(width) * u64::from(height) > pixels_max {
        return Err(FileProblem::TooManyPixels);
    }
    Ok(())
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, FileProblem> {
    let side = SOURCE_SIDE_MAX as usize;
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(side)
        .set_max_height(side)
        .jpeg_set_max_scans(SCANS_MAX)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| FileProblem::Damaged)?;
    let info = decoder.info().ok_or(FileProblem::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height, if info.sof.is_progressive() { PROGRESSIVE_PIXELS_MAX } else { PIXELS_MAX })?;
    if !has_end(bytes) {
        return Err(FileProblem::Damaged);
    }
    let grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    if grey {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::Luma));
    }
    let turn = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));

    let samples = decoder.decode().map_err(|_| FileProblem::Damaged)?;
    let mut shrink = Shrink::within_area(width, height, KEPT_PIXELS_MAX);
    let mut row = Vec::new();
    for line in samples.chunks_exact(width as usize * if grey { 1 } else { 3 }) {
        if grey {
            row.clear();
            row.extend(line.iter().flat_map(|&v| [v; 3]));
            shrink.push(&row);
        } else {
            shrink.push(line);
        }
    }
    Ok(Decoded { picture: shrink.finish().ok_or(FileProblem::Damaged)?, turns: turn.into_iter().collect() })
}

/// Whether the samples are followed by the marker of the end. The decoder fills up with grey what was cut off; being
/// strict, it would refuse pictures of many phones, which put things of their own behind.
fn has_end(bytes: &[u8]) -> bool {
    // The segments before the samples are skipped: a small picture within them has an end of its own.
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, after @ ..] = rest {
        if *marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let [high, low, ..] = after else { return false };
        let Some(next) = after.get(usize::from(u16::from_be_bytes([*high, *low]))..) else { return false };
        rest = next;
        if *marker == 0xda {
            break;
        }
    }
    rest.windows(2).any(|pair| pair == [0xff, 0xd9])
}

fn png(bytes: &[u8]) -> Result<Decoded, FileProblem> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(|_| FileProblem::Damaged)?;
    let (width, height) = (header.width, header.height);
    check_size(width, height, PIXELS_MAX)?;
    let mut reader = decoder.read_info().map_err(|_| FileProblem::Damaged)?;
    let (colour, _) = reader.output_color_type();
    let interlaced = reader.info().interlaced;

    let mut shrink = Shrink::within_area(width, height, KEPT_PIXELS_MAX);
    let mut row = Vec::with_capacity(width as usize * 3);
    if interlaced {
        let mut whole = vec![0; reader.output_buffer_size().ok_or(FileProblem::Damaged)?];
        reader.next_frame(&mut whole).map_err(|_| FileProblem::Damaged)?;
        for line in whole.chunks_exact(width as usize * colour.samples()) {
            on_white(line, colour, &mut row);
            shrink.push(&row);
        }
    } else {
        while let Some(line) = reader.next_row().map_err(|_| FileProblem::Damaged)? {
            on_white(line.data(), colour, &mut row);
            shrink.push(&row);
        }
    }
    let turn = reader.info().exif_metadata.as_deref().and_then(Orientation::from_exif_chunk);
    Ok(Decoded { picture: shrink.finish().ok_or(FileProblem::Damaged)?, turns: turn.into_iter().collect() })
}

/// One row as RGB. What is transparent shows white, as paper does.
fn on_white(line: &[u8], colour: png::ColorType, row: &mut Vec<u8>) {
    let over = |v: u8, a: u8| {
        let (v, a) = (u32::from(v), u32::from(a));
        u8::try_from((v * a + 255 * (255 - a) + 127) / 255).unwrap_or(u8::MAX)
    };
    row.clear();
    match colour {
        png::ColorType::Grayscale => row.extend(line.iter().flat_map(|&v| [v; 3])),
        png::ColorType::GrayscaleAlpha => row.extend(line.chunks_exact(2).flat_map(|p| [over(p[0], p[1]); 3])),
        // The palette was expanded by the decoder.
        png::ColorType::Rgb | png::ColorType::Indexed => row.extend_from_slice(line),
        png::ColorType::Rgba => {
            row.extend(line.chunks_exact(4).flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]));
        }
    }
}
