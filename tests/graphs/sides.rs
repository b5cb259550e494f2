//! Several inputs, several heads.

use cnn_tests::{check_declared, declare};

declare! { HEADS;
    struct TwoHeads: 6x6x2 => conv(4, 3) relu => { class: fc(3), place: conv(2, 1) tanh };
    struct ThreeHeads: 6x6x2 => conv(4, 3) bn relu => { a: gap fc(3), b: fc(2) tanh, c: conv(3, 3, s2, floor) relu };
    struct OneHead: 6x6x2 => conv(4, 3) relu => { only: fc(3) };
    struct HeadIsIdentity: 4x4x2 => conv(2, 3) tanh => { trunk: id, class: fc(3) };
    struct HeadsAreIdentity: 4x4x2 => conv(2, 3) tanh => { a: id, b: id };
    struct HeadIsEmpty: 4x4x2 => conv(2, 3) tanh => { trunk: , class: fc(3) };
    struct HeadsAreEmpty: 4x4x2 => conv(2, 3) tanh => { a: , b: , c: tanh };
    struct HeadIsTap: 4x4x2 => conv(2, 3) @a tanh conv(3, 1) => { early: @a, late: fc(3), again: @a fc(2) };
    struct HeadsAreTaps: 4x4x2 => conv(2, 3) @a tanh @b => { early: @a, again: @a, late: @b };
    struct HeadIsElementwise: 4x4x2 => conv(2, 3) => { a: relu, b: tanh, c: silu };
    struct HeadIsFlattened: 4x4x3 => conv(2, 3) => { flat: flatten, volume: id, soft: flatten softmax };
    struct HeadIsDropped: 4x4x3 => conv(2, 3) => { a: drop(0), b: drop(0) fc(2) };
    struct HeadIsInput: 4x4x2 => => { same: id, class: fc(3) };
    struct HeadOfInput: 4x4x2 => => { a: conv(2, 3), b: conv(3, 3, p1) };
    struct HeadsWithNorm: 5x5x2 => conv(4, 3) => { a: bn relu fc(2), b: conv(3, 1) bn gap };
    struct HeadsWithResidual: 5x5x2 => conv(4, 3) relu => { a: res { conv(4, 1) } gap, b: add[id | tanh] fc(2) };
    struct HeadsWithTaps: 6x6x2 => conv(4, 3) @a => { x: conv(4, 1) @b add[id | @a], y: @a fc(2) @c tanh };
    struct HeadsPadded: 5x5x2 => conv(4, 3, p1) => { a: conv(2, 3, p1), b: conv(2, 5, p2), c: id, d: dw(3, p1) gap };
    struct Detector: 8x8x2 =>
        conv(4, 3, p1) relu @high pool(2) conv(6, 3, p1) relu
        => { far: conv(3, 1), near: @high conv(3, 1) pool(4), what: gap fc(3) };
}

declare! { INPUTS;
    block fuse(k) { conv(k, 3, same) relu }

    struct TwoInputs: (left: 6x6x2, right: 6x6x2) => cat[@left conv(3, 3) | @right conv(4, 3)] relu fc(3);
    struct AddInputs: (left: 4x4x2, right: 4x4x2) => add[@left | @right] fc(3);
    struct MulInputs: (left: 4x4x2, right: 4x4x2) => mul[@left | @right] conv(2, 3) fc(3);
    struct ScaleInput: (picture: 4x4x3, factors: 3) => mul[@picture | @factors] fc(3);
    struct ScaleInputFirst: (factors: 3, picture: 4x4x3) => mul[@factors | @picture] fc(3);
    struct PictureAndNumbers: (picture: 6x5x2, numbers: 7) => cat[@picture conv(4, 3) relu fc(6) | @numbers fc(3) tanh] fc(3);
    struct VectorsOnly: (a: 5, b: 3) => cat[@a | @b] fc(4) tanh fc(2);
    struct ThreeInputs: (a: 5x5x1, b: 3x3x2, c: 4) => cat[@a conv(4, 3) gap | @b conv(3, 1) gmax | @c | @b fc(2)] fc(3);
    struct OneInput: (only: 5x5x2) => @only fuse(3) add[id | @only conv(3, 1)] fc(3);
    struct BeginsWithOne: (a: 5x5x2, b: 3) => @a fuse(4) gap cat[id | @b] relu fc(3);
    struct Late: (a: 5x5x2, b: 5x5x3) => @a fuse(3) add[id | @b] conv(4, 3) fc(3);
    struct InputTwice: (a: 5x5x2, b: 5x5x2) => cat[@a | @b | @a conv(2, 1)] add[@a conv(6, 1) | id] fc(3);
    struct InputPadded: (a: 5x5x2, b: 5x5x2) => cat[@a conv(3, 3, p1) | @b conv(2, 5, p2) | @b | @a dw(3, p1)] fc(3);
    struct InputNorm: (a: 5x5x2, b: 5x5x2) => add[@a bn | @b bn relu] fc(3);
    struct InputsAndHeads: (a: 5x5x2, b: 4) =>
        cat[@a conv(4, 3) relu fc(4) | @b] => { a: fc(2), b: tanh, c: @a conv(2, 3) };
    struct InputsAsHeads: (a: 3x3x2, b: 4) => @b fc(2) => { a: @a tanh, b: id, c: @b };
}

#[test]
fn heads() {
    check_declared!(HEADS:
        TwoHeads, ThreeHeads, OneHead, HeadIsIdentity, HeadsAreIdentity, HeadIsEmpty, HeadsAreEmpty, HeadIsTap,
        HeadsAreTaps, HeadIsElementwise, HeadIsFlattened, HeadIsDropped, HeadIsInput, HeadOfInput, HeadsWithNorm,
        HeadsWithResidual, HeadsWithTaps, HeadsPadded, Detector);
}

#[test]
fn inputs() {
    check_declared!(INPUTS:
        TwoInputs, AddInputs, MulInputs, ScaleInput, ScaleInputFirst, PictureAndNumbers, VectorsOnly, ThreeInputs,
        OneInput, BeginsWithOne, Late, InputTwice, InputPadded, InputNorm, InputsAndHeads, InputsAsHeads);
}
