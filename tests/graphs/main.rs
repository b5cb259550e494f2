//! Networks that are no chains, against the float64 reference, which reads their declarations itself.

#![allow(deprecated, reason = "what is unusual is tested too")]

mod blocks;
mod cats;
mod frozen;
mod joins;
mod residuals;
mod shared;
mod sides;
mod stages;
mod states;
mod taps;
