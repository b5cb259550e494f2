//! What does not learn passes gradients on as if it did, keeps its tensors, and goes on as in inference.

use cnn::{Network, Sample, Sgd, SoftmaxCrossEntropy, Trainer, network};
use cnn_tests::check::Random;

network! {
    block rest() {
        conv(6, 3, p1) relu conv(4, 3, s2, p1, floor) bn relu dw(3, p1) bn sigmoid deconv(5, 2, s2) pool(2) prelu
        fc(7) bn fc(6) bias ln
    }
    block plain() {
        conv(6, 3, p1) relu conv(4, 3, s2, p1, floor) dw(1) relu dw(3, p1) dw(1) sigmoid deconv(5, 2, s2) pool(2) prelu
        fc(7) fc(6) bias ln
    }
    block side() { res { conv(2, 3, p1) relu } }
    block tail() { #[lr = 0.5] fc(3) }

    struct Learning: 8x8x2 => first: conv(3, 3, p1) tanh body: plain() last: fc(3);
    struct Frozen: 8x8x2 => first: conv(3, 3, p1) tanh #[frozen] body: rest() last: fc(3);
    struct Start: 8x8x2 => #[frozen] body: rest() last: fc(3);
    struct Around: 4x4x2 => first: conv(2, 1) #[frozen] rounds: 2 * side() last: fc(3);
    struct Within: 4x4x2 => first: conv(2, 1) rounds: 2 * #[frozen] side() #[lr = 0.5] last: tail();
}

/// Tensors of the frozen body, and those that do the same where a batch norm is a depthwise convolution or a part of
/// weights.
fn copy(frozen: &Frozen, learning: &mut Learning) {
    let values = |name: &str| frozen.tensor(name).unwrap().values;
    let affine = |norm: &str| {
        let of = |suffix: &str| values(&format!("body.{norm}.{suffix}"));
        let [weight, bias, mean, var] = ["weight", "bias", "running_mean", "running_var"].map(of);
        let scales: Vec<f32> = weight.iter().zip(&var).map(|(weight, var)| weight / (var + 1e-5).sqrt()).collect();
        let shifts: Vec<f32> = bias.iter().zip(&mean).zip(&scales).map(|((b, mean), s)| b - mean * s).collect();
        [scales, shifts]
    };
    for (from, to) in [
        ("first", "first"),
        ("body.conv1", "body.conv1"),
        ("body.conv2", "body.conv2"),
        ("body.dw1", "body.dw2"),
        ("body.deconv1", "body.deconv1"),
        ("body.fc2", "body.fc2"),
        ("body.ln1", "body.ln1"),
        ("last", "last"),
    ] {
        for suffix in ["weight", "bias"] {
            learning.set_tensor(&format!("{to}.{suffix}"), &values(&format!("{from}.{suffix}"))).unwrap();
        }
    }
    learning.set_tensor("body.bias1.bias", &values("body.bias1.bias")).unwrap();
    learning.set_tensor("body.prelu1.weight", &values("body.prelu1.weight")).unwrap();
    for (norm, dw) in [("bn1", "dw1"), ("bn2", "dw3")] {
        let [scales, shifts] = affine(norm);
        learning.set_tensor(&format!("body.{dw}.weight"), &scales).unwrap();
        learning.set_tensor(&format!("body.{dw}.bias"), &shifts).unwrap();
    }
    let [scales, shifts] = affine("bn3");
    let (weight, bias) = (values("body.fc1.weight"), values("body.fc1.bias"));
    let inputs = weight.len() / bias.len();
    let weight: Vec<f32> = weight.iter().enumerate().map(|(i, weight)| weight * scales[i / inputs]).collect();
    let bias: Vec<f32> = bias.iter().enumerate().map(|(i, bias)| bias * scales[i] + shifts[i]).collect();
    learning.set_tensor("body.fc1.weight", &weight).unwrap();
    learning.set_tensor("body.fc1.bias", &bias).unwrap();
}

fn close(found: &[f32], expected: &[f32], what: &str) {
    let scale = expected.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    assert!(scale > 0.0, "{what}: nothing to compare");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-4 * scale, "{what}: {found}, expected {expected} of {scale}");
    }
}

fn samples<S: Sample>(count: usize, draw: &mut Random) -> Vec<S> {
    let mut samples = S::zeroed_vec(count);
    for sample in &mut samples {
        sample.flat_mut().iter_mut().for_each(|x| *x = draw.normal() as f32);
    }
    samples
}

#[test]
fn gradients_go_through_what_is_frozen() {
    let (mut frozen, mut learning) = (Frozen::new(3), Learning::new(4));
    let mut draw = Random::new(5);
    for info in Frozen::TENSORS {
        let positive = |x: f64| if info.name.ends_with("running_var") { x.abs() + 0.5 } else { 0.5 * x };
        let values: Vec<f32> = (0..info.len()).map(|_| positive(draw.normal()) as f32).collect();
        frozen.set_tensor(info.name, &values).unwrap();
    }
    copy(&frozen, &mut learning);
    let (images, labels) = (samples(5, &mut draw), [0_u16, 2, 1, 1, 0]);
    let mut d_inputs = [images.clone(), images.clone()];
    let mut gradients = [vec![0.0; Frozen::PARAMS], vec![0.0; Learning::PARAMS]];
    let state = frozen.model().state().to_vec();
    let [first, second] = &mut gradients;
    let [d_first, d_second] = &mut d_inputs;
    let losses = [
        frozen.gradients_with_inputs(&images, &labels, &SoftmaxCrossEntropy, first, d_first),
        learning.gradients_with_inputs(&images, &labels, &SoftmaxCrossEntropy, second, d_second),
    ];
    close(&losses[..1], &losses[1..], "loss");
    for name in ["first.weight", "first.bias", "last.weight", "last.bias"] {
        let (found, expected) = (Frozen::unpack(name, first).unwrap(), Learning::unpack(name, second).unwrap());
        close(&found.values, &expected.values, name);
    }
    let [found, expected] = d_inputs.each_ref().map(|d| d.iter().flat_map(|d| d.flat().to_vec()).collect::<Vec<_>>());
    close(&found, &expected, "gradients for inputs");
    assert_eq!(frozen.model().state(), state, "statistics of a batch were taken");
    for name in ["conv1", "conv2", "bn1", "dw1", "deconv1", "fc1", "bn3", "fc2"] {
        let gradient = Frozen::unpack(&format!("body.{name}.weight"), first).unwrap();
        assert!(gradient.values.iter().all(|d| *d == 0.0), "{name} has a gradient");
    }
    // Nothing is kept for gradients that are not computed.
    const { assert!(Frozen::TRAIN_BYTES < Learning::TRAIN_BYTES) };
}

#[test]
fn only_what_is_not_frozen_changes() {
    fn check<N: Network>(net: N, rates: &[(&str, f32)]) {
        for info in N::TENSORS {
            let rate = rates.iter().find(|(name, _)| info.name.starts_with(name)).map_or(0.0, |(_, rate)| *rate);
            assert_eq!(info.rate, rate, "{}", info.name);
        }
        let mut draw = Random::new(6);
        let (images, targets) = (samples::<N::Input>(4, &mut draw), samples::<N::Output>(4, &mut draw));
        let mut trainer = Trainer::new(net, cnn::MeanSquaredError, Sgd::new(0.1).weight_decay(0.5));
        let before = trainer.net().model().parameters().to_vec();
        trainer.step(&images, &targets);
        let after = trainer.net().model().parameters();
        for info in N::TENSORS.iter().filter(|info| info.kind == cnn::TensorKind::Parameter) {
            let range = info.offset..info.offset + info.len();
            let same = before[range.clone()] == after[range];
            assert_eq!(same, info.rate == 0.0, "{}", info.name);
        }
    }
    check(Frozen::new(1), &[("first", 1.0), ("last", 1.0)]);
    check(Start::new(1), &[("last", 1.0)]);
    check(Around::new(1), &[("first", 1.0), ("last", 1.0)]);
    check(Within::new(1), &[("first", 1.0), ("last", 0.25)]);
    let name = |tensors: &[cnn::TensorInfo]| tensors[2].name;
    assert_eq!([Around::TENSORS, Within::TENSORS].map(name), ["rounds.0.conv1.weight"; 2]);
}
