//! The page that shows what LeNet-5 becomes, and the bound on how large it may become.

const DECLARATION: &str = "\
/// LeNet-5 (LeCun et al., 1998).
pub struct LeNet5: 28x28x1 =>
    conv(6, 5, p2) tanh  pool(2)
    conv(16, 5)    tanh  pool(2)
    fc(120) tanh  fc(84) tanh  fc(10);
";

/// What a declaration becomes, as rustfmt would print it.
fn expansion(declaration: &str) -> String {
    let tokens = format!("(::cnn) {declaration}").parse().unwrap();
    let file = syn::parse2(crate::expand::expand(tokens)).unwrap();
    // prettyplease leaves macro-made idents as they are; nothing else is needed.
    prettyplease::unparse(&file)
}

#[test]
fn docs_expansion_is_up_to_date() {
    let code = expansion(DECLARATION);
    let page = format!(
        "# What a declaration becomes

`cnn-macros` turns

```text
network! {{
{}}}
```

into the code below: constants that the compiler worked out, and straight-line passes that call the runtime.
`X` are the places of values in inference, `T` those in training, `D` those of gradients, `M` those of masks; the number counts the layers from the input, 0.
A number is missing where an activation or a pooling is done by the layer before it, in the same memory.
A `Map` is an offset in the arena, a height, width and number of channels, and a border of zeros; values that are never alive together may lie in the same place.
`UPDATE=1 cargo test -p cnn-macros` rewrites this page.

```rust,ignore
{code}```
",
        DECLARATION.lines().map(|line| format!("    {line}\n")).collect::<String>()
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/expansion.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == page, "docs/expansion.md is out of date: UPDATE=1 cargo test -p cnn-macros");
}

#[test]
fn the_expansion_grows_evenly_with_the_declaration() {
    let layers = |count: usize| format!("struct Deep: 16x16x8 => {} fc(10);", "conv(8, 3, same) relu ".repeat(count));
    let [ten, twenty, thirty] = [10, 20, 30].map(|count| expansion(&layers(count)).len());
    let (first, second) = (twenty - ten, thirty - twenty);
    assert!(second < first + first / 8, "10 layers more took {first} characters, the next 10 {second}");
}

#[test]
fn the_same_declaration_gives_the_same_code() {
    assert_eq!(expansion(DECLARATION), expansion(DECLARATION));
}

/// Words of the passes of a network: what grows must be the declaration.
fn words_of_passes(declaration: &str) -> usize {
    fn count(tokens: proc_macro2::TokenStream) -> usize {
        let size = |tree| match tree {
            proc_macro2::TokenTree::Group(group) => 1 + count(group.stream()),
            _ => 1,
        };
        tokens.into_iter().map(size).sum()
    }
    let file: syn::File = syn::parse2(crate::expand::expand(format!("(cnn) {declaration}").parse().unwrap())).unwrap();
    let mut passes = 0;
    for item in file.items {
        let syn::Item::Const(item) = item else { continue };
        let syn::Expr::Block(block) = *item.expr else { continue };
        for statement in block.block.stmts {
            // Tables of layers and tensors, which have a row for each, stand in `impl Network`.
            let is_table = |item: &syn::ItemImpl| {
                item.trait_.as_ref().is_some_and(|(path, _)| path.segments.last().unwrap().ident == "Network")
            };
            match statement {
                syn::Stmt::Item(syn::Item::Impl(item)) if is_table(&item) => {}
                syn::Stmt::Item(item) => passes += count(quote::quote!(#item)),
                _ => {}
            }
        }
    }
    passes
}

#[test]
fn repeats_add_no_code() {
    for body in
        ["conv(16, 3, same, nobias) bn relu", "res { conv(16, 3, same) relu conv(16, 3, same) } relu", "fc(200) relu"]
    {
        let words = |layers: &str| words_of_passes(&format!("struct A: 8x8x16 => conv(16, 1) relu {layers} fc(3);"));
        let [few, many] = [8, 64].map(|rounds| words(&format!("{rounds} * {{ {body} }}")));
        let written_out = (words(&format!("{body} {body} {body}")) - words(body)) / 2;
        // Where the plan gives rounds places without a rule, a table has a number and a comma for each.
        let growth = (many - few) / 56;
        assert!(growth * 8 < written_out, "{body}: a round takes {growth} words, {written_out} if it is written out");
    }
}
