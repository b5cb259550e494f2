// Weights are shared once: a shared chain within a shared chain is a block, wherever it stands.
use cnn::network;

network! {
    let a = { conv(4, 3, same) };
    let b = { a relu };
    pub struct Direct: 5x5x3 => b fc(3);

    block through() { a relu }
    let c = { through };
    pub struct InABlock: 5x5x3 => c fc(3);

    pub struct Lent: 5x5x3 => a fc(3);
}

mod other {
    use cnn::network;

    network! {
        use crate::Lent;
        let d = { Lent relu };
        pub struct InANetwork: 5x5x3 => d fc(3);
    }
}

fn main() {}
