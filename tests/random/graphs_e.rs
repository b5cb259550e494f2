//! Random graphs 208 to 259 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph208: (left: 3, right: 7x7x2) =>
        cat[@left fc(1) relu | @right pool(3, s1, p1) gap] add[silu | mul[fc(3) | hardswish] silu
        | relu] res { fc(3) fc(3) } elu silu 2 * { relu sigmoid };

    let e209_0 = { conv(12, 3, same) tanh };
    struct Graph209: 7x4x1 =>
        gelu @t0 mul[e209_0 | id e209_0] add[id | tanh] @t1 res { conv(6, 3, s1, p1, floor)
        conv(6, 1, nobias) } via { conv(12, 1, nobias) bn conv(6, 1, s1, floor) } prelu mul[gmax
        fc(6) tanh | dw(3, p1)] fc(2);

    struct Graph210: 5x5x2 =>
        elu(0.75) @t0 cat[conv(5, 1) res { drop(0) conv(5, 5, p2) bn } | conv(8, 1) res { prelu
        gelu } | conv(12, 3, p1) res { drop(0) dw(3, p1) }] @t1 cat[conv(5, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(1, 1)] mul[id | gap fc(6) tanh] fc(6);

    struct Graph211: (left: 10, right: 8x8x16) =>
        cat[@left fc(10) fc(8) | @right conv(16, 1, nobias) fc(6)] res { prelu prelu } relu @t0
        fc(40) drop(0) add[prelu drop(0) | prelu fc(40) | fc(40) fc(40)] fc(2);

    struct Graph212: (left: 5x7x2, right: 7x6x8, numbers: 7x7x3) =>
        cat[@left avg(3, s1, p1) gap | @right gelu fc(3) | @numbers id fc(6)] silu silu add[fc(11)
        | res { fc(11) fc(11) } leaky(0.1)] @t0 add[mul[elu | fc(11)] drop(0) | mul[id | fc(11)
        hardsigmoid] | fc(11)] @t1 fc(2);

    let e213_0 = { conv(1, 3, same) bn relu };
    struct Graph213: 8x8x4 =>
        add[id | id | id] add[avg(3, s1, p1) avg(3, s1, p1) | avg(3, s1, p1) | conv(4, 3, same)
        sigmoid] 1 * { cat[id | sigmoid conv(4, 3, same)] } add[e213_0 | dw(3, p1) e213_0];

    struct Graph214: 9x9x2 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1) | avg(3, s2, p1, floor)]
        mul[id | pool(3, s1, p1) tanh] @t0 cat[conv(1, 3, p1) dw(3, p1) | @t0 | drop(0)] @t1
        fc(5);

    let e215_0 = { conv(8, 3, same) bn relu };
    struct Graph215: 9x8x5 =>
        cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        @t0 mul[leaky(0.1) | avg(3, s1, p1)] cat[dw(3, p1) e215_0 | e215_0] @t1 fc(6);

    block b216_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph216: 4x4x8 =>
        b216_0(5, stride = 1) b216_0(2) cat[avg(3, s1, p1) | id | conv(2, 1, nobias) bn] @t0
        fc(5);

    struct Graph217: (left: 5x5x4, right: 5x4x5) =>
        cat[@left id fc(16) | @right conv(5, 3, same) fc(4)] hardswish add[relu mul[id | fc(20)
        hardsigmoid] | silu] fc(1);

    struct Graph218: 8x4x16 =>
        cat[conv(1, 3, p1) avg(3, s1, p1) | mul[gmax fc(16) sigmoid | prelu] | conv(2, 1) mul[id |
        conv(2, 3, same) bn tanh]] res { conv(17, 3, s2, p1, floor) res { dw(3, p1) drop(0) } }
        via auto relu add[conv(17, 3, same) conv(17, 1, nobias) | id | res { conv(17, 3, same)
        dw(3, p1) }] @t0 mul[id | gap fc(17) hardsigmoid] @t1 flatten res { relu } fc(2);

    struct Graph219: 7x7x1 =>
        3 * { cat[id | leaky(0.1) conv(1, 3, same)] } add[dw(3, p1) res { conv(4, 5, p2) prelu } |
        conv(4, 1, nobias)] add[drop(0) | mul[gmax fc(4) hardsigmoid | conv(4, 3, same)] conv(4, 5, p2)]
        cat[mul[avg(3, s1, p1) | conv(4, 3, same)] | conv(8, 1) avg(3, s1, p1) | id] fc(2);

    block b220_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph220: 7x7x16 =>
        b220_0(8, stride = 2) b220_0(2) add[tanh | conv(2, 3, same) conv(2, 1, nobias) | avg(3, s1, p1)]
        @t0 cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(17, 1) | avg(3, s2, p1, floor)]
        fc(4);
}

declare! { CALL_1;
    struct Graph221: (left: 7x7x8, right: 5) =>
        cat[@left drop(0) fc(4) | @right fc(8) elu] add[fc(12) | fc(12) res { fc(12) fc(12) } |
        fc(12)] 3 * { cat[id | leaky(0.1) fc(1)] } cat[fc(12) fc(12) | fc(3) res { fc(3) sigmoid
        }] fc(3);

    struct Graph222: 6x6x4 =>
        mul[id | drop(0) sigmoid] softplus @t0 fc(1);

    let e223_0 = { conv(4, 3, same) prelu };
    struct Graph223: 6x6x4 =>
        add[res { sigmoid avg(3, s1, p1) } | sigmoid | res { conv(4, 3, same) dw(3, p1) }] 3 * {
        cat[id | hardswish conv(3, 3, same)] } mul[e223_0 | relu e223_0] add[id | tanh] fc(1);

    struct Graph224: (left: 5x5x1, right: 8x8x3, numbers: 4x4x3) =>
        cat[@left mul[id | gap fc(1) tanh] fc(12) | @right fc(8) hardswish | @numbers fc(4) silu]
        hardsigmoid add[drop(0) res { hardswish fc(24) } | fc(24) | gelu] cat[fc(6) silu | fc(1)
        id | fc(8) res { gelu fc(8) }] elu @t0
        => { class: mul[fc(15) | fc(15)] @t1 fc(3), place: id, more: id };

    struct Graph225: 9x6x5 =>
        2 * { cat[id | hardswish conv(2, 3, same)] } res { conv(1, 3, s2, p1, floor) bn conv(1, 3, same)
        } via { conv(9, 3, same) conv(1, 1, s2, floor) } leaky(0.1) add[mul[gmax fc(1) tanh |
        conv(1, 1, nobias)] | pool(3, s1, p1)] @t0 fc(6);

    struct Graph226: 9x4x8 =>
        1 * { leaky(0.1) conv(8, 3, same) } res { conv(1, 3, s1, p1, floor) bn leaky(0.1) } via
        auto relu @t0 cat[id | drop(0) | conv(12, 1) silu] @t1 fc(6);

    block b227_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) }
        via auto silu }
    struct Graph227: 8x6x16 =>
        add[dw(3, p1) | dw(3, p1)] b227_0(k = 3, s2) 2 * b227_0(16) res { conv(6, 3, s2, p1, floor)
        mul[gmax fc(6) tanh | dw(3, p1)] } via auto relu mul[dw(3, p1) | conv(6, 1, nobias)]
        fc(1);

    struct Graph228: (left: 4x4x8, right: 7x7x5, numbers: 5) =>
        cat[@left fc(4) gelu | @right fc(16) relu | @numbers fc(3) tanh] hardsigmoid cat[fc(3)
        mul[id | elu hardsigmoid] | fc(16) sigmoid | fc(17) hardswish] 3 * { mul[id | fc(36)
        sigmoid] drop(0) } hardswish @t0 fc(5);

    struct Graph229: 8x8x3 =>
        cat[conv(8, 3, p1) mul[gmax fc(8) hardsigmoid | conv(8, 1, nobias) bn] | conv(6, 3, p1)
        conv(6, 5, p2) bn | pool(3, s1, p1)] leaky(0.1) cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] @t0 hardsigmoid fc(3);

    struct Graph230: 6x6x3 =>
        res { drop(0) conv(3, 1, nobias) } silu cat[pool(3, s1, p1) | id] res { conv(6, 3, same)
        mul[id | conv(6, 1, nobias) sigmoid] } sigmoid @t0 hardsigmoid
        => { class: add[avg(3, s1, p1) dw(3, p1) | @t0] @t1 fc(4), place: cat[conv(6, 1, nobias)
        bn | conv(16, 3, p1) elu | conv(6, 1, nobias)] @t2 fc(1), more: mul[id | conv(6, 3, same)
        tanh] fc(2) };

    block b231_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph231: 4x8x4 =>
        b231_0(5, s2) stage1: 3 * { cat[id | elu conv(3, 3, same)] } flatten fc(4);

    struct Graph232: 5x5x3 =>
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] add[id | avg(3, s1, p1)
        | dw(3, p1)] fc(4);

    struct Graph233: 6x5x8 =>
        add[conv(8, 3, same) | id] add[id mul[id | gap fc(8) sigmoid] | mul[gmax fc(8) tanh |
        tanh] leaky(0.1) | res { gelu conv(8, 1, nobias) } conv(8, 3, same)]
        => { class: cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] fc(3) };
}

declare! { CALL_2;
    struct Graph234: 9x9x3 =>
        add[res { pool(3, s1, p1) elu } dw(3, p1) | id] add[res { pool(3, s1, p1) pool(3, s1, p1)
        } | dw(3, p1) conv(3, 1, nobias)] @t0 fc(5);

    struct Graph235: (left: 6x6x1, right: 4, numbers: 9x9x3) =>
        cat[@left fc(4) hardswish | @right fc(8) sigmoid | @numbers fc(1) relu] tanh @t0 cat[@t0 |
        id] cat[@t0 | id] sigmoid;

    block b236_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph236: 6x6x1 =>
        b236_0(6, s1) add[conv(6, 3, same) | res { sigmoid silu }] @t0 cat[conv(12, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(8, 1)] fc(2);

    struct Graph237: 7x8x8 =>
        add[dw(3, p1) | id] @t0 id fc(5);

    block b238_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) silu }
    struct Graph238: 8x8x1 =>
        b238_0(6, s1) add[id | res { relu conv(6, 5, p2) } conv(6, 5, p2)] @t0 2 * { cat[id |
        leaky(0.1) conv(2, 3, same)] } fc(5);

    struct Graph239: (left: 4x4x3, right: 4x4x2, numbers: 4x4x3) =>
        cat[@left conv(12, 3, p1) conv(12, 3, same) | @right hardswish | @numbers conv(1, 1) silu]
        cat[conv(17, 1) silu | id | id] cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1)] @t0 add[@t0 | conv(9, 3, same) | pool(3, s1, p1) mul[id | gap fc(9) sigmoid]]
        flatten relu fc(1);

    struct Graph240: 8x8x8 =>
        mul[id | pool(3, s1, p1) sigmoid] @t0 add[conv(8, 1, nobias) | avg(3, s1, p1)] @t1
        add[avg(3, s1, p1) mul[gmax fc(8) hardsigmoid | dw(3, p1)] | dw(3, p1) id] fc(1);

    block b241_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn leaky(0.1)] conv(k, 1) }
    struct Graph241: 8x8x3 =>
        tanh cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)] @t0 stage1: 2 * {
        cat[id | gelu conv(1, 3, same)] } b241_0(7, stride = 2) b241_0(6) fc(4);

    struct Graph242: 8x8x3 =>
        mul[id | conv(3, 3, same) hardsigmoid] elu(0.75) fc(4);

    block b243_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn elu] conv(k, 1) }
    struct Graph243: 5x6x3 =>
        b243_0(7, s2) cat[conv(2, 1) conv(2, 1, nobias) | id | dw(3, p1)] @t0 add[@t0 | @t0 | @t0]
        @t1 2 * { cat[id | leaky(0.1) conv(4, 3, same)] } fc(2);

    block b244_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        hardswish] conv(k, 1) }
    let e244_1 = { conv(8, 3, same) bn leaky(0.1) };
    struct Graph244: 6x6x2 =>
        hardsigmoid @t0 b244_0(2, stride = 2) b244_0(2) cat[mul[tanh | avg(3, s1, p1)] | conv(6, 1)
        silu | conv(12, 1) conv(12, 3, same)] @t1 mul[e244_1 | conv(20, 1, nobias) e244_1] add[id
        | tanh] fc(1);

    let e245_0 = { conv(8, 3, same) tanh };
    struct Graph245: 6x4x3 =>
        add[e245_0 | dw(3, p1) e245_0] @t0 add[id | @t0] @t1
        => { class: @t1 };

    block b246_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph246: 9x9x16 =>
        res { conv(5, 3, s2, p1, floor) bn id } via { sigmoid conv(5, 1, s2, floor) } tanh @t0
        add[@t0 | conv(5, 5, p2) bn conv(5, 1, nobias) | res { dw(3, p1) hardswish } conv(5, 5, p2)]
        b246_0(k = 7, s2) 2 * b246_0(17) fc(4);
}

declare! { CALL_3;
    struct Graph247: (left: 9x9x5, right: 6x6x8) =>
        cat[@left conv(12, 3, p1) avg(3, s1, p1) gmax | @right conv(2, 1) leaky(0.1) gmax] id
        cat[fc(3) res { gelu fc(3) } | fc(6) drop(0) | fc(12) fc(12)] res { fc(21) res { elu
        drop(0) } } elu fc(5);

    struct Graph248: 6x6x4 =>
        res { conv(16, 3, s2, p1, floor) pool(3, s1, p1) } via { leaky(0.1) conv(16, 1, s2, floor)
        } hardswish @t0 res { conv(5, 3, s1, p1, floor) bn conv(5, 1, nobias) } via auto hardswish
        @t1 2 * { cat[id | tanh conv(4, 3, same)] };

    block b249_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph249: 4x6x5 =>
        add[conv(5, 3, same) | conv(5, 5, p2) relu] @t0 add[id | conv(5, 3, same) leaky(0.1)] 1 *
        { cat[id | prelu conv(3, 3, same)] } b249_0(5, stride = 1) b249_0(3) fc(2);

    block b250_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b250_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph250: 4x4x3 =>
        b250_0(k = 4, s2) 2 * b250_0(4) b250_1(2, s1) @t0 fc(4);

    struct Graph251: 7x7x1 =>
        cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] cat[conv(12, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(12, 1)] flatten add[id | gelu] fc(1);

    struct Graph252: 8x8x1 =>
        res { conv(3, 3, s1, p1, floor) bn conv(3, 3, same) } via auto elu @t0 add[@t0 | pool(3, s1, p1)
        id] res { prelu conv(3, 3, same) } hardswish cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1)]
        => { class: mul[pool(3, s1, p1) | gelu], place: mul[id | conv(2, 1, nobias) bn] fc(1),
        more: res { conv(16, 3, s1, p1, floor) bn conv(16, 5, p2) } via { conv(2, 3, same)
        conv(16, 1, s1, floor) } elu fc(4) };

    struct Graph253: 6x6x4 =>
        3 * { pool(3, s1, p1) sigmoid } id gelu @t0 cat[@t0 | @t0] fc(6);

    block b254_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn sigmoid conv(k, 1)
        } via auto sigmoid }
    let e254_1 = { conv(8, 3, same) bn elu };
    struct Graph254: 6x6x4 =>
        b254_0(8, s2) cat[id | conv(4, 3, p1) conv(4, 3, same)] mul[e254_1 | conv(12, 3, same)
        e254_1] add[id | tanh] @t0 cat[conv(4, 3, p1) conv(4, 1, nobias) | mul[gmax fc(8)
        hardsigmoid | conv(8, 3, same)]] fc(3);

    struct Graph255: 4x4x8 =>
        mul[gmax fc(8) tanh | drop(0)] @t0 add[@t0 | @t0] fc(6);

    block b256_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn elu }
    block b256_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph256: 8x9x5 =>
        add[mul[id | dw(3, p1) sigmoid] conv(5, 3, same) | conv(5, 3, same) | id] res { conv(3, 3, s1, p1, floor)
        bn pool(3, s1, p1) } via auto leaky(0.1) b256_0(k = 2, s2) 2 * b256_0(12) b256_1(6, stride = 1)
        b256_1(8) @t0 fc(3);

    block b257_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph257: 9x5x5 =>
        add[avg(3, s1, p1) dw(3, p1) | id | conv(5, 3, same) conv(5, 5, p2) bn] b257_0(k = 8, s1)
        2 * b257_0(12) fc(4);

    let e258_0 = { conv(1, 3, same) bn relu };
    struct Graph258: 8x5x8 =>
        mul[e258_0 | avg(3, s1, p1) e258_0] add[id | tanh] mul[id | relu hardsigmoid] @t0 fc(5);

    block b259_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn silu conv(k, 1) }
        via auto silu }
    struct Graph259: 8x8x2 =>
        cat[id | id] b259_0(k = 5, s2) 2 * b259_0(8) 1 * { dw(3, p1) relu }
        => { class: 3 * { conv(8, 1, nobias) conv(8, 3, same) } fc(4) };
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
