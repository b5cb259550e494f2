//! The compiler behind `network!`.

mod layers;
mod net;
mod shape;
