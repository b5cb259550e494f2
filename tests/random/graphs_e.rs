//! Random graphs 208 to 259 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    let e208_0 = { conv(4, 3, same) hardswish };
    struct Graph208: 7x4x1 =>
        drop(0) mul[e208_0 | dw(3, p1) e208_0] add[id | tanh] @t0 res { conv(6, 3, s1, p1, floor)
        conv(6, 1, nobias) } via { conv(4, 1, nobias) bn conv(6, 1, s1, floor) } prelu mul[gmax
        fc(6) tanh | dw(3, p1)] fc(2);

    struct Graph209: 5x5x2 =>
        softplus @t0 cat[conv(5, 1) res { drop(0) conv(5, 5, p2) bn } | conv(8, 1) res { prelu
        gelu } | conv(12, 3, p1) res { drop(0) dw(3, p1) }] @t1 cat[conv(5, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] mul[id | gap fc(6) tanh] fc(6);

    struct Graph210: (left: 10, right: 8x8x16) =>
        cat[@left fc(10) fc(8) | @right conv(16, 1, nobias) fc(6)] res { prelu prelu } relu @t0
        l2norm tanh cat[id | fc(12) prelu | @t0] fc(5);

    struct Graph211: 8x8x1 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        @t0 res { conv(4, 3, s1, p1, floor) bn conv(4, 3, same) } via auto hardswish @t1 fc(2);

    block b212_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn elu }
    struct Graph212: 7x8x4 =>
        add[conv(4, 3, same) | conv(4, 1, nobias) bn] res { conv(2, 3, s1, p1, floor) dw(3, p1) }
        via auto leaky(0.1) @t0 b212_0(5, stride = 2) b212_0(8) @t1 add[id | dw(3, p1) conv(8, 1, nobias)
        | id] @t2 fc(4);

    struct Graph213: 4x4x2 =>
        lrn(4, beta = 0.6, alpha = 0.3) mul[dw(3, p1) | hardswish]
        => { class: dw(3, p1), place: tanh, more: cat[conv(17, 3, p1) conv(17, 3, same) | id |
        conv(1, 3, p1) conv(1, 1, nobias)] fc(4) };

    struct Graph214: 5x5x16 =>
        res { dw(3, p1) pool(3, s1, p1) } elu @t0 cat[conv(1, 3, p1) dw(3, p1) | @t0 | drop(0)]
        @t1 fc(5);

    block b215_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph215: 4x7x3 =>
        slice(2, 3) @t0 1 * { cat[id | gelu conv(3, 3, same)] } add[id | id] @t1 b215_0(6, stride = 1)
        b215_0(1) @t2
        => { class: mul[gmax fc(1) hardsigmoid | conv(1, 5, p2)] };

    block b216_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) prelu conv(k, 1) }
        via auto prelu }
    struct Graph216: 5x9x4 =>
        cat[id | conv(1, 1) conv(1, 1, nobias) | id] res { conv(4, 3, s1, p1, floor) bn leaky(0.1)
        } via { hardswish conv(4, 1, s1, floor) } relu b216_0(6, s1) fc(1);

    let e217_0 = { conv(2, 3, same) silu };
    block b217_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) prelu }
    struct Graph217: 6x6x3 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(17, 1)] @t0 mul[e217_0 |
        conv(25, 1, nobias) e217_0] add[id | tanh] b217_1(3, stride = 2) b217_1(8) @t1 fc(2);

    struct Graph218: (left: 9x9x5, right: 7, numbers: 18) =>
        cat[@left fc(8) elu | @right fc(17) tanh | @numbers fc(8) silu] logsoftmax cat[fc(1) res {
        fc(1) sigmoid } | id] res { res { leaky(0.1) fc(34) } id } hardswish ln(channels) fc(5);

    struct Graph219: 6x4x5 =>
        stage1: 2 * { cat[id | hardswish conv(4, 3, same)] } add[mul[gmax fc(13) hardsigmoid |
        dw(3, p1)] conv(13, 1, nobias) | conv(13, 5, p2)] add[dw(3, p1) | relu] cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(17, 1) | avg(3, s2, p1, floor)]
        => { class: cat[conv(4, 1) id | gelu | conv(4, 3, p1) conv(4, 5, p2)] fc(2), place: tanh
        fc(2) };

    struct Graph220: (left: 5x5x1, right: 8x8x3) =>
        cat[@left mul[id | gap fc(1) tanh] fc(12) | @right fc(8) hardswish] 2 * { drop(0) prelu }
        add[drop(0) res { hardswish fc(20) } | fc(20) | gelu] fc(4);
}

declare! { CALL_1;
    struct Graph221: 5x5x4 =>
        res { conv(8, 3, s2, p1, floor) id } via auto relu stage1: 2 * { pool(3, s1, p1) conv(8, 3, same)
        bn } add[id | conv(8, 3, same) bn | conv(8, 5, p2) pool(3, s1, p1)] fc(4);

    struct Graph222: (left: 5x9x4, right: 6x6x5) =>
        cat[@left fc(3) gelu | @right fc(12) leaky(0.1)] leaky(0.75) add[sigmoid | prelu] @t0
        cat[id | fc(6) fc(6)] res { mul[id | fc(21) sigmoid] fc(21) } hardswish fc(5);

    block b223_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph223: 5x5x8 =>
        b223_0(7, stride = 2) b223_0(5) @t0 add[dw(3, p1) pool(3, s1, p1) | conv(5, 3, same) elu]
        @t1 cat[@t0 | conv(5, 3, same)] fc(6);

    let e224_0 = { conv(8, 3, same) silu };
    struct Graph224: 7x7x3 =>
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1) | avg(3, s2, p1, floor)]
        @t0 res { conv(4, 3, s2, p1, floor) bn mul[id | gelu tanh] } via { avg(3, s1, p1) conv(4, 1, s2, floor)
        } elu @t1 cat[drop(0) e224_0 | e224_0] cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] @t2 fc(4);

    struct Graph225: 6x6x1 =>
        cat[conv(1, 3, same) | conv(5, 1) gelu] cat[conv(16, 3, p1) silu | conv(5, 1) res { avg(3, s1, p1)
        conv(5, 3, same) }] res { conv(2, 3, s2, p1, floor) res { conv(2, 1, nobias) tanh } } via
        { id conv(2, 1, s2, floor) } silu stage1: 1 * { cat[id | sigmoid conv(3, 3, same)] }
        fc(4);

    struct Graph226: 5x5x3 =>
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] add[id | avg(3, s1, p1)
        | dw(3, p1)] fc(4);

    struct Graph227: 6x5x8 =>
        add[conv(8, 3, same) | id] add[id mul[id | gap fc(8) sigmoid] | mul[gmax fc(8) tanh |
        tanh] leaky(0.1) | res { gelu conv(8, 1, nobias) } conv(8, 3, same)]
        => { class: cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] fc(3) };

    struct Graph228: 9x9x3 =>
        add[res { pool(3, s1, p1) elu } dw(3, p1) | id] add[res { pool(3, s1, p1) pool(3, s1, p1)
        } | dw(3, p1) conv(3, 1, nobias)] @t0 fc(5);

    struct Graph229: (left: 6x6x1, right: 4, numbers: 9x9x3) =>
        cat[@left fc(4) hardswish | @right fc(8) sigmoid | @numbers fc(1) relu] sigmoid @t0
        cat[@t0 | id] cat[@t0 | id] gelu;

    block b230_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph230: 6x6x1 =>
        b230_0(6, s1) add[conv(6, 3, same) | res { sigmoid silu }] @t0 cat[conv(12, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(8, 1)] fc(2);

    struct Graph231: 7x8x8 =>
        add[dw(3, p1) | id] @t0 id fc(5);

    block b232_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) silu }
    struct Graph232: 8x8x1 =>
        b232_0(6, s1) add[id | res { relu conv(6, 5, p2) } conv(6, 5, p2)] @t0 2 * { cat[id |
        leaky(0.1) conv(2, 3, same)] } fc(5);

    struct Graph233: (left: 4x9x1, right: 10) =>
        cat[@left fc(6) elu | @right fc(1) gelu] prelu cat[fc(12) hardswish | fc(1) silu | fc(4)
        relu] relu @t0 add[fc(17) | id] @t1 fc(2);
}

declare! { CALL_2;
    let e234_0 = { conv(8, 3, same) hardswish };
    struct Graph234: 5x5x1 =>
        add[e234_0 | conv(1, 3, same) bn e234_0] @t0 cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(2, 1)] @t1 cat[@t1 | @t1] flatten fc(1);

    struct Graph235: (left: 7x6x3, right: 4x6x3) =>
        cat[@left conv(4, 3, p1) hardswish gmax | @right fc(16) prelu] drop(0.0) cat[id | fc(8)
        drop(0)] @t0 elu(0.75)
        => { class: tanh };

    struct Graph236: 4x4x5 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] res { conv(5, 3, s1, p1, floor)
        res { conv(5, 3, same) conv(5, 5, p2) } } via { conv(28, 3, same) conv(5, 1, s1, floor) }
        hardswish id cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1) | avg(3, s2, p1, floor)]
        @t0 fc(2);

    block b237_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        hardswish] conv(k, 1) }
    let e237_1 = { conv(8, 3, same) bn leaky(0.1) };
    struct Graph237: 6x6x2 =>
        hardswish @t0 b237_0(2, stride = 2) b237_0(2) cat[mul[tanh | avg(3, s1, p1)] | conv(6, 1)
        silu | conv(12, 1) conv(12, 3, same)] @t1 mul[e237_1 | conv(20, 1, nobias) e237_1] add[id
        | tanh] fc(1);

    let e238_0 = { conv(8, 3, same) tanh };
    struct Graph238: 6x4x3 =>
        add[e238_0 | dw(3, p1) e238_0] @t0 add[id | @t0] @t1
        => { class: @t1 };

    block b239_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph239: 9x9x16 =>
        res { conv(5, 3, s2, p1, floor) bn id } via { sigmoid conv(5, 1, s2, floor) } tanh @t0
        add[@t0 | conv(5, 5, p2) bn conv(5, 1, nobias) | res { dw(3, p1) hardswish } conv(5, 5, p2)]
        b239_0(k = 7, s2) 2 * b239_0(17) fc(4);

    struct Graph240: (left: 9x9x5, right: 6x6x8) =>
        cat[@left conv(12, 3, p1) avg(3, s1, p1) gmax | @right conv(2, 1) leaky(0.1) gmax] id
        cat[fc(3) res { gelu fc(3) } | fc(6) drop(0) | fc(12) fc(12)] res { fc(21) res { elu
        drop(0) } } elu fc(5);

    struct Graph241: 6x6x4 =>
        res { conv(16, 3, s2, p1, floor) pool(3, s1, p1) } via { leaky(0.1) conv(16, 1, s2, floor)
        } hardswish @t0 res { conv(5, 3, s1, p1, floor) bn conv(5, 1, nobias) } via auto hardswish
        @t1 2 * { cat[id | tanh conv(4, 3, same)] };

    block b242_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph242: 4x6x5 =>
        add[conv(5, 3, same) | conv(5, 5, p2) relu] @t0 add[id | conv(5, 3, same) leaky(0.1)] 1 *
        { cat[id | prelu conv(3, 3, same)] } b242_0(5, stride = 1) b242_0(3) fc(2);

    block b243_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b243_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph243: 4x4x3 =>
        b243_0(k = 4, s2) 2 * b243_0(4) b243_1(2, s1) @t0 fc(4);

    struct Graph244: 7x7x1 =>
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] cat[conv(12, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(12, 1)] flatten add[id | gelu] fc(1);

    struct Graph245: 8x8x1 =>
        res { conv(3, 3, s1, p1, floor) bn conv(3, 3, same) } via auto elu @t0 add[@t0 | pool(3, s1, p1)
        id] res { prelu conv(3, 3, same) } hardswish cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1)]
        => { class: mul[pool(3, s1, p1) | gelu], place: mul[id | conv(2, 1, nobias) bn] fc(1),
        more: res { conv(16, 3, s1, p1, floor) bn conv(16, 5, p2) } via { conv(2, 3, same)
        conv(16, 1, s1, floor) } elu fc(4) };

    struct Graph246: 6x6x4 =>
        3 * { pool(3, s1, p1) sigmoid } id relu @t0 cat[@t0 | @t0] fc(6);
}

declare! { CALL_3;
    block b247_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn sigmoid conv(k, 1)
        } via auto sigmoid }
    let e247_1 = { conv(8, 3, same) bn elu };
    struct Graph247: 6x6x4 =>
        b247_0(8, s2) cat[id | conv(4, 3, p1) conv(4, 3, same)] mul[e247_1 | conv(12, 3, same)
        e247_1] add[id | tanh] @t0 cat[conv(4, 3, p1) conv(4, 1, nobias) | mul[gmax fc(8)
        hardsigmoid | conv(8, 3, same)]] fc(3);

    struct Graph248: 4x4x8 =>
        mul[gmax fc(8) tanh | drop(0)] @t0 add[@t0 | @t0] fc(6);

    block b249_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn elu }
    block b249_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph249: 8x9x5 =>
        add[mul[id | dw(3, p1) sigmoid] conv(5, 3, same) | conv(5, 3, same) | id] res { conv(3, 3, s1, p1, floor)
        bn pool(3, s1, p1) } via auto leaky(0.1) b249_0(k = 2, s2) 2 * b249_0(12) b249_1(6, stride = 1)
        b249_1(8) @t0 fc(3);

    block b250_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph250: 9x5x5 =>
        add[avg(3, s1, p1) dw(3, p1) | id | conv(5, 3, same) conv(5, 5, p2) bn] b250_0(k = 8, s1)
        2 * b250_0(12) fc(4);

    let e251_0 = { conv(1, 3, same) bn relu };
    struct Graph251: 8x5x8 =>
        mul[e251_0 | avg(3, s1, p1) e251_0] add[id | tanh] mul[id | relu hardsigmoid] @t0 fc(5);

    block b252_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn silu conv(k, 1) }
        via auto silu }
    struct Graph252: 8x8x2 =>
        cat[id | id] b252_0(k = 5, s2) 2 * b252_0(8) 1 * { dw(3, p1) relu }
        => { class: 3 * { conv(8, 1, nobias) conv(8, 3, same) } fc(4) };

    block b253_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph253: 5x5x16 =>
        b253_0(k = 3, s2) 2 * b253_0(2) 2 * { cat[id | gelu conv(2, 3, same)] };

    struct Graph254: (left: 8x9x3, right: 4x4x16) =>
        cat[@left avg(3, s1, p1) fc(17) | @right fc(12) elu] relu res { fc(29) mul[id | id
        sigmoid] } silu @t0 fc(4);

    struct Graph255: 5x4x3 =>
        3 * { mul[id | gap fc(3) hardsigmoid] avg(3, s1, p1) } res { conv(3, 1, nobias) res { elu
        dw(3, p1) } } hardswish fc(5);

    struct Graph256: 4x6x2 =>
        add[mul[id | gap fc(2) sigmoid] | relu res { elu pool(3, s1, p1) } | id conv(2, 5, p2)]
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] fc(5);

    block b257_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph257: 8x4x4 =>
        cat[conv(8, 3, p1) dw(3, p1) | conv(4, 1) drop(0)] b257_0(2, s1) add[conv(2, 3, same)
        conv(2, 3, same) bn | conv(2, 3, same) | id] @t0 cat[conv(2, 3, same) | mul[id | gap fc(2)
        sigmoid]] flatten fc(4);

    block b258_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph258: 6x6x3 =>
        res { conv(16, 3, s1, p1, floor) conv(16, 3, same) bn } via auto relu b258_0(3, stride = 1)
        b258_0(4) fc(1);

    struct Graph259: 7x7x3 =>
        res { conv(5, 3, s2, p1, floor) silu } via { conv(3, 3, same) bn conv(5, 1, s2, floor) }
        silu add[res { gelu avg(3, s1, p1) } | conv(5, 1, nobias) gelu | leaky(0.1)] res {
        conv(12, 3, s1, p1, floor) conv(12, 3, same) } via { pool(3, s1, p1) conv(12, 1, s1, floor)
        } relu @t0 cat[conv(12, 3, p1) conv(12, 5, p2) | conv(3, 1) avg(3, s1, p1)] fc(6);
}

#[test]
fn graphs_e_0() {
    check_declared!(CALL_0: Graph208, Graph209, Graph210, Graph211, Graph212, Graph213, Graph214, Graph215, Graph216, Graph217, Graph218, Graph219, Graph220);
}

#[test]
fn graphs_e_1() {
    check_declared!(CALL_1: Graph221, Graph222, Graph223, Graph224, Graph225, Graph226, Graph227, Graph228, Graph229, Graph230, Graph231, Graph232, Graph233);
}

#[test]
fn graphs_e_2() {
    check_declared!(CALL_2: Graph234, Graph235, Graph236, Graph237, Graph238, Graph239, Graph240, Graph241, Graph242, Graph243, Graph244, Graph245, Graph246);
}

#[test]
fn graphs_e_3() {
    check_declared!(CALL_3: Graph247, Graph248, Graph249, Graph250, Graph251, Graph252, Graph253, Graph254, Graph255, Graph256, Graph257, Graph258, Graph259);
}
