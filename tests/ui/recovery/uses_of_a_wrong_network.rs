// A wrong network is still a type with all its items: its uses bring no second error.
use cnn::network;

network! {
    /// Documented.
    pub struct Net: 28x28x1 => conv(6, 5, p2) tanh pool(5) fc(10);
}

fn uses(image: &cnn::Volume<28, 28, 1>) -> usize {
    let mut net = Net::new(42);
    let scores: &[f32; 10] = net.forward(image);
    let _ = scores;
    let _ = (Net::PARAMS, Net::MACS, Net::LAYERS.len());
    net.parameters_mut().len()
}

fn main() {}
