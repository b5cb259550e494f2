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
