// Blocks, shared chains, values and attributes that cannot be read.
use cnn::network;

network! {
    block { relu }
    block numbers(filters, 3) { conv(filters, 3) }
    let shared = { fc(8) } relu;
    let chain = { fc(8) };
    pub struct Shared: (left: 8, right: 8) => cat[chain(left, right) | chain(3)] fc(2);
    pub struct Middle: (left: 8, right: 8) => cat[@left relu @right | @right relu chain(left)] fc(2);
    pub struct Nothing: 8 => cat[@ | relu] fc(2);
    pub struct Attributes: 8 => #[] fc(8) #[lr(0.1)] fc(8) relu;
    pub struct Deep: 8 => 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { 2 * { relu } } } } } } } } } } } } } } } } } } } } } } } } } };
}

mod nets {
    use cnn::network;

    network! {
        pub struct Pair: (left: 8, right: 8) => cat[@left | @right] fc(2);
    }
}

network! {
    use crate::nets::Pair;
    pub struct User: 8 => Pair fc(2);
}

fn main() {}
