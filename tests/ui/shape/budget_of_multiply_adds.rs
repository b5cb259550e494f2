// So does a budget of multiply-adds.
use cnn::network;

network! {
    #[max(macs = "0.4M")]
    pub struct LeNet5: 28x28x1 =>
        conv(6, 5, p2) tanh  pool(2)
        conv(16, 5)    tanh  pool(2)
        fc(120) tanh  fc(84) tanh  fc(10);
}

fn main() {}
