//! One network's passes, apart from each other and from everything around them: what `benches/kernels.rs` times.
//!
//! Knows no layer. A pass of a network begins by copying samples into the arena and ends by copying results out; the
//! passes here leave that away, so that a network of one layer costs what its layer costs.

mod probe;

use crate::arena::Arena;
use crate::buffer::{Buffer, LANES};
use crate::init;
use crate::network::Network;
use crate::pass::{Exchange, Noise, Pass, Prepare, Stretch, Whole};
use crate::volume::Sample;
use std::marker::PhantomData;

pub use probe::{fma, read};

/// A network, initialised, and memory for one group of samples.
#[derive(Debug)]
pub struct Workbench<N> {
    samples: usize,
    /// Whether passes copy samples and results.
    copies: bool,
    inputs: Vec<f32>,
    outputs: Vec<f32>,
    d_outputs: Vec<f32>,
    d_inputs: Vec<f32>,
    parameters: Buffer,
    derived: Buffer,
    train_derived: Buffer,
    prepared: Buffer,
    state: Buffer,
    gradients: Buffer,
    partial: Vec<f32>,
    exchange: Vec<f32>,
    records: Buffer,
    results: Buffer,
    inference: Arena,
    training: Arena,
    network: PhantomData<N>,
}

impl<N: Network> Workbench<N> {
    /// Memory for `samples` samples, which hold some numbers, and results for them in every map.
    pub fn new(samples: usize) -> Self {
        let [inputs, outputs] = [N::Input::SHAPE, N::Output::SHAPE].map(|shape| {
            let floats = samples * shape.into_iter().product::<usize>();
            (0..floats).map(|i| (i * 7919 % 1000) as f32 / 500.0 - 1.0).collect::<Vec<_>>()
        });
        let [mut parameters, mut state] = [N::PARAMS, N::STATE].map(Buffer::zeroed);
        init::initialize(N::TENSORS, 1, &mut parameters, &mut state);
        let mut new = Self {
            samples,
            copies: true,
            outputs: outputs.clone(),
            d_outputs: outputs,
            d_inputs: inputs.clone(),
            inputs,
            derived: Buffer::zeroed(N::INFER_DERIVED),
            train_derived: Buffer::zeroed(N::TRAIN_DERIVED),
            prepared: Buffer::zeroed(N::PREPARED),
            gradients: Buffer::zeroed(parameters.len()),
            parameters,
            state,
            partial: vec![0.0; N::EXCHANGE],
            exchange: vec![0.0; N::EXCHANGE],
            records: Buffer::zeroed(samples * N::RECORD),
            results: Buffer::zeroed(samples.next_multiple_of(LANES) * N::RESULTS),
            inference: Arena::new(N::INFER_FLOATS, samples, N::INFER_SCRATCH),
            training: Arena::new(N::TRAIN_FLOATS, samples, N::TRAIN_SCRATCH),
            network: PhantomData,
        };
        new.load();
        new
    }

    /// Runs all passes with samples. Layers that work in place need it now and then: applied to its own result again
    /// and again, an activation ends in zeros or denormal numbers.
    pub fn load(&mut self) {
        self.copies = true;
        self.gradients.fill(0.0);
        self.prepare();
        self.derive();
        self.infer();
        self.forward();
        self.backward(true);
        self.copies = false;
    }

    /// Inference.
    pub fn infer(&mut self) {
        self.pass(false, false, |pass| N::infer(pass));
    }

    /// What is done with the weights once they have changed, for inference.
    fn derive(&mut self) {
        N::derive(
            false,
            &mut Prepare {
                parameters: self.parameters.with_slack(),
                derived: self.derived.with_slack_mut(),
                prepared: &mut [],
                state: &self.state,
                wants_d_input: false,
            },
        );
    }

    /// What is done with the weights once per batch, before its forward and before its backward pass.
    pub fn prepare(&mut self) {
        let parameters = self.parameters.with_slack();
        N::derive(
            true,
            &mut Prepare {
                parameters,
                derived: self.train_derived.with_slack_mut(),
                prepared: &mut [],
                state: &self.state,
                wants_d_input: false,
            },
        );
        N::prepare(&mut Prepare {
            parameters,
            derived: &mut [],
            prepared: self.prepared.with_slack_mut(),
            state: &[],
            wants_d_input: true,
        });
    }

    /// The forward pass of training, barriers included.
    pub fn forward(&mut self) {
        for stage in 0..N::STAGES {
            self.pass(true, false, |pass| N::forward(stage, pass));
            if stage + 1 < N::STAGES {
                self.combine(false, |exchange| N::combine_forward(stage, exchange));
            }
        }
    }

    /// The backward pass, with the gradient for the input or without. Gradients of parameters add up.
    pub fn backward(&mut self, wants_d_input: bool) {
        for stage in (0..N::STAGES).rev() {
            self.pass(true, wants_d_input, |pass| N::backward(stage, pass));
            if stage > 0 {
                self.combine(wants_d_input, |exchange| N::combine_backward(stage, exchange));
            }
        }
    }

    fn pass<'a>(&'a mut self, training: bool, wants_d_input: bool, work: impl FnOnce(&mut Pass<'a>)) {
        let copies = self.copies;
        let given = |floats: &'a mut [f32]| -> &'a mut [f32] { if copies { floats } else { &mut [] } };
        work(&mut Pass {
            samples: self.samples,
            batch: self.samples,
            inputs: if N::SAMPLES_IN_PLACE { &self.inputs } else { given(&mut self.inputs) },
            outputs: given(&mut self.outputs),
            d_outputs: given(&mut self.d_outputs),
            d_inputs: wants_d_input.then(|| given(&mut self.d_inputs)),
            parameters: self.parameters.with_slack(),
            derived: if training { self.train_derived.with_slack() } else { self.derived.with_slack() },
            prepared: self.prepared.with_slack(),
            state: &self.state,
            gradients: &mut self.gradients,
            partial: &mut self.partial,
            exchange: &self.exchange,
            records: &mut self.records,
            record: N::RECORD,
            results: &self.results,
            arena: if training { &mut self.training } else { &mut self.inference },
            noise: Noise::default(),
            threads: 1,
            stretch: Stretch::Whole,
            strips: &mut [],
        });
    }

    fn combine(&mut self, wants_d_input: bool, work: impl FnOnce(&mut Exchange<'_>)) {
        let partials = [(self.samples, &*self.partial)];
        let whole = Whole {
            batch: self.samples,
            inputs: &self.inputs,
            parameters: self.parameters.with_slack_mut(),
            records: &self.records,
            record: N::RECORD,
            results: &mut self.results,
            gradients: &mut self.gradients,
            overwrites: false,
            step: None,
            wants_d_input,
        };
        work(&mut Exchange { partials: &partials, exchange: &mut self.exchange, state: &mut self.state, whole });
    }
}
