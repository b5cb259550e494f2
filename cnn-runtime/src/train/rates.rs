//! Learning rates of single tensors: `#[frozen]` and `#[lr = 0.1]`.

use crate::network::{TensorInfo, TensorKind};
use std::ops::Range;

/// The parameters whose learning rate is not the optimiser's.
///
/// Whatever the optimiser does, a factor of the learning rate is a factor of the change that it makes: the parameters
/// are kept before a step, and brought back towards what they were after it.
#[derive(Debug)]
pub(super) struct Rates {
    parts: Vec<(Range<usize>, f32)>,
    before: Vec<f32>,
}

impl Rates {
    pub(super) fn new(tensors: &[TensorInfo]) -> Self {
        let is_own = |info: &&TensorInfo| info.kind == TensorKind::Parameter && info.rate != 1.0;
        let mut parts: Vec<(Range<usize>, f32)> =
            tensors.iter().filter(is_own).map(|info| (info.offset..info.offset + info.len(), info.rate)).collect();
        parts.sort_by_key(|(range, _)| range.start);
        parts.dedup_by(|next, part| {
            let joins = part.0.end == next.0.start && part.1 == next.1;
            if joins {
                part.0.end = next.0.end;
            }
            joins
        });
        let before = vec![0.0; parts.iter().map(|(range, _)| range.len()).sum()];
        Self { parts, before }
    }

    /// Whether there is no such parameter.
    pub(super) fn are_all_the_optimizers(&self) -> bool {
        self.parts.is_empty()
    }

    /// Before a step: keeps parameters, and zeroes the gradients of frozen ones, which must count for nothing.
    pub(super) fn begin(&mut self, parameters: &[f32], gradients: &mut [f32]) {
        let mut kept = &mut self.before[..];
        for (range, rate) in &self.parts {
            let (here, rest) = kept.split_at_mut(range.len());
            here.copy_from_slice(&parameters[range.clone()]);
            kept = rest;
            if *rate == 0.0 {
                gradients[range.clone()].fill(0.0);
            }
        }
    }

    /// After it.
    pub(super) fn end(&self, parameters: &mut [f32]) {
        let mut kept = &self.before[..];
        for (range, rate) in &self.parts {
            let (here, rest) = kept.split_at(range.len());
            kept = rest;
            for (parameter, before) in parameters[range.clone()].iter_mut().zip(here) {
                *parameter = if *rate == 0.0 { *before } else { before + rate * (*parameter - before) };
            }
        }
    }
}
