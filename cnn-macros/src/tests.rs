//! Tests of the whole compiler: text in, mistakes or a checked network out.

mod expansion;

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::check::check;
use crate::diag::Diagnostics;
use crate::layers::{Gradient, Site, Wanted};
use crate::net::Net;
use crate::shape::Shape;
use crate::syntax::parse;

/// The networks of a declaration, and the messages about it.
fn compile(text: &str) -> (Vec<Option<Net>>, Vec<String>) {
    let mut errors = Diagnostics::default();
    let file = parse(text.parse().unwrap(), &mut errors);
    let nets = check(&file, &mut errors).into_iter().map(|checked| checked.net).collect();
    (nets, errors.take().iter().map(|mistake| mistake.text()).collect())
}

/// A network without mistakes.
pub fn net(text: &str) -> Net {
    let (mut nets, errors) = compile(text);
    assert!(errors.is_empty(), "{text}: {errors:?}");
    nets.pop().flatten().unwrap_or_else(|| panic!("no network in {text}"))
}

const VALID: &[&str] = &[
    "/// LeNet-5.
    #[max(params = 70_000, macs = \"1M\", ram = \"64K\")] #[derive(Clone)]
    pub struct LeNet5: 28x28x1 => conv(6, 5, p2) tanh pool(2) conv(16, 5) tanh pool(2) fc(120) tanh fc(84) tanh fc(10);",
    "let n = 2 * (3 + 5) % 100; let k = n / 5;
    pub(crate) struct A: [32, n * 2, 3] => <stem: conv(n, k, s = 1, pad = 1) @early -> relu, pool(2, ceil) -> 16x16x16
        conv(8, 3x5, s2x1, p[1, 0, 2, 2]) bn(eps = 1e-3, momentum = 0.01) leaky(0.1) drop(0.5) gap softmax>;",
    "struct B: 784 => fc(10, nobias); struct D: 8x6x12 => lrn(5, alpha = 1e-3, beta = 0.5, k = 2.0) ln gn(3, eps = 1e-4) inorm
        drop(0.1, channels) shuffle(4) slice(0, 8) pixelshuffle(2) up(2x1, bilinear) up(1, nearest) ln(channels) l2norm
        adaptive(4x3) reshape(2x3x4) reshape([1, 2, 12]) -> 1x2x12 conv(2, 3, same, direct) reshape(4) ln logsoftmax;
    struct C: 32 x 32 x 8 => dw(3, same, d2) conv(4, 1, g2, valid) conv(4, 5, s3, p?)
        deconv(6, 3x4, s2, p[1, 0, 1, 1], o1x0, d1x2, g2) deconv(2, 2, stride = 2, nobias) avg(3, s1, p1, floor) gmax elu(1.0) prelu id flatten -> 2 fc(2);",
    "struct E: 12 => embed(50, 6) -> 12x1x6 lstm(5) gru(4) -> 12x1x4 rnn(3, last) -> 3 fc(2);
    struct F: (word: 5x1x3, start: 8) => @word lstm(4, from = @start, state) -> 8 => { next: slice(0, 4) fc(6), state: id };",
    "let n = 1; let shared = { dw(3, same) relu6 };
    block basic(filters, stride = 1) {
        res { conv(filters, 3, s = stride, p1, nobias, floor) bn relu conv(filters, 3, p1, nobias) bn } via auto relu @out
    }
    struct G: 12x12x4 => #[frozen] conv(8, 3, same) #[frozen] bn relu, (n + 1) * basic(8) stage: 2 * { #[lr = 0.1] basic(8) }
        basic(6, s2) 2 * { conv(8, 1) hardswish } add[id | shared | #[init = he] conv(8, 1)] @sum
        mul[id | gap fc(4) relu fc(8) sigmoid] cat[@sum | sep(8, 3, same) | shared] bias
        res { sep(4, 3, same) hardsigmoid } via { conv(4, 1) silu } => { class: gap fc(10), r#type: pool(2) fc(4), again: id };",
    "let encoder = { #[frozen] conv(4, 3) gelu gmax };
    @library trunk Inner { let k = 4; block b { conv(k, 3) } let s = { b softplus }; struct Inner: 8x8x3 => s => { a: fc(3), b: relu }; }
    #[cfg(all())] pub struct H: (left: 8x8x3, r#in: 8x8x3) =>
        cat[encoder(left) | encoder(r#in) | @left trunk first: trunk flatten] mul[id | sigmoid] => { a: fc(2), b: fc(3) };",
];

/// The declarations above say all that can be said: what they lack is not tested.
#[test]
fn every_word_is_used() {
    fn words(tokens: TokenStream, found: &mut Vec<String>) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(word) => found.push(word.to_string()),
                TokenTree::Group(group) => words(group.stream(), found),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    VALID.iter().for_each(|text| words(text.parse().unwrap(), &mut found));
    let kinds = crate::layers::kinds();
    let options =
        kinds.flat_map(|kind| kind.parameters.iter().flat_map(|parameter| parameter.words).chain([&kind.word]));
    let others = ["add", "cat", "mul", "res", "via", "sep", "block", "let", "library", "frozen", "lr", "init"];
    let missing: Vec<&str> =
        options.copied().chain(others).filter(|word| found.iter().all(|known| known != word)).collect();
    assert!(missing.is_empty(), "nothing in VALID uses {missing:?}");
}

#[test]
fn valid_declarations_are_valid() {
    for text in VALID {
        let (nets, errors) = compile(text);
        assert!(errors.is_empty() && nets.iter().all(Option::is_some), "{text}: {errors:#?}");
    }
}

#[test]
fn the_dump_shows_the_network() {
    let net = net("struct Net: 32x32x3 => conv(10, 5, p2) relu @here pool(2) head: fc(10);");
    let expected = "\
net Net
  %0 input           32x32x3  input                   
  %1 conv1          32x32x10  conv(10, 5, p2)          <- %0
  %2 relu1          32x32x10  relu                     <- %1
  %3 pool1          16x16x10  pool(2)                  <- %2
  %4 head                 10  fc(10)                   <- %3
  output %4
";
    assert_eq!(net.to_string(), expected);
    assert_eq!((net.taps[0].name.clone(), net.taps[0].node.0), ("here".to_owned(), 2));
    assert_eq!(net.words.len(), 4);
}

#[test]
fn tensors_are_shaped_as_pytorchs() {
    let net = net("struct Net: 8x8x6 => conv(4, 3x5, g2, nobias) bn dw(2) prelu flatten drop(0.5) fc(3);");
    let mut table = String::new();
    for node in &net.nodes {
        for param in &node.params {
            let _ = write!(table, "{}.{} {:?} {:?}; ", node.name, param.suffix, param.shape, param.layout);
        }
    }
    let expected = "conv1.weight [4, 3, 3, 5] Conv { groups: 2 }; \
        bn1.weight [4] Plain; bn1.bias [4] Plain; bn1.running_mean [4] Plain; bn1.running_var [4] Plain; \
        dw1.weight [4, 1, 2, 2] Depthwise; dw1.bias [4] Plain; prelu1.weight [1] Plain; \
        fc1.weight [3, 60] Fc { height: 5, width: 3, channels: 4 }; fc1.bias [3] Plain; ";
    assert_eq!(table, expected);
    assert_eq!(net.params(), 180 + 8 + 20 + 1 + 183);
    assert_eq!(net.macs(), 6 * 4 * 180 + 5 * 3 * 4 * 4 + 180);
}

/// A network that is used brings its shared chains along: weights are shared within a use, and not between uses.
#[test]
fn shared_chains_of_a_network_are_fresh_at_each_use() {
    let inner = "@library inner Inner { let s = { fc(4, nobias) }; struct Inner: 4 => s relu s; }";
    let net = net(&format!("{inner} let s = {{ fc(4, nobias) }}; struct Net: 4 => s relu inner relu inner relu s;"));
    assert_eq!(net.params(), 3 * 16);
}

/// The reference on `network!` and the words that an editor shows agree with the table of kinds.
#[test]
fn every_kind_is_documented() {
    let reference = include_str!("../../src/lib.rs");
    let readme = include_str!("../../README.md");
    let table: String = readme.lines().filter(|line| line.starts_with('|')).collect();
    let words = include_str!("../../cnn-runtime/src/words.rs");
    for kind in crate::layers::kinds() {
        let row = format!("| {} | {} |", crate::messages::usage(kind), kind.about);
        assert!(reference.contains(&row), "src/lib.rs lacks the row: {row}");
        let item = format!("\n    {};\n", kind.word);
        assert!(words.contains(&item), "cnn-runtime/src/words.rs lacks `{}`", kind.word);
        assert!(table.contains(&format!("`{}`", kind.word)), "README's table lacks `{}`", kind.word);
        for word in kind.parameters.iter().flat_map(|parameter| parameter.words) {
            let is_row = |line: &&str| line.starts_with("/// | `") && line.contains(&format!("`{word}`"));
            let row = reference.lines().filter(is_row).find(|line| {
                // The kinds that take it stand in the second column; what a row of a kind says holds for that kind.
                line.split('|').nth(2).is_some_and(|kinds| kinds.split(", ").any(|known| known.trim() == kind.word))
                    || line.contains(&format!("| `{}(", kind.word))
            });
            assert!(row.is_some(), "src/lib.rs says nothing of `{word}` of `{}`", kind.word);
        }
    }
    for other in ["#[max(", "#[min(field = ", "use crate::", "block name(", "#[frozen]", "#[lr = ", "#[init = "] {
        assert!(reference.contains(other), "src/lib.rs lacks `{other}`");
    }
}

#[test]
fn every_kind_has_an_example_that_checks() {
    for kind in crate::layers::kinds() {
        let examples: Vec<&str> = kind.parameters.iter().map(|parameter| parameter.example).collect();
        let required =
            kind.parameters.iter().filter(|parameter| parameter.place == crate::layers::kind::Place::Required);
        let args: Vec<&str> = required.map(|parameter| parameter.example).collect();
        let call = if args.is_empty() { kind.word.to_owned() } else { format!("{}({})", kind.word, args.join(", ")) };
        // A volume, or a vector for what reads indices.
        let input = if kind.word == "embed" { "7" } else { "12x12x4" };
        let net = net(&format!("struct Net: {input} => {call};"));
        assert_eq!(net.nodes.len(), 2, "{call}: {examples:?}");
        assert!(!kind.about.is_empty());
    }
}

#[test]
fn one_mistake_is_one_error() {
    for mistake in ["conv(10)", "cnov(10, 3)", "conv(10, 3, s5)", "conv(10, 3, q1)", "conv(0, 3)", "0 * relu", "fc(x)"]
    {
        let rest = "bn relu conv(20, 3) relu pool(2) -> 9x9x9 conv(40, 3) bn relu pool(2) drop(0.5) fc(10) softmax";
        let (nets, errors) = compile(&format!("struct Net: 32x32x3 => {mistake} {rest};"));
        assert_eq!(errors.len(), 1, "{mistake}: {errors:#?}");
        assert!(nets[0].is_none());
    }
}

/// Every suggestion of a call or an option compiles: the text between the first backticks of each is put in place.
#[test]
fn suggestions_compile() {
    let mut tried = 0;
    for size in 1..12 {
        for stride in 1..6 {
            for word in ["conv(4, ", "pool(", "avg(", "dw("] {
                let call = format!("{word}{size}, s{stride}");
                let (_, errors) = compile(&format!("struct Net: 9x7x4 => {call});"));
                let Some(help) = errors.first().and_then(|error| error.split_once("help: ")) else { continue };
                for suggestion in help.1.split("`, `").flat_map(|part| part.split("`")).filter(|text| !text.is_empty())
                {
                    let (suggestion, is_option) = match suggestion {
                        gives if gives.starts_with(" gives") => continue,
                        call if call.contains('(') => (call.to_owned(), false),
                        option if option.starts_with('s') && option != "same" => {
                            (format!("{word}{size}, {option})"), true)
                        }
                        option => (format!("{call}, {option})"), true),
                    };
                    let (_, errors) = compile(&format!("struct Net: 9x7x4 => {suggestion};"));
                    assert!(errors.is_empty(), "{call}): {suggestion} ({is_option}): {errors:#?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// The help, or what stands in its place, of the last mistake.
#[test]
fn help_is_what_was_meant() {
    for (layers, expected) in [
        ("32x32x3 => conv(8, 3, s2, p1)", "`floor` gives 16x16x8, `p[0, 1, 0, 1]` gives 16x16x8"),
        ("7x7x3 => conv(10, 3, s3)", ": `s1` gives 5x5x10, `s2` gives 3x3x10, `p1` gives 3x3x10"),
        ("28x28x1 => Conv2d(1, 8, kernel_size=3, padding=1)", ": `conv(8, 3, p1)` gives 28x28x8"),
        ("28x28x1 => Conv2d(1, 8, 5, padding=(2, 2), bias=False)", ": `conv(8, 5, p2, nobias)` gives 28x28x8"),
        ("28x28x4 => Conv2d(4, 8, (3, 5), 2, 0, 1, 2)", ": `conv(8, 3x5, s2, g2, floor)` gives 13x12x8"),
        ("28x28x1 => Conv2d(1, 8)", "`Conv2d` is called `conv` here"),
        ("28x28x1 => Conv2d(1, 8, 3, padding_mode=zeros)", "`Conv2d` is called `conv` here"),
        ("28x28x1 => Conv2d(8, 3, p1)", ": `conv(8, 3, p1)` gives 28x28x8"),
        ("28x28x1 => Conv2D(8, 3, 1)", ": `conv(8, 3)` gives 26x26x8"),
        ("28x28x1 => Conv2D(8, 3, activation=relu)", "`Conv2D` is called `conv` here"),
        ("28x28x1 => conv(8, kernel_size=3)", ": `conv(8, 3)` gives 26x26x8"),
        ("28x28x1 => MaxPool2d(3, stride=2)", ": `pool(3, s2, floor)` gives 13x13x1"),
        ("28x28x1 => AvgPool2d(2, padding=1)", "`AvgPool2d` is called `avg` here"),
        ("28x28x1 => AdaptiveAvgPool2d((1, 1))", ": `adaptive(1)` gives 1x1x1"),
        ("28x28x1 => AdaptiveAvgPool2d((7, 5))", ": `adaptive(7x5)` gives 7x5x1"),
        ("7x7x8 => ConvTranspose2d(8, 4, 4, 2, 1)", ": `deconv(4, 4, s2, p1)` gives 14x14x4"),
        (
            "7x7x8 => ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)",
            ": `deconv(4, 3, s2, p1, o1)` gives 14x14x4",
        ),
        ("7x7x8 => Upsample(scale_factor=2)", ": `up(2)` gives 14x14x8"),
        ("7x7x8 => GroupNorm(4, 8)", ": `gn(4)` gives 7x7x8"),
        ("7x7x8 => PixelShuffle(upscale_factor=2)", ": `pixelshuffle(2)` gives 14x14x2"),
        ("7x7x8 => Dropout2d(0.2)", ": `drop(0.2, channels)` gives 7x7x8"),
        ("7x7x8 => LocalResponseNorm(5)", ": `lrn(5)` gives 7x7x8"),
        ("28x28x1 => BatchNorm2d(1, eps=1e-3)", ": `bn(eps = 1e-3)` gives 28x28x1"),
        ("28x28x1 => Dropout(p=0.2)", ": `drop(0.2)` gives 28x28x1"),
        ("28x28x1 => Flatten(start_dim=1)", ": `flatten` gives 784"),
        ("20x1x8 => LSTM(8, 64)", ": `lstm(64)` gives 20x1x64"),
        ("20x1x8 => GRU(input_size=8, hidden_size=64, batch_first=True)", ": `gru(64)` gives 20x1x64"),
        ("20x1x8 => SimpleRNN(64)", ": `rnn(64)` gives 20x1x64"),
        ("20 => Embedding(1000, 32)", ": `embed(1000, 32)` gives 20x1x32"),
        ("20 => Embedding(num_embeddings=1000, embedding_dim=32)", ": `embed(1000, 32)` gives 20x1x32"),
        ("1568 => Linear(1568, 10)", ": `fc(10)` gives 10"),
        ("28x28x1 => pool(3) Linear(1568, 10)", ": `fc(10)`"),
        ("28x28x1 => pool(3) drop", ": `drop(0.5)`, for example"),
        ("3x32x32 => conv(8, 3) relu conv(8, 3)", "shapes are height x width x channels: `32x32x3`"),
        ("28x28x1 => conv(wdith, 3)", ": `width` gives 26x26x16"),
        ("28x28x1 => conv(8, 3, s1, padding=(1, 0))", ": `p1x0` gives 28x26x8"),
        ("28x28x1 => conv(8, (3, 3))", ": `3x3` gives 26x26x8"),
        ("28x28x1 => fc(\"ten\")", "`\"ten\"` is not a number"),
        ("28x28x1 => relu { x: 3 }", "`relu` takes no arguments"),
        ("28x28x1 => conv [8, 3]", ": `conv(8, 3)`"),
        ("28x28x1 => conv { filters: 8, size: 3 }", "the arguments of `conv` stand in parentheses"),
    ] {
        let (_, errors) = compile(&format!("let width = 16; struct Net: {layers};"));
        let last = errors.last().map(String::as_str).unwrap_or_default();
        assert!(last.ends_with(expected), "{layers}: {last}");
    }
}

/// A network with a mistake makes what its last layers make whatever comes before.
#[test]
fn the_output_behind_a_mistake_may_be_known() {
    for (layers, expected) in [
        ("28x28x1 => pool(3) fc(10)", Some(Shape::vector(10))),
        ("28x28x1 => pool(3) fc(20) relu fc(10) bn drop(0.5) softmax id", Some(Shape::vector(10))),
        ("28x28x1 => fc(10) pool(3)", None),
        ("28x28x1 => pool(3) fc(10) conv(3, 3)", None),
        ("28x28x1 => pool(3) fc(-1)", None),
        ("28x28x1 => pool(3) gap", None),
        ("28x28x1 => pool(3) fc(10) 3 relu", None),
    ] {
        let mut errors = Diagnostics::default();
        let file = parse(format!("struct Net: {layers};").parse().unwrap(), &mut errors);
        let checked = check(&file, &mut errors);
        assert!(!errors.take().is_empty(), "{layers}");
        assert_eq!(checked[0].outline.outputs[0].1, expected, "{layers}");
    }
}

/// A small generator of repeatable numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

const NOISE: &[&str] = &[
    "conv",
    "(",
    "fc(10)",
    "32x32x3",
    "0x3",
    "8e4",
    "-1",
    "99999999999999999999",
    "4294967296",
    "9223372036854775807",
    "->",
    "=>",
    ",",
    ";",
    "@",
    "@x",
    "?",
    "p?",
    "[",
    "{}",
    "[,]",
    "()",
    "<",
    ">",
    "|",
    "||",
    "'a",
    "\"s\"",
    "'c'",
    "struct",
    "let",
    "block",
    "pub",
    "#",
    "#[max]",
    "#[max(params = 1)]",
    "res {}",
    "add[]",
    "x",
    "s2",
    "p",
    "s0",
    "::",
    ".",
    "=",
    "*",
    "3 *",
    "/ 0",
    "%",
    "+",
    "!",
    "r#type",
    "_",
    "1.5f32",
    "b\"x\"",
    "same",
    "ceil",
    "p[1,2,3,4]",
    "macro_rules! m {}",
    "self",
    "super",
    "r#fn",
    "crate",
    "block b(n) { relu }",
    "b",
    "b(2)",
    "let c = { relu };",
    "c",
    "via",
    "via auto",
    "res { relu }",
    "add[id | relu]",
    "cat[@x | id]",
    "{ relu }",
    "=> { a: relu, self: fc(2) }",
    "(a: 4, b: 4)",
    "sep(4, 3)",
    "9_999 *",
    "#[frozen]",
    "#[lr = 1e30]",
    "#[cfg(any())]",
    "use a::B;",
    "use a",
    "@library l N { struct N: 4 => fc(2); }",
    "l",
];

/// Changes a stream somewhere: removes, doubles, swaps, inserts, cuts, also inside groups.
fn mutate(stream: TokenStream, dice: &mut Dice, depth: usize) -> TokenStream {
    let mut trees: Vec<TokenTree> = stream.into_iter().collect();
    let at = dice.roll(trees.len());
    if let (true, Some(TokenTree::Group(group))) = (dice.roll(3) > 0 && depth < 8, trees.get(at)) {
        let inner = mutate(group.stream(), dice, depth + 1);
        let delimiter = match dice.roll(12) {
            0 => Delimiter::None,
            1 => Delimiter::Brace,
            2 => Delimiter::Bracket,
            _ => group.delimiter(),
        };
        trees[at] = Group::new(delimiter, inner).into();
        return trees.into_iter().collect();
    }
    match dice.roll(6) {
        0 if !trees.is_empty() => drop(trees.remove(at)),
        1 if !trees.is_empty() => trees.insert(at, trees[at].clone()),
        2 if trees.len() > 1 => {
            let other = dice.roll(trees.len());
            trees.swap(at, other);
        }
        3 => trees.truncate(at),
        _ => {
            let noise = NOISE[dice.roll(NOISE.len())].parse::<TokenStream>().unwrap_or_default();
            let tail = trees.split_off(at.min(trees.len()));
            trees.extend(noise);
            trees.extend(tail);
        }
    }
    trees.into_iter().collect()
}

/// Whatever the tokens: no panic, and either code or an error; a network whose name can be read stays a type.
#[test]
fn no_tokens_make_it_panic() {
    let mut dice = Dice(5);
    let rounds = 1000;
    let mut right = 0;
    for round in 0..rounds {
        for valid in VALID {
            let mut tokens: TokenStream = valid.parse().unwrap();
            for _ in 0..=dice.roll(6) {
                tokens = mutate(tokens, &mut dice, 0);
            }
            let names: Vec<String> = names(&tokens);
            let expanded = crate::expand::expand(quote!((cnn) #tokens)).to_string();
            let is_wrong = expanded.contains("compile_error");
            right += usize::from(!is_wrong);
            assert!(!expanded.contains("does not know why"), "round {round}: {tokens}\n{expanded}");
            let missing = names.iter().find(|name| !expanded.contains(&format!("struct {name} ")));
            assert!(missing.is_none() || !is_wrong, "round {round}: no {missing:?} for {tokens}\n{expanded}");
        }
    }
    // Some changes do no harm: the others are what is tested.
    assert!((50..rounds).contains(&right), "{right}");
}

/// Every emitted call is Rust, with offsets for all of a layer's tensors.
#[test]
fn emitted_calls_are_rust() {
    for text in VALID {
        let name = quote::format_ident!("CONSTANT");
        for net in compile(text).0.into_iter().flatten() {
            for (id, node) in net.iter().filter(|(_, node)| node.op.is_some()) {
                let op = node.op.as_ref().unwrap();
                let owner = node.shares.map_or(node, |owner| &net[owner]);
                let offsets: Vec<_> =
                    owner.params.iter().enumerate().map(|(i, param)| (param.suffix, 100 * i)).collect();
                let gradient = |id: &crate::net::NodeId| match id.0 % 3 {
                    0 => Gradient::None,
                    1 => Gradient::Overwrite(quote!(&D_INPUT), Wanted::Always),
                    _ => Gradient::Accumulate(quote!(&D_INPUT), Wanted::IfAsked),
                };
                let site = Site {
                    constant: quote!(&CONSTANT),
                    input: quote!(&INPUT),
                    reads_samples: false,
                    inputs: vec![quote!(&INPUT); node.inputs.len()],
                    in_place: vec![false; node.inputs.len()],
                    output: quote!(&OUTPUT),
                    d_output: quote!(&D_OUTPUT),
                    d_input: quote!(&D_INPUT),
                    d_input_is: Wanted::IfAsked,
                    gradients: node.inputs.iter().map(gradient).collect(),
                    mask: quote!(&MASK),
                    pool: false,
                    adds: false,
                    activation: quote!(rt::Activation::Identity),
                    offsets: &offsets,
                    shapes: net.shapes(id),
                    record: 0,
                    derived: 0,
                    prepared: 0,
                    exchange: 0,
                    noise: 0,
                    name: &name,
                };
                let calls = [
                    op.derive(&site),
                    op.infer(&site),
                    op.forward(&site),
                    op.backward(&site),
                    op.prepare(&site),
                    op.measure(&site),
                    op.combine(&site),
                    op.measure_gradient(&site),
                    op.combine_gradient(&site),
                ];
                for call in calls {
                    assert!(syn::parse2::<syn::Block>(quote!({ #call })).is_ok(), "{}: {call}", node.words);
                }
                if let Some(constant) = op.constant(&site) {
                    assert!(syn::parse2::<syn::Expr>(constant.value.clone()).is_ok(), "{}", constant.value);
                    let start = format!("rt :: {} {{", constant.ty);
                    assert!(constant.value.to_string().starts_with(&start), "{}", constant.value);
                }
            }
        }
    }
}

/// Names of networks that cannot be missed: `pub struct Name :` at the start of an item.
fn names(tokens: &TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let text = |tree: &TokenTree| tree.to_string();
    let mut names = Vec::new();
    for (at, window) in trees.windows(4).enumerate() {
        let starts = at == 0 || text(&trees[at - 1]) == ";";
        if let [pub_, struct_, name, colon] = window
            && starts
            && text(pub_) == "pub"
            && text(struct_) == "struct"
            && text(colon) == ":"
            && syn::parse_str::<syn::Ident>(&text(name)).is_ok()
            && !names.contains(&text(name))
        {
            names.push(text(name));
        }
    }
    names
}
