//! Which branches are in place, and why others are not.

use super::super::{Pass, inference, training};
use super::*;
use crate::tests::net;

/// The branches of every `cat`, in inference and in training, whatever memory that takes.
fn branches(layers: &str) -> [Vec<String>; 2] {
    let net = net(&format!("struct A: 8x8x3 => {layers};"));
    [inference::plan_with(&net, true), training::plan_with(&net, true).pass].map(|pass| of_cats(&net, &pass))
}

fn of_cats(net: &Net, pass: &Pass) -> Vec<String> {
    let names = |(id, node): (NodeId, &Node)| {
        let branches = node.inputs.iter().zip(&pass.branches[id.0]);
        let branches = branches.map(|(input, branch)| match branch {
            Branch::InPlace => net[*input].name.clone(),
            Branch::Copied(why) => format!("{:?}", why),
        });
        branches.collect::<Vec<_>>()
    };
    net.iter().flat_map(names).collect()
}

fn both(layers: &str) -> Vec<String> {
    let [infer, train] = branches(layers);
    assert_eq!(infer, train, "{layers}");
    infer
}

#[test]
fn branches_that_end_in_a_layer_are_in_place() {
    for (layers, expected) in [
        ("cat[conv(4, 1) relu | conv(4, 3, p1) relu]", ["relu1", "relu2"]),
        ("cat[conv(4, 1) bn relu | bn relu pool(3, s1, p1)]", ["relu1", "pool1"]),
        ("cat[conv(4, 3) pool(2) tanh relu | avg(2) up(2) slice(0, 2) pool(2) dw(2)]", ["relu1", "dw1"]),
        ("cat[gap fc(4) relu | gmax]", ["relu1", "gmax1"]),
        ("cat[deconv(4, 1) id | conv(4, 1) drop(0.5) id] conv(3, 3, p1)", ["id1", "id2"]),
    ] {
        assert_eq!(both(layers), expected, "{layers}");
    }
}

#[test]
fn what_is_read_elsewhere_is_in_place_if_its_readers_read_parts() {
    assert_eq!(both("conv(4, 1) @a pool(2) conv(4, 1) up(2) cat[@a | id]"), ["conv1", "id1"]);
    assert_eq!(both("conv(4, 1) @a bn relu conv(4, 3, p1) cat[@a | id]"), ["conv1", "id1"]);
    // In inference the convolution makes the second branch, and would read the first.
    let [infer, train] = branches("conv(4, 1) @a conv(4, 3, p1) bn relu cat[@a | id]");
    assert_eq!([infer, train], [["conv1", "SameMap"], ["conv1", "id1"]]);
    assert_eq!(both("conv(4, 1) @a softmax conv(4, 1) cat[@a | id]"), ["Reader", "id1"]);
    assert_eq!(both("conv(4, 1) cat[id | relu]"), ["id1", "SameMap"]);
    assert_eq!(both("conv(4, 1) cat[relu | id]"), ["relu1", "SameMap"]);
}

#[test]
fn nested_ones_lie_in_the_outermost() {
    let dense = "conv(4, 1) cat[id | bn relu conv(2, 3, p1)] cat[id | bn relu conv(2, 3, p1)] bn relu gap";
    assert_eq!(both(dense), ["id1", "conv2", "id2", "conv3"]);
    let net = net(&format!("struct A: 8x8x3 => {dense};"));
    let plan = training::plan(&net).pass;
    let places: Vec<String> = ["conv1", "conv2", "cat1", "conv3"]
        .iter()
        .map(|name| plan.values[net.nodes.iter().position(|node| node.name == *name).unwrap()])
        .map(|place| place.to_string().replace(&format!("@{}", place.offset), ""))
        .collect();
    assert_eq!(
        places,
        [
            "8x8x4 channels 0 to 3 of 8",
            "8x8x2 channels 4 to 5 of 8",
            "8x8x6 channels 0 to 5 of 8",
            "8x8x2 channels 6 to 7 of 8"
        ]
    );
    assert_eq!(both("conv(4, 1) @a conv(4, 1) cat[cat[id | @a] | @a]"), ["id1", "SameMap", "cat1", "SameMap"]);
}

#[test]
fn what_cannot_be_in_place_is_copied() {
    assert_eq!(both("cat[id | conv(4, 1)]"), ["Input", "conv1"]);
    assert_eq!(both("cat[conv(4, 1) softmax | conv(4, 1) prelu]"), ["Writer", "Writer"]);
    assert_eq!(both("cat[conv(4, 1) flatten | fc(4)]"), ["Shape", "fc1"]);
    assert_eq!(both("conv(4, 1) cat[id | id]"), ["Twice", "Twice"]);
    assert_eq!(both("conv(4, 1) @a cat[@a | pool(3, s1, p1)]"), ["conv1", "SameMap"]);
    let border = "conv(4, 1) @a conv(4, 3, p1) cat[@a | id] fc(2)";
    assert_eq!(both(border), ["Border", "id1"]);
}

#[test]
fn what_is_written_over_is_needed_by_nothing_else() {
    let tanh = "cat[conv(4, 1) | conv(4, 1) tanh] relu conv(3, 1)";
    assert_eq!(branches(tanh), [["conv1", "tanh1"], ["conv1", "WrittenOver"]].map(|b| b.map(str::to_owned).to_vec()));
    let read = "conv(4, 1) @a conv(4, 1) cat[@a | id] relu conv(3, 1)";
    assert_eq!(both(read), ["WrittenOver", "id1"]);
}

#[test]
fn what_is_added_to_later_is_copied() {
    let inference = |layers: &str| branches(layers)[0].clone();
    let direct = "conv(4, 1) add[id | cat[id | conv(3, 1)] relu conv(4, 1)]";
    assert_eq!(inference(direct), ["SameMap", "conv2"]);
    let later = "conv(4, 1) add[id | cat[id | conv(3, 1)] conv(5, 1) relu conv(4, 1)]";
    assert_eq!(inference(later), ["AddedTo", "conv2"]);
    let sums = "cat[conv(4, 1) add[id | conv(4, 1) relu conv(4, 1)] relu | conv(2, 1)]";
    assert_eq!(inference(sums), ["relu2", "conv4"]);
}

#[test]
fn a_long_skip_is_copied_if_that_needs_less_memory() {
    let skip = "conv(2, 1) @a conv(50, 1) conv(50, 1) conv(4, 1) cat[@a | conv(40, 1)] conv(1, 1)";
    assert_eq!(branches(skip)[0], ["conv1", "conv5"]);
    let net = net(&format!("struct A: 8x8x3 => {skip};"));
    assert_eq!(of_cats(&net, &inference::plan(&net)), ["Memory", "conv5"]);
}

#[test]
fn a_border_is_cleared_once_before_the_first_branch() {
    let net = net("struct A: 8x8x3 => conv(9, 3, p1) relu cat[conv(4, 3, p1) | conv(4, 1)] conv(3, 3, p1) fc(2);");
    let plan = inference::plan(&net);
    let cleared = |name: &str| {
        let id = net.nodes.iter().position(|node| node.name == name).unwrap();
        (plan.values[id].border, plan.values[id].clear)
    };
    let border = [1; 4];
    assert_eq!(
        [cleared("conv2"), cleared("conv3"), cleared("cat1")],
        [(border, true), (border, false), (border, false)]
    );
}
