// A budget names the layer that takes most of it.
use cnn::network;

network! {
    #[max(params = 60_000)]
    pub struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

fn main() {}
