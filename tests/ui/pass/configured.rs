// A network that is configured away leaves nothing behind, and another may have its name.
#![deny(warnings)]
#![allow(dead_code)]
use cnn::network;

mod nets {
    use cnn::network;

    network! {
        #[cfg(any())]
        pub struct Absent: (left: 8x8x3, right: 8x8x3) =>
            cat[@left | @right] conv(4, 3) bn fc(10) fc(3) => { class: id, place: fc(4) };
        #[cfg(any())]
        pub struct Net: 8x8x3 => fc(10);
        #[cfg(all())]
        pub struct Net: 8x8x3 => fc(20);
    }
}

network! {
    use crate::nets::Net;
    struct User: 8x8x3 => Net relu fc(3);
}

/// Not the network of that name.
pub struct Absent;

const _: () = assert!(nets::Net::PARAMS == 192 * 20 + 20);

fn main() {
    let _ = User::PARAMS;
}
