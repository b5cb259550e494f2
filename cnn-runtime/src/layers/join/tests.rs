//! Joins against their definitions, number by number.

use super::*;
use crate::testing::{Bench, Places, Random, assert_close, for_each_isa};

const SHAPE: [usize; 3] = [3, 4, 21];
const SAMPLES: usize = 2;

fn len(map: &Map) -> usize {
    SAMPLES * map.volume()
}

fn doubles(values: impl IntoIterator<Item = f32>) -> Vec<f64> {
    values.into_iter().map(f64::from).collect()
}

/// A bench with maps of these shapes, with and without borders in turn, and random numbers in each.
fn bench(shapes: &[[usize; 3]], seed: u64) -> (Bench, Vec<Map>, Vec<Vec<f32>>) {
    let mut places = Places::default();
    let borders = [[0; 4], [1, 0, 2, 1]];
    let maps: Vec<Map> = shapes.iter().enumerate().map(|(i, shape)| places.map(*shape, borders[i % 2])).collect();
    let mut bench = Bench::new(SAMPLES, places.floats, &[]);
    let mut random = Random::new(seed);
    let values: Vec<Vec<f32>> = maps.iter().map(|map| random.vec(len(map))).collect();
    for (map, values) in maps.iter().zip(&values) {
        bench.blank(map);
        bench.fill(map, values);
    }
    (bench, maps, values)
}

#[test]
fn sums_of_branches() {
    for_each_isa(|isa| {
        for activation in [Activation::Identity, Activation::Relu] {
            let sum = Sum { activation };
            let (mut bench, maps, v) = bench(&[SHAPE; 4], 1);
            let active = |x: f32| if activation == Activation::Relu { x.max(0.0) } else { x };
            let three = || (0..v[0].len()).map(|i| active(v[0][i] + v[1][i] + v[2][i]));
            add(&mut bench.pass(), &sum, &[&maps[0], &maps[1], &maps[2]], &maps[3]);
            assert_close(&bench.read(&maps[3]), &doubles(three()), 1e-6, &format!("{isa}: three"));
            // Over one of the branches, wherever it stands.
            add(&mut bench.pass(), &sum, &[&maps[0], &maps[1], &maps[2]], &maps[2]);
            assert_close(&bench.read(&maps[2]), &doubles(three()), 1e-6, &format!("{isa}: in place"));
            add(&mut bench.pass(), &sum, &[&maps[0], &maps[0]], &maps[3]);
            let twice = v[0].iter().map(|x| active(2.0 * x));
            assert_close(&bench.read(&maps[3]), &doubles(twice), 1e-6, &format!("{isa}: twice the same"));
        }
    });
}

#[test]
fn gradients_overwrite_or_add() {
    for_each_isa(|isa| {
        let (mut bench, maps, v) = bench(&[SHAPE; 2], 2);
        pass_on(&mut bench.pass(), &maps[0], &maps[1], true);
        let sum = v[0].iter().zip(&v[1]).map(|(a, b)| a + b);
        assert_close(&bench.read(&maps[1]), &doubles(sum), 1e-6, &format!("{isa}: adds"));
        pass_on(&mut bench.pass(), &maps[0], &maps[1], false);
        assert_close(&bench.read(&maps[1]), &doubles(v[0].clone()), 1e-6, &format!("{isa}: overwrites"));
    });
}

#[test]
fn channels_side_by_side() {
    for_each_isa(|isa| {
        let [height, width, channels] = SHAPE;
        let (mut bench, maps, v) = bench(&[SHAPE, [height, width, 5], [height, width, channels + 5], SHAPE], 3);
        put(&mut bench.pass(), &maps[0], &maps[2], 0);
        put(&mut bench.pass(), &maps[1], &maps[2], channels);
        let pixels = v[0].chunks(channels).zip(v[1].chunks(5));
        let expected = pixels.flat_map(|(a, b)| a.iter().chain(b).copied());
        assert_close(&bench.read(&maps[2]), &doubles(expected), 1e-6, &format!("{isa}: put"));
        take(&mut bench.pass(), &maps[2], 0, &maps[3], true);
        let sum = v[0].iter().zip(&v[3]).map(|(a, b)| a + b);
        assert_close(&bench.read(&maps[3]), &doubles(sum), 1e-6, &format!("{isa}: take and add"));
        take(&mut bench.pass(), &maps[2], channels, &maps[1], false);
        assert_close(&bench.read(&maps[1]), &doubles(v[1].clone()), 1e-6, &format!("{isa}: take"));
    });
}

#[test]
fn products_number_by_number() {
    for_each_isa(|isa| {
        let (mut bench, maps, v) = bench(&[SHAPE; 4], 4);
        let product = |a: &[f32], b: &[f32]| -> Vec<f64> { doubles(a.iter().zip(b).map(|(a, b)| a * b)) };
        multiply(&mut bench.pass(), &maps[0], &maps[1], &maps[2]);
        assert_close(&bench.read(&maps[2]), &product(&v[0], &v[1]), 1e-6, &format!("{isa}: product"));
        multiply(&mut bench.pass(), &maps[0], &maps[0], &maps[2]);
        assert_close(&bench.read(&maps[2]), &product(&v[0], &v[0]), 1e-6, &format!("{isa}: square"));
        multiply_gradient(&mut bench.pass(), &maps[0], &maps[1], &maps[3], true);
        let sum: Vec<f64> = product(&v[0], &v[1]).iter().zip(&v[3]).map(|(p, x)| p + f64::from(*x)).collect();
        assert_close(&bench.read(&maps[3]), &sum, 1e-6, &format!("{isa}: gradient"));
    });
}

#[test]
fn factors_of_channels() {
    for_each_isa(|isa| {
        let channels = SHAPE[2];
        let (mut bench, maps, v) = bench(&[SHAPE, [1, 1, channels], SHAPE, [1, 1, channels]], 5);
        let pixels = SHAPE[0] * SHAPE[1];
        let factor = |i: usize| v[1][i / (pixels * channels) * channels + i % channels];
        let scaled: Vec<f64> = (0..v[0].len()).map(|i| f64::from(v[0][i] * factor(i))).collect();
        scale(&mut bench.pass(), &maps[0], &maps[1], &maps[2]);
        assert_close(&bench.read(&maps[2]), &scaled, 1e-6, &format!("{isa}: scale"));
        bench.fill(&maps[2], &v[2]);
        scale_gradient(&mut bench.pass(), &maps[0], &maps[2], &maps[3], true);
        let mut sums = doubles(v[3].clone());
        for (i, (d, x)) in v[0].iter().zip(&v[2]).enumerate() {
            sums[i / (pixels * channels) * channels + i % channels] += f64::from(*d) * f64::from(*x);
        }
        assert_close(&bench.read(&maps[3]), &sums, 1e-5, &format!("{isa}: sums over pixels"));
        scaled_gradient(&mut bench.pass(), &maps[0], &maps[1], &maps[2], true);
        let expected: Vec<f64> = scaled.iter().zip(&v[2]).map(|(a, b)| a + f64::from(*b)).collect();
        assert_close(&bench.read(&maps[2]), &expected, 1e-6, &format!("{isa}: scale and add"));
    });
}
