// A network of several inputs says where each goes.
use cnn::network;

network! {
    let encoder = { conv(4, 3) relu gap fc(8) };
    pub struct Unsaid: (left: 28x28x1, right: 28x28x1) => conv(8, 3) fc(10);
    pub struct Unused: (left: 28x28x1, right: 28x28x1) => @left conv(8, 3) fc(10);
    pub struct Dropped: (left: 28x28x1, right: 28x28x1) => @left fc(8) @right fc(8);
    pub struct Misspelt: (left: 28x28x1, right: 28x28x1) => cat[encoder(left) | encoder(rigth)] fc(10);
    pub struct Differs: (left: 28x28x1, right: 28x28x3) => cat[encoder(left) | encoder(right)] fc(10);
}

fn main() {}
