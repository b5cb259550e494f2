// A flattened volume lies pixel by pixel, and files list it channel by channel: what would mix the two up is refused.
use cnn::network;

network! {
    pub struct Sum: 6x6x3 => conv(4, 3) add[flatten | fc(64)] fc(10);
    pub struct Residual: 6x6x3 => conv(4, 3) flatten res { fc(64) } fc(10);
    pub struct Product: 4x4x3 => mul[flatten | fc(48) sigmoid] fc(10);
    pub struct Scale: 4x4x3 => mul[flatten | conv(48, 1)] fc(10);
    pub struct Joined: 4x4x3 => cat[flatten | gap] add[id | fc(51)] fc(10);
    pub struct Slice: 4x4x3 => cat[flatten | gap] slice(0, 48) fc(10);
    pub struct Reshape: 4x4x3 => flatten reshape(8x2x3) conv(4, 1) fc(10);
    pub struct Indices: 4x4x3 => flatten embed(10, 4) gru(5, last);
}

fn main() {}
