// An arrow that leads nowhere is shown, not the whole macro.
use cnn::network;

network! {
    pub struct Net: 32x32x3 => conv(10, 5) -> ;
}

fn main() {}
