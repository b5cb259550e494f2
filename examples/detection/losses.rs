//! What both stages are trained by, and cannot be said with the library's losses: only some of the outputs count, and
//! others in every step.

use cnn::{BinaryCrossEntropyWithLogits, Loss, Sample, SmoothL1};

/// L_cls of equation 1: the mean, over the anchors that a step has drawn, of the cross-entropy of "object or not". With
/// one logit for an anchor instead of two softmax outputs, which the paper names as the other way to do it.
pub(crate) struct Objectness;

impl<O: Sample> Loss<O, Vec<(usize, bool)>> for Objectness {
    fn evaluate(&self, output: &O, anchors: &Vec<(usize, bool)>, d_output: &mut O) -> f32 {
        let (output, d_output) = (output.flat(), d_output.flat_mut());
        d_output.fill(0.0);
        let share = 1.0 / anchors.len().max(1) as f32;
        let mut loss = 0.0;
        for &(anchor, is_object) in anchors {
            let (logit, target, mut d) = ([output[anchor]], [f32::from(is_object)], [0.0]);
            loss += share * BinaryCrossEntropyWithLogits.evaluate(&logit, &target, &mut d);
            d_output[anchor] = share * d[0];
        }
        loss
    }
}

/// L_reg of equation 1: smooth L1 (Girshick, 2015) of the four numbers of each box that has a target, summed, and over
/// all boxes the mean. Boxes without a target, those of anchors without an object and of other classes, cost nothing.
///
/// Errors below the number are squared.
pub(crate) struct Boxes(pub(crate) f32);

impl<O: Sample> Loss<O, Vec<(usize, [f32; 4])>> for Boxes {
    fn evaluate(&self, output: &O, boxes: &Vec<(usize, [f32; 4])>, d_output: &mut O) -> f32 {
        let (output, d_output) = (output.flat(), d_output.flat_mut());
        d_output.fill(0.0);
        // The library's is the mean over the four.
        let share = 4.0 / boxes.len().max(1) as f32;
        let mut loss = 0.0;
        for (index, target) in boxes {
            let place = 4 * index..4 * index + 4;
            let (mut said, mut d) = ([0.0; 4], [0.0; 4]);
            said.copy_from_slice(&output[place.clone()]);
            loss += share * SmoothL1::new(self.0).evaluate(&said, target, &mut d);
            d_output[place].iter_mut().zip(d).for_each(|(to, d)| *to = share * d);
        }
        loss
    }
}

/// No loss of its own: hands on the gradient that the second stage has found for the shared features, so that both
/// stages train the trunk.
pub(crate) struct HandedDown;

impl<O: Sample> Loss<O, Box<O>> for HandedDown {
    fn evaluate(&self, _output: &O, gradient: &Box<O>, d_output: &mut O) -> f32 {
        d_output.flat_mut().copy_from_slice(gradient.flat());
        0.0
    }
}
