//! Tells the crate how far it is optimised, so that training can say when that is why it is slow.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let level = std::env::var("OPT_LEVEL").unwrap_or_default();
    println!("cargo::rustc-check-cfg=cfg(unoptimized)");
    if level == "0" || level == "1" {
        println!("cargo::rustc-cfg=unoptimized");
    }
}
