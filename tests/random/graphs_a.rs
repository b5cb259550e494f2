//! Random graphs 0 to 51 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph000: 6x6x2 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        res { conv(8, 3, s2, p1, floor) conv(8, 5, p2) bn } via auto relu res { conv(8, 3, same)
        res { avg(3, s1, p1) conv(8, 3, same) } } leaky(0.1) fc(6);

    block b1_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        leaky(0.1)] conv(k, 1) }
    struct Graph001: 4x4x2 =>
        cat[conv(12, 3, p1) conv(12, 5, p2) bn | conv(2, 3, same) | id] cat[conv(4, 1) conv(4, 3, same)
        bn | conv(4, 1) hardswish] b1_0(k = 2, s1) 2 * b1_0(4) fc(4);

    block b2_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn silu conv(k, 1) }
        via auto silu }
    block b2_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph002: 6x6x8 =>
        inorm sigmoid b2_0(5, s2) b2_1(7, stride = 2) b2_1(17) @t0 flatten prelu fc(2);

    struct Graph003: 4x4x16 =>
        res { conv(16, 3, s1, p1, floor) gelu } via auto silu stage1: 2 * { cat[id | leaky(0.1)
        conv(1, 3, same)] } res { conv(4, 3, s1, p1, floor) conv(4, 3, same) } via { pool(3, s1, p1)
        conv(4, 1, s1, floor) } relu cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(12, 1)] fc(3);

    struct Graph004: 5x5x5 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1)] add[id | avg(3, s1, p1)
        conv(10, 1, nobias)] cat[tanh | conv(10, 5, p2) bn] @t0 mul[gmax fc(20) tanh | conv(20, 5, p2)]
        @t1 fc(2);

    block b5_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    struct Graph005: 7x7x8 =>
        b5_0(k = 2, s1) 2 * b5_0(2) cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)
        | avg(3, s2, p1, floor)] add[relu conv(13, 3, same) | res { conv(13, 3, same) bn conv(13, 5, p2)
        bn } sigmoid] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] @t1
        fc(5);

    struct Graph006: 5x5x8 =>
        add[relu | conv(8, 5, p2) bn dw(3, p1) | mul[id | conv(8, 1, nobias) hardsigmoid]]
        cat[conv(8, 3, same) bn | conv(16, 1) dw(3, p1)] fc(3);

    block b7_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    block b7_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph007: 8x7x16 =>
        b7_0(3, stride = 1) b7_0(1) res { gelu conv(1, 5, p2) } gelu b7_1(6, s1) fc(4);

    block b8_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1) }
        via auto hardswish }
    struct Graph008: 5x8x5 =>
        res { gelu conv(5, 3, same) } leaky(0.1) b8_0(6, stride = 1) b8_0(1) @t0 mul[id |
        hardswish sigmoid] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)]
        fc(2);

    struct Graph009: 9x5x3 =>
        add[conv(3, 1, nobias) conv(3, 3, same) | mul[id | gap fc(3) tanh] conv(3, 3, same) bn]
        cat[res { dw(3, p1) relu } | conv(12, 1) conv(12, 1, nobias)] @t0 fc(4);

    struct Graph010: 9x5x4 =>
        res { dw(3, p1) mul[avg(3, s1, p1) | conv(4, 3, same) bn] } sigmoid @t0 mul[hardswish |
        silu] add[mul[id | dw(3, p1) tanh] | mul[gmax fc(4) sigmoid | pool(3, s1, p1)]] res { res
        { prelu conv(4, 5, p2) } mul[gmax fc(4) hardsigmoid | conv(4, 5, p2) bn] } tanh fc(6);

    struct Graph011: 5x5x3 =>
        cat[id | id | conv(3, 3, same) bn] @t0 cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1)] @t1 cat[id | @t1] cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1) | avg(3, s2, p1, floor)] @t2;

    struct Graph012: 5x9x2 =>
        cat[conv(8, 1) drop(0) | conv(2, 5, p2) bn] @t0 cat[@t0 | conv(3, 3, p1) hardswish]
        add[avg(3, s1, p1) | mul[avg(3, s1, p1) | relu] mul[gmax fc(13) hardsigmoid | avg(3, s1, p1)]
        | leaky(0.1) conv(13, 3, same)] fc(6);
}

declare! { CALL_1;
    block b13_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph013: 4x4x5 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] b13_0(2, s1) 2 * {
        cat[id | elu conv(4, 3, same)] } fc(3);

    block b14_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph014: 8x8x3 =>
        add[res { conv(3, 5, p2) prelu } | pool(3, s1, p1) mul[id | gap fc(3) sigmoid] | id] @t0
        b14_0(8, s2) add[dw(3, p1) | silu] fc(2);

    struct Graph015: 5x5x1 =>
        add[mul[gmax fc(1) tanh | dw(3, p1)] | id | id] add[res { prelu conv(1, 5, p2) bn } |
        mul[id | conv(1, 5, p2) bn sigmoid]] fc(3);

    struct Graph016: 6x5x8 =>
        res { conv(8, 3, same) bn mul[id | dw(3, p1) tanh] } elu @t0 cat[res { dw(3, p1) conv(8, 1, nobias)
        } | tanh] fc(2);

    block b17_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph017: 4x9x1 =>
        add[conv(1, 1, nobias) conv(1, 3, same) | id | conv(1, 3, same) conv(1, 1, nobias) bn] @t0
        b17_0(k = 6, s2) 2 * b17_0(17) add[mul[id | gap fc(17) tanh] avg(3, s1, p1) | id] @t1
        add[@t1 | @t1] @t2 fc(5);

    struct Graph018: (left: 5x5x4, right: 3) =>
        cat[@left conv(4, 3, same) fc(1) | @right fc(4) gelu] add[id | res { tanh fc(5) } | fc(5)
        fc(5)] @t0 add[@t0 | mul[sigmoid | id]] add[fc(5) | res { sigmoid relu } | mul[hardswish |
        fc(5)]] fc(6);

    struct Graph019: 7x8x1 =>
        mul[leaky(0.1) | avg(3, s1, p1)] @t0 drop(0) fc(2);

    struct Graph020: 6x8x2 =>
        add[conv(2, 5, p2) | conv(2, 3, same) conv(2, 1, nobias) | relu mul[id | conv(2, 3, same)
        hardsigmoid]] res { conv(16, 3, s2, p1, floor) bn conv(16, 3, same) } via auto sigmoid
        flatten add[id | prelu] fc(2);

    struct Graph021: 6x4x4 =>
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] res { conv(12, 3, s2, p1, floor)
        mul[id | gap fc(12) sigmoid] } via auto relu
        => { class: tanh, place: tanh };

    struct Graph022: 4x7x3 =>
        add[id | gelu conv(3, 3, same) | mul[gmax fc(3) tanh | conv(3, 1, nobias)]] @t0 res {
        conv(8, 3, s1, p1, floor) res { pool(3, s1, p1) relu } } via auto relu @t1 flatten res {
        sigmoid } fc(3);

    struct Graph023: 6x6x3 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] @t0 mul[conv(16, 1, nobias)
        bn | conv(16, 3, same)] @t1 mul[id | gap fc(16) sigmoid] @t2 fc(3);

    struct Graph024: 5x5x5 =>
        res { relu avg(3, s1, p1) } gelu cat[res { conv(5, 1, nobias) silu } | res { dw(3, p1)
        leaky(0.1) }] fc(2);

    let e25_0 = { conv(17, 3, same) bn sigmoid };
    let e25_1 = { conv(3, 3, same) bn prelu };
    block b25_2(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) } via
        auto silu }
    struct Graph025: 5x5x4 =>
        add[e25_0 | conv(4, 5, p2) e25_0] cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] cat[silu e25_1 | e25_1] @t0 b25_2(5, s1) flatten
        add[id | tanh] fc(1);
}

declare! { CALL_2;
    struct Graph026: 7x6x8 =>
        cat[conv(3, 3, p1) conv(3, 1, nobias) bn | conv(8, 3, p1) dw(3, p1)] cat[conv(11, 1, nobias)
        | conv(2, 1) res { conv(2, 3, same) conv(2, 3, same) }] @t0
        => { class: lrn(4, k = 2.0, alpha = 1.0) @t1 fc(3) };

    let e27_0 = { conv(17, 3, same) relu };
    let e27_1 = { conv(8, 3, same) tanh };
    struct Graph027: 4x4x1 =>
        mul[e27_0 | conv(1, 3, same) e27_0] add[id | tanh] mul[e27_1 | sigmoid e27_1] add[id |
        tanh] @t0 flatten mul[leaky(0.1) | hardswish] fc(4);

    block b28_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph028: 8x6x5 =>
        add[id | id | id] @t0 b28_0(2, stride = 2) b28_0(8) @t1 cat[conv(6, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(8, 1)] @t2 cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1) | avg(3, s2, p1, floor)] @t3 fc(5);

    struct Graph029: 5x5x2 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        @t0 1 * { cat[id | relu conv(4, 3, same)] } fc(3);

    block b30_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) silu }
    let e30_1 = { conv(17, 3, same) silu };
    struct Graph030: 9x9x8 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] elu(0.75) @t0
        b30_0(7, s2) add[e30_1 | silu e30_1] fc(4);

    struct Graph031: 4x4x4 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] drop(0.0) cat[conv(12, 1)
        relu | conv(17, 1, nobias) | conv(17, 3, same)] @t0 fc(4);

    block b32_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    block b32_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph032: 4x4x8 =>
        cat[conv(1, 1) dw(3, p1) | conv(8, 3, p1) dw(3, p1) | id] b32_0(5, stride = 1) b32_0(6)
        b32_1(8, s2) fc(6);

    struct Graph033: (left: 9x9x8, right: 4x6x8) =>
        cat[@left conv(8, 3, same) gmax | @right conv(12, 1) pool(3, s1, p1) gmax] logsoftmax
        hardsigmoid @t0 1 * { mul[id | fc(20) hardsigmoid] fc(20) } drop(0) @t1
        => { class: fc(20), place: id, more: mul[id | fc(20) tanh] fc(3) };

    block b34_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph034: 5x6x4 =>
        res { conv(8, 3, s2, p1, floor) bn conv(8, 1, nobias) } via { conv(4, 3, same) bn conv(8, 1, s2, floor)
        } relu cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)]
        => { class: cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)]
        fc(2), place: b34_0(6, stride = 1) b34_0(12) fc(1) };

    block b35_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    let e35_1 = { conv(17, 3, same) hardswish };
    struct Graph035: 4x4x3 =>
        stage1: 3 * { drop(0) res { dw(3, p1) conv(3, 3, same) } } b35_0(6, s2) @t0
        => { class: cat[conv(6, 1, nobias) e35_1 | e35_1] fc(2) };

    struct Graph036: 7x4x8 =>
        add[avg(3, s1, p1) elu | id | id] @t0 avg(3, same)
        => { class: id, place: 1 * { conv(8, 3, same) mul[id | tanh sigmoid] } fc(4), more: id };

    struct Graph037: 6x6x8 =>
        res { conv(17, 3, s2, p1, floor) pool(3, s1, p1) } via auto relu 2 * { cat[id | relu
        conv(1, 3, same)] } stage1: 3 * { cat[id | hardswish conv(3, 3, same)] } add[drop(0) res {
        pool(3, s1, p1) pool(3, s1, p1) } | conv(28, 3, same)] @t0 flatten res { hardswish }
        fc(1);

    struct Graph038: (left: 6, right: 10) =>
        cat[@left fc(6) silu | @right fc(17) relu] id res { hardswish gelu } leaky(0.1) add[id |
        id | hardswish relu] @t0 cat[fc(16) mul[id | fc(16) hardsigmoid] | fc(8) gelu]
        => { class: gelu @t1 fc(4), place: res { fc(24) silu } hardswish fc(3) };
}

declare! { CALL_3;
    struct Graph039: 8x8x8 =>
        lrn(1, alpha = 0.5) @t0 add[mul[gmax fc(8) tanh | sigmoid] | id] fc(1);

    block b40_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    struct Graph040: 4x7x2 =>
        add[conv(2, 1, nobias) bn tanh | id | drop(0) tanh] @t0 add[id | drop(0)] b40_0(6, stride = 1)
        b40_0(2) add[conv(2, 1, nobias) | hardswish res { hardswish drop(0) } | @t0] fc(5);

    struct Graph041: 5x5x2 =>
        1 * { cat[id | elu conv(4, 3, same)] } mul[gmax fc(6) sigmoid | sigmoid] @t0 mul[id | gap
        fc(6) tanh] @t1 res { conv(3, 3, s1, p1, floor) silu } via auto relu @t2;

    struct Graph042: 6x6x3 =>
        2 * { res { dw(3, p1) conv(3, 3, same) } avg(3, s1, p1) } cat[conv(8, 3, p1) silu | silu |
        conv(12, 1) dw(3, p1)] cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1) |
        avg(3, s2, p1, floor)] @t0 fc(3);

    struct Graph043: (left: 3, right: 9x9x16, numbers: 7x7x3) =>
        cat[@left fc(16) relu | @right conv(1, 3, p1) conv(1, 1, nobias) gap | @numbers conv(3, 3, same)
        fc(4)] logsoftmax @t0 add[@t0 | fc(21) hardswish | drop(0) mul[id | prelu hardsigmoid]]
        @t1 res { prelu fc(21) } gelu @t2 leaky(0.75)
        => { class: id, place: @t0, more: 1 * { cat[id | gelu fc(4)] } fc(1) };

    block b44_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn gelu] conv(k, 1) }
    struct Graph044: 6x6x3 =>
        add[conv(3, 3, same) | res { hardswish conv(3, 3, same) } id | conv(3, 5, p2)] b44_0(4, stride = 2)
        b44_0(16) fc(2);

    struct Graph045: (left: 18, right: 7x8x8) =>
        cat[@left fc(12) silu | @right conv(6, 3, p1) relu gmax] tanh @t0 mul[id | fc(18) tanh]
        fc(2);

    struct Graph046: 4x4x2 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] res { conv(3, 3, s1, p1, floor)
        mul[id | conv(3, 5, p2) hardsigmoid] } via { conv(9, 3, same) bn conv(3, 1, s1, floor) }
        hardswish @t0 fc(3);

    struct Graph047: 8x5x4 =>
        cat[conv(4, 3, same) | id] @t0 cat[conv(8, 3, same) | res { conv(8, 3, same) conv(8, 1, nobias)
        bn } | conv(5, 1) conv(5, 1, nobias)] @t1 cat[id | mul[id | gap fc(21) sigmoid]] @t2
        fc(1);

    struct Graph048: (left: 6, right: 7x7x5, numbers: 10) =>
        cat[@left mul[fc(6) | fc(6)] fc(1) | @right fc(5) tanh | @numbers fc(10) fc(8)] cat[fc(8)
        mul[id | hardswish sigmoid] | id | id] id fc(8) sigmoid @t0;

    struct Graph049: 9x7x2 =>
        res { conv(5, 3, s1, p1, floor) dw(3, p1) } via auto elu mul[id | gap fc(5) tanh] @t0
        fc(5);

    struct Graph050: 5x5x3 =>
        add[conv(3, 3, same) bn | avg(3, s1, p1) | id] @t0 add[@t0 | mul[gmax fc(3) sigmoid |
        conv(3, 3, same)]] fc(3);

    struct Graph051: 5x5x3 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 fc(3);
}

#[test]
fn graphs_a_0() {
    check_declared!(CALL_0: Graph000, Graph001, Graph002, Graph003, Graph004, Graph005, Graph006, Graph007, Graph008, Graph009, Graph010, Graph011, Graph012);
}

#[test]
fn graphs_a_1() {
    check_declared!(CALL_1: Graph013, Graph014, Graph015, Graph016, Graph017, Graph018, Graph019, Graph020, Graph021, Graph022, Graph023, Graph024, Graph025);
}

#[test]
fn graphs_a_2() {
    check_declared!(CALL_2: Graph026, Graph027, Graph028, Graph029, Graph030, Graph031, Graph032, Graph033, Graph034, Graph035, Graph036, Graph037, Graph038);
}

#[test]
fn graphs_a_3() {
    check_declared!(CALL_3: Graph039, Graph040, Graph041, Graph042, Graph043, Graph044, Graph045, Graph046, Graph047, Graph048, Graph049, Graph050, Graph051);
}
