//! Forward, gradients and a training step allocate nothing once their memory is there.

#![allow(deprecated, reason = "what is unusual is tested too")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use cnn::{AdamW, Sgd, SoftmaxCrossEntropy, Trainer, Volume, network};

network! {
    let shared = { conv(8, 3, p1) relu };

    struct LeNet5: 28x28x1 => conv(6, 5, p2) tanh pool(2) conv(16, 5) tanh pool(2) fc(120) tanh fc(84) tanh fc(10);

    /// Has every kind of stage and of memory: batch norm, dropout, depthwise and strided convolution.
    struct Mixed: 16x16x3 =>
        conv(16, 3, p1, nobias) bn relu dw(3, s2, p1, floor) silu conv(24, 1) bn relu gap fc(32) relu drop(0.5) fc(10);

    /// Branches, a residual, a tap that is taken up, shared weights, a wide layer.
    struct Branched: 16x16x3 =>
        conv(8, 3, p1) @a bn relu res { conv(8, 3, s2, p1, floor) bn } via auto relu shared mul[id | gap fc(8) sigmoid]
        shared cat[fc(300) relu | @a gap] fc(10);
}

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

/// Counts what the system's allocator is asked for, on all threads.
struct Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without")]
// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`, and `alloc` took the memory from `System`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `work` allocates when it is done 200 times, after twice to warm up.
fn allocations<R>(mut work: impl FnMut() -> R) -> usize {
    black_box(work());
    black_box(work());
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    for _ in 0..200 {
        black_box(work());
    }
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

/// A program of its own, because the counter is the process's and the test harness allocates on its threads.
fn main() {
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        pool.install(|| {
            // The threads that wait for this one allocate a little before they sleep.
            std::thread::sleep(std::time::Duration::from_millis(200));
            let images: Vec<Volume<28, 28, 1>> = vec![[[[0.5]; 28]; 28]; 64];
            let pictures: Vec<Volume<16, 16, 3>> = vec![[[[0.5; 3]; 16]; 16]; 64];
            let targets: Vec<usize> = (0..64).map(|i| i % 10).collect();
            let mut outputs = vec![[0.0; 10]; 64];

            let mut net = LeNet5::new(1);
            let mut gradients = vec![0.0; LeNet5::PARAMS];
            let mut d_images = images.clone();
            assert_eq!(allocations(|| *net.forward(&images[0])), 0, "forward");
            assert_eq!(allocations(|| net.forward_batch(&images, &mut outputs)), 0, "forward_batch");
            let work = || net.gradients(&images, &targets, &SoftmaxCrossEntropy, &mut gradients);
            assert_eq!(allocations(work), 0, "gradients");
            let loss = &SoftmaxCrossEntropy;
            let work = || net.gradients_with_inputs(&images, &targets, loss, &mut gradients, &mut d_images);
            assert_eq!(allocations(work), 0, "gradients_with_inputs");

            let mut trainer = Trainer::new(LeNet5::new(1), SoftmaxCrossEntropy, Sgd::new(0.01).momentum(0.9));
            assert_eq!(allocations(|| trainer.step(&images, &targets)), 0, "step of LeNet-5");
            let mut trainer = Trainer::new(Mixed::new(1), SoftmaxCrossEntropy, AdamW::new(0.001));
            assert_eq!(allocations(|| trainer.step(&pictures, &targets)), 0, "step with batch norm and dropout");
            let mut net = Branched::new(1);
            assert_eq!(allocations(|| *net.forward(&pictures[0])), 0, "forward of branches");
            assert_eq!(allocations(|| net.forward_batch(&pictures, &mut outputs)), 0, "forward_batch of branches");
            let mut trainer = Trainer::new(net, SoftmaxCrossEntropy, AdamW::new(0.001));
            assert_eq!(allocations(|| trainer.step(&pictures, &targets)), 0, "step of branches");
        });
    }
    println!("forward, gradients and step allocate nothing");
}
