//! Batch norm of inference as part of the weights before it: `scale * (weight * x + bias) + shift` is again a product
//! with weights, and a bias.

use super::BatchNorm;
use crate::buffer::LANES;
use crate::kernels::panels::Panels;
use crate::pass::{Pass, Prepare};
use std::ops::Range;

/// Where weights and biases that include a batch norm lie among the derived weights.
#[derive(Clone, Copy, Debug)]
pub struct Folded {
    /// The weights, which lie there as the others do among the parameters. Transformed filters include it in their
    /// place.
    pub weight: usize,
    /// A bias for each output.
    pub bias: usize,
}

/// Runs a layer whose constant names [`Folded`] weights and biases.
pub fn folded(pass: &mut Pass<'_>, layer: impl FnOnce(&mut Pass<'_>)) {
    let parameters = std::mem::replace(&mut pass.parameters, pass.derived);
    layer(pass);
    pass.parameters = parameters;
}

/// The weights of some outputs, 16 at most, that lie side by side: rows of one number each, a pitch apart.
#[derive(Clone, Copy, Debug)]
pub(in crate::layers) struct Outputs {
    /// The first output.
    pub(in crate::layers) output: usize,
    /// How many.
    pub(in crate::layers) width: usize,
    /// Their first weight among the layer's.
    pub(in crate::layers) start: usize,
    /// How many weights each of them has.
    pub(in crate::layers) rows: usize,
    /// Floats from one row to the next.
    pub(in crate::layers) pitch: usize,
}

impl Outputs {
    /// The blocks of panels whose first output is `output` and whose first weight is `start`.
    pub(in crate::layers) fn of_panels(panels: Panels, output: usize, start: usize) -> impl Iterator<Item = Self> {
        (0..panels.outputs).step_by(LANES).map(move |first| {
            let width = LANES.min(panels.outputs - first);
            let start = start + first * panels.rows;
            Self { output: output + first, width, start, rows: panels.rows, pitch: width }
        })
    }
}

/// Writes weights and biases that include a batch norm; `weight` and `bias` are where those without it lie among the
/// parameters.
pub(in crate::layers) fn fold(
    prepare: &mut Prepare<'_>,
    bn: &BatchNorm,
    (weight, bias): (usize, Option<usize>),
    to: Folded,
    blocks: impl Iterator<Item = Outputs>,
) {
    let weights = &prepare.parameters[weight..];
    for block in blocks {
        let scales = biases(prepare, bn, bias, to, block.output..block.output + block.width);
        for row in 0..block.rows {
            let at = block.start + row * block.pitch;
            let scaled = prepare.derived[to.weight + at..][..block.width].iter_mut().zip(&weights[at..]);
            scaled.zip(&scales).for_each(|((to, from), scale)| *to = from * scale);
        }
    }
}

/// Writes the biases of some outputs, 16 at most, that include a batch norm. Gives the factors of their weights.
pub(in crate::layers) fn biases(
    prepare: &mut Prepare<'_>,
    bn: &BatchNorm,
    bias: Option<usize>,
    to: Folded,
    outputs: Range<usize>,
) -> [f32; LANES] {
    let mut scales = [0.0; LANES];
    for (channel, scale) in outputs.zip(&mut scales) {
        let [factor, shift] = bn.affine(prepare, channel);
        let bias = bias.map_or(0.0, |bias| f64::from(prepare.parameters[bias + channel]));
        prepare.derived[to.bias + channel] = bias.mul_add(factor, shift) as f32;
        *scale = factor as f32;
    }
    scales
}

impl BatchNorm {
    /// What inference multiplies the values of a channel by, and what it adds to them then.
    fn affine(&self, prepare: &Prepare<'_>, channel: usize) -> [f64; 2] {
        let [weight, bias] = [self.weight, self.bias].map(|at| f64::from(prepare.parameters[at + channel]));
        let [mean, var] = [self.running_mean, self.running_var].map(|at| f64::from(prepare.state[at + channel]));
        let scale = weight / (var + f64::from(self.epsilon)).sqrt();
        [scale, bias - mean * scale]
    }
}
