//! Branches of `cat` that are written in place, and those beside them that are copied.

use cnn_tests::{check_declared, declare};

declare! { CATS;
    struct Fire: 7x7x3 =>
        conv(3, 1) relu cat[conv(5, 1) relu | conv(4, 3, p1) relu] conv(3, 1) relu cat[conv(4, 1) relu | conv(5, 3, p1) relu] fc(3);
    struct FireRepeated: 7x7x3 =>
        conv(9, 1) 3 * { conv(3, 1) relu cat[conv(5, 1) relu | conv(4, 3, p1) relu] } fc(3);
    struct BatchNorms: 7x7x3 =>
        cat[conv(4, 1, nobias) bn relu | conv(3, 1) bn relu conv(17, 3, p1) bn tanh | pool(3, s1, p1) conv(3, 1) bn] conv(3, 3, p1) fc(3);
    struct Winograd: 8x8x16 => cat[conv(16, 3, p1) relu | conv(20, 3, p1) silu] conv(3, 1) fc(3);
    struct Pooled: 8x10x3 =>
        cat[conv(17, 3, p1) relu pool(2) | conv(5, 1) pool(2) tanh | avg(2) | pool(2) conv(4, 3, p1) silu pool(3, s1, p1)] conv(3, 3) fc(3);
    struct Skip: 8x8x2 =>
        conv(4, 3, p1) relu @fine pool(2) conv(6, 3, p1) relu @coarse pool(2) conv(5, 1) relu
        deconv(6, 2, s2) cat[@coarse | id] conv(6, 3, p1) relu
        deconv(4, 2, s2) cat[@fine | id] conv(3, 3, p1) relu;
    struct SkipUp: 8x8x2 =>
        conv(4, 3, p1) bn relu @fine pool(2) conv(6, 3, p1) relu up(2) cat[id | @fine] dw(3, p1) relu
        conv(4, 1) @low avg(2) up(2, bilinear) cat[id | @low] conv(2, 3, p1) fc(3);
    struct Dense: 6x6x3 =>
        conv(4, 3, p1) 3 * cat[id | bn relu conv(5, 1) bn relu conv(3, 3, p1)]
        bn relu conv(4, 1) avg(2) 2 * cat[id | bn relu conv(3, 3, p1)] bn relu gap fc(3);
    struct DensePlain: 6x6x3 => conv(4, 3, p1) cat[id | conv(3, 3, p1) tanh] cat[id | tanh conv(3, 3, p1)] conv(3, 3) fc(3);
    struct Nested: 6x6x3 =>
        conv(4, 1) cat[cat[conv(2, 1) | conv(17, 3, p1) relu] | cat[conv(3, 3, p1) tanh | cat[conv(2, 1) | pool(3, s1, p1)]]] fc(3);
    struct NestedShared: 6x6x3 => conv(4, 1) @a conv(3, 1) cat[cat[id | @a] | @a | conv(2, 1)] conv(3, 3, p1) fc(3);
    struct Shared: 6x6x3 => conv(4, 1) cat[id | id | relu | conv(3, 3, p1)] conv(3, 1) fc(3);
    struct SharedByTwo: 6x6x3 =>
        conv(4, 1) relu @a conv(3, 3, p1) relu cat[@a | id] conv(3, 1) cat[id | @a] fc(3);
    struct SharedDense: 6x6x3 => conv(4, 1) relu @a cat[conv(3, 1) | @a] fc(3);
    struct SharedBorder: 6x6x3 => conv(4, 1) relu @a conv(3, 3, p1) cat[@a | id] fc(3);
    struct SharedWindows: 6x6x3 => conv(4, 1) @a dw(3, p1) cat[id | @a] conv(5, 3, p1) @b conv(4, 3, s2, p1, floor) up(2) cat[@b | id] conv(3, 3, p1) fc(3);
    struct WrittenOver: 6x6x3 => cat[conv(4, 1) tanh | conv(3, 3, p1)] relu conv(4, 3, p1) @a conv(4, 1) cat[@a | id] silu fc(3);
    struct WrittenOverNested: 6x6x3 => cat[cat[conv(4, 1) tanh | conv(3, 1)] | conv(4, 1) sigmoid] relu dw(3) fc(3);
    struct Vectors: 6x6x3 => conv(20, 3) cat[gap fc(7) relu | gmax | fc(17) bn tanh | gap] fc(5) relu cat[id | fc(4)] fc(3);
    struct Pixels: 3x3x3 => cat[conv(17, 3) bn relu | pool(3) conv(4, 1) relu] conv(5, 1) cat[id | bn] conv(3, 1);
    struct Slices: 6x6x4 => cat[slice(0, 2) | slice(2, 4) conv(3, 1) relu dw(3, p1) bn conv(2, 1) bn relu] shuffle(2)
        cat[slice(0, 2) | slice(2, 4) dw(3, p1) bn] fc(3);
    struct Grouped: 6x6x4 => conv(4, 3, g2, p1) relu cat[conv(6, 3, g2, p1) | conv(4, 3, s1, d2, p2)] conv(4, 3, g2) fc(3);
    struct Dropped: 6x6x3 => cat[conv(4, 1) relu drop(0) | conv(4, 3, p1) drop(0) | drop(0)] fc(3);
    struct Output: 4x4x3 => conv(4, 1) cat[conv(3, 1) tanh | conv(2, 3, p1)];
    struct Heads: 4x4x3 => conv(4, 3, p1) relu cat[conv(3, 1) tanh @seen | conv(2, 3, p1) relu @too] => {
        a: fc(2),
        b: conv(2, 1)
    };
    struct Joined: 4x4x3 => cat[conv(4, 1) add[id | conv(4, 1)] relu | conv(4, 1) mul[id | gap fc(4)]] conv(3, 3, p1) fc(2);
    struct AddedTo: 6x6x3 => conv(4, 1) add[id | cat[id | conv(3, 1)] relu conv(4, 1)] relu fc(3);
    struct AddedToLater: 6x6x3 =>
        conv(4, 1) add[id | cat[id | conv(3, 1)] conv(5, 1) relu conv(4, 3, p1)] relu cat[id | conv(2, 1)] fc(3);
    struct Sums: 6x6x3 =>
        cat[conv(4, 1) add[id | conv(4, 1) relu conv(4, 1)] relu | conv(17, 1) res { conv(3, 1) relu conv(17, 3, p1) bn } tanh]
        conv(16, 3, p1) res { conv(16, 3, p1) relu conv(16, 3, p1) bn } relu conv(2, 3, p1) fc(3);
}

#[test]
fn branches_in_place() {
    check_declared!(CATS:
        Fire, FireRepeated, BatchNorms, Winograd, Pooled, Skip, SkipUp, Dense, DensePlain, Nested, NestedShared, Shared,
        SharedByTwo, SharedDense, SharedBorder, SharedWindows, WrittenOver, WrittenOverNested, Vectors, Pixels, Slices, Grouped, Dropped,
        Output, Heads, Joined, AddedTo, AddedToLater, Sums);
}

declare! { INPUTS;
    let encoder = { conv(5, 3, p1) relu };

    struct Inputs: (left: 5x5x2, right: 5x5x3) => cat[@left | @right conv(3, 3, p1) relu | @right] conv(3, 3, p1) fc(2);
    struct Encoders: (left: 6x6x2, right: 6x6x2) => cat[encoder(left) | encoder(right)] conv(3, 3, p1) fc(2);
}

#[test]
fn branches_of_inputs() {
    check_declared!(INPUTS: Inputs, Encoders);
}
