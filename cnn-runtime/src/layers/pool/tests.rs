//! Max pooling against the definition.

use super::*;
use crate::testing::{Bench, Places, Random, differences, for_each_isa, wide};

/// The definition, in f64, on one sample in HWC order.
pub(in crate::layers) mod reference {
    use super::super::Window;

    /// Rows, columns and channels.
    pub(in crate::layers) type Shape = [usize; 3];

    /// The pixels that a window covers, row by row, by their position in the map.
    pub(in crate::layers) fn covered(window: &Window, [h, w, _]: Shape, y: usize, x: usize) -> Vec<[usize; 2]> {
        let mut covered = Vec::new();
        for i in 0..window.kernel[0] {
            for j in 0..window.kernel[1] {
                let row = (y * window.stride[0] + i).checked_sub(window.padding[0]);
                let column = (x * window.stride[1] + j).checked_sub(window.padding[2]);
                if let (Some(row), Some(column)) = (row.filter(|&r| r < h), column.filter(|&c| c < w)) {
                    covered.push([row, column]);
                }
            }
        }
        covered
    }

    /// For every output the position of the input that it is.
    pub(super) fn argmax(window: &Window, shape: Shape, out: Shape, x: &[f64]) -> Vec<usize> {
        let [_, w, channels] = shape;
        let mut winners = Vec::new();
        for out_y in 0..out[0] {
            for out_x in 0..out[1] {
                for c in 0..channels {
                    let inputs =
                        covered(window, shape, out_y, out_x).into_iter().map(|[i, j]| (i * w + j) * channels + c);
                    let winner = inputs.reduce(|best, i| if x[i] > x[best] { i } else { best });
                    winners.push(winner.expect("a window covers an input"));
                }
            }
        }
        winners
    }

    pub(super) fn forward(window: &Window, shape: Shape, out: Shape, x: &[f64]) -> Vec<f64> {
        argmax(window, shape, out, x).into_iter().map(|i| x[i]).collect()
    }

    pub(super) fn backward(window: &Window, shape: Shape, out: Shape, x: &[f64], dy: &[f64]) -> Vec<f64> {
        let mut dx = vec![0.0; x.len()];
        for (i, d) in argmax(window, shape, out, x).into_iter().zip(dy) {
            dx[i] += d;
        }
        dx
    }
}

/// A layer's window, the rows and columns of its input and of its output.
pub(in crate::layers) type Case = (Window, [usize; 2], [usize; 2]);

/// Windows of every sort: tiling, overlapping, apart, rectangular, padded on any side, cut short and reaching past.
pub(in crate::layers) fn cases() -> Vec<Case> {
    [
        ([2, 2], [2, 2], [0; 4], [4, 6], [2, 3]),
        ([2, 2], [2, 2], [0; 4], [5, 7], [2, 3]),
        ([2, 2], [2, 2], [0; 4], [5, 7], [3, 4]),
        ([2, 2], [1, 1], [0; 4], [4, 5], [3, 4]),
        ([3, 3], [2, 2], [0; 4], [7, 9], [3, 4]),
        ([3, 3], [2, 2], [1; 4], [6, 7], [3, 4]),
        ([3, 3], [3, 3], [0; 4], [6, 3], [2, 1]),
        ([3, 2], [1, 2], [0; 4], [5, 6], [3, 3]),
        ([3, 2], [2, 1], [1, 0, 0, 1], [4, 4], [2, 4]),
        ([2, 2], [3, 3], [0; 4], [5, 8], [2, 3]),
        ([3, 3], [2, 2], [0, 1, 1, 0], [6, 6], [3, 3]),
        ([3, 3], [2, 2], [0; 4], [6, 6], [3, 3]),
        ([3, 3], [1, 1], [1; 4], [3, 3], [3, 3]),
        ([4, 5], [4, 5], [2, 1, 2, 2], [5, 6], [2, 2]),
        ([1, 1], [2, 2], [0; 4], [3, 3], [2, 2]),
    ]
    .into_iter()
    .map(|(kernel, stride, padding, input, output)| (Window { kernel, stride, padding }, input, output))
    .collect()
}

/// Channels around the edges of vectors.
pub(in crate::layers) const CHANNELS: [usize; 9] = [1, 2, 3, 6, 10, 15, 16, 17, 33];

/// Borders of input, output and their gradients; none of them is the window's padding.
pub(in crate::layers) const BORDERS: [[[usize; 4]; 4]; 3] =
    [[[0; 4]; 4], [[1, 2, 0, 1], [2; 4], [0, 0, 1, 0], [0, 1, 0, 0]], [[0; 4], [1; 4], [1; 4], [0, 1, 2, 3]]];

fn check(case: &Case, channels: usize, borders: &[[usize; 4]; 4], samples: usize, x: &[f32], dy: &[f32]) {
    let (window, [h, w], [out_h, out_w]) = *case;
    let (shape, out) = ([h, w, channels], [out_h, out_w, channels]);
    let mut places = Places::default();
    let [input, d_input] = [borders[0], borders[1]].map(|border| places.map(shape, border));
    let [output, d_output] = [borders[2], borders[3]].map(|border| places.map(out, border));
    let mut bench = Bench::new(samples, places.floats, &[]);
    bench.fill(&input, x);
    bench.fill(&d_output, dy);
    bench.blank(&output);
    bench.blank(&d_input);
    forward(&mut bench.pass(), &window, &input, &output);
    backward(&mut bench.pass(), &window, &input, &output, &d_output, &d_input);

    let (x, dy) = (wide(x), wide(dy));
    let sample = x.chunks(input.volume()).zip(dy.chunks(output.volume()));
    let (y, dx): (Vec<_>, Vec<_>) = sample
        .map(|(x, dy)| (reference::forward(&window, shape, out, x), reference::backward(&window, shape, out, x, dy)))
        .unzip();
    let what = format!("{window:?} {shape:?} to {out:?}, borders {borders:?}");
    assert_eq!(wide(&bench.read(&output)), y.concat(), "{what}");
    let exact = bench.read(&d_input).iter().zip(dx.concat()).all(|(&a, e)| (f64::from(a) - e).abs() < 1e-5);
    assert!(exact, "{what}: {:?}, not {dx:?}", bench.read(&d_input));
    [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
}

#[test]
fn every_sort_of_window_agrees_with_the_reference() {
    for_each_isa(|_| {
        let mut random = Random::new(1);
        for case in cases() {
            for (channels, borders) in CHANNELS.iter().zip(BORDERS.iter().cycle()) {
                for samples in [1, 2, 5] {
                    let (_, [h, w], [out_h, out_w]) = case;
                    let x = random.vec(samples * h * w * channels);
                    // The same few values again and again: ties go to the first.
                    let ties: Vec<f32> = x.iter().map(|x| (x * 2.0).round()).collect();
                    let dy = random.vec(samples * out_h * out_w * channels);
                    check(&case, *channels, borders, samples, &x, &dy);
                    check(&case, *channels, borders, samples, &ties, &dy);
                }
            }
        }
    });
}

#[test]
fn rows_of_few_channels_agree_with_the_reference() {
    let window = Window { kernel: [2, 2], stride: [2, 2], padding: [0; 4] };
    for_each_isa(|_| {
        let mut random = Random::new(3);
        // Rows shorter than a period of windows and vectors, as long, a little longer, and with a last odd column.
        for (channels, width) in (1..=17).flat_map(|channels| [6, 7, 16, 18, 33].map(|width| (channels, width))) {
            let case = (window, [5, width], [2, width / 2]);
            let ties: Vec<f32> = random.vec(2 * 5 * width * channels).iter().map(|x| (x * 2.0).round()).collect();
            let dy = random.vec(2 * 2 * (width / 2) * channels);
            check(&case, channels, &BORDERS[0], 2, &ties, &dy);
            check(&case, channels, &BORDERS[1], 2, &ties, &dy);
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
        let dx = reference::backward(&window, shape, out, &x, &dy);
        let close = differences(&x, loss).iter().zip(&dx).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(close, "{window:?} of {shape:?}");
    }
}

#[test]
fn nan_wins_and_infinities_count() {
    let window = Window { kernel: [2, 2], stride: [2, 2], padding: [0; 4] };
    let mut places = Places::default();
    let input = places.map([2, 6, 1], [0; 4]);
    let [output, d_output] = [(); 2].map(|()| places.map([1, 3, 1], [0; 4]));
    let d_input = places.map([2, 6, 1], [0; 4]);
    for_each_isa(|isa| {
        for padding in [[0; 4], [0, 1, 0, 0]] {
            let window = Window { padding, ..window };
            let mut bench = Bench::new(1, places.floats, &[]);
            const NAN: f32 = f32::NAN;
            const LOW: f32 = f32::NEG_INFINITY;
            bench.fill(&input, &[1.0, 2.0, 3.0, NAN, LOW, LOW, 3.0, -4.0, NAN, 5.0, LOW, LOW]);
            bench.fill(&d_output, &[1.0, 2.0, 3.0]);
            forward(&mut bench.pass(), &window, &input, &output);
            let y = bench.read(&output);
            assert!(y[0] == 3.0 && y[1].is_nan() && y[2] == LOW, "{isa}: {y:?}");
            backward(&mut bench.pass(), &window, &input, &output, &d_output, &d_input);
            let dx = [0.0, 0.0, 0.0, 2.0, 3.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
            assert_eq!(bench.read(&d_input), dx, "{isa}");
        }
    });
}
