// Heads and inputs are fields of generated structs: some words of Rust can be none.
use cnn::network;

network! {
    pub struct Heads: 8x8x1 => relu => { self: fc(3), Self: fc(4), super: fc(5), _: fc(6), crate: fc(7) };
    pub struct Inputs: (self: 4, crate: 4) => cat[@self | @crate] fc(2);
}

macro_rules! within {
    () => {
        network! {
            pub struct $crate: 4 => fc(2);
            pub struct Crate: 4 => fc(2) => { $crate: relu, other: relu };
        }
    };
}

within! {}

fn main() {}
