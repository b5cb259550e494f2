// A repeat runs at least once; a round that does not fit says which it is.
use cnn::network;

network! {
    let none = 2 - 2;
    pub struct Never: 32x32x3 => none * { conv(8, 3) relu } fc(10);
    pub struct Shrinks: 32x32x3 => 6 * { conv(8, 3, same) pool(2) } fc(10);
    pub struct Nothing: 32x32x3 => relu 3 * {} fc(10);
    pub struct Endless: 32x32x3 => 20000 * relu fc(10);
    #[max(params = "2K")]
    pub struct Costs: 32x32x3 => conv(8, 3, same) 4 * conv(8, 3, same) gap fc(10);
}

fn main() {}
