//! What generated scenes are made of: textured ground, strokes, and pictures at other sizes.
//!
//! Places are `[x, y]` in pixels, x to the right and y down; the pixel in row `r` and column `c` has its centre at
//! `[c + 0.5, r + 0.5]`.

use cnn::Volume;

use crate::random::Random;

/// A ground for objects to stand on: a grating of random direction and wavelength over a slope, with noise in every
/// pixel, and on it so many strokes of random shades.
pub(crate) fn ground<const S: usize>(random: &mut Random, strokes: usize) -> Volume<S, S, 1> {
    let (angle, wavelength) = (random.between(0.0, std::f32::consts::TAU), random.between(4.0, 16.0));
    let [wave_x, wave_y] = [angle.cos(), angle.sin()].map(|part| part * std::f32::consts::TAU / wavelength);
    let [slope_x, slope_y] = [(); 2].map(|()| random.between(-0.2, 0.2) / S as f32);
    let (level, height) = (random.between(0.2, 0.4), random.between(0.0, 0.12));
    let mut canvas = [[[0.0]; S]; S];
    for (y, row) in canvas.iter_mut().enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let (x, y) = (x as f32, y as f32);
            let wave = height * (wave_x * x + wave_y * y).sin();
            pixel[0] = level + slope_x * x + slope_y * y + wave + 0.04 * random.normal();
        }
    }
    for _ in 0..strokes {
        let from = [(); 2].map(|()| random.between(0.0, S as f32));
        let to = from.map(|at| at + random.between(-0.25, 0.25) * S as f32);
        let (thickness, shade) = (random.between(1.0, 5.0), random.between(0.0, 1.0));
        stroke(&mut canvas, from, to, thickness, shade);
    }
    canvas
}

/// Draws a line with round ends; pixels at its rim are mixed with what was there.
pub(crate) fn stroke<const S: usize>(
    canvas: &mut Volume<S, S, 1>,
    from: [f32; 2],
    to: [f32; 2],
    thickness: f32,
    shade: f32,
) {
    let along = [to[0] - from[0], to[1] - from[1]];
    let length_squared = (along[0] * along[0] + along[1] * along[1]).max(1e-6);
    let reach = 0.5 * thickness + 1.0;
    let span = |axis: usize| {
        let low = (from[axis].min(to[axis]) - reach).max(0.0) as usize;
        let high = (from[axis].max(to[axis]) + reach).ceil().clamp(0.0, S as f32) as usize;
        low.min(high)..high
    };
    for y in span(1) {
        for x in span(0) {
            let away = [x as f32 + 0.5 - from[0], y as f32 + 0.5 - from[1]];
            let share = ((away[0] * along[0] + away[1] * along[1]) / length_squared).clamp(0.0, 1.0);
            let distance = (away[0] - share * along[0]).hypot(away[1] - share * along[1]);
            let cover = (0.5 * thickness + 0.5 - distance).clamp(0.0, 1.0);
            canvas[y][x][0] += cover * (shade - canvas[y][x][0]);
        }
    }
}

/// A picture's value at a place, mixed from the four pixels around it (bilinear); beyond the border, that of the
/// border.
pub(crate) fn value_at<const H: usize, const W: usize>(picture: &Volume<H, W, 1>, [x, y]: [f32; 2]) -> f32 {
    let (x, y) = ((x - 0.5).clamp(0.0, (W - 1) as f32), (y - 0.5).clamp(0.0, (H - 1) as f32));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(W - 1), (top + 1).min(H - 1));
    let (across, down) = (x - left as f32, y - top as f32);
    let mix = |row: &[[f32; 1]; W]| row[left][0] + across * (row[right][0] - row[left][0]);
    mix(&picture[top]) + down * (mix(&picture[bottom]) - mix(&picture[top]))
}
