//! The linear score function f = Wx + b, under two losses; its weights are templates that one can look at.
//!
//!     cargo run --release --example linear

#[path = "common/classify.rs"]
mod classify;
#[path = "common/outcome.rs"]
mod outcome;

use std::process::ExitCode;

use cnn::data::{self, Dataset};
use cnn::{Error, MulticlassHinge, Network, SoftmaxCrossEntropy, Volume, network};

use classify::{Options, Pictures, train};

network! {
    /// f = Wx + b on pictures of 28x28 pixels.
    pub struct Linear: 28x28x1 => fc(10);

    /// f = Wx + b on CIFAR-10: W is 10 x 3072, as on the slide.
    pub struct LinearCifar: 32x32x3 => fc(10);
}

const HELP: &str = "\
Trains the linear classifier f = Wx + b with the softmax loss and with the hinge (SVM) loss, and shows the template that
each class has learnt. Without options: on 2,000 pictures of clothes from Fashion-MNIST.

cargo run --release --example linear -- [OPTIONS]";

fn main() -> ExitCode {
    outcome::finish(run())
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let Some(options) = Options::from_arguments(HELP, 15, 1e-3)? else { return Ok(()) };
    match options.pictures()? {
        Pictures::Grey(learn, test) => {
            let net = both_losses(Linear::zeroed, &learn, &test, &options)?;
            show_templates(&net.tensor("fc1.weight")?.values, learn.class_names());
        }
        Pictures::Colour(learn, test) => {
            both_losses(LinearCifar::zeroed, &learn, &test, &options)?;
        }
    }
    Ok(())
}

/// Trains under the softmax loss, then afresh under the hinge loss, and returns the former. Both losses are convex in
/// W, so W may start at zero; what it becomes is then made of pictures alone.
fn both_losses<N: Network<Output = [f32; 10]>>(
    start: impl Fn() -> N,
    learn: &Dataset<N::Input>,
    test: &Dataset<N::Input>,
    options: &Options,
) -> Result<N, Error> {
    println!("softmax loss");
    let net = train(start(), SoftmaxCrossEntropy, learn, test, options)?;
    println!("multiclass hinge loss");
    train(start(), MulticlassHinge::new(), learn, test, options)?;
    Ok(net)
}

/// Draws each row of W as the picture that gives its class the highest score.
fn show_templates(weights: &[f32], names: &[String]) {
    for (row, name) in weights.chunks(28 * 28).zip(names) {
        let largest = row.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
        let mut template: Volume<28, 28, 1> = [[[0.0]; 28]; 28];
        for (pixel, weight) in template.as_flattened_mut().as_flattened_mut().iter_mut().zip(row) {
            *pixel = 0.5 + 0.5 * weight / largest;
        }
        println!("template of {name}\n{}", data::to_text(&template));
    }
}
