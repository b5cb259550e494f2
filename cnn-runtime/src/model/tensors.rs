//! Parameters by name, in files' order, and files of them.

use std::path::Path;

use super::Model;
use crate::error::Result;
use crate::io::safetensors;
use crate::network::{Network, TensorKind};
use crate::tensor::{self, Tensor};

impl<N: Network> Model<N> {
    /// A copy of a tensor by name (`conv1.weight`), in files' order.
    ///
    /// # Errors
    /// If there is no tensor of that name.
    pub fn tensor(&self, name: &str) -> Result<Tensor> {
        tensor::read(N::TENSORS, name, &self.parameters, &self.state)
    }

    /// Sets a tensor by name from values in files' order.
    ///
    /// # Errors
    /// If there is no tensor of that name or it has another number of values.
    pub fn set_tensor(&mut self, name: &str, values: &[f32]) -> Result<()> {
        self.forget_derived();
        tensor::write(N::TENSORS, name, values, &mut self.parameters, &mut self.state)
    }

    /// A copy of a parameter by name, in files' order, out of a flat slice that lies as the parameters do: a gradient,
    /// say, or an optimiser's state.
    ///
    /// # Errors
    /// If there is no parameter of that name.
    ///
    /// # Panics
    /// If the slice is not as long as the parameters.
    #[track_caller]
    pub fn unpack(name: &str, flat: &[f32]) -> Result<Tensor> {
        let (floats, params) = (flat.len(), N::PARAMS);
        assert!(
            floats == params,
            "unpack needs one float for each of the network's {params} parameters, found {floats} floats"
        );
        let end = N::TENSORS.iter().position(|info| info.kind == TensorKind::State).unwrap_or(N::TENSORS.len());
        tensor::read(&N::TENSORS[..end], name, flat, &[])
    }

    /// Writes parameters and state to a safetensors file, in PyTorch's order. The file is written beside its place and
    /// moved there when it is whole.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        safetensors::save(path, N::TENSORS, &self.parameters, &self.state, &[("network", N::NAME)])
    }

    /// Reads a network from a safetensors file.
    ///
    /// # Errors
    /// If the file cannot be read or does not hold exactly this network's tensors: all that is missing, left over or of
    /// another size is listed at once.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let mut model = Self::zeroed();
        safetensors::load(path, N::TENSORS, &mut model.parameters, &mut model.state)?;
        Ok(model)
    }

    /// Reads a network from the bytes of a safetensors file, such as those of `include_bytes!`.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut model = Self::zeroed();
        safetensors::from_bytes(bytes, N::TENSORS, &mut model.parameters, &mut model.state)?;
        Ok(model)
    }
}
