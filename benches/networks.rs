//! Whole networks: one forward pass, a batch of them, and a training step, in microseconds a sample.
//!
//!     cargo bench --bench networks
//!
//! Medians of many timings. The networks are those that other systems are measured on; compare only figures of one run
//! on one machine.

use std::time::{Duration, Instant};

use cnn::{Network, Sample, Sgd, SoftmaxCrossEntropy, Trainer, network};

network! {
    /// f = Wx on CIFAR-10.
    struct Linear: 32x32x3 => fc(10);
    /// f = W2 max(0, W1 x) on CIFAR-10.
    struct Mlp2: 32x32x3 => fc(100) relu fc(10);
    /// The lecture's first convolutional layer, and a classifier.
    struct Seed: 32x32x3 => conv(10, 5, s1, p2) relu pool(2) fc(10);
    /// LeNet-5 at 28x28.
    struct LeNet5: 28x28x1 => conv(6, 5, p2) relu pool(2) conv(16, 5) relu pool(2) fc(120) relu fc(84) relu fc(10);
    /// A small network for CIFAR-10.
    struct CifarNet: 32x32x3 =>
        conv(32, 3, same) relu conv(32, 3, same) relu pool(2)
        conv(64, 3, same) relu conv(64, 3, same) relu pool(2)
        fc(512) relu fc(10);
}

/// How long each figure is measured for.
const TIME: Duration = Duration::from_millis(1500);

/// Median seconds of a call.
fn seconds(mut work: impl FnMut()) -> f64 {
    let begun = Instant::now();
    while begun.elapsed() < TIME / 5 {
        work();
    }
    let mut times = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < TIME || times.len() < 5 {
        let start = Instant::now();
        work();
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn measure<N: Network<Output = [f32; 10]>>(new: fn(u64) -> N) {
    const BATCH: usize = 64;
    let mut inputs = N::Input::zeroed_vec(BATCH);
    for (i, x) in inputs.iter_mut().flat_map(Sample::flat_mut).enumerate() {
        *x = ((i * 7919 % 1000) as f32 * 0.37).sin();
    }
    let targets: Vec<usize> = (0..BATCH).map(|i| i % 10).collect();
    let mut outputs = vec![[0.0; 10]; BATCH];
    let mut line = format!("{:<10}", N::NAME);
    let mut net = new(1);
    let one = seconds(|| {
        std::hint::black_box(net.model_mut().forward(&inputs[0]));
    });
    line += &format!(" {:>12.2}", one * 1e6);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        pool.install(|| {
            let infer = seconds(|| net.model_mut().forward_batch(&inputs, &mut outputs));
            let mut trainer = Trainer::new(new(1), SoftmaxCrossEntropy, Sgd::new(1e-6).momentum(0.9));
            let train = seconds(|| {
                std::hint::black_box(trainer.step(&inputs, &targets));
            });
            for time in [infer, train] {
                line += &format!(" {:>12.2}", time * 1e6 / BATCH as f64);
            }
        });
    }
    println!("{line}");
}

fn main() {
    // `cargo test` and `cargo bench` hand options to every target; there is nothing to choose here.
    println!("{}; microseconds a sample, medians", cnn::cpu());
    println!(
        "{:<10} {:>12} {:>12} {:>12} {:>12} {:>12}",
        "network", "forward", "infer 64, 1t", "train 64, 1t", "infer 64, 2t", "train 64, 2t"
    );
    measure(Linear::new);
    measure(Mlp2::new);
    measure(Seed::new);
    measure(LeNet5::new);
    measure(CifarNet::new);
}
