//! The compiler behind `network!`.

mod codegen;
mod layers;
mod net;
mod plan;
mod shape;
