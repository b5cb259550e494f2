//! Test files full of random networks.

use std::fmt::Write;

use super::network::{Declaration, Generator};

/// The files, by the letter of their names.
pub const FILES: [char; 4] = ['a', 'b', 'c', 'd'];
/// Networks of a file.
pub const NETWORKS: usize = 64;
/// Networks of one macro call.
const CALL: usize = 8;

/// The text of `random/networks_{letter}.rs`, for all files.
pub fn text() -> [String; FILES.len()] {
    let mut generator = Generator::new(1);
    let mut number = 0;
    FILES.map(|letter| {
        let networks: Vec<(usize, Declaration)> = (0..NETWORKS)
            .map(|_| {
                let network = generator.network();
                number += 1;
                (number - 1, network)
            })
            .collect();
        file(letter, &networks)
    })
}

fn file(letter: char, networks: &[(usize, Declaration)]) -> String {
    let (first, last) = (networks[0].0, networks[networks.len() - 1].0);
    let mut text = format!("//! Random networks {first} to {last} against the float64 reference.\n//!\n");
    text += "//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.\n\n";
    text += "#![allow(deprecated, reason = \"what is drawn is often not what anybody would mean\")]\n\n";
    text += "use cnn::network;\nuse cnn_tests::check::{check, check_all};\n";
    for call in networks.chunks(CALL) {
        text += "\nnetwork! {";
        for (number, network) in call {
            write_network(&mut text, *number, network);
        }
        text += "}\n";
    }
    write!(text, "\n#[test]\nfn networks_{letter}() {{\n    check_all(&[\n").expect("strings take text");
    for (number, _) in networks {
        writeln!(text, "        check::<Random{number:03}>,").expect("strings take text");
    }
    text + "    ]);\n}\n"
}

/// The declaration, its layers in lines of moderate length.
fn write_network(text: &mut String, number: usize, network: &Declaration) {
    let [height, width, channels] = network.input;
    let input = if network.is_vector { channels.to_string() } else { format!("{height}x{width}x{channels}") };
    write!(text, "\n    struct Random{number:03}: {input} =>").expect("strings take text");
    let (mut line, mut lines) = (String::new(), Vec::new());
    for words in &network.layers {
        if line.len() + words.len() > 96 {
            lines.push(std::mem::take(&mut line));
        }
        line += if line.is_empty() { "" } else { "  " };
        line += words;
    }
    lines.push(line);
    for line in lines {
        write!(text, "\n        {line}").expect("strings take text");
    }
    *text += ";\n";
}
