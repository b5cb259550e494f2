// Names of the program do not disturb a network, wherever it stands.
#![deny(warnings, missing_docs)]
#![allow(dead_code)]
//! Hygiene.

/// Not the standard library's.
pub struct Option;
/// Not the standard library's.
pub struct Some;
/// Not the standard library's.
pub struct Vec;
/// Not the standard library's.
pub struct Box;
/// Not the standard library's.
pub struct String;
/// Not the standard library's.
pub trait Sync {}
/// Not the crate.
pub mod core {}
/// Not the crate.
pub mod std {}
/// Not the crate.
pub mod cnn {}
/// Not the runtime's door.
pub mod rt {}

::cnn::network! {
    /// Fully named.
    #[derive(Clone)]
    pub struct Net: 8x8x1 => conv(4, 3, nobias) bn relu drop(0.5) pool(2) @pooled fc(3) softmax;
    struct Private: 8 => fc(2);
    pub(crate) struct Crate: 8 => fc(2);
}

/// Declared by a macro of the program.
macro_rules! classifier {
    ($(#[$attr:meta])* $vis:vis $name:ident, $input:expr, $classes:literal, $hidden:expr, $($layers:tt)*) => {
        ::cnn::network! {
            $(#[$attr])* $vis struct $name: [8, 8, $input] => $($layers)* fc(2 * $hidden) relu fc($classes);
        }
    };
}

classifier! {
    /// By way of another macro.
    pub Classifier, 3, 10, 1 + 2, conv(4, 3) relu
}

const _: () = assert!(Classifier::PARAMS == 112 + 4 * 36 * 6 + 6 + 70);

fn main() {
    let (input, output, pass) = (1, 2, 3);
    ::cnn::network! {
        struct Local: 784 => fc(10) relu;
    }
    assert!(Local::PARAMS == 7850 && input + output == pass);
}
