//! Random graphs 156 to 207 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    let e156_0 = { conv(2, 3, same) silu };
    block b156_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph156: 4x4x2 =>
        mul[id | pool(3, s1, p1) sigmoid] @t0 res { res { relu conv(2, 3, same) } conv(2, 3, same)
        } relu @t1 mul[e156_0 | conv(2, 1, nobias) bn e156_0] add[id | tanh] b156_1(2, s2) @t2
        flatten fc(1);

    struct Graph157: 4x4x1 =>
        2 * { dw(3, p1) conv(1, 5, p2) } add[id | res { conv(1, 3, same) conv(1, 1, nobias) }
        gelu] cat[pool(3, s1, p1) | id] @t0 flatten res { leaky(0.1) } fc(2);

    let e158_0 = { conv(3, 3, same) tanh };
    struct Graph158: 7x5x8 =>
        res { conv(5, 3, s2, p1, floor) conv(5, 3, same) } via auto prelu @t0 mul[e158_0 | dw(3, p1)
        e158_0] add[id | tanh] add[id | dw(3, p1) | mul[conv(3, 1, nobias) | dw(3, p1)]] fc(6);

    block b159_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph159: 4x8x8 =>
        b159_0(8, stride = 2) b159_0(2) add[res { avg(3, s1, p1) conv(2, 1, nobias) } prelu |
        conv(2, 3, same) | dw(3, p1) res { conv(2, 5, p2) conv(2, 1, nobias) }] fc(4);

    struct Graph160: 7x7x5 =>
        stage1: 3 * { cat[id | leaky(0.1) conv(3, 3, same)] } drop(0.0) @t0 fc(4);

    struct Graph161: 6x6x4 =>
        add[res { avg(3, s1, p1) conv(4, 3, same) } tanh | id | silu] res { mul[id | gap fc(4)
        sigmoid] conv(4, 1, nobias) bn } sigmoid @t0 cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(6, 1)] fc(2);

    struct Graph162: (left: 3, right: 4x8x3) =>
        cat[@left fc(1) prelu | @right dw(3, p1) fc(5)] relu @t0 add[id | relu] add[mul[id |
        leaky(0.1) tanh] | @t0 | relu hardswish] @t1 fc(1);

    struct Graph163: (left: 7x7x2, right: 7x7x3, numbers: 9x9x3) =>
        cat[@left conv(2, 5, p2) gmax | @right fc(3) tanh | @numbers conv(2, 3, p1) conv(2, 1, nobias)
        gap] add[mul[id | id tanh] | fc(7) fc(7)] @t0 tanh;

    struct Graph164: 9x9x3 =>
        cat[id | conv(3, 1) mul[pool(3, s1, p1) | elu] | conv(5, 3, p1) conv(5, 1, nobias)] @t0
        hardswish shuffle(11) @t1 fc(1);

    struct Graph165: (left: 9x9x5, right: 4x7x1, numbers: 6x6x1) =>
        cat[@left fc(3) hardswish | @right fc(1) relu | @numbers dw(3, p1) gmax] add[res { fc(5)
        fc(5) } | res { hardswish id }] @t0 res { id elu } silu res { elu hardswish } relu
        add[fc(5) | @t0] @t1;

    block b166_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn prelu }
    let e166_1 = { conv(8, 3, same) bn elu };
    struct Graph166: 6x6x2 =>
        b166_0(4, stride = 2) b166_0(5) @t0 deconv(5, 1, s1x2, g5, padding = 1) add[id |
        mul[pool(3, s1, p1) | conv(5, 1, nobias) bn]] cat[dw(3, p1) e166_1 | e166_1] @t1;

    struct Graph167: 7x7x1 =>
        res { drop(0) conv(1, 5, p2) } leaky(0.1) res { conv(16, 3, s1, p1, floor) mul[gmax fc(16)
        hardsigmoid | elu] } via auto prelu fc(5);

    struct Graph168: 4x4x5 =>
        mul[id | gap fc(5) sigmoid] cat[conv(5, 1, nobias) bn | conv(4, 1) dw(3, p1)] add[res {
        conv(9, 3, same) tanh } | prelu drop(0)] fc(2);
}

declare! { CALL_1;
    block b169_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph169: 7x7x3 =>
        b169_0(k = 2, s2) 2 * b169_0(5) logsoftmax @t0 add[prelu | tanh] flatten res { prelu }
        fc(2);

    struct Graph170: (left: 8x8x5, right: 4x4x16) =>
        cat[@left fc(1) hardswish | @right fc(8) elu] add[relu sigmoid | gelu fc(9)] @t0 res {
        silu res { id fc(9) } } hardswish @t1
        => { class: @t0 };

    struct Graph171: (left: 7x7x3, right: 5x5x3) =>
        cat[@left fc(12) elu | @right fc(2) sigmoid] gelu @t0 mul[id | tanh tanh] fc(5);

    struct Graph172: 4x4x8 =>
        add[id conv(8, 3, same) | conv(8, 3, same) | id] @t0 2 * { cat[id | silu conv(2, 3, same)]
        } 1 * { mul[id | dw(3, p1) hardsigmoid] pool(3, s1, p1) } flatten add[id | leaky(0.1)]
        fc(1);

    struct Graph173: 5x4x3 =>
        add[relu hardswish | id] add[dw(3, p1) dw(3, p1) | id | conv(3, 3, same) conv(3, 5, p2)
        bn] add[conv(3, 1, nobias) | res { leaky(0.1) id } res { conv(3, 3, same) avg(3, s1, p1) }
        | conv(3, 3, same) conv(3, 1, nobias)] add[conv(3, 3, same) drop(0) | id];

    struct Graph174: (left: 3, right: 8x4x4, numbers: 7x7x8) =>
        cat[@left fc(8) relu | @right gelu fc(5) | @numbers fc(17) tanh] cat[fc(8) mul[id | relu
        sigmoid] | fc(1) res { fc(1) fc(1) } | fc(3) hardswish] l2norm @t0
        => { class: @t0 };

    struct Graph175: (left: 5, right: 4x4x2, numbers: 5x5x2) =>
        cat[@left fc(4) leaky(0.1) | @right conv(17, 1) mul[id | dw(3, p1) hardsigmoid] gmax |
        @numbers conv(2, 1) mul[gmax fc(2) sigmoid | conv(2, 1, nobias)] gap] l2norm mul[fc(23) |
        relu] @t0 fc(3);

    block b176_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph176: 9x9x2 =>
        res { conv(3, 3, s1, p1, floor) conv(3, 1, nobias) } via auto relu @t0 b176_0(4, s2)
        => { class: res { conv(4, 5, p2) tanh } prelu @t1 fc(4), place: add[@t1 | id | @t1] fc(4)
        };

    struct Graph177: (left: 4x4x3, right: 7x9x1) =>
        cat[@left fc(8) silu | @right fc(8) relu] res { fc(16) drop(0) } prelu hardswish fc(16)
        @t0 fc(5);

    struct Graph178: (left: 8x8x16, right: 5, numbers: 7x9x3) =>
        cat[@left conv(5, 3, p1) conv(5, 3, same) gmax | @right fc(12) tanh | @numbers dw(3, p1)
        fc(8)] cat[fc(8) prelu | fc(6) relu] drop(0) silu fc(2);

    block b179_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn relu }
    struct Graph179: 6x6x3 =>
        mul[dw(3, p1) | conv(3, 3, same)] @t0 res { res { conv(3, 5, p2) bn tanh } pool(3, s1, p1)
        } silu @t1 cat[conv(2, 3, p1) sigmoid | id] @t2 b179_0(8, stride = 2) b179_0(16) fc(4);

    struct Graph180: (left: 8x4x3, right: 8x4x2, numbers: 8x4x2) =>
        cat[@left conv(3, 5, p2) | @right conv(2, 1, nobias) | @numbers conv(2, 5, p2) bn]
        mul[gmax fc(7) hardsigmoid | conv(7, 1, nobias)] cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] res { conv(17, 3, s1, p1, floor) id } via { dw(3, p1)
        conv(17, 1, s1, floor) } sigmoid fc(2);

    let e181_0 = { conv(8, 3, same) relu };
    struct Graph181: 6x6x1 =>
        prelu inorm cat[conv(1, 1, nobias) e181_0 | e181_0] fc(6);
}

declare! { CALL_2;
    block b182_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) prelu conv(k, 1) }
        via auto prelu }
    struct Graph182: 5x5x3 =>
        1 * { leaky(0.1) conv(3, 1, nobias) bn } b182_0(k = 7, s2) 2 * b182_0(3) mul[id | conv(3, 3, same)
        hardsigmoid] mul[gmax fc(3) tanh | drop(0)] fc(4);

    block b183_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph183: 4x4x8 =>
        b183_0(k = 4, s1) 2 * b183_0(1) res { relu res { gelu hardswish } } relu @t0 res { conv(1, 5, p2)
        res { pool(3, s1, p1) conv(1, 3, same) } } relu @t1 fc(6);

    struct Graph184: (left: 4x4x1, right: 18, numbers: 7x7x5) =>
        cat[@left fc(12) relu | @right fc(8) silu | @numbers conv(8, 3, p1) elu gmax] res { fc(28)
        fc(28) } relu res { drop(0) res { elu fc(28) } } silu @t0 fc(4);

    struct Graph185: (left: 5, right: 4x4x5) =>
        cat[@left fc(3) relu | @right res { avg(3, s1, p1) relu } fc(3)] hardsigmoid add[tanh |
        mul[id | fc(6) hardsigmoid] | id] silu @t0;

    block b186_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    struct Graph186: 4x4x5 =>
        res { conv(5, 1, nobias) tanh } relu @t0 b186_0(4, s1) @t1 fc(5);

    struct Graph187: 5x9x1 =>
        3 * { cat[id | relu conv(1, 3, same)] } add[res { conv(4, 1, nobias) conv(4, 1, nobias) bn
        } | avg(3, s1, p1) gelu] @t0;

    struct Graph188: 8x9x16 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] @t0 cat[id | conv(3, 1)
        drop(0)] @t1 softplus fc(6);

    let e189_0 = { conv(8, 3, same) silu };
    block b189_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    block b189_2(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph189: 5x5x16 =>
        cat[dw(3, p1) e189_0 | e189_0] @t0 add[id | @t0] b189_1(k = 6, s1) 2 * b189_1(1) b189_2(6, s1);

    struct Graph190: 5x5x3 =>
        add[mul[id | gap fc(3) tanh] | conv(3, 3, same) | id] cat[id | conv(8, 1) elu] @t0 fc(6);

    block b191_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) }
        via auto silu }
    struct Graph191: 5x5x8 =>
        res { res { id conv(8, 1, nobias) } conv(8, 1, nobias) } prelu @t0 res { leaky(0.1)
        hardswish } elu b191_0(4, stride = 2) b191_0(5) fc(1);

    struct Graph192: 6x6x1 =>
        res { conv(4, 3, s1, p1, floor) conv(4, 3, same) } via auto silu add[id | res { pool(3, s1, p1)
        id }] @t0 2 * { elu conv(4, 5, p2) } fc(3);

    block b193_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph193: 7x5x5 =>
        b193_0(k = 5, s1) 2 * b193_0(6) cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1) | avg(3, s2, p1, floor)] @t0 fc(6);

    let e194_0 = { conv(4, 3, same) silu };
    struct Graph194: 7x7x8 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] add[conv(7, 3, same)
        conv(7, 1, nobias) | id | id] @t0 silu cat[conv(7, 3, same) e194_0 | e194_0] @t1;
}

declare! { CALL_3;
    struct Graph195: 8x8x1 =>
        cat[mul[id | elu hardsigmoid] | mul[gmax fc(1) sigmoid | conv(1, 1, nobias)]] add[id | id
        | mul[id | relu hardsigmoid]] fc(4);

    struct Graph196: 6x4x4 =>
        cat[conv(4, 3, p1) silu | id | conv(3, 1) leaky(0.1)] 3 * { dw(3, p1) conv(11, 3, same) }
        fc(1);

    let e197_0 = { conv(2, 3, same) tanh };
    struct Graph197: 8x8x16 =>
        add[e197_0 | drop(0) e197_0] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(16, 1) | avg(3, s2, p1, floor)] res { conv(17, 3, s2, p1, floor) res { conv(17, 5, p2)
        bn conv(17, 3, same) } } via auto elu stage1: 1 * { relu sigmoid } flatten relu fc(4);

    block b198_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph198: 9x6x4 =>
        logsoftmax @t0 b198_0(5, s2)
        => { class: conv(5, 3, same) bn };

    let e199_0 = { conv(8, 3, same) elu };
    struct Graph199: 8x8x1 =>
        add[elu | pool(3, s1, p1)] @t0 mul[e199_0 | conv(1, 3, same) e199_0] add[id | tanh] @t1
        fc(6);

    block b200_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn sigmoid] conv(k, 1) }
    struct Graph200: 6x7x1 =>
        cat[conv(1, 3, same) | elu] b200_0(k = 4, s1) 2 * b200_0(8) fc(3);

    struct Graph201: 8x8x3 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] add[id | id] fc(4);

    struct Graph202: 5x5x1 =>
        cat[mul[gmax fc(1) sigmoid | dw(3, p1)] | conv(8, 1) tanh | conv(8, 3, p1) conv(8, 1, nobias)]
        slice(16, 17) add[mul[pool(3, s1, p1) | conv(1, 1, nobias)] | id drop(0)] fc(1);

    let e203_0 = { conv(1, 3, same) bn sigmoid };
    struct Graph203: 7x7x8 =>
        cat[conv(5, 3, p1) dw(3, p1) | conv(16, 3, p1) prelu] @t0 add[e203_0 | relu e203_0]
        cat[relu | conv(5, 1) conv(5, 3, same) | @t0] @t1 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1)] fc(6);

    struct Graph204: (left: 6x6x2, right: 5, numbers: 4x4x16) =>
        cat[@left fc(1) gelu | @right fc(4) tanh | @numbers silu gmax] mul[gelu | tanh] @t0
        mul[elu | fc(21)] add[@t0 | fc(21)] res { sigmoid gelu } relu fc(1);

    let e205_0 = { conv(1, 3, same) bn tanh };
    struct Graph205: 6x6x2 =>
        silu add[e205_0 | silu e205_0] cat[conv(5, 3, p1) res { conv(5, 1, nobias) bn avg(3, s1, p1)
        } | res { silu conv(1, 5, p2) bn }] @t0 flatten mul[relu | elu] fc(1);

    struct Graph206: 6x5x4 =>
        relu 3 * { conv(4, 1, nobias) hardswish } fc(5);

    struct Graph207: 9x6x2 =>
        res { conv(5, 3, s2, p1, floor) bn conv(5, 3, same) } via auto leaky(0.1) res { relu
        avg(3, s1, p1) } elu @t0
        => { class: mul[id | gap fc(5) sigmoid], place: id, more: res { conv(5, 5, p2) mul[id |
        conv(5, 5, p2) sigmoid] } relu @t1 fc(2) };
}

#[test]
fn graphs_d_0() {
    check_declared!(CALL_0: Graph156, Graph157, Graph158, Graph159, Graph160, Graph161, Graph162, Graph163, Graph164, Graph165, Graph166, Graph167, Graph168);
}

#[test]
fn graphs_d_1() {
    check_declared!(CALL_1: Graph169, Graph170, Graph171, Graph172, Graph173, Graph174, Graph175, Graph176, Graph177, Graph178, Graph179, Graph180, Graph181);
}

#[test]
fn graphs_d_2() {
    check_declared!(CALL_2: Graph182, Graph183, Graph184, Graph185, Graph186, Graph187, Graph188, Graph189, Graph190, Graph191, Graph192, Graph193, Graph194);
}

#[test]
fn graphs_d_3() {
    check_declared!(CALL_3: Graph195, Graph196, Graph197, Graph198, Graph199, Graph200, Graph201, Graph202, Graph203, Graph204, Graph205, Graph206, Graph207);
}
