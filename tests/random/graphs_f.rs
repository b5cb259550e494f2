//! Random graphs 260 to 311 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    let e260_0 = { conv(2, 3, same) bn hardswish };
    struct Graph260: 7x4x2 =>
        add[e260_0 | conv(2, 3, same) e260_0] @t0 res { conv(16, 3, s2, p1, floor) bn conv(16, 1, nobias)
        } via auto leaky(0.1) mul[id | avg(3, s1, p1) tanh] cat[res { id conv(16, 1, nobias) } |
        drop(0)] fc(6);

    struct Graph261: 8x8x5 =>
        res { conv(5, 5, p2) silu } tanh mul[id | pool(3, s1, p1) hardsigmoid] res { conv(8, 3, s1, p1, floor)
        bn conv(8, 1, nobias) bn } via auto elu relu @t0 fc(5);

    struct Graph262: 7x7x3 =>
        add[prelu res { conv(3, 5, p2) conv(3, 3, same) } | conv(3, 3, same)] cat[id | id] @t0
        fc(6);

    struct Graph263: 6x6x8 =>
        leaky(0.1) cat[conv(8, 3, same) | drop(0)] @t0 fc(2);

    block b264_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph264: 6x6x2 =>
        b264_0(8, s1) @t0 cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) |
        avg(3, s2, p1, floor)] cat[conv(17, 1) res { tanh elu } | conv(8, 3, p1) avg(3, s1, p1) |
        conv(1, 3, p1) gelu] sigmoid @t1
        => { class: add[dw(3, p1) conv(26, 3, same) | res { drop(0) dw(3, p1) } | id] fc(3) };

    block b265_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph265: 9x9x3 =>
        res { conv(5, 3, s2, p1, floor) conv(5, 5, p2) } via { tanh conv(5, 1, s2, floor) } elu
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        cat[conv(16, 3, p1) elu | conv(1, 1) tanh | mul[gmax fc(24) hardsigmoid | conv(24, 1, nobias)
        bn]] b265_0(8, stride = 2) b265_0(8) fc(6);

    block b266_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph266: 6x6x5 =>
        cat[conv(3, 1) elu | conv(8, 1) avg(3, s1, p1) | conv(8, 1) conv(8, 3, same)] cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] b266_0(k = 5, s1) 2 * b266_0(12) add[avg(3, s1, p1)
        id | conv(12, 1, nobias) conv(12, 3, same)];

    block b267_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph267: 6x4x3 =>
        b267_0(7, s2) mul[leaky(0.1) | silu] flatten res { prelu } fc(1);

    struct Graph268: (left: 4x4x3, right: 9x9x1, numbers: 6) =>
        cat[@left conv(16, 1) leaky(0.1) gap | @right conv(1, 5, p2) gap | @numbers fc(8)
        leaky(0.1)] res { fc(25) leaky(0.1) } relu 1 * { cat[id | elu fc(1)] }
        => { class: add[leaky(0.1) | tanh drop(0)] fc(4), place: id };

    struct Graph269: 5x5x1 =>
        add[avg(3, s1, p1) conv(1, 3, same) | conv(1, 5, p2) conv(1, 3, same) | silu] 2 * {
        conv(1, 3, same) prelu } mul[gmax fc(1) tanh | hardswish] fc(4);

    block b270_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn leaky(0.1)] conv(k, 1) }
    struct Graph270: 4x6x3 =>
        b270_0(8, stride = 2) b270_0(8) @t0 mul[id | gap fc(8) hardsigmoid] mul[id | drop(0)
        tanh];

    struct Graph271: (left: 9x5x8, right: 7, numbers: 18) =>
        cat[@left pool(3, s1, p1) fc(8) | @right fc(1) hardswish | @numbers fc(4) gelu] silu @t0
        cat[fc(12) res { fc(12) fc(12) } | fc(6) fc(6)] @t1 add[res { relu fc(18) } fc(18) | silu
        | leaky(0.1) fc(18)] @t2 gelu @t3 fc(4);

    struct Graph272: 7x5x1 =>
        res { conv(1, 3, same) bn id } gelu up(3, nearest) @t0 fc(4);
}

declare! { CALL_1;
    struct Graph273: 8x8x1 =>
        mul[id | gap fc(1) sigmoid] add[conv(1, 3, same) | id]
        => { class: tanh, place: conv(1, 5, p2) };

    block b274_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        tanh] conv(k, 1) }
    block b274_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    struct Graph274: 6x6x1 =>
        b274_0(3, s2) b274_1(k = 5, s1) 2 * b274_1(3) fc(6);

    struct Graph275: (left: 6x9x16, right: 7x7x3, numbers: 9x9x16) =>
        cat[@left conv(8, 1) sigmoid gap | @right fc(16) sigmoid | @numbers fc(8) elu] hardsigmoid
        @t0 res { mul[id | sigmoid tanh] mul[elu | prelu] } leaky(0.1) fc(6);

    block b276_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph276: 8x8x1 =>
        stage1: 1 * { conv(1, 3, same) silu } b276_0(2, stride = 2) b276_0(12) @t0 fc(6);

    block b277_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    struct Graph277: 4x4x4 =>
        mul[gmax fc(4) sigmoid | conv(4, 3, same) bn] @t0 res { res { drop(0) dw(3, p1) } conv(4, 5, p2)
        } tanh add[id | conv(4, 3, same) hardswish | @t0] b277_0(5, stride = 1) b277_0(12) @t1
        => { class: id, place: stage1: 3 * { cat[id | gelu conv(4, 3, same)] } fc(4) };

    struct Graph278: 8x8x5 =>
        res { conv(3, 3, s2, p1, floor) bn res { dw(3, p1) id } } via { drop(0) conv(3, 1, s2, floor)
        } elu cat[id | conv(1, 3, p1) avg(3, s1, p1) | id] mul[id | conv(7, 5, p2) sigmoid] @t0
        fc(3);

    struct Graph279: (left: 4x4x16, right: 4) =>
        cat[@left id fc(5) | @right silu fc(5)] cat[fc(12) fc(12) | fc(2) fc(2) | id] cat[fc(4)
        drop(0) | fc(2) id | fc(3) id] res { silu res { tanh relu } } prelu @t0 tanh fc(3);

    block b280_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph280: 9x9x3 =>
        mul[conv(3, 3, same) | conv(3, 3, same) bn] b280_0(3, stride = 2) b280_0(12) res { dw(3, p1)
        res { elu conv(12, 5, p2) } } silu stage1: 3 * { cat[id | elu conv(1, 3, same)] } fc(4);

    block b281_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph281: 8x8x5 =>
        mul[gmax fc(5) sigmoid | conv(5, 3, same)] cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1) | avg(3, s2, p1, floor)] @t0 cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1) | avg(3, s2, p1, floor)] @t1 b281_0(k = 5, s2) 2 * b281_0(5) fc(6);

    block b282_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph282: 5x8x16 =>
        cat[conv(1, 1) conv(1, 3, same) | id | avg(3, s1, p1)] b282_0(2, s1) @t0
        => { class: add[@t0 | conv(2, 3, same) gelu | avg(3, s1, p1) res { conv(2, 3, same)
        conv(2, 3, same) }] fc(2), place: @t0, more: id };

    struct Graph283: 9x8x3 =>
        mul[gmax fc(3) sigmoid | conv(3, 3, same)] mul[gmax fc(3) sigmoid | conv(3, 3, same)]
        fc(3);

    block b284_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    struct Graph284: 9x7x1 =>
        b284_0(k = 3, s1) 2 * b284_0(3) leaky(0.75) res { conv(8, 3, s1, p1, floor) bn dw(3, p1) }
        via auto leaky(0.1) @t0 fc(5);

    let e285_0 = { conv(4, 3, same) prelu };
    struct Graph285: 5x5x3 =>
        mul[e285_0 | dw(3, p1) e285_0] add[id | tanh] cat[conv(4, 3, p1) dw(3, p1) | elu] @t0;
}

declare! { CALL_2;
    let e286_0 = { conv(1, 3, same) prelu };
    struct Graph286: 8x8x5 =>
        2 * { conv(5, 5, p2) id } avg(4, p2) @t0 add[e286_0 | dw(3, p1) e286_0] cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(12, 1)]
        => { class: mul[id | dw(3, p1) hardsigmoid] @t1 fc(4) };

    struct Graph287: 9x9x3 =>
        res { conv(2, 3, s1, p1, floor) bn res { conv(2, 3, same) hardswish } } via auto sigmoid
        res { conv(2, 3, same) conv(2, 1, nobias) bn } leaky(0.1) cat[conv(1, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] fc(3);

    let e288_0 = { conv(2, 3, same) sigmoid };
    struct Graph288: 6x6x2 =>
        cat[pool(3, s1, p1) e288_0 | e288_0] add[relu conv(4, 3, same) | id] @t0 cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] fc(6);

    struct Graph289: (left: 7x5x4, right: 7, numbers: 3) =>
        cat[@left fc(3) hardswish | @right fc(1) gelu | @numbers fc(3) fc(12)] cat[fc(16) silu |
        fc(2) fc(2)] cat[id | fc(17) mul[id | fc(17) sigmoid]] @t0 add[id | fc(35)];

    struct Graph290: 4x7x2 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] @t0 adaptive(4x1)
        => { class: id, place: @t0 };

    block b291_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    block b291_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph291: 4x4x2 =>
        add[conv(2, 5, p2) bn | conv(2, 3, same) relu | conv(2, 3, same)] @t0 b291_0(8, stride = 2)
        b291_0(8) b291_1(2, s2) @t1 fc(3);

    struct Graph292: 9x6x3 =>
        mul[gmax fc(3) tanh | gelu] 1 * { conv(3, 3, same) drop(0) } fc(6);

    struct Graph293: 6x6x2 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] @t0 res { conv(17, 3, s1, p1, floor)
        bn conv(17, 3, same) } via auto gelu fc(1);

    struct Graph294: (left: 5x8x5, right: 6x6x16) =>
        cat[@left fc(12) gelu | @right fc(2) leaky(0.1)] sigmoid logsoftmax @t0 add[id | id] @t1
        add[fc(14) | id] @t2 fc(1);

    struct Graph295: 7x7x2 =>
        cat[conv(2, 1) res { relu conv(2, 1, nobias) bn } | id | res { id drop(0) }] @t0
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)]
        => { class: mul[id | gap fc(3) tanh], place: cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(2, 1) | avg(3, s2, p1, floor)] fc(3), more: mul[conv(3, 3, same) bn | drop(0)] };

    block b296_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    block b296_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph296: 4x4x1 =>
        b296_0(3, stride = 2) b296_0(4) @t0 b296_1(3, stride = 2) b296_1(17) mul[id | pool(3, s1, p1)
        tanh] @t1 res { dw(3, p1) conv(17, 5, p2) } leaky(0.1) @t2 flatten res { relu } fc(3);

    block b297_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn hardswish] conv(k, 1) }
    struct Graph297: 4x4x2 =>
        reshape(1x8x4) @t0 sigmoid b297_0(4, s1) @t1 fc(6);

    struct Graph298: 4x4x3 =>
        relu res { conv(5, 3, s1, p1, floor) id } via { id conv(5, 1, s1, floor) } elu stage1: 2 *
        { cat[id | silu conv(2, 3, same)] } cat[conv(12, 1) res { dw(3, p1) drop(0) } | conv(1, 3, p1)
        elu | conv(3, 3, p1) dw(3, p1)] @t0
        => { class: softplus fc(1), place: 1 * { drop(0) mul[id | gelu tanh] } fc(3) };
}

declare! { CALL_3;
    block b299_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn sigmoid] conv(k, 1) }
    struct Graph299: 6x9x3 =>
        add[id | conv(3, 3, same) bn avg(3, s1, p1) | conv(3, 1, nobias) drop(0)] b299_0(2, stride = 2)
        b299_0(2) @t0 fc(2);

    struct Graph300: (left: 7x7x8, right: 3, numbers: 6) =>
        cat[@left fc(17) relu | @right mul[fc(3) | relu] fc(1) | @numbers fc(6) silu] cat[fc(8)
        fc(8) | fc(12) fc(12)] cat[fc(8) gelu | fc(17) mul[id | fc(17) hardsigmoid]] l2norm @t0
        fc(2);

    struct Graph301: (left: 4x4x2, right: 10, numbers: 7x7x2) =>
        cat[@left mul[gmax fc(2) tanh | tanh] fc(17) | @right fc(5) gelu | @numbers conv(2, 3, p1)
        silu gap] sigmoid cat[fc(1) prelu | fc(8) fc(8) | id] 3 * { res { leaky(0.1) fc(33) }
        fc(33) } res { drop(0) gelu } sigmoid fc(3);

    struct Graph302: (left: 8x8x2, right: 5x5x3, numbers: 3) =>
        cat[@left res { res { pool(3, s1, p1) dw(3, p1) } sigmoid } fc(5) | @right fc(8) silu |
        @numbers fc(3) fc(17)] add[sigmoid fc(30) | res { fc(30) fc(30) } | fc(30)] res { relu id
        } relu @t0 fc(4);

    block b303_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    block b303_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph303: 9x4x3 =>
        b303_0(3, stride = 2) b303_0(12) b303_1(8, s2) fc(1);

    struct Graph304: 9x5x3 =>
        add[id | silu | mul[id | gap fc(3) sigmoid]] cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1)] flatten fc(4);

    struct Graph305: 7x7x1 =>
        cat[id | id | res { conv(1, 3, same) avg(3, s1, p1) }] cat[conv(6, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(3, 1) | avg(3, s2, p1, floor)] @t0 cat[conv(16, 3, p1)
        conv(16, 3, same) bn | id] @t1 stage1: 2 * { cat[id | relu conv(1, 3, same)] } fc(6);

    let e306_0 = { conv(3, 3, same) bn elu };
    struct Graph306: 5x5x16 =>
        add[id | id conv(16, 3, same) | conv(16, 1, nobias)] @t0 sigmoid add[e306_0 | dw(3, p1)
        e306_0] res { conv(1, 3, s1, p1, floor) bn conv(1, 3, same) } via auto gelu fc(1);

    struct Graph307: 6x6x4 =>
        logsoftmax sigmoid
        => { class: mul[dw(3, p1) | conv(4, 1, nobias)] fc(4) };

    struct Graph308: 8x8x16 =>
        cat[conv(4, 1) conv(4, 3, same) | id] @t0 add[id | id] fc(6);

    block b309_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph309: 7x8x3 =>
        cat[relu | conv(2, 1) hardswish] @t0 2 * { dw(3, p1) id } cat[@t0 | id | @t0] b309_0(4, stride = 1)
        b309_0(4) fc(1);

    let e310_0 = { conv(2, 3, same) silu };
    struct Graph310: 7x7x4 =>
        1 * { tanh relu } mul[e310_0 | relu e310_0] add[id | tanh] cat[id | conv(5, 3, p1)
        sigmoid] @t0 add[elu | id mul[id | id hardsigmoid]] fc(6);

    struct Graph311: 5x5x8 =>
        add[res { dw(3, p1) dw(3, p1) } mul[id | gap fc(8) sigmoid] | conv(8, 1, nobias)] res {
        conv(5, 3, s1, p1, floor) bn elu } via { dw(3, p1) conv(5, 1, s1, floor) } sigmoid fc(6);
}

#[test]
fn graphs_f_0() {
    check_declared!(CALL_0: Graph260, Graph261, Graph262, Graph263, Graph264, Graph265, Graph266, Graph267, Graph268, Graph269, Graph270, Graph271, Graph272);
}

#[test]
fn graphs_f_1() {
    check_declared!(CALL_1: Graph273, Graph274, Graph275, Graph276, Graph277, Graph278, Graph279, Graph280, Graph281, Graph282, Graph283, Graph284, Graph285);
}

#[test]
fn graphs_f_2() {
    check_declared!(CALL_2: Graph286, Graph287, Graph288, Graph289, Graph290, Graph291, Graph292, Graph293, Graph294, Graph295, Graph296, Graph297, Graph298);
}

#[test]
fn graphs_f_3() {
    check_declared!(CALL_3: Graph299, Graph300, Graph301, Graph302, Graph303, Graph304, Graph305, Graph306, Graph307, Graph308, Graph309, Graph310, Graph311);
}
