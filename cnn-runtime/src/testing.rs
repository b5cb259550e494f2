//! What the tests of kernels and layers share: data, a pass to run them in, and comparisons.
//!
//! Whatever a kernel may load but must not use (the floats behind a sample, behind the parameters, a map that was not
//! filled) is NaN here, so that a value from there spoils a result visibly.

mod parts;

use crate::arena::Arena;
use crate::buffer::{Buffer, LANES};
use crate::map::Map;
use crate::pass::{Noise, Pass, Prepare, Stretch};
use crate::simd::{self, Isa};
pub(crate) use parts::Parts;

/// A small seeded generator (SplitMix64: Steele, Lea, Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in -1..1.
    pub(crate) fn next(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    /// `len` numbers, uniform in -1..1.
    pub(crate) fn vec(&mut self, len: usize) -> Vec<f32> {
        (0..len).map(|_| self.next()).collect()
    }

    /// Uniform in 0..end.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.bits() % end as u64) as usize
    }
}

/// Places maps one behind the other, as a plan does.
#[derive(Default)]
pub(crate) struct Places {
    /// Floats per sample so far: what an arena needs.
    pub(crate) floats: usize,
}

impl Places {
    /// A map of height, width, channels with a border of top, bottom, left, right.
    pub(crate) fn map(&mut self, [height, width, channels]: [usize; 3], border: [usize; 4]) -> Map {
        let map = Map::new(self.floats, [height, width, channels], border);
        self.floats += map.stored();
        map
    }
}

/// Floats of scratch memory of a bench.
const SCRATCH: usize = 1 << 20;

/// Everything that a [`Pass`] borrows. Fields are there to be filled and read directly.
pub(crate) struct Bench {
    pub(crate) samples: usize,
    pub(crate) batch: usize,
    pub(crate) inputs: Vec<f32>,
    pub(crate) outputs: Vec<f32>,
    pub(crate) d_outputs: Vec<f32>,
    pub(crate) d_inputs: Option<Vec<f32>>,
    pub(crate) parameters: Buffer,
    pub(crate) derived: Buffer,
    pub(crate) prepared: Buffer,
    pub(crate) state: Vec<f32>,
    pub(crate) gradients: Vec<f32>,
    pub(crate) partial: Vec<f32>,
    pub(crate) exchange: Vec<f32>,
    pub(crate) records: Vec<f32>,
    pub(crate) record: usize,
    pub(crate) results: Vec<f32>,
    pub(crate) arena: Arena,
    pub(crate) noise: Noise,
    pub(crate) threads: usize,
}

impl Bench {
    /// A bench for `samples` samples, an arena of `floats` per sample full of NaN, and these parameters. All other
    /// slices are empty.
    pub(crate) fn new(samples: usize, floats: usize, parameters: &[f32]) -> Self {
        let mut arena = Arena::new(floats, samples, SCRATCH);
        let everything = Map::dense(0, [1, 1, (floats - floats % LANES).saturating_sub(LANES)]);
        if floats >= LANES {
            arena.view_mut(&everything).fill(f32::NAN);
        }
        let [owned, prepared] = [parameters, &vec![f32::NAN; parameters.len()]].map(|values| {
            let mut buffer = Buffer::zeroed(values.len());
            buffer.copy_from_slice(values);
            buffer.with_slack_mut()[values.len()..].fill(f32::NAN);
            buffer
        });
        Self {
            samples,
            batch: samples,
            inputs: Vec::new(),
            outputs: Vec::new(),
            d_outputs: Vec::new(),
            d_inputs: None,
            parameters: owned,
            derived: Buffer::zeroed(0),
            prepared,
            state: Vec::new(),
            gradients: vec![0.0; parameters.len()],
            partial: Vec::new(),
            exchange: Vec::new(),
            records: Vec::new(),
            record: 0,
            results: Vec::new(),
            arena,
            noise: Noise::default(),
            threads: 1,
        }
    }

    /// A pass over all samples.
    pub(crate) fn pass(&mut self) -> Pass<'_> {
        Pass {
            samples: self.samples,
            batch: self.batch,
            inputs: &self.inputs,
            outputs: &mut self.outputs,
            d_outputs: &self.d_outputs,
            d_inputs: self.d_inputs.as_deref_mut(),
            parameters: self.parameters.with_slack(),
            derived: self.derived.with_slack(),
            prepared: self.prepared.with_slack(),
            state: &self.state,
            gradients: &mut self.gradients,
            partial: &mut self.partial,
            exchange: &self.exchange,
            records: &mut self.records,
            record: self.record,
            results: &self.results,
            arena: &mut self.arena,
            noise: self.noise,
            threads: self.threads,
            stretch: Stretch::Whole,
            strips: &mut [],
        }
    }

    /// What a batch's rearranging of weights works on.
    pub(crate) fn prepare(&mut self) -> Prepare<'_> {
        Prepare {
            parameters: self.parameters.with_slack(),
            derived: self.derived.with_slack_mut(),
            prepared: self.prepared.with_slack_mut(),
            state: &self.state,
            wants_d_input: true,
        }
    }

    /// Fills a map's interior with `values` (HWC, sample after sample), its border with zeros, the rest with NaN.
    pub(crate) fn fill(&mut self, map: &Map, values: &[f32]) {
        assert_eq!(values.len(), self.samples * map.volume());
        let memory = self.arena.view_mut(map);
        memory.fill(f32::NAN);
        for (sample, volume) in memory.chunks_mut(map.stored()).zip(values.chunks(map.volume())) {
            sample[..map.size()].fill(0.0);
            for (to, from) in map.rows_mut(sample).zip(volume.chunks(map.width * map.channels)) {
                to.copy_from_slice(from);
            }
        }
    }

    /// Fills a map's interior and what lies behind it with NaN, its border with zeros: how a map looks to the layer
    /// that is to write it.
    pub(crate) fn blank(&mut self, map: &Map) {
        self.fill(map, &vec![f32::NAN; self.samples * map.volume()]);
    }

    /// A map's interior: HWC, sample after sample.
    pub(crate) fn read(&self, map: &Map) -> Vec<f32> {
        let samples = self.arena.view(map).chunks(map.stored()).take(self.samples);
        samples.flat_map(|sample| map.rows(sample)).flatten().copied().collect()
    }

    /// Checks that nothing wrote outside a map's interior since it was filled: zeros in the border, NaN behind it.
    pub(crate) fn assert_untouched_outside(&mut self, map: &Map) {
        for sample in self.arena.view_mut(map).chunks_mut(map.stored()) {
            map.rows_mut(sample).for_each(|row| row.fill(0.0));
            let (inside, slack) = sample.split_at(map.size());
            assert!(inside.iter().all(|&x| x == 0.0), "the border of {map:?} was written to");
            assert!(slack.iter().all(|x| x.is_nan()), "the floats behind {map:?} were written to");
        }
    }
}

/// Runs `work` on every instruction set that this machine has.
pub(crate) fn for_each_isa(work: impl Fn(Isa)) {
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        simd::on(isa, || work(isa));
    }
}

/// Checks that `actual` is within `tolerance`, relative to the root mean square of `expected`, of it.
pub(crate) fn assert_close(actual: &[f32], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(actual.len(), expected.len(), "{what}: lengths");
    let square = expected.iter().map(|x| x * x).sum::<f64>() / expected.len().max(1) as f64;
    let scale = square.sqrt().max(1e-3);
    for (i, (&a, &e)) in actual.iter().zip(expected).enumerate() {
        let error = (f64::from(a) - e).abs();
        // Written so that NaN fails too.
        assert!(error <= tolerance * scale.max(e.abs()), "{what}: element {i} is {a}, expected {e} (rms {scale:.3})");
    }
}

/// The numbers as f64.
pub(crate) fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|&x| f64::from(x)).collect()
}

/// The gradient of a function by central differences, for proving a reference's backward.
pub(crate) fn differences(at: &[f64], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    const STEP: f64 = 1e-5;
    let mut x = at.to_vec();
    let mut shifted = |i: usize, step: f64| {
        x[i] = at[i] + step;
        let value = f(&x);
        x[i] = at[i];
        value
    };
    (0..at.len()).map(|i| (shifted(i, STEP) - shifted(i, -STEP)) / (2.0 * STEP)).collect()
}
