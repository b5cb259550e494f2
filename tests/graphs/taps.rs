//! Values that are named and taken up again.

use cnn_tests::{check_declared, declare};

declare! { TAPS;
    struct Skip: 6x6x3 => conv(4, 3, same) @a relu conv(4, 3, same) add[id | @a] relu fc(3);
    struct Twice: 6x6x3 => conv(4, 3, same) @a tanh conv(4, 3, same) add[id | @a] conv(4, 1) cat[id | @a] fc(3);
    struct TwiceAtOnce: 6x6x3 => conv(4, 3, same) @a conv(4, 1) add[@a | id | @a] fc(3);
    struct Alone: 6x6x3 => conv(4, 3, same) @a tanh conv(2, 3) cat[id fc(3) | @a fc(4)] fc(3);
    struct BeforeRelu: 6x6x3 => conv(4, 3, same) @before relu @after conv(4, 1) cat[@before | @after | id] fc(3);
    struct BeforeNorm: 6x6x3 => conv(4, 3, same) @before bn relu conv(4, 1) add[@before | id] fc(3);
    struct OfPool: 6x6x3 => conv(4, 3, same) relu pool(2) @a conv(4, 3, same) add[@a | id] fc(3);
    struct BeforePool: 6x6x3 => conv(4, 3, same) relu @a pool(2) fc(4) cat[id | @a gap] fc(3);
    struct OfJoin: 6x6x3 => conv(4, 1) add[id | conv(4, 1)] @a relu conv(4, 1) mul[id | @a] fc(3);
    struct OfBranch: 6x6x3 => conv(4, 1) add[conv(4, 1) @a tanh | conv(4, 3, same)] cat[id | @a] fc(3);
    struct InBranch: 6x6x3 => conv(4, 1) @a conv(4, 3, same) @b add[@a conv(4, 1) | @b tanh | conv(4, 1)] fc(3);
    struct OfResidual: 6x6x3 => conv(4, 1) res { conv(4, 1) @a relu } @b conv(4, 1) add[@a | @b | id] fc(3);
    struct Chain: 6x6x3 => conv(4, 1) @a conv(3, 1) @b conv(2, 1) cat[id | @b] cat[id | @a] relu fc(3);
    struct Rounds: 6x6x3 => conv(4, 1) 3 * { conv(4, 3, same) @a tanh conv(4, 1) add[id | @a] } fc(3);
    struct AcrossRounds: 6x6x3 => conv(4, 1) @a 2 * { conv(4, 1) relu add[id | @a] } conv(4, 1) add[id | @a] fc(3);
    struct OfVector: 6x6x3 => fc(5) @a relu fc(5) add[id | @a] tanh cat[id | @a] fc(3);
    struct OfFlattened: 4x4x2 => conv(2, 1) flatten @a tanh add[id | @a] fc(3);
    struct Everything: 5x5x2 => conv(3, 3, same) @a relu @b pool(3, s1, p1) @c add[@a | @b | @c] @d fc(3) @e tanh @f;
    struct UNet: 8x8x2 =>
        conv(4, 3, same) relu @high conv(6, 3, s2, p1, floor) relu @low
        conv(6, 3, same) relu cat[id | @low] conv(6, 3, same) relu cat[id | @high avg(2) | @high pool(2)] conv(4, 1) fc(3);
}

#[test]
fn taps() {
    check_declared!(TAPS:
        Skip, Twice, TwiceAtOnce, Alone, BeforeRelu, BeforeNorm, OfPool, BeforePool, OfJoin, OfBranch, InBranch,
        OfResidual, Chain, Rounds, AcrossRounds, OfVector, OfFlattened, Everything, UNet);
}
