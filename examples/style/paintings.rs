//! Pictures of 64x64 pixels in colour, made by formulas: what a style is taken from.

use cnn::{Sample, Volume};

use crate::random::Random;
use crate::transfer::seen;

pub(crate) type Picture = Volume<64, 64, 3>;

/// A share of the way from one colour to another.
fn mix(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    std::array::from_fn(|c| a[c] + (b[c] - a[c]) * share)
}

/// Gives every pixel the colour (0 to 1) of its row and column, as the network sees it.
fn paint(picture: &mut Picture, colour: impl Fn(f32, f32) -> [f32; 3]) {
    for (y, row) in picture.iter_mut().enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = colour(y as f32, x as f32).map(seen);
        }
    }
}

/// One picture of each style.
pub(crate) fn styles(random: &mut Random) -> Vec<Picture> {
    let mut styles = Picture::zeroed_vec(3);
    swirls(&mut styles[0], random);
    mosaic(&mut styles[1], random);
    hatching(&mut styles[2], random);
    styles
}

/// Bands of blue and yellow that wind around a few centres.
fn swirls(picture: &mut Picture, random: &mut Random) {
    let centres: Vec<[f32; 2]> = (0..5).map(|_| [64.0 * random.unit(), 64.0 * random.unit()]).collect();
    paint(picture, |y, x| {
        let distance = |[a, b]: &[f32; 2]| ((y - a).powi(2) + (x - b).powi(2)).sqrt();
        let nearest = centres.iter().map(distance).fold(f32::INFINITY, f32::min);
        let wave = 0.5 + 0.5 * (1.1 * nearest).sin();
        mix([0.05, 0.12, 0.45], [0.95, 0.8, 0.25], wave * wave)
    });
}

/// Tiles of a few strong colours between dark joints: each pixel belongs to the nearest of many points (Voronoi).
fn mosaic(picture: &mut Picture, random: &mut Random) {
    const COLOURS: [[f32; 3]; 4] = [[0.85, 0.2, 0.15], [0.95, 0.9, 0.8], [0.1, 0.45, 0.5], [0.95, 0.65, 0.15]];
    let points: Vec<[f32; 2]> = (0..90).map(|_| [64.0 * random.unit(), 64.0 * random.unit()]).collect();
    let colours: Vec<[f32; 3]> = points.iter().map(|_| COLOURS[random.below(COLOURS.len())]).collect();
    paint(picture, |y, x| {
        let mut nearest = [(f32::INFINITY, 0); 2];
        for (i, [a, b]) in points.iter().enumerate() {
            let distance = ((y - a).powi(2) + (x - b).powi(2)).sqrt();
            if distance < nearest[0].0 {
                nearest = [(distance, i), nearest[0]];
            } else if distance < nearest[1].0 {
                nearest[1] = (distance, i);
            }
        }
        if nearest[1].0 - nearest[0].0 < 1.2 { [0.1, 0.08, 0.08] } else { colours[nearest[0].1] }
    });
}

/// Slanted strokes of greens on paper, crossing each other.
fn hatching(picture: &mut Picture, random: &mut Random) {
    let [phase, other] = [6.3 * random.unit(), 6.3 * random.unit()];
    paint(picture, |y, x| {
        let strokes =
            (0.9 * (x + y) + 0.6 * (0.2 * y + phase).sin()).sin().max((0.45 * (x - 2.0 * y) + other).sin() - 0.3);
        mix([0.95, 0.93, 0.85], [0.05, 0.3, 0.2], (2.0 * strokes).clamp(0.0, 1.0))
    });
}

/// Every number at random: what a picture is without content or style.
pub(crate) fn noise(picture: &mut Picture, random: &mut Random) {
    picture.flat_mut().iter_mut().for_each(|x| *x = seen(random.unit()));
}
