// Attributes of layers stand once, and rates multiply within bounds.
use cnn::network;

network! {
    pub struct Twice: 8 => #[lr = 0.1] #[lr = 0.1] fc(3) #[frozen] #[frozen] relu #[init = he] #[init = zeros] fc(2);
    pub struct Rates: 8 => #[lr = 1e30] 2 * { #[lr = 1e30] fc(8) };
}

fn main() {}
