//! Blocks with numbers, and repeats.

use cnn_tests::{check_declared, declare};

declare! { BLOCKS;
    let width = 4;
    let twice = 2 * width;

    block unit(filters, size = 3, stride = 1) { conv(filters, size, s = stride, p = size / 2, floor) relu }
    block basic(k, stride = 1) {
        res { conv(k, 3, s = stride, p1, nobias, floor) bn relu conv(k, 3, same, nobias) bn } via auto relu
    }
    block squeeze(c, ratio = 2) { mul[id | gap fc(c / ratio) relu fc(c) sigmoid] }
    block fixed { conv(3, 3, same) tanh }
    block defaults(a, b = a + 1, c = a * b - 2) { conv(a, 1) conv(b, 1) conv(c % 7 + 1, 1) }
    block tapped(k) { conv(k, 3, same) @inner relu conv(k, 1) add[id | @inner] }
    block dense(grow, rounds) { rounds * { cat[id | relu conv(grow, 3, same)] } }
    block stage(k, rounds, stride = 1) { basic(k, s = stride) (rounds - 1) * basic(k) }
    block deep(n) { n * { n * { conv(3, 1) tanh } dense(1, n) conv(3, 1) } }
    /// The name of a number of the whole call is this block's own here.
    block hides(width) { conv(width, 1) relu }

    struct Once: 6x6x3 => unit(4) fc(3);
    struct Options: 8x8x3 => unit(4, s2) unit(width, 5) unit(5, stride = 2, size = 1) unit(filters = twice) fc(3);
    struct BlockTwice: 6x6x3 => unit(4) fixed unit(4) fixed fc(3);
    struct Named: 6x6x3 => a: unit(4) unit(4) b: fixed fixed @seen fc(3);
    struct Labels: 5x5x3 => x1: conv(4, 3) Conv1: conv(4, 1) conv(3, 1) d2: conv(4, 1) fc_1: fc(4) fc(3);
    struct Basics: 6x6x3 => conv(4, 3, same) bn relu basic(4) basic(6, s2) gap fc(3);
    struct Squeezed: 5x5x3 => conv(width, 1) squeeze(width) conv(6, 1) squeeze(6, 3) squeeze(6, ratio = 1) fc(3);
    struct Defaults: 5x5x3 => defaults(2) tanh defaults(3, 4) defaults(1, c = width) fc(3);
    struct Tapped: 5x5x3 => tapped(4) tapped(3) fc(3);
    struct Hidden: 5x5x3 => hides(2) hides(width + 1) conv(width, 1) fc(3);
    struct InBranches: 5x5x3 => add[unit(4) | unit(4, 1) | fixed unit(4)] cat[fixed | fixed] fc(3);
    struct InResidual: 5x5x3 => res { unit(4) fixed } relu res { squeeze(3) } fc(3);

    struct Repeated: 6x6x3 => 3 * { conv(4, 3, same) tanh } fc(3);
    struct RepeatedLayer: 6x6x3 => 2 * conv(4, 3) relu fc(3);
    struct RepeatedBlock: 6x6x3 => 2 * unit(4) unit(5) 2 * unit(3, 1) fc(3);
    struct RepeatedOnce: 6x6x3 => 1 * { conv(4, 3) relu } one: 1 * unit(4) fc(3);
    struct RepeatedNamed: 6x6x3 => layer1: 2 * basic(4) layer2: 2 * { conv(4, 3, same) relu } last: 2 * fixed fc(3);
    struct RepeatedLabels: 6x6x3 => 2 * { a: conv(4, 3, same) b: prelu 2 * { c: conv(4, 1) tanh } } fc(3);
    struct RepeatedNumbers: 6x6x3 => width * { conv(width, 1) tanh } (twice / 4) * conv(width - 1, 1) fc(3);
    struct Dense: 6x6x3 => conv(2, 1) 3 * { cat[id | relu conv(2, 3, same)] } conv(4, 1) dense(3, 2) pool(2) fc(3);
    struct Stages: 8x8x3 => conv(4, 3, same) stage1: stage(4, 2) stage(6, 3, s2) gap fc(3);
    struct Deep: 4x4x3 => deep(2) outer: 2 * { inner: 2 * { conv(2, 1) tanh } deep(1) } fc(3);
    struct Shrinks: 26x26x1 => 3 * { conv(4, 3) relu avg(2, floor) } fc(3);
    struct Branches: 5x5x3 => 2 * { add[conv(3, 1) | dw(3, same) relu | id] res { tanh } } fc(3);
}

#[test]
fn blocks() {
    check_declared!(BLOCKS:
        Once, Options, BlockTwice, Named, Labels, Basics, Squeezed, Defaults, Tapped, Hidden, InBranches, InResidual, Repeated,
        RepeatedLayer, RepeatedBlock, RepeatedOnce, RepeatedNamed, RepeatedLabels, RepeatedNumbers, Dense, Stages, Deep,
        Shrinks, Branches);
}
