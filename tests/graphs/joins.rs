//! `add`, `cat` and `mul`.

use cnn_tests::{check_declared, declare};

declare! { JOINS;
    struct AddTwo: 6x6x3 => add[conv(5, 3, same) | conv(5, 1)] fc(3);
    struct AddThree: 6x6x3 => conv(5, 3, same) add[id | conv(5, 3, same) tanh | dw(3, same)] fc(3);
    struct AddInput: 6x6x3 => add[id | conv(3, 3, same)] relu fc(3);
    struct AddTwice: 6x6x3 => tanh conv(4, 3, same) add[id | id] fc(3);
    struct AddThrice: 6x6x3 => conv(4, 3, same) add[id | id | id] tanh fc(3);
    struct AddInputTwice: 6x6x3 => add[id | id] conv(3, 3) fc(2);
    struct AddOfAdd: 6x6x3 => conv(4, 1) add[conv(4, 3, same) | id] add[id | conv(4, 1)] add[id | tanh] fc(3);
    struct AddNested: 6x6x3 =>
        conv(4, 1) add[add[id | conv(4, 3, same)] tanh | cat[conv(1, 1) | conv(3, 3, same)] | mul[id | sigmoid]] fc(3);
    struct AddRelu: 6x6x3 => conv(4, 1) add[id | conv(4, 3, same)] relu conv(4, 3) fc(3);
    struct AddSilu: 6x6x3 => conv(4, 1) add[id | conv(4, 3, same)] silu conv(4, 3) fc(3);
    struct AddTwoActivations: 6x6x3 => conv(4, 1) add[id | conv(4, 3, same)] relu tanh conv(4, 3) fc(3);
    struct AddElementwise: 6x6x3 => conv(4, 1) add[relu | tanh | silu] fc(3);
    struct AddChanged: 6x6x3 => conv(4, 1) add[conv(4, 1) relu | conv(4, 1) gelu | prelu] fc(3);
    struct AddFlattened: 4x4x3 => conv(4, 1) add[flatten | flatten] tanh fc(3);
    struct AddFlattenedOutput: 4x4x3 => conv(2, 1) add[flatten tanh | flatten];
    struct AddFlattenedParts: 4x4x3 => add[conv(4, 3) flatten | conv(4, 3) relu flatten] fc(3);
    struct AddVectors: 5x5x3 => add[gap fc(4) | gmax fc(4) | fc(4)] tanh fc(3);
    struct AddOutput: 4x4x2 => add[conv(3, 3) | pool(3, s1) conv(3, 1)];
    struct AddPool: 6x6x3 => conv(4, 1) add[id | conv(4, 3, same)] pool(2) fc(3);
    struct AddReluPool: 6x6x3 => conv(16, 1) add[id | conv(16, 3, same)] relu pool(2) fc(3);
    struct AddSixteen: 6x6x16 => conv(16, 3, same) relu add[id | conv(16, 3, same)] relu conv(16, 3, same) fc(3);
    struct AddPadded: 7x6x3 => conv(4, 1) add[id | conv(4, 1)] conv(4, 5, p[2, 1, 0, 2]) fc(3);
    struct AddSoftmax: 5x5x3 => conv(4, 1) add[softmax | id] softmax fc(3);
    struct AddDropped: 5x5x3 => conv(4, 1) add[drop(0) | id drop(0) | conv(4, 1) drop(0) relu] fc(3);
    struct AddLabelled: 5x5x3 => a: conv(4, 1) sum: add[id | b: conv(4, 1) | conv(4, 1)] @seen conv(4, 1) -> 5x5x4 fc(3);
}

declare! { CATS;
    struct CatTwo: 6x6x3 => cat[conv(5, 3, same) | conv(2, 1)] fc(3);
    struct CatThree: 6x6x3 => cat[conv(5, 3, same) relu | pool(3, s1, p1) | id] conv(4, 3) fc(3);
    struct CatTwice: 6x6x3 => conv(4, 3, same) cat[id | id] fc(3);
    struct CatInputTwice: 6x6x3 => cat[id | id] conv(4, 3) fc(3);
    struct CatWide: 6x6x3 => cat[conv(16, 3, same) | conv(17, 1) | conv(32, 1)] relu conv(4, 3, same) fc(3);
    struct CatVectors: 6x6x3 => conv(4, 3) cat[gap | gmax | fc(7)] tanh fc(3);
    struct CatFlattenedAlone: 4x4x3 => cat[conv(4, 3) flatten | conv(3, 1) flatten tanh | gap];
    struct CatFlattenedNorm: 3x3x3 => cat[conv(4, 2) flatten | gap | fc(2)] bn tanh fc(3);
    struct CatFlattenedLayerNorm: 3x3x3 => cat[gap | flatten | fc(5)] ln bias prelu fc(20);
    struct CatFlattenedTwice: 4x4x3 => cat[cat[fc(2) | flatten] tanh | cat[conv(4, 3) flatten | gap]] fc(3);
    struct CatFlattenedRows: 7x7x6 => cat[conv(4, 3) flatten | flatten] fc(3);
    struct AddCats: 3x3x3 => cat[fc(2) | flatten] add[id | tanh | bias] fc(3);
    struct FlattenedOfOneChannel: 4x4x3 => conv(1, 3) add[flatten | fc(4)] tanh mul[id | fc(4)] fc(3);
    struct CatFlattened: 4x4x3 => cat[conv(4, 3) flatten | conv(3, 1) flatten] fc(3);
    struct CatNested: 6x6x3 => cat[cat[id | conv(2, 1)] | cat[id | conv(3, 3, same) | tanh]] fc(3);
    struct CatOutput: 3x3x2 => conv(2, 1) cat[id | tanh | conv(1, 1)];
    struct CatPool: 6x6x3 => conv(4, 1) cat[id | conv(4, 3, same)] pool(2) fc(3);
    struct CatPadded: 7x6x3 => cat[conv(4, 3, same) | conv(4, 1) relu] conv(4, 3, p1) relu dw(3, p1) fc(3);
    struct CatPaddedBranches: 7x6x3 => cat[conv(4, 3, p1) conv(3, 5, p2) | conv(4, 1) conv(4, 7, p3)] fc(3);
    struct CatDense: 6x6x3 => conv(4, 3, same) cat[id | relu conv(3, 3, same)] cat[id | relu conv(3, 3, same)] fc(3);
    struct Inception: 7x7x3 =>
        conv(8, 3, same) relu
        cat[conv(4, 1) relu
          | conv(3, 1) relu conv(5, 3, same) relu
          | conv(2, 1) relu conv(3, 5, same) relu
          | pool(3, s1, p1) conv(3, 1) relu]
        pool(3, s2) gap fc(4);
    struct Strided: 8x8x3 => cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) | avg(2)] relu fc(3);
}

declare! { MULS;
    struct MulTwo: 5x5x3 => mul[conv(4, 1) | conv(4, 3, same) sigmoid] fc(3);
    struct MulSquare: 5x5x3 => conv(4, 1) mul[id | id] fc(3);
    struct MulInput: 5x5x3 => mul[id | id] fc(3);
    struct MulSwish: 5x5x3 => conv(4, 1) mul[id | sigmoid] fc(3);
    struct MulScale: 5x5x3 => conv(4, 1) mul[id | gap fc(2) relu fc(4) sigmoid] fc(3);
    struct MulScaleFirst: 5x5x3 => conv(4, 1) mul[gap fc(4) sigmoid | id] fc(3);
    struct MulScaleVolume: 5x5x3 => conv(4, 1) mul[id | avg(5) conv(4, 1) sigmoid] fc(3);
    struct MulScaleVolumeFirst: 5x5x3 => conv(4, 1) mul[pool(5) | id] fc(3);
    struct MulScaleOne: 5x5x3 => conv(4, 5) mul[id | gap] fc(3);
    struct MulScaleOneFirst: 5x5x3 => conv(4, 5) mul[flatten | id] fc(3);
    struct MulVectors: 5x5x3 => mul[fc(6) | fc(6) tanh] fc(3);
    struct MulSeventeen: 5x5x3 => conv(17, 1) mul[id | gap fc(17) hardsigmoid] conv(4, 3, same) fc(3);
    struct MulRelu: 5x5x3 => conv(4, 1) mul[id | conv(4, 1)] relu fc(3);
    struct MulOutput: 3x3x3 => conv(4, 1) mul[id | gap];
    struct MulFlattened: 4x4x3 => conv(4, 1) mul[flatten | tanh flatten] fc(3);
    struct MulPadded: 6x6x3 => conv(4, 3, p1) mul[id | gap fc(4)] conv(3, 3, p1) mul[id | sigmoid] conv(2, 5, p2) fc(2);
    struct MulScaleResidual: 6x6x3 => conv(4, 1) mul[id | gap fc(4)] res { conv(4, 3, p1) conv(4, 3, p1) } fc(3);
    struct MulScaleBorder: 6x6x3 =>
        conv(4, 1) mul[id | gap fc(4)] res { conv(4, 3, p1) conv(4, 3, p1) } relu conv(4, 3) fc(3);
    struct MulOfMul: 5x5x3 => conv(4, 1) mul[mul[id | sigmoid] | mul[gap | fc(4)]] mul[id | tanh] fc(3);
    struct Gate: 5x5x3 => conv(4, 1) add[mul[id | conv(4, 3, same) sigmoid] | mul[tanh | gap fc(4) sigmoid]] fc(3);
}

#[test]
fn adds() {
    check_declared!(JOINS:
        AddTwo, AddThree, AddInput, AddTwice, AddThrice, AddInputTwice, AddOfAdd, AddNested, AddRelu, AddSilu,
        AddTwoActivations, AddElementwise, AddChanged, AddFlattened, AddFlattenedOutput, AddFlattenedParts,
        AddVectors, AddOutput, AddPool, AddReluPool, AddSixteen, AddPadded, AddSoftmax, AddDropped, AddLabelled);
}

#[test]
fn cats() {
    check_declared!(CATS:
        CatTwo, CatThree, CatTwice, CatInputTwice, CatWide, CatVectors, CatFlattenedAlone, CatFlattenedNorm,
        CatFlattenedLayerNorm, CatFlattenedTwice, CatFlattenedRows, AddCats, FlattenedOfOneChannel, CatFlattened, CatNested,
        CatOutput, CatPool,
        CatPadded, CatPaddedBranches, CatDense, Inception, Strided);
}

#[test]
fn muls() {
    check_declared!(MULS:
        MulTwo, MulSquare, MulInput, MulSwish, MulScale, MulScaleFirst, MulScaleVolume, MulScaleVolumeFirst,
        MulScaleOne, MulScaleOneFirst, MulVectors, MulSeventeen, MulRelu, MulOutput, MulFlattened, MulPadded, MulScaleResidual,
        MulScaleBorder, MulOfMul,
        Gate);
}
