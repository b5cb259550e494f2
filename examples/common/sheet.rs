//! Several pictures on one.

use cnn::Volume;

/// Draws a picture on a larger one, with every pixel `scale` x `scale` times, from the row `top` and the column `left`
/// on.
///
/// # Panics
/// If it reaches beyond the larger one.
pub(crate) fn draw<const H: usize, const W: usize, const H2: usize, const W2: usize, const C: usize>(
    sheet: &mut Volume<H2, W2, C>,
    picture: &Volume<H, W, C>,
    [top, left]: [usize; 2],
    scale: usize,
) {
    for (y, row) in sheet[top..][..H * scale].iter_mut().enumerate() {
        for (x, pixel) in row[left..][..W * scale].iter_mut().enumerate() {
            *pixel = picture[y / scale][x / scale];
        }
    }
}
