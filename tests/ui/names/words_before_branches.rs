// A word of another framework before branches or layers is answered with ours.
use cnn::network;

network! {
    pub struct Concat: 8x8x3 => concat[conv(3, 3, same) | id] fc(10);
    pub struct Residual: 8x8x3 => residual { conv(3, 3, same) } via auto relu fc(10);
    pub struct Capital: 8x8x3 => Cat[conv(3, 3, same) | id] Res { relu } Sep(4, 3) fc(10);
    pub struct Misspelt: 8x8x3 => catt[conv(3, 3, same) | id] fc(10);
    pub struct Unknown: 8x8x3 => either[relu | id] fc(10);
}

fn main() {}
