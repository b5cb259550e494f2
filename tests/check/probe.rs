//! Analytic gradients against slopes of the reference.

use super::differences::Differences;
use super::draw::Random;
use super::outcome::Outcome;
use super::slopes::{Place, Slopes};

/// How far a slope may be off, relative to the gradient of its tensor.
const TOLERANCE: f64 = 1e-4;
/// How far at least, relative to the largest gradient.
const NEGLIGIBLE: f64 = 4e-6;
/// The same for a tensor whose gradient vanishes, as that of a bias before a batch norm does: a sum of numbers that
/// cancel but for the rounding of the mean, divided by the deviation twice. PyTorch's float32 is as far off (5e-5 seen
/// in `sigmoid hardsigmoid conv pool bn`).
const CANCELLED: f64 = 1e-4;
/// What slope in a random direction counts as none, relative to the largest gradient.
const NONE: f64 = 1e-8;
/// Random directions in each tensor.
const DIRECTIONS: usize = 2;
/// Single elements of each tensor, besides the steepest.
const ELEMENTS: usize = 2;
/// Draws of one direction before it is given up: each met a kink.
const DRAWS: i32 = 8;

/// Compares gradients with slopes in random directions and in single elements.
pub(super) fn compare(
    gradients: &[(Place<'_>, Vec<f64>)],
    slopes: &mut Slopes<'_>,
    seed: u64,
    outcome: &mut Outcome,
    differences: &mut Differences,
) {
    let largest = |f: fn(&[f64]) -> f64| gradients.iter().map(|(_, gradient)| f(gradient)).fold(0.0, f64::max);
    let (largest_norm, largest_peak) = (largest(norm), largest(peak));
    let mut random = Random::new(!seed);
    for (place, gradient) in gradients {
        let mut probe = Probe { place: *place, gradient, slopes, outcome, differences };
        let direction = random.normals(gradient.len());
        let vanishes = probe.slopes.along(*place, &direction, 0).0.abs() <= NONE * largest_norm;
        let least = if vanishes { CANCELLED } else { NEGLIGIBLE };
        let along = TOLERANCE * norm(gradient) + least * largest_norm;
        for _ in 0..DIRECTIONS {
            probe.slope("a random direction", along, || random.normals(gradient.len()));
        }
        let single = TOLERANCE * peak(gradient) + least * largest_peak;
        let mut steepest = (0..gradient.len()).max_by(|&a, &b| gradient[a].abs().total_cmp(&gradient[b].abs()));
        for _ in 0..ELEMENTS {
            probe.slope("a random element", single, || unit(gradient.len(), random.below(gradient.len())));
        }
        let next = || unit(gradient.len(), steepest.take().unwrap_or_else(|| random.below(gradient.len())));
        probe.slope("the steepest element", single, next);
    }
    if outcome.redraws > outcome.slopes {
        let Outcome { redraws, slopes, .. } = outcome;
        differences.0.push(format!("{redraws} directions met a kink, for {slopes} slopes"));
    }
}

/// Slopes in one tensor, or in the inputs.
struct Probe<'a, 'b> {
    place: Place<'a>,
    gradient: &'a [f64],
    slopes: &'a mut Slopes<'b>,
    outcome: &'a mut Outcome,
    differences: &'a mut Differences,
}

impl Probe<'_, '_> {
    /// Compares the slope in a direction, which is drawn again where there is a kink.
    fn slope(&mut self, what: &str, allowed: f64, mut direction: impl FnMut() -> Vec<f64>) {
        for attempt in 0..DRAWS {
            let direction = direction();
            let (expected, doubt) = self.slopes.along(self.place, &direction, attempt);
            let is_smooth = doubt <= 0.1 * allowed;
            if !is_smooth {
                self.outcome.redraws += 1;
                continue;
            }
            let found: f64 = self.gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            let error = (found - expected).abs() / allowed;
            self.outcome.slopes += 1;
            self.outcome.worst = self.outcome.worst.max(error);
            let is_right = error <= 1.0;
            if !is_right {
                let place = self.place;
                self.differences.0.push(format!(
                    "slope of {place:?} in {what}: {found:.6e}, expected {expected:.6e}, {error:.1} times what is allowed"
                ));
            }
            return;
        }
        self.differences.0.push(format!("slope of {:?} in {what}: {DRAWS} times there was a kink", self.place));
    }
}

fn norm(gradient: &[f64]) -> f64 {
    gradient.iter().map(|g| g * g).sum::<f64>().sqrt()
}

fn peak(gradient: &[f64]) -> f64 {
    gradient.iter().fold(0.0, |peak, g| f64::max(peak, g.abs()))
}

fn unit(len: usize, at: usize) -> Vec<f64> {
    let mut direction = vec![0.0; len];
    direction[at] = 1.0;
    direction
}
