// A network has an end: blocks in blocks and repeats in repeats are counted, whether they add layers or not.
use cnn::network;

network! {
    block b1 { relu relu relu relu relu relu relu relu }
    block b2 { b1 b1 b1 b1 b1 b1 b1 b1 }
    block b3 { b2 b2 b2 b2 b2 b2 b2 b2 }
    block b4 { b3 b3 b3 b3 b3 b3 b3 b3 }
    block b5 { b4 b4 b4 b4 b4 b4 b4 b4 }
    block b6 { b5 b5 b5 b5 b5 b5 b5 b5 }
    block b7 { b6 b6 b6 b6 b6 b6 b6 b6 }
    pub struct Blocks: 8x8x3 => b7 fc(3);
    pub struct Statements: 8x8x3 => 9_999 * { 9_999 * { -> 8x8x3 } } fc(3);
    pub struct Layers: 8x8x3 => add[2_000 * { b1 } | relu] => { first: relu, second: tanh };
    pub struct Rounds: 8x8x3 => 10_001 * relu;
}

fn main() {}
