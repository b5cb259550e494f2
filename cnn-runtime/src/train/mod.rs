//! Training: batches, the loop over them, its options and what it reports.
//!
//! Knows networks only through [`Network`](crate::Network) and its model: parameters are one flat slice.

mod augmentation;
mod best;
mod fit;
mod progress;
mod rates;
mod report;
mod run;
mod schedule;
mod trainer;

pub use fit::Fit;
pub use report::{Epoch, Report};
pub use schedule::Schedule;
pub use trainer::{Evaluation, Trainer};
