//! Some of the channels.

use crate::map::{Map, Part};
use crate::pass::Pass;

/// The constants of a slice.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// The first channel that is kept; the output has as many as are.
    pub first: usize,
}

/// Copies the channels.
pub fn forward(pass: &mut Pass<'_>, slice: &Slice, input: &Part, output: &Part) {
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        for (x, y) in input.pixels(x).zip(output.pixels_mut(y)) {
            y.copy_from_slice(&x[slice.first..][..output.channels]);
        }
    }
}

/// Overwrites `d_input`: channels that were left out get none of the gradient.
pub fn backward(pass: &mut Pass<'_>, slice: &Slice, d_output: &Map, d_input: &Map) {
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        for (dy, dx) in d_output.rows(dy).zip(d_input.rows_mut(dx)) {
            dx.fill(0.0);
            for (dy, dx) in dy.chunks_exact(d_output.channels).zip(dx.chunks_exact_mut(d_input.channels)) {
                dx[slice.first..][..d_output.channels].copy_from_slice(dy);
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
    fn channels_are_copied_and_the_others_get_no_gradient() {
        let mut random = Random::new(1);
        for (channels, from, to) in [(1, 0, 1), (6, 0, 2), (6, 5, 6), (40, 16, 33), (17, 1, 17)] {
            for (samples, [h, w], border) in [(1, [1, 1], [0; 4]), (3, [2, 3], [1, 0, 2, 0])] {
                let shapes = [[h, w, channels], [h, w, to - from]];
                let [input, d_output] = shapes.map(|shape| random.vec(samples * shape.iter().product::<usize>()));
                let (input, d_output) = (&input, &d_output);
                let trial = Trial { samples, shapes, border, parameters: &[], input, d_output };
                let found = trial.run(|bench, maps| {
                    let slice = Slice { first: from };
                    forward(&mut bench.pass(), &slice, &maps.input, &maps.output);
                    backward(&mut bench.pass(), &slice, &maps.d_output, &maps.d_input);
                });
                for pixel in 0..samples * h * w {
                    for c in 0..channels {
                        let at = pixel * channels + c;
                        if (from..to).contains(&c) {
                            let kept = pixel * (to - from) + c - from;
                            assert_eq!((found.output[kept], found.d_input[at]), (input[at], d_output[kept]));
                        } else {
                            assert_eq!(found.d_input[at], 0.0);
                        }
                    }
                }
            }
        }
    }
}
