// A mistake in one of the two layers of `sep` names the `sep`.
use cnn::network;

network! {
    pub struct Fits: 8x8x3 => sep(32, 3, s3) relu fc(10);
    pub struct Option: 8x8x3 => sep(32, 3, q1) relu fc(10);
    pub struct Filters: 8x8x3 => sep(0, 3) relu fc(10);
    pub struct Lacks: 8x8x3 => sep(32) relu fc(10);
    pub struct Word: 8x8x3 => seq(32, 3) relu fc(10);
}

fn main() {}
