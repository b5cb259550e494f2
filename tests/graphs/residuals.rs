//! `res`, with every sort of `via`.

use cnn_tests::{check_declared, declare};

declare! { RESIDUALS;
    struct Plain: 6x6x3 => conv(4, 1) res { conv(4, 3, same) relu conv(4, 3, same) } relu fc(3);
    struct First: 6x6x3 => res { conv(3, 3, same) tanh } fc(3);
    struct Last: 4x4x2 => conv(3, 1) res { conv(3, 3, same) };
    struct BehindRelu: 6x6x3 => conv(4, 1) relu res { conv(4, 3, same) } relu res { conv(4, 3, same) } relu fc(3);
    struct BehindResidual: 6x6x3 => conv(4, 1) res { conv(4, 1) } res { tanh } res { conv(4, 3, same) } fc(3);
    struct OfRelu: 6x6x3 => conv(4, 1) res { relu } fc(3);
    struct OfReluConv: 6x6x3 => conv(4, 1) res { relu conv(4, 3, same) } res { gelu conv(4, 3, same) } fc(3);
    struct OfIdentity: 6x6x3 => conv(4, 1) res { id } fc(3);
    struct OfDropout: 6x6x3 => conv(4, 1) res { drop(0) conv(4, 1) drop(0) } fc(3);
    struct OfVector: 6x6x3 => fc(5) relu res { fc(5) relu } fc(3);
    struct OfFlattened: 4x4x2 => conv(2, 1) flatten res { tanh } fc(3);
    struct WithinResidual: 6x6x3 => conv(4, 1) res { conv(4, 1) res { tanh conv(4, 3, same) } relu } fc(3);
    struct WithinJoin: 6x6x3 => conv(4, 1) cat[res { conv(4, 1) } | res { conv(4, 3, same) relu } tanh] fc(3);
    struct OfJoin: 6x6x3 => conv(4, 1) res { cat[conv(2, 1) | conv(2, 3, same)] } relu fc(3);
    struct AutoSame: 6x6x3 => conv(4, 1) res { conv(4, 3, same) } via auto relu fc(3);
    struct AutoChannels: 6x6x3 => res { conv(4, 3, same) relu conv(5, 1) } via auto relu fc(3);
    struct AutoStride: 8x8x3 => res { conv(3, 3, s2, p1, floor) } via auto relu fc(3);
    struct AutoStridePair: 7x8x3 => res { conv(4, 3x1, s2x1, p1x0, floor) } via auto fc(3);
    struct AutoNorm: 6x6x3 => res { conv(4, 3, s2, p1, floor, nobias) bn relu conv(4, 3, same, nobias) bn } via auto relu fc(3);
    struct AutoSameNorm: 6x6x4 => res { conv(4, 3, same, nobias) bn } via auto relu fc(3);
    struct AutoInnerNorm: 6x6x3 => res { add[conv(4, 1) | conv(4, 3, same) bn] } via auto relu fc(3);
    struct AutoPool: 6x6x3 => res { pool(2) conv(5, 1) } via auto fc(3);
    struct ViaLayers: 6x6x3 => res { conv(4, 3, s2, p1, floor) } via { avg(2) conv(4, 1) } relu fc(3);
    struct ViaNorm: 6x6x3 => res { conv(4, 3, same) bn } via { conv(4, 1) bn } relu fc(3);
    struct ViaPool: 6x6x3 => res { conv(3, 3, s2, p1, floor) relu } via { pool(2) } fc(3);
    struct ViaElementwise: 6x6x3 => conv(4, 1) res { conv(4, 3, same) } via { tanh } fc(3);
    struct ViaResidual: 6x6x3 => res { conv(4, 1) } via { conv(4, 3, same) res { relu conv(4, 1) } } fc(3);
    struct Labelled: 6x6x3 =>
        stage: res { a: conv(4, 3, s2, p1, floor) bn } via auto @first
        res { conv(4, 1) @inner relu } via { b: conv(4, 1) } relu fc(3);
    struct PreActivation: 6x6x3 =>
        conv(4, 3, same) res { bn relu conv(4, 3, same) bn relu conv(4, 3, same) }
        res { bn relu conv(6, 3, s2, p1, floor) } via auto bn relu gap fc(3);
    struct Inverted: 6x6x4 => res { conv(8, 1, nobias) bn relu dw(3, same, nobias) bn relu conv(4, 1, nobias) bn } gap fc(3);
    struct ConvNext: 6x6x4 => res { dw(5, same) bn conv(8, 1) gelu conv(4, 1) } res { dw(3, same) conv(8, 1) silu conv(4, 1) } gap fc(3);
}

#[test]
fn residuals() {
    check_declared!(RESIDUALS:
        Plain, First, Last, BehindRelu, BehindResidual, OfRelu, OfReluConv, OfIdentity, OfDropout, OfVector,
        OfFlattened, WithinResidual, WithinJoin, OfJoin, AutoSame, AutoChannels, AutoStride, AutoStridePair, AutoNorm,
        AutoSameNorm, AutoInnerNorm, AutoPool, ViaLayers, ViaNorm, ViaPool, ViaElementwise, ViaResidual, Labelled,
        PreActivation, Inverted, ConvNext);
}
