//! What the members of the committee see: the same picture, its light evened out in different ways (Ciresan et al.,
//! 2012: original, imadjust, histeq, adapthisteq, conorm).
//!
//! The first three change a pixel's intensity, the mean of its colours, and leave what its colours differ by.

use crate::sign::{Picture, SIZE};

pub(crate) type Preparation = fn(&Picture) -> Picture;

pub(crate) const PREPARATIONS: [(&str, Preparation); 5] = [
    ("as it is", |picture| *picture),
    ("stretched", stretched),
    ("equalised", equalised),
    ("equalised locally", equalised_locally),
    ("normalised contrast", normalised),
];

const PIXELS: usize = SIZE * SIZE;

fn intensities(picture: &Picture) -> Vec<f32> {
    picture.as_flattened().iter().map(|[red, green, blue]| (red + green + blue) / 3.0).collect()
}

/// The picture with other intensities.
fn with(picture: &Picture, old: &[f32], new: &[f32]) -> Picture {
    let mut changed = *picture;
    for ((pixel, old), new) in changed.as_flattened_mut().iter_mut().zip(old).zip(new) {
        pixel.iter_mut().for_each(|value| *value += new - old);
    }
    changed
}

/// Imadjust: stretches intensities so that one pixel in a hundred is black and one in a hundred white. Colours are
/// stretched with them.
fn stretched(picture: &Picture) -> Picture {
    let mut sorted = intensities(picture);
    sorted.sort_by(f32::total_cmp);
    let (low, high) = (sorted[PIXELS / 100], sorted[PIXELS - 1 - PIXELS / 100]);
    picture.map(|row| row.map(|pixel| pixel.map(|value| (value - low) / (high - low).max(1e-3))))
}

/// Histeq: the intensity of a pixel becomes the share of all pixels that are darker, so that all are equally frequent.
fn equalised(picture: &Picture) -> Picture {
    let old = intensities(picture);
    let mut sorted = old.clone();
    sorted.sort_by(f32::total_cmp);
    let new: Vec<f32> = old.iter().map(|x| sorted.partition_point(|y| y < x) as f32 / PIXELS as f32).collect();
    with(picture, &old, &new)
}

/// Adapthisteq: the same, of the pixels around each.
fn equalised_locally(picture: &Picture) -> Picture {
    const REACH: usize = 6;
    let old = intensities(picture);
    let around = |at: usize| at.saturating_sub(REACH)..(at + REACH + 1).min(SIZE);
    let new: Vec<f32> = (0..PIXELS)
        .map(|i| {
            let (rows, columns) = (around(i / SIZE), around(i % SIZE));
            let all = rows.len() * columns.len();
            let darker = |row: usize| old[row * SIZE..][columns.clone()].iter().filter(|x| **x < old[i]).count();
            rows.map(darker).sum::<usize>() as f32 / all as f32
        })
        .collect();
    with(picture, &old, &new)
}

/// Conorm: every colour minus its blurred self, a difference of Gaussians whose narrow one is a pixel, divided by
/// what this is on average around the pixel (Sermanet and LeCun, 2011: local contrast normalisation).
fn normalised(picture: &Picture) -> Picture {
    let mut difference = *picture;
    for (pixel, mean) in difference.as_flattened_mut().iter_mut().zip(blurred(picture).as_flattened()) {
        pixel.iter_mut().zip(mean).for_each(|(value, mean)| *value -= mean);
    }
    let squares = difference.map(|row| row.map(|pixel| [pixel.iter().map(|x| x * x).sum::<f32>() / 3.0; 3]));
    let variance = blurred(&squares);
    for (pixel, variance) in difference.as_flattened_mut().iter_mut().zip(variance.as_flattened()) {
        // Where there is nothing but the camera's noise, that must not become a picture.
        let deviation = variance[0].sqrt().max(0.03);
        pixel.iter_mut().for_each(|value| *value /= deviation);
    }
    difference
}

/// The picture under a Gaussian of deviation 3; weights beyond the edge are left out.
fn blurred(picture: &Picture) -> Picture {
    const REACH: usize = 6;
    const DEVIATION: f32 = 3.0;
    let along = |line: &[[f32; 3]; SIZE]| -> [[f32; 3]; SIZE] {
        std::array::from_fn(|at| {
            let (mut sum, mut weights) = ([0.0; 3], 0.0);
            for (i, pixel) in line.iter().enumerate().take(at + REACH + 1).skip(at.saturating_sub(REACH)) {
                let weight = (-0.5 * (i.abs_diff(at) as f32 / DEVIATION).powi(2)).exp();
                sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += weight * value);
                weights += weight;
            }
            sum.map(|sum| sum / weights)
        })
    };
    let turned = |picture: Picture| -> Picture { std::array::from_fn(|y| std::array::from_fn(|x| picture[x][y])) };
    turned(turned(picture.each_ref().map(along)).each_ref().map(along))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey that brightens from pixel to pixel.
    fn ramp() -> Picture {
        std::array::from_fn(|y| {
            std::array::from_fn(|x| [0.3 + 0.2 * ((y * SIZE + x) as f32 / PIXELS as f32).powi(2); 3])
        })
    }

    #[test]
    fn equalised_intensities_are_equally_frequent() {
        let equal = intensities(&equalised(&ramp()));
        assert!(equal.iter().enumerate().all(|(i, x)| (x - i as f32 / PIXELS as f32).abs() < 1e-5));
        let mut coloured = ramp();
        coloured[3][4] = [0.9, 0.1, 0.4];
        let [red, green, blue] = equalised(&coloured)[3][4];
        assert!((red - green - 0.8).abs() < 1e-5 && (blue - green - 0.3).abs() < 1e-5);
    }

    #[test]
    fn stretching_reaches_black_and_white() {
        let all = intensities(&stretched(&ramp()));
        let (black, white) = (all.iter().filter(|x| **x <= 0.0).count(), all.iter().filter(|x| **x >= 1.0).count());
        assert_eq!((black, white), (PIXELS / 100 + 1, PIXELS / 100 + 1));
    }

    #[test]
    fn blurring_is_a_mean_of_neighbours() {
        // The sum over both directions at once, against one direction after the other.
        let picture: Picture = std::array::from_fn(|y| std::array::from_fn(|x| [(x * y % 7) as f32, x as f32, 1.0]));
        let found = blurred(&picture);
        for (at_y, at_x) in [(0, 0), (15, 20), (31, 2)] {
            let (mut sum, mut weights) = ([0.0; 3], 0.0);
            for (y, x) in (0..PIXELS).map(|i| (i / SIZE, i % SIZE)) {
                let (down, right) = (at_y as f32 - y as f32, at_x as f32 - x as f32);
                if down.abs() <= 6.0 && right.abs() <= 6.0 {
                    let weight = (-(down * down + right * right) / 18.0).exp();
                    weights += weight;
                    (0..3).for_each(|c| sum[c] += weight * picture[y][x][c]);
                }
            }
            (0..3).for_each(|c| assert!((found[at_y][at_x][c] - sum[c] / weights).abs() < 1e-4));
        }
    }

    #[test]
    fn light_changes_little_of_what_members_see() {
        let mut random = crate::random::Random::new(3);
        let bright = crate::sign::SIGNS[0].photograph(&mut random);
        let dim = bright.map(|row| row.map(|pixel| pixel.map(|value| 0.5 * value + 0.1)));
        let differ = |a: &Picture, b: &Picture| -> f32 {
            let (a, b) = (intensities(a), intensities(b));
            a.iter().zip(&b).map(|(a, b)| (a - b).abs()).sum::<f32>() / PIXELS as f32
        };
        for (name, prepare) in &PREPARATIONS[1..4] {
            assert!(differ(&prepare(&bright), &prepare(&dim)) < 1e-2, "{name}");
        }
        let flat = [[[0.4, 0.5, 0.6]; SIZE]; SIZE];
        assert!(differ(&normalised(&flat), &[[[0.0; 3]; SIZE]; SIZE]) < 1e-4);
    }
}
