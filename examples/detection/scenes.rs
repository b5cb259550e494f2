//! Scenes of handwritten digits: where each is, and which.

use std::ops::Range;

use cnn::Volume;
use cnn::data::Dataset;
use rayon::prelude::*;

use crate::boxes::Rect;
use crate::random::Random;
use crate::scene::{ground, value_at};

/// Rows and columns of a scene.
pub(crate) const SIDE: usize = 64;

/// A scene as it is seen.
pub(crate) type Picture = Volume<SIDE, SIDE, 1>;
/// The box and the class of every digit of a scene.
pub(crate) type Truth = Vec<(Rect, usize)>;

/// The scenes of these numbers, of digits from this data set.
pub(crate) fn scenes(
    digits: &Dataset<Volume<8, 8, 1>>,
    seed: u64,
    numbers: Range<usize>,
) -> (Vec<Picture>, Vec<Truth>) {
    numbers.into_par_iter().map(|number| scene(digits, &mut Random::of(seed, number))).unzip()
}

/// One to four digits, 14 to 34 pixels high, on textured ground with strokes that are no digits.
fn scene(digits: &Dataset<Volume<8, 8, 1>>, random: &mut Random) -> (Picture, Truth) {
    let strokes = random.below(4);
    let (mut picture, mut truth) = (ground(random, strokes), Truth::new());
    let wanted = 1 + random.below(4);
    // A digit that finds no free place is left out.
    for _ in 0..20 * wanted {
        if truth.len() == wanted {
            break;
        }
        let sample = random.below(digits.len());
        let (digit, class) = (&digits.inputs()[sample], digits.targets()[sample]);
        let ink = ink(digit);
        let height = random.between(14.0, 34.0);
        let width = height * ink.w / ink.h * random.between(0.8, 1.25);
        if width > 34.0 {
            continue;
        }
        let [left, top] = [width, height].map(|size| random.between(1.0, SIDE as f32 - 1.0 - size));
        let rect = Rect::between([left, top], [left + width, top + height]);
        if truth.iter().all(|(other, _)| other.iou(&rect) == 0.0) {
            paste(&mut picture, digit, ink, rect, random.between(0.8, 1.0));
            truth.push((rect, class));
        }
    }
    (picture, truth)
}

/// The smallest rectangle of pixels with ink.
fn ink(digit: &Volume<8, 8, 1>) -> Rect {
    let has_ink = |y: usize, x: usize| digit[y][x][0] > 0.2;
    let rows: Vec<usize> = (0..8).filter(|&y| (0..8).any(|x| has_ink(y, x))).collect();
    let columns: Vec<usize> = (0..8).filter(|&x| (0..8).any(|y| has_ink(y, x))).collect();
    let span = |places: &[usize]| match places {
        [] => (0.0, 8.0),
        [first, ..] => (*first as f32, (places[places.len() - 1] + 1) as f32),
    };
    let ((left, right), (top, bottom)) = (span(&columns), span(&rows));
    Rect::between([left, top], [right, bottom])
}

/// Draws the part `from` of a digit into the rectangle `to`: the more ink, the nearer to `shade`.
fn paste(picture: &mut Picture, digit: &Volume<8, 8, 1>, from: Rect, to: Rect, shade: f32) {
    let ([from_left, from_top, ..], [left, top, right, bottom]) = (from.sides(), to.sides());
    let rows = picture.iter_mut().enumerate().take(bottom.ceil() as usize).skip(top as usize);
    for (y, row) in rows {
        for (x, pixel) in row.iter_mut().enumerate().take(right.ceil() as usize).skip(left as usize) {
            let share = [(x as f32 + 0.5 - left) / to.w, (y as f32 + 0.5 - top) / to.h];
            if share.iter().all(|share| (0.0..1.0).contains(share)) {
                let ink = value_at(digit, [from_left + share[0] * from.w, from_top + share[1] * from.h]);
                pixel[0] += ink * (shade - pixel[0]);
            }
        }
    }
}
