//! Layers whose values are channels of larger maps, compared with the same layers on maps of their own.

use super::{Bench, Places, Random, assert_close, for_each_isa, wide};
use crate::map::{Map, Part};

/// What lies beside the channels that a layer may write to.
const BESIDE: f32 = 7.0;

/// Stands for what a layer did not write.
const UNWRITTEN: f32 = f32::MAX;

/// Where the values of a layer lie.
pub(crate) struct Lies {
    /// The input as a map, for layers that read no parts.
    pub(crate) map: Map,
    pub(crate) input: Part,
    pub(crate) output: Part,
    pub(crate) d_output: Map,
    pub(crate) d_input: Map,
}

/// A layer to run on maps of its own and in parts of others.
pub(crate) struct Parts<'a> {
    pub(crate) samples: usize,
    /// Of the input and of the output: height, width, channels.
    pub(crate) shapes: [[usize; 3]; 2],
    /// Zeros around the input, and around the gradient for the output.
    pub(crate) borders: [[usize; 4]; 2],
    pub(crate) parameters: &'a [f32],
    /// Changes what else the layer reads.
    pub(crate) prepare: fn(&mut Bench),
}

/// All that a layer writes.
struct Written {
    output: Vec<f32>,
    d_input: Vec<f32>,
    gradients: Vec<f32>,
    partial: Vec<f32>,
}

impl Parts<'_> {
    /// Checks on every instruction set that a layer writes the same wherever its values lie, and nothing beside them.
    pub(crate) fn check(&self, what: &str, layer: impl Fn(&mut Bench, &Lies)) {
        for_each_isa(|isa| {
            let alone = self.run([[0; 2]; 2], &layer);
            for beside in [[[0, 3], [5, 0]], [[2, 17], [16, 16]], [[1, 0], [0, 1]], [[0, 0], [3, 40]]] {
                let what = format!("{isa}: {what}, {:?}, with {beside:?} channels beside them", self.shapes);
                let found = self.run(beside, &layer);
                let all = [
                    (&found.output, &alone.output),
                    (&found.d_input, &alone.d_input),
                    (&found.gradients, &alone.gradients),
                    (&found.partial, &alone.partial),
                ];
                // Another kernel may have done it.
                all.into_iter().for_each(|(found, alone)| assert_close(found, &wide(alone), 3e-5, &what));
            }
        });
    }

    /// Runs the layer with so many channels before and behind those of its input and of its output.
    fn run(&self, beside: [[usize; 2]; 2], layer: impl Fn(&mut Bench, &Lies)) -> Written {
        let mut random = Random::new(3);
        let [from, to] = self.shapes;
        let values = |shape: [usize; 3]| self.samples * shape.iter().product::<usize>();
        let (x, d) = (random.vec(values(from)), random.vec(values(to)));
        let mut places = Places::default();
        let map = places.map(from, self.borders[0]);
        let mut part = |[height, width, channels]: [usize; 3], [before, behind]: [usize; 2], border| {
            places.map([height, width, before + channels + behind], border).part(before, channels)
        };
        let (input, output) = (part(from, beside[0], self.borders[0]), part(to, beside[1], [1, 0, 0, 2]));
        let (d_output, d_input) = (places.map(to, self.borders[1]), places.map(from, [0, 1, 1, 0]));
        let mut bench = Bench::new(self.samples, places.floats, self.parameters);
        bench.fill(&map, &x);
        bench.put(&input, &x, f32::NAN);
        bench.put(&output, &vec![f32::NAN; d.len()], BESIDE);
        bench.fill(&d_output, &d);
        bench.blank(&d_input);
        (self.prepare)(&mut bench);
        layer(&mut bench, &Lies { map, input, output, d_output, d_input });
        bench.assert_untouched_beside(&output);
        Written {
            output: bench.take(&output),
            // What is not a number equals nothing, not even itself.
            d_input: bench.read(&d_input).into_iter().map(|d| if d.is_nan() { UNWRITTEN } else { d }).collect(),
            gradients: bench.gradients,
            partial: bench.partial,
        }
    }
}

/// The map that holds a part.
fn whole(part: &Part) -> Map {
    Map::new(part.offset, [part.height, part.width, part.pitch], part.border)
}

impl Bench {
    /// Fills a part with values, the channels beside it with `beside`, its border with zeros, the rest with NaN.
    fn put(&mut self, part: &Part, values: &[f32], beside: f32) {
        let whole = whole(part);
        self.fill(&whole, &vec![beside; self.samples * whole.volume()]);
        let memory = self.arena.view_mut(part);
        for (sample, volume) in memory.chunks_mut(part.stored()).zip(values.chunks(part.volume())) {
            let pixels = part.pixels_mut(sample).zip(volume.chunks(part.channels));
            pixels.for_each(|(to, from)| to.copy_from_slice(from));
        }
    }

    /// A part's values.
    fn take(&self, part: &Part) -> Vec<f32> {
        let samples = self.arena.view(part).chunks(part.stored()).take(self.samples);
        samples.flat_map(|sample| part.pixels(sample)).flatten().copied().collect()
    }

    /// Checks that nothing wrote beside a part, nor outside the map that holds it.
    fn assert_untouched_beside(&mut self, part: &Part) {
        let whole = whole(part);
        let own = part.first..part.first + part.channels;
        for (i, &x) in self.read(&whole).iter().enumerate() {
            assert!(
                own.contains(&(i % part.pitch)) || x == BESIDE,
                "channel {} beside {part:?} is {x}",
                i % part.pitch
            );
        }
        self.assert_untouched_outside(&whole);
    }
}
