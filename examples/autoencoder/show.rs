//! Pictures in a row, as text and as files.

use cnn::Volume;

/// Pixels of a picture's side.
const SIDE: usize = 28;

/// Three pictures side by side, two blank columns between them. What lies outside 0 to 1, as sums of components may,
/// would take the shades of text from the rest.
pub(crate) fn side_by_side(pictures: [&[f32; 784]; 3]) -> Volume<SIDE, { 3 * SIDE + 4 }, 1> {
    std::array::from_fn(|y| {
        std::array::from_fn(|x| {
            let (picture, x) = (x / (SIDE + 2), x % (SIDE + 2));
            [if x < SIDE { pictures[picture][SIDE * y + x].clamp(0.0, 1.0) } else { 0.0 }]
        })
    })
}

/// Rows of pictures of ten each, as in figure 2 of the paper.
pub(crate) fn sheet(rows: [&[[f32; 784]]; 3]) -> Box<Volume<{ 3 * SIDE }, { 10 * SIDE }, 1>> {
    let mut sheet = <Volume<{ 3 * SIDE }, { 10 * SIDE }, 1> as cnn::Sample>::zeroed_box();
    for (row, pictures) in rows.into_iter().enumerate() {
        for (column, picture) in pictures.iter().take(10).enumerate() {
            for (y, line) in picture.chunks(SIDE).enumerate() {
                for (x, &pixel) in line.iter().enumerate() {
                    sheet[SIDE * row + y][SIDE * column + x] = [pixel];
                }
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_lie_where_they_belong() {
        let picture = |shade: f32| std::array::from_fn(|i| shade + i as f32);
        let (a, b, c) = (picture(0.0), picture(1000.0), picture(2000.0));
        let row = side_by_side([&a.map(|x| x / 784.0), &picture(1.0).map(|x| x / 784.0), &c]);
        let at = |[y, x]: [usize; 2]| 784.0 * row[y][x][0];
        assert_eq!([[3, 4], [3, 29], [3, 30], [27, 87]].map(at).map(f32::round), [88.0, 0.0, 85.0, 784.0]);

        let sheet = sheet([&vec![a; 10], &[b, c], &vec![c; 10]]);
        assert_eq!([sheet[0][0][0], sheet[28][29][0], sheet[28][56][0], sheet[83][279][0]], [0.0, 2001.0, 0.0, 2783.0]);
    }
}
