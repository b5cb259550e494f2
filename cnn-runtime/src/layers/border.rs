//! Zeroing a map's border where its memory was used for something else.

use crate::map::{Map, Part};
use crate::pass::Pass;

/// Zeroes the border of every sample of the group, not its interior. Given a part, that of the map that holds it.
pub fn clear(pass: &mut Pass<'_>, map: &Part) {
    let [top, bottom, left, right] = map.border;
    let (row, pitch) = (map.row(), map.pitch);
    for sample in pass.arena.view_mut(map).chunks_mut(map.stored()).take(pass.samples) {
        let (above, rest) = sample[..map.size()].split_at_mut(top * row);
        let (rows, below) = rest.split_at_mut(map.height * row);
        above.fill(0.0);
        below.fill(0.0);
        debug_assert_eq!(below.len(), bottom * row);
        if left + right > 0 {
            for pixels in rows.chunks_mut(row) {
                pixels[..left * pitch].fill(0.0);
                pixels[row - right * pitch..].fill(0.0);
            }
        }
    }
}

/// Copies the interior of `from` to that of `to`, a map of the same volume with another border.
pub fn spread(pass: &mut Pass<'_>, from: &Map, to: &Map) {
    let [source, target] = pass.arena.views([from, to]);
    let samples = source.chunks(from.stored()).zip(target.chunks_mut(to.stored()));
    for (source, target) in samples.take(pass.samples) {
        for (source, target) in from.rows(source).zip(to.rows_mut(target)) {
            target.copy_from_slice(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random};

    #[test]
    fn a_border_is_cleared_and_the_interior_is_not() {
        for border in [[0; 4], [1, 0, 0, 0], [0, 2, 0, 0], [1, 2, 3, 1], [0, 0, 0, 2]] {
            let mut places = Places::default();
            let map = places.map([3, 2, 5], border);
            let mut bench = Bench::new(2, places.floats, &[]);
            let values = Random::new(1).vec(2 * map.volume());
            bench.fill(&map, &values);
            for sample in bench.arena.view_mut(&map).chunks_mut(map.stored()) {
                // All of the border.
                let kept: Vec<f32> = map.rows(sample).flatten().copied().collect();
                sample[..map.size()].fill(9.0);
                map.rows_mut(sample).zip(kept.chunks(10)).for_each(|(row, kept)| row.copy_from_slice(kept));
            }
            clear(&mut bench.pass(), &map.part(1, 2));
            assert_eq!(bench.read(&map), values, "{border:?}");
            bench.assert_untouched_outside(&map);
        }
    }

    #[test]
    fn a_map_is_spread_to_one_with_another_border() {
        let mut places = Places::default();
        let (from, to) = (places.map([2, 3, 4], [0, 1, 0, 2]), places.map([2, 3, 4], [2, 0, 1, 1]));
        let mut bench = Bench::new(3, places.floats, &[]);
        let values = Random::new(2).vec(3 * from.volume());
        bench.fill(&from, &values);
        bench.blank(&to);
        spread(&mut bench.pass(), &from, &to);
        assert_eq!((bench.read(&to), bench.read(&from)), (values.clone(), values));
        bench.assert_untouched_outside(&to);
        bench.assert_untouched_outside(&from);
    }
}
