//! What the tests share.

pub mod check;
pub mod generate;
pub mod reference;
