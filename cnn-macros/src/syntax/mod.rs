//! Tokens to syntax tree. Knows the grammar and nothing of layers, shapes or numbers' meaning.
//!
//! Parsing never fails as a whole: what cannot be read is reported, kept as `Broken`, and reading goes on at the next
//! argument, layer or item.

pub mod args;
pub mod ast;
pub mod compound;
pub mod cursor;
pub mod expr;
pub mod item;
pub mod literal;
pub mod parse;
pub mod render;

pub use parse::parse;
