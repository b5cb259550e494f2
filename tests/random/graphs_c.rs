//! Random graphs 104 to 155 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    struct Graph104: (left: 9x9x4, right: 6x6x3, numbers: 9x9x2) =>
        cat[@left pool(3, s1, p1) fc(2) | @right fc(5) gelu | @numbers fc(8) hardswish] hardswish
        hardsigmoid fc(1);

    struct Graph105: 4x8x3 =>
        cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        cat[conv(4, 1) conv(4, 3, same) | avg(3, s1, p1)] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(6, 1)] cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] fc(6);

    block b106_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph106: 6x6x2 =>
        b106_0(4, stride = 1) b106_0(3) 3 * { conv(3, 1, nobias) silu } cat[id | id | relu] fc(3);

    block b107_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        silu] conv(k, 1) }
    struct Graph107: 5x5x5 =>
        add[relu | conv(5, 3, same)] b107_0(4, stride = 2) b107_0(3) mul[conv(3, 1, nobias) |
        pool(3, s1, p1)]
        => { class: tanh, place: id, more: cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(5, 1) | avg(3, s2, p1, floor)] @t0 fc(1) };

    struct Graph108: 4x4x2 =>
        prelu @t0 dw(3, floor, p2, s2) fc(5);

    struct Graph109: (left: 7x7x4, right: 5x7x16, numbers: 6x4x3) =>
        cat[@left conv(4, 3, same) fc(2) | @right fc(2) gelu | @numbers conv(1, 3, p1) avg(3, s1, p1)
        gmax] cat[fc(1) fc(1) | fc(2) fc(2) | fc(8) silu] @t0 fc(17, nobias) add[id drop(0) | id |
        mul[id | fc(17) tanh]] @t1 fc(5);

    let e110_0 = { conv(6, 3, same) bn prelu };
    let e110_1 = { conv(2, 3, same) sigmoid };
    struct Graph110: (left: 4x4x4, right: 4x4x4) =>
        cat[@left conv(8, 1) drop(0) | @right conv(4, 3, same)] add[e110_0 | conv(12, 3, same) bn
        e110_0] cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] cat[tanh
        e110_1 | e110_1] add[res { conv(4, 3, same) bn elu } conv(4, 3, same) | conv(4, 5, p2) |
        conv(4, 3, same) bn] @t0 fc(3);

    block b111_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph111: 9x9x3 =>
        b111_0(4, s1) @t0 mul[id | conv(4, 3, same) sigmoid] add[id | mul[gmax fc(4) tanh | dw(3, p1)]
        mul[id | gap fc(4) sigmoid]] add[tanh | pool(3, s1, p1) conv(4, 3, same) bn] flatten silu
        fc(3);

    struct Graph112: 5x9x3 =>
        1 * { cat[id | relu conv(3, 3, same)] } tanh conv(2, 1, dilation = 2, floor, s2)
        cat[conv(2, 1) conv(2, 5, p2) | conv(8, 1) leaky(0.1) | conv(17, 3, p1) avg(3, s1, p1)]
        @t0 fc(3);

    struct Graph113: 4x4x5 =>
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(16, 1) | avg(3, s2, p1, floor)]
        @t0 res { conv(12, 3, s1, p1, floor) conv(12, 1, nobias) bn } via auto tanh;

    block b114_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph114: 9x8x16 =>
        b114_0(2, s2) cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)];

    struct Graph115: 6x7x3 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1) | avg(3, s2, p1, floor)]
        add[id | id] fc(2);

    block b116_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph116: 5x6x8 =>
        res { dw(3, p1) res { conv(8, 5, p2) conv(8, 1, nobias) } } gelu b116_0(7, stride = 1)
        b116_0(6) @t0 cat[id | id] id fc(1);
}

declare! { CALL_1;
    struct Graph117: (left: 9x9x4, right: 9x9x5, numbers: 5x5x5) =>
        cat[@left conv(8, 1) avg(3, s1, p1) gmax | @right res { res { avg(3, s1, p1) conv(5, 3, same)
        } mul[id | gap fc(5) sigmoid] } fc(3) | @numbers fc(8) sigmoid] prelu @t0 add[fc(19)
        fc(19) | @t0] sigmoid ln(channels) fc(3);

    block b118_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph118: 7x7x2 =>
        res { conv(12, 3, s2, p1, floor) bn dw(3, p1) } via auto tanh @t0 b118_0(k = 5, s1) 2 *
        b118_0(17) res { conv(3, 3, s2, p1, floor) conv(3, 5, p2) } via { avg(3, s1, p1) conv(3, 1, s2, floor)
        } hardswish;

    block b119_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn relu }
    block b119_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph119: 7x7x2 =>
        leaky(0.3) b119_0(7, s2) b119_1(4, stride = 2) b119_1(2) @t0 add[sigmoid | @t0 | @t0]
        fc(3);

    block b120_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph120: 4x9x5 =>
        add[conv(5, 3, same) drop(0) | res { conv(5, 3, same) conv(5, 5, p2) } conv(5, 3, same) bn
        | id] b120_0(8, s1) cat[conv(6, 3, p1) conv(6, 1, nobias) | conv(4, 1) avg(3, s1, p1)] @t0
        fc(4);

    block b121_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph121: 5x8x3 =>
        b121_0(6, stride = 1) b121_0(2) @t0 cat[conv(8, 1) pool(3, s1, p1) | conv(17, 1) hardswish
        | conv(4, 1) conv(4, 3, same)] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] cat[conv(2, 1) prelu | conv(6, 3, p1) mul[conv(6, 3, same)
        | silu]] fc(6);

    struct Graph122: 7x7x3 =>
        2 * { mul[gmax fc(3) tanh | conv(3, 5, p2) bn] conv(3, 1, nobias) bn } adaptive(1x2)
        fc(3);

    struct Graph123: (left: 5x5x5, right: 8x9x3, numbers: 7x7x4) =>
        cat[@left conv(5, 3, same) gap | @right fc(3) leaky(0.1) | @numbers conv(1, 3, p1) conv(1, 3, same)
        gap] cat[fc(2) silu | fc(12) res { fc(12) hardswish } | id] @t0 mul[id | fc(23) sigmoid]
        add[id | relu] tanh @t1 fc(2);

    struct Graph124: (left: 4x4x8, right: 6x6x2) =>
        cat[@left conv(8, 3, p1) hardswish gmax | @right leaky(0.1) gap] sigmoid cat[fc(6) fc(6) |
        id] @t0 fc(4);

    struct Graph125: 8x8x3 =>
        leaky add[relu pool(3, s1, p1) | silu] @t0 mul[gmax fc(3) tanh | conv(3, 3, same)];

    struct Graph126: 9x6x16 =>
        add[relu | elu dw(3, p1) | mul[id | gap fc(16) sigmoid]] @t0 res { conv(12, 3, s2, p1, floor)
        pool(3, s1, p1) } via auto relu leaky(0.75) @t1 fc(6);

    struct Graph127: 6x6x16 =>
        mul[id | gap fc(16) sigmoid] @t0 cat[id | id | id] @t1
        => { class: cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1)] fc(1) };

    block b128_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    block b128_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) elu conv(k, 1) } via
        auto elu }
    struct Graph128: 7x4x1 =>
        res { conv(5, 3, s1, p1, floor) bn conv(5, 5, p2) } via auto leaky(0.1) b128_0(7, stride = 2)
        b128_0(4) 2 * { cat[id | sigmoid conv(3, 3, same)] } b128_1(5, s2) @t0 fc(4);

    struct Graph129: 6x6x3 =>
        add[res { conv(3, 3, same) conv(3, 3, same) bn } | res { id conv(3, 3, same) }] mul[elu |
        id] @t0 2 * { cat[id | silu conv(1, 3, same)] }
        => { class: @t0, place: add[res { conv(5, 5, p2) conv(5, 3, same) } avg(3, s1, p1) |
        mul[id | gap fc(5) hardsigmoid] | id] @t1 fc(4) };
}

declare! { CALL_2;
    struct Graph130: 6x6x3 =>
        stage1: 1 * { res { id gelu } conv(3, 3, same) } cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(5, 1)]
        => { class: id };

    struct Graph131: 8x9x8 =>
        2 * { cat[id | tanh conv(2, 3, same)] } hardswish flatten hardswish fc(2);

    struct Graph132: 8x8x1 =>
        mul[id | conv(1, 1, nobias) sigmoid] @t0 2 * { id id } flatten add[id | hardswish] fc(4);

    struct Graph133: 6x9x5 =>
        cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] @t0 cat[conv(8, 3, s2, p1, floor)
        | pool(3, s2, p1, floor) conv(1, 1)] fc(3);

    struct Graph134: (left: 5x5x3, right: 18) =>
        cat[@left fc(4) hardswish | @right fc(6) prelu] 2 * { silu relu } hardsigmoid fc(17) @t0
        fc(33) fc(3);

    block b135_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) gelu }
    struct Graph135: 5x8x16 =>
        res { conv(16, 3, s2, p1, floor) bn conv(16, 3, same) bn } via auto sigmoid 3 * { conv(16, 1, nobias)
        gelu } b135_0(7, stride = 2) b135_0(6) @t0 fc(3);

    struct Graph136: 8x8x1 =>
        add[mul[id | gap fc(1) hardsigmoid] | avg(3, s1, p1) | avg(3, s1, p1)] add[id | prelu
        mul[id | gap fc(1) hardsigmoid]] fc(4);

    struct Graph137: 8x4x4 =>
        add[dw(3, p1) conv(4, 3, same) | leaky(0.1) | pool(3, s1, p1) dw(3, p1)] cat[prelu |
        conv(6, 3, p1) drop(0) | conv(8, 3, p1) id] fc(2);

    block b138_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    struct Graph138: 5x5x2 =>
        add[id | conv(2, 5, p2)] mul[relu | prelu] cat[conv(5, 1) conv(5, 3, same) bn | conv(8, 1)
        pool(3, s1, p1) | id] b138_0(6, stride = 1) b138_0(16) @t0 fc(4);

    struct Graph139: (left: 4x4x3, right: 4x4x4, numbers: 4x4x2) =>
        cat[@left mul[id | gap fc(3) tanh] | @right conv(5, 1) id | @numbers conv(2, 1, nobias)]
        l2norm avg(3, same);

    block b140_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph140: 6x7x3 =>
        b140_0(k = 3, s1) 2 * b140_0(2) add[mul[gmax fc(2) tanh | dw(3, p1)] mul[id | gap fc(2)
        sigmoid] | relu conv(2, 3, same)]
        => { class: id, place: tanh };

    struct Graph141: 9x5x3 =>
        res { dw(3, p1) res { conv(3, 3, same) dw(3, p1) } } elu @t0 res { prelu dw(3, p1) } silu
        flatten sigmoid fc(4);

    struct Graph142: 6x6x1 =>
        res { mul[id | relu sigmoid] mul[gmax fc(1) hardsigmoid | relu] } tanh gn(1) res { mul[id
        | conv(1, 3, same) tanh] res { id conv(1, 3, same) } } gelu @t0 res { conv(5, 3, s1, p1, floor)
        bn conv(5, 3, same) } via { conv(1, 1, nobias) conv(5, 1, s1, floor) } gelu fc(6);
}

declare! { CALL_3;
    struct Graph143: (left: 10, right: 18, numbers: 5x5x5) =>
        cat[@left fc(12) relu | @right fc(18) fc(6) | @numbers conv(2, 1) id gap] prelu @t0
        add[mul[id | leaky(0.1) tanh] prelu | id]
        => { class: 1 * { cat[id | relu fc(3)] } fc(4), place: add[fc(20) | id | @t0] fc(3) };

    struct Graph144: (left: 6, right: 3) =>
        cat[@left fc(1) silu | @right fc(6) hardswish] cat[fc(6) fc(6) | fc(8) mul[id | gelu
        hardsigmoid] | fc(4) leaky(0.1)] res { id fc(18) } sigmoid fc(6);

    block b145_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph145: 4x9x2 =>
        mul[id | gap fc(2) sigmoid] cat[id | conv(5, 3, p1) id] @t0 softplus b145_0(k = 5, s2) 2 *
        b145_0(8) fc(1);

    struct Graph146: 5x5x2 =>
        res { conv(8, 3, s1, p1, floor) drop(0) } via auto prelu add[prelu | id | conv(8, 3, same)]
        flatten mul[silu | prelu] fc(3);

    block b147_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph147: 8x8x1 =>
        3 * { cat[id | tanh conv(1, 3, same)] } b147_0(k = 3, s2) 2 * b147_0(4) res { conv(16, 3, s1, p1, floor)
        bn drop(0) } via auto tanh @t0 fc(3);

    struct Graph148: 5x5x4 =>
        add[conv(4, 1, nobias) bn | id | avg(3, s1, p1)] res { conv(3, 3, s1, p1, floor) bn
        conv(3, 1, nobias) } via auto relu @t0 fc(5);

    block b149_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    struct Graph149: 8x7x8 =>
        res { conv(6, 3, s2, p1, floor) mul[gmax fc(6) sigmoid | conv(6, 5, p2)] } via auto
        leaky(0.1) @t0 1 * { conv(6, 1, nobias) conv(6, 1, nobias) } mul[gmax fc(6) sigmoid |
        dw(3, p1)] b149_0(4, stride = 2) b149_0(12) @t1;

    struct Graph150: (left: 8x8x8, right: 8x8x3) =>
        cat[@left fc(1) relu | @right fc(8) prelu] add[fc(9) fc(9) | gelu] @t0 cat[fc(12) fc(12) |
        fc(2) fc(2)] @t1;

    struct Graph151: 6x6x4 =>
        add[id mul[id | gap fc(4) hardsigmoid] | id] @t0 cat[conv(4, 1) dw(3, p1) | @t0 | @t0]
        mul[id | conv(12, 1, nobias) hardsigmoid] @t1 flatten fc(3);

    block b152_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph152: (left: 8x9x1, right: 8x9x2) =>
        cat[@left conv(17, 1) drop(0) | @right dw(3, p1)] b152_0(k = 5, s2) 2 * b152_0(5)
        cat[drop(0) | conv(5, 1, nobias)] @t0 res { conv(8, 3, s1, p1, floor) dw(3, p1) } via auto
        tanh hardswish fc(4);

    struct Graph153: (left: 8x4x3, right: 5x5x1, numbers: 7) =>
        cat[@left pool(3, s1, p1) fc(5) | @right mul[id | conv(1, 5, p2) hardsigmoid] fc(17) |
        @numbers fc(8) sigmoid] add[leaky(0.1) gelu | mul[id | fc(30)] tanh | id] sigmoid @t0;

    struct Graph154: (left: 5x4x3, right: 7x7x3) =>
        cat[@left fc(8) hardswish | @right conv(8, 1) leaky(0.1) gmax] 2 * { mul[hardswish |
        sigmoid] fc(16) } hardsigmoid gelu @t0 tanh @t1 fc(2);

    struct Graph155: 4x4x16 =>
        res { conv(17, 3, s1, p1, floor) id } via auto elu 2 * { cat[id | tanh conv(4, 3, same)] }
        fc(3);
}

#[test]
fn graphs_c_0() {
    check_declared!(CALL_0: Graph104, Graph105, Graph106, Graph107, Graph108, Graph109, Graph110, Graph111, Graph112, Graph113, Graph114, Graph115, Graph116);
}

#[test]
fn graphs_c_1() {
    check_declared!(CALL_1: Graph117, Graph118, Graph119, Graph120, Graph121, Graph122, Graph123, Graph124, Graph125, Graph126, Graph127, Graph128, Graph129);
}

#[test]
fn graphs_c_2() {
    check_declared!(CALL_2: Graph130, Graph131, Graph132, Graph133, Graph134, Graph135, Graph136, Graph137, Graph138, Graph139, Graph140, Graph141, Graph142);
}

#[test]
fn graphs_c_3() {
    check_declared!(CALL_3: Graph143, Graph144, Graph145, Graph146, Graph147, Graph148, Graph149, Graph150, Graph151, Graph152, Graph153, Graph154, Graph155);
}
