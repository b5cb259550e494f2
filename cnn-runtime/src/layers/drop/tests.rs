//! Dropout: what it does to values, and whether its draws are as random as they have to be.

use super::*;
use crate::testing::{Bench, Places, Random, for_each_isa};

/// The factors that dropout `index` draws for a group of samples of `len` values, the first at `first_sample`.
fn draw(seed: u64, first_sample: u64, samples: usize, index: usize, probability: f32, len: usize) -> Vec<f32> {
    let mut places = Places::default();
    let [input, mask] = [(); 2].map(|()| places.map([1, 1, len], [0; 4]));
    let mut bench = Bench::new(samples, places.floats, &[]);
    bench.noise = Noise { seed, first_sample };
    bench.fill(&input, &vec![1.0; samples * len]);
    forward(&mut bench.pass(), &Dropout { probability, index }, &input, &input, &mask);
    assert_eq!(bench.read(&input), bench.read(&mask));
    bench.read(&mask)
}

/// How far `hits` of `draws` lie from what `probability` lets expect, in standard deviations.
fn deviation(hits: usize, draws: usize, probability: f64) -> f64 {
    let expected = draws as f64 * probability;
    (hits as f64 - expected).abs() / (expected * (1.0 - probability)).sqrt()
}

/// The slow and obvious hash, on one element.
fn reference(element: u32, [a, b]: [u32; 2]) -> u32 {
    let mut x = element.wrapping_add(a);
    x ^= x >> 16;
    x = x.wrapping_mul(0x7FEB_352D).wrapping_add(b);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846C_A68B);
    x ^ (x >> 16)
}

#[test]
fn values_are_dropped_or_scaled_and_gradients_alike() {
    for_each_isa(|_| {
        let mut random = Random::new(1);
        for (shape, probability) in [([1, 1, 10], 0.5), ([3, 5, 6], 0.25), ([4, 4, 33], 0.9), ([2, 2, 16], 0.0)] {
            let mut places = Places::default();
            let [input, output, d_output, d_input, mask] =
                [[1, 0, 2, 1], [0; 4], [1; 4], [0, 1, 0, 1], [0; 4]].map(|border| places.map(shape, border));
            let mut bench = Bench::new(3, places.floats, &[]);
            bench.noise = Noise { seed: 7, first_sample: 5 };
            let (x, dy) = (random.vec(3 * input.volume()), random.vec(3 * input.volume()));
            bench.fill(&input, &x);
            bench.fill(&d_output, &dy);
            [output, d_input, mask].iter().for_each(|map| bench.blank(map));
            let drop = Dropout { probability, index: 2 };
            forward(&mut bench.pass(), &drop, &input, &output, &mask);
            backward(&mut bench.pass(), &drop, &mask, &d_output, &d_input);

            let factors: Vec<f32> = (0..3 * input.volume())
                .map(|i| {
                    let key = key(bench.noise, i / input.volume(), 2);
                    let bits = reference((i % input.volume()) as u32, key) >> 8;
                    let dropped = f64::from(bits) < f64::from(probability) * f64::from(1 << 24);
                    if dropped { 0.0 } else { 1.0 / (1.0 - probability) }
                })
                .collect();
            let times = |values: &[f32]| values.iter().zip(&factors).map(|(x, f)| x * f).collect::<Vec<f32>>();
            assert_eq!(bench.read(&mask), factors);
            assert_eq!(bench.read(&output), times(&x));
            assert_eq!(bench.read(&d_input), times(&dy));
            forward(&mut bench.pass(), &drop, &input, &input, &mask);
            assert_eq!(bench.read(&input), bench.read(&output));
            backward(&mut bench.pass(), &drop, &mask, &d_output, &d_output);
            assert_eq!(bench.read(&d_output), bench.read(&d_input));
            [input, output, d_output, d_input, mask].iter().for_each(|map| bench.assert_untouched_outside(map));
        }
    });
}

#[test]
fn the_rate_is_the_probability() {
    const DRAWS: usize = 1 << 20;
    for probability in [1e-4, 0.1, 0.25, 0.5, 0.9, 0.999] {
        let dropped = draw(1, 0, 1, 0, probability, DRAWS).iter().filter(|&&factor| factor == 0.0).count();
        assert!(deviation(dropped, DRAWS, f64::from(probability)) < 4.0, "{dropped} of {DRAWS} at {probability}");
    }
    assert!(draw(1, 0, 1, 0, 0.0, 1000).iter().all(|&factor| factor == 1.0));
}

#[test]
fn a_draw_depends_on_the_sample_and_not_on_its_group() {
    let whole = draw(3, 10, 6, 1, 0.5, 100);
    let apart: Vec<f32> =
        [(10, 1), (11, 3), (14, 2)].into_iter().flat_map(|(at, n)| draw(3, at, n, 1, 0.5, 100)).collect();
    assert_eq!(whole, apart);
}

#[test]
fn draws_of_steps_samples_layers_and_neighbours_are_independent() {
    const LEN: usize = 1 << 16;
    let first = draw(1, 0, 1, 0, 0.5, LEN);
    let others = [
        ("step", draw(2, 0, 1, 0, 0.5, LEN)),
        ("sample", draw(1, 1, 1, 0, 0.5, LEN)),
        ("layer", draw(1, 0, 1, 1, 0.5, LEN)),
    ];
    let agreement = |a: &[f32], b: &[f32]| a.iter().zip(b).filter(|(a, b)| a == b).count();
    for (what, other) in &others {
        for shift in [0, 1, 16, 256] {
            let agreeing = agreement(&first[shift..], other);
            assert!(deviation(agreeing, LEN - shift, 0.5) < 4.5, "{what}, {shift} apart: {agreeing} of {LEN}");
        }
    }
    let swapped = agreement(&others[1].1, &others[2].1);
    assert!(deviation(swapped, LEN, 0.5) < 4.5, "sample and layer swapped: {swapped} of {LEN}");
    for shift in (1..=64).chain([128, 256, 1024, 4096, 32768]) {
        let agreeing = agreement(&first[shift..], &first);
        assert!(deviation(agreeing, LEN - shift, 0.5) < 4.5, "{shift} apart: {agreeing} of {LEN}");
    }
    // One element over many samples, and its neighbour: the sample's position is hashed, not counted up.
    let samples = draw(9, 0, 4096, 0, 0.5, 2);
    let column: Vec<f32> = samples.iter().copied().step_by(2).collect();
    let beside: Vec<f32> = samples.iter().copied().skip(1).step_by(2).collect();
    assert!(deviation(column.iter().filter(|&&factor| factor == 0.0).count(), 4096, 0.5) < 4.5);
    assert!(deviation(agreement(&column, &beside), 4096, 0.5) < 4.5);
    assert!(deviation(agreement(&column[1..], &column), 4095, 0.5) < 4.5);
}

#[test]
fn windows_of_bits_are_evenly_spread() {
    // All 256 patterns of eight neighbours should come up equally often: chi-squared with 255 degrees of freedom.
    const WINDOWS: usize = 1 << 17;
    let factors = draw(5, 3, 1, 0, 0.5, 8 * WINDOWS);
    let mut seen = [0_u32; 256];
    for window in factors.chunks(8) {
        seen[window.iter().fold(0, |bits, &factor| bits << 1 | usize::from(factor == 0.0))] += 1;
    }
    let expected = (WINDOWS / 256) as f64;
    let chi_squared: f64 = seen.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
    // Five standard deviations of sqrt(2 * 255).
    assert!((chi_squared - 255.0).abs() < 5.0 * 510_f64.sqrt(), "{chi_squared}");
}
