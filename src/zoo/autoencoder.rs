//! Deep autoencoders.

use crate::network;

network! {
    block unit(outputs) { fc(outputs) sigmoid }

    /// The autoencoder of handwritten digits (Hinton, Salakhutdinov, *Reducing the dimensionality of data with neural
    /// networks*, 2006): thirty numbers a digit.
    #[allow(deprecated, reason = "the code is linear, as in the paper")]
    pub struct HintonAutoencoder: 784 =>
        unit(1000) unit(500) unit(250) fc(30) @code
        unit(250) unit(500) unit(1000) unit(784);
}

const _: () = assert!(HintonAutoencoder::PARAMS == 2_837_314);
