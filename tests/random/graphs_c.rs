//! Random graphs 104 to 155 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

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
        tanh @t0 dw(3, floor, p2, s2) fc(5);

    struct Graph109: (left: 7x7x4, right: 5x7x16, numbers: 6x4x3) =>
        cat[@left conv(4, 3, same) fc(2) | @right fc(2) gelu | @numbers conv(1, 3, p1) avg(3, s1, p1)
        gmax] cat[fc(1) fc(1) | fc(2) fc(2) | fc(8) silu] @t0 silu @t1 stage1: 2 * { cat[id |
        sigmoid fc(2)] } fc(1);

    struct Graph110: 8x5x16 =>
        add[mul[gmax fc(16) tanh | id] | pool(3, s1, p1) hardswish | drop(0) conv(16, 3, same)]
        res { conv(2, 3, s2, p1, floor) drop(0) } via auto gelu @t0 fc(5);

    block b111_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph111: 8x5x1 =>
        add[gelu leaky(0.1) | conv(1, 1, nobias) | conv(1, 3, same)] @t0 add[conv(1, 3, same)
        drop(0) | conv(1, 3, same) gelu] b111_0(8, stride = 2) b111_0(16) res { avg(3, s1, p1)
        conv(16, 5, p2) } leaky(0.1) @t1 fc(1);

    struct Graph112: 4x4x5 =>
        leaky @t0 mul[gmax fc(5) tanh | conv(5, 5, p2)] res { mul[id | conv(5, 1, nobias) sigmoid]
        elu } silu hardsigmoid fc(3);

    struct Graph113: 6x6x1 =>
        cat[id | conv(8, 1) conv(8, 3, same) | conv(1, 3, p1) dw(3, p1)] @t0 add[mul[gmax fc(10)
        hardsigmoid | conv(10, 1, nobias)] | @t0] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(5, 1)] @t1
        => { class: add[id | @t1] fc(2), place: drop(0) fc(3) };

    let e114_0 = { conv(8, 3, same) silu };
    struct Graph114: 7x9x1 =>
        res { conv(1, 3, same) conv(1, 1, nobias) } prelu mul[e114_0 | conv(1, 1, nobias) e114_0]
        add[id | tanh] mul[id | gap fc(8) sigmoid] @t0 fc(3);

    block b115_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph115: 9x8x16 =>
        b115_0(2, s2) cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(4, 1) | avg(3, s2, p1, floor)];

    struct Graph116: 6x7x3 =>
        cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1) | avg(3, s2, p1, floor)]
        add[id | id] fc(2);
}

declare! { CALL_1;
    block b117_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph117: 5x6x8 =>
        res { dw(3, p1) res { conv(8, 5, p2) conv(8, 1, nobias) } } gelu b117_0(7, stride = 1)
        b117_0(6) @t0 cat[id | id] id fc(1);

    struct Graph118: (left: 9x9x4, right: 9x9x5, numbers: 5x5x5) =>
        cat[@left conv(8, 1) avg(3, s1, p1) gmax | @right res { res { avg(3, s1, p1) conv(5, 3, same)
        } mul[id | gap fc(5) sigmoid] } fc(3) | @numbers fc(8) sigmoid] silu @t0 add[fc(19) fc(19)
        | @t0] tanh fc(3) fc(4);

    struct Graph119: (left: 5, right: 7, numbers: 4x4x3) =>
        cat[@left fc(17) sigmoid | @right fc(3) hardswish | @numbers fc(3) gelu] res { mul[fc(23)
        | fc(23)] gelu } prelu cat[id | id | fc(8) fc(8)] @t0
        => { class: id };

    struct Graph120: (left: 8x8x3, right: 9x9x5, numbers: 8x8x16) =>
        cat[@left conv(3, 3, same) gap | @right conv(3, 3, p1) dw(3, p1) gap | @numbers id fc(3)]
        add[hardswish | id | relu res { tanh drop(0) }] cat[fc(2) fc(2) | fc(6) res { hardswish
        fc(6) } | fc(1) leaky(0.1)];

    block b121_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        gelu] conv(k, 1) }
    struct Graph121: 7x9x4 =>
        cat[conv(5, 1) avg(3, s1, p1) | conv(8, 1) conv(8, 3, same) | conv(8, 1) id] b121_0(k = 4, s1)
        2 * b121_0(2) flatten add[id | gelu] fc(2);

    struct Graph122: 6x5x3 =>
        res { conv(3, 3, s1, p1, floor) bn dw(3, p1) } via auto gelu @t0 res { conv(6, 3, s2, p1, floor)
        drop(0) } via auto relu @t1 stage1: 1 * { cat[id | prelu conv(4, 3, same)] } fc(1);

    block b123_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) silu conv(k, 1) }
        via auto silu }
    struct Graph123: 9x7x3 =>
        1 * { mul[id | conv(3, 3, same) tanh] silu } b123_0(5, stride = 1) b123_0(8) add[hardswish
        | id] @t0 fc(2);

    let e124_0 = { conv(1, 3, same) bn relu };
    block b124_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph124: 4x4x2 =>
        mul[id | conv(2, 3, same) hardsigmoid] add[e124_0 | conv(2, 3, same) bn e124_0]
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] @t0 b124_1(3, stride = 1)
        b124_1(1) fc(5);

    struct Graph125: 8x8x2 =>
        cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 add[avg(3, s1, p1) dw(3, p1) | drop(0) | @t0] mul[id | conv(16, 1, nobias) tanh]
        fc(1);

    block b126_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph126: 4x4x4 =>
        cat[conv(5, 1) mul[dw(3, p1) | conv(5, 3, same) bn] | conv(4, 3, same)] b126_0(6, s2)
        flatten res { tanh } fc(1);

    block b127_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn relu conv(k, 1) }
        via auto relu }
    block b127_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph127: 5x8x2 =>
        b127_0(4, s1) cat[conv(5, 1) dw(3, p1) | id] cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(4, 1) | avg(3, s2, p1, floor)] b127_1(7, stride = 1) b127_1(16) fc(6);

    let e128_0 = { conv(8, 3, same) bn prelu };
    block b128_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph128: 7x7x2 =>
        res { conv(12, 3, s2, p1, floor) bn pool(3, s1, p1) } via auto leaky(0.1) add[e128_0 |
        dw(3, p1) e128_0] @t0 b128_1(k = 5, s2) 2 * b128_1(4) fc(3);

    struct Graph129: (left: 8x8x8, right: 5, numbers: 6x9x3) =>
        cat[@left fc(5) relu | @right fc(8) hardswish | @numbers fc(4) elu] hardswish 2 * {
        sigmoid fc(17) } add[fc(17) fc(17) | id]
        => { class: id };
}

declare! { CALL_2;
    block b130_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph130: 9x9x3 =>
        res { pool(3, s1, p1) conv(3, 3, same) } leaky(0.1) cat[conv(1, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(5, 1) | avg(3, s2, p1, floor)] b130_0(8, stride = 1) b130_0(6)
        fc(3);

    let e131_0 = { conv(8, 3, same) silu };
    struct Graph131: 8x8x4 =>
        1 * { cat[id | hardswish conv(1, 3, same)] } cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] mul[e131_0 | leaky(0.1) e131_0] add[id | tanh] @t0 fc(2);

    block b132_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn gelu }
    struct Graph132: 5x5x3 =>
        dw(3x7, same, s2x3) @t0 mul[conv(3, 3, same) | conv(3, 3, same)] res { conv(6, 3, s1, p1, floor)
        prelu } via { conv(3, 5, p2) bn conv(6, 1, s1, floor) } leaky(0.1) @t1 b132_0(3, s2);

    struct Graph133: 5x5x1 =>
        cat[id | conv(1, 3, same) bn] cat[id | res { silu drop(0) }] fc(4);

    struct Graph134: 7x4x3 =>
        res { conv(3, 3, same) pool(3, s1, p1) } gelu @t0 mul[id | conv(3, 3, same) hardsigmoid]
        fc(2);

    struct Graph135: 8x8x3 =>
        add[id | id] add[res { dw(3, p1) prelu } | id | res { conv(3, 5, p2) conv(3, 3, same) }]
        @t0 prelu fc(2);

    struct Graph136: 7x7x1 =>
        mul[gmax fc(1) hardsigmoid | conv(1, 5, p2)] cat[conv(12, 3, p1) mul[gmax fc(12) sigmoid |
        conv(12, 3, same)] | conv(16, 1) dw(3, p1) | conv(5, 3, p1) conv(5, 5, p2)] fc(4);

    let e137_0 = { conv(12, 3, same) silu };
    struct Graph137: 6x8x3 =>
        silu @t0 cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] @t1
        cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] cat[conv(9, 3, same) bn
        e137_0 | e137_0] fc(2);

    block b138_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        hardswish] conv(k, 1) }
    struct Graph138: 5x5x3 =>
        b138_0(5, stride = 1) b138_0(17) cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] add[pool(3, s1, p1) | mul[id | prelu sigmoid] | id] fc(1);

    block b139_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph139: 5x8x2 =>
        b139_0(8, stride = 2) b139_0(8) cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(16, 1)] @t0 add[conv(24, 1, nobias) conv(24, 1, nobias) | pool(3, s1, p1) res {
        sigmoid pool(3, s1, p1) }] fc(2);

    struct Graph140: 6x6x5 =>
        res { conv(4, 3, s1, p1, floor) mul[id | conv(4, 3, same) bn hardsigmoid] } via { conv(5, 3, same)
        conv(4, 1, s1, floor) } sigmoid @t0 cat[conv(3, 1) avg(3, s1, p1) | conv(2, 1) mul[id |
        drop(0) hardsigmoid] | mul[id | id tanh]] mul[conv(9, 3, same) | conv(9, 3, same) bn]
        fc(4);

    block b141_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    block b141_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph141: 5x7x3 =>
        hardswish b141_0(7, s2) b141_1(8, stride = 2) b141_1(8) fc(2);

    struct Graph142: 6x6x8 =>
        res { conv(8, 3, s1, p1, floor) res { conv(8, 3, same) conv(8, 3, same) bn } } via auto
        prelu res { conv(17, 3, s1, p1, floor) relu } via { id conv(17, 1, s1, floor) } silu @t0
        fc(2);
}

declare! { CALL_3;
    struct Graph143: 4x4x5 =>
        cat[conv(2, 3, p1) dw(3, p1) | id | id] @t0 cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1) | avg(3, s2, p1, floor)] @t1 flatten fc(3);

    struct Graph144: (left: 18, right: 8x8x5) =>
        cat[@left fc(4) gelu | @right fc(6) relu] add[sigmoid fc(10) | leaky(0.1) fc(10)] @t0 elu
        @t1
        => { class: hardswish @t2 fc(4) };

    struct Graph145: (left: 6x6x1, right: 6x6x4) =>
        cat[@left conv(1, 1, nobias) gap | @right mul[conv(4, 1, nobias) | dw(3, p1)] gmax]
        cat[fc(17) leaky(0.1) | fc(6) fc(6) | fc(4) gelu] @t0 mul[id | gelu tanh] silu add[id |
        mul[id | fc(27) hardsigmoid] | fc(27) elu] fc(6);

    let e146_0 = { conv(1, 3, same) relu };
    struct Graph146: 8x5x8 =>
        res { conv(1, 3, s1, p1, floor) bn drop(0) } via auto silu cat[elu e146_0 | e146_0] @t0
        => { class: @t0 };

    block b147_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn relu }
    struct Graph147: 6x8x8 =>
        res { res { conv(8, 5, p2) bn silu } conv(8, 1, nobias) bn } tanh b147_0(k = 7, s2) 2 *
        b147_0(3)
        => { class: tanh };

    struct Graph148: 4x9x4 =>
        add[id | conv(4, 3, same) | id] @t0 dw(3, p[0, 1, 2, 1]) @t1 cat[conv(1, 3, p1)
        mul[conv(1, 5, p2) bn | dw(3, p1)] | conv(8, 1) conv(8, 3, same) | conv(12, 3, p1)
        conv(12, 3, same)] @t2 fc(1);

    block b149_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph149: 4x9x2 =>
        mul[id | gap fc(2) sigmoid] cat[id | conv(5, 3, p1) id] @t0 elu(0.75) b149_0(k = 5, s2) 2
        * b149_0(8) fc(1);

    struct Graph150: 5x5x2 =>
        res { conv(8, 3, s1, p1, floor) drop(0) } via auto prelu add[prelu | id | conv(8, 3, same)]
        flatten mul[silu | prelu] fc(3);

    block b151_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph151: 8x8x1 =>
        3 * { cat[id | tanh conv(1, 3, same)] } b151_0(k = 3, s2) 2 * b151_0(4) res { conv(16, 3, s1, p1, floor)
        bn drop(0) } via auto tanh @t0 fc(3);

    struct Graph152: 5x5x4 =>
        add[conv(4, 1, nobias) bn | id | avg(3, s1, p1)] res { conv(3, 3, s1, p1, floor) bn
        conv(3, 1, nobias) } via auto relu @t0 fc(5);

    block b153_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    struct Graph153: 8x7x8 =>
        res { conv(6, 3, s2, p1, floor) mul[gmax fc(6) sigmoid | conv(6, 5, p2)] } via auto
        leaky(0.1) @t0 1 * { conv(6, 1, nobias) conv(6, 1, nobias) } mul[gmax fc(6) sigmoid |
        dw(3, p1)] b153_0(4, stride = 2) b153_0(12) @t1;

    struct Graph154: (left: 8x8x8, right: 8x8x3) =>
        cat[@left fc(1) relu | @right fc(8) prelu] add[fc(9) fc(9) | gelu] @t0 cat[fc(12) fc(12) |
        fc(2) fc(2)] @t1;

    struct Graph155: 6x6x4 =>
        add[id mul[id | gap fc(4) hardsigmoid] | id] @t0 cat[conv(4, 1) dw(3, p1) | @t0 | @t0]
        mul[id | conv(12, 1, nobias) hardsigmoid] @t1 flatten fc(3);
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
