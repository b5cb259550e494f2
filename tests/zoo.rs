//! The networks of `cnn::zoo` give what torchvision's give in float64: outputs, a step of training, running statistics.
//! Those that torchvision has not run and train.
//!
//! `golden/README.md` says how the file came to be and what it holds; weights, pictures and directions are drawn here
//! as `golden/zoo.py` draws them.

use std::error::Error;
use std::path::Path;

use cnn::loss::Loss;
use cnn::{Network, Sample, TensorInfo, TensorKind, zoo};
use safetensors::SafeTensors;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// How far an output may be off, relative to the largest, and the loss.
const OUTPUTS: f64 = 1e-4;

/// How far a gradient's product with a direction may be off, or its norm, relative to the norm, or `STEPS` times how
/// far it moves in float64 when the pictures move by 1e-6. In networks of millions of relus some hang on the last bits,
/// and each that goes the other way moves all gradients before it by some thousandths: by 1 to 3 hundredths together in
/// ResNets, DenseNet and GoogLeNet, whoever computes them.
const GRADIENTS: f64 = 1e-3;
const STEPS: f64 = 2.0;

/// The same for running statistics.
const STATE: f64 = 1e-4;

/// Samples of the step of training.
const BATCH: usize = 2;

/// Compares with torchvision's network of a name.
macro_rules! agree {
    ($($name:ident: $network:ident,)*) => {
        $(
            #[test]
            fn $name() -> Result {
                agrees::<zoo::$network>(zoo::$network::zeroed(), stringify!($name))
            }
        )*
    };
}

agree! {
    vgg11: Vgg11,
    vgg16: Vgg16,
    googlenet: GoogLeNet,
    resnet18: ResNet18,
    resnet34: ResNet34,
    resnet50: ResNet50,
    densenet121: DenseNet121,
    squeezenet1_1: SqueezeNet,
    mobilenet_v2: MobileNetV2,
    mobilenet_v3_small: MobileNetV3Small,
    shufflenet_v2_x1_0: ShuffleNetV2,
    efficientnet_b0: EfficientNetB0,
}

/// Runs a sample and trains on two.
macro_rules! train {
    ($($name:ident: $network:ident,)*) => {
        $(
            #[test]
            fn $name() {
                trains(zoo::$network::new(1));
            }
        )*
    };
}

train! {
    lenet1989: LeNet1989,
    lenet5: LeNet5,
    nin: NetworkInNetwork,
    resnet8: ResNet8,
    mobilenet_v1: MobileNetV1,
    ds_cnn: DsCnn,
    mobilenet_025: MobileNet025,
    anomaly_detector: AnomalyDetector,
    hinton_autoencoder: HintonAutoencoder,
    alexnet: AlexNet,
    zfnet: ZfNet,
    unet: UNet,
    faster_rcnn: FasterRcnn,
}

fn agrees<N: Network>(mut net: N, name: &str) -> Result {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/zoo.safetensors");
    let bytes = std::fs::read(path)?;
    let file = SafeTensors::deserialize(&bytes)?;
    let read = |what: &str| -> Result<Vec<f64>> {
        let floats = file.tensor(&format!("{name}.{what}"))?.data().as_chunks().0;
        Ok(floats.iter().map(|&x| f64::from(f32::from_le_bytes(x))).collect())
    };

    for (kind, first) in [(TensorKind::Parameter, PARAMETER), (TensorKind::State, STATE_VALUE)] {
        for (stream, info) in (first..).zip(tensors::<N>(kind)) {
            net.model_mut().set_tensor(info.name, &uniform(stream, info.len(), span(info)))?;
        }
    }
    let inputs = images::<N::Input>();
    let mut report = Report { name, lines: Vec::new(), fails: false };
    report.outputs("logits", &read("logits")?, net.model_mut().forward(&inputs[0]).flat());

    if !file.names().contains(&format!("{name}.gradients").as_str()) {
        return report.finish();
    }
    let mut gradients = vec![0.0; N::PARAMS];
    let loss = net.model_mut().gradients(&inputs, &[0, 1], &Projection, &mut gradients);
    report.outputs("loss", &read("loss")?, &[loss]);
    let digests = tensors::<N>(TensorKind::Parameter).zip(PARAMETER_DIRECTION..).map(|(info, stream)| {
        let found = cnn::Model::<N>::unpack(info.name, &gradients)?;
        Ok((info.name, digest(stream, &found.values)))
    });
    let tolerance = GRADIENTS.max(STEPS * read("step")?[0]);
    report.digests("gradients", &read("gradients")?, digests.collect::<Result<_>>()?, tolerance);
    let digests = tensors::<N>(TensorKind::State).zip(STATE_DIRECTION..).map(|(info, stream)| {
        let found = net.model().tensor(info.name)?;
        Ok((info.name, digest(stream, &found.values)))
    });
    let digests: Vec<_> = digests.collect::<Result<_>>()?;
    if !digests.is_empty() {
        report.digests("state", &read("state")?, digests, STATE);
    }
    report.finish()
}

fn trains<N: Network>(mut net: N) {
    let inputs = images::<N::Input>();
    let is_finite = |values: &[f32]| values.iter().all(|x| x.is_finite()) && values.iter().any(|&x| x != 0.0);
    assert!(is_finite(net.model_mut().forward(&inputs[0]).flat()), "outputs");
    let mut gradients = vec![0.0; N::PARAMS];
    let before = net.model_mut().gradients(&inputs, &[0, 1], &Projection, &mut gradients);
    assert!(is_finite(&gradients), "gradients");
    // A step so short that the loss falls by about a hundredth of what one direction allows.
    let squares: f64 = gradients.iter().map(|&d| f64::from(d).powi(2)).sum();
    let rate = (0.01 * f64::from(before).abs().max(0.1) / squares) as f32;
    for (parameter, d) in net.model_mut().parameters_mut().iter_mut().zip(&gradients) {
        *parameter -= rate * d;
    }
    net.model_mut().reseed(1); // the same dropout
    let after = net.model_mut().gradients(&inputs, &[0, 1], &Projection, &mut gradients);
    assert!(after < before, "a step against the gradient led from {before} to {after}");
}

/// What was compared.
struct Report<'a> {
    name: &'a str,
    lines: Vec<String>,
    fails: bool,
}

impl Report<'_> {
    fn outputs(&mut self, what: &str, expected: &[f64], found: &[f32]) {
        let largest = expected.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        let off = expected.iter().zip(found).map(|(e, &f)| (e - f64::from(f)).abs() / largest);
        let worst = off.fold(0.0, larger);
        let fits = expected.len() == found.len() && worst <= OUTPUTS; // NaN does not
        self.fails |= !fits;
        self.lines.push(format!("{what} {worst:.1e}"));
    }

    fn digests(&mut self, what: &str, expected: &[f64], found: Vec<(&str, [f64; 2])>, tolerance: f64) {
        let expected = expected.as_chunks::<2>().0;
        if expected.len() != found.len() {
            self.fails = true;
            self.lines.push(format!("{what}: {} tensors, expected {}", found.len(), expected.len()));
            return;
        }
        // Some gradients are zero but for rounding: a shift that the next batch norm takes away.
        let mut norms: Vec<f64> = expected.iter().map(|[_, norm]| *norm).collect();
        norms.sort_by(f64::total_cmp);
        let least = norms[norms.len() / 2] / 100.0;
        let mut worst = (0.0, "");
        for (&[product, norm], (tensor, found)) in expected.iter().zip(found) {
            let off = larger((product - found[0]).abs(), (norm - found[1]).abs()) / norm.max(least);
            let fits = off <= tolerance;
            if !fits {
                self.fails = true;
                self.lines.push(format!("\n  {tensor}: {found:?}, expected {:?}", [product, norm]));
            }
            if off.is_nan() || off > worst.0 {
                worst = (off, tensor);
            }
        }
        self.lines.push(format!("{what} {:.1e} ({})", worst.0, worst.1));
    }

    fn finish(self) -> Result {
        let text = format!("{}: largest errors: {}", self.name, self.lines.join(", "));
        println!("{text}");
        if self.fails { Err(text.into()) } else { Ok(()) }
    }
}

/// The larger of two; NaN if one is.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// The output's product with a direction that the target numbers.
struct Projection;

impl<O: Sample> Loss<O, u64> for Projection {
    fn evaluate(&self, output: &O, &target: &u64, d_output: &mut O) -> f32 {
        let d_output = d_output.flat_mut();
        d_output.copy_from_slice(&uniform(OUTPUT_DIRECTION + target, d_output.len(), [-1.0, 1.0]));
        output.flat().iter().zip(d_output).map(|(x, d)| x * *d).sum()
    }
}

fn tensors<N: Network>(kind: TensorKind) -> impl Iterator<Item = &'static TensorInfo> {
    N::TENSORS.iter().filter(move |info| info.kind == kind)
}

// Where the random numbers of each kind begin; a tensor's own number in the network is added.
const PARAMETER: u64 = 0;
const STATE_VALUE: u64 = 10_000;
const PARAMETER_DIRECTION: u64 = 20_000;
const STATE_DIRECTION: u64 = 30_000;
const FINE: u64 = 40_000;
const COARSE: u64 = 50_000;
const OUTPUT_DIRECTION: u64 = 60_000;

/// The first numbers of a stream, which is named by its number and its length: SplitMix64 (Steele, Lea, Flood, 2014).
fn uniform(stream: u64, length: usize, [low, high]: [f64; 2]) -> Vec<f32> {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = stream << 32 | length as u64;
    let mut unit = || {
        state = state.wrapping_add(GOLDEN);
        let x = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) >> 40) as f64 / f64::from(1 << 24)
    };
    (0..length).map(|_| (low + (high - low) * unit()) as f32).collect()
}

/// Between what the values of a tensor lie, so that activations stay near 1.
fn span(info: &TensorInfo) -> [f64; 2] {
    if info.name.ends_with("running_mean") || info.name.ends_with("bias") {
        return [-0.1, 0.1];
    }
    if info.name.ends_with("running_var") {
        return [0.5, 1.5];
    }
    let [_, fan_in @ ..] = info.shape else { unreachable!("a tensor without axes") };
    if fan_in.is_empty() {
        return [0.9, 1.1];
    }
    // The variance of He et al. (2015), 2 / fan_in.
    let bound = (6.0 / fan_in.iter().product::<usize>() as f64).sqrt();
    [-bound, bound]
}

/// Pictures of squares under noise: white noise alone looks the same to all deep layers.
fn images<I: Sample>() -> Vec<I> {
    let [height, width, channels] = I::SHAPE;
    let (rows, columns) = (height.div_ceil(32), width.div_ceil(32));
    let mut images = I::zeroed_vec(BATCH);
    for (number, image) in (0..).zip(&mut images) {
        // Drawn channel by channel.
        let fine = uniform(FINE + number, height * width * channels, [-1.0, 1.0]);
        let coarse = uniform(COARSE + number, rows * columns * channels, [-1.0, 1.0]);
        for (i, value) in image.flat_mut().iter_mut().enumerate() {
            let (channel, column, row) = (i % channels, i / channels % width, i / channels / width);
            let square = (channel * rows + row / 32) * columns + column / 32;
            *value = (coarse[square] + fine[(channel * height + row) * width + column]) / 2.0;
        }
    }
    images
}

/// A tensor's product with a direction, and its norm.
fn digest(stream: u64, values: &[f32]) -> [f64; 2] {
    let direction = uniform(stream, values.len(), [-1.0, 1.0]);
    let product = values.iter().zip(&direction).map(|(&x, &d)| f64::from(x) * f64::from(d)).sum();
    [product, values.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt()]
}
