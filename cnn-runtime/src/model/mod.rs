//! A network's parameters, its memory, and the drivers that run its generated passes.

mod frozen;
mod inference;
mod tensors;
mod training;

use std::fmt;

use crate::buffer::Buffer;
use crate::network::Network;
use crate::pass::Prepare;
use crate::{init, volume::Sample};

pub use frozen::Frozen;
use inference::{Back, Runner};
use training::Training;

/// What every generated network holds: parameters, running statistics, and memory to run in.
pub struct Model<N: Network> {
    parameters: Buffer,
    /// The forms of weights that inference reads, and whether they are those of the parameters and the state.
    derived: Buffer,
    is_derived: bool,
    state: Buffer,
    /// Runs single samples.
    single: Runner<N>,
    /// Run the parts of a batch, made when the first batch comes.
    runners: Vec<Runner<N>>,
    /// Runs the second part of batches, made when the first batch comes, if there is one.
    back: Option<Back>,
    /// Made when training begins.
    training: Option<Training<N>>,
    /// Where random numbers of training come from, and how often they were asked for.
    seed: u64,
    draws: u64,
}

impl<N: Network> Model<N> {
    /// A network initialised from a seed: weights before a relu-like activation He normal, other weights Glorot
    /// uniform, biases zero.
    pub fn new(seed: u64) -> Self {
        let mut model = Self::zeroed();
        model.seed = seed;
        init::initialize(N::TENSORS, seed, &mut model.parameters, &mut model.state);
        model
    }

    /// A network whose parameters are all zero (running variances, which a batch norm divides by, are one).
    pub fn zeroed() -> Self {
        let mut state = Buffer::zeroed(N::STATE);
        init::initialize_state(N::TENSORS, &mut state);
        Self {
            parameters: Buffer::zeroed(N::PARAMS),
            derived: Buffer::zeroed(N::INFER_DERIVED),
            is_derived: false,
            state,
            single: Runner::new(1),
            runners: Vec::new(),
            back: None,
            training: None,
            seed: 0,
            draws: 0,
        }
    }

    /// All parameters: [`Network::PARAMS`] floats in the kernels' order. `N::TENSORS` says where each tensor begins.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// All parameters, to change.
    pub fn parameters_mut(&mut self) -> &mut [f32] {
        self.forget_derived();
        &mut self.parameters
    }

    /// Makes the forms of weights that inference reads, if parameters or state may have changed since.
    fn derive(&mut self) {
        if !self.is_derived {
            derive::<N>(false, &self.parameters, &self.state, &mut self.derived);
            self.is_derived = true;
        }
    }

    /// Whether inference has forms of weights of its own, which include batch norms.
    const FOLDS: bool = N::INFER_DERIVED != N::TRAIN_DERIVED;

    /// Parameters change: no form of weights is theirs any more.
    fn forget_derived(&mut self) {
        self.is_derived = false;
        if let Some(training) = &mut self.training {
            training.is_derived = false;
        }
    }

    /// The state changes: weights that include it are out of date.
    fn forget_folded(&mut self) {
        self.is_derived &= !Self::FOLDS;
    }

    /// What the network keeps besides parameters: the running statistics of its batch norms.
    pub fn state(&self) -> &[f32] {
        &self.state
    }

    /// What the network keeps besides parameters, to change.
    pub fn state_mut(&mut self) -> &mut [f32] {
        self.forget_folded();
        &mut self.state
    }

    /// Starts the random numbers of training (dropout) anew.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
        self.draws = 0;
    }
}

/// Makes the forms of weights that inference, or training's forward pass, reads.
fn derive<N: Network>(training: bool, parameters: &Buffer, state: &[f32], derived: &mut Buffer) {
    let (parameters, derived) = (parameters.with_slack(), derived.with_slack_mut());
    N::derive(training, &mut Prepare { parameters, derived, prepared: &mut [], state, wants_d_input: false });
}

/// Copies parameters and state; the copy makes memory of its own to run in.
impl<N: Network> Clone for Model<N> {
    fn clone(&self) -> Self {
        Self {
            parameters: self.parameters.clone(),
            derived: Buffer::zeroed(N::INFER_DERIVED),
            is_derived: false,
            state: self.state.clone(),
            single: Runner::new(1),
            runners: Vec::new(),
            back: None,
            training: None,
            seed: self.seed,
            draws: self.draws,
        }
    }
}

impl<N: Network> fmt::Debug for Model<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [height, width, channels] = N::Input::SHAPE;
        write!(f, "{} ({height}x{width}x{channels}, {} parameters)", N::NAME, N::PARAMS)
    }
}
