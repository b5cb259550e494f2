//! A network's parameters, its memory, and the drivers that run its generated passes.

use crate::arena::Arena;
use crate::buffer::Buffer;
use crate::error::Result;
use crate::loss::Loss;
use crate::network::Network;
use crate::pass::{Noise, Pass};
use crate::volume::{Sample, flat_samples, flat_samples_mut};

/// What every generated network holds. A stand-in with the methods that training needs, one sample at a time.
#[derive(Debug)]
pub struct Model<N: Network> {
    parameters: Buffer,
    state: Buffer,
    output: Vec<N::Output>,
    d_output: Vec<N::Output>,
    inference: Arena,
    training: Arena,
}

impl<N: Network> Model<N> {
    /// A network whose parameters are all zero.
    pub fn zeroed() -> Self {
        Self {
            parameters: Buffer::zeroed(N::PARAMS),
            state: Buffer::zeroed(N::STATE),
            output: N::Output::zeroed_vec(1),
            d_output: N::Output::zeroed_vec(1),
            inference: Arena::new(N::INFER_FLOATS, 1),
            training: Arena::new(N::TRAIN_FLOATS, 1),
        }
    }

    /// All parameters.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// All parameters, to change.
    pub fn parameters_mut(&mut self) -> &mut [f32] {
        &mut self.parameters
    }

    /// Running statistics.
    pub fn state(&self) -> &[f32] {
        &self.state
    }

    /// Running statistics, to change.
    pub fn state_mut(&mut self) -> &mut [f32] {
        &mut self.state
    }

    /// Inference of several samples.
    pub fn forward_batch(&mut self, inputs: &[N::Input], outputs: &mut [N::Output]) {
        assert_eq!(inputs.len(), outputs.len());
        for (input, output) in inputs.iter().zip(outputs) {
            let (input, output) = (std::slice::from_ref(input), std::slice::from_mut(output));
            N::infer(&mut Pass {
                samples: 1,
                batch: 1,
                inputs: flat_samples(input),
                outputs: flat_samples_mut(output),
                d_outputs: &[],
                d_inputs: None,
                parameters: self.parameters.with_slack(),
                prepared: &[],
                state: &self.state,
                gradients: &mut [],
                partial: &mut [],
                exchange: &[],
                arena: &mut self.inference,
                noise: Noise::default(),
            });
        }
    }

    /// The mean loss; adds its gradients.
    pub fn gradients<T: Sync, L: Loss<N::Output, T>>(
        &mut self,
        inputs: &[N::Input],
        targets: &[T],
        loss: &L,
        gradients: &mut [f32],
    ) -> f32 {
        assert!(!inputs.is_empty() && inputs.len() == targets.len());
        let mut sum = 0.0;
        for (input, target) in inputs.iter().zip(targets) {
            let mut pass = Pass {
                samples: 1,
                batch: inputs.len(),
                inputs: flat_samples(std::slice::from_ref(input)),
                outputs: flat_samples_mut(&mut self.output),
                d_outputs: &[],
                d_inputs: None,
                parameters: self.parameters.with_slack(),
                prepared: &[],
                state: &self.state,
                gradients,
                partial: &mut [],
                exchange: &[],
                arena: &mut self.training,
                noise: Noise::default(),
            };
            N::forward(0, &mut pass);
            sum += loss.evaluate(&self.output[0], target, &mut self.d_output[0]);
            self.d_output[0].flat_mut().iter_mut().for_each(|d| *d /= inputs.len() as f32);
            let mut pass = Pass {
                samples: 1,
                batch: inputs.len(),
                inputs: flat_samples(std::slice::from_ref(input)),
                outputs: flat_samples_mut(&mut self.output),
                d_outputs: flat_samples(&self.d_output),
                d_inputs: None,
                parameters: self.parameters.with_slack(),
                prepared: &[],
                state: &self.state,
                gradients,
                partial: &mut [],
                exchange: &[],
                arena: &mut self.training,
                noise: Noise::default(),
            };
            N::backward(0, &mut pass);
        }
        sum / inputs.len() as f32
    }

    /// Writes the parameters.
    pub fn save(&self, path: impl AsRef<std::path::Path>) -> Result<()> {
        std::fs::write(path, bytemuck::cast_slice(&self.parameters[..])).expect("the stand-in writes");
        Ok(())
    }
}
