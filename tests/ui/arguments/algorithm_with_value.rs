// There is one algorithm that can be asked for.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(16, 3, p1) conv(16, 3, p1, algorithm = winograd) conv(16, 3, p1, winograd);
}

fn main() {}
