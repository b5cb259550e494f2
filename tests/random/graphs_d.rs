//! Random graphs 156 to 207 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph156: (left: 6x6x2, right: 5x5x3) =>
        cat[@left fc(8) prelu | @right fc(8) relu] add[fc(16) | fc(16)] @t0 add[@t0 | fc(16)] @t1
        => { class: id, place: id, more: @t1 };

    let e157_0 = { conv(8, 3, same) bn elu };
    block b157_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph157: 4x4x1 =>
        cat[dw(3, p1) e157_0 | e157_0] @t0 cat[conv(8, 3, p1) mul[gmax fc(8) sigmoid | conv(8, 5, p2)]
        | id] @t1 b157_1(k = 6, s1) 2 * b157_1(6) fc(2);

    struct Graph158: (left: 8x8x3, right: 7x8x3, numbers: 6) =>
        cat[@left fc(3) sigmoid | @right conv(1, 1) tanh gmax | @numbers fc(16) leaky(0.1)]
        cat[fc(8) relu | fc(3) mul[id | fc(3) hardsigmoid]] add[id fc(11) | tanh fc(11)]
        add[mul[id | hardswish hardsigmoid] elu | id | id] bias @t0 fc(4);

    let e159_0 = { conv(2, 3, same) prelu };
    block b159_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b159_2(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph159: 6x6x8 =>
        cat[relu e159_0 | e159_0] @t0 add[conv(4, 3, same) | @t0 | conv(4, 1, nobias) mul[gmax
        fc(4) tanh | conv(4, 3, same)]] b159_1(2, s2) b159_2(k = 5, s2) 2 * b159_2(4);

    struct Graph160: 7x8x3 =>
        cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1)] @t0 add[conv(11, 5, p2)
        bn conv(11, 1, nobias) bn | drop(0) pool(3, s1, p1)] res { conv(8, 3, s1, p1, floor)
        drop(0) } via { pool(3, s1, p1) conv(8, 1, s1, floor) } hardswish @t1 cat[id | conv(8, 3, same)
        | conv(3, 3, p1) conv(3, 3, same)] fc(1);

    let e161_0 = { conv(4, 3, same) gelu };
    struct Graph161: 4x5x1 =>
        res { conv(1, 3, s2, p1, floor) mul[id | conv(1, 5, p2) sigmoid] } via { tanh conv(1, 1, s2, floor)
        } hardswish @t0 res { conv(4, 3, s2, p1, floor) sigmoid } via auto silu logsoftmax
        cat[drop(0) e161_0 | e161_0]
        => { class: add[mul[gmax fc(8) sigmoid | conv(8, 1, nobias) bn] | id] fc(1), place:
        cat[conv(6, 3, p1) elu | conv(3, 1) relu] fc(4) };

    struct Graph162: 9x9x2 =>
        res { conv(4, 3, s2, p1, floor) bn res { conv(4, 5, p2) bn gelu } } via auto relu res {
        conv(4, 3, same) mul[conv(4, 5, p2) | conv(4, 3, same)] } sigmoid @t0 cat[@t0 | conv(4, 1)
        conv(4, 3, same) | dw(3, p1)] fc(1);

    block b163_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph163: 9x9x1 =>
        bias cat[conv(1, 3, same) | conv(17, 1) hardswish] b163_0(k = 2, s2) 2 * b163_0(6)
        => { class: mul[gmax fc(6) tanh | drop(0)] };

    struct Graph164: (left: 3, right: 8x4x4, numbers: 7x7x8) =>
        cat[@left fc(8) relu | @right gelu fc(5) | @numbers fc(17) tanh] cat[fc(8) mul[id | relu
        sigmoid] | fc(1) res { fc(1) fc(1) } | fc(3) hardswish] l2norm @t0
        => { class: @t0 };

    struct Graph165: (left: 5, right: 4x4x2, numbers: 5x5x2) =>
        cat[@left fc(4) leaky(0.1) | @right conv(17, 1) mul[id | dw(3, p1) hardsigmoid] gmax |
        @numbers conv(2, 1) mul[gmax fc(2) sigmoid | conv(2, 1, nobias)] gap] l2norm mul[fc(23) |
        relu] @t0 fc(3);

    block b166_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph166: 9x9x2 =>
        res { conv(3, 3, s1, p1, floor) conv(3, 1, nobias) } via auto relu @t0 b166_0(4, s2)
        => { class: res { conv(4, 5, p2) tanh } prelu @t1 fc(4), place: add[@t1 | id | @t1] fc(4)
        };

    struct Graph167: (left: 4x4x3, right: 7x9x1) =>
        cat[@left fc(8) silu | @right fc(8) relu] res { fc(16) drop(0) } prelu hardswish fc(16)
        @t0 fc(5);

    struct Graph168: (left: 8x8x16, right: 5, numbers: 7x9x3) =>
        cat[@left conv(5, 3, p1) conv(5, 3, same) gmax | @right fc(12) tanh | @numbers dw(3, p1)
        fc(8)] cat[fc(8) prelu | fc(6) relu] relu res { sigmoid fc(14) } leaky(0.1) fc(3);
}

declare! { CALL_1;
    block b169_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn gelu conv(k, 1) }
        via auto gelu }
    struct Graph169: 7x9x3 =>
        cat[conv(6, 3, p1) mul[gmax fc(6) tanh | gelu] | dw(3, p1) | dw(3, p1)] shuffle(4)
        b169_0(8, s2) @t0 add[@t0 | dw(3, p1) | conv(8, 3, same)] @t1
        => { class: id };

    struct Graph170: (left: 7x7x16, right: 5) =>
        cat[@left fc(8) prelu | @right drop(0) fc(3)] logsoftmax @t0 softplus @t1 res { silu
        fc(11) } prelu fc(6);

    block b171_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph171: 5x5x16 =>
        b171_0(8, stride = 2) b171_0(12) cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] fc(6);

    block b172_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn leaky(0.1)
        conv(k, 1) } via auto leaky(0.1) }
    block b172_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph172: 9x5x16 =>
        b172_0(3, stride = 1) b172_0(5) @t0 b172_1(3, stride = 2) b172_1(3) cat[gelu | conv(16, 3, p1)
        conv(16, 3, same)] fc(5);

    struct Graph173: 6x6x3 =>
        add[res { relu dw(3, p1) } | hardswish | mul[conv(3, 5, p2) | conv(3, 3, same)] conv(3, 5, p2)]
        @t0 res { conv(3, 1, nobias) mul[gmax fc(3) hardsigmoid | avg(3, s1, p1)] } silu
        => { class: mul[id | conv(3, 3, same) hardsigmoid] };

    block b174_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph174: 6x4x5 =>
        drop(0) b174_0(k = 6, s1) 2 * b174_0(8) relu @t0 flatten add[id | prelu] fc(1);

    let e175_0 = { conv(8, 3, same) bn hardswish };
    let e175_1 = { conv(4, 3, same) bn gelu };
    struct Graph175: 7x7x16 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] mul[e175_0 | id e175_0]
        add[id | tanh] @t0 mul[gmax fc(8) hardsigmoid | avg(3, s1, p1)] @t1 cat[avg(3, s1, p1)
        e175_1 | e175_1]
        => { class: @t1 };

    struct Graph176: (left: 5, right: 4x4x5) =>
        cat[@left fc(3) relu | @right res { avg(3, s1, p1) relu } fc(3)] hardsigmoid add[tanh |
        mul[id | fc(6) hardsigmoid] | id] gelu @t0;

    block b177_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    struct Graph177: 4x4x5 =>
        res { conv(5, 1, nobias) tanh } relu @t0 b177_0(4, s1) @t1 fc(5);

    struct Graph178: 5x9x1 =>
        3 * { cat[id | relu conv(1, 3, same)] } add[res { conv(4, 1, nobias) conv(4, 1, nobias) bn
        } | avg(3, s1, p1) gelu] @t0;

    struct Graph179: 8x9x16 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] @t0 cat[id | conv(3, 1)
        drop(0)] @t1 softplus fc(6);

    let e180_0 = { conv(8, 3, same) silu };
    block b180_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    block b180_2(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph180: 5x5x16 =>
        cat[dw(3, p1) e180_0 | e180_0] @t0 add[id | @t0] b180_1(k = 6, s1) 2 * b180_1(1) b180_2(6, s1);

    struct Graph181: 5x5x3 =>
        add[mul[id | gap fc(3) tanh] | conv(3, 3, same) | id] cat[id | conv(8, 1) elu] @t0 fc(6);
}

declare! { CALL_2;
    block b182_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) }
        via auto silu }
    struct Graph182: 5x5x8 =>
        res { res { id conv(8, 1, nobias) } conv(8, 1, nobias) } prelu @t0 res { leaky(0.1)
        hardswish } elu b182_0(4, stride = 2) b182_0(5) fc(1);

    struct Graph183: 6x6x1 =>
        res { conv(4, 3, s1, p1, floor) conv(4, 3, same) } via auto silu add[id | res { pool(3, s1, p1)
        id }] @t0 2 * { elu conv(4, 5, p2) } fc(3);

    block b184_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph184: 7x5x5 =>
        b184_0(k = 5, s1) 2 * b184_0(6) cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1) | avg(3, s2, p1, floor)] @t0 fc(6);

    let e185_0 = { conv(4, 3, same) silu };
    struct Graph185: 7x7x8 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] add[conv(7, 3, same)
        conv(7, 1, nobias) | id | id] @t0 silu cat[conv(7, 3, same) e185_0 | e185_0] @t1;

    struct Graph186: 8x8x1 =>
        cat[mul[id | elu hardsigmoid] | mul[gmax fc(1) sigmoid | conv(1, 1, nobias)]] add[id | id
        | mul[id | relu hardsigmoid]] fc(4);

    struct Graph187: 6x4x4 =>
        cat[conv(4, 3, p1) silu | id | conv(3, 1) leaky(0.1)] 3 * { dw(3, p1) conv(11, 3, same) }
        fc(1);

    let e188_0 = { conv(2, 3, same) tanh };
    struct Graph188: 8x8x16 =>
        add[e188_0 | drop(0) e188_0] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(16, 1) | avg(3, s2, p1, floor)] res { conv(17, 3, s2, p1, floor) res { conv(17, 5, p2)
        bn conv(17, 3, same) } } via auto elu stage1: 1 * { relu sigmoid } flatten relu fc(4);

    struct Graph189: 9x6x4 =>
        drop(0) dw(3, d1x2, p1) fc(2);

    struct Graph190: (left: 7x7x8, right: 18) =>
        cat[@left fc(6) relu | @right fc(18) fc(6)] elu(0.1) ln(channels) @t0 cat[fc(16) res {
        relu drop(0) } | fc(8) leaky(0.1) | @t0] fc(6);

    struct Graph191: 6x6x2 =>
        add[dw(3, p1) | res { dw(3, p1) conv(2, 3, same) } conv(2, 3, same) bn | conv(2, 5, p2)]
        cat[mul[gmax fc(2) hardsigmoid | dw(3, p1)] | id | drop(0)] mul[id | drop(0) sigmoid]
        flatten fc(2);

    block b192_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    block b192_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        hardswish] conv(k, 1) }
    struct Graph192: 5x7x1 =>
        res { dw(3, p1) res { tanh conv(1, 3, same) } } elu b192_0(6, s2) @t0 b192_1(2, stride = 2)
        b192_1(16) @t1 fc(5);

    block b193_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    struct Graph193: 4x4x2 =>
        b193_0(5, s2) mul[gmax fc(5) hardsigmoid | conv(5, 3, same)] @t0 flatten fc(2);

    let e194_0 = { conv(1, 3, same) bn tanh };
    struct Graph194: 8x8x3 =>
        mul[id | gap fc(3) sigmoid] gelu add[e194_0 | silu e194_0] cat[conv(5, 3, p1) res {
        conv(5, 1, nobias) bn avg(3, s1, p1) } | res { silu conv(1, 5, p2) bn }] @t0 flatten
        mul[relu | elu] fc(1);
}

declare! { CALL_3;
    let e195_0 = { conv(5, 3, same) leaky(0.1) };
    struct Graph195: 6x5x4 =>
        leaky(0.1) mul[e195_0 | conv(4, 1, nobias) e195_0] add[id | tanh] fc(5);

    struct Graph196: 8x9x3 =>
        cat[conv(6, 3, p1) drop(0) | id | conv(1, 3, p1) tanh] cat[conv(2, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        => { class: mul[id | gap fc(16) sigmoid] @t0 fc(1) };

    block b197_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        tanh] conv(k, 1) }
    struct Graph197: 7x7x2 =>
        res { gelu conv(2, 5, p2) } gelu add[silu | mul[conv(2, 3, same) | id] conv(2, 5, p2) |
        conv(2, 3, same) leaky(0.1)] b197_0(6, stride = 2) b197_0(17) add[sigmoid | avg(3, s1, p1)
        res { elu conv(17, 3, same) }] fc(3);

    block b198_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph198: 5x5x5 =>
        res { conv(5, 1, nobias) conv(5, 1, nobias) bn } relu mul[gmax fc(5) tanh | dw(3, p1)]
        b198_0(5, s1);

    struct Graph199: (left: 5x5x5, right: 9x9x5) =>
        cat[@left conv(17, 3, p1) mul[gmax fc(17) sigmoid | prelu] gmax | @right dw(3, p1) gap]
        mul[id | silu sigmoid] cat[fc(4) fc(4) | id | fc(3) res { fc(3) relu }] cat[fc(5) sigmoid
        | fc(5) fc(5)] relu @t0;

    struct Graph200: 9x7x1 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        @t0 res { conv(4, 3, s1, p1, floor) bn conv(4, 3, same) } via auto hardswish @t1 fc(2);

    block b201_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn elu }
    struct Graph201: 7x8x4 =>
        add[conv(4, 3, same) | conv(4, 1, nobias) bn] res { conv(2, 3, s1, p1, floor) dw(3, p1) }
        via auto leaky(0.1) @t0 b201_0(5, stride = 2) b201_0(8) @t1 add[id | dw(3, p1) conv(8, 1, nobias)
        | id] @t2 fc(4);

    struct Graph202: 4x4x2 =>
        lrn(4, beta = 0.6, alpha = 0.3) mul[dw(3, p1) | hardswish]
        => { class: dw(3, p1), place: tanh, more: cat[conv(17, 3, p1) conv(17, 3, same) | id |
        conv(1, 3, p1) conv(1, 1, nobias)] fc(4) };

    struct Graph203: 5x5x16 =>
        res { dw(3, p1) pool(3, s1, p1) } elu @t0 cat[conv(1, 3, p1) dw(3, p1) | @t0 | drop(0)]
        @t1 fc(5);

    block b204_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph204: 4x7x3 =>
        slice(2, 3) @t0 1 * { cat[id | gelu conv(3, 3, same)] } add[id | id] @t1 b204_0(6, stride = 1)
        b204_0(1) @t2
        => { class: mul[gmax fc(1) hardsigmoid | conv(1, 5, p2)] };

    block b205_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) prelu conv(k, 1) }
        via auto prelu }
    struct Graph205: 5x9x4 =>
        cat[id | conv(1, 1) conv(1, 1, nobias) | id] res { conv(4, 3, s1, p1, floor) bn leaky(0.1)
        } via { hardswish conv(4, 1, s1, floor) } relu b205_0(6, s1) fc(1);

    let e206_0 = { conv(2, 3, same) silu };
    block b206_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph206: 6x6x3 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(17, 1)] @t0 mul[e206_0 |
        conv(25, 1, nobias) e206_0] add[id | tanh] b206_1(3, stride = 2) b206_1(8) @t1 fc(2);

    struct Graph207: (left: 9x9x5, right: 7, numbers: 18) =>
        cat[@left fc(8) elu | @right fc(17) tanh | @numbers fc(8) silu] logsoftmax cat[fc(1) res {
        fc(1) sigmoid } | id] res { res { leaky(0.1) fc(34) } id } hardswish ln(channels) fc(5);
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
