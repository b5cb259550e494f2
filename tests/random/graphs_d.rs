//! Random graphs 156 to 207 against the float64 reference.
//!
//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.

use cnn_tests::{check_declared, declare};

declare! { CALL_0;
    block b156_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) leaky(0.1) conv(k, 1)
        } via auto leaky(0.1) }
    struct Graph156: (left: 8x9x1, right: 8x9x2) =>
        cat[@left conv(17, 1) drop(0) | @right dw(3, p1)] b156_0(k = 5, s2) 2 * b156_0(5)
        cat[drop(0) | conv(5, 1, nobias)] @t0 res { conv(8, 3, s1, p1, floor) dw(3, p1) } via auto
        tanh softplus fc(4);

    struct Graph157: (left: 8x4x3, right: 5x5x1, numbers: 7) =>
        cat[@left pool(3, s1, p1) fc(5) | @right mul[id | conv(1, 5, p2) hardsigmoid] fc(17) |
        @numbers fc(8) sigmoid] add[leaky(0.1) gelu | mul[id | fc(30)] tanh | id] tanh @t0;

    struct Graph158: (left: 5x4x3, right: 7x7x3) =>
        cat[@left fc(8) hardswish | @right conv(8, 1) leaky(0.1) gmax] 2 * { mul[hardswish |
        sigmoid] fc(16) } softplus silu @t0 drop(0);

    struct Graph159: 5x4x1 =>
        add[conv(1, 5, p2) bn id | id] 2 * { cat[id | tanh conv(4, 3, same)] } 2 * { conv(9, 3, same)
        bn res { conv(9, 5, p2) bn pool(3, s1, p1) } } cat[id | conv(3, 3, p1) conv(3, 3, same)]
        @t0 fc(2);

    struct Graph160: 8x8x1 =>
        cat[conv(1, 1, nobias) bn | id] cat[conv(3, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(1, 1)] @t0 cat[id | @t0 | id] @t1
        => { class: 3 * { cat[id | elu conv(2, 3, same)] } fc(2), place: add[id | @t1] @t2 fc(1)
        };

    struct Graph161: 7x7x8 =>
        res { conv(17, 3, s2, p1, floor) conv(17, 3, same) } via auto tanh stage1: 3 * { id dw(3, p1)
        } fc(1);

    struct Graph162: 4x4x2 =>
        res { mul[dw(3, p1) | conv(2, 5, p2)] leaky(0.1) } silu @t0 cat[id | dw(3, p1)];

    block b163_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn prelu conv(k, 1)
        } via auto prelu }
    struct Graph163: 4x7x1 =>
        mul[id | conv(1, 3, same) sigmoid] b163_0(3, stride = 1) b163_0(5) res { conv(6, 3, s1, p1, floor)
        gelu } via { conv(5, 5, p2) conv(6, 1, s1, floor) } relu @t0;

    struct Graph164: 5x5x16 =>
        res { conv(3, 3, s2, p1, floor) relu } via { elu conv(3, 1, s2, floor) } silu cat[conv(5, 3, p1)
        id | conv(8, 3, p1) mul[id | dw(3, p1) tanh]] @t0 cat[conv(1, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(2, 1) | avg(3, s2, p1, floor)] @t1 flatten gelu fc(4);

    block b165_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn tanh }
    struct Graph165: 4x4x5 =>
        stage1: 2 * { relu conv(5, 3, same) } 2 * { cat[id | gelu conv(2, 3, same)] } b165_0(6, stride = 1)
        b165_0(1) @t0 mul[prelu | relu] fc(2);

    let e166_0 = { conv(8, 3, same) gelu };
    struct Graph166: 4x5x1 =>
        add[e166_0 | conv(1, 3, same) bn e166_0] @t0 cat[conv(8, 3, same) | @t0] flatten fc(1);

    struct Graph167: 6x6x1 =>
        add[id | conv(1, 5, p2) | conv(1, 1, nobias)] @t0 add[id | relu]
        => { class: mul[gmax fc(1) sigmoid | gelu] fc(2), place: cat[conv(17, 3, s2, p1, floor) |
        pool(3, s2, p1, floor) conv(6, 1) | avg(3, s2, p1, floor)] @t1 fc(3) };

    block b168_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn elu conv(k, 1) }
        via auto elu }
    struct Graph168: 7x7x3 =>
        add[mul[gmax fc(3) sigmoid | dw(3, p1)] mul[gmax fc(3) sigmoid | conv(3, 1, nobias) bn] |
        conv(3, 1, nobias)] prelu cat[dw(3, p1) | res { conv(3, 3, same) conv(3, 1, nobias) } |
        conv(1, 1) conv(1, 1, nobias)] @t0 b168_0(6, s2)
        => { class: cat[res { pool(3, s1, p1) conv(6, 1, nobias) } | id | conv(3, 1) mul[pool(3, s1, p1)
        | elu]] fc(2) };
}

declare! { CALL_1;
    struct Graph169: 5x5x3 =>
        hardsigmoid pool(1x2, s2x3) @t0
        => { class: dw(3, p1) };

    struct Graph170: (left: 10, right: 7x4x16) =>
        cat[@left fc(12) prelu | @right conv(16, 3, same) bn gmax] fc(3) res { fc(3) mul[id |
        fc(3) tanh] } sigmoid cat[fc(8) res { hardswish id } | id | fc(4) sigmoid] hardswish
        => { class: leaky(0.75) fc(2) };

    struct Graph171: (left: 8x6x3, right: 4) =>
        cat[@left fc(6) gelu | @right fc(12) gelu] res { fc(18) id } hardswish res { id fc(18) }
        sigmoid add[fc(18) fc(18) | fc(18)] softplus fc(2);

    struct Graph172: 4x4x2 =>
        add[conv(2, 3, same) bn conv(2, 3, same) | mul[conv(2, 5, p2) | avg(3, s1, p1)] | conv(2, 3, same)
        bn] @t0 add[prelu | id | conv(2, 3, same) mul[pool(3, s1, p1) | conv(2, 1, nobias) bn]]
        flatten mul[hardswish | hardswish] fc(2);

    block b173_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn sigmoid }
    struct Graph173: 4x4x3 =>
        b173_0(3, s1) cat[conv(16, 1) dw(3, p1) | drop(0)] fc(2);

    block b174_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) bn hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph174: 7x7x3 =>
        b174_0(k = 2, s2) 2 * b174_0(5) prelu @t0 add[prelu | tanh] flatten res { prelu } fc(2);

    struct Graph175: (left: 8x8x5, right: 4x4x16) =>
        cat[@left fc(1) hardswish | @right fc(8) elu] add[relu sigmoid | gelu fc(9)] @t0 res {
        silu res { id fc(9) } } hardswish @t1
        => { class: @t0 };

    struct Graph176: (left: 7x7x3, right: 5x5x3) =>
        cat[@left fc(12) elu | @right fc(2) sigmoid] silu @t0 mul[id | tanh tanh] fc(5);

    struct Graph177: 4x4x8 =>
        add[id conv(8, 3, same) | conv(8, 3, same) | id] @t0 2 * { cat[id | silu conv(2, 3, same)]
        } 1 * { mul[id | dw(3, p1) hardsigmoid] pool(3, s1, p1) } flatten add[id | leaky(0.1)]
        fc(1);

    struct Graph178: 5x4x3 =>
        add[relu hardswish | id] add[dw(3, p1) dw(3, p1) | id | conv(3, 3, same) conv(3, 5, p2)
        bn] add[conv(3, 1, nobias) | res { leaky(0.1) id } res { conv(3, 3, same) avg(3, s1, p1) }
        | conv(3, 3, same) conv(3, 1, nobias)] add[conv(3, 3, same) drop(0) | id];

    struct Graph179: (left: 3, right: 8x4x4, numbers: 7x7x8) =>
        cat[@left fc(8) relu | @right gelu fc(5) | @numbers fc(17) tanh] cat[fc(8) mul[id | relu
        sigmoid] | fc(1) res { fc(1) fc(1) } | fc(3) hardswish] relu
        => { class: res { relu mul[id | relu hardsigmoid] } relu fc(3) };

    struct Graph180: (left: 9x9x1, right: 10) =>
        cat[@left fc(16) leaky(0.1) | @right relu fc(5)] cat[id | fc(3) fc(3) | fc(16) fc(16)]
        cat[fc(17) mul[id | fc(17) sigmoid] | id]
        => { class: mul[id | id hardsigmoid], place: res { fc(57) gelu } tanh fc(3), more: fc(57)
        };

    block b181_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph181: 5x5x3 =>
        b181_0(3, stride = 2) b181_0(8) res { conv(16, 3, s2, p1, floor) bn relu } via { relu
        conv(16, 1, s2, floor) } elu @t0 cat[conv(16, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(8, 1) | avg(3, s2, p1, floor)] fc(3);
}

declare! { CALL_2;
    block b182_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph182: 5x5x1 =>
        b182_0(4, s2) add[conv(4, 3, same) sigmoid | mul[id | conv(4, 3, same) hardsigmoid]] @t0
        flatten add[id | silu] fc(4);

    struct Graph183: (left: 4x4x3, right: 7x9x1) =>
        cat[@left fc(8) silu | @right fc(8) relu] res { fc(16) drop(0) } prelu hardswish gelu
        fc(1);

    block b184_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        relu] conv(k, 1) }
    struct Graph184: 4x4x4 =>
        b184_0(4, s2) cat[conv(8, 1) drop(0) | conv(5, 1) conv(5, 1, nobias)] fc(6);

    let e185_0 = { conv(8, 3, same) leaky(0.1) };
    struct Graph185: (left: 9x9x1, right: 9x9x3) =>
        cat[@left sigmoid | @right conv(6, 3, p1) silu] mul[e185_0 | dw(3, p1) e185_0] add[id |
        tanh] avg(4x2, ceil) res { conv(1, 3, s2, p1, floor) mul[id | gap fc(1) sigmoid] } via
        auto silu fc(5);

    block b186_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) tanh }
    let e186_1 = { conv(8, 3, same) leaky(0.1) };
    let e186_2 = { conv(17, 3, same) relu };
    let e186_3 = { conv(17, 3, same) hardswish };
    struct Graph186: 6x9x4 =>
        b186_0(3, stride = 1) b186_0(3) add[e186_1 | conv(3, 3, same) e186_1] avg(3, ceil, p[0, 1, 1, 0])
        @t0 mul[e186_2 | tanh e186_2] add[id | tanh] @t1
        => { class: mul[e186_3 | relu e186_3] add[id | tanh] fc(4) };

    struct Graph187: 6x6x3 =>
        add[res { relu dw(3, p1) } | hardswish | mul[conv(3, 5, p2) | conv(3, 3, same)] conv(3, 5, p2)]
        @t0 res { conv(3, 1, nobias) mul[gmax fc(3) hardsigmoid | avg(3, s1, p1)] } silu
        => { class: mul[id | conv(3, 3, same) hardsigmoid] };

    block b188_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) hardswish }
    struct Graph188: 6x4x5 =>
        gelu @t0 b188_0(2, stride = 2) b188_0(8) gelu @t1 flatten add[id | prelu] fc(1);

    struct Graph189: 6x6x16 =>
        softplus cat[id | conv(8, 3, p1) id] cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(2, 1)] res { mul[id | gap fc(7) sigmoid] id } leaky(0.1)
        => { class: tanh, place: tanh, more: tanh };

    struct Graph190: 6x6x3 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(1, 1)] res { conv(3, 5, p2)
        conv(3, 3, same) } relu;

    block b191_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn relu] conv(k, 1) }
    let e191_1 = { conv(3, 3, same) silu };
    struct Graph191: (left: 4x4x3, right: 4x4x3) =>
        cat[@left conv(16, 1) conv(16, 5, p2) bn | @right relu] b191_0(2, s1) cat[conv(2, 3, same)
        e191_1 | e191_1] @t0 add[res { gelu conv(6, 5, p2) } res { conv(6, 3, same) conv(6, 1, nobias)
        } | res { drop(0) conv(6, 1, nobias) } res { conv(6, 3, same) bn dw(3, p1) } | id] fc(6);

    struct Graph192: (left: 4x4x2, right: 9x5x4) =>
        cat[@left conv(4, 1) conv(4, 3, same) gap | @right mul[gmax fc(4) hardsigmoid | tanh]
        fc(12)] softplus res { fc(16) res { fc(16) fc(16) } } elu cat[fc(8) mul[prelu | id] |
        fc(16) res { elu tanh }] 2 * { res { fc(24) prelu } tanh } fc(2);

    block b193_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        tanh] conv(k, 1) }
    struct Graph193: 8x9x5 =>
        b193_0(4, s2) add[conv(4, 5, p2) | relu | id] @t0 id @t1;

    block b194_0(k, stride = 1) { res { conv(k, 3, s = stride, p1, floor) hardswish conv(k, 1)
        } via auto hardswish }
    struct Graph194: 7x6x2 =>
        add[conv(2, 3, same) conv(2, 5, p2) bn | id] @t0 b194_0(k = 5, s2) 2 * b194_0(8) fc(1);
}

declare! { CALL_3;
    block b195_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) silu }
    block b195_1(k, stride = 1) { conv(k, 3, s = stride, p1, floor) bn prelu }
    block b195_2(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn silu] conv(k, 1) }
    struct Graph195: 6x6x8 =>
        b195_0(k = 4, s2) 2 * b195_0(4) b195_1(5, stride = 2) b195_1(16) @t0
        => { class: @t0, place: b195_2(3, s1) fc(4) };

    struct Graph196: 6x6x1 =>
        res { conv(4, 3, s1, p1, floor) conv(4, 3, same) } via auto silu add[id | res { pool(3, s1, p1)
        id }] @t0 2 * { elu conv(4, 5, p2) } fc(3);

    block b197_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) relu }
    struct Graph197: 7x5x5 =>
        b197_0(k = 5, s1) 2 * b197_0(6) cat[conv(6, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1) | avg(3, s2, p1, floor)] @t0 fc(6);

    let e198_0 = { conv(4, 3, same) silu };
    struct Graph198: 7x7x8 =>
        cat[conv(2, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(5, 1)] add[conv(7, 3, same)
        conv(7, 1, nobias) | id | id] @t0 hardswish cat[conv(7, 3, same) e198_0 | e198_0] @t1;

    struct Graph199: 8x8x1 =>
        cat[mul[id | elu hardsigmoid] | mul[gmax fc(1) sigmoid | conv(1, 1, nobias)]] add[id | id
        | mul[id | relu hardsigmoid]] fc(4);

    struct Graph200: 6x4x4 =>
        cat[conv(4, 3, p1) silu | id | conv(3, 1) leaky(0.1)] 3 * { dw(3, p1) conv(11, 3, same) }
        fc(1);

    let e201_0 = { conv(2, 3, same) tanh };
    struct Graph201: 8x8x16 =>
        add[e201_0 | drop(0) e201_0] @t0 cat[conv(5, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(16, 1) | avg(3, s2, p1, floor)] res { conv(17, 3, s2, p1, floor) res { conv(17, 5, p2)
        bn conv(17, 3, same) } } via auto elu stage1: 1 * { relu sigmoid } flatten relu fc(4);

    block b202_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) elu }
    struct Graph202: 9x6x4 =>
        gelu @t0 b202_0(5, s2)
        => { class: conv(5, 3, same) bn };

    let e203_0 = { conv(8, 3, same) elu };
    struct Graph203: 8x8x1 =>
        add[elu | pool(3, s1, p1)] @t0 mul[e203_0 | conv(1, 3, same) e203_0] add[id | tanh] @t1
        fc(6);

    block b204_0(k, stride = 1) { cat[conv(k - k / 2, 1, s = stride, floor) | conv((k + 1) / 2 + k % 2, 3, s = stride, p1, floor)
        bn sigmoid] conv(k, 1) }
    struct Graph204: 6x7x1 =>
        cat[conv(1, 3, same) | elu] b204_0(k = 4, s1) 2 * b204_0(8) fc(3);

    struct Graph205: 8x8x3 =>
        cat[conv(12, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(8, 1)] add[id | id] fc(4);

    struct Graph206: 5x5x1 =>
        cat[mul[gmax fc(1) sigmoid | dw(3, p1)] | conv(8, 1) tanh | conv(8, 3, p1) conv(8, 1, nobias)]
        id stage1: 1 * { cat[id | relu conv(2, 3, same)] } fc(2);

    block b207_0(k, stride = 1) { conv(k, 3, s = stride, p1, floor) sigmoid }
    struct Graph207: 6x7x3 =>
        1 * { conv(3, 3, same) conv(3, 1, nobias) bn } cat[conv(4, 3, s2, p1, floor) | pool(3, s2, p1, floor)
        conv(3, 1)] cat[conv(8, 3, s2, p1, floor) | pool(3, s2, p1, floor) conv(2, 1) | avg(3, s2, p1, floor)]
        @t0 b207_0(4, s2)
        => { class: 1 * { cat[id | hardswish conv(1, 3, same)] } fc(4), place: @t0, more: res {
        conv(1, 3, s1, p1, floor) bn conv(1, 5, p2) } via auto relu @t1 fc(2) };
}

#[test]
fn graphs_d_0() {
    check_declared!(CALL_0: Graph156, Graph157, Graph158, Graph159, Graph160, Graph161, Graph162, Graph163, Graph164, Graph165, Graph166, Graph167, Graph168);
}

#[test]
fn graphs_d_1() {
    check_declared!(CALL_1: Graph169, Graph170, Graph171, Graph172, Graph173, Graph174, Graph175, Graph176, Graph177, Graph178, Graph179, Graph180, Graph181);
}

#[test]
fn graphs_d_2() {
    check_declared!(CALL_2: Graph182, Graph183, Graph184, Graph185, Graph186, Graph187, Graph188, Graph189, Graph190, Graph191, Graph192, Graph193, Graph194);
}

#[test]
fn graphs_d_3() {
    check_declared!(CALL_3: Graph195, Graph196, Graph197, Graph198, Graph199, Graph200, Graph201, Graph202, Graph203, Graph204, Graph205, Graph206, Graph207);
}
