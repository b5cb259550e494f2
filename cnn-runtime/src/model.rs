//! A network's parameters, its memory, and the drivers that run its generated passes.

use crate::network::Network;

/// What every generated network holds.
#[derive(Clone, Debug)]
pub struct Model<N> {
    network: std::marker::PhantomData<fn() -> N>,
}

impl<N: Network> Model<N> {}
