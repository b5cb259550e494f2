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

    struct Graph002: 6x5x3 =>
        cat[dw(3, p1) | id] add[id | avg(3, s1, p1) conv(6, 1, nobias)] cat[tanh | conv(6, 5, p2)
        bn] @t0 mul[gmax fc(12) tanh | conv(12, 5, p2)] @t1 fc(2);

    block b3_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) } via
        auto tanh }
    struct Graph003: 7x7x8 =>
        b3_0(k = 2, s1) 2 * b3_0(2) cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)
        | avg(3, s2, p1, floor)] add[relu conv(13, 3, same) | res { conv(13, 3, same) bn conv(13, 5, p2)
        bn } sigmoid] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] @t1
        fc(5);

    struct Graph004: 5x5x8 =>
        add[relu | conv(8, 5, p2) bn dw(3, p1) | mul[id | conv(8, 1, nobias) hardsigmoid]]
        cat[conv(8, 3, same) bn | conv(16, 1) dw(3, p1)] fc(3);

    block b5_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    block b5_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph005: 8x7x16 =>
        b5_0(3, stride = 1) b5_0(1) res { gelu conv(1, 5, p2) } gelu b5_1(6, s1) fc(4);

    block b6_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1) }
        via auto hardswish }
    struct Graph006: 5x8x5 =>
        res { gelu conv(5, 3, same) } leaky(0.1) b6_0(6, stride = 1) b6_0(1) @t0 mul[id |
        hardswish sigmoid] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)]
        fc(2);

    struct Graph007: 9x5x3 =>
        add[conv(3, 1, nobias) conv(3, 3, same) | mul[id | gap fc(3) tanh] conv(3, 3, same) bn]
        cat[res { dw(3, p1) relu } | conv(12, 1) conv(12, 1, nobias)] @t0 fc(4);

    struct Graph008: 9x5x4 =>
        res { dw(3, p1) mul[avg(3, s1, p1) | conv(4, 3, same) bn] } sigmoid @t0 mul[hardswish |
        silu] add[mul[id | dw(3, p1) tanh] | mul[gmax fc(4) sigmoid | pool(3, s1, p1)]] res { res
        { prelu conv(4, 5, p2) } mul[gmax fc(4) hardsigmoid | conv(4, 5, p2) bn] } tanh fc(6);

    struct Graph009: 5x5x3 =>
        cat[id | id | conv(3, 3, same) bn] @t0 cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1)] @t1 cat[id | @t1] cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1) | avg(3, s2, p1, floor)] @t2;

    struct Graph010: 5x9x2 =>
        cat[conv(8, 1) drop(0) | conv(2, 5, p2) bn] @t0 cat[@t0 | conv(3, 3, p1) hardswish]
        add[avg(3, s1, p1) | mul[avg(3, s1, p1) | relu] mul[gmax fc(13) hardsigmoid | avg(3, s1, p1)]
        | leaky(0.1) conv(13, 3, same)] fc(6);

    block b11_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph011: 4x4x5 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1)] b11_0(2, s1) 2 * {
        cat[id | elu conv(4, 3, same)] } fc(3);

    block b12_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph012: 8x8x3 =>
        add[res { conv(3, 5, p2) prelu } | pool(3, s1, p1) mul[id | gap fc(3) sigmoid] | id] @t0
        b12_0(8, s2) add[dw(3, p1) | silu] fc(2);
}

declare! { CALL_1;
    struct Graph013: 5x5x1 =>
        add[mul[gmax fc(1) tanh | dw(3, p1)] | id | id] add[res { prelu conv(1, 5, p2) bn } |
        mul[id | conv(1, 5, p2) bn sigmoid]] fc(3);

    struct Graph014: 6x5x8 =>
        res { conv(8, 3, same) bn mul[id | dw(3, p1) tanh] } elu @t0 cat[res { dw(3, p1) conv(8, 1, nobias)
        } | tanh] fc(2);

    block b15_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph015: 4x9x1 =>
        add[conv(1, 1, nobias) conv(1, 3, same) | id | conv(1, 3, same) conv(1, 1, nobias) bn] @t0
        b15_0(k = 6, s2) 2 * b15_0(17) add[mul[id | gap fc(17) tanh] avg(3, s1, p1) | id] @t1
        add[@t1 | @t1] @t2 fc(5);

    struct Graph016: (left: 5x5x4, right: 3) =>
        cat[@left conv(4, 3, same) fc(1) | @right fc(4) gelu] add[id | res { tanh fc(5) } | fc(5)
        fc(5)] @t0 add[@t0 | mul[sigmoid | id]] add[fc(5) | res { sigmoid relu } | mul[hardswish |
        fc(5)]] fc(6);

    struct Graph017: 7x8x1 =>
        mul[leaky(0.1) | avg(3, s1, p1)] @t0 relu fc(4);

    struct Graph018: 7x7x8 =>
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] @t0 res { conv(4, 3, s2, p1, floor)
        bn conv(4, 5, p2) } via auto relu
        => { class: add[id | dw(3, p1) | conv(4, 3, same) res { conv(4, 3, same) conv(4, 5, p2) bn
        }] @t1 fc(4) };

    block b19_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) silu }
    let e19_1 = { conv(4, 3, same) bn elu };
    struct Graph019: 5x5x3 =>
        stage1: 1 * { conv(3, 3, same) mul[gmax fc(3) sigmoid | pool(3, s1, p1)] } b19_0(4, stride = 1)
        b19_0(8) cat[conv(1, 3, p1) sigmoid | conv(2, 3, p1) mul[id | gap fc(2) hardsigmoid]]
        => { class: add[e19_1 | id e19_1] fc(2), place: cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(6, 1) | avg(3, s2, p1, floor)] fc(2) };

    let e20_0 = { conv(17, 3, same) bn sigmoid };
    let e20_1 = { conv(3, 3, same) bn prelu };
    block b20_2(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) } via
        auto silu }
    struct Graph020: 5x5x4 =>
        add[e20_0 | conv(4, 5, p2) e20_0] cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] cat[silu e20_1 | e20_1] @t0 b20_2(5, s1) flatten
        add[id | tanh] fc(1);

    struct Graph021: 7x6x8 =>
        cat[conv(3, 3, p1) conv(3, 1, nobias) bn | conv(8, 3, p1) dw(3, p1)] cat[conv(11, 1, nobias)
        | conv(2, 1) res { conv(2, 3, same) conv(2, 3, same) }] @t0
        => { class: l2norm fc(3) };

    struct Graph022: (left: 5x5x8, right: 8x8x3, numbers: 9x9x4) =>
        cat[@left fc(16) relu | @right conv(12, 1) conv(12, 3, same) gap | @numbers conv(4, 1)
        relu gmax] mul[id | fc(32) tanh] add[relu | hardswish mul[id | fc(32) sigmoid] | fc(32)
        res { prelu drop(0) }] @t0 prelu
        => { class: id, place: softplus fc(1) };

    block b23_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph023: 8x8x5 =>
        add[id | id | id] @t0 b23_0(2, stride = 2) b23_0(8) @t1 cat[conv(6, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(8, 1)] @t2 cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1) | avg(3, s2, p1, floor)] @t3 fc(5);

    struct Graph024: 5x5x2 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        @t0 1 * { cat[id | relu conv(4, 3, same)] } fc(3);

    block b25_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b25_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph025: 6x6x5 =>
        b25_0(k = 2, s2) 2 * b25_0(8) b25_1(4, s1) cat[conv(6, 3, p1) conv(6, 3, same) | id]
        fc(2);
}

declare! { CALL_2;
    struct Graph026: (left: 6x6x3, right: 6x6x3) =>
        cat[@left conv(3, 3, p1) mul[dw(3, p1) | conv(3, 1, nobias) bn] | @right conv(6, 1) avg(3, s1, p1)]
        res { conv(4, 3, s2, p1, floor) conv(4, 5, p2) } via auto sigmoid add[pool(3, s1, p1)
        conv(4, 5, p2) | conv(4, 3, same) dw(3, p1)] @t0 fc(6);

    struct Graph027: 9x9x3 =>
        cat[conv(8, 3, p1) leaky(0.1) | conv(4, 3, p1) relu | conv(2, 3, p1) res { relu pool(3, s1, p1)
        }] cat[conv(1, 1) conv(1, 1, nobias) | id] @t0 fc(6);

    struct Graph028: 6x6x16 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(6, 1)] add[conv(10, 5, p2) id
        | id | conv(10, 3, same) conv(10, 3, same)] fc(5);

    block b29_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        sigmoid] conv(k, 1) }
    struct Graph029: 5x4x16 =>
        b29_0(k = 4, s1) 2 * b29_0(12) add[res { conv(12, 3, same) gelu } id | id] fc(5);

    let e30_0 = { conv(8, 3, same) bn relu };
    block b30_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph030: 6x6x5 =>
        mul[conv(5, 3, same) bn | avg(3, s1, p1)] @t0 mul[e30_0 | conv(5, 1, nobias) e30_0] add[id
        | tanh] b30_1(6, stride = 2) b30_1(6) @t1;

    block b31_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    block b31_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph031: (left: 6x6x3, right: 6x6x2) =>
        cat[@left conv(8, 1) res { pool(3, s1, p1) conv(8, 3, same) } | @right conv(8, 3, p1) res
        { conv(8, 1, nobias) mul[id | conv(8, 3, same) sigmoid] }] b31_0(8, s2) b31_1(7, s2) @t0
        fc(6);

    struct Graph032: 8x8x1 =>
        cat[mul[gmax fc(1) hardsigmoid | conv(1, 3, same)] | dw(3, p1)] add[conv(2, 3, same) dw(3, p1)
        | mul[conv(2, 5, p2) | dw(3, p1)]] @t0;

    struct Graph033: (left: 7, right: 3, numbers: 18) =>
        cat[@left relu fc(1) | @right fc(6) relu | @numbers fc(8) tanh] cat[fc(17) mul[id | prelu
        tanh] | fc(8) res { fc(8) fc(8) }] add[leaky(0.1) fc(25) | res { relu relu }] @t0
        cat[fc(6) id | id | fc(8) tanh] @t1 res { fc(39) silu } leaky(0.1) fc(6);

    struct Graph034: 4x8x8 =>
        mul[gmax fc(8) sigmoid | sigmoid] @t0 mul[id | gap fc(8) tanh] @t1 res { conv(3, 3, s1, p1, floor)
        silu } via auto relu @t2 cat[conv(5, 3, p1) conv(5, 5, p2) | conv(6, 3, p1) conv(6, 3, same)]
        @t3 flatten add[id | relu] fc(3);

    block b35_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    struct Graph035: 5x6x4 =>
        res { conv(4, 3, same) silu } elu b35_0(6, s1) cat[conv(5, 3, p1) res { id conv(5, 3, same)
        } | conv(6, 1) res { conv(6, 3, same) conv(6, 1, nobias) } | conv(1, 3, p1) res { avg(3, s1, p1)
        id }]
        => { class: mul[gmax fc(12) hardsigmoid | conv(12, 1, nobias) bn] fc(4), place: cat[id |
        conv(3, 1) dw(3, p1)] fc(1) };

    block b36_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn gelu] conv(k, 1) }
    struct Graph036: 6x6x3 =>
        add[conv(3, 3, same) | res { hardswish conv(3, 3, same) } id | conv(3, 5, p2)] b36_0(4, stride = 2)
        b36_0(16) fc(2);

    struct Graph037: (left: 18, right: 7x8x8) =>
        cat[@left fc(12) silu | @right conv(6, 3, p1) relu gmax] tanh @t0 mul[id | fc(18) tanh]
        fc(2);

    struct Graph038: 4x4x2 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] res { conv(3, 3, s1, p1, floor)
        mul[id | conv(3, 5, p2) hardsigmoid] } via { conv(9, 3, same) bn conv(3, 1, s1, floor) }
        hardswish @t0 fc(3);
}

declare! { CALL_3;
    struct Graph039: 8x5x4 =>
        cat[conv(4, 3, same) | id] @t0 cat[conv(8, 3, same) | res { conv(8, 3, same) conv(8, 1, nobias)
        bn } | conv(5, 1) conv(5, 1, nobias)] @t1 cat[id | mul[id | gap fc(21) sigmoid]] @t2
        fc(1);

    struct Graph040: (left: 6, right: 7x7x5, numbers: 10) =>
        cat[@left mul[fc(6) | fc(6)] fc(1) | @right fc(5) tanh | @numbers fc(10) fc(8)] cat[fc(8)
        mul[id | hardswish sigmoid] | id | id] id fc(8) sigmoid @t0;

    struct Graph041: 9x7x2 =>
        res { conv(5, 3, s1, p1, floor) dw(3, p1) } via auto elu mul[id | gap fc(5) tanh] @t0
        fc(5);

    struct Graph042: 5x5x3 =>
        add[conv(3, 3, same) bn | avg(3, s1, p1) | id] @t0 add[@t0 | mul[gmax fc(3) sigmoid |
        conv(3, 3, same)]] fc(3);

    struct Graph043: 5x5x3 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 fc(3);

    struct Graph044: (left: 4x7x4, right: 6x6x8) =>
        cat[@left dw(3, p1) fc(2) | @right fc(16) silu] res { fc(18) drop(0) } prelu @t0 res {
        leaky(0.1) silu } prelu @t1 mul[id | fc(18) hardsigmoid] res { fc(18) mul[fc(18) | fc(18)]
        } elu @t2
        => { class: @t2, place: 1 * { cat[id | relu fc(3)] } fc(2), more: cat[fc(2) id | fc(8)
        relu] @t3 fc(2) };

    struct Graph045: 9x6x2 =>
        add[conv(2, 1, nobias) bn | conv(2, 3, same) pool(3, s1, p1) | res { conv(2, 3, same)
        conv(2, 1, nobias) bn }] cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)]
        res { conv(4, 3, s1, p1, floor) res { conv(4, 1, nobias) conv(4, 5, p2) bn } } via auto
        silu res { conv(8, 3, s2, p1, floor) gelu } via auto relu @t0
        => { class: id };

    struct Graph046: 7x7x4 =>
        res { conv(8, 3, s2, p1, floor) drop(0) } via auto sigmoid mul[gmax fc(8) sigmoid |
        conv(8, 3, same)] fc(1);

    struct Graph047: (left: 6x6x2, right: 6x4x8, numbers: 10) =>
        cat[@left conv(2, 3, same) fc(16) | @right fc(5) relu | @numbers fc(8) relu] logsoftmax
        @t0 add[id | elu | fc(29)] @t1 leaky(0.75) cat[@t1 | id] @t2
        => { class: @t1, place: id, more: fc(58) };

    block b48_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn gelu] conv(k, 1) }
    struct Graph048: 5x5x4 =>
        b48_0(7, s1) @t0 res { leaky(0.1) drop(0) } relu @t1 cat[id | conv(2, 3, p1) leaky(0.1) |
        @t1] fc(4);

    struct Graph049: 8x9x8 =>
        l2norm @t0 cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        @t1 res { conv(16, 3, same) res { conv(16, 3, same) bn dw(3, p1) } } elu @t2 res { conv(8, 3, s1, p1, floor)
        bn conv(8, 3, same) } via { pool(3, s1, p1) conv(8, 1, s1, floor) } hardswish;

    struct Graph050: (left: 7x7x5, right: 18, numbers: 9x4x8) =>
        cat[@left gelu gmax | @right fc(8) relu | @numbers mul[gmax fc(8) sigmoid | pool(3, s1, p1)]
        fc(4)] logsoftmax ln prelu fc(5);

    let e51_0 = { conv(1, 3, same) elu };
    struct Graph051: 6x9x2 =>
        slice(1, 2) add[e51_0 | id e51_0] fc(4);
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
