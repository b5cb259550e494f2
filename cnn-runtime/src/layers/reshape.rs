//! The same floats as a volume of another shape, in the order in which they lie: height, width, channel.

use crate::map::Map;
use crate::pass::Pass;

/// Copies the floats: what reads the output may want a border around it.
pub fn forward(pass: &mut Pass<'_>, input: &Map, output: &Map) {
    copy(pass, input, output);
}

/// Overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, d_output: &Map, d_input: &Map) {
    copy(pass, d_output, d_input);
}

/// From rows to rows of another length.
fn copy(pass: &mut Pass<'_>, from: &Map, to: &Map) {
    debug_assert_eq!(from.volume(), to.volume());
    let [source, target] = pass.arena.views([from, to]);
    for (source, target) in source.chunks(from.stored()).zip(target.chunks_mut(to.stored())).take(pass.samples) {
        let mut rows = from.rows(source);
        let mut source: &[f32] = &[];
        for mut target in to.rows_mut(target) {
            while !target.is_empty() {
                if source.is_empty() {
                    let Some(row) = rows.next() else { break };
                    source = row;
                }
                let len = source.len().min(target.len());
                let (now, later) = target.split_at_mut(len);
                now.copy_from_slice(&source[..len]);
                (source, target) = (&source[len..], later);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::Random;

    #[test]
    fn floats_keep_their_order() {
        let mut random = Random::new(1);
        for shapes in
            [[[2, 3, 4], [4, 3, 2]], [[1, 1, 60], [3, 4, 5]], [[5, 1, 7], [1, 35, 1]], [[3, 3, 16], [9, 1, 16]]]
        {
            for (samples, border) in [(1, [0; 4]), (3, [1, 0, 2, 3])] {
                let len = samples * shapes[0].iter().product::<usize>();
                let (input, d_output) = (&random.vec(len), &random.vec(len));
                let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                let found = trial.run(|bench, maps| {
                    forward(&mut bench.pass(), &maps.input, &maps.output);
                    backward(&mut bench.pass(), &maps.d_output, &maps.d_input);
                });
                assert_eq!((&found.output, &found.d_input), (input, d_output), "{shapes:?}");
            }
        }
    }
}
