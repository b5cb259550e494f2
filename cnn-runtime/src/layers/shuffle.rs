//! Channel shuffle: groups of channels dealt out among each other (Zhang et al., *ShuffleNet*, 2018).

use crate::map::Map;
use crate::pass::Pass;

/// The constants of a channel shuffle.
#[derive(Clone, Copy, Debug)]
pub struct Shuffle {
    /// Groups of the input's channels; they divide them.
    pub groups: usize,
}

/// `output[i * groups + group] = input[group * channels / groups + i]` in every pixel: PyTorch's `channel_shuffle`.
pub fn forward(pass: &mut Pass<'_>, shuffle: &Shuffle, input: &Map, output: &Map) {
    transpose(pass, shuffle.groups, input, output);
}

/// Overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, shuffle: &Shuffle, d_output: &Map, d_input: &Map) {
    // Dealt out the other way: as many groups as a group had channels.
    transpose(pass, d_input.channels / shuffle.groups, d_output, d_input);
}

/// Every pixel as a matrix of `rows` rows, turned around.
fn transpose(pass: &mut Pass<'_>, rows: usize, from: &Map, to: &Map) {
    let columns = from.channels / rows;
    let [source, target] = pass.arena.views([from, to]);
    for (source, target) in source.chunks(from.stored()).zip(target.chunks_mut(to.stored())).take(pass.samples) {
        for (source, target) in from.rows(source).zip(to.rows_mut(target)) {
            let pixels = source.chunks_exact(from.channels).zip(target.chunks_exact_mut(from.channels));
            for (source, target) in pixels {
                for (column, target) in target.chunks_exact_mut(rows).enumerate() {
                    target.iter_mut().zip(source[column..].iter().step_by(columns)).for_each(|(to, &from)| *to = from);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::testing::Random;

    /// The definition: where a channel goes.
    fn target(channels: usize, groups: usize, c: usize) -> usize {
        let each = channels / groups;
        c % each * groups + c / each
    }

    #[test]
    fn channels_go_where_the_definition_says_and_gradients_come_back() {
        let mut random = Random::new(1);
        for (channels, groups) in [(1, 1), (6, 2), (6, 3), (12, 6), (34, 2), (64, 4), (5, 5)] {
            for (samples, [h, w], border) in [(1, [1, 1], [0; 4]), (3, [2, 3], [1, 0, 2, 0])] {
                let len = samples * h * w * channels;
                let (input, d_output) = (&random.vec(len), &random.vec(len));
                let shapes = [[h, w, channels]; 2];
                let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                let found = trial.run(|bench, maps| {
                    let shuffle = Shuffle { groups };
                    forward(&mut bench.pass(), &shuffle, &maps.input, &maps.output);
                    backward(&mut bench.pass(), &shuffle, &maps.d_output, &maps.d_input);
                });
                for (i, &input) in input.iter().enumerate() {
                    let to = i / channels * channels + target(channels, groups, i % channels);
                    assert_eq!(found.output[to], input, "{channels} channels, {groups} groups");
                    assert_eq!(found.d_input[i], d_output[to], "{channels} channels, {groups} groups");
                }
            }
        }
    }
}
