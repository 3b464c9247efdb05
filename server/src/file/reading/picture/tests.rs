use image::{ExtendedColorType, ImageEncoder, Rgb};

use super::*;
use crate::file::reading::read;

pub(crate) const HEIC: &[u8] = include_bytes!("../fixtures/quarters.heic");
const PROGRESSIVE: &[u8] = include_bytes!("../fixtures/quarters-progressive.jpg");
const CMYK: &[u8] = include_bytes!("../fixtures/quarters-cmyk.jpg");
const INTERLACED: &[u8] = include_bytes!("../fixtures/quarters-interlaced.png");

const RED: [u8; 3] = [255, 0, 0];
const GREEN: [u8; 3] = [0, 255, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const WHITE: [u8; 3] = [255; 3];

/// Its quarters are red, green, blue and white.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb(RED),
        (false, true) => Rgb(GREEN),
        (true, false) => Rgb(BLUE),
        (false, false) => Rgb(WHITE),
    })
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encode(&quarters(width, height), 90).unwrap()
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, png::ColorType::Rgb, png::BitDepth::Eight, quarters(width, height).as_raw(), None)
}

fn png_of(
    width: u32,
    height: u32,
    colour: png::ColorType,
    depth: png::BitDepth,
    samples: &[u8],
    palette: Option<&[u8]>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A picture as a phone writes it: which way up it was held, and where.
fn jpeg_with_exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0GPS: 59.33 N");
    let mut bytes = jpeg(64, 32);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, 0xe1], &length[..], &exif].concat();
    bytes.splice(2..2, segment);
    bytes
}

/// The colours of the four quarters, left to right and from the top, each as the pure one that it is near.
fn corners(jpeg: &[u8]) -> [[u8; 3]; 4] {
    let picture = image::load_from_memory(jpeg).unwrap().into_rgb8();
    let (right, bottom) = (picture.width() * 3 / 4, picture.height() * 3 / 4);
    let (left, top) = (picture.width() / 4, picture.height() / 4);
    [(left, top), (right, top), (left, bottom), (right, bottom)].map(|(x, y)| {
        picture.get_pixel(x, y).0.map(|sample| match sample {
            0..40 => 0,
            216.. => 255,
            other => other,
        })
    })
}

fn size(jpeg: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(jpeg).unwrap();
    (picture.width(), picture.height())
}

#[test]
fn keeps_a_picture_as_jpeg_with_a_preview() {
    let content = read(&png(400, 200)).unwrap();
    assert_eq!((content.media, content.pages), (Media::Jpeg, 1));
    assert_eq!(corners(&content.bytes), [RED, GREEN, BLUE, WHITE]);
    let preview = content.preview.unwrap();
    assert_eq!(size(&preview), (320, 160));
    assert_eq!(corners(&preview), [RED, GREEN, BLUE, WHITE]);
}

#[test]
fn turns_upright_what_was_held_otherwise() {
    for (orientation, expected) in [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (4, [BLUE, WHITE, RED, GREEN]),
        (5, [RED, BLUE, GREEN, WHITE]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (7, [WHITE, GREEN, BLUE, RED]),
        (8, [GREEN, WHITE, RED, BLUE]),
        (9, [RED, GREEN, BLUE, WHITE]),
    ] {
        let content = read(&jpeg_with_exif(orientation)).unwrap();
        assert_eq!(corners(&content.bytes), expected, "{orientation}");
        assert_eq!(size(&content.bytes), if (5..=8).contains(&orientation) { (32, 64) } else { (64, 32) });
    }
}

#[test]
fn keeps_nothing_but_the_picture() {
    let received = [jpeg_with_exif(6), b"<script>alert(1)</script>PK\x05\x06".to_vec()].concat();
    let content = read(&received).unwrap();
    for kept in [content.bytes, content.preview.unwrap()] {
        for trace in [&b"Exif"[..], b"GPS", b"script", b"PK", b"ICC_PROFILE", b"http"] {
            assert!(!kept.windows(trace.len()).any(|window| window == trace), "{trace:?}");
        }
    }
}

#[test]
fn shrinks_to_the_longest_side() {
    for (received, kept, preview) in [
        ((1_080, 12_000), (670, 7_453), (29, 320)),
        ((4_000, 3_000), (2_581, 1_936), (320, 240)),
        ((3, 2_500), (3, 2_500), (1, 320)),
        ((100, 80), (100, 80), (100, 80)),
    ] {
        let content = read(&png(received.0, received.1)).unwrap();
        assert_eq!((size(&content.bytes), size(&content.preview.unwrap())), (kept, preview));
    }
}

#[test]
fn shrinking_averages_what_lies_under_a_pixel() {
    let row = [0, 0, 0, 90, 90, 90, 30, 30, 30];
    let mut shrink = Shrink::within_side(3, 3, 2);
    for _ in 0..3 {
        shrink.push(&row);
    }
    let picture = shrink.finish().unwrap();
    assert_eq!(
        (picture.dimensions(), picture.get_pixel(0, 0).0, picture.get_pixel(1, 1).0),
        ((2, 2), [30; 3], [50; 3])
    );
}

#[test]
fn a_picture_without_all_its_rows_is_none() {
    let mut shrink = Shrink::within_side(2, 2, 10);
    shrink.push(&[0; 6]);
    shrink.push(&[0; 5]);
    assert!(shrink.finish().is_none());
}

#[test]
fn reads_every_kind_of_jpeg() {
    let mut grey = Vec::new();
    JpegEncoder::new_with_quality(&mut grey, 90)
        .write_image(&[[255; 32], [0; 32]].concat(), 8, 8, ExtendedColorType::L8)
        .unwrap();
    assert_eq!(corners(&read(&grey).unwrap().bytes), [WHITE, WHITE, [0; 3], [0; 3]]);
    for bytes in [PROGRESSIVE, CMYK] {
        assert_eq!(corners(&read(bytes).unwrap().bytes), [RED, GREEN, BLUE, WHITE]);
    }
}

#[test]
fn reads_every_kind_of_png() {
    use png::{BitDepth, ColorType};
    let quarter = |samples: [&[u8]; 4]| {
        let rows = |left: &[u8], right: &[u8]| [left.repeat(8), right.repeat(8)].concat().repeat(8);
        [rows(samples[0], samples[1]), rows(samples[2], samples[3])].concat()
    };
    let wide = [&[255, 255, 0, 0, 0, 0][..], &[0, 0, 255, 255, 0, 0], &[0, 0, 0, 0, 255, 255], &[255; 6]];
    let alpha = [&[255, 0, 0, 255][..], &[0, 255, 0, 255], &[0, 0, 255, 255], &[7, 8, 9, 0]];
    let palette = [RED, GREEN, BLUE, WHITE].concat();
    for (kind, bytes) in [
        ("16 bits", png_of(16, 16, ColorType::Rgb, BitDepth::Sixteen, &quarter(wide), None)),
        ("transparent", png_of(16, 16, ColorType::Rgba, BitDepth::Eight, &quarter(alpha), None)),
        ("palette", {
            let indices = quarter([&[0], &[1], &[2], &[3]]);
            png_of(16, 16, ColorType::Indexed, BitDepth::Eight, &indices, Some(&palette))
        }),
        ("interlaced", INTERLACED.to_vec()),
    ] {
        assert_eq!(corners(&read(&bytes).unwrap().bytes), [RED, GREEN, BLUE, WHITE], "{kind}");
    }
    for (kind, bytes) in [
        ("grey", png_of(16, 16, ColorType::Grayscale, BitDepth::Eight, &quarter([&[255], &[0], &[0], &[255]]), None)),
        ("one bit", png_of(16, 2, ColorType::Grayscale, BitDepth::One, &[0xff, 0, 0, 0xff], None)),
        ("grey with alpha", {
            let samples = quarter([&[9, 0], &[0, 255], &[0, 255], &[255, 255]]);
            png_of(16, 16, ColorType::GrayscaleAlpha, BitDepth::Eight, &samples, None)
        }),
    ] {
        assert_eq!(corners(&read(&bytes).unwrap().bytes), [WHITE, [0; 3], [0; 3], WHITE], "{kind}");
    }
}

#[test]
fn reads_the_tiles_of_a_phone_and_turns_them() {
    let content = read(HEIC).unwrap();
    assert_eq!(size(&content.bytes), (80, 100));
    assert_eq!(corners(&content.bytes), [BLUE, RED, WHITE, GREEN]);
}

#[test]
fn a_heic_that_names_no_colours_has_those_of_a_phone() {
    let bytes = replaced(HEIC, b"colrnclx", b"freenclx");
    assert_eq!(corners(&read(&bytes).unwrap().bytes), [BLUE, RED, WHITE, GREEN]);
}

#[test]
fn a_heic_without_a_picture_is_damaged() {
    for (what, with) in
        [(b"pitm", b"free"), (b"hvcC", b"free"), (b"grid", b"iovl"), (b"iref", b"free"), (b"ispe", b"clap")]
    {
        assert_eq!(read(&replaced(HEIC, what, with)), Err(FileProblem::Damaged), "{what:?}");
    }
}

#[test]
fn refuses_more_pixels_than_a_camera_has() {
    let jpeg = |width: u16, height: u16| {
        let mut bytes = PROGRESSIVE.to_vec();
        let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc2]).unwrap();
        bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
        bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
        bytes
    };
    assert_eq!(read(&jpeg(65_535, 65_535)), Err(FileProblem::TooManyPixels));
    assert_eq!(read(&jpeg(6_000, 6_000)), Err(FileProblem::TooManyPixels));
    for (width, height) in [(65_000, 65_000), (50_000_001, 1), (u32::MAX >> 1, u32::MAX >> 1)] {
        assert_eq!(read(&png_claiming(width, height)), Err(FileProblem::TooManyPixels));
    }
}

#[test]
fn a_png_that_claims_much_and_holds_little_is_damaged() {
    assert_eq!(read(&png_claiming(50_000, 1_000)), Err(FileProblem::Damaged));
    assert_eq!(read(&png_claiming(0, 10)), Err(FileProblem::Damaged));
}

#[test]
fn refuses_a_heic_that_claims_too_much() {
    // The size that the grid is said to have, as the picture of 100 × 80 stands in it.
    let grid = replaced(HEIC, &[1, 1, 0, 100, 0, 80], &[1, 1, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(read(&grid), Err(FileProblem::TooManyPixels));
    // The size that a tile's own stream declares: what decoding it would allocate.
    let mut tile = HEIC.to_vec();
    let config = tile.windows(4).position(|word| word == b"hvcC").unwrap();
    let end = config - 4 + u32::from_be_bytes(tile[config - 4..config].try_into().unwrap()) as usize;
    let sets = config + 4 + 22;
    let set = parameter_set(32_768, 32_768);
    let room = end - sets - 6;
    tile[sets..sets + 6].copy_from_slice(&[1, 33, 0, 1, 0, u8::try_from(room).unwrap()]);
    tile[sets + 6..end].fill(0);
    tile[sets + 6..sets + 6 + set.len()].copy_from_slice(&set);
    assert_eq!(read(&tile), Err(FileProblem::TooManyPixels));
}

#[test]
fn refuses_a_heic_with_an_endless_catalogue() {
    let meta = HEIC.windows(4).position(|word| word == b"meta").unwrap() - 4;
    let mut bytes = HEIC.to_vec();
    let length = u32::from_be_bytes(bytes[meta..meta + 4].try_into().unwrap());
    let filler = [&65_536_u32.to_be_bytes()[..], b"free", &vec![0; 65_528]].concat();
    bytes[meta..meta + 4].copy_from_slice(&(length + 65_536).to_be_bytes());
    bytes.splice(meta + 12..meta + 12, filler);
    assert_eq!(read(&bytes), Err(FileProblem::Damaged));
}

#[test]
fn a_jpeg_that_was_cut_off_is_damaged() {
    let bytes = jpeg_with_exif(1);
    for cut in [20, 200, bytes.len() - 40, bytes.len() - 2] {
        assert_eq!(read(&bytes[..cut]), Err(FileProblem::Damaged), "{cut}");
    }
}

#[test]
fn a_jpeg_of_endless_scans_is_damaged() {
    let scan = PROGRESSIVE.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let end = PROGRESSIVE.len() - 2;
    let bytes = [&PROGRESSIVE[..end], &PROGRESSIVE[scan..end].repeat(40), &PROGRESSIVE[end..]].concat();
    assert_eq!(read(&bytes), Err(FileProblem::Damaged));
}

fn replaced(bytes: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    assert_eq!(what.len(), with.len());
    let mut bytes = bytes.to_vec();
    let places = (0..bytes.len() - what.len()).filter(|&at| bytes[at..].starts_with(what)).collect::<Vec<_>>();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + what.len()].copy_from_slice(with);
    }
    bytes
}

/// A PNG with such a header and hardly any data.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(16, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    bytes
}

/// The start of an HEVC sequence parameter set, up to the size.
fn parameter_set(width: u32, height: u32) -> Vec<u8> {
    let golomb = |number: u32| {
        let digits = format!("{:b}", number + 1);
        format!("{}{digits}", "0".repeat(digits.len() - 1))
    };
    // The profile, all ones so that nothing in it needs an escape; set 0, 4:2:0, the size.
    let bits = format!("0000{:03b}1{}{}{}{}{}", 0, "1".repeat(96), golomb(0), golomb(1), golomb(width), golomb(height));
    let payload = bits
        .as_bytes()
        .chunks(8)
        .map(|byte| byte.iter().chain(&[b'0'; 8]).take(8).fold(0, |byte, &bit| byte << 1 | (bit - b'0')));
    // An escape where zeros would look like a start code.
    let mut set = vec![0x42, 0x01];
    for byte in payload {
        if set.ends_with(&[0, 0]) && byte <= 3 {
            set.push(3);
        }
        set.push(byte);
    }
    set
}
