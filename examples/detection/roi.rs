//! Pooling of regions of interest (Girshick, *Fast R-CNN*, 2015, section 2.1): any part of a feature map, at one size.

use cnn::Volume;

use crate::anchors::{CELLS, STRIDE};
use crate::boxes::Rect;
use crate::networks::DEPTH;

/// Rows and columns of what is pooled.
pub(crate) const POOLED: usize = 5;

/// The shared features of a scene.
pub(crate) type Features = Volume<CELLS, CELLS, DEPTH>;
/// Those of one region.
pub(crate) type Region = Volume<POOLED, POOLED, DEPTH>;

/// The cells that window `i` of [`POOLED`] takes, of those from `low` to `high` (in pixels): at least one.
fn window(low: f32, high: f32, i: usize) -> std::ops::Range<usize> {
    let cell = |at: f32, round: fn(f32) -> f32| round(at / STRIDE as f32).clamp(0.0, CELLS as f32) as usize;
    let first = cell(low, f32::floor).min(CELLS - 1);
    let count = cell(high, f32::ceil).max(first + 1) - first;
    first + i * count / POOLED..first + ((i + 1) * count).div_ceil(POOLED)
}

/// The largest feature of each channel in a window, and where it is.
type Largest = [(f32, [usize; 2]); DEPTH];

/// For each window of a region, in order, the numbers that are pooled and the places that they come from.
fn largest(features: &Features, rect: &Rect) -> Vec<Largest> {
    let [left, top, right, bottom] = rect.sides();
    let mut largest = vec![[(f32::NEG_INFINITY, [0; 2]); DEPTH]; POOLED * POOLED];
    for (i, largest) in largest.iter_mut().enumerate() {
        for y in window(top, bottom, i / POOLED) {
            for x in window(left, right, i % POOLED) {
                for (best, value) in largest.iter_mut().zip(&features[y][x]) {
                    if *value > best.0 {
                        *best = (*value, [y, x]);
                    }
                }
            }
        }
    }
    largest
}

/// The largest feature of each window of a region.
pub(crate) fn pool(features: &Features, rect: &Rect) -> Region {
    let mut region = [[[0.0; DEPTH]; POOLED]; POOLED];
    for (numbers, largest) in region.as_flattened_mut().iter_mut().zip(largest(features, rect)) {
        *numbers = largest.map(|(value, _)| value);
    }
    region
}

/// Adds the gradient of a region to that of the features it was pooled from: each number's to the one it came from.
pub(crate) fn unpool(features: &Features, rect: &Rect, d_region: &Region, d_features: &mut Features) {
    for (largest, d_region) in largest(features, rect).iter().zip(d_region.as_flattened()) {
        for (channel, ((_, [y, x]), d)) in largest.iter().zip(d_region).enumerate() {
            d_features[*y][*x][channel] += d;
        }
    }
}
