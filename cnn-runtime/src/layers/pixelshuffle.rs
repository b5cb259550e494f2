//! Pixel shuffle: channels become rows and columns (Shi et al., *Sub-pixel convolution*, 2016).

use crate::map::Map;
use crate::pass::Pass;

/// The constants of a pixel shuffle.
#[derive(Clone, Copy, Debug)]
pub struct PixelShuffle {
    /// Rows and columns that a pixel becomes.
    pub factor: usize,
}

/// `output[factor y + i][factor x + j][c] = input[y][x][(c factor + i) factor + j]`: PyTorch's order of channels.
pub fn forward(pass: &mut Pass<'_>, shuffle: &PixelShuffle, input: &Map, output: &Map) {
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        walk(shuffle.factor, input, output, |from, to| y[to] = x[from]);
    }
}

/// Overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, shuffle: &PixelShuffle, d_output: &Map, d_input: &Map) {
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        walk(shuffle.factor, d_input, d_output, |from, to| dx[from] = dy[to]);
    }
}

/// Calls `visit(from, to)` with the places of every float in a sample of `deep` and of `wide`.
#[inline(always)]
fn walk(factor: usize, deep: &Map, wide: &Map, mut visit: impl FnMut(usize, usize)) {
    for y in 0..wide.height {
        let (from, to) = (deep.origin() + y / factor * deep.row(), wide.origin() + y * wide.row());
        for x in 0..wide.width {
            let from = from + x / factor * deep.channels + y % factor * factor + x % factor;
            let to = to + x * wide.channels;
            for c in 0..wide.channels {
                visit(from + c * factor * factor, to + c);
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
    fn floats_go_where_the_definition_says_and_gradients_come_back() {
        let mut random = Random::new(1);
        for (factor, [h, w, c]) in [(1, [2, 3, 4]), (2, [2, 3, 1]), (2, [1, 2, 17]), (3, [3, 2, 5])] {
            for (samples, border) in [(1, [0; 4]), (3, [1, 0, 2, 3])] {
                let shapes = [[h, w, c * factor * factor], [h * factor, w * factor, c]];
                let volume = shapes[0].iter().product::<usize>();
                let (input, d_output) = (&random.vec(samples * volume), &random.vec(samples * volume));
                let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                let found = trial.run(|bench, maps| {
                    let shuffle = PixelShuffle { factor };
                    forward(&mut bench.pass(), &shuffle, &maps.input, &maps.output);
                    backward(&mut bench.pass(), &shuffle, &maps.d_output, &maps.d_input);
                });
                for (from, &input) in input.iter().enumerate() {
                    // Channel, row and column within the pixel's square, column, row, sample.
                    let mut rest = from;
                    let mut next = |n: usize| {
                        let digit = rest % n;
                        rest /= n;
                        digit
                    };
                    let [j, i, channel, x, y] = [factor, factor, c, w, h].map(&mut next);
                    let sample = rest;
                    let to = ((sample * h * factor + y * factor + i) * w * factor + x * factor + j) * c + channel;
                    assert_eq!((found.output[to], found.d_input[from]), (input, d_output[to]), "{shapes:?}");
                }
            }
        }
    }
}
