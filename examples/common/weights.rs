//! Weights that go from one network to another.

use cnn::{Error, Network};

/// Gives a network the weights of another one that has layers of the same names and sizes.
///
/// # Errors
/// If the other lacks one of its layers, or has it in another size.
pub(crate) fn copy<A: Network, B: Network>(from: &A, to: &mut B) -> Result<(), Error> {
    for info in B::TENSORS {
        to.model_mut().set_tensor(info.name, &from.model().tensor(info.name)?.values)?;
    }
    Ok(())
}
