//! Random graphs 52 to 103 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph052: (left: 4x7x4, right: 6x6x8) =>
        cat[@left dw(3, p1) fc(2) | @right fc(16) silu] res { fc(18) drop(0) } prelu @t0 res {
        leaky(0.1) silu } prelu @t1 mul[id | fc(18) hardsigmoid] res { fc(18) mul[fc(18) | fc(18)]
        } elu @t2
        => { class: @t2, place: 1 * { cat[id | relu fc(3)] } fc(2), more: cat[fc(2) id | fc(8)
        relu] @t3 fc(2) };

    struct Graph053: 9x6x2 =>
        add[conv(2, 1, nobias) bn | conv(2, 3, same) pool(3, s1, p1) | res { conv(2, 3, same)
        conv(2, 1, nobias) bn }] cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)]
        res { conv(4, 3, s1, p1, floor) res { conv(4, 1, nobias) conv(4, 5, p2) bn } } via auto
        silu res { conv(8, 3, s2, p1, floor) gelu } via auto relu @t0
        => { class: id };

    struct Graph054: 7x7x4 =>
        res { conv(8, 3, s2, p1, floor) drop(0) } via auto sigmoid mul[gmax fc(8) sigmoid |
        conv(8, 3, same)] fc(1);

    struct Graph055: (left: 6x6x2, right: 6x4x8, numbers: 10) =>
        cat[@left conv(2, 3, same) fc(16) | @right fc(5) relu | @numbers fc(8) relu] l2norm @t0
        fc(16) res { fc(16) fc(16) } elu @t1 leaky(0.75) fc(3);

    block b56_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        hardswish] conv(k, 1) }
    struct Graph056: 6x6x8 =>
        add[conv(8, 3, same) | id | mul[id | gap fc(8) sigmoid]] res { conv(8, 3, s2, p1, floor)
        bn drop(0) } via auto tanh @t0 b56_0(8, s2) flatten add[id | gelu] fc(1);

    let e57_0 = { conv(6, 3, same) relu };
    struct Graph057: 9x9x4 =>
        add[dw(3, p1) conv(4, 3, same) | id | prelu] @t0 add[e57_0 | conv(4, 5, p2) bn e57_0]
        fc(5);

    block b58_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph058: 7x4x5 =>
        b58_0(k = 6, s2) 2 * b58_0(5) res { conv(3, 3, s1, p1, floor) bn mul[id | drop(0) sigmoid]
        } via { conv(5, 1, nobias) conv(3, 1, s1, floor) } hardswish @t0 fc(4);

    let e59_0 = { conv(3, 3, same) bn prelu };
    block b59_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn tanh conv(k, 1) }
        via auto tanh }
    struct Graph059: 8x8x1 =>
        mul[e59_0 | conv(1, 5, p2) e59_0] add[id | tanh] @t0 b59_1(3, s1) @t1 flatten mul[relu |
        prelu] fc(1);

    block b60_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn silu }
    block b60_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph060: 5x5x3 =>
        b60_0(8, s2) @t0 b60_1(5, stride = 2) b60_1(5) flatten relu fc(2);

    block b61_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph061: 6x6x2 =>
        tanh @t0 b61_0(6, stride = 2) b61_0(12) fc(2);

    block b62_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn elu] conv(k, 1) }
    struct Graph062: 4x4x4 =>
        stage1: 2 * { cat[id | relu conv(1, 3, same)] } b62_0(5, stride = 2) b62_0(5)
        => { class: logsoftmax fc(1) };

    struct Graph063: (left: 6x6x2, right: 8x8x2, numbers: 6x6x5) =>
        cat[@left conv(1, 3, p1) dw(3, p1) gap | @right pool(3, s1, p1) fc(1) | @numbers
        mul[conv(5, 1, nobias) | gelu] fc(2)] add[relu drop(0) | relu | fc(4)] @t0 leaky @t1
        sigmoid @t2;

    struct Graph064: 7x7x5 =>
        res { conv(6, 3, s2, p1, floor) bn conv(6, 3, same) } via auto gelu stage1: 1 * { avg(3, s1, p1)
        conv(6, 1, nobias) };
}

declare! { CALL_1;
    struct Graph065: 5x5x4 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] @t0 mul[dw(3, p1) |
        conv(19, 3, same)] stage1: 1 * { cat[id | prelu conv(1, 3, same)] } fc(2);

    struct Graph066: 9x4x16 =>
        add[id | id | pool(3, s1, p1)] @t0 cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] 3 * { conv(10, 1, nobias) gelu } cat[conv(16, 1) pool(3, s1, p1) | conv(12, 1)
        sigmoid | conv(10, 5, p2)] @t1 fc(1);

    block b67_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph067: 6x9x2 =>
        2 * { cat[id | leaky(0.1) conv(1, 3, same)] } add[id | leaky(0.1) dw(3, p1)] b67_0(8, stride = 1)
        b67_0(16) fc(6);

    struct Graph068: 6x6x16 =>
        add[pool(3, s1, p1) | conv(16, 3, same) bn] mul[id | prelu tanh] @t0 fc(5);

    block b69_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    block b69_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph069: 4x4x3 =>
        b69_0(8, s1) cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)]
        => { class: b69_1(5, stride = 1) b69_1(16) @t1 fc(2), place: @t0 };

    block b70_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) } via
        auto gelu }
    struct Graph070: 7x7x1 =>
        b70_0(4, s2) res { conv(3, 3, s2, p1, floor) bn dw(3, p1) } via { conv(4, 1, nobias)
        conv(3, 1, s2, floor) } leaky(0.1);

    struct Graph071: 6x4x5 =>
        add[avg(3, s1, p1) | res { conv(5, 3, same) conv(5, 5, p2) bn }] res { conv(17, 3, s2, p1, floor)
        mul[id | avg(3, s1, p1) sigmoid] } via auto leaky(0.1) add[silu conv(17, 5, p2) | res {
        drop(0) dw(3, p1) } | id] @t0;

    struct Graph072: 7x4x4 =>
        cat[conv(3, 1) dw(3, p1) | conv(2, 1) avg(3, s1, p1)] @t0 mul[relu | conv(5, 1, nobias)]
        @t1 fc(3);

    struct Graph073: 6x6x4 =>
        conv(17, 5, nobias, p[0, 1, 0, 1], s2x1) mul[id | gap fc(17) tanh] @t0 res { conv(17, 3, same)
        conv(17, 3, same) } hardswish @t1 fc(6);

    struct Graph074: (left: 5x5x1, right: 5x5x4) =>
        cat[@left conv(5, 1) id | @right conv(8, 3, p1) res { res { conv(8, 1, nobias) conv(8, 5, p2)
        } conv(8, 1, nobias) }] add[pool(3, s1, p1) | id | hardswish] drop(0) fc(2);

    struct Graph075: (left: 7x7x2, right: 7x7x4, numbers: 7x7x4) =>
        cat[@left mul[gmax fc(2) tanh | dw(3, p1)] | @right conv(8, 1) relu | @numbers pool(3, s1, p1)]
        res { conv(3, 3, s1, p1, floor) conv(3, 3, same) } via { relu conv(3, 1, s1, floor) } elu
        cat[conv(6, 1) conv(6, 3, same) | id] res { silu dw(3, p1) } hardswish @t0 flatten relu
        fc(1);

    block b76_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph076: 7x4x3 =>
        res { dw(3, p1) conv(3, 3, same) } silu mul[gmax fc(3) hardsigmoid | conv(3, 3, same)] @t0
        add[id | res { gelu leaky(0.1) } | conv(3, 3, same) conv(3, 5, p2)] b76_0(4, s1) flatten
        add[id | tanh] fc(1);

    struct Graph077: (left: 5, right: 8x8x5) =>
        cat[@left tanh fc(1) | @right fc(4) prelu] cat[id | fc(16) fc(16)] logsoftmax @t0
        => { class: @t0, place: 1 * { cat[id | relu fc(2)] } fc(4) };
}

declare! { CALL_2;
    block b78_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    let e78_1 = { conv(8, 3, same) silu };
    struct Graph078: 8x4x5 =>
        res { conv(12, 3, s2, p1, floor) mul[id | elu tanh] } via auto tanh @t0 res { conv(4, 3, s2, p1, floor)
        res { conv(4, 3, same) avg(3, s1, p1) } } via auto gelu b78_0(5, s1) mul[e78_1 | conv(5, 3, same)
        e78_1] add[id | tanh] @t1 fc(5);

    let e79_0 = { conv(1, 3, same) sigmoid };
    struct Graph079: 6x6x16 =>
        cat[gelu e79_0 | e79_0] 2 * { hardswish sigmoid };

    struct Graph080: 6x6x3 =>
        tanh mul[id | dw(3, p1) sigmoid];

    block b81_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph081: 7x8x4 =>
        b81_0(k = 7, s2) 2 * b81_0(5) cat[avg(3, s1, p1) | id] add[id | avg(3, s1, p1) id] cat[id
        | conv(4, 3, p1) conv(4, 3, same)] fc(5);

    block b82_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    struct Graph082: 9x9x3 =>
        b82_0(8, s2) cat[conv(8, 3, p1) conv(8, 3, same) | conv(6, 1) conv(6, 3, same) bn | id]
        flatten add[id | hardswish] fc(4);

    block b83_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph083: 7x7x4 =>
        b83_0(k = 6, s1) 2 * b83_0(5) cat[conv(12, 1) silu | id] cat[conv(3, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] @t0 flatten res { hardswish } fc(3);

    struct Graph084: 9x9x3 =>
        res { conv(8, 3, s2, p1, floor) res { conv(8, 5, p2) conv(8, 1, nobias) } } via { conv(3, 3, same)
        bn conv(8, 1, s2, floor) } silu @t0 cat[@t0 | id] @t1 fc(6);

    block b85_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph085: 5x5x2 =>
        b85_0(k = 4, s1) 2 * b85_0(5) mul[id | gap fc(5) hardsigmoid] fc(3);

    struct Graph086: (left: 7x7x16, right: 10, numbers: 4) =>
        cat[@left fc(8) elu | @right fc(2) elu | @numbers fc(16) relu] res { hardswish relu } elu
        elu fc(6);

    block b87_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph087: 4x8x3 =>
        1 * { relu conv(3, 3, same) } gn(3) res { conv(2, 3, s2, p1, floor) dw(3, p1) } via auto
        tanh
        => { class: b87_0(7, stride = 2) b87_0(4) fc(4), place: id, more: leaky(0.1) };

    block b88_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph088: 4x8x3 =>
        add[conv(3, 3, same) | mul[id | gap fc(3) tanh] conv(3, 3, same) | hardswish] b88_0(2, s1)
        => { class: 3 * { avg(3, s1, p1) avg(3, s1, p1) } fc(2), place: tanh };

    let e89_0 = { conv(17, 3, same) relu };
    struct Graph089: 6x5x5 =>
        res { conv(6, 3, s1, p1, floor) bn dw(3, p1) } via { conv(5, 3, same) conv(6, 1, s1, floor)
        } hardswish add[conv(6, 1, nobias) mul[id | gap fc(6) tanh] | gelu tanh | dw(3, p1)]
        mul[e89_0 | avg(3, s1, p1) e89_0] add[id | tanh] @t0 fc(3);

    block b90_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph090: 4x6x16 =>
        stage1: 2 * { cat[id | silu conv(2, 3, same)] } cat[id | conv(4, 3, p1) dw(3, p1)] @t0
        b90_0(5, s2) add[avg(3, s1, p1) | conv(5, 3, same)] flatten mul[relu | relu] fc(4);
}

declare! { CALL_3;
    struct Graph091: (left: 9x9x3, right: 6, numbers: 4) =>
        cat[@left conv(3, 3, same) fc(1) | @right fc(4) relu | @numbers fc(16) sigmoid] add[id |
        fc(21) id | sigmoid id] l2norm @t0;

    struct Graph092: 6x6x4 =>
        id add[relu | conv(4, 5, p2)] fc(4);

    block b93_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph093: 4x5x2 =>
        2 * { conv(2, 5, p2) avg(3, s1, p1) } mul[conv(2, 1, nobias) | conv(2, 5, p2)] b93_0(k = 4, s2)
        2 * b93_0(8) cat[conv(17, 3, p1) avg(3, s1, p1) | conv(2, 3, p1) mul[drop(0) | dw(3, p1)]
        | conv(12, 1) res { dw(3, p1) drop(0) }];

    struct Graph094: 8x8x1 =>
        avg(4, ceil) deconv(2, 2, p[1, 1, 1, 0]) 2 * { cat[id | gelu conv(3, 3, same)] }
        => { class: res { conv(16, 3, s2, p1, floor) res { conv(16, 3, same) pool(3, s1, p1) } }
        via { dw(3, p1) conv(16, 1, s2, floor) } elu fc(2) };

    struct Graph095: 9x9x8 =>
        deconv(2, 4, g2, nobias) @t0 hardsigmoid cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1)] mul[gmax fc(7) hardsigmoid | silu] fc(5);

    let e96_0 = { conv(16, 3, same) prelu };
    struct Graph096: 4x5x8 =>
        1 * { cat[id | leaky(0.1) conv(3, 3, same)] } 2 * { avg(3, s1, p1) relu } res { sigmoid
        dw(3, p1) } leaky(0.1) mul[e96_0 | drop(0) e96_0] add[id | tanh] fc(1);

    block b97_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph097: 5x8x3 =>
        res { conv(12, 3, s2, p1, floor) conv(12, 5, p2) } via { conv(3, 1, nobias) bn conv(12, 1, s2, floor)
        } hardswish @t0 3 * { cat[id | sigmoid conv(1, 3, same)] } mul[id | avg(3, s1, p1)
        hardsigmoid] @t1 b97_0(7, stride = 1) b97_0(8)
        => { class: conv(8, 1, nobias) };

    struct Graph098: 5x5x8 =>
        lrn(3, k = 2.0, alpha = 1.0) @t0 cat[id | conv(4, 3, p1) avg(3, s1, p1)] fc(6);

    struct Graph099: 9x9x4 =>
        res { conv(4, 3, same) bn conv(4, 1, nobias) } relu mul[id | id hardsigmoid] @t0 fc(4);

    struct Graph100: (left: 6x6x4, right: 6x6x2) =>
        cat[@left conv(3, 1) res { drop(0) res { conv(3, 1, nobias) avg(3, s1, p1) } } | @right
        mul[dw(3, p1) | conv(2, 1, nobias) bn]] add[id | mul[id | conv(5, 1, nobias) hardsigmoid]
        | res { conv(5, 3, same) bn prelu }] @t0 3 * { cat[id | sigmoid conv(1, 3, same)] }
        flatten res { hardswish } fc(4);

    struct Graph101: (left: 6x6x3, right: 7, numbers: 9x9x3) =>
        cat[@left conv(8, 1) conv(8, 1, nobias) bn gap | @right fc(3) leaky(0.1) | @numbers
        mul[dw(3, p1) | relu] fc(6)] add[relu | fc(17) fc(17) | fc(17) prelu] stage1: 2 * { fc(17)
        elu }
        => { class: logsoftmax fc(2), place: mul[id | fc(17) hardsigmoid] fc(4), more: add[fc(17)
        | hardswish gelu | id] @t0 fc(3) };

    block b102_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph102: 5x6x4 =>
        add[id | drop(0) | drop(0)] @t0 res { conv(16, 3, s2, p1, floor) bn conv(16, 1, nobias) }
        via { conv(4, 3, same) conv(16, 1, s2, floor) } relu b102_0(3, s1) @t1 fc(4);

    block b103_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    block b103_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph103: 8x5x1 =>
        b103_0(k = 5, s2) 2 * b103_0(17) b103_1(6, s2)
        => { class: add[id | elu res { conv(6, 3, same) bn conv(6, 1, nobias) } | relu] fc(1) };
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
