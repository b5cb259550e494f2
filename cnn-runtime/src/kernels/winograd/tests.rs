use super::*;
use crate::kernels::grid::Steps;
use crate::testing::{Random, assert_close, for_each_isa};

/// A convolution: images of height x width x channels in `samples` pieces of memory, each with a
/// border of zeros on all sides and slack behind.
#[derive(Clone, Copy, Debug)]
struct Case {
    size: Size,
    samples: usize,
    input: [usize; 2],
    channels: usize,
    outputs: usize,
    border: usize,
}

impl Case {
    /// Rows and columns of a filter.
    fn taps(&self) -> usize {
        if self.size == Size::FourOfFive { 5 } else { 3 }
    }

    fn output(&self) -> [usize; 2] {
        self.input.map(|len| len + 2 * self.border + 1 - self.taps())
    }

    fn tiling(&self) -> Tiling {
        Tiling::new(self.size, self.samples, self.output())
    }

    fn filters(&self) -> Filters {
        Filters { size: self.size, channels: self.channels, outputs: self.outputs }
    }

    /// Filters of all taps.
    fn panels(&self) -> Panels {
        Panels { offset: 0, rows: self.taps() * self.taps() * self.channels, outputs: self.outputs, pitch: None }
    }

    fn from(&self) -> Images {
        images(self.input.map(|len| len + 2 * self.border), self.channels)
    }

    fn to(&self) -> Images {
        images(self.output(), self.outputs)
    }

    /// What a weight multiplies: calls `visit(input, weight, output)` for every product, all of them floats in memory.
    fn products(&self, mut visit: impl FnMut(usize, usize, usize)) {
        let (from, to) = (self.from(), self.to());
        let ([rows, columns], taps) = (self.output(), self.taps());
        for s in 0..self.samples {
            for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
                for (tap, c) in (0..taps * taps).flat_map(|tap| (0..self.channels).map(move |c| (tap, c))) {
                    let i = at(&from, [s, y + tap / taps, x + tap % taps]) + c;
                    for k in 0..self.outputs {
                        let panel = k / LANES;
                        let w = self.panels().at(panel, tap * self.channels + c) + k % LANES;
                        visit(i, w, at(&to, [s, y, x]) + k);
                    }
                }
            }
        }
    }

    /// Random numbers within the border, zeros in it, NaN behind every sample.
    fn image(&self, images: &Images, border: usize, random: &mut Random) -> Vec<f32> {
        let [rows, columns] = images.limits;
        let mut memory = vec![f32::NAN; self.samples * images.steps.steps[0]];
        for s in 0..self.samples {
            for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
                let inside = (border..rows - border).contains(&y) && (border..columns - border).contains(&x);
                for to in &mut memory[at(images, [s, y, x])..][..images.channels] {
                    *to = if inside { normal(random) } else { 0.0 };
                }
            }
        }
        memory
    }
}

fn images([rows, columns]: [usize; 2], channels: usize) -> Images {
    let row = columns * channels;
    let stored = (rows * row).next_multiple_of(LANES) + LANES;
    Images { steps: Steps { start: 0, steps: [stored, row, channels] }, limits: [rows, columns], channels }
}

fn at(images: &Images, place: [usize; 3]) -> usize {
    place.iter().zip(images.steps.steps).map(|(i, step)| i * step).sum()
}

/// Near enough to a normal distribution of variance 1.
fn normal(random: &mut Random) -> f32 {
    (0..12).map(|_| random.next() / 2.0).sum()
}

fn pixels(images: &Images, samples: usize, memory: &[f32]) -> Vec<f32> {
    let [rows, columns] = images.limits;
    let stored = images.steps.steps[0];
    (0..samples).flat_map(|s| memory[s * stored..][..rows * columns * images.channels].to_vec()).collect()
}

/// Mean and largest error, relative to the root mean square of what is expected.
fn errors(actual: &[f32], expected: &[f64]) -> [f64; 2] {
    let rms = (expected.iter().map(|x| x * x).sum::<f64>() / expected.len() as f64).sqrt();
    let errors = actual.iter().zip(expected).map(|(&a, e)| (f64::from(a) - e).abs() / rms);
    [errors.clone().sum::<f64>() / expected.len() as f64, errors.fold(0.0, f64::max)]
}

/// Runs a case on all instruction sets; gives the largest errors, of the output and of the filters' gradient.
fn check(case: Case) -> [[f64; 2]; 2] {
    let mut random = Random::new(case.channels as u64);
    let (from, to) = (case.from(), case.to());
    let input = case.image(&from, case.border, &mut random);
    let d_output = case.image(&to, 0, &mut random);
    // He normal.
    let rows = case.panels().rows;
    let scale = (2.0 / rows as f32).sqrt();
    let mut weights: Vec<f32> = (0..rows * case.outputs).map(|_| scale * normal(&mut random)).collect();
    let mut bias = random.vec(case.outputs);
    let count = weights.len();
    weights.extend([f32::NAN; LANES]);
    bias.extend([f32::NAN; LANES]);

    let mut expected = vec![0.0; d_output.len()];
    let mut d_weights = vec![0.0; count];
    case.products(|i, w, o| {
        expected[o] += f64::from(input[i]) * f64::from(weights[w]);
        d_weights[w] += f64::from(input[i]) * f64::from(d_output[o]);
    });
    let stored = to.steps.steps[0];
    let volume = to.limits[0] * to.limits[1] * to.channels;
    let expected: Vec<f64> = (0..case.samples * volume)
        .map(|i| (expected[i / volume * stored + i % volume] + f64::from(bias[i % case.outputs])).max(0.0))
        .collect();
    let mut worst = [[0.0_f64; 2]; 2];
    let worst_of = std::cell::RefCell::new(&mut worst);
    for_each_isa(|isa| {
        let what = format!("{isa}, {case:?}");
        let mut u = vec![f32::NAN; case.filters().floats() + LANES];
        for (pair, u) in u[..case.filters().floats()].chunks_mut(case.filters().pair()).enumerate() {
            filter::transform(&weights, case.panels(), case.filters(), pair, u);
        }
        let conv = Convolution {
            tiling: case.tiling(),
            input: &input,
            from,
            to,
            u: &u,
            bias: Some(&bias),
            relu: true,
            adds: false,
            pool: Pool::No,
        };
        let mut memory = vec![f32::NAN; convolve_scratch(case.filters())];
        let mut y = vec![f32::NAN; case.samples * stored];
        // In two parts, as a caller may ask for them.
        let (half, all) = (case.tiling().count() / 2, case.tiling().count());
        convolve(&conv, half..all, &mut memory, &mut y);
        convolve(&conv, 0..half, &mut memory, &mut y);
        assert!(y.chunks(stored).all(|s| s[volume..].iter().all(|x| x.is_nan())), "{what}: behind a sample");
        let actual = pixels(&to, case.samples, &y);
        assert_close(&actual, &expected, 1e-4, &what);

        let mut memory = vec![f32::NAN; gradient_scratch(case.filters())];
        let start = random_start(count);
        let mut gradients = start.clone();
        add_gradient(&conv, &d_output, case.panels(), 0..conv.tiling.count(), &mut memory, &mut gradients);
        let added: Vec<f64> = d_weights.iter().zip(&start).map(|(d, &s)| d + f64::from(s)).collect();
        assert_close(&gradients, &added, 1e-4, &format!("{what}, gradient"));
        let mut worst = worst_of.borrow_mut();
        for (worst, [mean, max]) in worst.iter_mut().zip([errors(&actual, &expected), errors(&gradients, &added)]) {
            *worst = [worst[0].max(mean), worst[1].max(max)];
        }
    });
    worst
}

fn random_start(len: usize) -> Vec<f32> {
    Random::new(3).vec(len)
}

const SIZES: [Size; 3] = [Size::Four, Size::Two, Size::FourOfFive];

const CASE: Case = Case { size: Size::Four, samples: 1, input: [8, 8], channels: 16, outputs: 16, border: 1 };

#[test]
fn images_around_the_sizes_of_tiles() {
    for size in SIZES {
        for height in [3, 4, 5, 6, 7, 9] {
            for width in [3, 4, 6, 7, 13] {
                for border in 0..5 {
                    let case = Case { size, input: [height, width], border, samples: 2, ..CASE };
                    if border < case.taps() && height.min(width) + 2 * border >= case.taps() {
                        check(case);
                    }
                }
            }
        }
    }
}

#[test]
fn channels_around_the_widths_of_vectors() {
    for size in SIZES {
        for channels in [1, 15, 16, 17, 33, 80, 100] {
            for outputs in [1, 7, 16, 17, 33, 50] {
                check(Case { size, channels, outputs, input: [5, 6], ..CASE });
            }
        }
    }
}

#[test]
fn several_blocks_of_tiles() {
    check(Case { samples: 3, input: [60, 40], channels: 33, outputs: 20, ..CASE });
    check(Case { samples: 5, input: [21, 22], channels: 16, outputs: 16, size: Size::Two, ..CASE });
    check(Case { samples: 3, input: [29, 22], channels: 33, outputs: 20, border: 2, size: Size::FourOfFive });
}

#[test]
fn more_channels_than_stay_in_the_cache() {
    // Pairs of panels by two, by four with three behind, the last of which is a single panel.
    for outputs in [50, 200, 208] {
        for size in SIZES {
            check(Case { samples: 2, input: [11, 9], channels: 160, outputs, size, ..CASE });
        }
    }
    // Gradients in several blocks.
    check(Case { samples: 2, input: [38, 33], channels: 160, ..CASE });
}

/// Errors relative to the root mean square, inputs of variance 1, He weights.
#[test]
fn errors_stay_small() {
    for (input, channels, outputs) in [([32, 32], 32, 32), ([16, 16], 64, 64), ([13, 13], 192, 96), ([8, 8], 512, 32)] {
        for size in SIZES {
            let errors = check(Case { size, input, channels, outputs, ..CASE });
            println!("{input:?}x{channels}->{outputs} {size:?}: {errors:?}");
            let [mean, max] = match size {
                Size::Four => [3e-6, 3e-5],
                Size::Two => [2e-6, 1e-5],
                Size::FourOfFive => [5e-6, 1e-4],
            };
            assert!(errors.iter().all(|error| error[0] < mean && error[1] < max), "{size:?}: {errors:?}");
        }
    }
}
