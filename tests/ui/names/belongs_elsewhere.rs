// What belongs to training is said where the network is trained.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) relu fc(10) lr = 0.1;
    pub struct Other: 32x32x3 => conv(10, 5) relu fc(10) adam;
}

fn main() {}
