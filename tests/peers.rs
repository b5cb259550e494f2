//! Other systems are measured on the networks of `benches/networks.rs`: what `benches/peers/networks.txt` says of them.

use std::collections::BTreeMap;

/// Every network's input and layers, in the words of `networks.txt`.
type Networks = BTreeMap<String, String>;

fn theirs() -> Networks {
    let lines = include_str!("../benches/peers/networks.txt").lines().filter(|line| !line.starts_with('#'));
    let networks = lines.filter_map(|line| line.split_once(':')).map(|(head, layers)| {
        let (name, input) = head.split_once(' ').expect("a name and an input");
        let layers: Vec<&str> = layers.split(',').map(str::trim).collect();
        (name.to_owned(), format!("{}: {}", input.trim(), layers.join(", ")))
    });
    networks.collect()
}

fn ours() -> Networks {
    let source = include_str!("../benches/networks.rs");
    let macro_call = source.split_once("network! {\n").and_then(|(_, rest)| rest.split_once("\n}\n"));
    let (declarations, _) = macro_call.expect("a call of the macro");
    let lines: Vec<&str> = declarations.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let lines = lines.join(" ");
    let networks =
        lines.split(';').filter_map(|declaration| declaration.trim().strip_prefix("struct ")).map(|network| {
            let (head, layers) = network.split_once("=>").expect("an input and layers");
            let (name, input) = head.split_once(':').expect("a name and an input");
            let sizes: Vec<&str> = input.trim().split('x').collect();
            let input = match *sizes {
                [height, width, channels] => format!("{channels} {height} {width}"),
                _ => format!("{} 1 1", sizes[0]),
            };
            let layers: Vec<String> = words(layers).map(|(word, arguments)| translate(word, &arguments)).collect();
            (name.to_lowercase(), format!("{input}: {}", layers.join(", ")))
        });
    networks.collect()
}

/// Layers and their arguments, of which there are no nested ones here.
fn words(layers: &str) -> impl Iterator<Item = (&str, Vec<&str>)> {
    let mut left = layers.trim();
    std::iter::from_fn(move || {
        let end = left.find([' ', '(']).unwrap_or(left.len());
        let (word, behind) = left.split_at(end);
        let (arguments, behind) = match behind.strip_prefix('(') {
            Some(inside) => inside.split_once(')').expect("a closing parenthesis"),
            None => ("", behind),
        };
        left = behind.trim_start();
        (!word.is_empty()).then(|| (word, arguments.split(", ").collect()))
    })
}

fn translate(word: &str, arguments: &[&str]) -> String {
    let option = |letter| arguments.iter().find_map(|argument| argument.strip_prefix(letter)?.parse::<usize>().ok());
    let has = |option| arguments.contains(&option);
    let size = || arguments[usize::from(word == "conv")].parse::<usize>().expect("a size");
    match word {
        "conv" => {
            let pad = option('p').unwrap_or(if has("same") { size() / 2 } else { 0 });
            format!("conv {} {} {} {pad}", arguments[0], size(), option('s').unwrap_or(1))
        }
        "pool" => format!("pool {} {}", size(), option('s').unwrap_or(size())),
        "fc" => format!("{} {}", if has("nobias") { "fc_nobias" } else { "fc" }, arguments[0]),
        "bn" => "norm".to_owned(),
        other => other.to_owned(),
    }
}

#[test]
fn peers_run_the_same_networks() {
    let (ours, theirs) = (ours(), theirs());
    assert_eq!(ours.len(), 8, "{ours:#?}");
    assert_eq!(ours, theirs);
}
