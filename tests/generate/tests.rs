//! The committed networks are those that the generator writes, and cover the language.

use std::path::Path;

use super::{FILES, GRAPH_FILES, GRAPHS, Generator, NETWORKS, graph, graph_text, layers, text};
use crate::check::Random;

#[test]
fn generated_files_are_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("random");
    let networks = FILES.into_iter().zip(text()).map(|(letter, text)| (format!("networks_{letter}.rs"), text));
    let graphs = GRAPH_FILES.into_iter().zip(graph_text()).map(|(letter, text)| (format!("graphs_{letter}.rs"), text));
    for (name, text) in networks.chain(graphs) {
        let path = folder.join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "{} is not what `UPDATE=1` writes", path.display());
    }
}

#[test]
fn words_and_options_are_covered() {
    let mut generator = Generator::new(1);
    let networks: Vec<_> = (0..FILES.len() * NETWORKS).map(|_| generator.network()).collect();
    for word in layers::WORDS {
        assert!(generator.written[word.name] >= 12, "{}: {:?}", word.name, generator.written);
    }
    let layers: Vec<&str> = networks.iter().flat_map(|network| &network.layers).map(String::as_str).collect();
    let many = |what: &str, least: usize, is: &dyn Fn(&str) -> bool| {
        let count = layers.iter().filter(|layer| is(layer)).count();
        assert!(count >= least, "{what}: {count}");
    };
    for word in ["conv", "dw", "pool", "avg"] {
        for option in [", s", ", same", ", p", "p[", "floor", "ceil"] {
            many(&format!("{word} {option}"), 3, &|layer| layer.starts_with(word) && layer.contains(option));
        }
    }
    for option in [", d", "nobias", "valid", "p?", "p0x", "p1x", "s2x1", " = ", "last"] {
        many(option, 3, &|layer| layer.contains(option));
    }
    many("groups", 15, &|layer| layer.contains(", g"));
    many("longest words", layers.len(), &|layer| layer.len() < 60);

    let sizes: Vec<usize> = networks.iter().map(|network| network.layers.len()).collect();
    assert_eq!((sizes.iter().min(), sizes.iter().max()), (Some(&2), Some(&7)));
    assert!(networks.iter().filter(|network| network.is_vector).count() >= 5);
    assert!(networks.iter().all(|network| network.params <= 20_000));
}

#[test]
fn what_graphs_are_made_of_is_covered() {
    let mut random = Random::new(2);
    let graphs: Vec<String> = (0..GRAPH_FILES.len() * GRAPHS).map(|number| graph(&mut random, number).text()).collect();
    for part in [
        "add[",
        "cat[",
        "mul[",
        "res {",
        "via auto",
        "via {",
        " @t",
        "[@t",
        "| @t",
        "2 * {",
        "3 * {",
        "stage1: ",
        "block ",
        "2 * b",
        "let e",
        "bn",
        "left: ",
        "numbers: ",
        "class: ",
        "more: ",
        "place: id",
        "place: @t",
        "mul[gmax",
        "flatten",
        "strided conv",
    ] {
        let part = if part == "strided conv" { "s2, p1, floor) | pool(3" } else { part };
        let count = graphs.iter().filter(|text| text.contains(part)).count();
        assert!(count >= 3, "{part}: {count}");
    }
}
