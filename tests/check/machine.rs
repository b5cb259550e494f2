//! A network without its type: floats in, floats out.

use cnn::{LayerInfo, MeanSquaredError, Model, Network, Sample, TapInfo, TensorInfo};

use crate::reference::Shape;

/// A network that can be run. Samples are flat, channels last; tensors are in the order of files.
pub(super) trait Machine {
    /// What the compiler knows about it.
    fn facts(&self) -> Facts;
    /// Sets a tensor.
    fn set(&mut self, tensor: &str, values: &[f32]);
    /// A tensor.
    fn tensor(&self, name: &str) -> Vec<f32>;
    /// The outputs of a batch in inference.
    fn infer(&mut self, inputs: &[f32]) -> Vec<f32>;
    /// The output of one sample in inference.
    fn infer_one(&mut self, input: &[f32]) -> Vec<f32>;
    /// A value of that sample that has a name.
    fn tap(&self, name: &str) -> Vec<f32>;
    /// The mean squared error of a batch; adds its gradient to `gradients`, and returns it for the inputs if wanted.
    fn gradients(
        &mut self,
        inputs: &[f32],
        targets: &[f32],
        gradients: &mut [f32],
        wants_d_inputs: bool,
    ) -> (f32, Vec<f32>);
    /// The part of flat gradients that belongs to a tensor.
    fn unpack(&self, name: &str, gradients: &[f32]) -> Vec<f32>;
}

/// The constants of a network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) name: &'static str,
    pub(super) input: Shape,
    pub(super) output: Shape,
    pub(super) params: usize,
    pub(super) macs: u64,
    pub(super) layers: &'static [LayerInfo],
    pub(super) tensors: &'static [TensorInfo],
    pub(super) taps: &'static [TapInfo],
}

/// The network `N`.
pub(super) struct Typed<N: Network>(Model<N>);

impl<N: Network> Typed<N> {
    pub(super) fn new() -> Self {
        Self(Model::zeroed())
    }
}

impl<N: Network> Machine for Typed<N> {
    fn facts(&self) -> Facts {
        Facts {
            name: N::NAME,
            input: N::Input::SHAPE,
            output: N::Output::SHAPE,
            params: N::PARAMS,
            macs: N::MACS,
            layers: N::LAYERS,
            tensors: N::TENSORS,
            taps: N::TAPS,
        }
    }

    fn set(&mut self, tensor: &str, values: &[f32]) {
        self.0.set_tensor(tensor, values).expect("a tensor of the network");
    }

    fn tensor(&self, name: &str) -> Vec<f32> {
        self.0.tensor(name).expect("a tensor of the network").values
    }

    fn infer(&mut self, inputs: &[f32]) -> Vec<f32> {
        let inputs = samples::<N::Input>(inputs);
        // What was there before must not matter.
        let mut outputs = N::Output::zeroed_vec(inputs.len());
        outputs.iter_mut().for_each(|output| output.flat_mut().fill(f32::NAN));
        self.0.forward_batch(&inputs, &mut outputs);
        floats(&outputs)
    }

    fn infer_one(&mut self, input: &[f32]) -> Vec<f32> {
        self.0.forward(&samples::<N::Input>(input)[0]).flat().to_vec()
    }

    fn tap(&self, name: &str) -> Vec<f32> {
        self.0.tap(name).expect("a tap of the network")
    }

    fn gradients(
        &mut self,
        inputs: &[f32],
        targets: &[f32],
        gradients: &mut [f32],
        wants_d_inputs: bool,
    ) -> (f32, Vec<f32>) {
        let (inputs, targets) = (samples::<N::Input>(inputs), samples::<N::Output>(targets));
        if !wants_d_inputs {
            return (self.0.gradients(&inputs, &targets, &MeanSquaredError, gradients), Vec::new());
        }
        let mut d_inputs = N::Input::zeroed_vec(inputs.len());
        d_inputs.iter_mut().for_each(|d_input| d_input.flat_mut().fill(f32::NAN));
        let loss = self.0.gradients_with_inputs(&inputs, &targets, &MeanSquaredError, gradients, &mut d_inputs);
        (loss, floats(&d_inputs))
    }

    fn unpack(&self, name: &str, gradients: &[f32]) -> Vec<f32> {
        Model::<N>::unpack(name, gradients).expect("a parameter of the network").values
    }
}

fn samples<S: Sample>(floats: &[f32]) -> Vec<S> {
    let len = S::SHAPE.iter().product();
    let mut samples = S::zeroed_vec(floats.len() / len);
    for (sample, floats) in samples.iter_mut().zip(floats.chunks(len)) {
        sample.flat_mut().copy_from_slice(floats);
    }
    samples
}

fn floats<S: Sample>(samples: &[S]) -> Vec<f32> {
    samples.iter().flat_map(|sample| sample.flat()).copied().collect()
}
