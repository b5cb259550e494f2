//! Every kind of layer and every option of it, in a network of its own, against the float64 reference.

#![allow(deprecated, reason = "what is unusual is tested too")]

use cnn::{Network, SoftmaxCrossEntropy, Volume, network};
use cnn_tests::check::{check, check_all};

network! {
    // Convolution: every option.
    struct Conv: 9x9x3 => relu conv(4, 3) fc(3);
    struct ConvOne: 6x6x5 => tanh conv(7, 1) fc(3);
    struct ConvPad: 7x8x3 => tanh conv(5, 3, p1) relu fc(3);
    struct ConvPadPair: 7x8x3 => tanh conv(5, 3x5, p1x2) fc(3);
    struct ConvPadSides: 7x8x3 => tanh conv(5, 3, p[1, 0, 2, 1]) fc(3);
    struct ConvSame: 9x7x2 => tanh conv(5, 4, same) fc(3);
    struct ConvSameStride: 9x10x2 => tanh conv(5, 3, s2, same) fc(3);
    struct ConvValid: 9x7x2 => tanh conv(5, 3, valid) fc(3);
    struct ConvSolve: 7x7x2 => tanh conv(5, 3, s3, p?) fc(3);
    struct ConvStride: 11x9x3 => tanh conv(6, 3, s2) fc(3);
    struct ConvStridePair: 11x9x3 => tanh conv(6, 3, s2x1) fc(3);
    struct ConvStrideBeyond: 13x13x3 => tanh conv(6, 1, s3) fc(3);
    struct ConvRectangle: 9x11x3 => tanh conv(6, 2x5) fc(3);
    struct ConvDilation: 11x11x3 => tanh conv(6, 3, d2) fc(3);
    struct ConvDilationPair: 11x11x3 => tanh conv(6, 3, d1x3, p2) fc(3);
    struct ConvGroups: 8x8x6 => tanh conv(9, 3, g3) fc(3);
    struct ConvManyGroups: 6x6x8 => tanh conv(16, 3, g8, p1) fc(3);
    struct ConvNoBias: 8x8x3 => tanh conv(4, 3, nobias) fc(3);
    struct ConvFloor: 8x9x3 => tanh conv(4, 3, s2, floor) fc(3);
    struct ConvCeil: 8x9x3 => tanh conv(4, 4, s2, ceil) fc(3);
    struct ConvLong: 9x9x4 => tanh conv(4, 3, stride = 2, padding = 1, groups = 2) fc(3);
    struct ConvEverything: 12x13x4 => tanh conv(6, 3x2, s2x1, p[1, 0, 2, 1], d2, g2, nobias, floor) fc(3);

    // Convolution: numbers of channels on both sides of a vector, and the sizes with kernels of their own.
    struct ConvOneChannel: 9x9x1 => conv(4, 5, p2) tanh fc(3);
    struct ConvTwelve: 6x7x12 => conv(12, 3, p1) tanh fc(3);
    struct ConvSixteen: 6x7x16 => conv(16, 3, p1) tanh fc(3);
    struct ConvSeventeen: 6x7x17 => conv(17, 3, p1) tanh fc(3);
    struct ConvThirtyThree: 6x6x20 => conv(33, 3) tanh fc(3);
    struct ConvWide: 3x20x16 => conv(32, 3, p1) relu fc(3);
    struct ConvFive: 8x8x16 => conv(16, 5, p2) relu avg(4) fc(3);
    struct ConvSeven: 10x10x3 => conv(16, 7, s2, p3, floor) relu fc(3);
    struct ConvWhole: 5x6x4 => tanh conv(20, 5x6) tanh fc(3);
    struct ConvTwice: 8x8x8 => conv(16, 3, p1) relu conv(16, 3, p1) relu gap fc(3);
    struct ConvVolume: 6x6x3 => tanh conv(4, 3);

    // Convolution in fewer multiplications: large tiles, small tiles, every padding, and neither.
    struct ConvTiles: 8x8x16 => tanh conv(32, 3, p1) relu conv(48, 3, p1) tanh fc(3);
    struct ConvSmallTiles: 6x6x32 => tanh conv(33, 3, p1) relu conv(32, 3, p1, nobias) avg(2) fc(3);
    struct ConvTilesSides: 9x11x32 => tanh conv(33, 3, p[2, 0, 1, 2]) tanh fc(3);
    struct ConvTilesValid: 10x14x32 => conv(32, 3) bn relu conv(64, 3) silu gap fc(3);
    struct ConvTilesTogether: 9x13x16 => tanh conv(33, 3, p1) relu conv(16, 5, p2) gap fc(3);
    struct ConvTilesBlocks: 6x8x80 => tanh conv(144, 3, p1) relu conv(16, 3) gap fc(3);
    struct ConvDirect: 8x8x32 => tanh conv(32, 3, p1, direct) tanh fc(3);
}

network! {
    // Depthwise convolution.
    struct Dw: 8x8x5 => tanh dw(3) fc(3);
    struct DwPad: 8x7x5 => tanh dw(3, p1) fc(3);
    struct DwSides: 8x7x5 => tanh dw(3, p[0, 2, 1, 0]) fc(3);
    struct DwStride: 9x9x16 => tanh dw(3, s2, p1) fc(3);
    struct DwDilation: 9x9x4 => tanh dw(3, d2) fc(3);
    struct DwRectangle: 9x8x17 => tanh dw(1x5) fc(3);
    struct DwFive: 9x8x20 => tanh dw(5, same) fc(3);
    struct DwNoBias: 9x8x3 => tanh dw(3, nobias) fc(3);
    struct DwFloor: 8x8x3 => tanh dw(3, s2, floor) relu fc(3);
    struct DwCeil: 8x8x3 => tanh dw(3, s2, ceil) relu fc(3);
    struct DwSolve: 7x7x3 => tanh dw(3, s3, p?) fc(3);
    struct Separable: 8x8x6 => dw(3, p1) relu conv(9, 1) relu gap fc(3);

    // Transposed convolution.
    struct Deconv: 4x5x3 => tanh deconv(4, 3) fc(3);
    struct DeconvDouble: 4x5x3 => conv(6, 3, p1) relu deconv(5, 2, s2) relu fc(3);
    struct DeconvPad: 4x5x6 => tanh deconv(17, 4, s2, p1) tanh fc(3);
    struct DeconvMore: 3x4x16 => tanh deconv(16, 3, s2, p1, o1) gelu conv(3, 3, p1) fc(3);
    struct DeconvSides: 4x5x3 => tanh deconv(4, 3x4, s2x3, p[1, 0, 2, 1], o1x2) fc(3);
    struct DeconvDilation: 4x5x3 => tanh deconv(4, 3, d2, p1) fc(3);
    struct DeconvApart: 3x3x3 => tanh deconv(4, 2, s3, output_padding = 2) relu fc(3);
    struct DeconvGroups: 4x4x6 => tanh deconv(9, 3, g3, s2) fc(3);
    struct DeconvNoBias: 4x4x3 => tanh deconv(4, 3, p1, nobias) bn relu fc(3);
    struct DeconvNorm: 4x4x6 => tanh deconv(34, 3, g2, s2, p1) bn relu deconv(5, 2, s3) bn fc(3);
    struct DeconvOne: 5x5x4 => tanh deconv(3, 1) fc(3);
    struct DeconvFirst: 4x4x3 => deconv(4, 3, s2, p2) relu gap fc(3);
    struct DeconvLast: 4x4x3 => conv(8, 3, s1, p1) tanh deconv(2, 4, s2, p1);
    struct DeconvTwice: 3x3x8 => deconv(8, 4, s2, p1) relu deconv(4, 4, s2, p1) relu conv(2, 3, p1) tanh gap;

    // Enlarging and rearranging.
    struct Up: 4x5x3 => conv(4, 3, p1) tanh up(2) conv(3, 3, p1) tanh gap;
    struct UpPair: 4x5x17 => tanh up(2x3, nearest) tanh fc(3);
    struct UpBilinear: 4x5x3 => conv(16, 3, p1) up(2, bilinear) conv(3, 3, p1) tanh fc(3);
    struct UpBilinearPair: 1x5x3 => tanh up(3x4, bilinear) relu fc(3);
    struct Adaptive: 7x5x3 => conv(17, 3, p1) relu adaptive(3x2) tanh fc(3);
    struct AdaptiveLarger: 3x4x3 => tanh adaptive(5) conv(2, 3, p1) fc(3);
    struct PixelShuffle: 4x5x3 => conv(12, 3, p1) pixelshuffle(2) conv(2, 3, p1) tanh gap;
    struct PixelShuffleLast: 3x4x2 => conv(18, 1) tanh pixelshuffle(3);
    struct Shuffle: 4x5x6 => conv(12, 3, g3, p1) shuffle(3) conv(6, 3, g2) tanh fc(3);
    struct ShuffleVector: 12 => fc(12) tanh shuffle(4) fc(3);
    struct Slice: 4x5x3 => conv(20, 3, p1) tanh slice(2, 19) conv(3, 3, p1) tanh fc(3);
    struct SliceVector: 12 => fc(20) tanh slice(16, 20) fc(3);
    struct Reshape: 4x6x3 => conv(4, 3, p1) tanh reshape(8x2x6) conv(3, 3, p1) tanh fc(3);
    struct ReshapeList: 5x6x2 => tanh reshape([3, 4, 5]) fc(3);
    struct ReshapeUnflatten: 10 => fc(48) relu reshape(4x4x3) conv(5, 3, p1) relu fc(3);
    struct ReshapeBack: 4x5x3 => conv(4, 3, p1) flatten tanh reshape(4x5x4) conv(3, 3, p1) tanh fc(3);
    struct ReshapeFlatten: 5x4x3 => conv(4, 3, p1) reshape(80) bn tanh fc(3);

    // Normalisations.
    struct Ln: 4x5x3 => conv(5, 3, p1) ln relu fc(3);
    struct LnChannels: 4x5x3 => conv(17, 3, p1) ln(channels, eps = 1e-3) tanh conv(3, 3) fc(3);
    struct LnVector: 12 => fc(20) ln tanh fc(3);
    struct LnFlatten: 4x5x3 => conv(4, 3) flatten ln tanh fc(3);
    struct LnFirst: 4x5x3 => ln conv(4, 3) tanh fc(3);
    struct Gn: 4x5x3 => conv(6, 3, p1) gn(3) relu conv(4, 3, p1) fc(3);
    struct GnMany: 4x5x3 => conv(66, 3, p1) gn(2, eps = 1e-3) tanh gap fc(3);
    struct GnVector: 12 => fc(24) gn(2) tanh fc(3);
    struct Inorm: 4x5x3 => conv(17, 3, p1) inorm gelu conv(4, 3) fc(3);
    struct InormFirst: 4x5x3 => inorm(eps = 1e-2) conv(4, 3) fc(3);
    struct Lrn: 4x5x3 => conv(18, 3, p1) relu lrn(5, alpha = 0.5) conv(4, 3, p1) fc(3);
    struct LrnEven: 4x5x7 => tanh lrn(4, alpha = 1.0, beta = 0.6, k = 2.0) fc(3);
    struct LrnDefault: 4x5x3 => conv(5, 3) relu lrn(5) pool(2x3) fc(3);
    struct L2Norm: 4x5x3 => conv(17, 3, p1) l2norm tanh fc(3);
    struct L2NormVector: 12 => fc(7) l2norm;
    struct LogSoftmax: 12 => fc(7) logsoftmax;
    struct LogSoftmaxVolume: 4x5x3 => conv(5, 3) logsoftmax conv(3, 1) gap;

    // Pools.
    struct Pool: 8x6x3 => conv(5, 3, p1) relu pool(2) fc(3);
    struct PoolSixteen: 8x6x3 => conv(16, 3, p1) relu pool(2) fc(3);
    struct PoolOverlap: 9x9x3 => tanh pool(3, s2) fc(3);
    struct PoolStrideOne: 6x6x5 => tanh pool(2, s1) fc(3);
    struct PoolPad: 7x7x3 => tanh pool(3, s2, p1) fc(3);
    struct PoolSides: 7x7x3 => tanh pool(3, s2, p[1, 1, 0, 0]) fc(3);
    struct PoolSame: 7x7x3 => tanh pool(3, s2, same) fc(3);
    struct PoolFloor: 7x9x3 => tanh pool(2, floor) fc(3);
    struct PoolCeil: 7x9x3 => tanh pool(2, ceil) fc(3);
    struct PoolCeilPad: 8x8x3 => tanh pool(3, s2, p1, ceil) fc(3);
    struct PoolRectangle: 8x9x3 => tanh pool(2x3) fc(3);
    struct PoolApart: 8x8x3 => tanh pool(2, s3) fc(3);
    struct PoolInput: 8x8x3 => pool(2) fc(3);
    struct PoolPool: 12x12x3 => conv(4, 3, p1) pool(2) pool(3) fc(3);
    struct Avg: 8x6x3 => conv(5, 3, p1) relu avg(2) fc(3);
    struct AvgOverlap: 9x9x3 => tanh avg(3, s2) fc(3);
    struct AvgPad: 7x7x3 => tanh avg(3, s2, p1) fc(3);
    struct AvgSame: 7x7x3 => tanh avg(3, s2, same) fc(3);
    struct AvgFloor: 7x9x3 => tanh avg(2, floor) fc(3);
    struct AvgCeil: 7x9x3 => tanh avg(2, ceil) fc(3);
    struct AvgCeilPad: 8x8x3 => tanh avg(3, s2, p1, ceil) fc(3);
    struct AvgRectangle: 8x9x3 => tanh avg(2x3) fc(3);
    struct AvgApart: 8x8x3 => tanh avg(2, s3) fc(3);
    struct Gap: 5x6x7 => conv(18, 3) tanh gap fc(3);
    struct Gmax: 5x6x7 => conv(18, 3) tanh gmax fc(3);
    struct GapLast: 5x6x7 => conv(4, 3) gap;
    struct GmaxLast: 5x6x7 => conv(4, 3) gmax;
}

network! {
    // Fully connected.
    struct Fc: 20 => tanh fc(5) tanh;
    struct FcVolume: 4x5x6 => tanh fc(7) tanh;
    struct FcNoBias: 4x5x3 => tanh fc(7, nobias) relu fc(3);
    struct FcRows: 6x6x8 => tanh fc(10) tanh fc(3);
    struct FcRowsFirst: 6x7x7 => fc(15) tanh fc(3);
    struct FcRowsInPlace: 4x8x8 => fc(15) tanh fc(3);
    struct FcInPlace: 4x4x3 => flatten fc(20) tanh fc(3);
    struct FcWholeBatch: 8x8x16 => conv(16, 1) tanh fc(130) tanh fc(3);
    struct FcWholeBatchFirst: 8x8x18 => fc(115, nobias) relu fc(3);
    struct FcWide: 40 => fc(33) relu fc(17) relu fc(16) relu fc(1);
    struct Flatten: 4x5x6 => tanh flatten relu fc(7);
    struct FlattenConv: 5x5x3 => conv(17, 3) flatten fc(4) flatten;

    // A bias for each unit.
    struct Bias: 8x8x2 => conv(5, 3, s2, p1, floor, nobias) bias tanh fc(3);
    struct BiasFirst: 4x5x3 => bias relu conv(4, 3) fc(3);
    struct BiasLast: 4x5x3 => conv(4, 3) bias;
    struct BiasVector: 12 => fc(20, nobias) bias tanh fc(3);
    struct BiasFlatten: 4x5x3 => conv(4, 3) flatten bias tanh fc(3);
    struct BiasPadded: 4x5x3 => conv(17, 3, p1) bias conv(4, 3, p1) bias pool(2, floor) bias fc(3);
    struct BiasTwice: 4x5x3 => tanh bias relu bias softplus fc(3);

    // Batch norm.
    struct Bn: 5x6x4 => conv(5, 3, nobias) bn tanh fc(3);
    struct BnRelu: 5x6x4 => conv(17, 3, p1) bn relu conv(3, 3) bn relu fc(3);
    struct BnInput: 5x6x4 => bn conv(5, 3) fc(3);
    struct BnVector: 9 => fc(16) bn relu fc(3);
    struct BnPool: 6x6x2 => conv(6, 3, p1) bn relu pool(2) dw(3) bn fc(3);
    struct BnLast: 6x6x2 => conv(6, 3) relu bn;
    struct BnFlatten: 5x6x4 => conv(5, 3) flatten bn relu fc(3);

    // Batch norm that inference does with the weights of the layer before it, and where it does not.
    struct BnConvPool: 8x8x3 => conv(5, 3, p1) bn relu pool(2) fc(3);
    struct BnConvPoolAlone: 9x9x3 => conv(5, 2) bn pool(2) tanh fc(3);
    struct BnConvGroups: 8x8x4 => tanh conv(36, 3, g2, p1, nobias) bn gelu pool(2) fc(3);
    struct BnConvTiles: 8x8x16 => tanh conv(33, 3, p1) bn relu conv(16, 3, nobias) bn pool(2) fc(3);
    struct BnDw: 7x6x20 => tanh dw(3, p1) bn relu dw(3, s2, p1, floor, nobias) bn fc(3);
    struct BnFc: 4x5x3 => fc(20, nobias) bn relu fc(16) bn tanh fc(3) bn;
    struct BnFcRows: 6x7x7 => fc(10) bn tanh fc(3);
    struct BnFcWholeBatch: 8x8x18 => fc(115, nobias) bn relu fc(3);
    struct BnTap: 6x6x3 => conv(5, 3) @before bn relu @after fc(3);
    struct BnTapBehind: 6x6x3 => conv(5, 3) bn @behind relu pool(2) fc(3);
    struct BnTwice: 6x6x3 => conv(5, 3) bn bn relu fc(3);
    struct BnAfter: 6x6x3 => conv(5, 3) relu bn pool(2) fc(3);
    struct BnDrop: 6x6x3 => conv(5, 3) bn relu drop(0) bn fc(3);

    // Activations behind a convolution, which may take them over, behind a pool, which may not, and last.
    struct Relu: 6x6x3 => conv(4, 3) relu avg(2) relu fc(9) relu;
    struct Relu6: 6x6x3 => conv(4, 3) relu6 avg(2) relu6 fc(9) relu6;
    struct Leaky: 6x6x3 => conv(4, 3) leaky avg(2) leaky(0.2) fc(9) leaky;
    struct Elu: 6x6x3 => conv(4, 3) elu avg(2) elu(0.5) fc(9) elu;
    struct Gelu: 6x6x3 => conv(4, 3) gelu avg(2) gelu fc(9) gelu;
    struct Silu: 6x6x3 => conv(4, 3) silu avg(2) silu fc(9) silu;
    struct Sigmoid: 6x6x3 => conv(4, 3) sigmoid avg(2) sigmoid fc(9) sigmoid;
    struct Tanh: 6x6x3 => conv(4, 3) tanh avg(2) tanh fc(9) tanh;
    struct HardSwish: 6x6x3 => conv(4, 3) hardswish avg(2) hardswish fc(9) hardswish;
    struct HardSigmoid: 6x6x3 => conv(4, 3) hardsigmoid avg(2) hardsigmoid fc(9) hardsigmoid;
    struct Softplus: 6x6x3 => conv(4, 3) softplus avg(2) softplus fc(9) softplus;
    struct Prelu: 6x6x3 => conv(4, 3) prelu avg(2) prelu fc(9) prelu;
    struct Id: 6x6x3 => conv(4, 3) id avg(2) id fc(9) id;
    struct Softmax: 6x6x3 => conv(4, 3) softmax avg(2) softmax fc(9) softmax;
    struct Twice: 6x6x3 => conv(4, 3) relu tanh sigmoid fc(3) silu gelu;
    struct First: 6x6x3 => relu;

    // Dropout: the reference knows what inference makes of it.
    struct Drop: 6x6x3 => conv(4, 3) relu drop(0.5) fc(8) drop(0.2) fc(3);
    struct DropChannels: 6x6x3 => conv(4, 3) relu drop(0.5, channels) fc(3);
    struct DropNoChannels: 6x6x3 => conv(4, 3) relu drop(0, channels) conv(3, 3, p1) fc(3);
    struct DropNothing: 6x6x3 => conv(4, 3) relu drop(0) fc(8) drop(0.0) fc(3);

    // Recurrent layers: sequences, rows of pictures, padded readers, one step, several in a row.
    struct Rnn: 7x1x5 => tanh rnn(6) fc(3);
    struct Lstm: 7x1x5 => tanh lstm(6) fc(3);
    struct Gru: 7x1x5 => tanh gru(6) fc(3);
    struct RnnLast: 5x1x3 => tanh rnn(17, last) fc(3);
    struct LstmLast: 20x1x3 => lstm(16, last) fc(3);
    struct GruLast: 35x1x2 => gru(5, last);
    struct LstmRows: 6x5x3 => conv(4, 3, p1) relu lstm(7, last) fc(3);
    struct GruPadded: 9x1x4 => tanh conv(5, 3x1, p1x0) gru(6) conv(4, 3x1, p1x0) tanh fc(3);
    struct LstmNormed: 6x1x4 => bn lstm(5) bn gru(4) relu gap fc(3);
    struct RnnFewOfMany: 3x16x16 => tanh rnn(3) fc(3);
    struct OneStep: 1x4x5 => tanh gru(3) lstm(4) rnn(5, last);
    struct LstmState: 6x1x3 => tanh lstm(5, state) fc(3);
    struct GruState: 6x1x3 => tanh gru(5, state) fc(3);
    struct RnnState: 1x1x3 => rnn(4, state);
    struct Embed: 8 => embed(11, 6) tanh fc(3);
    struct EmbedLstm: 9 => embed(20, 5) lstm(6) gru(7, last) fc(20);
    struct EmbedConv: 8 => embed(6, 17) conv(4, 3x1, p1x0) relu gmax fc(3);

    // Layers between which padded and unpadded readers alternate.
    struct Padded: 8x8x4 => conv(6, 3, p1) relu conv(6, 5, p2) tanh dw(3, p1) silu conv(4, 1) fc(3);
    struct Strided: 15x15x2 => conv(6, 3, s2, p1) relu dw(5, s2, p2, floor) relu conv(8, 3, same) gap fc(3);
}

#[test]
fn convolutions() {
    check_all(&[
        check::<Conv>,
        check::<ConvOne>,
        check::<ConvPad>,
        check::<ConvPadPair>,
        check::<ConvPadSides>,
        check::<ConvSame>,
        check::<ConvSameStride>,
        check::<ConvValid>,
        check::<ConvSolve>,
        check::<ConvStride>,
        check::<ConvStridePair>,
        check::<ConvStrideBeyond>,
        check::<ConvRectangle>,
        check::<ConvDilation>,
        check::<ConvDilationPair>,
        check::<ConvGroups>,
        check::<ConvManyGroups>,
        check::<ConvNoBias>,
        check::<ConvFloor>,
        check::<ConvCeil>,
        check::<ConvLong>,
        check::<ConvEverything>,
        check::<ConvOneChannel>,
        check::<ConvTwelve>,
        check::<ConvSixteen>,
        check::<ConvSeventeen>,
        check::<ConvThirtyThree>,
        check::<ConvWide>,
        check::<ConvFive>,
        check::<ConvSeven>,
        check::<ConvWhole>,
        check::<ConvTwice>,
        check::<ConvVolume>,
        check::<ConvTiles>,
        check::<ConvSmallTiles>,
        check::<ConvTilesSides>,
        check::<ConvTilesValid>,
        check::<ConvTilesTogether>,
        check::<ConvTilesBlocks>,
        check::<ConvDirect>,
    ]);
}

#[test]
fn depthwise_convolutions() {
    check_all(&[
        check::<Dw>,
        check::<DwPad>,
        check::<DwSides>,
        check::<DwStride>,
        check::<DwDilation>,
        check::<DwRectangle>,
        check::<DwFive>,
        check::<DwNoBias>,
        check::<DwFloor>,
        check::<DwCeil>,
        check::<DwSolve>,
        check::<Separable>,
    ]);
}

#[test]
fn transposed_convolutions() {
    check_all(&[
        check::<Deconv>,
        check::<DeconvDouble>,
        check::<DeconvPad>,
        check::<DeconvMore>,
        check::<DeconvSides>,
        check::<DeconvDilation>,
        check::<DeconvApart>,
        check::<DeconvGroups>,
        check::<DeconvNoBias>,
        check::<DeconvNorm>,
        check::<DeconvOne>,
        check::<DeconvFirst>,
        check::<DeconvLast>,
        check::<DeconvTwice>,
    ]);
}

#[test]
fn enlarging_and_rearranging() {
    check_all(&[
        check::<Up>,
        check::<UpPair>,
        check::<UpBilinear>,
        check::<UpBilinearPair>,
        check::<Adaptive>,
        check::<AdaptiveLarger>,
        check::<PixelShuffle>,
        check::<PixelShuffleLast>,
        check::<Shuffle>,
        check::<ShuffleVector>,
        check::<Slice>,
        check::<SliceVector>,
        check::<Reshape>,
        check::<ReshapeList>,
        check::<ReshapeUnflatten>,
        check::<ReshapeBack>,
        check::<ReshapeFlatten>,
    ]);
}

#[test]
fn normalisations() {
    check_all(&[
        check::<Ln>,
        check::<LnChannels>,
        check::<LnVector>,
        check::<LnFlatten>,
        check::<LnFirst>,
        check::<Gn>,
        check::<GnMany>,
        check::<GnVector>,
        check::<Inorm>,
        check::<InormFirst>,
        check::<Lrn>,
        check::<LrnEven>,
        check::<LrnDefault>,
        check::<L2Norm>,
        check::<L2NormVector>,
        check::<LogSoftmax>,
        check::<LogSoftmaxVolume>,
    ]);
}

#[test]
fn pools() {
    check_all(&[
        check::<Pool>,
        check::<PoolSixteen>,
        check::<PoolOverlap>,
        check::<PoolStrideOne>,
        check::<PoolPad>,
        check::<PoolSides>,
        check::<PoolSame>,
        check::<PoolFloor>,
        check::<PoolCeil>,
        check::<PoolCeilPad>,
        check::<PoolRectangle>,
        check::<PoolApart>,
        check::<PoolInput>,
        check::<PoolPool>,
        check::<Avg>,
        check::<AvgOverlap>,
        check::<AvgPad>,
        check::<AvgSame>,
        check::<AvgFloor>,
        check::<AvgCeil>,
        check::<AvgCeilPad>,
        check::<AvgRectangle>,
        check::<AvgApart>,
        check::<Gap>,
        check::<Gmax>,
        check::<GapLast>,
        check::<GmaxLast>,
    ]);
}

#[test]
fn fully_connected() {
    check_all(&[
        check::<Fc>,
        check::<FcVolume>,
        check::<FcNoBias>,
        check::<FcWide>,
        check::<FcRows>,
        check::<FcRowsFirst>,
        check::<FcRowsInPlace>,
        check::<FcInPlace>,
        check::<FcWholeBatch>,
        check::<FcWholeBatchFirst>,
        check::<Flatten>,
        check::<FlattenConv>,
        check::<Bias>,
        check::<BiasFirst>,
        check::<BiasLast>,
        check::<BiasVector>,
        check::<BiasFlatten>,
        check::<BiasPadded>,
        check::<BiasTwice>,
    ]);
}

#[test]
fn batch_norms() {
    check_all(&[
        check::<Bn>,
        check::<BnRelu>,
        check::<BnInput>,
        check::<BnVector>,
        check::<BnPool>,
        check::<BnLast>,
        check::<BnFlatten>,
        check::<BnConvPool>,
        check::<BnConvPoolAlone>,
        check::<BnConvGroups>,
        check::<BnConvTiles>,
        check::<BnDw>,
        check::<BnFc>,
        check::<BnFcRows>,
        check::<BnFcWholeBatch>,
        check::<BnTap>,
        check::<BnTapBehind>,
        check::<BnTwice>,
        check::<BnAfter>,
        check::<BnDrop>,
    ]);
}

/// Holds a network's outputs against those of a copy, which knows parameters and state alone.
fn assert_up_to_date(net: &mut BnConvTiles, input: &Volume<8, 8, 16>) -> [f32; 3] {
    let output = *net.forward(input);
    assert_eq!(output, *net.model().clone().forward(input));
    let mut of_batch = [[0.0; 3]];
    net.forward_batch(std::slice::from_ref(input), &mut of_batch);
    assert_eq!(output, of_batch[0]);
    output
}

#[test]
fn the_next_forward_knows_what_has_changed() {
    let mut net = BnConvTiles::new(7);
    let inputs: Vec<Volume<8, 8, 16>> = (0..3).map(|i| [[[0.1 * i as f32; 16]; 8]; 8]).collect();
    let mut seen = vec![assert_up_to_date(&mut net, &inputs[1])];
    net.set_tensor("bn1.running_var", &[0.3; 33]).expect("33 variances");
    seen.push(assert_up_to_date(&mut net, &inputs[1]));
    net.set_tensor("bn2.bias", &[0.5; 16]).expect("16 shifts");
    seen.push(assert_up_to_date(&mut net, &inputs[1]));
    let mut gradients = vec![0.0; BnConvTiles::PARAMS];
    net.gradients(&inputs, &[0, 1, 2], &SoftmaxCrossEntropy, &mut gradients);
    seen.push(assert_up_to_date(&mut net, &inputs[1]));
    net.parameters_mut().iter_mut().zip(&gradients).for_each(|(weight, slope)| *weight -= 0.1 * slope);
    let mut of_copy = vec![0.0; gradients.len()];
    net.model().clone().gradients(&inputs, &[0, 1, 2], &SoftmaxCrossEntropy, &mut of_copy);
    gradients.fill(0.0);
    net.gradients(&inputs, &[0, 1, 2], &SoftmaxCrossEntropy, &mut gradients);
    assert_eq!(gradients, of_copy);
    seen.push(assert_up_to_date(&mut net, &inputs[1]));
    net.model_mut().state_mut()[0] += 1.0;
    seen.push(assert_up_to_date(&mut net, &inputs[1]));
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
}

#[test]
fn a_tap_before_a_batch_norm_sees_what_it_names() {
    let mut net = BnTap::new(3);
    net.set_tensor("bn1.running_mean", &[0.7; 5]).expect("5 means");
    net.set_tensor("bn1.bias", &[0.2; 5]).expect("5 shifts");
    net.forward(&[[[0.5; 3]; 6]; 6]);
    let [before, after] = ["before", "after"].map(|name| net.tap(name).expect("a tap of the network"));
    assert!(before.iter().any(|&x| x < 0.0), "{before:?}");
    for (before, after) in before.iter().zip(after) {
        let expected = (before - 0.7) / (1.0_f32 + 1e-5).sqrt() + 0.2;
        assert!((after - expected.max(0.0)).abs() < 1e-6, "{after}, not {expected}");
    }
}

#[test]
fn activations() {
    check_all(&[
        check::<Relu>,
        check::<Relu6>,
        check::<Leaky>,
        check::<Elu>,
        check::<Gelu>,
        check::<Silu>,
        check::<Sigmoid>,
        check::<Tanh>,
        check::<HardSwish>,
        check::<HardSigmoid>,
        check::<Softplus>,
        check::<Prelu>,
        check::<Id>,
        check::<Softmax>,
        check::<Twice>,
        check::<First>,
    ]);
}

#[test]
fn recurrent_layers_and_embeddings() {
    check_all(&[
        check::<Rnn>,
        check::<Lstm>,
        check::<Gru>,
        check::<RnnLast>,
        check::<LstmLast>,
        check::<GruLast>,
        check::<LstmRows>,
        check::<GruPadded>,
        check::<LstmNormed>,
        check::<RnnFewOfMany>,
        check::<OneStep>,
        check::<LstmState>,
        check::<GruState>,
        check::<RnnState>,
        check::<Embed>,
        check::<EmbedLstm>,
        check::<EmbedConv>,
    ]);
}

#[test]
fn dropouts() {
    check_all(&[check::<Drop>, check::<DropNothing>, check::<DropChannels>, check::<DropNoChannels>]);
}

#[test]
fn chains() {
    check_all(&[check::<Padded>, check::<Strided>]);
}
