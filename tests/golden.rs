//! Eight small networks give what PyTorch gives in float64: outputs, loss, every gradient, and three steps of training.
//!
//! `golden/README.md` says how the files came to be and what they hold.

#![allow(deprecated, reason = "what is unusual is tested too")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::path::Path;

use cnn::loss::Loss;
use cnn::{MeanSquaredError, Network, Sample, Sgd, SoftmaxCrossEntropy, Trainer, network};
use safetensors::{Dtype, SafeTensors};

network! {
    struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(60) tanh  fc(40) tanh  fc(10);

    struct CifarSmall: 16x16x3 =>
        conv(10, 5, s1, p2)  relu  pool(2)
        conv(24, 3, same)    relu  pool(3, s2, floor)
        fc(10);

    struct BatchNorm: 12x12x3 =>
        conv(16, 3, p1, nobias)             bn relu
        conv(20, 3, s2, p1, floor, nobias)  bn relu
        gap fc(7);

    struct Mobile: 14x14x4 =>
        conv(8, 3, p1)            silu
        dw(3, p1)                 hardswish
        conv(16, 1)               gelu
        dw(3, s2, p1, floor)      elu
        conv(12, 3, p2, d2, g4)   leaky(0.1)
        avg(2, floor) fc(5);

    struct Acts: 9x11x2 =>
        conv(6, 3x5, s2x1, p1)      sigmoid
        conv(8, 3, p[0, 1, 1, 0])   softplus
        gmax fc(16) hardsigmoid fc(4);

    struct Mlp: 20 => fc(32) tanh fc(16) relu fc(20);

    struct Units: 9x9x2 =>
        conv(4, 3, s2, p1, floor, nobias) bias tanh
        cat[flatten | gap] bias tanh  fc(5);

    struct States: (steps: 4x1x3, start: 10) => @steps lstm(5, state, from = @start) fc(4);
}

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

#[test]
fn lenet5() -> Result {
    let golden = Golden::read("lenet5")?;
    check(&golden, LeNet5::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn cifar_small() -> Result {
    let golden = Golden::read("cifar_small")?;
    check(&golden, CifarSmall::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn batchnorm() -> Result {
    let golden = Golden::read("batchnorm")?;
    check(&golden, BatchNorm::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn mobile() -> Result {
    let golden = Golden::read("mobile")?;
    check(&golden, Mobile::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn acts() -> Result {
    let golden = Golden::read("acts")?;
    check(&golden, Acts::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn mlp() -> Result {
    let golden = Golden::read("mlp")?;
    check(&golden, Mlp::zeroed, MeanSquaredError, &golden.samples("targets")?)
}

#[test]
fn units() -> Result {
    let golden = Golden::read("units")?;
    check(&golden, Units::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

#[test]
fn states() -> Result {
    let golden = Golden::read("states")?;
    check(&golden, States::zeroed, SoftmaxCrossEntropy, &golden.labels()?)
}

/// How far a value may be off, relative to the largest of its tensor.
const TOLERANCE: f32 = 1e-4;

/// Steps of training behind the `after3` tensors, and how they were made.
const STEPS: usize = 3;
const RATE: f32 = 0.01;
const MOMENTUM: f32 = 0.9;

/// Compares everything that the file holds with what the network makes of its inputs.
fn check<N: Network, T: Sync, L: Loss<N::Output, T> + Copy>(
    golden: &Golden,
    zeroed: impl Fn() -> N,
    loss: L,
    targets: &[T],
) -> Result {
    let mut differences = Differences::default();
    differences.names::<N>(golden);

    let start = || -> Result<N> {
        let mut net = zeroed();
        for (name, tensor) in golden.under("param.") {
            net.model_mut().set_tensor(name, &tensor.values)?;
        }
        Ok(net)
    };
    let inputs: Vec<N::Input> = golden.samples("inputs")?;

    let mut outputs = N::Output::zeroed_vec(inputs.len());
    start()?.model_mut().forward_batch(&inputs, &mut outputs);
    differences.compare("logits", &golden.get("logits")?.values, &channels_first(&outputs));

    // A network of its own: a pass of training moves the running statistics.
    let mut net = start()?;
    let (mut gradients, mut d_inputs) = (vec![0.0; N::PARAMS], N::Input::zeroed_vec(inputs.len()));
    let mean = net.model_mut().gradients_with_inputs(&inputs, targets, &loss, &mut gradients, &mut d_inputs);
    differences.compare("loss", &golden.get("loss")?.values, &[mean]);
    differences.compare("grad_input", &golden.get("grad_input")?.values, &channels_first(&d_inputs));
    for (name, expected) in golden.under("grad.") {
        differences.compare(
            &format!("grad.{name}"),
            &expected.values,
            &cnn::Model::<N>::unpack(name, &gradients)?.values,
        );
    }

    let mut trainer = Trainer::new(start()?, loss, Sgd::new(RATE).momentum(MOMENTUM));
    for _ in 0..STEPS {
        trainer.step(&inputs, targets);
    }
    for (name, expected) in golden.under("after3.") {
        let found = trainer.net().model().tensor(name)?;
        differences.compare(&format!("after3.{name}"), &expected.values, &found.values);
        let before = &golden.get(&format!("param.{name}"))?.values;
        differences.movement(&format!("after3.{name} - param.{name}"), before, &expected.values, &found.values);
    }

    assert!(differences.0.is_empty(), "{differences}");
    Ok(())
}

/// All that differs, a line each.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    /// Whether the network's tensors have the names and shapes of the file's.
    fn names<N: Network>(&mut self, golden: &Golden) {
        let network: BTreeSet<_> = N::TENSORS.iter().map(|info| (info.name, info.shape.to_vec())).collect();
        let file: BTreeSet<_> = golden.under("param.").map(|(name, tensor)| (name, tensor.shape.clone())).collect();
        for (who, (name, shape)) in
            network.difference(&file).map(|t| ("network", t)).chain(file.difference(&network).map(|t| ("file", t)))
        {
            self.0.push(format!("{name}: {shape:?} in the {who} alone"));
        }
    }

    /// Compares with the file to within the tolerance.
    fn compare(&mut self, name: &str, expected: &[f32], found: &[f32]) {
        self.compare_within(name, expected, found, TOLERANCE * largest(expected));
    }

    /// Compares how far training moved a tensor. Some move by less than the tolerance of their values, so that no
    /// training at all would pass for right; the last bits of the values limit how well the way can be known.
    fn movement(&mut self, name: &str, before: &[f32], expected: &[f32], found: &[f32]) {
        let way = |after: &[f32]| after.iter().zip(before).map(|(a, b)| a - b).collect::<Vec<_>>();
        let (expected_way, found_way) = (way(expected), way(found));
        let allowed = 10.0 * TOLERANCE * largest(&expected_way) + 4.0 * f32::EPSILON * largest(expected);
        self.compare_within(name, &expected_way, &found_way, allowed);
    }

    fn compare_within(&mut self, name: &str, expected: &[f32], found: &[f32], allowed: f32) {
        if expected.len() != found.len() {
            self.0.push(format!("{name}: {} values, expected {}", found.len(), expected.len()));
            return;
        }
        let fits = |e: f32, f: f32| (e - f).abs() <= allowed; // NaN does not
        let mut off = expected.iter().zip(found).enumerate().filter(|&(_, (&e, &f))| !fits(e, f));
        if let Some((at, (e, f))) = off.next() {
            let (count, of) = (1 + off.count(), expected.len());
            self.0.push(format!("{name}: {count} of {of} differ; [{at}] is {f}, expected {e} +- {allowed}"));
        }
    }
}

/// The largest absolute value.
fn largest(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |largest, x| largest.max(x.abs()))
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} comparisons failed (tolerance {TOLERANCE} of the largest value):", self.0.len())?;
        self.0.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// The contents of a golden file, in its order (samples, channels, height, width).
struct Golden {
    tensors: BTreeMap<String, Values>,
    labels: Option<Vec<usize>>,
}

struct Values {
    shape: Vec<usize>,
    values: Vec<f32>,
}

impl Golden {
    fn read(net: &str) -> Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(net).with_extension("safetensors");
        let bytes = std::fs::read(path)?;
        let file = SafeTensors::deserialize(&bytes)?;
        let mut golden = Self { tensors: BTreeMap::new(), labels: None };
        for (name, view) in file.iter() {
            match view.dtype() {
                Dtype::F32 => {
                    let values = view.data().as_chunks().0.iter().map(|&x| f32::from_le_bytes(x)).collect();
                    golden.tensors.insert(name.to_owned(), Values { shape: view.shape().to_vec(), values });
                }
                Dtype::I64 if name == "labels" => {
                    let labels = view.data().as_chunks().0.iter().map(|&x| i64::from_le_bytes(x).try_into());
                    golden.labels = Some(labels.collect::<std::result::Result<_, _>>()?);
                }
                other => return Err(format!("{name}: {other}").into()),
            }
        }
        Ok(golden)
    }

    fn get(&self, name: &str) -> Result<&Values> {
        self.tensors.get(name).ok_or_else(|| format!("the file holds no `{name}`").into())
    }

    /// The tensors whose names start like this, with the rest of their names.
    fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Values)> {
        self.tensors.iter().filter_map(move |(name, tensor)| Some((name.strip_prefix(prefix)?, tensor)))
    }

    fn labels(&self) -> Result<Vec<usize>> {
        self.labels.clone().ok_or_else(|| "the file holds no `labels`".into())
    }

    /// A tensor of samples, each turned from channels first to channels last.
    fn samples<S: Sample>(&self, name: &str) -> Result<Vec<S>> {
        let Values { shape, values } = self.get(name)?;
        let [height, width, channels] = S::SHAPE;
        let expected =
            if shape.len() == 2 { vec![shape[0], channels] } else { vec![shape[0], channels, height, width] };
        if *shape != expected {
            return Err(format!("`{name}` is {shape:?}, expected {expected:?}").into());
        }
        let mut samples = S::zeroed_vec(shape[0]);
        for (sample, values) in samples.iter_mut().zip(values.chunks(channels * height * width)) {
            for (i, position) in channels_last(S::SHAPE).enumerate() {
                sample.flat_mut()[position] = values[i];
            }
        }
        Ok(samples)
    }
}

/// The floats of samples in the order of files.
fn channels_first<S: Sample>(samples: &[S]) -> Vec<f32> {
    samples.iter().flat_map(|sample| channels_last(S::SHAPE).map(|position| sample.flat()[position])).collect()
}

/// For each float of a volume that has its channels first, its position in one that has them last.
fn channels_last([height, width, channels]: [usize; 3]) -> impl Iterator<Item = usize> {
    let pixels = height * width;
    (0..channels).flat_map(move |channel| (0..pixels).map(move |pixel| pixel * channels + channel))
}
