//! Test files full of random graphs.

use std::fmt::Write;

use super::graph::{GraphText, graph};
use crate::check::Random;

/// The files, by the letter of their names.
pub const GRAPH_FILES: [char; 6] = ['a', 'b', 'c', 'd', 'e', 'f'];
/// Networks of a file.
pub const GRAPHS: usize = 52;
/// Networks of one macro call.
const CALL: usize = 13;

/// The text of `random/graphs_{letter}.rs`, for all files.
pub fn graph_text() -> [String; GRAPH_FILES.len()] {
    let mut random = Random::new(2);
    let mut number = 0;
    GRAPH_FILES.map(|letter| {
        let first = number;
        let graphs: Vec<GraphText> = (0..GRAPHS).map(|i| graph(&mut random, first + i)).collect();
        number += GRAPHS;
        file(letter, first, &graphs)
    })
}

fn file(letter: char, first: usize, graphs: &[GraphText]) -> String {
    let last = first + graphs.len() - 1;
    let mut text = format!("//! Random graphs {first} to {last} against the float64 reference.\n//!\n");
    text += "//! Written by `tests/generate`: `UPDATE=1 cargo test -p cnn-tests --lib generate` writes it anew.\n\n";
    text += "#![allow(deprecated, reason = \"what is drawn is often not what anybody would mean\")]\n\n";
    text += "use cnn_tests::{check_declared, declare};\n";
    let mut tests = String::new();
    for (call, graphs) in graphs.chunks(CALL).enumerate() {
        write!(text, "\ndeclare! {{ CALL_{call};").expect("strings take text");
        for graph in graphs {
            graph.items.iter().chain([&graph.network]).for_each(|item| write_item(&mut text, item));
            text += "\n";
        }
        text += "}\n";
        write!(tests, "\n#[test]\nfn graphs_{letter}_{call}() {{\n    check_declared!(CALL_{call}:")
            .expect("strings take text");
        for (index, _) in graphs.iter().enumerate() {
            let (comma, number) = (if index == 0 { " " } else { ", " }, first + call * CALL + index);
            write!(tests, "{comma}Graph{number:03}").expect("strings take text");
        }
        tests += ");\n}\n";
    }
    text + &tests
}

/// An item in lines of moderate length, broken outside of arguments.
fn write_item(text: &mut String, item: &str) {
    for line in item.lines() {
        let begin = if line.starts_with(' ') { "\n        " } else { "\n    " };
        *text += begin;
        let (mut length, mut depth) = (0, 0_usize);
        for (place, word) in line.split_whitespace().enumerate() {
            if depth == 0 && length + word.len() > 90 {
                *text += "\n        ";
                length = 0;
            } else if place > 0 {
                *text += " ";
            }
            *text += word;
            length += word.len() + 1;
            depth += word.matches('(').count();
            depth = depth.saturating_sub(word.matches(')').count());
        }
    }
}
