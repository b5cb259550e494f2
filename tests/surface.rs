//! What users write: every public item of a network, used once as the README says.

#![allow(deprecated, reason = "what is unusual is tested too")]

use cnn::data::Dataset;
use cnn::{Fit, Loss, MeanSquaredError, Network, Sgd, SoftmaxCrossEntropy, Trainer, Volume, Weighted, network};

network! {
    let classes = 4;

    /// A small classifier with every kind of name.
    #[derive(Clone, Debug)]
    #[max(params = 2_000, macs = "200K", ram = "16K")]
    pub struct Small: 12x12x1 =>
        stem: conv(8, 3, same) bn relu pool(2) @features -> 6x6x8
        drop(0.2) fc(classes);
}

/// Pictures with one bright quarter: the class says which.
fn quarters(count: usize) -> Dataset<Volume<12, 12, 1>> {
    let mut images: Vec<Volume<12, 12, 1>> = vec![[[[0.0]; 12]; 12]; count];
    let targets: Vec<usize> = (0..count).map(|i| i % 4).collect();
    for (i, (image, class)) in images.iter_mut().zip(&targets).enumerate() {
        for (y, row) in image.iter_mut().enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let bright = usize::from(y >= 6) * 2 + usize::from(x >= 6) == *class;
                pixel[0] = f32::from(bright) + 0.3 * ((i * 131 + y * 17 + x * 7) as f32).sin();
            }
        }
    }
    Dataset::new(images, targets).expect("as many targets as images")
}

#[test]
fn constants_say_what_the_compiler_worked_out() {
    const { assert!(Small::PARAMS == 8 * 9 + 8 + 16 + 288 * 4 + 4) };
    const { assert!(Small::MACS == 144 * 8 * 9 + 288 * 4) };
    const { assert!(Small::LAYERS.len() == 6) };
    const { assert!(Small::INFER_BYTES <= 16 * 1024 && Small::INFER_BYTES < Small::TRAIN_BYTES) };
    let names: Vec<_> = Small::TENSORS.iter().map(|tensor| (tensor.name, tensor.shape)).collect();
    let expected: [(&str, &[usize]); 8] = [
        ("stem.weight", &[8, 1, 3, 3]),
        ("stem.bias", &[8]),
        ("bn1.weight", &[8]),
        ("bn1.bias", &[8]),
        ("fc1.weight", &[4, 288]),
        ("fc1.bias", &[4]),
        ("bn1.running_mean", &[8]),
        ("bn1.running_var", &[8]),
    ];
    assert_eq!(names, expected);
    let summary = "\
Small: 12x12x1 in
  layer   output  parameters  multiply-adds   sees  as written
  stem   12x12x8          80         10,368    3x3  conv(8, 3, same)
  bn1    12x12x8          16              0    3x3  bn
  relu1  12x12x8           0              0    3x3  relu
  pool1    6x6x8           0              0    4x4  pool(2)
  drop1    6x6x8           0              0    4x4  drop(0.2)
  fc1          4       1,156          1,152  12x12  fc(classes)
1,252 parameters, 11,520 multiply-adds a sample
activations of a sample: ";
    assert!(Small::summary().starts_with(summary), "{}", Small::summary());
    let kernels = Small::kernels();
    for row in ["stem  ", "fc1  "] {
        let line =
            kernels.lines().find(|line| line.trim_start().starts_with(row)).unwrap_or_else(|| panic!("{kernels}"));
        assert!(line.ends_with(if row == "fc1  " { "fc(classes)" } else { "conv(8, 3, same)" }), "{kernels}");
    }
    assert_eq!(<Small as Network>::NAME, "Small");
}

#[test]
fn a_network_learns_is_saved_and_read_back() {
    let (train, test) = (quarters(200), quarters(40));
    let mut trainer = Trainer::new(Small::new(42), SoftmaxCrossEntropy, Sgd::new(0.05).momentum(0.9));
    let report = trainer.fit(&train, &test, Fit::epochs(8).batch(20).quiet()).expect("training works");
    assert_eq!(report.best_epoch().accuracy, Some(1.0), "{report}");

    let mut net = trainer.into_net();
    let folder = std::env::temp_dir().join(format!("cnn-surface-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let path = folder.join("small.safetensors");
    net.save(&path).expect("the file is written");
    let mut copy = Small::load(&path).expect("the file is read");
    let mut from_bytes = Small::from_bytes(&std::fs::read(&path).expect("the bytes")).expect("the bytes are read");
    for image in test.inputs() {
        let scores = *net.forward(image);
        assert_eq!(scores, *copy.forward(image));
        assert_eq!(scores, *from_bytes.forward(image));
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes away");
}

#[test]
fn inference_knows_no_dropout_and_no_batch() {
    let data = quarters(8);
    let mut net = Small::new(7);
    let alone: Vec<[f32; 4]> = data.inputs().iter().map(|image| *net.forward(image)).collect();
    let mut together = vec![[0.0; 4]; 8];
    net.forward_batch(data.inputs(), &mut together);
    assert_eq!(alone, together);
}

#[test]
fn gradients_are_added_and_the_training_form_draws_anew() {
    let data = quarters(8);
    let mut net = Small::new(7);
    let mut draw =
        |gradients: &mut [f32]| net.gradients(data.inputs(), data.targets(), &SoftmaxCrossEntropy, gradients);
    let [mut first, mut second] = [(); 2].map(|()| vec![0.0; Small::PARAMS]);
    let losses = [draw(&mut first), draw(&mut second)];
    assert_ne!(losses[0], losses[1], "another dropout");

    net.model_mut().reseed(7);
    let mut both = vec![0.0; Small::PARAMS];
    let mut draw = || net.gradients(data.inputs(), data.targets(), &SoftmaxCrossEntropy, &mut both);
    assert_eq!([draw(), draw()], losses, "the same seed draws the same");
    for ((both, first), second) in both.iter().zip(&first).zip(&second) {
        assert_eq!(*both, first + second);
    }
}

#[test]
fn tensors_have_names_and_taps_can_be_read() {
    let mut net = Small::new(1);
    let tensor = net.tensor("stem.weight").expect("the network has it");
    assert_eq!((tensor.shape.as_slice(), tensor.values.len()), (&[8, 1, 3, 3][..], 72));
    net.set_tensor("stem.bias", &[1.0; 8]).expect("eight values");
    assert_eq!(net.tensor("stem.bias").expect("the network has it").values, [1.0; 8]);
    let error = net.tensor("stem.wieght").expect_err("misspelt").to_string();
    assert!(error.contains("stem.weight"), "{error}");
    net.set_tensor("stem.bias", &[1.0; 7]).expect_err("seven values");
    assert_eq!(net.parameters().len(), Small::PARAMS);
    net.parameters_mut().fill(0.0);
    assert!(net.parameters().iter().all(|&p| p == 0.0));

    let mut net = Small::new(1);
    assert!(net.tap("features").is_none(), "before any forward");
    net.forward(&quarters(1).inputs()[0]);
    let features = net.tap("features").expect("declared with @features");
    assert_eq!(features.len(), 6 * 6 * 8);
    assert!(features.iter().all(|&x| x >= 0.0) && features.iter().any(|&x| x > 0.0), "behind a relu");
    assert!(net.tap("other").is_none());
    assert!(net.clone().tap("features").is_none(), "a clone has run nothing");
}

#[test]
fn attributes_reach_the_type() {
    let mut net = Small::new(3);
    let mut copy = net.clone();
    let data = quarters(1);
    let image = &data.inputs()[0];
    assert_eq!(net.forward(image), copy.forward(image));
    assert!(format!("{net:?}").contains("Small"));
}

mod backbones {
    use cnn::network;

    network! {
        let width = 4;
        block unit(filters) { conv(filters, 3, same, nobias) bn relu }

        pub(super) struct Trunk: 8x8x3 => unit(width) @fine pool(2) unit(2 * width) => { class: gap fc(3) };
    }
}

mod users {
    use cnn::network;

    network! {
        use super::backbones::Trunk;
        use super::backbones::Trunk as Other;
        let width = 7;
        pub(super) struct Detector: 16x16x3 => trunk: Trunk conv(width, 1) cat[id | conv(3, 1) Other up(2)] gap fc(2);
    }
}

#[test]
fn a_network_is_part_of_another_one() {
    let _ = backbones::Trunk::new(1);
    let names: Vec<&str> = users::Detector::TENSORS.iter().map(|info| info.name).collect();
    assert!(
        names.contains(&"trunk.unit2.conv1.weight") && names.contains(&"Other1.unit1.bn1.running_mean"),
        "{names:?}"
    );
    assert_eq!(users::Detector::LAYERS[3].output, [8, 8, 4]);
    assert!(users::Detector::LAYERS.iter().all(|layer| !layer.name.contains("class")));
}

network! {
    struct Tuned: 8x8x1 => #[frozen] conv(4, 3) relu #[lr = 0.5] fc(6) relu #[init = 0.01] fc(3) #[init = zeros] fc(3);
}

#[test]
fn layers_start_and_learn_as_they_are_told() {
    let mut net = Tuned::new(1);
    let values = |net: &Tuned, name: &str| net.tensor(name).unwrap().values;
    assert!(values(&net, "fc3.weight").iter().all(|&weight| weight == 0.0));
    assert!(values(&net, "fc2.weight").iter().all(|&weight| weight != 0.0 && weight.abs() < 0.05));
    net.set_tensor("fc3.weight", &[0.5, -0.25, 1.0, 0.75, 0.5, -1.0, 0.25, 0.125, 0.5]).unwrap();

    let images = vec![[[[0.5]; 8]; 8], [[[-1.0]; 8]; 8]];
    let labels = [0_u16, 2];
    let mut gradients = vec![0.0; Tuned::PARAMS];
    net.gradients(&images, &labels, &SoftmaxCrossEntropy, &mut gradients);
    let names = ["conv1.weight", "fc1.weight", "fc2.weight"];
    let before = names.map(|name| values(&net, name));
    // Weight decay must not reach what is frozen either.
    let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, Sgd::new(0.1).weight_decay(0.5));
    trainer.step(&images, &labels);
    for ((name, before), rate) in names.into_iter().zip(before).zip([0.0, 0.05, 0.1]) {
        let gradient = Tuned::unpack(name, &gradients).unwrap().values;
        let after = values(trainer.net(), name);
        for ((before, gradient), after) in before.iter().zip(gradient).zip(after) {
            let expected = before - rate * (gradient + 0.5 * before);
            assert!((after - expected).abs() <= 1e-6, "{name}: {after}, expected {expected}");
        }
    }
}

network! {
    let eye = { conv(3, 3) relu };

    struct Sided: (left: 6x6x1, right: 6x6x1) =>
        add[eye(left) | eye(right)] => { class: fc(3), box: conv(2, 1) gap };
}

#[test]
fn parts_of_samples_have_names_and_losses() {
    let (left, right) = ([[[0.5]; 6]; 6], [[[-0.5]; 6]; 6]);
    let sample = SidedInput { left: &left, right: &right }.join();
    assert_eq!((SidedInput::of(&sample).right, sample.len()), (&right, 72));

    let mut net = Sided::new(3);
    let output = *net.forward(&sample);
    let parts = SidedOutput::of(&output);
    assert_eq!((&parts.class[..], &parts.r#box[..]), (&output[..3], &output[3..]));

    let loss = SidedLoss { class: SoftmaxCrossEntropy, r#box: Weighted::new(0.5, MeanSquaredError) };
    let target = SidedTarget { class: 1_u8, r#box: [0.25, -1.0] };
    let mut d_output = [0.0; 5];
    let found = loss.evaluate(&output, &target, &mut d_output);
    let (mut d_class, mut d_box) = ([0.0; 3], [0.0; 2]);
    let class = SoftmaxCrossEntropy.evaluate(parts.class, &target.class, &mut d_class);
    let place = MeanSquaredError.evaluate(parts.r#box, &target.r#box, &mut d_box);
    assert_eq!(found, class + 0.5 * place);
    assert_eq!((&d_output[..3], &d_output[3..]), (&d_class[..], &d_box.map(|d| 0.5 * d)[..]));

    let mut trainer = Trainer::new(net, loss, Sgd::new(0.1));
    let before = trainer.step(&[*sample], &[target]);
    let after = (0..20).map(|_| trainer.step(&[*sample], &[target])).last().unwrap();
    assert!(after < before, "{after} after {before}");

    let mut net = Sided::new(3);
    let mut frozen = Sided::new(3).freeze();
    assert_eq!(frozen.forward(&sample), net.forward(&sample));
}
