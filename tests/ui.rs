//! What the compiler says to a mistake, word for word, and that what is right compiles.
//!
//! `TRYBUILD=overwrite cargo test -p cnn-tests --test ui` writes the expected text anew; read what it wrote.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    for topic in ["parse", "arguments", "shape", "names", "graph", "lint", "recovery"] {
        cases.compile_fail(format!("ui/{topic}/*.rs"));
    }
}
