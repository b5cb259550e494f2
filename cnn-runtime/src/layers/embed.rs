//! Embedding: a row of a table for every index.

use std::ops::Range;

use crate::map::Map;
use crate::pass::Pass;

/// The constants of an embedding.
#[derive(Clone, Copy, Debug)]
pub struct Embedding {
    /// Offset of the table, one row behind the other.
    pub weight: usize,
    /// Rows of the table.
    pub vocabulary: usize,
    /// Floats of a row.
    pub size: usize,
}

/// What an index asks for.
enum Row {
    /// These floats of the parameters.
    Of(Range<usize>),
    /// None of the table: padding.
    Zero,
    /// The index is not a number.
    Unknown,
}

impl Embedding {
    /// The row of the whole number that is nearest.
    fn row(&self, index: f32) -> Row {
        let nearest = index.round();
        if nearest.is_nan() {
            Row::Unknown
        } else if nearest >= 0.0 && nearest < self.vocabulary as f32 {
            let start = self.weight + nearest as usize * self.size;
            Row::Of(start..start + self.size)
        } else {
            Row::Zero
        }
    }
}

/// Copies the row of every index; zeros for an index that is none of the table's, NaN for one that is no number.
/// `input` is a vector, `output` has a row for each of its floats.
pub fn forward(pass: &mut Pass<'_>, embedding: &Embedding, input: &Map, output: &Map) {
    let [x, y] = pass.arena.views([input, output]);
    let samples = x.chunks(input.stored()).zip(y.chunks_mut(output.stored()));
    for (x, y) in samples.take(pass.samples) {
        for (index, row) in x[input.origin()..].iter().zip(output.rows_mut(y)) {
            match embedding.row(*index) {
                Row::Of(range) => row.copy_from_slice(&pass.parameters[range]),
                Row::Zero => row.fill(0.0),
                Row::Unknown => row.fill(f32::NAN),
            }
        }
    }
}

/// Adds to the gradients of the rows that were copied.
pub fn backward(pass: &mut Pass<'_>, embedding: &Embedding, input: &Map, d_output: &Map) {
    let [x, d] = pass.arena.views([input, d_output]);
    let samples = x.chunks(input.stored()).zip(d.chunks(d_output.stored()));
    for (x, d) in samples.take(pass.samples) {
        for (index, row) in x[input.origin()..].iter().zip(d_output.rows(d)) {
            if let Row::Of(range) = embedding.row(*index) {
                pass.gradients[range].iter_mut().zip(row).for_each(|(sum, d)| *sum += d);
            }
        }
    }
}

/// Zeroes the gradient for the indices: the output is the same for all that are near.
pub fn backward_data(pass: &mut Pass<'_>, d_input: &Map) {
    let samples = pass.arena.view_mut(d_input).chunks_mut(d_input.stored()).take(pass.samples);
    samples.for_each(|sample| d_input.rows_mut(sample).for_each(|row| row.fill(0.0)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, Places, Random, assert_close, for_each_isa, wide};

    /// The definition, in f64: a product with a row of zeros and one 1.
    mod reference {
        pub(super) fn forward(size: usize, indices: &[i64], table: &[f64]) -> Vec<f64> {
            let sum = |index: i64, c: usize| {
                let rows = table.chunks(size).enumerate();
                rows.map(|(row, values)| if row as i64 == index { values[c] } else { 0.0 }).sum()
            };
            indices.iter().flat_map(|&index| (0..size).map(move |c| sum(index, c))).collect()
        }

        /// The gradient for the table.
        pub(super) fn backward(size: usize, indices: &[i64], d: &[f64], vocabulary: usize) -> Vec<f64> {
            let sum = |row: usize, c: usize| {
                let steps = indices.iter().zip(d.chunks(size));
                steps.map(|(&index, d)| if row as i64 == index { d[c] } else { 0.0 }).sum()
            };
            (0..vocabulary).flat_map(|row| (0..size).map(move |c| sum(row, c))).collect()
        }
    }

    #[test]
    fn tables_of_every_size_agree_with_the_reference() {
        for_each_isa(|_| {
            let mut random = Random::new(1);
            for (vocabulary, size, len, samples, border) in
                [(1, 1, 1, 1, [0; 4]), (5, 3, 7, 2, [1, 0, 2, 1]), (9, 16, 4, 3, [0; 4]), (4, 17, 20, 9, [0, 1, 0, 0])]
            {
                let mut places = Places::default();
                let [input, d_input] = [(); 2].map(|()| places.map([1, 1, len], [0; 4]));
                let [output, d_output] = [(); 2].map(|()| places.map([len, 1, size], border));
                let table = random.vec(vocabulary * size);
                // Some of them beyond the table.
                let indices: Vec<i64> = (0..samples * len).map(|_| random.below(vocabulary + 2) as i64 - 1).collect();
                let x: Vec<f32> = indices.iter().map(|&index| index as f32 + 0.4 * random.next()).collect();
                let d = random.vec(samples * len * size);
                let parameters = [&[f32::NAN; 3][..], &table].concat();
                let mut bench = Bench::new(samples, places.floats, &parameters);
                bench.gradients.fill(1.0);
                bench.fill(&input, &x);
                bench.fill(&d_output, &d);
                [&output, &d_input].into_iter().for_each(|map| bench.blank(map));
                let embedding = Embedding { weight: 3, vocabulary, size };
                forward(&mut bench.pass(), &embedding, &input, &output);
                backward(&mut bench.pass(), &embedding, &input, &d_output);
                backward_data(&mut bench.pass(), &d_input);
                let expected = reference::forward(size, &indices, &wide(&table));
                assert_eq!(wide(&bench.read(&output)), expected, "{embedding:?}");
                let d_table = reference::backward(size, &indices, &wide(&d), vocabulary);
                let expected: Vec<f64> = [0.0; 3].into_iter().chain(d_table).map(|d| 1.0 + d).collect();
                assert_close(&bench.gradients, &expected, 1e-6, &format!("{embedding:?}"));
                assert!(bench.read(&d_input).iter().all(|&d| d == 0.0));
                [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
            }
        });
    }

    #[test]
    fn no_index_panics() {
        let mut places = Places::default();
        let (input, output) = (places.map([1, 1, 8], [0; 4]), places.map([8, 1, 1], [0; 4]));
        let mut bench = Bench::new(1, places.floats, &[10.0, 11.0]);
        let embedding = Embedding { weight: 0, vocabulary: 2, size: 1 };
        bench.fill(&input, &[-0.4, 1.4, 1.6, -1.0, 1e30, f32::INFINITY, f32::NEG_INFINITY, f32::NAN]);
        bench.blank(&output);
        forward(&mut bench.pass(), &embedding, &input, &output);
        let y = bench.read(&output);
        assert_eq!(y[..7], [10.0, 11.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert!(y[7].is_nan());
        backward(&mut bench.pass(), &embedding, &input, &output);
        assert_eq!(bench.gradients, [10.0, 11.0]);
    }
}
