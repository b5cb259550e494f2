//! Average pooling against the definition.

use super::*;
use crate::layers::pool::tests::reference::{Shape, covered};
use crate::layers::pool::tests::{BORDERS, CHANNELS, Case, cases};
use crate::testing::{Bench, Places, Random, assert_close, differences, for_each_isa, wide};

/// The definition, in f64, on one sample in HWC order.
mod reference {
    use super::{Shape, Window, covered};

    /// Positions of a window that are inputs or padding.
    pub(super) fn counted(window: &Window, [h, w, _]: Shape, y: usize, x: usize) -> usize {
        let [top, bottom, left, right] = window.padding;
        let rows = (0..window.kernel[0]).filter(|i| y * window.stride[0] + i < top + h + bottom).count();
        let columns = (0..window.kernel[1]).filter(|j| x * window.stride[1] + j < left + w + right).count();
        rows * columns
    }

    pub(super) fn forward(window: &Window, shape: Shape, out: Shape, x: &[f64]) -> Vec<f64> {
        let [_, w, channels] = shape;
        let mut outputs = Vec::new();
        for out_y in 0..out[0] {
            for out_x in 0..out[1] {
                for c in 0..channels {
                    let pixels = covered(window, shape, out_y, out_x);
                    let sum: f64 = pixels.iter().map(|[i, j]| x[(i * w + j) * channels + c]).sum();
                    outputs.push(sum / counted(window, shape, out_y, out_x) as f64);
                }
            }
        }
        outputs
    }

    pub(super) fn backward(window: &Window, shape: Shape, out: Shape, dy: &[f64]) -> Vec<f64> {
        let [h, w, channels] = shape;
        let mut dx = vec![0.0; h * w * channels];
        for out_y in 0..out[0] {
            for out_x in 0..out[1] {
                for c in 0..channels {
                    for [i, j] in covered(window, shape, out_y, out_x) {
                        dx[(i * w + j) * channels + c] +=
                            dy[(out_y * out[1] + out_x) * channels + c] / counted(window, shape, out_y, out_x) as f64;
                    }
                }
            }
        }
        dx
    }
}

fn check(case: &Case, channels: usize, borders: &[[usize; 4]; 4], samples: usize, random: &mut Random) {
    let (window, [h, w], [out_h, out_w]) = *case;
    let (shape, out) = ([h, w, channels], [out_h, out_w, channels]);
    let (x, dy) = (random.vec(samples * h * w * channels), random.vec(samples * out_h * out_w * channels));
    let mut places = Places::default();
    let [input, d_input] = [borders[0], borders[1]].map(|border| places.map(shape, border));
    let [output, d_output] = [borders[2], borders[3]].map(|border| places.map(out, border));
    let mut bench = Bench::new(samples, places.floats, &[]);
    bench.fill(&input, &x);
    bench.fill(&d_output, &dy);
    bench.blank(&output);
    bench.blank(&d_input);
    forward(&mut bench.pass(), &window, &input, &output);
    backward(&mut bench.pass(), &window, &d_output, &d_input);

    let what = format!("{window:?} {shape:?} to {out:?}, borders {borders:?}");
    let y: Vec<_> = wide(&x).chunks(input.volume()).map(|x| reference::forward(&window, shape, out, x)).collect();
    assert_close(&bench.read(&output), &y.concat(), 1e-6, &what);
    let dx: Vec<_> = wide(&dy).chunks(output.volume()).map(|d| reference::backward(&window, shape, out, d)).collect();
    assert_close(&bench.read(&d_input), &dx.concat(), 1e-6, &what);
    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
}

#[test]
fn every_sort_of_window_agrees_with_the_reference() {
    for_each_isa(|_| {
        let mut random = Random::new(1);
        for case in cases() {
            for (channels, borders) in CHANNELS.iter().zip(BORDERS.iter().cycle()) {
                for samples in [1, 2, 5] {
                    check(&case, *channels, borders, samples, &mut random);
                }
            }
        }
    });
}

#[test]
fn the_reference_backward_is_the_slope_of_the_reference() {
    let mut random = Random::new(2);
    for (window, [h, w], [out_h, out_w]) in cases() {
        let (shape, out) = ([h, w, 2], [out_h, out_w, 2]);
        let (x, dy) = (wide(&random.vec(h * w * 2)), wide(&random.vec(out_h * out_w * 2)));
        let loss =
            |x: &[f64]| reference::forward(&window, shape, out, x).iter().zip(&dy).map(|(y, dy)| y * dy).sum::<f64>();
        let dx = reference::backward(&window, shape, out, &dy);
        let close = differences(&x, loss).iter().zip(&dx).all(|(a, b)| (a - b).abs() < 1e-8);
        assert!(close, "{window:?} of {shape:?}");
    }
}

#[test]
fn padding_counts_and_what_lies_beyond_it_does_not() {
    // A 3x3 window on ones, one line of padding: PyTorch's avg_pool2d(torch.ones(1, 1, 4, 4), 3, 2, 1, ceil_mode=True).
    let window = Window { kernel: [3, 3], stride: [2, 2], padding: [1; 4] };
    let y = reference::forward(&window, [4, 4, 1], [3, 3, 1], &[1.0; 16]);
    let expected = [4.0 / 9.0, 6.0 / 9.0, 2.0 / 6.0, 6.0 / 9.0, 1.0, 3.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0, 1.0 / 4.0];
    for (y, e) in y.into_iter().zip(expected) {
        assert!((y - e).abs() < 1e-12, "{y} and {e}");
    }
}
