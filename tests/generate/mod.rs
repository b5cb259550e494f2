//! Random declarations of networks, the same on every machine.
//!
//! Shapes are worked out by the reference, so that whatever it writes is valid by arithmetic that the macro does not
//! share.

mod file;
mod layers;
mod network;

#[cfg(test)]
mod tests;

pub use file::{FILES, NETWORKS, text};
pub use network::{Declaration, Generator};
