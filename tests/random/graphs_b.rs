//! Random graphs 52 to 103 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    block b52_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn silu }
    block b52_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph052: 5x5x3 =>
        b52_0(8, s2) @t0 b52_1(5, stride = 2) b52_1(5) flatten relu fc(2);

    block b53_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph053: 6x6x2 =>
        tanh @t0 b53_0(6, stride = 2) b53_0(12) fc(2);

    block b54_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn elu] conv(k, 1) }
    struct Graph054: 4x4x4 =>
        stage1: 2 * { cat[id | relu conv(1, 3, same)] } b54_0(5, stride = 2) b54_0(5)
        => { class: logsoftmax fc(1) };

    struct Graph055: (left: 6x6x2, right: 8x8x2, numbers: 6x6x5) =>
        cat[@left conv(1, 3, p1) dw(3, p1) gap | @right pool(3, s1, p1) fc(1) | @numbers
        mul[conv(5, 1, nobias) | gelu] fc(2)] add[relu drop(0) | relu | fc(4)] @t0 elu @t1 sigmoid
        @t2;

    struct Graph056: 7x7x5 =>
        res { conv(6, 3, s2, p1, floor) bn conv(6, 3, same) } via auto gelu stage1: 1 * { avg(3, s1, p1)
        conv(6, 1, nobias) };

    struct Graph057: 5x5x4 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] @t0 mul[dw(3, p1) |
        conv(19, 3, same)] stage1: 1 * { cat[id | prelu conv(1, 3, same)] } fc(2);

    struct Graph058: 9x4x16 =>
        add[id | id | pool(3, s1, p1)] @t0 cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] 3 * { conv(10, 1, nobias) gelu } cat[conv(16, 1) pool(3, s1, p1) | conv(12, 1)
        sigmoid | conv(10, 5, p2)] @t1 fc(1);

    block b59_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph059: 6x9x2 =>
        2 * { cat[id | leaky(0.1) conv(1, 3, same)] } add[id | leaky(0.1) dw(3, p1)] b59_0(8, stride = 1)
        b59_0(16) fc(6);

    struct Graph060: 6x6x16 =>
        add[pool(3, s1, p1) | conv(16, 3, same) bn] mul[id | prelu tanh] @t0 fc(5);

    block b61_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    block b61_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph061: 4x4x3 =>
        b61_0(8, s1) cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)]
        => { class: b61_1(5, stride = 1) b61_1(16) @t1 fc(2), place: @t0 };

    block b62_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) } via
        auto gelu }
    struct Graph062: 7x7x1 =>
        b62_0(4, s2) res { conv(3, 3, s2, p1, floor) bn dw(3, p1) } via { conv(4, 1, nobias)
        conv(3, 1, s2, floor) } leaky(0.1);

    struct Graph063: 6x4x5 =>
        add[avg(3, s1, p1) | res { conv(5, 3, same) conv(5, 5, p2) bn }] res { conv(17, 3, s2, p1, floor)
        mul[id | avg(3, s1, p1) sigmoid] } via auto leaky(0.1) add[silu conv(17, 5, p2) | res {
        drop(0) dw(3, p1) } | id] @t0;

    struct Graph064: 5x5x3 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1) | avg(3, s2, p1, floor)]
        pool(2, floor) add[id res { prelu conv(8, 1, nobias) } | conv(8, 3, same) bn conv(8, 3, same)
        | id] fc(5);
}

declare! { CALL_1;
    struct Graph065: 6x8x16 =>
        cat[conv(1, 3, p1) conv(1, 1, nobias) | conv(8, 1) conv(8, 3, same) | sigmoid] res {
        conv(4, 3, s1, p1, floor) bn dw(3, p1) } via { leaky(0.1) conv(4, 1, s1, floor) } relu
        fc(1);

    struct Graph066: 6x6x4 =>
        conv(17, 5, nobias, p[0, 1, 0, 1], s2x1) mul[id | gap fc(17) tanh] @t0 res { conv(17, 3, same)
        conv(17, 3, same) } hardswish @t1 fc(6);

    struct Graph067: (left: 5x5x1, right: 5x5x4) =>
        cat[@left conv(5, 1) id | @right conv(8, 3, p1) res { res { conv(8, 1, nobias) conv(8, 5, p2)
        } conv(8, 1, nobias) }] add[pool(3, s1, p1) | id | hardswish] relu fc(4);

    struct Graph068: 4x5x4 =>
        res { conv(16, 3, s1, p1, floor) dw(3, p1) } via { id conv(16, 1, s1, floor) } tanh
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(3, 1)] fc(3);

    block b69_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    let e69_1 = { conv(8, 3, same) bn sigmoid };
    struct Graph069: 4x4x5 =>
        b69_0(k = 5, s2) 2 * b69_0(12) add[mul[conv(12, 3, same) | pool(3, s1, p1)] | id]
        add[e69_1 | conv(12, 3, same) e69_1]
        => { class: add[conv(8, 1, nobias) bn conv(8, 3, same) | id | id] fc(4), place: tanh };

    block b70_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    struct Graph070: 6x6x1 =>
        b70_0(k = 2, s2) 2 * b70_0(12) 2 * { cat[id | relu conv(3, 3, same)] } mul[id | prelu
        tanh] fc(5);

    block b71_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph071: 4x7x3 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        b71_0(7, stride = 1) b71_0(6) res { leaky(0.1) conv(6, 1, nobias) bn } tanh res { conv(6, 3, same)
        bn mul[id | drop(0) sigmoid] } gelu fc(4);

    struct Graph072: (left: 9x7x3, right: 7) =>
        cat[@left fc(3) prelu | @right res { fc(7) fc(7) } fc(8)] 3 * { cat[id | sigmoid fc(2)] }
        res { leaky(0.1) leaky(0.1) } leaky(0.1) res { tanh res { tanh prelu } } sigmoid
        => { class: tanh, place: softplus fc(1), more: add[fc(17) | id] fc(4) };

    struct Graph073: (left: 7x7x16, right: 6x9x1, numbers: 9x9x3) =>
        cat[@left fc(3) tanh | @right conv(1, 1) avg(3, s1, p1) gmax | @numbers mul[gmax fc(3)
        hardsigmoid | conv(3, 3, same)] fc(4)] mul[id | silu sigmoid] res { gelu relu } elu @t0
        prelu @t1 fc(2);

    let e74_0 = { conv(4, 3, same) tanh };
    block b74_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph074: 7x7x4 =>
        add[e74_0 | conv(4, 3, same) bn e74_0] @t0 res { avg(3, s1, p1) prelu } hardswish b74_1(5, stride = 1)
        b74_1(1) mul[id | avg(3, s1, p1) tanh] @t1 fc(4);

    block b75_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    block b75_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b75_2(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph075: 4x6x1 =>
        b75_0(6, s1) @t0 res { avg(3, s1, p1) conv(6, 3, same) bn } gelu @t1 res { dw(3, p1)
        conv(6, 3, same) } leaky(0.1) @t2 b75_1(8, s2)
        => { class: b75_2(3, s2) fc(1), place: id, more: id };

    block b76_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    struct Graph076: 6x6x4 =>
        res { conv(8, 3, s1, p1, floor) id } via auto elu @t0 b76_0(k = 3, s2) 2 * b76_0(6);

    block b77_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph077: 8x9x4 =>
        add[mul[gmax fc(4) sigmoid | conv(4, 5, p2) bn] | dw(3, p1)] avg(2x3, s2x1) mul[id | gap
        fc(4) tanh] @t0 b77_0(k = 4, s1) 2 * b77_0(5) fc(4);
}

declare! { CALL_2;
    struct Graph078: (left: 7x7x16, right: 10, numbers: 4) =>
        cat[@left fc(8) elu | @right fc(2) elu | @numbers fc(16) relu] res { hardswish relu } elu
        elu fc(6);

    struct Graph079: 4x8x3 =>
        1 * { relu conv(3, 3, same) } inorm res { conv(3, 3, same) conv(3, 5, p2) } gelu flatten
        res { leaky(0.1) } fc(4);

    struct Graph080: (left: 9x4x2, right: 4x7x1, numbers: 10) =>
        cat[@left mul[id | conv(2, 5, p2) bn tanh] fc(17) | @right conv(1, 3, same) fc(2) |
        @numbers fc(3) silu] silu cat[id | fc(1) fc(1)] gelu fc(5);

    block b81_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn hardswish] conv(k, 1) }
    let e81_1 = { conv(3, 3, same) bn gelu };
    struct Graph081: 9x9x4 =>
        res { conv(17, 3, s2, p1, floor) bn mul[gelu | pool(3, s1, p1)] } via auto gelu b81_0(8, stride = 2)
        b81_0(17) mul[e81_1 | pool(3, s1, p1) e81_1] add[id | tanh] @t0 fc(3);

    struct Graph082: 6x6x3 =>
        add[dw(3, p1) mul[id | gap fc(3) hardsigmoid] | avg(3, s1, p1) res { conv(3, 3, same)
        conv(3, 1, nobias) } | conv(3, 3, same) mul[id | conv(3, 5, p2) bn hardsigmoid]] @t0
        add[hardswish | conv(3, 3, same) conv(3, 3, same) bn | @t0] @t1 flatten fc(2);

    block b83_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph083: 4x5x2 =>
        2 * { conv(2, 5, p2) avg(3, s1, p1) } mul[conv(2, 1, nobias) | conv(2, 5, p2)] b83_0(k = 4, s2)
        2 * b83_0(8) cat[conv(17, 3, p1) avg(3, s1, p1) | conv(2, 3, p1) mul[drop(0) | dw(3, p1)]
        | conv(12, 1) res { dw(3, p1) drop(0) }];

    struct Graph084: 8x8x1 =>
        avg(4, ceil) deconv(2, 2, p[1, 1, 1, 0]) 2 * { cat[id | gelu conv(3, 3, same)] }
        => { class: res { conv(16, 3, s2, p1, floor) res { conv(16, 3, same) pool(3, s1, p1) } }
        via { dw(3, p1) conv(16, 1, s2, floor) } elu fc(2) };

    struct Graph085: 9x9x8 =>
        deconv(2, 4, g2, nobias) @t0 hardsigmoid cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1)] mul[gmax fc(7) hardsigmoid | silu] fc(5);

    let e86_0 = { conv(16, 3, same) prelu };
    struct Graph086: 4x5x8 =>
        1 * { cat[id | leaky(0.1) conv(3, 3, same)] } 2 * { avg(3, s1, p1) relu } res { sigmoid
        dw(3, p1) } leaky(0.1) mul[e86_0 | drop(0) e86_0] add[id | tanh] fc(1);

    block b87_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph087: 5x8x3 =>
        res { conv(12, 3, s2, p1, floor) conv(12, 5, p2) } via { conv(3, 1, nobias) bn conv(12, 1, s2, floor)
        } hardswish @t0 3 * { cat[id | sigmoid conv(1, 3, same)] } mul[id | avg(3, s1, p1)
        hardsigmoid] @t1 b87_0(7, stride = 1) b87_0(8)
        => { class: conv(8, 1, nobias) };

    struct Graph088: 5x5x8 =>
        lrn(3, k = 2.0, alpha = 1.0) @t0 cat[id | conv(4, 3, p1) avg(3, s1, p1)] fc(6);

    struct Graph089: 9x9x4 =>
        res { conv(4, 3, same) bn conv(4, 1, nobias) } relu mul[id | id hardsigmoid] @t0 fc(4);

    struct Graph090: 7x7x3 =>
        cat[id | conv(2, 3, p1) conv(2, 5, p2)] @t0 res { conv(1, 3, s2, p1, floor) dw(3, p1) }
        via auto leaky(0.1) res { conv(6, 3, s1, p1, floor) conv(6, 1, nobias) bn } via { conv(1, 3, same)
        conv(6, 1, s1, floor) } sigmoid @t1
        => { class: @t1 };
}

declare! { CALL_3;
    struct Graph091: 7x7x8 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] @t0 res { conv(8, 3, s2, p1, floor)
        bn avg(3, s1, p1) } via auto silu @t1
        => { class: add[id | dw(3, p1) | silu conv(8, 1, nobias)] @t2 fc(4), place: @t2, more: id
        };

    block b92_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph092: 5x5x8 =>
        b92_0(2, s2) res { mul[id | gap fc(2) tanh] conv(2, 3, same) } sigmoid up(2, bilinear)
        flatten mul[gelu | relu] fc(4);

    block b93_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    block b93_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) } via
        auto gelu }
    struct Graph093: 9x9x3 =>
        dw(3, ceil, s2, p1) b93_0(2, s2) 3 * { cat[id | elu conv(4, 3, same)] } b93_1(6, s2) @t0
        flatten sigmoid fc(4);

    struct Graph094: 8x5x4 =>
        add[conv(4, 5, p2) conv(4, 3, same) | avg(3, s1, p1) | id] cat[conv(3, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)] @t0;

    struct Graph095: (left: 5x8x8, right: 5x5x5) =>
        cat[@left fc(5) leaky(0.1) | @right leaky(0.1) fc(1)] 1 * { fc(6) fc(6) } stage1: 3 * {
        gelu hardswish } fc(4);

    block b96_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph096: 4x4x5 =>
        lrn(1, alpha = 0.5) @t0 res { conv(5, 3, s2, p1, floor) conv(5, 3, same) bn } via auto
        gelu cat[silu | conv(12, 1) conv(12, 3, same) | conv(5, 1) mul[gmax fc(5) tanh | relu]]
        b96_0(5, stride = 1) b96_0(16) flatten res { relu } fc(1);

    struct Graph097: (left: 4x4x16, right: 7x9x1, numbers: 8x8x8) =>
        cat[@left fc(16) elu | @right conv(1, 3, same) fc(6) | @numbers conv(5, 1) gelu gap]
        cat[fc(17) prelu | fc(6) sigmoid] res { relu res { relu fc(23) } } relu @t0 fc(3);

    block b98_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b98_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph098: 7x7x8 =>
        b98_0(2, s2) add[conv(2, 3, same) | id | id] @t0 b98_1(4, s1) @t1
        => { class: cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1) | avg(3, s2, p1, floor)]
        fc(3) };

    struct Graph099: 4x4x4 =>
        add[silu | silu elu | id] cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)]
        res { conv(5, 3, s1, p1, floor) avg(3, s1, p1) } via auto silu fc(6);

    let e100_0 = { conv(12, 3, same) silu };
    struct Graph100: (left: 6x5x2, right: 6x5x4) =>
        cat[@left dw(3, p1) | @right conv(16, 1) dw(3, p1)] cat[conv(6, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(5, 1)] add[e100_0 | conv(11, 3, same) e100_0] @t0 cat[conv(16, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(6, 1)] @t1 fc(3);

    struct Graph101: 9x9x3 =>
        cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] stage1: 3 * { id
        conv(9, 3, same) } flatten sigmoid fc(1);

    struct Graph102: (left: 8x5x1, right: 3) =>
        cat[@left fc(6) gelu | @right fc(2) prelu] add[elu mul[id | relu tanh] | leaky(0.1)
        drop(0)] @t0 add[@t0 | id] fc(2);

    struct Graph103: 4x4x2 =>
        res { avg(3, s1, p1) drop(0) } hardswish @t0 add[conv(2, 3, same) mul[conv(2, 5, p2) |
        drop(0)] | res { drop(0) pool(3, s1, p1) }];
}

#[test]
fn graphs_b_0() {
    check_declared!(CALL_0: Graph052, Graph053, Graph054, Graph055, Graph056, Graph057, Graph058, Graph059, Graph060, Graph061, Graph062, Graph063, Graph064);
}

#[test]
fn graphs_b_1() {
    check_declared!(CALL_1: Graph065, Graph066, Graph067, Graph068, Graph069, Graph070, Graph071, Graph072, Graph073, Graph074, Graph075, Graph076, Graph077);
}

#[test]
fn graphs_b_2() {
    check_declared!(CALL_2: Graph078, Graph079, Graph080, Graph081, Graph082, Graph083, Graph084, Graph085, Graph086, Graph087, Graph088, Graph089, Graph090);
}

#[test]
fn graphs_b_3() {
    check_declared!(CALL_3: Graph091, Graph092, Graph093, Graph094, Graph095, Graph096, Graph097, Graph098, Graph099, Graph100, Graph101, Graph102, Graph103);
}
