//! Whole networks: one forward pass, a batch of them, and a training step, in microseconds a sample.
//!
//!     cargo bench --bench networks [-- NETWORK] [--seconds S]
//!     cargo bench --bench networks -- NETWORK --json TASK --batch B --threads T    # one figure; TASK: infer or train
//!
//! Medians of many timings; on one thread in processor time, which other work on the machine disturbs little. The
//! networks are those that other systems are measured on in `benches/peers`; compare only figures of one run on one
//! machine.

use cnn::{Loss, MeanSquaredError, Network, Sample, Sgd, SoftmaxCrossEntropy, Trainer, network};
use cpu_time::ProcessTime;
use std::time::{Duration, Instant};

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
    /// MLPerf Tiny's network for anomalies in sound: learns to repeat its input.
    struct Autoencoder: 640 =>
        fc(128, nobias) bn relu fc(128, nobias) bn relu fc(128, nobias) bn relu fc(128, nobias) bn relu
        fc(8, nobias) bn relu
        fc(128, nobias) bn relu fc(128, nobias) bn relu fc(128, nobias) bn relu fc(128, nobias) bn relu
        fc(640);
    /// AlexNet (Krizhevsky, 2014) as torchvision has it, without dropout.
    struct AlexNet: 224x224x3 =>
        conv(64, 11, s4, p2, floor) relu pool(3, s2)
        conv(192, 5, p2) relu pool(3, s2)
        conv(384, 3, p1) relu conv(256, 3, p1) relu conv(256, 3, p1) relu pool(3, s2)
        fc(4096) relu fc(4096) relu fc(1000);
    /// VGG16 (Simonyan, Zisserman, 2014), without dropout.
    struct Vgg16: 224x224x3 =>
        conv(64, 3, same) relu conv(64, 3, same) relu pool(2)
        conv(128, 3, same) relu conv(128, 3, same) relu pool(2)
        conv(256, 3, same) relu conv(256, 3, same) relu conv(256, 3, same) relu pool(2)
        conv(512, 3, same) relu conv(512, 3, same) relu conv(512, 3, same) relu pool(2)
        conv(512, 3, same) relu conv(512, 3, same) relu conv(512, 3, same) relu pool(2)
        fc(4096) relu fc(4096) relu fc(1000);
}

/// What one figure measures.
#[derive(Clone, Copy, Debug)]
struct Cell {
    train: bool,
    batch: usize,
    threads: usize,
}

/// The columns of the table: for batches of inference and of training, `None` where a network is too large to train.
fn columns(infer: usize, train: Option<usize>) -> [Option<Cell>; 6] {
    let cell = |train, batch, threads| Cell { train, batch, threads };
    [
        Some(cell(false, 1, 1)),
        Some(cell(false, 1, 2)),
        Some(cell(false, infer, 1)),
        Some(cell(false, infer, 2)),
        train.map(|batch| cell(true, batch, 1)),
        train.map(|batch| cell(true, batch, 2)),
    ]
}

/// What the command line asks for.
struct Request {
    filter: String,
    time: Duration,
    /// One figure for another program, instead of the table.
    one: Option<Cell>,
}

impl Request {
    fn parse() -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;
        let mut request = Self { filter: String::new(), time: Duration::from_millis(1500), one: None };
        let (mut task, mut batch, mut threads) = (None, 1, 1);
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Value(filter) => request.filter = filter.string()?.to_lowercase(),
                Long("seconds") => request.time = Duration::from_secs_f64(arguments.value()?.parse()?),
                Long("json") => task = Some(arguments.value()?.string()?),
                Long("batch") => batch = arguments.value()?.parse()?,
                Long("threads") => threads = arguments.value()?.parse()?,
                // `cargo bench` says so to every target.
                Long("bench") => {}
                _ => return Err(argument.unexpected()),
            }
        }
        request.one = match task.as_deref() {
            None => None,
            Some(task @ ("infer" | "train")) => Some(Cell { train: task == "train", batch, threads }),
            Some(task) => return Err(format!("--json takes infer or train, found {task:?}").into()),
        };
        Ok(request)
    }

    /// The row of a network, of `infer` samples in inference and `train` samples in training, or its figure. Whether it
    /// was asked for.
    fn row<N: Network, T: Send + Sync, L: Loss<N::Output, T> + Send + Copy>(
        &self,
        new: fn(u64) -> N,
        loss: L,
        target: impl Fn(usize, &N::Input) -> T,
        [infer, train]: [usize; 2],
    ) -> bool {
        let name = N::NAME.to_lowercase();
        if let Some(cell) = self.one {
            if name == self.filter {
                println!("{{\"us\": {}}}", self.measure(new, loss, &target, cell));
            }
            return name == self.filter;
        }
        if !name.contains(&self.filter) {
            return false;
        }
        print!("{:<12} {infer:>3} {train:>3}", N::NAME);
        for cell in columns(infer, (train > 0).then_some(train)) {
            match cell {
                Some(cell) => print!(" {:>12.2}", self.measure(new, loss, &target, cell)),
                None => print!(" {:>12}", "-"),
            }
            _ = std::io::Write::flush(&mut std::io::stdout());
        }
        println!();
        true
    }

    /// Microseconds a sample.
    fn measure<N: Network, T: Send + Sync, L: Loss<N::Output, T> + Send>(
        &self,
        new: fn(u64) -> N,
        loss: L,
        target: &impl Fn(usize, &N::Input) -> T,
        Cell { train, batch, threads }: Cell,
    ) -> f64 {
        let mut inputs = N::Input::zeroed_vec(batch);
        for (i, x) in inputs.iter_mut().flat_map(Sample::flat_mut).enumerate() {
            *x = ((i * 7919 % 1000) as f32 * 0.37).sin();
        }
        let targets: Vec<T> = inputs.iter().enumerate().map(|(i, input)| target(i, input)).collect();
        let mut outputs = N::Output::zeroed_vec(batch);
        let mut net = new(1);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        let seconds = pool.install(|| {
            if train {
                let mut trainer = Trainer::new(net, loss, Sgd::new(1e-6).momentum(0.9));
                self.seconds(threads, || _ = std::hint::black_box(trainer.step(&inputs, &targets)))
            } else if batch == 1 {
                self.seconds(threads, || _ = std::hint::black_box(net.model_mut().forward(&inputs[0])))
            } else {
                self.seconds(threads, || net.model_mut().forward_batch(&inputs, &mut outputs))
            }
        });
        seconds * 1e6 / batch as f64
    }

    /// Median seconds of a call.
    fn seconds(&self, threads: usize, mut work: impl FnMut()) -> f64 {
        let (begun, mut calls) = (Instant::now(), 0);
        while calls < 2 || begun.elapsed() < self.time / 4 {
            work();
            calls += 1;
        }
        // A timing long enough for the clock.
        let inner = (200e-6 * f64::from(calls) / begun.elapsed().as_secs_f64()).ceil() as usize;
        let (begun, mut times) = (Instant::now(), Vec::new());
        let now = || if threads == 1 { ProcessTime::now().as_duration() } else { begun.elapsed() };
        while begun.elapsed() < self.time || times.len() < 5 {
            let start = now();
            (0..inner).for_each(|_| work());
            times.push((now() - start).as_secs_f64() / inner as f64);
        }
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }
}

fn main() -> Result<(), lexopt::Error> {
    let request = Request::parse()?;
    if request.one.is_none() {
        println!("{}; microseconds a sample, medians", cnn::cpu());
        println!(
            "{:<12} {:>3} {:>3} {:>12} {:>12} {:>12} {:>12} {:>12} {:>12}",
            "network",
            "B",
            "Bt",
            "forward, 1t",
            "forward, 2t",
            "infer B, 1t",
            "infer B, 2t",
            "train Bt, 1t",
            "train Bt, 2t"
        );
    }
    let classes = SoftmaxCrossEntropy;
    let found = [
        request.row(Linear::new, classes, |i, _| i % 10, [64, 64]),
        request.row(Mlp2::new, classes, |i, _| i % 10, [64, 64]),
        request.row(Seed::new, classes, |i, _| i % 10, [64, 64]),
        request.row(LeNet5::new, classes, |i, _| i % 10, [64, 64]),
        request.row(CifarNet::new, classes, |i, _| i % 10, [64, 64]),
        request.row(Autoencoder::new, MeanSquaredError, |_, input| *input, [64, 64]),
        request.row(AlexNet::new, classes, |i, _| i % 1000, [8, 16]),
        request.row(Vgg16::new, classes, |i, _| i % 1000, [8, 0]),
    ];
    match request.one {
        Some(_) if !found.contains(&true) => Err(format!("no network is called {:?}", request.filter).into()),
        _ => Ok(()),
    }
}
