//! Random graphs 52 to 103 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph052: 9x6x2 =>
        add[conv(2, 1, nobias) bn | conv(2, 3, same) pool(3, s1, p1) | res { conv(2, 3, same)
        conv(2, 1, nobias) bn }] cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)]
        res { conv(4, 3, s1, p1, floor) res { conv(4, 1, nobias) conv(4, 5, p2) bn } } via auto
        silu res { conv(8, 3, s2, p1, floor) gelu } via auto relu @t0
        => { class: id };

    struct Graph053: 7x7x4 =>
        res { conv(8, 3, s2, p1, floor) drop(0) } via auto sigmoid mul[gmax fc(8) sigmoid |
        conv(8, 3, same)] fc(1);

    struct Graph054: (left: 6x6x2, right: 6x4x8, numbers: 10) =>
        cat[@left conv(2, 3, same) fc(16) | @right fc(5) relu | @numbers fc(8) relu] relu @t0
        add[id | elu | fc(29)] @t1 elu(0.75) cat[@t1 | id] @t2
        => { class: @t1, place: id, more: fc(58) };

    block b55_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn gelu] conv(k, 1) }
    struct Graph055: 5x5x4 =>
        b55_0(7, s1) @t0 res { leaky(0.1) drop(0) } relu @t1 cat[id | conv(2, 3, p1) leaky(0.1) |
        @t1] fc(4);

    struct Graph056: 8x9x8 =>
        leaky 1 * { tanh conv(8, 3, same) } add[id | id] res { conv(8, 3, s2, p1, floor) bn
        drop(0) } via auto tanh @t0 fc(5);

    struct Graph057: 5x4x8 =>
        add[mul[id | conv(8, 5, p2) hardsigmoid] res { elu dw(3, p1) } | mul[id | gap fc(8)
        hardsigmoid]] cat[conv(12, 1) dw(3, p1) | conv(1, 3, p1) mul[gmax fc(1) sigmoid | pool(3, s1, p1)]
        | conv(8, 1) id] add[id gelu | res { relu drop(0) } tanh | id] tanh @t0 fc(3);

    let e58_0 = { conv(2, 3, same) relu };
    struct Graph058: 7x7x3 =>
        add[e58_0 | sigmoid e58_0] add[conv(2, 3, same) | mul[conv(2, 1, nobias) | conv(2, 3, same)]]
        @t0 flatten add[id | gelu] fc(4);

    let e59_0 = { conv(1, 3, same) tanh };
    struct Graph059: (left: 5x8x1, right: 5x8x3, numbers: 5x8x1) =>
        cat[@left res { id id } | @right conv(3, 1, nobias) | @numbers conv(1, 1) conv(1, 3, same)
        bn] pool(4, s2, same) res { conv(8, 3, s1, p1, floor) conv(8, 3, same) } via auto relu @t0
        add[e59_0 | conv(8, 1, nobias) bn e59_0] cat[avg(3, s1, p1) | @t0 | conv(6, 1) id] @t1
        fc(4);

    let e60_0 = { conv(1, 3, same) prelu };
    struct Graph060: 6x9x3 =>
        add[id | conv(3, 1, nobias) | conv(3, 3, same)] cat[conv(3, 3, same) e60_0 | e60_0] res {
        pool(3, s1, p1) mul[gmax fc(2) tanh | dw(3, p1)] } elu fc(1);

    block b61_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph061: 6x6x8 =>
        b61_0(6, stride = 2) b61_0(12) cat[conv(3, 3, p1) mul[conv(3, 1, nobias) | pool(3, s1, p1)]
        | conv(1, 1) elu | conv(6, 3, p1) dw(3, p1)]
        => { class: relu fc(3) };

    struct Graph062: (left: 8x8x8, right: 8x9x16, numbers: 7x7x8) =>
        cat[@left conv(3, 3, p1) conv(3, 3, same) gmax | @right fc(4) prelu | @numbers fc(8)
        sigmoid] relu gelu @t0 res { res { relu relu } fc(15) } sigmoid @t1 fc(4);

    struct Graph063: 4x6x4 =>
        3 * { res { conv(4, 3, same) conv(4, 3, same) } dw(3, p1) } add[id | mul[gmax fc(4)
        sigmoid | conv(4, 1, nobias)] | id] 3 * { conv(4, 1, nobias) bn pool(3, s1, p1) } mul[gmax
        fc(4) hardsigmoid | dw(3, p1)] @t0 fc(4);

    struct Graph064: 7x7x3 =>
        mul[gmax fc(3) hardsigmoid | conv(3, 1, nobias) bn] mul[id | conv(3, 3, same) bn
        hardsigmoid] @t0 fc(3);
}

declare! { CALL_1;
    struct Graph065: (left: 7x7x3, right: 7x7x2, numbers: 7x7x4) =>
        cat[@left conv(3, 1, nobias) bn | @right conv(2, 3, same) | @numbers conv(1, 3, p1) mul[id
        | conv(1, 5, p2) sigmoid]] cat[conv(2, 3, p1) hardswish | conv(17, 1) conv(17, 1, nobias)]
        cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        fc(2);

    let e66_0 = { conv(3, 3, same) silu };
    struct Graph066: 7x6x5 =>
        mul[id | gap fc(5) hardsigmoid] mul[e66_0 | conv(5, 5, p2) bn e66_0] add[id | tanh] @t0
        silu mul[gmax fc(3) sigmoid | silu] @t1;

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
        } conv(8, 1, nobias) }] add[pool(3, s1, p1) | id | hardswish] gelu fc(4);

    struct Graph075: 4x5x4 =>
        res { conv(16, 3, s1, p1, floor) dw(3, p1) } via { id conv(16, 1, s1, floor) } tanh
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(3, 1)] fc(3);

    block b76_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    let e76_1 = { conv(8, 3, same) bn sigmoid };
    struct Graph076: 4x4x5 =>
        b76_0(k = 5, s2) 2 * b76_0(12) add[mul[conv(12, 3, same) | pool(3, s1, p1)] | id]
        add[e76_1 | conv(12, 3, same) e76_1]
        => { class: add[conv(8, 1, nobias) bn conv(8, 3, same) | id | id] fc(4), place: tanh };

    block b77_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    struct Graph077: 6x6x1 =>
        b77_0(k = 2, s2) 2 * b77_0(12) 2 * { cat[id | relu conv(3, 3, same)] } mul[id | prelu
        tanh] fc(5);
}

declare! { CALL_2;
    block b78_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph078: 4x7x3 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        b78_0(7, stride = 1) b78_0(6) res { leaky(0.1) conv(6, 1, nobias) bn } tanh res { conv(6, 3, same)
        bn mul[id | drop(0) sigmoid] } gelu fc(4);

    struct Graph079: (left: 9x7x3, right: 7) =>
        cat[@left fc(3) prelu | @right res { fc(7) fc(7) } fc(8)] 3 * { cat[id | sigmoid fc(2)] }
        res { leaky(0.1) leaky(0.1) } leaky(0.1) res { tanh res { tanh prelu } } sigmoid
        => { class: tanh, place: softplus fc(1), more: add[fc(17) | id] fc(4) };

    struct Graph080: (left: 7x7x16, right: 6x9x1, numbers: 9x9x3) =>
        cat[@left fc(3) tanh | @right conv(1, 1) avg(3, s1, p1) gmax | @numbers mul[gmax fc(3)
        hardsigmoid | conv(3, 3, same)] fc(4)] mul[id | silu sigmoid] res { gelu relu } elu @t0
        gelu @t1 fc(2);

    let e81_0 = { conv(4, 3, same) tanh };
    block b81_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph081: 7x7x4 =>
        add[e81_0 | conv(4, 3, same) bn e81_0] @t0 res { avg(3, s1, p1) prelu } hardswish b81_1(5, stride = 1)
        b81_1(1) mul[id | avg(3, s1, p1) tanh] @t1 fc(4);

    block b82_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    block b82_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b82_2(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph082: 4x6x1 =>
        b82_0(6, s1) @t0 res { avg(3, s1, p1) conv(6, 3, same) bn } gelu @t1 res { dw(3, p1)
        conv(6, 3, same) } leaky(0.1) @t2 b82_1(8, s2)
        => { class: b82_2(3, s2) fc(1), place: id, more: id };

    block b83_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    struct Graph083: 6x6x4 =>
        res { conv(8, 3, s1, p1, floor) id } via auto elu @t0 b83_0(k = 3, s2) 2 * b83_0(6);

    struct Graph084: 8x9x4 =>
        add[mul[gmax fc(4) sigmoid | conv(4, 5, p2) bn] | dw(3, p1)] conv(4, 4, s2x1, valid, ceil, g2)
        @t0 add[id | @t0] @t1 add[conv(4, 5, p2) conv(4, 1, nobias) bn | res { conv(4, 1, nobias)
        silu }]
        => { class: id, place: res { conv(6, 3, s1, p1, floor) bn conv(6, 3, same) } via auto
        hardswish fc(1) };

    block b85_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        prelu] conv(k, 1) }
    block b85_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph085: 4x9x16 =>
        cat[conv(6, 1) conv(6, 3, same) | conv(6, 1) relu] b85_0(6, s2) b85_1(6, stride = 1)
        b85_1(3) id
        => { class: id, place: id };

    struct Graph086: 8x5x5 =>
        cat[conv(12, 1) pool(3, s1, p1) | id] mul[id | gap fc(17) hardsigmoid] fc(6);

    struct Graph087: 6x6x3 =>
        add[dw(3, p1) mul[id | gap fc(3) hardsigmoid] | avg(3, s1, p1) res { conv(3, 3, same)
        conv(3, 1, nobias) } | conv(3, 3, same) mul[id | conv(3, 5, p2) bn hardsigmoid]] @t0
        add[hardswish | conv(3, 3, same) conv(3, 3, same) bn | @t0] @t1 flatten fc(2);

    block b88_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph088: 4x5x2 =>
        2 * { conv(2, 5, p2) avg(3, s1, p1) } mul[conv(2, 1, nobias) | conv(2, 5, p2)] b88_0(k = 4, s2)
        2 * b88_0(8) cat[conv(17, 3, p1) avg(3, s1, p1) | conv(2, 3, p1) mul[drop(0) | dw(3, p1)]
        | conv(12, 1) res { dw(3, p1) drop(0) }];

    let e89_0 = { conv(4, 3, same) sigmoid };
    struct Graph089: 8x8x1 =>
        prelu @t0 mul[e89_0 | conv(1, 1, nobias) e89_0] add[id | tanh] cat[@t0 | conv(8, 3, p1)
        pool(3, s1, p1)] fc(3);

    block b90_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph090: 4x4x4 =>
        add[id | id | dw(3, p1) pool(3, s1, p1)] @t0 mul[conv(4, 5, p2) bn | leaky(0.1)] b90_0(8, stride = 1)
        b90_0(12) @t1 fc(1);
}

declare! { CALL_3;
    let e91_0 = { conv(8, 3, same) sigmoid };
    struct Graph091: 9x9x4 =>
        cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] prelu @t0 hardsigmoid
        cat[conv(9, 5, p2) e91_0 | e91_0] fc(4);

    let e92_0 = { conv(8, 3, same) gelu };
    struct Graph092: 7x7x3 =>
        add[e92_0 | relu e92_0] @t0 res { conv(8, 1, nobias) bn conv(8, 3, same) } silu mul[id |
        gap fc(8) hardsigmoid] @t1
        => { class: mul[gmax fc(8) tanh | avg(3, s1, p1)] fc(2) };

    block b93_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) } via
        auto silu }
    struct Graph093: 5x9x5 =>
        add[id | tanh | id dw(3, p1)] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1) | avg(3, s2, p1, floor)] b93_0(k = 4, s2) 2 * b93_0(8) flatten fc(4);

    block b94_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph094: 4x8x4 =>
        3 * { cat[id | tanh conv(2, 3, same)] } b94_0(2, stride = 1) b94_0(6) add[dw(3, p1) | relu
        | dw(3, p1) conv(6, 1, nobias)] res { conv(3, 3, s2, p1, floor) conv(3, 1, nobias) } via
        auto relu flatten relu fc(2);

    struct Graph095: 7x7x4 =>
        res { conv(8, 3, s1, p1, floor) bn dw(3, p1) } via auto sigmoid cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(8, 1)] res { conv(17, 3, s2, p1, floor) pool(3, s1, p1) }
        via auto relu @t0 mul[id | relu tanh]
        => { class: @t0, place: @t0 };

    struct Graph096: (left: 4x8x5, right: 5, numbers: 6x5x8) =>
        cat[@left res { silu res { silu conv(5, 3, same) } } gap | @right fc(5) relu | @numbers
        conv(6, 3, p1) conv(6, 5, p2) gmax] add[elu | gelu | gelu gelu] fc(33, nobias) drop(0) @t0
        fc(3);

    struct Graph097: 8x8x5 =>
        add[drop(0) conv(5, 3, same) | avg(3, s1, p1) mul[gmax fc(5) sigmoid | avg(3, s1, p1)]]
        add[dw(3, p1) res { id conv(5, 5, p2) } | id] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1)] fc(4);

    block b98_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph098: (left: 5x4x4, right: 5x4x4) =>
        cat[@left conv(3, 3, p1) conv(3, 5, p2) | @right conv(12, 1) dw(3, p1)] b98_0(5, s2) res {
        conv(8, 3, s1, p1, floor) bn elu } via auto relu @t0 relu;

    block b99_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) } via
        auto silu }
    struct Graph099: 5x4x4 =>
        mul[id | conv(4, 3, same) sigmoid] res { res { id conv(4, 1, nobias) bn } tanh } tanh
        b99_0(k = 2, s2) 2 * b99_0(2) flatten add[id | hardswish] fc(3);

    struct Graph100: (left: 9x8x3, right: 4x4x1, numbers: 4x4x3) =>
        cat[@left fc(17) tanh | @right fc(1) relu | @numbers fc(17) leaky(0.1)] res { sigmoid res
        { fc(35) fc(35) } } sigmoid @t0 mul[fc(35) | fc(35)] add[mul[id | gelu hardsigmoid] mul[id
        | gelu hardsigmoid] | silu] @t1 fc(2);

    struct Graph101: 4x4x3 =>
        res { res { leaky(0.1) conv(3, 5, p2) } silu } prelu @t0 cat[conv(8, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(6, 1) | avg(3, s2, p1, floor)] @t1 add[avg(3, s1, p1) mul[id |
        dw(3, p1) tanh] | id]
        => { class: 2 * { cat[id | leaky(0.1) conv(3, 3, same)] } fc(3) };

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
