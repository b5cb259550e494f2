//! A learnt number for every number of a sample, added to it: a bias for each unit (LeCun et al., 1989).

use super::runs::Elementwise;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;

/// The constants of a layer of biases.
#[derive(Clone, Copy, Debug)]
pub struct Bias {
    /// Offset of the biases: one for each float of a sample, in the order of memory.
    pub bias: usize,
}

/// `output = input + bias`. `output` may be the same map as `input`.
pub fn forward(pass: &mut Pass<'_>, layer: &Bias, input: &Map, output: &Map) {
    let bias = &pass.parameters[layer.bias..];
    let maps = Elementwise::new(pass.arena, pass.samples, input, output);
    dispatch!(_simd => maps.for_each(
        #[inline(always)]
        |_, at, target, _| target.iter_mut().zip(&bias[at..]).for_each(|(target, bias)| *target += bias),
    ));
}

/// Adds to the gradients of the biases and overwrites `d_input` with `d_output`, which may be the same map.
pub fn backward(pass: &mut Pass<'_>, layer: &Bias, d_output: &Map, d_input: &Map) {
    let d_bias = &mut pass.gradients[layer.bias..];
    let maps = Elementwise::new(pass.arena, pass.samples, d_output, d_input);
    dispatch!(_simd => maps.for_each(
        #[inline(always)]
        |_, at, d, _| d_bias[at..].iter_mut().zip(d).for_each(|(sum, d)| *sum += *d),
    ));
}

/// Overwrites `d_input` with `d_output`, which may be the same map.
pub fn backward_data(pass: &mut Pass<'_>, d_output: &Map, d_input: &Map) {
    if d_output != d_input {
        Elementwise::new(pass.arena, pass.samples, d_output, d_input).for_each(|_, _, _, _| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

    /// The definition, in f64: all samples one behind the other.
    mod reference {
        pub(super) fn forward(bias: &[f64], x: &[f64]) -> Vec<f64> {
            x.iter().enumerate().map(|(i, x)| x + bias[i % bias.len()]).collect()
        }

        /// The gradient for the biases; that for the input is the output's.
        pub(super) fn backward(len: usize, dy: &[f64]) -> Vec<f64> {
            (0..len).map(|i| dy.iter().skip(i).step_by(len).sum()).collect()
        }
    }

    #[test]
    fn maps_of_every_shape_agree_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for (shape, border) in [([1, 1, 1], [0; 4]), ([3, 5, 6], [0, 1, 0, 2]), ([40, 20, 17], [0; 4])] {
                for samples in [1, 2, 5] {
                    let mut places = Places::default();
                    let [input, output, d_output] = [border, [0; 4], [0; 4]].map(|border| places.map(shape, border));
                    let d_input = places.map(shape, [1; 4]);
                    let len = input.volume();
                    // A parameter in front shows an offset that is forgotten.
                    let parameters: Vec<f32> = [9.0].into_iter().chain(random.vec(len)).collect();
                    let mut bench = Bench::new(samples, places.floats, &parameters);
                    bench.gradients.fill(1.0);
                    let (x, dy) = (random.vec(samples * len), random.vec(samples * len));
                    bench.fill(&input, &x);
                    bench.fill(&d_output, &dy);
                    bench.blank(&output);
                    bench.blank(&d_input);
                    let layer = Bias { bias: 1 };
                    forward(&mut bench.pass(), &layer, &input, &output);
                    backward(&mut bench.pass(), &layer, &d_output, &d_input);
                    let what = format!("{shape:?}, border {border:?}, {samples} samples");
                    let (x, dy) = (wide(&x), wide(&dy));
                    let expected = reference::forward(&wide(&parameters[1..]), &x);
                    assert_close(&bench.read(&output), &expected, 1e-6, &what);
                    assert_close(&bench.read(&d_input), &dy, 0.0, &what);
                    let d_bias: Vec<f64> = reference::backward(len, &dy).iter().map(|d| 1.0 + d).collect();
                    assert_close(&bench.gradients[1..], &d_bias, 1e-6, &what);
                    assert_eq!(bench.gradients[0], 1.0, "{what}");

                    forward(&mut bench.pass(), &layer, &input, &input);
                    assert_eq!(bench.read(&input), bench.read(&output), "{what} in place");
                    backward(&mut bench.pass(), &layer, &d_output, &d_output);
                    assert_eq!(bench.read(&d_output), bench.read(&d_input), "{what} in place");
                    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
                }
            }
        });
    }

    #[test]
    fn the_reference_backward_is_the_slope_of_the_reference() {
        let mut random = Random::new(2);
        let (bias, x, dy) = (wide(&random.vec(6)), wide(&random.vec(18)), wide(&random.vec(18)));
        let loss = |bias: &[f64]| reference::forward(bias, &x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
        let slopes = differences(&bias, loss);
        assert!(slopes.iter().zip(reference::backward(6, &dy)).all(|(a, b)| (a - b).abs() < 1e-8));
    }
}
