//! Batch norms and wide layers, which end a stage of training, within branches; readers of one value that differ.

use cnn_tests::{check_declared, declare};

declare! { STAGES;
    struct NormInBranch: 5x5x3 => conv(4, 1) add[bn | conv(4, 3, same)] relu fc(3);
    struct NormInOther: 5x5x3 => conv(4, 1) add[conv(4, 3, same) | bn] relu fc(3);
    struct NormInBoth: 5x5x3 => conv(4, 1) add[conv(4, 1) bn relu | conv(4, 3, same) bn] relu fc(3);
    struct NormTwiceInBoth: 5x5x3 => conv(4, 1) cat[conv(4, 1) bn relu conv(4, 1) bn | bn tanh conv(3, 1) bn] fc(3);
    struct NormOfJoin: 5x5x3 => conv(4, 1) add[id | conv(4, 3, same)] bn relu fc(3);
    struct NormOfCat: 5x5x3 => cat[conv(4, 1) | conv(3, 3, same)] bn silu fc(3);
    struct NormUnread: 5x5x3 => conv(4, 1) @seen conv(4, 1) bn relu conv(3, 1) bn => { seen: @seen };
    struct WideUnread: 6x6x3 => conv(8, 1) tanh @seen fc(512) relu fc(3) => { seen: @seen };
    struct NormOfInput: 5x5x3 => cat[bn | conv(3, 3, same) bn] fc(3);
    struct NormOfVectors: 5x5x3 => conv(4, 3) cat[gap | fc(5) bn] bn tanh fc(3);
    struct NormAlike: 5x5x3 => conv(4, 1) add[bn | bn] relu fc(3);
    struct NormAcross: 5x5x3 => conv(4, 1) @a bn relu conv(4, 1) bn relu conv(4, 1) bn add[id | @a] fc(3);
    struct NormLast: 4x4x3 => conv(3, 1) add[id | conv(3, 1)] bn;
    struct NormPadded: 5x5x3 => conv(4, 3, p1) bn relu add[conv(4, 3, p1) bn | conv(4, 5, p2) bn] relu conv(3, 3, p1) fc(3);
    struct NormScale: 5x5x3 => conv(4, 1) bn mul[id | gap fc(4) bn sigmoid] relu fc(3);

    struct WideInBranch: 8x8x8 => conv(8, 3, p1) relu add[fc(256) | gap fc(256)] relu fc(3);
    struct WideInBoth: 8x8x8 => conv(8, 1) relu cat[fc(256) relu | tanh fc(256)] fc(3);
    struct WideOfJoin: 8x8x8 => add[id | conv(8, 3, p1)] fc(256) relu fc(3);
    struct WideOfInput: 8x8x8 => cat[fc(256) | gap] relu fc(3);
    struct WideAndNorm: 8x8x8 => conv(8, 1) bn cat[relu fc(256) bn | conv(2, 1) bn fc(8)] relu fc(3);
    struct WideResidual: 384 => res { fc(384) relu } tanh res { fc(384) } fc(3);
    struct WideHeads: 8x8x8 => conv(8, 3, p1) relu => { a: fc(256), b: gap fc(2), c: tanh fc(256) };
    struct WideAcross: 8x8x8 => conv(8, 1) @a fc(256) relu cat[id | @a gap | @a flatten] fc(2);
}

declare! { READERS;
    struct ConvPoolFc: 6x6x3 => conv(4, 3, same) relu cat[conv(3, 3) fc(2) | pool(2) fc(3) | fc(4)] fc(3);
    struct ConvPoolFcOfInput: 6x6x3 => cat[conv(3, 3) fc(2) | pool(2) fc(3) | fc(4) | gap] fc(3);
    struct Paddings: 6x6x3 =>
        conv(4, 1) cat[conv(2, 3, p1) | conv(2, 5, p2) | conv(2, 1) | dw(3, p1) | pool(3, s1, p1) | avg(3, s1, p1)] fc(3);
    struct PaddingsOfInput: 6x6x3 => cat[conv(2, 3, p1) | conv(2, 5, p2) | conv(2, 1) | id] fc(3);
    struct PaddingsOfSum: 6x6x3 => conv(4, 1) add[id | tanh] add[conv(4, 3, p1) | conv(4, 1) | id] conv(2, 7, p3) fc(3);
    struct PaddedAndFlat: 6x6x3 => conv(4, 3, p1) cat[conv(2, 3, p1) fc(4) | fc(3) | flatten tanh fc(2)] fc(3);
    struct PaddedGradients: 8x8x3 => conv(4, 3, p1) cat[conv(2, 3, s2, p1, floor) | conv(3, 5, s2, p2, floor) | avg(2)] fc(3);
    struct Views: 6x6x3 => conv(4, 1) cat[flatten | flatten tanh | flatten fc(3) | relu flatten] fc(3);
    struct ElementwiseReaders: 6x6x3 => conv(4, 1) cat[relu | tanh | gelu | sigmoid | prelu | id] fc(3);
    struct ElementwiseOfRelu: 6x6x3 => conv(4, 1) relu add[tanh | silu | relu] relu fc(3);
    struct ElementwiseChains: 6x6x3 => conv(4, 1) add[relu tanh | id id | silu sigmoid id] fc(3);
    struct Winograd: 8x8x32 => conv(32, 3, p1) relu add[conv(32, 3, p1) relu | id] relu conv(32, 3, p1) gap fc(3);
    struct WinogradBranches: 9x7x32 => cat[conv(32, 3, p1) | conv(16, 3, p1) | conv(32, 3, p1, direct)] gap fc(3);
    struct Depthwise: 7x7x16 => cat[dw(3, p1) | dw(5, p2) | id] dw(3, s2, floor) gap fc(3);
    struct Softmaxes: 5x5x3 => conv(4, 1) mul[softmax | id] add[id | softmax] fc(4) mul[softmax | id] fc(3);
    struct Attention: 6x6x3 => conv(4, 1) @x gap fc(4) sigmoid @s => { scaled: mul[@x | @s], weights: @s, x: @x pool(3) };
    /// Heads that leave what learns behind them unread.
    struct Unread: 5x5x3 => conv(4, 1) @a conv(3, 1) bn @b fc(2) @c => { a: @a fc(3), b: @b tanh };
}

#[test]
fn stages() {
    check_declared!(STAGES:
        NormInBranch, NormInOther, NormInBoth, NormTwiceInBoth, NormOfJoin, NormOfCat, NormUnread, WideUnread, NormOfInput, NormOfVectors,
        NormAlike, NormAcross, NormLast, NormPadded, NormScale, WideInBranch, WideInBoth, WideOfJoin, WideOfInput,
        WideAndNorm, WideResidual, WideHeads, WideAcross);
}

#[test]
fn readers() {
    check_declared!(READERS:
        ConvPoolFc, ConvPoolFcOfInput, Paddings, PaddingsOfInput, PaddingsOfSum, PaddedAndFlat, PaddedGradients, Views,
        ElementwiseReaders, ElementwiseOfRelu, ElementwiseChains, Winograd, WinogradBranches, Depthwise, Softmaxes,
        Attention, Unread);
}
