//! The table of layers as text.

use std::fmt::Write;

use crate::network::{LayerInfo, Network};
use crate::simd::cpu;
use crate::volume::Sample;

/// The layers of a network with their shapes and costs, one line each, as a terminal shows them.
pub fn summary<N: Network>() -> String {
    let rows: Vec<[String; 5]> = N::LAYERS
        .iter()
        .map(|layer| {
            let [rows, columns] = layer.receptive_field;
            let (params, macs) = (grouped(layer.params as u64), grouped(layer.macs));
            [layer.name.to_owned(), shape(layer.output), params, macs, format!("{rows}x{columns}")]
        })
        .collect();
    let head = ["layer", "output", "parameters", "multiply-adds", "sees"].map(str::to_owned);
    let width = |column: usize| rows.iter().chain([&head]).map(|row| row[column].len()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);

    let mut text = String::new();
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("a String takes everything");
    line(format_args!("{}: {} in", N::NAME, shape(N::Input::SHAPE)));
    for ([name, output, params, macs, sees], words) in
        [(&head, "as written")].into_iter().chain(rows.iter().zip(N::LAYERS.iter().map(|layer| layer.words)))
    {
        let [a, b, c, d, e] = widths;
        line(format_args!("  {name:<a$}  {output:>b$}  {params:>c$}  {macs:>d$}  {sees:>e$}  {words}"));
    }
    let (params, macs) = (grouped(N::PARAMS as u64), grouped(N::MACS));
    line(format_args!("{params} parameters, {macs} multiply-adds a sample"));
    let (infer, train) = (grouped(N::INFER_BYTES as u64), grouped(N::TRAIN_BYTES as u64));
    line(format_args!("activations of a sample: {infer} bytes in inference, {train} in training"));
    text
}

/// The kernel that runs each layer of inference on this machine, for layers that have a choice, one line each. The
/// names are those of `docs/performance.md`.
pub fn kernels<N: Network>() -> String {
    let mut rows = Vec::new();
    N::kernels(&mut |layer, kernel| rows.push((&N::LAYERS[layer], kernel)));
    let width = |text: &dyn Fn(&(&LayerInfo, String)) -> usize| rows.iter().map(text).max().unwrap_or(0);
    let (names, kernels) = (width(&|row| row.0.name.len()), width(&|row| row.1.len()));
    let mut text = format!("{}: inference on {}\n", N::NAME, cpu());
    for (LayerInfo { name, words, .. }, kernel) in &rows {
        writeln!(text, "  {name:<names$}  {kernel:<kernels$}  {words}").expect("a String takes everything");
    }
    text
}

fn shape([height, width, channels]: [usize; 3]) -> String {
    if height == 1 && width == 1 { channels.to_string() } else { format!("{height}x{width}x{channels}") }
}

/// A number with its thousands apart: `61,706`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_kept_apart() {
        let all = [0, 7, 999, 1_000, 61_706, 1_000_000, u64::MAX].map(grouped);
        assert_eq!(all, ["0", "7", "999", "1,000", "61,706", "1,000,000", "18,446,744,073,709,551,615"]);
    }

    #[test]
    fn vectors_are_plain_numbers() {
        assert_eq!([[28, 28, 1], [1, 3, 5], [1, 1, 10]].map(shape), ["28x28x1", "1x3x5", "10"]);
    }
}
