//! The paper's learning procedure: gradient descent with momentum over sweeps through all patterns.

use cnn::{MeanSquaredError, Network, Result, Sgd, Trainer};

use crate::random::Random;

/// What a network has to learn: patterns, and for each whether the output unit should be on.
pub(crate) struct Task<const INPUTS: usize> {
    pub(crate) patterns: Vec<[f32; INPUTS]>,
    pub(crate) targets: Vec<[f32; 1]>,
}

/// The numbers of equation (9), dw(t) = -epsilon dE/dw(t) + alpha dw(t - 1), and when to give up.
#[derive(Clone, Copy)]
pub(crate) struct Descent {
    pub(crate) epsilon: f32,
    pub(crate) alpha: f32,
    pub(crate) sweeps: usize,
}

/// How a network has learned.
pub(crate) struct Outcome<N> {
    pub(crate) net: N,
    /// The sweeps that it took until every output was right; `None` if it never came to that.
    pub(crate) sweeps: Option<usize>,
    /// Patterns whose output lies on the right side of one half in the end.
    pub(crate) right: usize,
}

/// Initial weights and biases lie between plus and minus this.
const INITIAL: f32 = 0.3;

/// An output unit is right if it is above 0.8 where it should be on, and below 0.2 where it should be off: the paper's
/// tolerance (caption of its figure 4), and that of the network in its figure 1.
const TOLERANCE: f32 = 0.2;

impl<const INPUTS: usize> Task<INPUTS> {
    /// All patterns of so many binary inputs, and the rule that says when the output unit should be on.
    pub(crate) fn new(rule: impl Fn(&[f32; INPUTS]) -> bool) -> Self {
        let pattern = |number: usize| std::array::from_fn(|i| (number >> (INPUTS - 1 - i) & 1) as f32);
        let patterns: Vec<_> = (0..1 << INPUTS).map(pattern).collect();
        let targets = patterns.iter().map(|pattern| [f32::from(u8::from(rule(pattern)))]).collect();
        Self { patterns, targets }
    }

    /// How many patterns have the rarer and the commoner answer: who always gives the latter is right that often.
    pub(crate) fn commonest(&self) -> usize {
        let on = self.targets.iter().filter(|target| target[0] == 1.0).count();
        on.max(self.targets.len() - on)
    }
}

/// Draws all weights and biases of a network afresh, uniform in -0.3..0.3.
pub(crate) fn randomize<N: Network>(net: &mut N, seed: u64) -> Result<()> {
    let mut random = Random::new(seed);
    for info in N::TENSORS {
        let values: Vec<f32> = (0..info.len()).map(|_| INITIAL * random.between(-1.0, 1.0)).collect();
        net.model_mut().set_tensor(info.name, &values)?;
    }
    Ok(())
}

/// Gradient descent with momentum; one step for every sweep through all patterns.
///
/// The paper's error is E = 1/2 sum (y - d)^2 over the patterns (equation 3), the library's the mean of (y - d)^2: its
/// gradient is 2 / patterns of the paper's, and epsilon has to be larger by as much. [`Sgd`] keeps
/// v(t) = dE/dw + alpha v(t - 1) and moves by -epsilon v(t), which with a constant epsilon is equation (9).
pub(crate) fn trainer<N: Network<Output = [f32; 1]>>(
    net: N,
    patterns: usize,
    descent: Descent,
) -> Trainer<N, MeanSquaredError, Sgd> {
    let rate = descent.epsilon * patterns as f32 / 2.0;
    Trainer::new(net, MeanSquaredError, Sgd::new(rate).momentum(descent.alpha))
}

/// Sweeps until every output is right, or for as long as `descent` allows.
pub(crate) fn learn<N, const INPUTS: usize>(
    mut net: N,
    task: &Task<INPUTS>,
    descent: Descent,
    seed: u64,
) -> Result<Outcome<N>>
where
    N: Network<Input = [f32; INPUTS], Output = [f32; 1]>,
{
    randomize(&mut net, seed)?;
    let mut trainer = trainer(net, task.patterns.len(), descent);
    let mut sweeps = None;
    for sweep in 1..=descent.sweeps {
        trainer.step(&task.patterns, &task.targets);
        if count(trainer.net_mut(), task, TOLERANCE) == task.patterns.len() {
            sweeps = Some(sweep);
            break;
        }
    }
    let mut net = trainer.into_net();
    let right = count(&mut net, task, 0.5);
    Ok(Outcome { net, sweeps, right })
}

/// Patterns whose output is nearer to its target than `tolerance`.
pub(crate) fn count<N, const INPUTS: usize>(net: &mut N, task: &Task<INPUTS>, tolerance: f32) -> usize
where
    N: Network<Input = [f32; INPUTS], Output = [f32; 1]>,
{
    let mut outputs = vec![[0.0]; task.patterns.len()];
    net.model_mut().forward_batch(&task.patterns, &mut outputs);
    outputs.iter().zip(&task.targets).filter(|(output, target)| (output[0] - target[0]).abs() < tolerance).count()
}
