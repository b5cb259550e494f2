//! The table of layers in the type's documentation.

use crate::net::Net;
use crate::plan::Plan;

/// Lines of Markdown that `cargo doc` and the editor show below the user's own.
pub(super) fn doc_lines(net: &Net, plan: &Plan) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!(" | layer | as written | output ({} in) | parameters | multiply-adds | sees |", net.nodes[0].shape),
        " |---|---|--:|--:|--:|--:|".to_owned(),
    ];
    for (_, node) in net.iter().skip(1) {
        let [rows, columns] = node.receptive_field;
        let words = node.words.replace('|', "\\|");
        let (learnt, macs) = (grouped(node.learnt() as u64), grouped(node.macs));
        let name = &node.name;
        lines.push(format!(" | {name} | `{words}` | {} | {learnt} | {macs} | {rows}x{columns} |", node.shape));
    }
    lines.push(String::new());
    lines.push(format!(
        " {} parameters, {} multiply-adds. Memory for the activations of one sample: {} bytes in inference, {} in training.",
        grouped(net.params() as u64),
        grouped(net.macs()),
        grouped(plan.infer_bytes() as u64),
        grouped(plan.train_bytes() as u64),
    ));
    lines
}

/// A number with its thousands apart: `61,706`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        let shown = [0, 999, 1000, 61_706, 60_965_224].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "61,706", "60,965,224"]);
    }
}
