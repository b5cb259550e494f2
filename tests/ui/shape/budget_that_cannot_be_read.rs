// A budget has three keys, and amounts.
use cnn::network;

network! {
    #[max(parms = 60_000, flops = 3, macs = "many")]
    pub struct Net: 784 => fc(10);
    #[max]
    pub struct Other: 784 => fc(10);
}

fn main() {}
