//! Weights that change as soon as their gradients are there change to the same bits as after all gradients.

use cnn::{Adam, Clip, Network, Optimizer, RmsProp, Sample, Sgd, SoftmaxCrossEntropy, Trainer, network};

network! {
    /// One stage: segments add up their gradients.
    struct Small: 12x12x1 => conv(6, 5, p2) relu pool(2) fc(30) relu fc(10);

    /// A layer that works on the whole batch, with a last strip of 20 outputs, and one of 520 inputs.
    struct Wide: 16x16x3 => conv(8, 3, p1) relu fc(84) relu fc(520) tanh fc(272) relu fc(10);

    /// Batch norms and layers that work on the whole batch, by turns.
    struct Normed: 16x16x1 => fc(272, nobias) bn relu fc(260, nobias) bn relu fc(64, nobias) bn relu fc(10);
}

/// The rule of an optimiser that sees all gradients at once.
struct AtOnce(Sgd);

impl Optimizer for AtOnce {
    fn rate(&self) -> f32 {
        self.0.rate()
    }

    fn reserve(&mut self, parameters: usize) {
        self.0.reserve(parameters);
    }

    fn step(&mut self, parameters: &mut [f32], gradients: &[f32], rate: f32) {
        self.0.step(parameters, gradients, rate);
    }

    fn steps(&self) -> u64 {
        self.0.steps()
    }

    fn state(&self) -> Vec<(&'static str, &[f32])> {
        self.0.state()
    }

    fn resume(&mut self, steps: u64) -> Vec<(&'static str, &mut [f32])> {
        self.0.resume(steps)
    }
}

fn waves<I: Sample>(count: usize) -> Vec<I> {
    let mut samples = I::zeroed_vec(count);
    for (i, x) in samples.iter_mut().flat_map(Sample::flat_mut).enumerate() {
        *x = ((i * 7919 % 1000) as f32 * 0.37).sin();
    }
    samples
}

/// The bits of losses, parameters, state and the optimiser's state after some steps, of batches of two sizes.
fn trained<N: Network<Output = [f32; 10]>, O: Optimizer>(mut trainer: Trainer<N, SoftmaxCrossEntropy, O>) -> Vec<u32> {
    let images = waves(37);
    let targets: Vec<usize> = (0..37).map(|i| i * 3 % 10).collect();
    let mut found = [37, 5, 37].map(|n| trainer.step(&images[..n], &targets[..n])).to_vec();
    // Forward passes see the weights of after the step.
    found.extend(trainer.net_mut().model_mut().forward(&images[0]));
    found.extend(trainer.net().model().parameters());
    found.extend(trainer.net().model().state());
    found.extend(state_of(trainer.optimizer()));
    assert_eq!(trainer.optimizer().steps(), 3);
    found.into_iter().map(f32::to_bits).collect()
}

fn check<N: Network<Output = [f32; 10]>>(new: fn(u64) -> N) {
    fn both<N: Network<Output = [f32; 10]>, O: Optimizer>(new: fn(u64) -> N, optimizer: fn() -> O) {
        let trainer = || Trainer::new(new(3), SoftmaxCrossEntropy, optimizer());
        // What limits gradients has to see all of them, even if it then does nothing.
        let expected = trained(trainer().clip(Clip::Norm(f32::INFINITY)));
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
            assert!(pool.install(|| trained(trainer())) == expected, "{}, {threads} threads", N::NAME);
        }
        assert!(trained(trainer()) == expected, "{}, not called from a pool", N::NAME);
    }
    both(new, || Sgd::new(0.05));
    both(new, || Sgd::new(0.05).momentum(0.9).nesterov().weight_decay(0.01));
    both(new, || Adam::new(0.01).weight_decay(0.01));
    both(new, || RmsProp::new(0.01));
    both(new, || RmsProp::new(0.01).momentum(0.5));
    both(new, || AtOnce(Sgd::new(0.05).momentum(0.9)));
}

#[test]
fn segments_that_add_up() {
    check(Small::new);
}

#[test]
fn layers_that_work_on_the_whole_batch() {
    check(Wide::new);
}

#[test]
fn stages() {
    check(Normed::new);
}

fn state_of(optimizer: &impl Optimizer) -> Vec<f32> {
    optimizer.state().into_iter().flat_map(|(_, state)| state.to_vec()).collect()
}

/// A step that is refused, between two that are not.
fn refused<N: Network<Output = [f32; 10]>>(mut trainer: Trainer<N, SoftmaxCrossEntropy, Adam>) {
    let mut images = waves::<N::Input>(20);
    let targets = [3_usize; 20];
    assert!(trainer.step(&images, &targets).is_finite());
    let before = trainer.net().model().parameters().to_vec();
    let statistics = trainer.net().model().state().to_vec();
    let state = state_of(trainer.optimizer());
    let good = std::mem::replace(&mut images[7].flat_mut()[5], f32::NAN);
    assert!(trainer.step(&images, &targets).is_nan());
    assert_eq!(trainer.net().model().parameters(), before);
    assert!(trainer.net().model().state() == statistics, "running statistics have changed");
    assert_eq!((state_of(trainer.optimizer()), trainer.optimizer().steps()), (state, 1));
    images[7].flat_mut()[5] = good;
    assert!(trainer.step(&images, &targets).is_finite());
    assert_ne!(trainer.net().model().parameters(), before);
    assert_eq!(trainer.net().model().state() == statistics, statistics.is_empty());
    assert!(trainer.net_mut().model_mut().forward(&images[0]).iter().all(|x| x.is_finite()));
}

#[test]
fn a_loss_that_is_no_number_changes_nothing() {
    refused(Trainer::new(Wide::new(3), SoftmaxCrossEntropy, Adam::new(0.01)));
    refused(Trainer::new(Normed::new(3), SoftmaxCrossEntropy, Adam::new(0.01)));
    // What limits gradients sees all of them first.
    refused(Trainer::new(Normed::new(3), SoftmaxCrossEntropy, Adam::new(0.01)).clip(Clip::Norm(1.0)));
}
