//! What came of a check, and how it is told.

use std::fmt;
use std::time::Duration;

use super::machine::Facts;

/// What came of a check.
#[derive(Debug)]
pub struct Outcome {
    /// The network's name and layers, and what was drawn for it.
    pub network: String,
    /// All that is wrong with it.
    pub findings: Vec<String>,
    /// Slopes that were compared.
    pub slopes: usize,
    /// Directions that met a kink and were drawn again.
    pub redraws: usize,
    /// The largest error of a slope, in units of what is allowed.
    pub worst: f64,
    /// No parameters were found with which the output depends on the input and float32 knows how: a random network may
    /// be dead whatever its parameters (a relu of log-probabilities). Only its constants were compared.
    pub is_hopeless: bool,
    /// How long it took.
    pub time: Duration,
}

impl Outcome {
    pub(super) fn new(facts: &Facts, seed: u64, findings: Vec<String>) -> Self {
        let words: Vec<&str> = facts.layers.iter().map(|layer| layer.words).collect();
        let [height, width, channels] = facts.input;
        let network = format!("{}: {height}x{width}x{channels} => {}; seed {seed}", facts.name, words.join(" "));
        Self { network, findings, slopes: 0, redraws: 0, worst: 0.0, is_hopeless: false, time: Duration::ZERO }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.network)?;
        self.findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}

/// One line about several checks.
pub(super) fn summary(outcomes: &[Outcome]) -> String {
    let count = |f: fn(&Outcome) -> usize| outcomes.iter().map(f).sum::<usize>();
    let worst = outcomes.iter().max_by(|a, b| a.worst.total_cmp(&b.worst));
    let worst =
        worst.map_or(String::new(), |worst| format!("{:.3} of what is allowed in {}", worst.worst, worst.network));
    let time: Duration = outcomes.iter().map(|outcome| outcome.time).sum();
    format!(
        "{} networks, {} slopes, {} redrawn, {time:.1?} on one thread; the largest error is {worst}",
        outcomes.len(),
        count(|outcome| outcome.slopes),
        count(|outcome| outcome.redraws),
    )
}
