//! Rankings by distance, and how good they are. Knows features and classes, nothing of networks.

use cnn::data::Dataset;
use rayon::prelude::*;

/// What pictures are compared by, one vector for each, and their classes.
pub(crate) struct Features<'a> {
    pub(crate) vectors: Vec<Vec<f32>>,
    pub(crate) classes: &'a [usize],
}

impl<'a> Features<'a> {
    /// The features that a function makes of pictures.
    pub(crate) fn of<I>(pictures: &'a Dataset<I>, features: impl FnMut(&I) -> Vec<f32>) -> Self {
        Self { vectors: pictures.inputs().iter().map(features).collect(), classes: pictures.targets() }
    }
}

/// The numbers of all vectors, that with the smallest Euclidean distance from the query first.
pub(crate) fn nearest(query: &[f32], vectors: &[Vec<f32>]) -> Vec<usize> {
    let square = |vector: &[f32]| query.iter().zip(vector).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
    let distances: Vec<f32> = vectors.iter().map(|vector| square(vector)).collect();
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    order.sort_by(|&a, &b| distances[a].total_cmp(&distances[b]));
    order
}

/// The share of the first `k` answers that are relevant.
pub(crate) fn precision(relevant: &[bool], k: usize) -> f64 {
    relevant.iter().take(k).filter(|&&is_relevant| is_relevant).count() as f64 / k as f64
}

/// Average precision: the precision at the place of every relevant answer, averaged over these. 0 if there are none.
pub(crate) fn average_precision(relevant: &[bool]) -> f64 {
    let places = relevant.iter().enumerate().filter(|&(_, &is_relevant)| is_relevant);
    let precisions: Vec<f64> =
        places.enumerate().map(|(found, (place, _))| (found + 1) as f64 / (place + 1) as f64).collect();
    precisions.iter().sum::<f64>() / precisions.len().max(1) as f64
}

/// How good the rankings of all queries are on average: an answer is relevant if it is of the query's class.
#[derive(Debug)]
pub(crate) struct Quality {
    pub(crate) at_5: f64,
    pub(crate) at_10: f64,
    pub(crate) mean_average_precision: f64,
}

impl Quality {
    pub(crate) fn of(queries: &Features<'_>, pictures: &Features<'_>) -> Self {
        let each: Vec<[f64; 3]> = (queries.vectors.par_iter().zip(queries.classes))
            .map(|(query, class)| {
                let order = nearest(query, &pictures.vectors);
                let relevant: Vec<bool> = order.iter().map(|&picture| pictures.classes[picture] == *class).collect();
                [precision(&relevant, 5), precision(&relevant, 10), average_precision(&relevant)]
            })
            .collect();
        let mean = |i: usize| each.iter().map(|figures| figures[i]).sum::<f64>() / each.len() as f64;
        Self { at_5: mean(0), at_10: mean(1), mean_average_precision: mean(2) }
    }
}
