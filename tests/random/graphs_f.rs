//! Random graphs 260 to 311 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    block b260_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph260: 5x5x16 =>
        b260_0(k = 3, s2) 2 * b260_0(2) 2 * { cat[id | gelu conv(2, 3, same)] };

    struct Graph261: (left: 8x9x3, right: 4x4x16) =>
        cat[@left avg(3, s1, p1) fc(17) | @right fc(12) elu] elu(0.3) mul[id | fc(29) tanh] @t0
        fc(1);

    block b262_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph262: 6x6x4 =>
        cat[id | conv(1, 3, p1) id | id] add[pool(3, s1, p1) conv(9, 1, nobias) | id | conv(9, 3, same)
        avg(3, s1, p1)] b262_0(4, s1) fc(1);

    struct Graph263: (left: 7x9x4, right: 9x6x8, numbers: 9x9x3) =>
        cat[@left fc(2) sigmoid | @right fc(16) sigmoid | @numbers dw(3, p1) fc(5)] gelu cat[fc(8)
        prelu | fc(3) prelu] cat[fc(1) mul[fc(1) | silu] | fc(16) tanh | id] res { mul[id | fc(28)
        tanh] fc(28) } sigmoid
        => { class: mul[fc(28) | relu], place: id, more: id };

    let e264_0 = { conv(4, 3, same) prelu };
    struct Graph264: 7x8x3 =>
        add[id | id] @t0 leaky(0.1) cat[conv(3, 1, nobias) e264_0 | e264_0] res { leaky(0.1)
        conv(8, 5, p2) bn } prelu flatten fc(1);

    struct Graph265: 8x8x5 =>
        res { conv(5, 5, p2) silu } tanh mul[id | pool(3, s1, p1) hardsigmoid] res { conv(8, 3, s1, p1, floor)
        bn conv(8, 1, nobias) bn } via auto elu gelu @t0 fc(5);

    struct Graph266: 7x7x3 =>
        add[prelu res { conv(3, 5, p2) conv(3, 3, same) } | conv(3, 3, same)] cat[id | id] @t0
        fc(6);

    struct Graph267: 6x6x8 =>
        sigmoid @t0 res { res { drop(0) conv(8, 1, nobias) } drop(0) } tanh flatten mul[gelu |
        prelu] fc(2);

    block b268_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph268: 6x6x2 =>
        b268_0(8, s1) @t0 cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) |
        avg(3, s2, p1, floor)] cat[conv(17, 1) res { tanh elu } | conv(8, 3, p1) avg(3, s1, p1) |
        conv(1, 3, p1) gelu] hardswish @t1
        => { class: add[dw(3, p1) conv(26, 3, same) | res { drop(0) dw(3, p1) } | id] fc(3) };

    block b269_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph269: 9x9x3 =>
        res { conv(5, 3, s2, p1, floor) conv(5, 5, p2) } via { tanh conv(5, 1, s2, floor) } elu
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        cat[conv(16, 3, p1) elu | conv(1, 1) tanh | mul[gmax fc(24) hardsigmoid | conv(24, 1, nobias)
        bn]] b269_0(8, stride = 2) b269_0(8) fc(6);

    block b270_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph270: 6x6x5 =>
        cat[conv(3, 1) elu | conv(8, 1) avg(3, s1, p1) | conv(8, 1) conv(8, 3, same)] cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] b270_0(k = 5, s1) 2 * b270_0(12) add[avg(3, s1, p1)
        id | conv(12, 1, nobias) conv(12, 3, same)];

    struct Graph271: (left: 5x5x1, right: 5x5x4) =>
        cat[@left fc(5) prelu | @right mul[gmax fc(4) sigmoid | conv(4, 5, p2) bn] fc(8)]
        mul[fc(13) | relu] @t0 fc(17) @t1 cat[id | @t1 | fc(8) drop(0)] @t2 fc(1);

    block b272_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph272: 6x4x3 =>
        b272_0(7, s2) mul[leaky(0.1) | silu] flatten res { prelu } fc(1);
}

declare! { CALL_1;
    struct Graph273: (left: 4x4x3, right: 9x9x1, numbers: 6) =>
        cat[@left conv(16, 1) leaky(0.1) gap | @right conv(1, 5, p2) gap | @numbers fc(8)
        leaky(0.1)] res { fc(25) leaky(0.1) } relu 1 * { cat[id | elu fc(1)] }
        => { class: add[leaky(0.1) | tanh drop(0)] fc(4), place: id };

    struct Graph274: 5x5x1 =>
        add[avg(3, s1, p1) conv(1, 3, same) | conv(1, 5, p2) conv(1, 3, same) | silu] 2 * {
        conv(1, 3, same) prelu } mul[gmax fc(1) tanh | hardswish] fc(4);

    block b275_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn leaky(0.1)] conv(k, 1) }
    struct Graph275: 4x6x3 =>
        b275_0(8, stride = 2) b275_0(8) @t0 mul[id | gap fc(8) hardsigmoid] mul[id | drop(0)
        tanh];

    struct Graph276: (left: 9x5x8, right: 7, numbers: 18) =>
        cat[@left pool(3, s1, p1) fc(8) | @right fc(1) hardswish | @numbers fc(4) gelu] sigmoid
        @t0 cat[fc(12) res { fc(12) fc(12) } | fc(6) fc(6)] @t1 add[res { relu fc(18) } fc(18) |
        silu | leaky(0.1) fc(18)] @t2 silu @t3 fc(4);

    struct Graph277: 7x5x1 =>
        res { conv(1, 3, same) bn id } gelu gelu @t0 fc(6);

    struct Graph278: 6x5x5 =>
        add[mul[id | gap fc(5) hardsigmoid] | res { conv(5, 3, same) id } dw(3, p1)] @t0 mul[id |
        gelu tanh] @t1
        => { class: cat[conv(3, 3, p1) conv(3, 3, same) | conv(8, 1) dw(3, p1)] @t2 fc(1) };

    block b279_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b279_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) prelu conv(k, 1) }
        via auto prelu }
    struct Graph279: 7x7x8 =>
        silu @t0 b279_0(k = 4, s2) 2 * b279_0(1) b279_1(3, s1) fc(6);

    struct Graph280: 7x7x1 =>
        res { relu res { conv(1, 3, same) conv(1, 1, nobias) } } tanh add[id | conv(1, 3, same) id
        | id] @t0 stage1: 1 * { conv(1, 3, same) silu } fc(5);

    struct Graph281: (left: 9x9x16, right: 8x8x1, numbers: 7x6x3) =>
        cat[@left fc(1) silu | @right conv(5, 1) mul[gmax fc(5) sigmoid | drop(0)] gmax | @numbers
        conv(3, 3, same) gmax] leaky(0.3) sigmoid cat[fc(1) fc(1) | fc(1) id] elu(0.75) fc(5);

    block b282_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn relu }
    struct Graph282: 5x5x3 =>
        b282_0(6, stride = 2) b282_0(5) add[conv(5, 3, same) bn mul[id | gap fc(5) tanh] | dw(3, p1)]
        @t0 cat[@t0 | sigmoid] @t1
        => { class: id };

    block b283_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph283: 7x6x2 =>
        stage1: 1 * { cat[id | tanh conv(1, 3, same)] } tanh b283_0(8, stride = 2) b283_0(8)
        mul[conv(8, 3, same) | conv(8, 3, same) bn] fc(2);

    struct Graph284: (left: 6x6x3, right: 9x6x5, numbers: 9x6x5) =>
        cat[@left fc(2) prelu | @right conv(5, 1, nobias) fc(6) | @numbers fc(8) relu] mul[id |
        fc(16) sigmoid] @t0 softplus add[@t0 | id | mul[sigmoid | fc(16)] elu] cat[fc(16) elu |
        @t0] fc(1);

    block b285_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph285: 4x4x8 =>
        b285_0(7, s1) @t0 add[@t0 | @t0] flatten fc(3);
}

declare! { CALL_2;
    block b286_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph286: 6x6x3 =>
        mul[gmax fc(3) sigmoid | conv(3, 3, same)] b286_0(8, stride = 2) b286_0(17) @t0 mul[id |
        gap fc(17) hardsigmoid] @t1 res { drop(0) id } relu fc(3);

    let e287_0 = { conv(5, 3, same) bn gelu };
    struct Graph287: 7x7x4 =>
        cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 cat[dw(3, p1) e287_0 | e287_0] fc(3);

    block b288_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph288: 9x7x3 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1) | avg(3, s2, p1, floor)]
        drop(0) b288_0(5, s1) res { hardswish conv(5, 3, same) bn } hardswish @t0 fc(1);

    block b289_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph289: 6x6x3 =>
        b289_0(k = 6, s2) 2 * b289_0(16) cat[conv(3, 3, p1) conv(3, 3, same) | leaky(0.1) | id]
        @t0 cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)];

    let e290_0 = { conv(1, 3, same) prelu };
    struct Graph290: 8x8x5 =>
        2 * { conv(5, 5, p2) id } pool(4, p2) @t0 add[e290_0 | dw(3, p1) e290_0] cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(12, 1)]
        => { class: mul[id | dw(3, p1) hardsigmoid] @t1 fc(4) };

    struct Graph291: 9x9x3 =>
        res { conv(2, 3, s1, p1, floor) bn res { conv(2, 3, same) hardswish } } via auto sigmoid
        res { conv(2, 3, same) conv(2, 1, nobias) bn } leaky(0.1) cat[conv(1, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] fc(3);

    let e292_0 = { conv(2, 3, same) sigmoid };
    struct Graph292: 6x6x2 =>
        cat[pool(3, s1, p1) e292_0 | e292_0] add[relu conv(4, 3, same) | id] @t0 cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] fc(6);

    struct Graph293: (left: 7x5x4, right: 7, numbers: 3) =>
        cat[@left fc(3) hardswish | @right fc(1) gelu | @numbers fc(3) fc(12)] cat[fc(16) silu |
        fc(2) fc(2)] cat[id | fc(17) mul[id | fc(17) sigmoid]] @t0 add[id | fc(35)];

    block b294_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn gelu conv(k, 1) }
        via auto gelu }
    struct Graph294: 4x7x2 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] @t0 avg(2x2, s2x1)
        => { class: id, place: b294_0(2, stride = 2) b294_0(6) @t1 fc(2) };

    struct Graph295: 9x9x3 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] cat[conv(4, 5, p2) |
        conv(1, 1) conv(1, 3, same) bn | conv(1, 1) drop(0)] fc(3);

    let e296_0 = { conv(5, 3, same) bn sigmoid };
    struct Graph296: 5x5x3 =>
        add[e296_0 | conv(3, 1, nobias) e296_0] cat[dw(3, p1) | conv(16, 3, p1) conv(16, 3, same)
        bn | conv(16, 1) conv(16, 3, same)] res { conv(1, 3, s2, p1, floor) bn mul[gmax fc(1)
        hardsigmoid | dw(3, p1)] } via { drop(0) conv(1, 1, s2, floor) } elu @t0
        => { class: add[drop(0) | gelu gelu] @t1 fc(4) };

    struct Graph297: (left: 6x6x5, right: 4, numbers: 8x8x4) =>
        cat[@left drop(0) fc(16) | @right fc(4) prelu | @numbers fc(8) relu] res { fc(28) id }
        gelu @t0 fc(40)
        => { class: res { mul[fc(40) | fc(40)] res { silu fc(40) } } sigmoid @t1 fc(3), place:
        add[@t1 | id | fc(40) id] @t2 fc(3), more: cat[id | id | fc(17) fc(17)] @t3 fc(2) };

    let e298_0 = { conv(8, 3, same) relu };
    block b298_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph298: 9x6x2 =>
        add[e298_0 | conv(2, 5, p2) e298_0] @t0 b298_1(k = 4, s2) 2 * b298_1(1) res { conv(1, 5, p2)
        conv(1, 3, same) } sigmoid fc(6);
}

declare! { CALL_3;
    block b299_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph299: 7x5x3 =>
        b299_0(7, stride = 2) b299_0(1) mul[id | gap fc(1) tanh] add[id | conv(1, 3, same) res {
        tanh pool(3, s1, p1) }] @t0 hardsigmoid;

    struct Graph300: 6x4x1 =>
        res { conv(16, 3, s2, p1, floor) bn mul[id | pool(3, s1, p1)] } via auto leaky(0.1)
        cat[conv(16, 3, same) bn | conv(12, 3, p1) res { conv(12, 5, p2) elu }] fc(5);

    struct Graph301: (left: 4, right: 6x7x3, numbers: 6x6x16) =>
        cat[@left fc(8) silu | @right fc(8) leaky(0.1) | @numbers conv(16, 3, same) fc(1)]
        leaky(0.3) @t0 mul[id | hardswish tanh] stage1: 3 * { id fc(17) } leaky(0.1) fc(1);

    block b302_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph302: 4x4x5 =>
        add[relu conv(5, 5, p2) | conv(5, 5, p2) conv(5, 5, p2) | id] b302_0(4, stride = 2)
        b302_0(16) @t0 fc(2);

    struct Graph303: 9x5x2 =>
        res { conv(12, 3, s1, p1, floor) drop(0) } via { id conv(12, 1, s1, floor) } tanh prelu
        @t0
        => { class: id fc(1), place: 1 * { drop(0) mul[id | gelu tanh] } fc(3) };

    block b304_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn sigmoid] conv(k, 1) }
    struct Graph304: 6x9x3 =>
        add[id | conv(3, 3, same) bn avg(3, s1, p1) | conv(3, 1, nobias) drop(0)] b304_0(2, stride = 2)
        b304_0(2) @t0 fc(2);

    struct Graph305: (left: 7x7x8, right: 3, numbers: 6) =>
        cat[@left fc(17) relu | @right mul[fc(3) | relu] fc(1) | @numbers fc(6) silu] cat[fc(8)
        fc(8) | fc(12) fc(12)] cat[fc(8) gelu | fc(17) mul[id | fc(17) hardsigmoid]] leaky(0.3)
        @t0
        => { class: res { fc(25) fc(25) } silu fc(4), place: id, more: mul[id | tanh tanh] };

    block b306_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph306: 4x4x3 =>
        b306_0(3, s2) @t0 cat[conv(12, 1) prelu | conv(17, 1) conv(17, 3, same) bn | conv(3, 1, nobias)]
        @t1 res { avg(3, s1, p1) conv(32, 1, nobias) bn } relu fc(2);

    block b307_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph307: 4x4x4 =>
        b307_0(5, s2) res { res { conv(5, 3, same) dw(3, p1) } drop(0) } leaky(0.1) drop(0) @t0
        fc(6);

    struct Graph308: 7x8x3 =>
        cat[leaky(0.1) | prelu | conv(4, 1) hardswish] mul[id | gap fc(10) sigmoid] add[drop(0) |
        mul[id | conv(10, 3, same) sigmoid] | conv(10, 1, nobias) mul[gmax fc(10) hardsigmoid |
        conv(10, 1, nobias)]] fc(3);

    struct Graph309: 5x5x4 =>
        add[res { leaky(0.1) conv(4, 3, same) } conv(4, 1, nobias) | id | res { dw(3, p1) drop(0)
        } leaky(0.1)] @t0 add[id | mul[id | gap fc(4) tanh] | conv(4, 3, same) conv(4, 5, p2)]
        mul[gmax fc(4) sigmoid | conv(4, 3, same)] @t1 fc(4);

    struct Graph310: 9x9x2 =>
        res { conv(5, 3, s2, p1, floor) id } via auto leaky(0.1) cat[conv(5, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(3, 1)] @t0 add[sigmoid conv(8, 1, nobias) | @t0 | @t0] fc(3);

    struct Graph311: (left: 8x6x3, right: 9x4x3, numbers: 8x5x4) =>
        cat[@left fc(12) hardswish | @right conv(17, 1) gelu gmax | @numbers res { res { avg(3, s1, p1)
        conv(4, 3, same) bn } drop(0) } gmax] add[id | id res { relu fc(33) }] mul[id | leaky(0.1)
        hardsigmoid] fc(1);
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
