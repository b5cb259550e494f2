//! The committed networks are those that the generator writes, and cover the language.

use std::path::Path;

use super::{FILES, Generator, NETWORKS, layers, text};

#[test]
fn generated_files_are_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("random");
    for (letter, text) in FILES.into_iter().zip(text()) {
        let path = folder.join(format!("networks_{letter}.rs"));
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
