//! Declarations against what they mean, worked out by hand.

use super::{Graph, Mode, Tensors, Values};

/// Name and shape of every node that is listed.
fn nodes(text: &str) -> Vec<(String, [usize; 3])> {
    let graph = Graph::declared(text, "A").unwrap();
    let listed = graph.nodes.into_iter().filter(|node| node.is_listed());
    listed.map(|node| (node.name, node.shape)).collect()
}

fn names(text: &str) -> Vec<String> {
    nodes(text).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn layers_are_named_by_words_labels_blocks_and_rounds() {
    assert_eq!(names("struct A: 8x8x1 => conv(2, 3) a: conv(2, 3) conv(2, 3);"), ["conv1", "a", "conv3"]);
    assert_eq!(
        names("block b(k) { conv(k, 1) x: relu conv(k, 1) } struct A: 8x8x1 => b(1) c: b(2) b(3);"),
        ["b1.conv1", "b1.x", "b1.conv2", "c.conv1", "c.x", "c.conv2", "b3.conv1", "b3.x", "b3.conv2"]
    );
    assert_eq!(
        names("struct A: 8x8x1 => 2 * { conv(1, 1) a: relu 2 * { b: tanh } } l: 2 * conv(1, 1);"),
        ["conv1", "a1", "b1_1", "b1_2", "conv2", "a2", "b2_1", "b2_2", "l.0.conv1", "l.1.conv1"]
    );
    assert_eq!(
        names("block b { relu } struct A: 8x8x1 => l: 2 * b 2 * b m: 2 * { b };"),
        ["l.0.relu1", "l.1.relu1", "b1.relu1", "b2.relu1", "m.0.relu1", "m.1.relu1"]
    );
    assert_eq!(
        names("struct A: 8x8x1 => res { bn add[id | relu] } via auto res { conv(2, 3, s2, p1, floor) bn } via auto;"),
        ["bn1", "id1", "relu1", "add1", "res1", "conv1", "bn2", "res2.via.conv1", "res2.via.bn1", "res2"]
    );
    assert_eq!(
        names("let e = { conv(1, 1) }; struct A: 8x8x1 => e e x: e => { a: fc(1), b: e };"),
        ["e.conv1", "e2.conv1", "x.conv1", "a.fc1", "b.e1.conv1"]
    );
}

#[test]
fn numbers_are_worked_out() {
    let text = "let n = 2 * 3 - 2; block b(k, j = k + n, s = (j - 1) / k % 3) { conv(j, s, p[s - 1, 0, 0, s - 1]) }
        block size(n) { conv(n, 1) } struct A: 8x8x1 => b(2) b(j = n, k = 2) size(n - 1) conv(-n + 5, 1) n * relu;";
    let shapes: Vec<_> = nodes(text).into_iter().map(|(_, shape)| shape[2]).collect();
    assert_eq!(shapes, [6, 4, 3, 1, 1, 1, 1, 1]);
}

#[test]
fn shared_chains_have_their_tensors_once() {
    let text =
        "let e = { conv(2, 1, nobias) }; struct A: (l: 4x4x1, r: 2x2x1) => cat[e(l) gap | e(r) gap] @both fc(1);";
    let graph = Graph::declared(text, "A").unwrap();
    let tensors: Vec<String> = graph.tensors().into_iter().map(|(name, _)| name).collect();
    assert_eq!(tensors, ["e.conv1.weight", "fc1.weight", "fc1.bias"]);
    assert_eq!(graph.taps, [("both".to_owned(), 6)]);
}

#[test]
fn joins_are_what_they_say() {
    let run = |steps: &str| {
        let graph = Graph::declared(&format!("struct A: 1x2x2 => {steps};"), "A").unwrap();
        let input = Values::from_channels_last(1, [1, 2, 2], &[1.0, 2.0, 3.0, 4.0]);
        let values = graph.run(&Tensors::new(), vec![input], Mode::Inference);
        graph.channels_last(&graph.outputs.iter().map(|&output| values[output].clone()).collect::<Vec<_>>())
    };
    assert_eq!(run("add[id | id | id]"), [3.0, 6.0, 9.0, 12.0]);
    assert_eq!(run("mul[id | id]"), [1.0, 4.0, 9.0, 16.0]);
    assert_eq!(run("mul[gap | id]"), [2.0, 6.0, 6.0, 12.0]);
    assert_eq!(run("cat[id | add[id | id]]"), [1.0, 2.0, 2.0, 4.0, 3.0, 4.0, 6.0, 8.0]);
    assert_eq!(run("add[flatten | id flatten]"), [2.0, 4.0, 6.0, 8.0]);
    assert_eq!(run("cat[flatten | gap]"), [1.0, 2.0, 3.0, 4.0, 2.0, 3.0]);
    assert_eq!(run("=> { a: gap, b: id, c: gmax }"), [2.0, 3.0, 1.0, 2.0, 3.0, 4.0, 3.0, 4.0]);
}

#[test]
fn joined_vectors_are_listed_part_by_part_and_channel_by_channel() {
    let graph = Graph::declared("struct A: 1x2x2 => cat[gap | flatten tanh | flatten] fc(1, nobias);", "A").unwrap();
    let input = Values::from_channels_last(1, [1, 2, 2], &[1.0, 2.0, 3.0, 4.0]);
    let weight: Vec<f64> = (0..10).map(|i| 10_f64.powi(i)).collect();
    let values = graph.run(&Tensors::from([("fc1.weight".to_owned(), weight)]), vec![input], Mode::Inference);
    let tanh = |x: f64| x.tanh();
    let parts = [2.0, 3.0, tanh(1.0), tanh(3.0), tanh(2.0), tanh(4.0), 1.0, 3.0, 2.0, 4.0];
    let expected: f64 = parts.iter().zip(0..).map(|(x, i)| x * 10_f64.powi(i)).sum();
    assert!((values[graph.outputs[0]].data[0] - expected).abs() < 1e-3);
}

#[test]
fn what_does_not_fit_is_refused() {
    for steps in [
        "add[id | conv(2, 1)]",
        "cat[id | conv(1, 3)]",
        "cat[id | gap]",
        "mul[id | id | id]",
        "mul[id | fc(2)]",
        "gap conv(1, 1)",
        "@a relu",
        "relu @a block",
        "res { conv(1, 3) } via auto",
        "res { conv(1, 3) }",
        "2 * conv(1, 3) -> 6x6x1",
        "conv(2, 1) add[flatten | fc(128)]",
        "conv(2, 1) flatten reshape(4x4x8)",
    ] {
        let graph = Graph::declared(&format!("struct A: 8x8x1 => {steps};"), "A");
        assert!(graph.is_err(), "{steps}: {graph:?}");
    }
}

#[test]
fn only_what_depends_on_a_change_is_run_again() {
    let text = "struct A: (l: 2x2x1, r: 2x2x1) => add[@l x: bn | @r y: bn] @sum => { a: sigmoid, b: @l avg(2) };";
    let graph = Graph::declared(text, "A").unwrap();
    let one = |from: f32| {
        Values::from_channels_last(2, [2, 2, 1], &[1.0, 2.0, 4.0, 8.0, 5.0, 6.0, 7.0, 9.0].map(|x| x * from))
    };
    let mut tensors: Tensors = graph.tensors().into_iter().map(|(name, _)| (name, vec![0.5])).collect();
    let values = graph.run(&tensors, vec![one(1.0), one(2.0)], Mode::Training);
    tensors.insert("y.weight".to_owned(), vec![0.25]);
    let outputs = |values: &[Values]| graph.outputs.iter().map(|&output| values[output].clone()).collect::<Vec<_>>();
    let expected = outputs(&graph.run(&tensors, vec![one(1.0), one(2.0)], Mode::Training));
    assert_ne!(expected, outputs(&values));
    assert_eq!(graph.with_tensor(&tensors, "y.weight", &values), expected);
    let values = graph.run(&tensors, vec![one(1.0), one(2.0)], Mode::Training);
    let expected = outputs(&graph.run(&tensors, vec![one(3.0), one(2.0)], Mode::Training));
    assert_eq!(graph.with_input(&tensors, 0, one(3.0), &values), expected);
}
