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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Init, Layout};

    fn info(offset: usize, rate: f32, kind: TensorKind) -> TensorInfo {
        let (init, layout) = (Init::Constant(0.0), Layout::Plain);
        TensorInfo { name: "fc1.weight", shape: &[2], offset, kind, init, layout, rate }
    }

    /// `[10, 20, ..]`, after a step that adds one to each.
    fn stepped(rates: &mut Rates, gradients: &mut [f32]) -> Vec<f32> {
        let mut parameters: Vec<f32> = (1..=gradients.len()).map(|i| 10.0 * i as f32).collect();
        rates.begin(&parameters, gradients);
        parameters.iter_mut().for_each(|parameter| *parameter += 1.0);
        rates.end(&mut parameters);
        parameters
    }

    #[test]
    fn neighbours_of_one_rate_are_one_part() {
        use TensorKind::{Parameter, State};
        // In any order; state, which has offsets of its own, counts for nothing.
        let of = [(6, 0.0, Parameter), (2, 0.5, Parameter), (4, 0.5, Parameter), (0, 1.0, Parameter), (0, 0.5, State)];
        let mut rates = Rates::new(&of.map(|(offset, rate, kind)| info(offset, rate, kind)));
        assert_eq!(rates.parts, [(2..6, 0.5), (6..8, 0.0)]);
        assert!(!rates.are_all_the_optimizers());
        let mut gradients = [f32::NAN; 8];
        let parameters = stepped(&mut rates, &mut gradients);
        assert_eq!(parameters, [11.0, 21.0, 30.5, 40.5, 50.5, 60.5, 70.0, 80.0]);
        // What is frozen counts for no limit.
        assert_eq!(gradients[6..], [0.0; 2]);
        assert!(gradients[..6].iter().all(|d| d.is_nan()));
    }

    #[test]
    fn without_rates_of_their_own_nothing_is_kept() {
        let mut rates = Rates::new(&[info(0, 1.0, TensorKind::Parameter)]);
        assert!(rates.are_all_the_optimizers() && rates.before.is_empty());
        assert_eq!(stepped(&mut rates, &mut [1.0; 2]), [11.0, 21.0]);
    }

    #[test]
    fn what_is_frozen_keeps_its_bits() {
        let mut rates = Rates::new(&[info(0, 0.0, TensorKind::Parameter)]);
        let mut parameters = [-0.0, f32::INFINITY];
        rates.begin(&parameters, &mut [1.0; 2]);
        parameters.fill(f32::NAN);
        rates.end(&mut parameters);
        assert_eq!(parameters.map(f32::to_bits), [-0.0, f32::INFINITY].map(f32::to_bits));
    }
}
