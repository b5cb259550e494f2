//! How the tensors of a network start.

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::network::{Init, TensorInfo, TensorKind};
use crate::tensor::positions;

/// Fills the buffers of parameters and of state with what `tensors` says that they start with.
///
/// Each tensor draws its numbers in file order from a stream of its own, which the seed and its name select: how a
/// tensor starts depends on nothing else, neither on other layers nor on where and in what order memory holds it.
pub(crate) fn initialize(tensors: &[TensorInfo], seed: u64, parameters: &mut [f32], state: &mut [f32]) {
    for info in tensors {
        let memory = match info.kind {
            TensorKind::Parameter => &mut *parameters,
            TensorKind::State => &mut *state,
        };
        let memory = &mut memory[info.offset..][..info.len()];
        let mut stream = Stream::new(seed, info.name);
        match info.init {
            Init::Constant(value) => memory.fill(value),
            Init::He { fan_in } => {
                let deviation = (2.0 / fan_in as f64).sqrt();
                positions(info, |position| memory[position] = (deviation * stream.normal()) as f32);
            }
            Init::Normal { deviation } => {
                positions(info, |position| memory[position] = (f64::from(deviation) * stream.normal()) as f32);
            }
            Init::Glorot { fan_in, fan_out } => {
                let bound = (6.0 / (fan_in + fan_out) as f64).sqrt();
                positions(info, |position| memory[position] = (bound * stream.uniform()) as f32);
            }
        }
    }
}

/// Fills the buffer of state alone: what a network needs whose parameters come from elsewhere.
pub(crate) fn initialize_state(tensors: &[TensorInfo], state: &mut [f32]) {
    for info in tensors.iter().filter(|info| info.kind == TensorKind::State) {
        initialize(std::slice::from_ref(info), 0, &mut [], state);
    }
}

/// Random numbers of one tensor.
struct Stream {
    generator: Pcg64Mcg,
    /// The second of a pair of normal numbers.
    spare: Option<f64>,
}

impl Stream {
    fn new(seed: u64, name: &str) -> Self {
        // FNV-1a, which is fixed for all time, unlike the standard library's hashes; `seed_from_u64` mixes it well.
        let bytes = seed.to_le_bytes().into_iter().chain(name.bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { generator: Pcg64Mcg::seed_from_u64(hash), spare: None }
    }

    /// Uniform in [-1, 1).
    fn uniform(&mut self) -> f64 {
        let bits = self.generator.next_u64() >> 11; // as many as an f64 has
        bits as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// Normal with variance 1, by the polar method (Marsaglia, Bray, 1964).
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (self.uniform(), self.uniform());
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Layout;
    use crate::tensor::unpack;

    const CONV: TensorInfo = TensorInfo {
        name: "conv1.weight",
        shape: &[40, 50, 5, 5],
        offset: 0,
        kind: TensorKind::Parameter,
        init: Init::He { fan_in: 1250 },
        layout: Layout::Conv { groups: 1 },
        rate: 1.0,
    };

    fn initialized(tensors: &[TensorInfo], seed: u64) -> (Vec<f32>, Vec<f32>) {
        let size = |kind| tensors.iter().filter(|t| t.kind == kind).map(|t| t.offset + t.len()).max().unwrap_or(0);
        let (mut parameters, mut state) =
            (vec![f32::NAN; size(TensorKind::Parameter)], vec![f32::NAN; size(TensorKind::State)]);
        initialize(tensors, seed, &mut parameters, &mut state);
        (parameters, state)
    }

    /// The k-th moment about zero, in units of the k-th power of `scale`.
    fn moment(values: &[f32], scale: f64, k: i32) -> f64 {
        values.iter().map(|&x| (f64::from(x) / scale).powi(k)).sum::<f64>() / values.len() as f64
    }

    #[test]
    fn he_is_normal_with_variance_two_over_fan_in() {
        let (values, _) = initialized(&[CONV], 42);
        let deviation = (2.0_f64 / 1250.0).sqrt();
        // 50,000 draws: the tolerances are over four standard errors of each moment.
        for (k, expected, tolerance) in [(1, 0.0, 0.02), (2, 1.0, 0.03), (3, 0.0, 0.08), (4, 3.0, 0.2)] {
            let found = moment(&values, deviation, k);
            assert!((found - expected).abs() < tolerance, "moment {k}: {found}");
        }
        let beyond = values.iter().filter(|x| f64::from(x.abs()) > 3.0 * deviation).count();
        assert!((90..180).contains(&beyond), "{beyond} beyond three deviations, where 135 are likeliest");
    }

    #[test]
    fn glorot_is_uniform_within_its_bound() {
        let init = Init::Glorot { fan_in: 200, fan_out: 100 };
        let (values, _) = initialized(&[TensorInfo { init, ..CONV }], 42);
        let bound = (6.0_f64 / 300.0).sqrt();
        assert!(values.iter().all(|x| f64::from(x.abs()) <= bound));
        for (k, expected) in [(1, 0.0), (2, 1.0 / 3.0), (3, 0.0), (4, 1.0 / 5.0)] {
            let found = moment(&values, bound, k);
            assert!((found - expected).abs() < 0.012, "moment {k}: {found}");
        }
    }

    #[test]
    fn constants_fill_parameters_and_state() {
        let bias =
            TensorInfo { name: "bn1.bias", shape: &[3], init: Init::Constant(0.0), layout: Layout::Plain, ..CONV };
        let weight = TensorInfo { name: "bn1.weight", offset: 3, init: Init::Constant(1.0), ..bias };
        let var = TensorInfo { name: "bn1.running_var", offset: 0, kind: TensorKind::State, ..weight };
        assert_eq!(initialized(&[bias, weight, var], 1), (vec![0.0, 0.0, 0.0, 1.0, 1.0, 1.0], vec![1.0; 3]));

        let mut state = [0.0; 3];
        initialize_state(&[bias, weight, var], &mut state);
        assert_eq!(state, [1.0; 3]);
    }

    #[test]
    fn the_same_seed_gives_the_same_bits() {
        assert_eq!(initialized(&[CONV], 7), initialized(&[CONV], 7));
        assert_ne!(initialized(&[CONV], 7), initialized(&[CONV], 8));
    }

    #[test]
    fn a_stream_never_changes() {
        // Networks that are seeded alike start alike in every version of this crate.
        let mut stream = Stream::new(42, "conv1.weight");
        let values: [f32; 3] = std::array::from_fn(|_| stream.normal() as f32);
        assert_eq!(values, [-0.35994488, 0.7014425, -0.30221298]);
    }

    #[test]
    fn a_start_depends_on_neither_place_nor_layout_nor_neighbours() {
        let alone = initialized(&[CONV], 9).0;
        let expected = unpack(&CONV, &alone);

        let plain = TensorInfo { layout: Layout::Plain, ..CONV };
        assert_eq!(initialized(&[plain], 9).0, expected);

        let bias = TensorInfo { name: "conv1.bias", shape: &[11], layout: Layout::Plain, ..CONV };
        let moved = TensorInfo { offset: 11, ..CONV };
        let (memory, _) = initialized(&[bias, moved], 9);
        assert_eq!(unpack(&moved, &memory), expected);

        let renamed = TensorInfo { name: "conv2.weight", ..CONV };
        assert_ne!(unpack(&renamed, &initialized(&[renamed], 9).0), expected);
    }
}
