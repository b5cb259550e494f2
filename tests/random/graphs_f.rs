//! Random graphs 260 to 311 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph260: 7x5x1 =>
        res { conv(1, 3, same) bn id } gelu drop(0) flatten add[id | elu] fc(3);

    struct Graph261: 8x8x1 =>
        mul[id | gap fc(1) sigmoid] add[conv(1, 3, same) | id]
        => { class: tanh, place: conv(1, 5, p2) };

    block b262_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        tanh] conv(k, 1) }
    block b262_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    struct Graph262: 6x6x1 =>
        b262_0(3, s2) b262_1(k = 5, s1) 2 * b262_1(3) fc(6);

    struct Graph263: (left: 6x9x16, right: 7x7x3, numbers: 9x9x16) =>
        cat[@left conv(8, 1) sigmoid gap | @right fc(16) sigmoid | @numbers fc(8) elu] hardsigmoid
        @t0 res { mul[id | sigmoid tanh] mul[elu | prelu] } leaky(0.1) fc(6);

    block b264_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph264: 8x8x1 =>
        stage1: 1 * { conv(1, 3, same) silu } b264_0(2, stride = 2) b264_0(12) @t0 fc(6);

    block b265_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    struct Graph265: 4x4x4 =>
        mul[gmax fc(4) sigmoid | conv(4, 3, same) bn] @t0 res { res { drop(0) dw(3, p1) } conv(4, 5, p2)
        } tanh add[id | conv(4, 3, same) hardswish | @t0] b265_0(5, stride = 1) b265_0(12) @t1
        => { class: id, place: stage1: 3 * { cat[id | gelu conv(4, 3, same)] } fc(4) };

    struct Graph266: 8x8x5 =>
        res { conv(3, 3, s2, p1, floor) bn res { dw(3, p1) id } } via { drop(0) conv(3, 1, s2, floor)
        } elu cat[id | conv(1, 3, p1) avg(3, s1, p1) | id] mul[id | conv(7, 5, p2) sigmoid] @t0
        fc(3);

    struct Graph267: (left: 4x4x16, right: 4) =>
        cat[@left id fc(5) | @right silu fc(5)] cat[fc(12) fc(12) | fc(2) fc(2) | id] cat[fc(4)
        drop(0) | fc(2) id | fc(3) id] res { silu res { tanh relu } } prelu @t0 tanh fc(3);

    block b268_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph268: 9x9x3 =>
        mul[conv(3, 3, same) | conv(3, 3, same) bn] b268_0(3, stride = 2) b268_0(12) res { dw(3, p1)
        res { elu conv(12, 5, p2) } } silu stage1: 3 * { cat[id | elu conv(1, 3, same)] } fc(4);

    block b269_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph269: 8x8x5 =>
        mul[gmax fc(5) sigmoid | conv(5, 3, same)] cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1) | avg(3, s2, p1, floor)] @t0 cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1) | avg(3, s2, p1, floor)] @t1 b269_0(k = 5, s2) 2 * b269_0(5) fc(6);

    block b270_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph270: 5x8x16 =>
        cat[conv(1, 1) conv(1, 3, same) | id | avg(3, s1, p1)] b270_0(2, s1) @t0
        => { class: add[@t0 | conv(2, 3, same) gelu | avg(3, s1, p1) res { conv(2, 3, same)
        conv(2, 3, same) }] fc(2), place: @t0, more: id };

    struct Graph271: 9x8x3 =>
        mul[gmax fc(3) sigmoid | conv(3, 3, same)] mul[gmax fc(3) sigmoid | conv(3, 3, same)]
        fc(3);

    block b272_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    struct Graph272: 9x7x1 =>
        b272_0(k = 3, s1) 2 * b272_0(3) elu(0.75) res { conv(8, 3, s1, p1, floor) bn dw(3, p1) }
        via auto leaky(0.1) @t0 fc(5);
}

declare! { CALL_1;
    struct Graph273: (left: 8x6x4, right: 6x6x3, numbers: 4) =>
        cat[@left fc(1) gelu | @right conv(3, 1) relu gmax | @numbers fc(3) tanh] add[prelu | silu
        fc(7) | hardswish] @t0 fc(40) add[res { fc(40) drop(0) } leaky(0.1) | mul[id | fc(40)
        tanh] fc(40)] fc(1);

    struct Graph274: 9x9x3 =>
        res { conv(2, 3, s1, p1, floor) bn res { conv(2, 3, same) hardswish } } via auto sigmoid
        res { conv(2, 3, same) conv(2, 1, nobias) bn } leaky(0.1) cat[conv(1, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] fc(3);

    let e275_0 = { conv(2, 3, same) sigmoid };
    struct Graph275: 6x6x2 =>
        cat[pool(3, s1, p1) e275_0 | e275_0] add[relu conv(4, 3, same) | id] @t0 cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] fc(6);

    struct Graph276: (left: 7x5x4, right: 7, numbers: 3) =>
        cat[@left fc(3) hardswish | @right fc(1) gelu | @numbers fc(3) fc(12)] cat[fc(16) silu |
        fc(2) fc(2)] cat[id | fc(17) mul[id | fc(17) sigmoid]] @t0 add[id | fc(35)];

    struct Graph277: 4x7x2 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] @t0 up(2x1)
        => { class: id, place: @t0 };

    block b278_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    block b278_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph278: 4x4x2 =>
        add[conv(2, 5, p2) bn | conv(2, 3, same) relu | conv(2, 3, same)] @t0 b278_0(8, stride = 2)
        b278_0(8) b278_1(2, s2) @t1 fc(3);

    struct Graph279: 9x6x3 =>
        mul[gmax fc(3) tanh | gelu] 1 * { conv(3, 3, same) drop(0) } fc(6);

    struct Graph280: 6x6x2 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] @t0 res { conv(17, 3, s1, p1, floor)
        bn conv(17, 3, same) } via auto gelu fc(1);

    struct Graph281: (left: 5x8x5, right: 6x6x16) =>
        cat[@left fc(12) gelu | @right fc(2) leaky(0.1)] silu drop(0) @t0 cat[id | id] @t1 mul[id
        | relu hardsigmoid] @t2
        => { class: add[elu | fc(28)] @t3 fc(3), place: add[id | fc(28)] fc(1), more: relu };

    block b282_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph282: 8x5x1 =>
        b282_0(5, stride = 1) b282_0(12) @t0 bias res { pool(3, s1, p1) res { tanh conv(12, 1, nobias)
        } } relu fc(3);

    struct Graph283: 7x7x2 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] mul[id | gap fc(9)
        tanh] add[id | conv(9, 3, same) res { tanh pool(3, s1, p1) }] @t0 fc(5);

    struct Graph284: (left: 5x5x4, right: 4x4x3) =>
        cat[@left fc(6) hardswish | @right fc(17) hardswish] silu mul[id | id sigmoid] relu fc(2);

    struct Graph285: 5x5x3 =>
        gelu @t0 cat[conv(3, 1, nobias) bn | id] logsoftmax @t1 add[id dw(3, p1) | id | drop(0)]
        @t2;
}

declare! { CALL_2;
    block b286_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph286: 8x5x16 =>
        b286_0(5, s2) hardsigmoid @t0 add[@t0 | id | conv(5, 1, nobias) bn dw(3, p1)] fc(6);

    let e287_0 = { conv(4, 3, same) bn leaky(0.1) };
    block b287_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph287: 5x5x2 =>
        cat[hardswish e287_0 | e287_0] @t0 stage1: 3 * { cat[id | tanh conv(4, 3, same)] }
        b287_1(8, stride = 1) b287_1(6) res { conv(4, 3, s1, p1, floor) conv(4, 3, same) } via {
        dw(3, p1) conv(4, 1, s1, floor) } leaky(0.1) @t1
        => { class: tanh fc(2), place: avg(3, s1, p1) };

    struct Graph288: 8x8x3 =>
        add[conv(3, 1, nobias) bn leaky(0.1) | id | id] cat[dw(3, p1) | conv(3, 3, same)] flatten
        fc(2);

    block b289_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) prelu conv(k, 1) }
        via auto prelu }
    struct Graph289: 8x9x3 =>
        add[leaky(0.1) | dw(3, p1) | pool(3, s1, p1)] b289_0(8, s2) fc(1);

    struct Graph290: (left: 5x9x5, right: 4x4x2, numbers: 4x4x1) =>
        cat[@left fc(1) gelu | @right avg(3, s1, p1) gap | @numbers fc(8) silu] cat[fc(2) mul[id |
        leaky(0.1) hardsigmoid] | fc(16) fc(16) | id] @t0 id @t1;

    struct Graph291: 6x6x1 =>
        add[conv(1, 1, nobias) conv(1, 3, same) | hardswish] add[mul[conv(1, 1, nobias) | conv(1, 3, same)]
        mul[id | gap fc(1) hardsigmoid] | sigmoid res { conv(1, 3, same) dw(3, p1) } | conv(1, 3, same)
        bn mul[pool(3, s1, p1) | pool(3, s1, p1)]] @t0 fc(6);

    let e292_0 = { conv(3, 3, same) bn elu };
    struct Graph292: 5x5x16 =>
        add[id | id conv(16, 3, same) | conv(16, 1, nobias)] @t0 sigmoid add[e292_0 | dw(3, p1)
        e292_0] res { conv(1, 3, s1, p1, floor) bn conv(1, 3, same) } via auto gelu fc(1);

    let e293_0 = { conv(12, 3, same) relu };
    struct Graph293: 6x6x4 =>
        drop(0.0) cat[silu e293_0 | e293_0] fc(6);

    struct Graph294: 6x6x16 =>
        cat[conv(4, 1) conv(4, 3, same) | id] @t0 add[id | id] fc(6);

    block b295_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph295: 7x8x3 =>
        cat[relu | conv(2, 1) hardswish] @t0 2 * { dw(3, p1) id } cat[@t0 | id | @t0] b295_0(4, stride = 1)
        b295_0(4) fc(1);

    let e296_0 = { conv(2, 3, same) silu };
    struct Graph296: 7x7x4 =>
        1 * { tanh relu } mul[e296_0 | relu e296_0] add[id | tanh] cat[id | conv(5, 3, p1)
        sigmoid] @t0 add[elu | id mul[id | id hardsigmoid]] fc(6);

    struct Graph297: 5x5x8 =>
        add[res { dw(3, p1) dw(3, p1) } mul[id | gap fc(8) sigmoid] | conv(8, 1, nobias)] res {
        conv(5, 3, s1, p1, floor) bn elu } via { dw(3, p1) conv(5, 1, s1, floor) } sigmoid fc(6);

    block b298_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph298: 9x9x3 =>
        b298_0(8, s1) res { conv(8, 3, s2, p1, floor) mul[gmax fc(8) hardsigmoid | silu] } via
        auto silu fc(5);
}

declare! { CALL_3;
    struct Graph299: (left: 6, right: 6) =>
        cat[@left fc(12) relu | @right fc(4) elu] res { fc(16) res { fc(16) silu } } leaky(0.1)
        @t0 id fc(4);

    struct Graph300: 6x6x2 =>
        res { elu pool(3, s1, p1) } sigmoid @t0 cat[conv(2, 3, p1) conv(2, 3, same) | conv(2, 3, p1)
        id] fc(6);

    let e301_0 = { conv(2, 3, same) bn prelu };
    block b301_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph301: 5x5x3 =>
        1 * { res { conv(3, 3, same) conv(3, 1, nobias) } dw(3, p1) } add[e301_0 | dw(3, p1)
        e301_0] 2 * { conv(2, 3, same) avg(3, s1, p1) } b301_1(8, s2) fc(5);

    struct Graph302: 4x4x3 =>
        res { conv(6, 3, s2, p1, floor) leaky(0.1) } via { dw(3, p1) conv(6, 1, s2, floor) }
        sigmoid cat[id | conv(6, 1, nobias) | conv(16, 3, p1) pool(3, s1, p1)] pool(2x2) fc(1);

    struct Graph303: (left: 6, right: 7x9x5, numbers: 4) =>
        cat[@left res { mul[id | elu hardsigmoid] tanh } fc(8) | @right conv(2, 1) dw(3, p1) gmax
        | @numbers fc(16) elu] res { fc(26) leaky(0.1) } silu mul[id | fc(26) sigmoid] @t0;

    block b304_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b304_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph304: 8x8x8 =>
        res { conv(12, 3, s1, p1, floor) bn dw(3, p1) } via auto sigmoid b304_0(5, s2) b304_1(k = 8, s1)
        2 * b304_1(6) fc(4);

    struct Graph305: (left: 6, right: 4x8x8) =>
        cat[@left fc(6) relu | @right conv(8, 5, p2) gmax] softplus res { drop(0) mul[id | fc(14)
        tanh] } sigmoid @t0 elu(0.1) @t1 fc(2);

    struct Graph306: (left: 3, right: 8x8x1, numbers: 5) =>
        cat[@left fc(12) tanh | @right fc(4) prelu | @numbers fc(5) fc(16)] add[fc(32) | elu |
        fc(32) fc(32)] res { res { drop(0) fc(32) } gelu } elu tanh @t0
        => { class: cat[id | fc(6) fc(6)] fc(1), place: add[prelu drop(0) | fc(32) sigmoid] fc(2)
        };

    let e307_0 = { conv(12, 3, same) leaky(0.1) };
    struct Graph307: 6x6x4 =>
        cat[drop(0) e307_0 | e307_0] res { conv(2, 3, s1, p1, floor) conv(2, 5, p2) } via auto
        hardswish
        => { class: add[id | pool(3, s1, p1) | relu] @t0 fc(1) };

    let e308_0 = { conv(5, 3, same) prelu };
    struct Graph308: 6x5x8 =>
        prelu cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        cat[gelu e308_0 | e308_0] flatten mul[silu | gelu] fc(2);

    struct Graph309: (left: 6x6x8, right: 9x6x2, numbers: 10) =>
        cat[@left fc(1) silu | @right conv(2, 1, nobias) bn fc(3) | @numbers fc(4) tanh] drop(0)
        @t0 cat[fc(8) res { hardswish fc(8) } | fc(1) fc(1) | id] fc(2);

    struct Graph310: 5x5x16 =>
        cat[conv(17, 1) dw(3, p1) | conv(4, 3, p1) tanh | res { dw(3, p1) hardswish }] cat[conv(2, 1)
        prelu | conv(3, 3, p1) res { avg(3, s1, p1) conv(3, 3, same) bn } | conv(4, 1) res {
        avg(3, s1, p1) conv(4, 3, same) bn }] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(12, 1) | avg(3, s2, p1, floor)] fc(2);

    struct Graph311: (left: 4, right: 4) =>
        cat[@left fc(1) hardswish | @right fc(6) silu] add[leaky(0.1) | relu fc(7)] relu
        add[hardswish | mul[id | hardswish tanh] mul[id | hardswish hardsigmoid] | elu mul[id |
        relu tanh]] @t0 fc(6);
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
