//! Chains whose uses have the same weights.

use cnn_tests::{check_declared, declare};

declare! { SHARED;
    let depth = 3;

    block unit(k) { conv(k, 3, same) prelu }

    let one = { conv(4, 3, same) tanh };
    let keeps = { conv(depth, 3, same) relu };
    let normed = { conv(4, 3, same, nobias) bn relu };
    let blocks = { unit(4) res { conv(4, 1) relu } @inner gap };
    let wide = { fc(256) };
    let branched = { add[conv(3, 1) | conv(3, 3, same) tanh] };
    let deep = { depthwise: dw(3, same) conv(6, 1) relu };
    let head = { fc(4) tanh fc(2) };

    struct Alone: 5x5x3 => one fc(3);
    struct InBranches: 5x5x3 => add[one | avg(3, s1, p1) one] fc(3);
    struct InBranchesAlike: 5x5x3 => add[one | one] fc(3);
    struct BehindItself: 5x5x3 => keeps keeps keeps fc(3);
    struct Rounds: 5x5x3 => 3 * keeps fc(3);
    struct RoundsNamed: 5x5x3 => l: 2 * keeps 2 * { keeps } fc(3);
    struct SharedNorm: 5x5x3 => cat[normed | pool(3, s1, p1) normed] fc(3);
    struct SharedNormInSequence: 5x5x4 => normed normed fc(3);
    struct SharedBlocks: 5x5x3 => cat[blocks | tanh blocks | silu blocks] fc(3);
    struct OtherSizes: 6x6x3 => cat[one gap | conv(3, 3) one gap | pool(2) one gap] fc(3);
    struct SharedWide: 8x8x8 => add[wide | avg(3, s1, p1) wide] relu fc(3);
    struct SharedWideOnce: 8x8x8 => wide relu fc(3);
    struct Branched: 5x5x3 => branched tanh branched add[branched | id] fc(3);
    struct Labelled: 5x5x3 => a: keeps b: keeps keeps fc(3);
    struct LabelledLater: 5x5x3 => keeps b: keeps keeps fc(3);
    struct InBlock: 5x5x3 => unit(3) keeps unit(3) keeps fc(3);
    struct Two: 5x5x3 => add[keeps | deep conv(3, 1)] add[keeps | deep conv(3, 1)] fc(3);
    struct Siamese: (left: 5x5x3, right: 5x5x3) => cat[one(left) gap | one(right) gap] fc(3);
    struct SiameseNorm: (left: 5x5x3, right: 5x5x3) => mul[normed(left) | normed(right)] fc(3);
    struct OfTap: 5x5x3 => conv(3, 1) @a tanh @b conv(3, 1) add[keeps(a) | keeps(b) | keeps] fc(3);
    struct Heads: 5x5x3 => conv(4, 3) relu => { a: head, b: tanh conv(4, 1) head };
    struct Mixed: 5x5x3 => keeps => { a: keeps fc(2), b: conv(3, 1) keeps keeps gap };
}

#[test]
fn shared_chains() {
    check_declared!(SHARED:
        Alone, InBranches, InBranchesAlike, BehindItself, Rounds, RoundsNamed, SharedNorm, SharedNormInSequence,
        SharedBlocks, OtherSizes, SharedWide, SharedWideOnce, Branched, Labelled, LabelledLater, InBlock, Two, Siamese,
        SiameseNorm, OfTap, Heads, Mixed);
}
