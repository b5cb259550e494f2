//! What the tests of layers of one input share: a layer's maps, filled, run, and looked at afterwards.

use crate::map::Map;
use crate::testing::{Bench, Places};

/// What a layer is run on. Shapes are height, width, channels; values are sample after sample.
pub(super) struct Trial<'a> {
    pub(super) samples: usize,
    /// Of the input and of the output.
    pub(super) shapes: [[usize; 3]; 2],
    /// Zeros around the input; the other maps have them turned around.
    pub(super) border: [usize; 4],
    pub(super) parameters: &'a [f32],
    pub(super) input: &'a [f32],
    pub(super) d_output: &'a [f32],
}

/// Where the values of a trial lie.
pub(super) struct Maps {
    pub(super) input: Map,
    pub(super) output: Map,
    pub(super) d_output: Map,
    pub(super) d_input: Map,
}

/// What a layer wrote.
pub(super) struct Found {
    pub(super) output: Vec<f32>,
    pub(super) d_input: Vec<f32>,
    /// Of the parameters; they were zero before.
    pub(super) gradients: Vec<f32>,
}

impl Trial<'_> {
    /// Runs a layer forward and backward, and checks that it wrote its own floats alone.
    pub(super) fn run(&self, layer: impl FnOnce(&mut Bench, &Maps)) -> Found {
        let [top, bottom, left, right] = self.border;
        let ([from, to], turned) = (self.shapes, [right, left, bottom, top]);
        let mut places = Places::default();
        let [input, d_input] = [self.border, turned].map(|border| places.map(from, border));
        let [output, d_output] = [turned, self.border].map(|border| places.map(to, border));
        let mut bench = Bench::new(self.samples, places.floats, self.parameters);
        bench.fill(&input, self.input);
        bench.fill(&d_output, self.d_output);
        bench.blank(&output);
        bench.blank(&d_input);
        layer(&mut bench, &Maps { input, output, d_output, d_input });
        let found =
            Found { output: bench.read(&output), d_input: bench.read(&d_input), gradients: bench.gradients.clone() };
        [input, output, d_output, d_input].iter().for_each(|map| bench.assert_untouched_outside(map));
        found
    }
}
