//! Random declarations of networks, the same on every machine.
//!
//! Shapes are worked out by the reference, so that whatever it writes is valid by arithmetic that the macro does not
//! share.

mod file;
mod graph;
mod graph_file;
mod layers;
mod network;
mod steps;

#[cfg(test)]
mod tests;

pub use file::{FILES, NETWORKS, text};
pub use graph::{GraphText, graph};
pub use graph_file::{GRAPH_FILES, GRAPHS, graph_text};
pub use network::{Declaration, Generator};
