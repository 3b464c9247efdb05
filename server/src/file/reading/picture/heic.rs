//! HEIC, the way phones write it: a grid of small HEVC pictures, turned by properties of the container.
//!
//! The decoder's own entry point would hold the whole picture several times over and believe the sizes that a tile's
//! own stream declares. Here the steps are taken one by one: what a file asks for is added up first, and then one row
//! of tiles is in memory at a time.

use heic_rs::boxes::BoxIter;
use heic_rs::context::Context;
use heic_rs::hevc::{self, Frame};
use heic_rs::props::ItemProps;
use heic_rs::props::hvcc::HevcConfig;
use heic_rs::{
    Grid, MatrixCoefficients, Mirror, Nclx, PixelLayout, Range, Rotation, Transform, color, grid, transform,
};
use image::metadata::Orientation;

use super::shrink::Shrink;
use super::{Decoded, KEPT_PIXELS_MAX, PIXELS_MAX, check_size};
use domain::renewal::proof::FileProblem;

/// The catalogue of a phone's picture has 5 to 20 KB. Looking things up in it is not linear.
const CATALOGUE_MAX: usize = 64 * 1024;
const TILES_MAX: usize = 1_024;
/// The largest picture of HEVC's level 6.2; larger ones come as grids.
const TILE_PIXELS_MAX: u64 = 35_651_584;
/// What all tiles together may code: a grid's last column and row stand over, and a slice may be given more than once.
const CODED_MAX: u64 = PIXELS_MAX * 5 / 4;

const STILL_BRANDS: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"];
const OTHER_BRANDS: [&[u8]; 2] = [b"avif", b"avis"];

/// Whether the first box says so. AVIF says it is like HEIF, and is not.
pub(super) fn is(bytes: &[u8]) -> bool {
    let Some((&[a, b, c, d, b'f', b't', b'y', b'p'], rest)) = bytes.split_first_chunk() else { return false };
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    let Some(brands) = length.checked_sub(8).filter(|&length| length <= 1_024).and_then(|length| rest.get(..length))
    else {
        return false;
    };
    // The second word is a version, not a brand.
    let named = |of: &[&[u8]]| brands.chunks_exact(4).enumerate().any(|(at, brand)| at != 1 && of.contains(&brand));
    named(&STILL_BRANDS) && !named(&OTHER_BRANDS)
}

pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, FileProblem> {
    let file = open(bytes)?;
    let primary = file.meta.primary;
    let props = file.props(primary).map_err(damaged)?;
    let (grid, tiles) = match file.grid(primary).map_err(damaged)? {
        Some((grid, tiles)) => (Some(grid), tiles),
        None => (None, vec![primary]),
    };
    if let Some(grid) = &grid {
        check_size(grid.output_width, grid.output_height, PIXELS_MAX)?;
    }
    let (mut tile_props, mut coded) = (Vec::with_capacity(tiles.len()), 0_u64);
    for &tile in &tiles {
        let props = file.props(tile).map_err(damaged)?;
        coded = coded.saturating_add(coded_pixels(&file, tile, config(&props)?)?);
        if coded > CODED_MAX {
            return Err(FileProblem::TooManyPixels);
        }
        tile_props.push(props);
    }
    let colour = props.nclx.or_else(|| tile_props.iter().find_map(|props| props.nclx)).unwrap_or(UNTOLD);

    let mut decoded = tiles.iter().zip(&tile_props).map(|(&tile, props)| decode_tile(&file, tile, props));
    let (rows, turns) = if let Some(grid) = grid {
        let (mut rows, turns) = Rows::new((grid.output_width, grid.output_height), &props.transforms)?;
        let mut left = grid.output_height;
        while left > 0 {
            let strip = decoded.by_ref().take(grid.columns as usize).collect::<Result<Vec<_>, _>>()?;
            let height = strip.first().ok_or(FileProblem::Damaged)?.height.min(left);
            let strip_grid = Grid { rows: 1, output_height: height, ..grid };
            rows.push(&grid::compose(&strip_grid, &strip, PIXELS_MAX).map_err(damaged)?, colour)?;
            left -= height;
        }
        (rows, turns)
    } else {
        let only = decoded.next().ok_or(FileProblem::Damaged)??;
        let (mut rows, turns) = Rows::new((only.width, only.height), &props.transforms)?;
        rows.push(&only, colour)?;
        (rows, turns)
    };
    Ok(Decoded { picture: rows.shrink.finish().ok_or(FileProblem::Damaged)?, turns })
}

/// The colours of a file that says nothing: what MIAF (ISO/IEC 23000-22, 7.3.6.4) prescribes and iPhones rely on, which
/// name an ICC profile alone.
const UNTOLD: Nclx =
    Nclx { primaries: 1, transfer: 13, matrix: MatrixCoefficients::Bt601, matrix_code: 6, range: Range::Full };

/// The catalogue, if it is as small as one of a still picture.
fn open(bytes: &[u8]) -> Result<Context<'_>, FileProblem> {
    let catalogue = BoxIter::new(bytes).require(b"meta", "meta").map_err(damaged)?;
    if catalogue.payload.len() > CATALOGUE_MAX {
        return Err(FileProblem::Damaged);
    }
    let file = Context::open(bytes).map_err(damaged)?;
    let tiles = file.meta.refs.iter().map(|reference| reference.to.len()).max().unwrap_or(0);
    // An item made of parts of other items may be made of itself a million times over. Cameras write none.
    let nested = file.meta.locations.iter().any(|item| item.construction == heic_rs::meta::iloc::Construction::Item);
    if tiles > TILES_MAX || nested { Err(FileProblem::Damaged) } else { Ok(file) }
}

fn config<'p>(props: &'p ItemProps<'_>) -> Result<&'p HevcConfig<'p>, FileProblem> {
    props.hvcc.as_ref().ok_or(FileProblem::Damaged)
}

/// What a tile will cost: its size as the stream declares it, times how often slices may fill it.
fn coded_pixels(file: &Context<'_>, tile: u32, config: &HevcConfig<'_>) -> Result<u64, FileProblem> {
    let mut largest = 0;
    for set in config.parameter_sets() {
        if unit_type(set) == Some(UNIT_SPS) {
            let (width, height) = declared_size(set).ok_or(FileProblem::Damaged)?;
            largest = largest.max(u64::from(width).saturating_mul(u64::from(height)));
        }
    }
    if largest > TILE_PIXELS_MAX {
        return Err(FileProblem::TooManyPixels);
    }
    let data = file.item_data(tile).map_err(damaged)?;
    let units = config.split_nals(&data).map_err(damaged)?;
    let slices = units.iter().filter(|unit| unit_type(unit).is_some_and(|kind| kind < UNIT_VPS)).count();
    // Slices share a picture, but nothing keeps one from filling all of it again. Phones write one.
    Ok(largest.saturating_mul(slices as u64))
}

const UNIT_VPS: u8 = 32;
const UNIT_SPS: u8 = 33;

fn unit_type(unit: &[u8]) -> Option<u8> {
    unit.first().map(|head| (head >> 1) & 0x3f)
}

/// Width and height in a sequence parameter set (H.265, 7.3.2.2.1), before the cut that `hevc::probe` reports: it is
/// these that the decoder allocates.
fn declared_size(set: &[u8]) -> Option<(u32, u32)> {
    let mut bits = Bits::new(set.get(2..)?);
    bits.skip(4);
    let layers = bits.take(3)?;
    bits.skip(1);
    bits.skip(88); // the general profile
    bits.skip(8); // and its level
    let mut known = 0;
    for _ in 0..layers {
        known += 88 * bits.take(1)? + 8 * bits.take(1)?;
    }
    if layers > 0 {
        bits.skip(2 * (8 - layers));
    }
    bits.skip(known);
    bits.golomb()?; // the set's number
    if bits.golomb()? == 3 {
        bits.skip(1);
    }
    Some((bits.golomb()?, bits.golomb()?))
}

/// Bits of a parameter set, without the bytes that keep start codes out of it.
struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn new(escaped: &[u8]) -> Self {
        let mut bytes = Vec::new();
        let mut zeros = 0;
        // The size stands within the first hundred bytes.
        for &byte in escaped.iter().take(256) {
            if zeros >= 2 && byte == 3 {
                zeros = 0;
                continue;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            bytes.push(byte);
        }
        Self { bytes, at: 0 }
    }

    fn skip(&mut self, count: u32) {
        self.at += count as usize;
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            let bit = self.bytes.get(self.at / 8)? >> (7 - self.at % 8) & 1;
            value = value << 1 | u32::from(bit);
            self.at += 1;
        }
        Some(value)
    }

    /// An Exp-Golomb number.
    fn golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.take(1)? == 0 {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        ((1_u32 << zeros) - 1).checked_add(self.take(zeros)?)
    }
}

fn decode_tile(file: &Context<'_>, tile: u32, props: &ItemProps<'_>) -> Result<Frame, FileProblem> {
    let config = config(props)?;
    let data = file.item_data(tile).map_err(damaged)?;
    let units = config.split_nals(&data).map_err(damaged)?;
    let frame = hevc::decode_still(&config.parameter_sets(), &units).map_err(damaged)?;
    check_size(frame.width, frame.height, PIXELS_MAX)?;
    Ok(frame)
}

/// Takes the rows of a picture through the cut that the container asks for.
struct Rows {
    shrink: Shrink,
    left: usize,
    top: usize,
    width: usize,
    at: usize,
}

impl Rows {
    /// The cut comes first (ISO/IEC 23000-22, 7.3.6.7), so that it can be made before shrinking and the turns after.
    fn new((width, height): (u32, u32), transforms: &[Transform]) -> Result<(Self, Vec<Orientation>), FileProblem> {
        check_size(width, height, PIXELS_MAX)?;
        let (mut left, mut top, mut size) = (0, 0, (width, height));
        let mut turns = Vec::new();
        for (at, transform) in transforms.iter().take(4).enumerate() {
            match *transform {
                Transform::Crop(cut) if at == 0 => {
                    (left, top, size.0, size.1) = transform::crop_rect(width, height, cut).map_err(damaged)?;
                }
                Transform::Crop(_) => return Err(FileProblem::Damaged),
                Transform::Rotate(Rotation::None) => {}
                Transform::Rotate(Rotation::Ccw90) => turns.push(Orientation::Rotate270),
                Transform::Rotate(Rotation::Ccw180) => turns.push(Orientation::Rotate180),
                Transform::Rotate(Rotation::Ccw270) => turns.push(Orientation::Rotate90),
                Transform::Mirror(Mirror::LeftRight) => turns.push(Orientation::FlipHorizontal),
                Transform::Mirror(Mirror::TopBottom) => turns.push(Orientation::FlipVertical),
            }
        }
        let shrink = Shrink::within_area(size.0, size.1, KEPT_PIXELS_MAX);
        Ok((Self { shrink, left: left as usize, top: top as usize, width: size.0 as usize, at: 0 }, turns))
    }

    fn push(&mut self, frame: &Frame, colour: Nclx) -> Result<(), FileProblem> {
        let rgb = color::convert(frame, None, colour, PixelLayout::Rgb8, PIXELS_MAX, Some(1)).map_err(damaged)?;
        for row in rgb.data.chunks_exact(rgb.row_bytes()) {
            if self.at >= self.top {
                let cut = row.get(self.left * 3..(self.left + self.width) * 3).ok_or(FileProblem::Damaged)?;
                self.shrink.push(cut);
            }
            self.at += 1;
        }
        Ok(())
    }
}

/// Whatever the decoder has to say, among it that a file uses something it does not know.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn damaged(error: heic_rs::Error) -> FileProblem {
    match error {
        heic_rs::Error::PixelLimit { .. } => FileProblem::TooManyPixels,
        _ => FileProblem::Damaged,
    }
}
