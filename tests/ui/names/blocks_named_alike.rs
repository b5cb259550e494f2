// Running numbers of one block may make the name of another: files hold tensors by their names.
use cnn::network;

network! {
    block b(n) { conv(n, 1) }
    block b1(n) { conv(n, 1) }
    let b2 = { conv(4, 1) };
    pub struct Apart: 8x8x3 => b(2) b1(3) fc(2);
    pub struct Alike: 8x8x3 => b(2) b(3) b2 fc(2);
    pub struct Head: 8x8x3 => class: b(2) => { class: conv(2, 1) gap };
    pub struct Labelled: 8x8x3 => b(2) b(3) other: b2 fc(2);
}

fn main() {}
