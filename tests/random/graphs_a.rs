//! Random graphs 0 to 51 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

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

    let e2_0 = { conv(5, 3, same) bn silu };
    let e2_1 = { conv(2, 3, same) hardswish };
    struct Graph002: 6x6x8 =>
        leaky(0.3) cat[id e2_0 | e2_0] @t0 add[e2_1 | conv(10, 3, same) bn e2_1] softplus
        => { class: id, place: add[res { hardswish conv(2, 5, p2) } conv(2, 1, nobias) | conv(2, 1, nobias)
        pool(3, s1, p1)] fc(1) };

    struct Graph003: 6x6x8 =>
        cat[pool(3, s1, p1) | conv(16, 1) conv(16, 3, same)] cat[conv(3, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(5, 1) | avg(3, s2, p1, floor)] @t0 fc(6);

    block b4_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn gelu }
    struct Graph004: 7x7x16 =>
        cat[elu | conv(5, 3, p1) conv(5, 5, p2)] b4_0(k = 5, s2) 2 * b4_0(6) flatten tanh fc(2);

    block b5_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph005: 6x9x5 =>
        b5_0(7, stride = 2) b5_0(6) res { conv(3, 3, s1, p1, floor) sigmoid } via auto gelu;

    struct Graph006: 5x5x2 =>
        cat[id | conv(8, 1) id | conv(1, 1) conv(1, 3, same)] res { conv(8, 3, s1, p1, floor) bn
        conv(8, 3, same) } via auto tanh @t0 res { drop(0) conv(8, 5, p2) } relu fc(1);

    block b7_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn leaky(0.1) }
    block b7_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    struct Graph007: 7x7x3 =>
        2 * { cat[id | tanh conv(4, 3, same)] } b7_0(k = 8, s2) 2 * b7_0(17) cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)] b7_1(k = 2, s1) 2 * b7_1(2)
        fc(6);

    let e8_0 = { conv(4, 3, same) gelu };
    struct Graph008: 4x4x4 =>
        mul[id | gap fc(4) hardsigmoid] add[res { conv(4, 3, same) bn conv(4, 5, p2) bn } sigmoid
        | id | mul[gmax fc(4) sigmoid | drop(0)]] @t0 add[e8_0 | relu e8_0] mul[id | relu sigmoid]
        fc(1);

    let e9_0 = { conv(5, 3, same) gelu };
    block b9_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph009: 7x4x1 =>
        drop(0) @t0 1 * { gelu mul[gmax fc(1) sigmoid | relu] } cat[prelu e9_0 | e9_0] b9_1(5, s2)
        => { class: gelu };

    let e10_0 = { conv(8, 3, same) tanh };
    block b10_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph010: 5x9x3 =>
        mul[id | drop(0) hardsigmoid] @t0 mul[e10_0 | conv(3, 3, same) e10_0] add[id | tanh]
        add[hardswish | conv(8, 1, nobias) | conv(8, 3, same)] b10_1(6, stride = 1) b10_1(1) @t1
        flatten res { prelu } fc(3);

    block b11_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn hardswish }
    struct Graph011: 7x7x3 =>
        1 * { conv(3, 3, same) hardswish } res { id res { conv(3, 5, p2) bn conv(3, 5, p2) bn } }
        hardswish b11_0(4, stride = 1) b11_0(16) @t0 fc(6);

    struct Graph012: 4x4x5 =>
        drop(0) @t0 mul[id | gap fc(5) hardsigmoid] fc(2);
}

declare! { CALL_1;
    struct Graph013: 8x8x4 =>
        stage1: 2 * { cat[id | hardswish conv(3, 3, same)] } stage2: 1 * { sigmoid avg(3, s1, p1)
        } fc(1);

    struct Graph014: 4x4x3 =>
        res { mul[gmax fc(3) sigmoid | pool(3, s1, p1)] conv(3, 5, p2) } prelu @t0 add[mul[id |
        conv(3, 3, same) tanh] conv(3, 5, p2) bn | conv(3, 3, same) sigmoid | mul[id | gap fc(3)
        hardsigmoid]] cat[id | conv(8, 3, p1) hardswish] @t1 add[dw(3, p1) conv(11, 5, p2) bn |
        pool(3, s1, p1) | dw(3, p1) hardswish] fc(4);

    struct Graph015: 8x8x1 =>
        cat[res { prelu dw(3, p1) } | id] res { conv(8, 3, s2, p1, floor) bn conv(8, 3, same) }
        via { avg(3, s1, p1) conv(8, 1, s2, floor) } tanh
        => { class: res { conv(17, 3, s2, p1, floor) bn elu } via auto sigmoid @t0 fc(2) };

    let e16_0 = { conv(8, 3, same) relu };
    struct Graph016: 6x9x4 =>
        mul[e16_0 | gelu e16_0] add[id | tanh] @t0 gelu @t1 res { conv(5, 3, s2, p1, floor)
        conv(5, 3, same) bn } via auto relu res { conv(8, 3, s1, p1, floor) bn conv(8, 5, p2) }
        via auto hardswish
        => { class: res { conv(16, 3, s1, p1, floor) bn dw(3, p1) } via auto leaky(0.1) @t2 fc(1),
        place: res { sigmoid sigmoid } };

    block b17_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) } via
        auto relu }
    struct Graph017: 6x6x5 =>
        add[relu | conv(5, 5, p2)] @t0 b17_0(3, s1) fc(6);

    let e18_0 = { conv(3, 3, same) bn tanh };
    struct Graph018: 7x6x8 =>
        mul[e18_0 | dw(3, p1) e18_0] add[id | tanh] @t0 cat[id | id] cat[conv(6, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(3, 1)] @t1;

    struct Graph019: 5x5x3 =>
        cat[conv(5, 1) avg(3, s1, p1) | mul[id | gap fc(3) sigmoid] | conv(2, 1) conv(2, 1, nobias)]
        @t0 res { relu conv(10, 3, same) } tanh stage1: 3 * { cat[id | tanh conv(4, 3, same)] }
        flatten elu fc(1);

    struct Graph020: 7x6x8 =>
        res { res { dw(3, p1) dw(3, p1) } conv(8, 3, same) } elu @t0 res { conv(8, 3, same)
        hardswish } relu @t1 fc(4);

    struct Graph021: 8x5x2 =>
        res { conv(2, 3, s2, p1, floor) bn res { leaky(0.1) id } } via auto hardswish res {
        conv(1, 3, s1, p1, floor) bn pool(3, s1, p1) } via { dw(3, p1) conv(1, 1, s1, floor) }
        prelu fc(6);

    block b22_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph022: 7x7x4 =>
        b22_0(k = 8, s2) 2 * b22_0(16) add[id | id] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(5, 1)] @t1
        => { class: add[@t1 | @t1 | @t1] @t2 fc(1), place: id };

    struct Graph023: (left: 7x9x16, right: 7x5x16, numbers: 5) =>
        cat[@left conv(2, 3, p1) avg(3, s1, p1) gmax | @right dw(3, p1) fc(4) | @numbers fc(4)
        tanh] add[elu fc(10) | id] @t0 tanh add[@t0 | relu fc(10) | @t0] @t1 fc(3);

    block b24_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) } via
        auto silu }
    struct Graph024: 4x4x3 =>
        add[mul[id | gap fc(3) sigmoid] tanh | conv(3, 5, p2) mul[gmax fc(3) sigmoid | conv(3, 1, nobias)
        bn] | mul[id | gap fc(3) hardsigmoid] conv(3, 3, same)] @t0 b24_0(k = 3, s2) 2 * b24_0(2)
        fc(1);

    let e25_0 = { conv(16, 3, same) gelu };
    block b25_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph025: 5x5x3 =>
        cat[id | id | conv(12, 1) gelu] softplus add[e25_0 | conv(18, 1, nobias) e25_0] @t0
        b25_1(5, s2)
        => { class: cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(17, 1) | avg(3, s2, p1, floor)]
        @t1 fc(4), place: cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] @t2
        fc(1), more: add[conv(5, 3, same) | res { pool(3, s1, p1) prelu }] fc(2) };
}

declare! { CALL_2;
    struct Graph026: 4x7x2 =>
        res { conv(2, 3, same) res { pool(3, s1, p1) conv(2, 3, same) } } silu res { conv(1, 3, s1, p1, floor)
        conv(1, 3, same) } via { drop(0) conv(1, 1, s1, floor) } leaky(0.1) fc(3);

    block b27_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    struct Graph027: 8x5x2 =>
        mul[gmax fc(2) tanh | conv(2, 3, same) bn] @t0 add[id | id] @t1 b27_0(k = 6, s1) 2 *
        b27_0(4)
        => { class: @t0, place: @t1 };

    struct Graph028: (left: 4x4x1, right: 8x8x2, numbers: 9x9x8) =>
        cat[@left conv(6, 3, p1) conv(6, 5, p2) gmax | @right fc(3) prelu | @numbers res {
        leaky(0.1) sigmoid } fc(4)] fc(40) @t0 hardsigmoid drop(0);

    struct Graph029: 7x7x3 =>
        cat[conv(3, 1, nobias) | conv(2, 1) res { conv(2, 3, same) conv(2, 3, same) }] @t0
        add[avg(3, s1, p1) mul[conv(5, 3, same) bn | dw(3, p1)] | @t0] res { drop(0) hardswish }
        leaky(0.1) @t1 add[@t1 | @t0 | @t1] fc(1);

    let e30_0 = { conv(12, 3, same) bn elu };
    struct Graph030: (left: 5x4x3, right: 5x4x1) =>
        cat[@left conv(4, 3, p1) conv(4, 3, same) | @right conv(1, 5, p2)] add[e30_0 | pool(3, s1, p1)
        e30_0] @t0 add[res { leaky(0.1) hardswish } | dw(3, p1) | conv(12, 3, same)] fc(5);

    struct Graph031: 6x9x1 =>
        res { conv(8, 3, s1, p1, floor) res { drop(0) conv(8, 1, nobias) bn } } via auto relu res
        { conv(6, 3, s2, p1, floor) mul[id | drop(0) hardsigmoid] } via auto relu 1 * { dw(3, p1)
        res { silu relu } } 1 * { cat[id | relu conv(4, 3, same)] } fc(3);

    block b32_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b32_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph032: 6x6x5 =>
        b32_0(k = 2, s2) 2 * b32_0(8) b32_1(4, s1) cat[conv(6, 3, p1) conv(6, 3, same) | id]
        fc(2);

    struct Graph033: (left: 6x6x3, right: 6x6x3) =>
        cat[@left conv(3, 3, p1) mul[dw(3, p1) | conv(3, 1, nobias) bn] | @right conv(6, 1) avg(3, s1, p1)]
        res { conv(4, 3, s2, p1, floor) conv(4, 5, p2) } via auto sigmoid add[pool(3, s1, p1)
        conv(4, 5, p2) | conv(4, 3, same) dw(3, p1)] @t0 fc(6);

    struct Graph034: 9x9x3 =>
        cat[conv(8, 3, p1) leaky(0.1) | conv(4, 3, p1) relu | conv(2, 3, p1) res { relu pool(3, s1, p1)
        }] cat[conv(1, 1) conv(1, 1, nobias) | id] @t0 fc(6);

    struct Graph035: 6x6x16 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1)] add[conv(10, 5, p2) id
        | id | conv(10, 3, same) conv(10, 3, same)] fc(5);

    block b36_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph036: 5x4x16 =>
        b36_0(k = 4, s1) 2 * b36_0(12) add[res { conv(12, 3, same) gelu } id | id] fc(5);

    let e37_0 = { conv(8, 3, same) bn relu };
    block b37_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph037: 6x6x5 =>
        mul[conv(5, 3, same) bn | avg(3, s1, p1)] @t0 mul[e37_0 | conv(5, 1, nobias) e37_0] add[id
        | tanh] b37_1(6, stride = 2) b37_1(6) @t1;

    block b38_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    block b38_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph038: (left: 6x6x3, right: 6x6x2) =>
        cat[@left conv(8, 1) res { pool(3, s1, p1) conv(8, 3, same) } | @right conv(8, 3, p1) res
        { conv(8, 1, nobias) mul[id | conv(8, 3, same) sigmoid] }] b38_0(8, s2) b38_1(7, s2) @t0
        fc(6);
}

declare! { CALL_3;
    struct Graph039: 8x8x1 =>
        cat[mul[gmax fc(1) hardsigmoid | conv(1, 3, same)] | dw(3, p1)] add[conv(2, 3, same) dw(3, p1)
        | mul[conv(2, 5, p2) | dw(3, p1)]] @t0;

    struct Graph040: (left: 7, right: 3, numbers: 18) =>
        cat[@left relu fc(1) | @right fc(6) relu | @numbers fc(8) tanh] cat[fc(17) mul[id | prelu
        tanh] | fc(8) res { fc(8) fc(8) }] add[leaky(0.1) fc(25) | res { relu relu }] @t0
        cat[fc(6) id | id | fc(8) tanh] @t1 res { fc(39) silu } leaky(0.1) fc(6);

    struct Graph041: 4x8x8 =>
        mul[gmax fc(8) sigmoid | sigmoid] @t0 mul[id | gap fc(8) tanh] @t1 res { conv(3, 3, s1, p1, floor)
        silu } via auto relu @t2 cat[conv(5, 3, p1) conv(5, 5, p2) | conv(6, 3, p1) conv(6, 3, same)]
        @t3 flatten add[id | relu] fc(3);

    block b42_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph042: 5x6x4 =>
        res { conv(4, 3, same) silu } elu b42_0(6, s1) cat[conv(5, 3, p1) res { id conv(5, 3, same)
        } | conv(6, 1) res { conv(6, 3, same) conv(6, 1, nobias) } | conv(1, 3, p1) res { avg(3, s1, p1)
        id }]
        => { class: mul[gmax fc(12) hardsigmoid | conv(12, 1, nobias) bn] fc(4), place: cat[id |
        conv(3, 1) dw(3, p1)] fc(1) };

    block b43_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn gelu] conv(k, 1) }
    struct Graph043: 6x6x3 =>
        add[conv(3, 3, same) | res { hardswish conv(3, 3, same) } id | conv(3, 5, p2)] b43_0(4, stride = 2)
        b43_0(16) fc(2);

    struct Graph044: (left: 18, right: 7x8x8) =>
        cat[@left fc(12) silu | @right conv(6, 3, p1) relu gmax] hardswish @t0 mul[id | fc(18)
        tanh] fc(2);

    struct Graph045: 4x4x2 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] res { conv(3, 3, s1, p1, floor)
        mul[id | conv(3, 5, p2) hardsigmoid] } via { conv(9, 3, same) bn conv(3, 1, s1, floor) }
        hardswish @t0 fc(3);

    struct Graph046: 8x5x4 =>
        cat[conv(4, 3, same) | id] @t0 cat[conv(8, 3, same) | res { conv(8, 3, same) conv(8, 1, nobias)
        bn } | conv(5, 1) conv(5, 1, nobias)] @t1 cat[id | mul[id | gap fc(21) sigmoid]] @t2
        fc(1);

    struct Graph047: (left: 6, right: 7x7x5, numbers: 10) =>
        cat[@left mul[fc(6) | fc(6)] fc(1) | @right fc(5) tanh | @numbers fc(10) fc(8)] cat[fc(8)
        mul[id | hardswish sigmoid] | id | id] id leaky(0.75) tanh @t0;

    struct Graph048: 9x7x2 =>
        res { conv(5, 3, s1, p1, floor) dw(3, p1) } via auto elu mul[id | gap fc(5) tanh] @t0
        fc(5);

    struct Graph049: 5x5x3 =>
        add[conv(3, 3, same) bn | avg(3, s1, p1) | id] @t0 add[@t0 | mul[gmax fc(3) sigmoid |
        conv(3, 3, same)]] fc(3);

    struct Graph050: 5x5x3 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 fc(3);

    struct Graph051: (left: 4x7x4, right: 6x6x8) =>
        cat[@left dw(3, p1) fc(2) | @right fc(16) silu] res { fc(18) drop(0) } prelu @t0 res {
        leaky(0.1) silu } prelu @t1 mul[id | fc(18) hardsigmoid] res { fc(18) mul[fc(18) | fc(18)]
        } elu @t2
        => { class: @t2, place: 1 * { cat[id | relu fc(3)] } fc(2), more: cat[fc(2) id | fc(8)
        relu] @t3 fc(2) };
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
