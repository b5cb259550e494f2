//! The same bits with any number of threads.

#![allow(deprecated, reason = "what is unusual is tested too")]

use cnn::{Loss, Network, Sample, Sgd, SoftmaxCrossEntropy, Trainer, Volume, network};

network! {
    struct LeNet5: 28x28x1 => conv(6, 5, p2) tanh pool(2) conv(16, 5) tanh pool(2) fc(120) tanh fc(84) tanh fc(10);

    struct Mixed: 16x16x3 =>
        conv(16, 3, p1, nobias) bn relu dw(3, s2, p1, floor) silu conv(24, 1) bn relu gap fc(32) relu drop(0.5) fc(10);

    /// Its first layer trains on the whole batch at once.
    struct Wide: 16x16x3 => conv(8, 3, p1) relu fc(80) relu drop(0.3) fc(10);

    /// A batch of inference runs in two parts: in the second, threads share the outputs of the first two layers.
    struct InTwo: 16x16x3 => conv(8, 3, p1) relu drop(0.3) fc(80) bn tanh fc(1700) relu fc(10);

    /// Branches with batch norms and wide layers, read and added up in several stages.
    struct Branched: 12x12x3 =>
        conv(16, 3, p1) @a bn relu
        res { conv(24, 3, s2, p1, floor, nobias) bn relu conv(24, 3, p1, nobias) bn } via auto relu
        mul[id | gap fc(24) sigmoid] cat[fc(160) relu | @a gap] drop(0.3) fc(10);

    /// Its convolutions are large enough for two threads each, by minimal filtering and directly.
    struct Large: 64x64x32 => conv(64, 3, same) relu conv(32, 3, same, direct) gap fc(10);

    /// Samples share images in training, and lie alone in inference.
    struct Together: 13x9x16 => conv(32, 3, same) relu conv(16, 5, same) bn relu gap fc(10);

    /// Large enough for two threads, but no layer's filters are whole vectors, so that one thread does all.
    struct Uneven: 112x112x3 => conv(12, 5, p2) relu conv(12, 5, p2) relu conv(12, 5, p2) relu gap fc(10);
}

/// Samples that differ, without a random generator.
fn waves<I: Sample>(count: usize) -> Vec<I> {
    let mut samples = I::zeroed_vec(count);
    for (i, x) in samples.iter_mut().flat_map(Sample::flat_mut).enumerate() {
        *x = ((i * 7919 % 1000) as f32 * 0.37).sin();
    }
    samples
}

/// Runs `work` in pools of 1, 2 and 5 threads and compares the results bit by bit.
fn same_bits(work: impl Fn() -> Vec<f32> + Send + Sync) {
    let [one, two, five] = [1, 2, 5].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        pool.install(&work).into_iter().map(f32::to_bits).collect::<Vec<_>>()
    });
    assert!(one.iter().any(|&bits| bits != 0), "all zeros prove nothing");
    assert_eq!(one, two, "1 and 2 threads");
    assert_eq!(one, five, "1 and 5 threads");
}

/// Five steps of training: the losses, then the network.
fn trained<N: Network<Output = [f32; 10]>>(net: N, samples: usize) -> (Vec<f32>, N) {
    let images = waves(samples);
    let targets: Vec<usize> = (0..samples).map(|i| i * 3 % 10).collect();
    let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, Sgd::new(0.05).momentum(0.9));
    let losses = (0..5).map(|_| trainer.step(&images, &targets)).collect();
    (losses, trainer.into_net())
}

#[test]
fn training_and_inference_of_lenet() {
    same_bits(|| {
        let (losses, mut net) = trained(LeNet5::new(3), 100);
        let mut outputs = vec![[0.0; 10]; 100];
        net.forward_batch(&waves(100), &mut outputs);
        [&losses, net.parameters(), outputs.as_flattened()].concat()
    });
}

/// Waits for another thread in the middle of a segment, whose thread may run another segment meanwhile.
struct Joining;

impl Loss<[f32; 10], usize> for Joining {
    fn evaluate(&self, output: &[f32; 10], target: &usize, d_output: &mut [f32; 10]) -> f32 {
        let nap = || std::thread::sleep(std::time::Duration::from_micros(200 + *target as u64 * 50));
        rayon::join(nap, nap);
        SoftmaxCrossEntropy.evaluate(output, target, d_output)
    }
}

#[test]
fn a_loss_that_uses_threads() {
    let (done, waits) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        same_bits(|| {
            let (images, targets) = (waves(100), (0..100).map(|i| i * 3 % 10).collect::<Vec<_>>());
            let mut net = LeNet5::new(3);
            let mut gradients = vec![0.0; LeNet5::PARAMS];
            for _ in 0..5 {
                net.gradients(&images, &targets, &Joining, &mut gradients);
            }
            gradients
        });
        done.send(()).expect("the test waits");
    });
    // A segment that waits for memory of one below it on the same thread would wait forever.
    let limit = std::time::Duration::from_secs(120);
    assert_eq!(waits.recv_timeout(limit), Ok(()), "the threads are not done, or differ");
}

#[test]
fn training_with_batch_norm_and_dropout() {
    same_bits(|| {
        let (losses, net) = trained(Mixed::new(3), 37);
        let variance = net.tensor("bn2.running_var").expect("the network has a second batch norm").values;
        [&losses, net.parameters(), &variance].concat()
    });
}

#[test]
fn training_of_branches() {
    for samples in [5, 37] {
        same_bits(|| {
            let (losses, mut net) = trained(Branched::new(3), samples);
            let variance = net.tensor("res1.via.bn1.running_var").expect("the network has a projection").values;
            let mut outputs = vec![[0.0; 10]; samples];
            net.forward_batch(&waves(samples), &mut outputs);
            [&losses, net.parameters(), &variance, outputs.as_flattened()].concat()
        });
    }
}

#[test]
fn training_of_samples_that_share_images() {
    same_bits(|| {
        let (losses, net) = trained(Together::new(3), 37);
        [&losses, net.parameters()].concat()
    });
}

#[test]
fn training_on_the_whole_batch_at_once() {
    for samples in [5, 37] {
        same_bits(|| {
            let (losses, net) = trained(Wide::new(3), samples);
            [&losses, net.parameters()].concat()
        });
    }
}

#[test]
fn inference_in_two_parts() {
    for samples in [2, 41, 150] {
        same_bits(|| {
            let mut outputs = vec![[0.0; 10]; samples];
            InTwo::new(3).forward_batch(&waves(samples), &mut outputs);
            outputs.into_flattened()
        });
    }
}

#[test]
fn one_sample_inside_a_layer() {
    let image = waves::<Volume<64, 64, 32>>(1);
    same_bits(|| {
        let mut net = Large::new(3);
        net.forward(&image[0]).to_vec()
    });
    let image = waves::<Volume<112, 112, 3>>(1);
    same_bits(|| {
        let mut net = Uneven::new(3);
        net.forward(&image[0]).to_vec()
    });
}

/// Batches of several sizes, one after the other, beside each of their samples alone.
fn alone_and_in_batches<N: Network<Output = [f32; 10]>>(mut net: N, sizes: &[usize]) {
    for &samples in sizes {
        let images = waves::<N::Input>(samples);
        let mut outputs = vec![[0.0; 10]; samples];
        net.model_mut().forward_batch(&images, &mut outputs);
        for (image, output) in images.iter().zip(&outputs) {
            assert_eq!(net.model_mut().forward(image).map(f32::to_bits), output.map(f32::to_bits), "{}", N::NAME);
        }
    }
}

#[test]
fn a_sample_gives_the_same_bits_alone_and_in_a_batch() {
    alone_and_in_batches(LeNet5::new(3), &[3, 150, 41]);
    alone_and_in_batches(InTwo::new(3), &[3, 150, 41]);
    alone_and_in_batches(Wide::new(3), &[3, 150, 41]);
    alone_and_in_batches(Together::new(3), &[3, 41]);
    alone_and_in_batches(Uneven::new(3), &[3]);
}
