// What is no network takes neither attributes nor a visibility; `use` takes one path.
use cnn::network;

mod nets {
    use cnn::network;

    network! {
        pub struct Trunk: 8x8x3 => conv(4, 3) relu;
    }
}

network! {
    pub use crate::nets::Trunk;
    pub block b(filters) { conv(filters, 3) }
    #[derive(Clone)] let n = 3;
    pub let shared = { relu };
    use crate::nets::{Trunk, Other};
    use crate;
    use crate::nets::Trunk as _;
    use crate::nets::Unclosed
    pub struct Net: 8x8x3 => b(n) shared Trunk fc(3);
}

fn main() {
    let _ = Net::new(1);
}
