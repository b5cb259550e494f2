//! Random graphs 208 to 259 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph208: 6x4x5 =>
        stage1: 2 * { cat[id | hardswish conv(4, 3, same)] } add[mul[gmax fc(13) hardsigmoid |
        dw(3, p1)] conv(13, 1, nobias) | conv(13, 5, p2)] add[dw(3, p1) | relu] cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(17, 1) | avg(3, s2, p1, floor)]
        => { class: cat[conv(4, 1) id | gelu | conv(4, 3, p1) conv(4, 5, p2)] fc(2), place: tanh
        fc(2) };

    struct Graph209: (left: 5x5x1, right: 8x8x3) =>
        cat[@left mul[id | gap fc(1) tanh] fc(12) | @right fc(8) hardswish] 2 * { drop(0) prelu }
        add[drop(0) res { hardswish fc(20) } | fc(20) | gelu] fc(4);

    struct Graph210: 5x5x4 =>
        res { conv(8, 3, s2, p1, floor) id } via auto relu stage1: 2 * { pool(3, s1, p1) conv(8, 3, same)
        bn } add[id | conv(8, 3, same) bn | conv(8, 5, p2) pool(3, s1, p1)] fc(4);

    struct Graph211: (left: 5x9x4, right: 6x6x5) =>
        cat[@left fc(3) gelu | @right fc(12) leaky(0.1)] elu(0.75) add[sigmoid | prelu] @t0 cat[id
        | fc(6) fc(6)] res { mul[id | fc(21) sigmoid] fc(21) } hardswish fc(5);

    block b212_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph212: 5x5x8 =>
        b212_0(7, stride = 2) b212_0(5) @t0 add[dw(3, p1) pool(3, s1, p1) | conv(5, 3, same) elu]
        @t1 cat[@t0 | conv(5, 3, same)] fc(6);

    block b213_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph213: 6x6x16 =>
        b213_0(8, stride = 1) b213_0(16) logsoftmax fc(2);

    struct Graph214: (left: 4x8x5, right: 5x6x1) =>
        cat[@left conv(5, 3, same) fc(8) | @right conv(4, 3, p1) pool(3, s1, p1) gap] hardswish
        softplus fc(5);

    struct Graph215: 7x4x8 =>
        cat[conv(8, 3, p1) prelu | conv(2, 1) conv(2, 5, p2)] cat[conv(2, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(8, 1)] @t0 res { mul[id | dw(3, p1)] elu } sigmoid;

    let e216_0 = { conv(5, 3, same) silu };
    struct Graph216: 6x9x4 =>
        mul[e216_0 | conv(4, 1, nobias) e216_0] add[id | tanh] stage1: 1 * { cat[id | sigmoid
        conv(3, 3, same)] } fc(5);

    struct Graph217: (left: 9x9x8, right: 4x4x16) =>
        cat[@left fc(1) prelu | @right fc(6) sigmoid] res { fc(7) tanh } tanh hardsigmoid mul[id |
        leaky(0.1) sigmoid] hardsigmoid fc(6);

    block b218_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph218: 5x4x1 =>
        mul[id | conv(1, 3, same) tanh] mul[id | gap fc(1) hardsigmoid] b218_0(5, stride = 1)
        b218_0(8) @t0 flatten mul[prelu | sigmoid] fc(1);

    block b219_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph219: 7x6x1 =>
        add[res { conv(1, 5, p2) bn conv(1, 1, nobias) } res { conv(1, 3, same) pool(3, s1, p1) }
        | tanh dw(3, p1)] b219_0(8, s1) cat[res { conv(8, 5, p2) dw(3, p1) } | id | conv(1, 1)
        conv(1, 3, same)] @t0 fc(4);

    struct Graph220: 4x4x3 =>
        add[id | conv(3, 3, same) | conv(3, 3, same) bn] @t0 mul[id | gap fc(3) sigmoid];
}

declare! { CALL_1;
    block b221_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        tanh] conv(k, 1) }
    struct Graph221: 4x4x8 =>
        cat[conv(5, 1) conv(5, 5, p2) | conv(12, 3, p1) conv(12, 1, nobias)] @t0 b221_0(2, stride = 2)
        b221_0(8) fc(2);

    block b222_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    struct Graph222: 8x4x1 =>
        b222_0(k = 7, s2) 2 * b222_0(5) add[elu res { conv(5, 5, p2) conv(5, 3, same) } | conv(5, 1, nobias)]
        flatten fc(1);

    struct Graph223: (left: 4x8x2, right: 4x4x3, numbers: 9x9x16) =>
        cat[@left mul[gmax fc(2) sigmoid | avg(3, s1, p1)] fc(16) | @right fc(12) elu | @numbers
        fc(2) elu] relu add[id | id | drop(0) fc(30)] res { elu relu } prelu @t0 res { tanh fc(30)
        } elu
        => { class: mul[id | leaky(0.1) sigmoid] fc(2), place: id };

    struct Graph224: (left: 5x5x1, right: 3) =>
        cat[@left fc(16) hardswish | @right fc(2) leaky(0.1)] cat[fc(1) fc(1) | fc(5) mul[fc(5) |
        fc(5)]] @t0 add[id | @t0 | fc(6) relu] @t1 fc(5);

    block b225_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn leaky(0.1)
        conv(k, 1) } via auto leaky(0.1) }
    struct Graph225: 4x4x8 =>
        cat[conv(17, 3, p1) avg(3, s1, p1) | conv(6, 3, p1) res { gelu drop(0) }] b225_0(6, s2)
        cat[id | res { dw(3, p1) conv(6, 1, nobias) }] @t0 add[@t0 | @t0 | @t0] @t1 fc(4);

    struct Graph226: 9x6x2 =>
        adaptive(4) add[conv(2, 3, same) bn | conv(2, 1, nobias) | conv(2, 3, same) bn tanh]
        fc(2);

    block b227_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph227: 4x7x4 =>
        cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        b227_0(k = 5, s1) 2 * b227_0(1);

    block b228_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    struct Graph228: 7x7x1 =>
        mul[id | tanh sigmoid] res { conv(8, 3, s2, p1, floor) hardswish } via auto leaky(0.1) @t0
        b228_0(8, stride = 1) b228_0(8) cat[dw(3, p1) | conv(2, 3, p1) gelu] @t1 fc(4);

    block b229_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph229: 9x9x2 =>
        add[leaky(0.1) dw(3, p1) | conv(2, 3, same) bn conv(2, 3, same) | id] b229_0(2, stride = 1)
        b229_0(4) @t0 fc(3);

    block b230_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph230: 9x9x2 =>
        cat[conv(4, 1) dw(3, p1) | res { drop(0) conv(2, 3, same) }] b230_0(7, s1) cat[conv(16, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(4, 1)] cat[id | conv(1, 1) res { dw(3, p1) conv(1, 3, same)
        } | dw(3, p1)] @t0 fc(5);

    block b231_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b231_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph231: 4x4x5 =>
        cat[dw(3, p1) | conv(6, 1) conv(6, 3, same)] @t0 b231_0(k = 4, s2) 2 * b231_0(4) b231_1(2, s1)
        @t1 fc(4);

    struct Graph232: 7x7x1 =>
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] cat[conv(12, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(12, 1)] flatten add[id | gelu] fc(1);

    struct Graph233: 8x8x1 =>
        res { conv(3, 3, s1, p1, floor) bn conv(3, 3, same) } via auto elu @t0 add[@t0 | pool(3, s1, p1)
        id] res { prelu conv(3, 3, same) } hardswish cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1)]
        => { class: mul[pool(3, s1, p1) | gelu], place: mul[id | conv(2, 1, nobias) bn] fc(1),
        more: res { conv(16, 3, s1, p1, floor) bn conv(16, 5, p2) } via { conv(2, 3, same)
        conv(16, 1, s1, floor) } elu fc(4) };
}

declare! { CALL_2;
    struct Graph234: 6x6x4 =>
        3 * { pool(3, s1, p1) sigmoid } id relu @t0 cat[@t0 | @t0] fc(6);

    block b235_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn sigmoid conv(k, 1)
        } via auto sigmoid }
    let e235_1 = { conv(8, 3, same) bn elu };
    struct Graph235: 6x6x4 =>
        b235_0(8, s2) cat[id | conv(4, 3, p1) conv(4, 3, same)] mul[e235_1 | conv(12, 3, same)
        e235_1] add[id | tanh] @t0 cat[conv(4, 3, p1) conv(4, 1, nobias) | mul[gmax fc(8)
        hardsigmoid | conv(8, 3, same)]] fc(3);

    struct Graph236: 4x4x8 =>
        mul[gmax fc(8) tanh | drop(0)] @t0 add[@t0 | @t0] fc(6);

    block b237_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn elu }
    block b237_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph237: 8x9x5 =>
        add[mul[id | dw(3, p1) sigmoid] conv(5, 3, same) | conv(5, 3, same) | id] res { conv(3, 3, s1, p1, floor)
        bn pool(3, s1, p1) } via auto leaky(0.1) b237_0(k = 2, s2) 2 * b237_0(12) b237_1(6, stride = 1)
        b237_1(8) @t0 fc(3);

    block b238_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph238: 4x5x3 =>
        b238_0(5, stride = 2) b238_0(2) res { drop(0) gelu } relu @t0
        => { class: reshape(12x1x1) fc(1) };

    struct Graph239: (left: 8x8x1, right: 4x8x16, numbers: 5x7x5) =>
        cat[@left conv(1, 3, same) gmax | @right fc(1) leaky(0.1) | @numbers fc(17) silu] l2norm
        add[fc(19) elu | id | id] fc(5);

    block b240_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn silu conv(k, 1) }
        via auto silu }
    struct Graph240: 8x8x2 =>
        cat[id | id] b240_0(k = 5, s2) 2 * b240_0(8) 1 * { dw(3, p1) relu }
        => { class: 3 * { conv(8, 1, nobias) conv(8, 3, same) } fc(4) };

    block b241_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph241: 5x5x16 =>
        b241_0(k = 3, s2) 2 * b241_0(2) 2 * { cat[id | gelu conv(2, 3, same)] };

    struct Graph242: (left: 8x9x3, right: 4x4x16) =>
        cat[@left avg(3, s1, p1) fc(17) | @right fc(12) elu] relu res { fc(29) mul[id | id
        sigmoid] } silu @t0 fc(4);

    struct Graph243: 5x4x3 =>
        3 * { mul[id | gap fc(3) hardsigmoid] avg(3, s1, p1) } res { conv(3, 1, nobias) res { elu
        dw(3, p1) } } hardswish fc(5);

    struct Graph244: 4x6x2 =>
        add[mul[id | gap fc(2) sigmoid] | relu res { elu pool(3, s1, p1) } | id conv(2, 5, p2)]
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] fc(5);

    block b245_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph245: 8x4x4 =>
        cat[conv(8, 3, p1) dw(3, p1) | conv(4, 1) drop(0)] b245_0(2, s1) add[conv(2, 3, same)
        conv(2, 3, same) bn | conv(2, 3, same) | id] @t0 cat[conv(2, 3, same) | mul[id | gap fc(2)
        sigmoid]] flatten fc(4);

    block b246_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph246: 6x6x3 =>
        res { conv(16, 3, s1, p1, floor) conv(16, 3, same) bn } via auto relu b246_0(3, stride = 1)
        b246_0(4) fc(1);
}

declare! { CALL_3;
    struct Graph247: 7x7x3 =>
        res { conv(5, 3, s2, p1, floor) silu } via { conv(3, 3, same) bn conv(5, 1, s2, floor) }
        silu add[res { gelu avg(3, s1, p1) } | conv(5, 1, nobias) gelu | leaky(0.1)] res {
        conv(12, 3, s1, p1, floor) conv(12, 3, same) } via { pool(3, s1, p1) conv(12, 1, s1, floor)
        } relu @t0 cat[conv(12, 3, p1) conv(12, 5, p2) | conv(3, 1) avg(3, s1, p1)] fc(6);

    let e248_0 = { conv(2, 3, same) bn hardswish };
    struct Graph248: 7x4x2 =>
        add[e248_0 | conv(2, 3, same) e248_0] @t0 res { conv(16, 3, s2, p1, floor) bn conv(16, 1, nobias)
        } via auto leaky(0.1) mul[id | avg(3, s1, p1) tanh] cat[res { id conv(16, 1, nobias) } |
        drop(0)] fc(6);

    struct Graph249: 8x8x5 =>
        res { conv(5, 5, p2) silu } tanh mul[id | pool(3, s1, p1) hardsigmoid] res { conv(8, 3, s1, p1, floor)
        bn conv(8, 1, nobias) bn } via auto elu relu @t0 fc(5);

    struct Graph250: 7x7x3 =>
        add[prelu res { conv(3, 5, p2) conv(3, 3, same) } | conv(3, 3, same)] cat[id | id] @t0
        fc(6);

    struct Graph251: 6x6x8 =>
        elu(0.1) cat[conv(8, 3, same) | drop(0)] @t0 fc(2);

    block b252_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph252: 6x6x2 =>
        b252_0(8, s1) @t0 cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) |
        avg(3, s2, p1, floor)] cat[conv(17, 1) res { tanh elu } | conv(8, 3, p1) avg(3, s1, p1) |
        conv(1, 3, p1) gelu] sigmoid @t1
        => { class: add[dw(3, p1) conv(26, 3, same) | res { drop(0) dw(3, p1) } | id] fc(3) };

    block b253_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph253: 9x9x3 =>
        res { conv(5, 3, s2, p1, floor) conv(5, 5, p2) } via { tanh conv(5, 1, s2, floor) } elu
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        cat[conv(16, 3, p1) elu | conv(1, 1) tanh | mul[gmax fc(24) hardsigmoid | conv(24, 1, nobias)
        bn]] b253_0(8, stride = 2) b253_0(8) fc(6);

    block b254_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph254: 6x6x5 =>
        cat[conv(3, 1) elu | conv(8, 1) avg(3, s1, p1) | conv(8, 1) conv(8, 3, same)] cat[conv(3, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(5, 1)] b254_0(k = 5, s1) 2 * b254_0(12) add[avg(3, s1, p1)
        id | conv(12, 1, nobias) conv(12, 3, same)];

    block b255_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph255: 6x4x3 =>
        b255_0(7, s2) mul[leaky(0.1) | silu] flatten res { prelu } fc(1);

    struct Graph256: (left: 4x4x3, right: 9x9x1, numbers: 6) =>
        cat[@left conv(16, 1) leaky(0.1) gap | @right conv(1, 5, p2) gap | @numbers fc(8)
        leaky(0.1)] res { fc(25) leaky(0.1) } relu 1 * { cat[id | elu fc(1)] }
        => { class: add[leaky(0.1) | tanh drop(0)] fc(4), place: id };

    struct Graph257: 5x5x1 =>
        add[avg(3, s1, p1) conv(1, 3, same) | conv(1, 5, p2) conv(1, 3, same) | silu] 2 * {
        conv(1, 3, same) prelu } mul[gmax fc(1) tanh | hardswish] fc(4);

    block b258_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn leaky(0.1)] conv(k, 1) }
    struct Graph258: 4x6x3 =>
        b258_0(8, stride = 2) b258_0(8) @t0 mul[id | gap fc(8) hardsigmoid] mul[id | drop(0)
        tanh];

    struct Graph259: (left: 9x5x8, right: 7, numbers: 18) =>
        cat[@left pool(3, s1, p1) fc(8) | @right fc(1) hardswish | @numbers fc(4) gelu] silu @t0
        cat[fc(12) res { fc(12) fc(12) } | fc(6) fc(6)] @t1 add[res { relu fc(18) } fc(18) | silu
        | leaky(0.1) fc(18)] @t2 bias @t3 fc(4);
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
