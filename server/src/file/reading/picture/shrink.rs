//! Shrinking by averaging areas, a row at a time: the large picture need never be in memory as a whole.

use image::RgbImage;

/// Takes a picture's rows from the top and keeps the shrunk picture.
///
/// Each shrunk pixel is the average of the source pixels under it, those at its edge weighted by how much of them lies
/// under it. In whole numbers: a source pixel is `to` long and a shrunk one `from`, so that both make the same length.
pub(super) struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    /// Samples of one source row, shrunk in width: averages with eight bits behind the point.
    narrow: Vec<u32>,
    /// The sums of the row under work, and how much of its height is still open.
    sums: Vec<u32>,
    open: u32,
    done: Vec<u8>,
}

impl Shrink {
    /// A picture of this size, to have no more pixels than `pixels_max`: a long one, such as a screen that was scrolled, keeps its width.
    pub(super) fn within_area(width: u32, height: u32, pixels_max: u64) -> Self {
        Self::new(width, height, fit_area(width, height, pixels_max))
    }

    /// The same, to have no side longer than `side_max`.
    pub(super) fn within_side(width: u32, height: u32, side_max: u32) -> Self {
        Self::new(width, height, fit(width, height, side_max))
    }

    fn new(width: u32, height: u32, to: (u32, u32)) -> Self {
        let samples = to.0 as usize * 3;
        Self {
            from: (width, height),
            to,
            narrow: vec![0; samples],
            sums: vec![0; samples],
            open: height,
            done: Vec::with_capacity(samples * to.1 as usize),
        }
    }

    /// The next row, as RGB. Rows of another width, and more than the picture has, are not looked at.
    pub(super) fn push(&mut self, row: &[u8]) {
        if row.len() != self.from.0 as usize * 3 || self.done.len() == self.done.capacity() {
            return;
        }
        if self.from == self.to {
            self.done.extend_from_slice(row);
            return;
        }
        self.narrow_row(row);
        let mut left = self.to.1;
        while left > 0 {
            let part = left.min(self.open);
            for (sum, &sample) in self.sums.iter_mut().zip(&self.narrow) {
                *sum += sample * part;
            }
            left -= part;
            self.open -= part;
            if self.open == 0 {
                let whole = self.from.1 << 8;
                self.done.extend(self.sums.iter().map(|&sum| byte(sum.saturating_add(whole / 2) / whole)));
                self.sums.fill(0);
                self.open = self.from.1;
            }
        }
    }

    fn narrow_row(&mut self, row: &[u8]) {
        let (from, to) = (self.from.0, self.to.0);
        let mut targets = self.narrow.chunks_exact_mut(3);
        let (mut sum, mut open) = ([0_u32; 3], from);
        for pixel in row.chunks_exact(3) {
            let part = to.min(open);
            add(&mut sum, pixel, part);
            open -= part;
            if open == 0 {
                if let Some(target) = targets.next() {
                    for (sample, sum) in target.iter_mut().zip(sum) {
                        *sample = average(sum, from);
                    }
                }
                // `to` is at most `from`: the rest fits into the next one.
                sum = [0; 3];
                add(&mut sum, pixel, to - part);
                open = from - (to - part);
            }
        }
    }

    /// The shrunk picture, if every row came.
    pub(super) fn finish(self) -> Option<RgbImage> {
        RgbImage::from_raw(self.to.0, self.to.1, self.done)
    }
}

/// A smaller one of a picture, or the same.
pub(super) fn to(picture: &RgbImage, side_max: u32) -> RgbImage {
    let mut shrink = Shrink::within_side(picture.width(), picture.height(), side_max);
    for row in picture.as_raw().chunks_exact(picture.width() as usize * 3) {
        shrink.push(row);
    }
    shrink.finish().unwrap_or_default()
}

fn fit(width: u32, height: u32, side_max: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side_max {
        return (width, height);
    }
    let scaled = |side: u32| {
        let scaled = (u64::from(side) * u64::from(side_max) + u64::from(longest / 2)) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(side_max).max(1)
    };
    (scaled(width), scaled(height))
}

fn fit_area(width: u32, height: u32, pixels_max: u64) -> (u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    if w * h <= pixels_max {
        return (width, height);
    }
    let scaled = |side: u64, other: u64| u32::try_from((pixels_max * side / other).isqrt()).unwrap_or(u32::MAX).max(1);
    (scaled(w, h).min(width), scaled(h, w).min(height))
}

fn add(sum: &mut [u32; 3], pixel: &[u8], part: u32) {
    for (sum, &sample) in sum.iter_mut().zip(pixel) {
        *sum += u32::from(sample) * part;
    }
}

/// With eight bits behind the point. The sum is at most 255 × 65535.
fn average(sum: u32, length: u32) -> u32 {
    ((sum / length) << 8) + ((sum % length) << 8) / length
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}
