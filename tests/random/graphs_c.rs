//! Random graphs 104 to 155 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

#![allow(deprecated, reason = "what is drawn is often not what anybody would mean")]

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    block b104_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph104: 7x7x2 =>
        res { conv(12, 3, s2, p1, floor) bn dw(3, p1) } via auto tanh @t0 b104_0(k = 5, s1) 2 *
        b104_0(17) res { conv(3, 3, s2, p1, floor) conv(3, 5, p2) } via { avg(3, s1, p1) conv(3, 1, s2, floor)
        } hardswish;

    block b105_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn tanh] conv(k, 1) }
    struct Graph105: 5x5x2 =>
        cat[id | conv(8, 1) elu] mul[id | conv(10, 3, same) bn sigmoid] res { conv(4, 3, s2, p1, floor)
        conv(4, 3, same) } via { tanh conv(4, 1, s2, floor) } gelu
        => { class: b105_0(5, stride = 2) b105_0(16) @t0 fc(2) };

    struct Graph106: 5x6x5 =>
        mul[conv(5, 5, p2) | conv(5, 5, p2) bn] cat[id | conv(4, 1) conv(4, 1, nobias) bn] @t0
        fc(6);

    let e107_0 = { conv(1, 3, same) bn relu };
    block b107_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    struct Graph107: 4x4x2 =>
        mul[id | conv(2, 3, same) hardsigmoid] add[e107_0 | conv(2, 3, same) bn e107_0]
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(12, 1)] @t0 b107_1(3, stride = 1)
        b107_1(1) fc(5);

    struct Graph108: 8x8x2 =>
        cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1) | avg(3, s2, p1, floor)]
        @t0 add[avg(3, s1, p1) dw(3, p1) | drop(0) | @t0] mul[id | conv(16, 1, nobias) tanh]
        fc(1);

    struct Graph109: 6x6x2 =>
        cat[id | id | id] @t0 cat[conv(16, 3, p1) res { relu dw(3, p1) } | @t0] fc(1);

    block b110_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    block b110_1(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph110: 7x7x1 =>
        cat[conv(4, 1) avg(3, s1, p1) | id | relu] b110_0(k = 7, s1) 2 * b110_0(2)
        => { class: relu fc(1), place: b110_1(4, s1) fc(3), more: conv(2, 3, same) };

    struct Graph111: (left: 9x9x3, right: 6, numbers: 4x9x4) =>
        cat[@left fc(3) tanh | @right fc(6) silu | @numbers pool(3, s1, p1) fc(12)] silu add[res {
        fc(21) fc(21) } | fc(21) relu | fc(21) fc(21)] stage1: 3 * { cat[id | relu fc(4)] }
        leaky(0.3) @t0;

    let e112_0 = { conv(8, 3, same) bn prelu };
    block b112_1(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        elu] conv(k, 1) }
    struct Graph112: 7x7x2 =>
        res { conv(12, 3, s2, p1, floor) bn pool(3, s1, p1) } via auto leaky(0.1) add[e112_0 |
        dw(3, p1) e112_0] @t0 b112_1(k = 5, s2) 2 * b112_1(4) fc(3);

    struct Graph113: (left: 8x8x8, right: 5, numbers: 6x9x3) =>
        cat[@left fc(5) relu | @right fc(8) hardswish | @numbers fc(4) elu] tanh 2 * { sigmoid
        fc(17) } add[fc(17) fc(17) | id]
        => { class: id };

    block b114_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph114: 9x9x3 =>
        res { pool(3, s1, p1) conv(3, 3, same) } leaky(0.1) cat[conv(1, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(5, 1) | avg(3, s2, p1, floor)] b114_0(8, stride = 1) b114_0(6)
        fc(3);

    let e115_0 = { conv(8, 3, same) silu };
    struct Graph115: 8x8x4 =>
        1 * { cat[id | hardswish conv(1, 3, same)] } cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1)] mul[e115_0 | leaky(0.1) e115_0] add[id | tanh] @t0 fc(2);

    struct Graph116: 5x5x1 =>
        cat[id | conv(1, 3, same) bn] cat[id | res { silu drop(0) }] fc(4);
}

declare! { CALL_1;
    struct Graph117: 7x4x3 =>
        res { conv(3, 3, same) pool(3, s1, p1) } gelu @t0 mul[id | conv(3, 3, same) hardsigmoid]
        fc(2);

    struct Graph118: 8x8x3 =>
        add[id | id] add[res { dw(3, p1) prelu } | id | res { conv(3, 5, p2) conv(3, 3, same) }]
        @t0 logsoftmax fc(2);

    struct Graph119: 7x7x1 =>
        mul[gmax fc(1) hardsigmoid | conv(1, 5, p2)] cat[conv(12, 3, p1) mul[gmax fc(12) sigmoid |
        conv(12, 3, same)] | conv(16, 1) dw(3, p1) | conv(5, 3, p1) conv(5, 5, p2)] fc(4);

    block b120_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) tanh conv(k, 1) }
        via auto tanh }
    block b120_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    struct Graph120: 5x4x3 =>
        cat[conv(3, 5, p2) | sigmoid] @t0 b120_0(k = 6, s2) 2 * b120_0(17) b120_1(2, s2) fc(1);

    block b121_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn gelu conv(k, 1) }
        via auto gelu }
    struct Graph121: 9x5x1 =>
        b121_0(2, stride = 2) b121_0(1) 1 * { conv(1, 5, p2) pool(3, s1, p1) };

    block b122_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    let e122_1 = { conv(2, 3, same) leaky(0.1) };
    struct Graph122: 7x6x3 =>
        b122_0(2, s2) @t0 gelu @t1 cat[id e122_1 | e122_1] fc(4);

    struct Graph123: (left: 7x7x2, right: 9x6x5) =>
        cat[@left fc(8) silu | @right fc(8) silu] id add[sigmoid prelu | fc(16) | fc(16) prelu]
        @t0 logsoftmax @t1 fc(1);

    struct Graph124: (left: 9x9x3, right: 8x8x3, numbers: 8x5x3) =>
        cat[@left fc(17) relu | @right conv(8, 1) res { pool(3, s1, p1) pool(3, s1, p1) } gap |
        @numbers conv(3, 1, nobias) fc(8)] cat[id | fc(1) fc(1) | fc(2) res { relu gelu }] 2 * {
        fc(36) drop(0) } add[elu | hardswish prelu] fc(5);

    block b125_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) relu conv(k, 1) }
        via auto relu }
    struct Graph125: 4x4x1 =>
        b125_0(k = 6, s1) 2 * b125_0(16) relu @t0 add[@t0 | res { conv(16, 1, nobias) hardswish }]
        @t1 fc(4);

    struct Graph126: (left: 4x4x3, right: 4x4x4, numbers: 4x4x2) =>
        cat[@left mul[id | gap fc(3) tanh] | @right conv(5, 1) id | @numbers conv(2, 1, nobias)]
        l2norm avg(3, same);

    block b127_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    struct Graph127: 6x7x3 =>
        b127_0(k = 3, s1) 2 * b127_0(2) add[mul[gmax fc(2) tanh | dw(3, p1)] mul[id | gap fc(2)
        sigmoid] | relu conv(2, 3, same)]
        => { class: id, place: tanh };

    struct Graph128: 9x5x3 =>
        res { dw(3, p1) res { conv(3, 3, same) dw(3, p1) } } elu @t0 res { prelu dw(3, p1) } silu
        flatten sigmoid fc(4);

    struct Graph129: 6x6x1 =>
        res { mul[id | relu sigmoid] mul[gmax fc(1) hardsigmoid | relu] } tanh gn(1) res { mul[id
        | conv(1, 3, same) tanh] res { id conv(1, 3, same) } } gelu @t0 res { conv(5, 3, s1, p1, floor)
        bn conv(5, 3, same) } via { conv(1, 1, nobias) conv(5, 1, s1, floor) } gelu fc(6);
}

declare! { CALL_2;
    struct Graph130: (left: 10, right: 18, numbers: 5x5x5) =>
        cat[@left fc(12) relu | @right fc(18) fc(6) | @numbers conv(2, 1) id gap] bias @t0
        add[mul[id | leaky(0.1) tanh] prelu | id]
        => { class: 1 * { cat[id | relu fc(3)] } fc(4), place: add[fc(20) | id | @t0] fc(3) };

    struct Graph131: (left: 6, right: 3) =>
        cat[@left fc(1) silu | @right fc(6) hardswish] cat[fc(6) fc(6) | fc(8) mul[id | gelu
        hardsigmoid] | fc(4) leaky(0.1)] res { id fc(18) } sigmoid fc(6);

    block b132_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) gelu conv(k, 1) }
        via auto gelu }
    struct Graph132: 4x9x2 =>
        mul[id | gap fc(2) sigmoid] cat[id | conv(5, 3, p1) id] @t0 softplus b132_0(k = 5, s2) 2 *
        b132_0(8) fc(1);

    struct Graph133: 5x5x2 =>
        res { conv(8, 3, s1, p1, floor) drop(0) } via auto prelu add[prelu | id | conv(8, 3, same)]
        flatten mul[silu | prelu] fc(3);

    block b134_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph134: 8x8x1 =>
        3 * { cat[id | tanh conv(1, 3, same)] } b134_0(k = 3, s2) 2 * b134_0(4) res { conv(16, 3, s1, p1, floor)
        bn drop(0) } via auto tanh @t0 fc(3);

    struct Graph135: 5x5x4 =>
        add[conv(4, 1, nobias) bn | id | avg(3, s1, p1)] res { conv(3, 3, s1, p1, floor) bn
        conv(3, 1, nobias) } via auto relu @t0 fc(5);

    block b136_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn prelu] conv(k, 1) }
    struct Graph136: 8x7x8 =>
        res { conv(6, 3, s2, p1, floor) mul[gmax fc(6) sigmoid | conv(6, 5, p2)] } via auto
        leaky(0.1) @t0 1 * { conv(6, 1, nobias) conv(6, 1, nobias) } mul[gmax fc(6) sigmoid |
        dw(3, p1)] b136_0(4, stride = 2) b136_0(12) @t1;

    struct Graph137: (left: 8x8x8, right: 8x8x3) =>
        cat[@left fc(1) relu | @right fc(8) prelu] add[fc(9) fc(9) | gelu] @t0 cat[fc(12) fc(12) |
        fc(2) fc(2)] @t1;

    struct Graph138: 6x6x4 =>
        add[id mul[id | gap fc(4) hardsigmoid] | id] @t0 cat[conv(4, 1) dw(3, p1) | @t0 | @t0]
        mul[id | conv(12, 1, nobias) hardsigmoid] @t1 flatten fc(3);

    block b139_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph139: (left: 8x9x1, right: 8x9x2) =>
        cat[@left conv(17, 1) drop(0) | @right dw(3, p1)] b139_0(k = 5, s2) 2 * b139_0(5)
        cat[drop(0) | conv(5, 1, nobias)] @t0 res { conv(8, 3, s1, p1, floor) dw(3, p1) } via auto
        tanh hardswish fc(4);

    struct Graph140: (left: 8x4x3, right: 5x5x1, numbers: 7) =>
        cat[@left pool(3, s1, p1) fc(5) | @right mul[id | conv(1, 5, p2) hardsigmoid] fc(17) |
        @numbers fc(8) sigmoid] add[leaky(0.1) gelu | mul[id | fc(30)] tanh | id] sigmoid @t0;

    struct Graph141: (left: 5x4x3, right: 7x7x3) =>
        cat[@left fc(8) hardswish | @right conv(8, 1) leaky(0.1) gmax] 2 * { mul[hardswish |
        sigmoid] fc(16) } hardsigmoid gelu @t0 sigmoid @t1 fc(2);

    struct Graph142: 4x4x16 =>
        res { conv(17, 3, s1, p1, floor) id } via auto elu 2 * { cat[id | tanh conv(4, 3, same)] }
        fc(3);
}

declare! { CALL_3;
    let e143_0 = { conv(2, 3, same) silu };
    block b143_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph143: 4x4x2 =>
        mul[id | pool(3, s1, p1) sigmoid] @t0 res { res { relu conv(2, 3, same) } conv(2, 3, same)
        } relu @t1 mul[e143_0 | conv(2, 1, nobias) bn e143_0] add[id | tanh] b143_1(2, s2) @t2
        flatten fc(1);

    struct Graph144: 4x4x1 =>
        2 * { dw(3, p1) conv(1, 5, p2) } add[id | res { conv(1, 3, same) conv(1, 1, nobias) }
        gelu] cat[pool(3, s1, p1) | id] @t0 flatten res { leaky(0.1) } fc(2);

    let e145_0 = { conv(3, 3, same) tanh };
    struct Graph145: 7x5x8 =>
        res { conv(5, 3, s2, p1, floor) conv(5, 3, same) } via auto prelu @t0 mul[e145_0 | dw(3, p1)
        e145_0] add[id | tanh] add[id | dw(3, p1) | mul[conv(3, 1, nobias) | dw(3, p1)]] fc(6);

    block b146_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) sigmoid conv(k, 1) }
        via auto sigmoid }
    struct Graph146: 4x8x8 =>
        b146_0(8, stride = 2) b146_0(2) add[res { avg(3, s1, p1) conv(2, 1, nobias) } prelu |
        conv(2, 3, same) | dw(3, p1) res { conv(2, 5, p2) conv(2, 1, nobias) }] fc(4);

    struct Graph147: (left: 4, right: 8x8x3) =>
        cat[@left fc(4) relu | @right conv(2, 1) conv(2, 1, nobias) bn gap] elu(0.1) res { fc(6)
        res { fc(6) elu } } leaky(0.1) res { fc(6) relu } elu 1 * { id res { prelu relu } } fc(4);

    block b148_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) leaky(0.1) }
    struct Graph148: 6x6x5 =>
        res { conv(5, 5, p2) conv(5, 5, p2) bn } relu cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(17, 1)] b148_0(2, stride = 1) b148_0(8) fc(3);

    let e149_0 = { conv(5, 3, same) hardswish };
    struct Graph149: 7x7x2 =>
        drop(0) @t0 2 * { res { drop(0) conv(2, 5, p2) } conv(2, 5, p2) } mul[e149_0 | conv(2, 3, same)
        e149_0] add[id | tanh] @t1 cat[conv(17, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(3, 1)]
        fc(5);

    block b150_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph150: 4x4x3 =>
        add[id | silu | res { conv(3, 5, p2) relu }] cat[conv(16, 3, p1) id | tanh | id] @t0
        b150_0(k = 3, s1) 2 * b150_0(3)
        => { class: avg(3, s1, p1), place: cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(6, 1) | avg(3, s2, p1, floor)] @t1 fc(4), more: id };

    struct Graph151: 4x4x5 =>
        mul[prelu | relu] res { conv(3, 3, s1, p1, floor) bn silu } via { pool(3, s1, p1) conv(3, 1, s1, floor)
        } elu fc(2);

    block b152_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    block b152_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph152: 8x4x5 =>
        b152_0(2, s2) @t0 b152_1(k = 6, s1) 2 * b152_1(3) cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(16, 1)] @t1 fc(4);

    struct Graph153: (left: 4x4x3, right: 4x4x1, numbers: 4x4x2) =>
        cat[@left conv(3, 3, p1) mul[id | gap fc(3) sigmoid] | @right conv(4, 3, p1) avg(3, s1, p1)
        | @numbers conv(2, 3, p1) avg(3, s1, p1)] add[mul[gmax fc(9) sigmoid | dw(3, p1)] | id]
        @t0 add[@t0 | pool(3, s1, p1) conv(9, 5, p2) | conv(9, 1, nobias)] @t1 add[id | relu]
        add[mul[id | dw(3, p1) tanh] | elu | mul[id | pool(3, s1, p1) tanh] id] @t2 fc(2);

    struct Graph154: (left: 9x9x16, right: 8x7x2) =>
        cat[@left conv(8, 1) conv(8, 1, nobias) bn gap | @right conv(2, 1, nobias) fc(16)]
        cat[fc(17) res { fc(17) fc(17) } | fc(1) tanh | fc(3) gelu] @t0 add[gelu fc(21) | res {
        relu relu } fc(21) | id] mul[id | prelu sigmoid]
        => { class: res { relu mul[id | fc(21) tanh] } gelu fc(1) };

    struct Graph155: 5x5x1 =>
        cat[conv(1, 3, same) | dw(3, p1) | conv(1, 3, same)] shuffle(3) flatten add[id | gelu]
        fc(2);
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
