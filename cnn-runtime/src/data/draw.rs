//! Pictures in a terminal.

use crate::Volume;

/// Draws an image with characters: two rows of pixels in each line, whose shades go from blank (the image's darkest
/// pixel) to full (its brightest).
///
/// Half blocks show where a pixel and the one below it differ much; where they do not, a shade shows their mean. There
/// are no colours and no escape codes, so the text is the same in a file; the channels of a pixel count as their mean.
/// An image without contrast is blank if it is not above zero, and full otherwise.
///
/// ```
/// let text = cnn_runtime::data::to_text(&[[[1.0], [0.0], [0.0]], [[1.0], [1.0], [0.5]]]);
/// assert_eq!(text, "█▄▄\n");
/// ```
pub fn to_text<const H: usize, const W: usize, const C: usize>(image: &Volume<H, W, C>) -> String {
    let grey = |y: usize, x: usize| {
        let sum: f32 = image[y][x].iter().sum();
        if sum.is_finite() { sum / C as f32 } else { 0.0 }
    };
    let pixels = || (0..H).flat_map(|y| (0..W).map(move |x| (y, x))).map(|(y, x)| grey(y, x));
    let low = pixels().fold(f32::INFINITY, f32::min);
    let high = pixels().fold(f32::NEG_INFINITY, f32::max);
    let level = |y: usize, x: usize| {
        if y >= H {
            0.0
        } else if high > low {
            (grey(y, x) - low) / (high - low)
        } else {
            f32::from(u8::from(high > 0.0))
        }
    };
    let mut text = String::with_capacity(H.div_ceil(2) * (W * 3 + 1));
    for y in (0..H).step_by(2) {
        text.extend((0..W).map(|x| character(level(y, x), level(y + 1, x))));
        text.push('\n');
    }
    text
}

/// The character for a pixel and the one below it, both from 0 to 1.
fn character(top: f32, bottom: f32) -> char {
    const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
    if top - bottom >= 0.5 {
        '▀'
    } else if bottom - top >= 0.5 {
        '▄'
    } else {
        SHADES[(((top + bottom) * 2.0).round() as usize).min(4)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_two_by_two() {
        let image = [[[0.0], [1.0], [0.0], [1.0]], [[0.0], [0.0], [1.0], [1.0]], [[1.0], [0.0], [0.4], [0.6]]];
        assert_eq!(to_text(&image), " ▀▄█\n▀ ░▀\n");
    }

    #[test]
    fn shades_stretch_from_darkest_to_brightest() {
        let row = [[-2.0], [-1.0], [0.0], [1.0], [2.0]];
        assert_eq!(to_text(&[row, row]), " ░▒▓█\n");
    }

    #[test]
    fn images_without_contrast_or_numbers() {
        assert_eq!(to_text(&[[[0.0; 3]; 2]; 2]), "  \n");
        assert_eq!(to_text(&[[[0.7; 3]; 2]; 2]), "██\n");
        assert_eq!(to_text(&[[[f32::NAN], [f32::INFINITY]]; 2]), "  \n");
        assert_eq!(to_text::<0, 3, 1>(&[]), "");
        assert_eq!(to_text::<2, 1, 0>(&[[[]]; 2]), " \n");
    }

    #[test]
    fn a_zero_from_the_digits() {
        let (_, test) = crate::data::digits();
        assert_eq!(to_text(&test.inputs()[0]).lines().count(), 4);
    }
}
