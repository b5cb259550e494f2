//! The table of layers in the type's documentation.

use crate::messages::thousands;
use crate::net::Net;
use crate::plan::Plan;

/// Lines of Markdown that `cargo doc` and the editor show below the user's own.
pub(super) fn doc_lines(net: &Net, plan: &Plan) -> Vec<String> {
    let inputs: Vec<String> = net.input_ids().map(|id| net[id].shape.to_string()).collect();
    let mut lines = vec![
        String::new(),
        format!(" | layer | as written | output ({} in) | parameters | multiply-adds | sees |", inputs.join(" and ")),
        " |---|---|--:|--:|--:|--:|".to_owned(),
    ];
    for (_, node) in net.iter().skip(net.inputs.len()).filter(|(_, node)| node.is_written()) {
        let [rows, columns] = node.receptive_field;
        let words = node.words.replace('|', "\\|");
        let (learnt, macs) = (thousands(node.learnt() as u64), thousands(node.macs));
        let name = &node.name;
        lines.push(format!(" | {name} | `{words}` | {} | {learnt} | {macs} | {rows}x{columns} |", node.shape));
    }
    lines.push(String::new());
    lines.push(format!(
        " {} parameters, {} multiply-adds. Memory for the activations of one sample: {} bytes in inference, {} in training.",
        thousands(net.params() as u64),
        thousands(net.macs()),
        thousands(plan.infer_bytes() as u64),
        thousands(plan.train_bytes() as u64),
    ));
    lines
}
