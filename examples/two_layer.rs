//! The two-layer network f = W2 max(0, W1 x): one hidden layer between the picture and its scores.
//!
//!     cargo run --release --example two_layer

#[path = "common/classify.rs"]
mod classify;
#[path = "common/outcome.rs"]
mod outcome;

use std::process::ExitCode;

use cnn::{SoftmaxCrossEntropy, network};

use classify::{Options, Pictures, train};

network! {
    /// f = W2 max(0, W1 x) on pictures of 28x28 pixels.
    pub struct TwoLayer: 28x28x1 => fc(100) relu fc(10);

    /// f = W2 max(0, W1 x) on CIFAR-10: 3072 numbers, 100 hidden units, 10 scores, as on the slide.
    pub struct TwoLayerCifar: 32x32x3 => fc(100) relu fc(10);
}

const HELP: &str = "\
Trains the two-layer network f = W2 max(0, W1 x). Without options: on 2,000 pictures of clothes from Fashion-MNIST.

cargo run --release --example two_layer -- [OPTIONS]";

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments(HELP, 15, 1e-2)? else { return Ok(()) };
    match options.pictures()? {
        Pictures::Grey(learn, test) => {
            println!("{}", TwoLayer::summary());
            train(TwoLayer::new(options.seed), SoftmaxCrossEntropy, &learn, &test, &options)?;
        }
        Pictures::Colour(learn, test) => {
            println!("{}", TwoLayerCifar::summary());
            train(TwoLayerCifar::new(options.seed), SoftmaxCrossEntropy, &learn, &test, &options)?;
        }
    }
    Ok(())
}
