// What comes in a later version says so, once each.
use cnn::network;

network! {
    block basic(c) { conv(c, 3, same) bn relu }
    pub struct Repeat: 32x32x3 => 3 * conv(3, 3, same) relu;
    pub struct Residual: 32x32x3 => res { conv(3, 3, same) } relu;
    pub struct Branches: 32x32x3 => cat[conv(3, 1) | id] relu;
    pub struct Heads: 32x32x3 => relu => { class: fc(10), box: fc(4) };
    pub struct Inputs: (left: 28x28x1, right: 28x28x1) => relu;
    pub struct Word: 32x32x3 => sep(8, 3);
}

fn main() {}
