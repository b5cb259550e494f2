//! Every kind of layer alone, on one thread, beside what the machine can do.
//!
//!     cargo bench --bench kernels [-- FILTER] [--seconds S]
//!
//! Layers of multiply-adds are measured against a loop of nothing but multiply-adds in registers, layers of loads and
//! stores against a loop that adds up as many bytes. Both run again in every round, next to what they are compared
//! with, because a machine's clock moves by tens of percent within minutes. Figures are medians of rounds, in this
//! thread's processor time, so that other work disturbs them little. `CNN_ISA=avx2` measures another instruction set.

use cnn::__private::{Workbench, fma, read};
use cnn::{Network, Sample, network};
use cpu_time::ThreadTime;
use std::time::{Duration, Instant};

network! {
    struct Seed: 32x32x3 => conv(10, 5, p2);
    struct Lenet1: 28x28x1 => conv(6, 5, p2);
    struct Lenet2: 14x14x6 => conv(16, 5);
    struct Cifar1: 32x32x3 => conv(32, 3, same);
    struct Cifar2: 32x32x32 => conv(32, 3, same);
    struct Cifar3: 16x16x32 => conv(64, 3, same);
    struct Cifar4: 16x16x64 => conv(64, 3, same);
    struct Cifar2Pool: 32x32x32 => conv(32, 3, same) relu pool(2);
    struct Alex1: 224x224x3 => conv(64, 11, s4, p2, floor);
    struct Alex2: 27x27x64 => conv(192, 5, p2);
    struct Alex3: 13x13x192 => conv(384, 3, same);
    struct Alex4: 13x13x384 => conv(256, 3, same);
    struct Alex5: 13x13x256 => conv(256, 3, same);
    struct Vgg1a: 224x224x3 => conv(64, 3, same);
    struct Vgg1b: 224x224x64 => conv(64, 3, same);
    struct Vgg2: 112x112x128 => conv(128, 3, same);
    struct Vgg3: 56x56x256 => conv(256, 3, same);
    struct Vgg4: 28x28x512 => conv(512, 3, same);
    struct Cifar2Direct: 32x32x32 => conv(32, 3, same, direct);
    struct Cifar4Direct: 16x16x64 => conv(64, 3, same, direct);
    struct Alex3Direct: 13x13x192 => conv(384, 3, same, direct);
    struct Vgg2Direct: 112x112x128 => conv(128, 3, same, direct);
    struct Vgg3Direct: 56x56x256 => conv(256, 3, same, direct);
    struct Vgg4Direct: 28x28x512 => conv(512, 3, same, direct);
    struct Resnet5Direct: 7x7x512 => conv(512, 3, same, direct);
    struct Vgg5: 14x14x512 => conv(512, 3, same);
    struct Resnet1: 224x224x3 => conv(64, 7, s2, p3, floor);
    struct Resnet2: 56x56x64 => conv(128, 3, s2, p1, floor);
    struct Resnet5: 7x7x512 => conv(512, 3, same);
    struct Point2: 56x56x64 => conv(256, 1);
    struct Point3: 28x28x128 => conv(512, 1);
    struct Point4: 14x14x256 => conv(1024, 1);
    struct Point5: 7x7x1024 => conv(1024, 1);
    struct Grouped: 28x28x128 => conv(128, 3, same, g4);
    struct Dilated: 28x28x64 => conv(64, 3, p2, d2);
    struct Depth1: 112x112x32 => dw(3, p1);
    struct Depth2: 112x112x64 => dw(3, s2, p1, floor);
    struct Depth3: 56x56x128 => dw(3, p1);
    struct Depth4: 14x14x512 => dw(3, p1);
    struct Depth5: 14x14x512 => dw(3, s2, p1, floor);
    struct Depth6: 7x7x1024 => dw(3, p1);
    struct FcLinear: 3072 => fc(10);
    struct FcMlp: 3072 => fc(100);
    struct FcLenet: 400 => fc(120);
    struct FcCifar: 4096 => fc(512);
    struct FcAlex: 9216 => fc(4096);

    struct PoolLenet: 28x28x6 => pool(2);
    struct PoolCifar: 32x32x32 => pool(2);
    struct PoolAlex: 55x55x64 => pool(3, s2);
    struct PoolVgg: 112x112x128 => pool(2);
    struct Avg: 32x32x32 => avg(2);
    struct Gap: 7x7x512 => gap;
    struct Gmax: 7x7x512 => gmax;
    struct Norm1: 32x32x16 => bn;
    struct Norm2: 28x28x128 => bn relu;
    struct Norm3: 128 => bn;
    struct Relu: 32x32x32 => relu;
    struct Leaky: 32x32x32 => leaky;
    struct Prelu: 32x32x32 => prelu;
    struct Bias: 32x32x32 => bias;
    struct Elu: 32x32x32 => elu;
    struct Gelu: 32x32x32 => gelu;
    struct Silu: 32x32x32 => silu;
    struct Sigmoid: 32x32x32 => sigmoid;
    struct Tanh: 32x32x32 => tanh;
    struct Hardswish: 32x32x32 => hardswish;
    struct Softplus: 32x32x32 => softplus;
    struct Drop: 32x32x32 => drop(0.5);
    struct Softmax: 10 => softmax;
    struct Softmax1000: 1000 => softmax;
}

/// What a round times.
#[derive(Clone, Copy, Debug)]
enum Part {
    Infer,
    Prepare,
    Forward,
    /// Gradients of the parameters.
    Parameters,
    /// Gradients of the parameters and the input.
    Backward,
    /// A yardstick.
    Fma,
    /// A yardstick.
    Read,
    /// Puts numbers into the memory.
    Load,
}

/// What every timing should take at least, so that neither the clock nor a cold cache counts.
const TIMING: f64 = 200e-6;

/// Which rows to measure, and how long.
struct Bench {
    filter: String,
    time: Duration,
}

impl Bench {
    /// Seconds a call of each part, round after round.
    fn rounds<const K: usize>(&self, parts: [Part; K], run: &mut dyn FnMut(Part)) -> Vec<[f64; K]> {
        let mut seconds = |part, calls: usize| {
            let start = ThreadTime::now();
            (0..calls).for_each(|_| run(part));
            start.elapsed().as_secs_f64() / calls as f64
        };
        let calls = parts.map(|part| {
            let once = seconds(part, 1).min(seconds(part, 1)).max(1e-8);
            (TIMING / once).ceil() as usize
        });
        let begun = Instant::now();
        let mut rounds = Vec::new();
        while rounds.len() < 5 || begun.elapsed() < self.time {
            rounds.push(std::array::from_fn(|i| seconds(parts[i], calls[i])));
        }
        rounds
    }

    fn wants<N: Network>(&self) -> bool {
        format!("{} {}", N::NAME, words::<N>()).to_lowercase().contains(&self.filter)
    }

    /// A row of a layer of multiply-adds.
    fn compute<N: Network>(&self, samples: usize) {
        if !self.wants::<N>() {
            return;
        }
        const ROUNDS: usize = 2000;
        let mut bench = Workbench::<N>::new(samples);
        let mut operations = 0;
        let parts = [Part::Fma, Part::Infer, Part::Parameters, Part::Backward, Part::Prepare];
        let rounds = self.rounds(parts, &mut |part| match part {
            Part::Fma => operations = fma(ROUNDS),
            part => run(&mut bench, part),
        });
        let useful = 2.0 * N::MACS as f64 * samples as f64;
        // The time of each pass in a round, and the peak there.
        let column = |time: &dyn Fn(&[f64; 5]) -> f64| {
            let (micros, share) = (
                median(rounds.iter().map(|round| time(round) * 1e6)),
                median(rounds.iter().map(|round| useful / time(round) / (operations as f64 / round[0]))),
            );
            format!("{micros:>10.2} {:>6.1} {:>4.0} %", useful / micros / 1e3, share * 100.0)
        };
        println!(
            "{:<45} {samples:>3} {} {} {} {:>10.2} {:>6.1}",
            words::<N>(),
            column(&|round| round[1]),
            column(&|round| round[3] - round[2]),
            column(&|round| round[2]),
            median(rounds.iter().map(|round| round[4] * 1e6)),
            median(rounds.iter().map(|round| operations as f64 / round[0] / 1e9)),
        );
    }

    /// A row of a layer of loads and stores: bytes are those of its input, its output and its parameters, once each.
    fn memory<N: Network>(&self, samples: usize) {
        if !self.wants::<N>() {
            return;
        }
        let mut bench = Workbench::<N>::new(samples);
        let volume = |shape: [usize; 3]| shape.into_iter().product::<usize>();
        let floats = vec![1.0; N::PARAMS + samples * (volume(N::Input::SHAPE) + volume(N::Output::SHAPE))];
        let bytes = size_of_val(floats.as_slice()) as f64;
        let parts = [Part::Load, Part::Read, Part::Infer, Part::Forward, Part::Backward];
        let rounds = self.rounds(parts, &mut |part| match part {
            Part::Read => _ = std::hint::black_box(read(std::hint::black_box(&floats))),
            part => run(&mut bench, part),
        });
        let column = |i: usize| {
            let micros = median(rounds.iter().map(|round| round[i] * 1e6));
            let share = median(rounds.iter().map(|round| round[1] / round[i]));
            format!("{micros:>10.2} {:>6.1} {:>4.0} %", bytes / micros / 1e3, share * 100.0)
        };
        let reading = median(rounds.iter().map(|round| bytes / round[1] / 1e9));
        println!(
            "{:<45} {samples:>3} {} {} {} {:>10} {reading:>6.1}",
            words::<N>(),
            column(2),
            column(3),
            column(4),
            ""
        );
    }
}

fn run<N: Network>(bench: &mut Workbench<N>, part: Part) {
    match part {
        Part::Infer => bench.infer(),
        Part::Prepare => bench.prepare(),
        Part::Forward => bench.forward(),
        Part::Parameters => bench.backward(false),
        Part::Backward => bench.backward(true),
        Part::Load => bench.load(),
        Part::Fma | Part::Read => {}
    }
}

/// The declaration: `32x32x3 => conv(10, 5, p2)`.
fn words<N: Network>() -> String {
    let layers: Vec<&str> = N::LAYERS.iter().map(|layer| layer.words).collect();
    let input = match N::Input::SHAPE {
        [1, 1, floats] => floats.to_string(),
        [height, width, channels] => format!("{height}x{width}x{channels}"),
    };
    format!("{input} => {}", layers.join(" "))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() -> Result<(), lexopt::Error> {
    let mut bench = Bench { filter: String::new(), time: Duration::from_millis(500) };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        use lexopt::prelude::*;
        match argument {
            Value(filter) => bench.filter = filter.string()?.to_lowercase(),
            Long("seconds") => bench.time = Duration::from_secs_f64(arguments.value()?.parse()?),
            // `cargo bench` says so to every target.
            Long("bench") => {}
            _ => return Err(argument.unexpected()),
        }
    }
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    one.install(|| {
        println!("{}", cnn::cpu());
        compute(&bench);
        memory(&bench);
    });
    Ok(())
}

/// Samples of a training pass, as a training step groups them.
const GROUP: usize = 8;

/// Samples of a whole batch.
const BATCH: usize = 64;

fn compute(bench: &Bench) {
    println!(
        "\n{:<45} {:>3} {:>24} {:>24} {:>24} {:>10} {:>6}",
        "microseconds, GFLOP/s, of the peak", "n", "forward", "d_input", "d_weight", "prepare us", "peak"
    );
    bench.compute::<Seed>(GROUP);
    bench.compute::<Lenet1>(GROUP);
    bench.compute::<Lenet2>(GROUP);
    bench.compute::<Cifar1>(GROUP);
    bench.compute::<Cifar2>(GROUP);
    bench.compute::<Cifar3>(GROUP);
    bench.compute::<Cifar4>(GROUP);
    bench.compute::<Cifar2Pool>(GROUP);
    bench.compute::<Alex1>(1);
    bench.compute::<Alex2>(GROUP);
    bench.compute::<Alex3>(GROUP);
    bench.compute::<Alex4>(GROUP);
    bench.compute::<Alex5>(GROUP);
    bench.compute::<Vgg1a>(1);
    bench.compute::<Vgg1b>(1);
    bench.compute::<Vgg2>(1);
    bench.compute::<Vgg3>(1);
    bench.compute::<Vgg4>(1);
    bench.compute::<Vgg5>(GROUP);
    bench.compute::<Cifar2Direct>(GROUP);
    bench.compute::<Cifar4Direct>(GROUP);
    bench.compute::<Alex3Direct>(GROUP);
    bench.compute::<Vgg2Direct>(1);
    bench.compute::<Vgg3Direct>(1);
    bench.compute::<Vgg4Direct>(1);
    bench.compute::<Resnet5Direct>(GROUP);
    bench.compute::<Resnet1>(1);
    bench.compute::<Resnet2>(GROUP);
    bench.compute::<Resnet5>(GROUP);
    bench.compute::<Point2>(GROUP);
    bench.compute::<Point3>(GROUP);
    bench.compute::<Point4>(GROUP);
    bench.compute::<Point5>(GROUP);
    bench.compute::<Grouped>(GROUP);
    bench.compute::<Dilated>(GROUP);
    bench.compute::<Depth1>(1);
    bench.compute::<Depth2>(1);
    bench.compute::<Depth3>(1);
    bench.compute::<Depth4>(GROUP);
    bench.compute::<Depth5>(GROUP);
    bench.compute::<Depth6>(GROUP);
    bench.compute::<FcLinear>(BATCH);
    bench.compute::<FcMlp>(BATCH);
    bench.compute::<FcLenet>(BATCH);
    bench.compute::<FcCifar>(BATCH);
    bench.compute::<FcAlex>(BATCH);
}

fn memory(bench: &Bench) {
    println!(
        "\n{:<45} {:>3} {:>24} {:>24} {:>24} {:>10} {:>6}",
        "microseconds, GB/s, of reading as much", "n", "inference", "forward in training", "backward", "", "read"
    );
    bench.memory::<PoolLenet>(GROUP);
    bench.memory::<PoolCifar>(GROUP);
    bench.memory::<PoolAlex>(1);
    bench.memory::<PoolVgg>(1);
    bench.memory::<Avg>(GROUP);
    bench.memory::<Gap>(GROUP);
    bench.memory::<Gmax>(GROUP);
    bench.memory::<Norm1>(GROUP);
    bench.memory::<Norm2>(GROUP);
    bench.memory::<Norm3>(BATCH);
    bench.memory::<Relu>(1);
    bench.memory::<Leaky>(1);
    bench.memory::<Prelu>(1);
    bench.memory::<Bias>(1);
    bench.memory::<Elu>(1);
    bench.memory::<Gelu>(1);
    bench.memory::<Silu>(1);
    bench.memory::<Sigmoid>(1);
    bench.memory::<Tanh>(1);
    bench.memory::<Hardswish>(1);
    bench.memory::<Softplus>(1);
    bench.memory::<Drop>(1);
    bench.memory::<Softmax>(BATCH);
    bench.memory::<Softmax1000>(GROUP);
    bench.memory::<FcLinear>(1);
    bench.memory::<FcMlp>(1);
    bench.memory::<FcLenet>(1);
    bench.memory::<FcCifar>(1);
    bench.memory::<FcAlex>(1);
}
