//! How the learning rate varies from step to step.

/// A learning rate for every step of a training run.
///
/// The base rate is the optimiser's own; a step is one batch, counted from 0. The numbers are those of PyTorch's
/// schedulers called once per batch, checked against them by `tests/golden/schedules.py`.
#[derive(Clone, Debug, Default)]
pub enum Schedule {
    /// The base rate all along.
    #[default]
    Constant,
    /// Multiplies the rate by a factor every so many steps. PyTorch's `StepLR`.
    Step {
        /// Steps from one change to the next.
        every: u64,
        /// What the rate is multiplied by, 0.1 for example.
        factor: f32,
    },
    /// Half a cosine from the base rate down to `min` (Loshchilov and Hutter, 2017):
    /// `min + (base - min) (1 + cos(pi step / steps)) / 2`. PyTorch's `CosineAnnealingLR`.
    Cosine {
        /// What the rate ends at.
        min: f32,
    },
    /// From the base rate up to a peak and down to a ten-thousandth of the base rate, both along half a cosine (Smith
    /// and Topin, 2018). PyTorch's `OneCycleLR` with `div_factor = peak / base` and a momentum left alone.
    OneCycle {
        /// The highest rate.
        peak: f32,
        /// The share of all steps that goes up; 0.3 is usual.
        warm: f32,
    },
    /// Climbs evenly to where another schedule starts, which then has the remaining steps: step `i` has
    /// `(i + 1) / (steps + 1)` of that rate. PyTorch's `LinearLR` with `start_factor = 1 / (steps + 1)`, then the
    /// other.
    Warmup {
        /// Steps of the climb.
        steps: u64,
        /// What follows.
        then: Box<Schedule>,
    },
    /// Any other: base rate, step, steps in all, to rate.
    Custom(fn(f32, u64, u64) -> f32),
}

impl Schedule {
    /// This schedule after a warm-up of so many steps.
    pub fn warmup(self, steps: u64) -> Self {
        Self::Warmup { steps, then: Box::new(self) }
    }

    /// Whether the rate depends on how many steps there will be.
    pub fn needs_end(&self) -> bool {
        match self {
            Self::Constant | Self::Step { .. } => false,
            Self::Cosine { .. } | Self::OneCycle { .. } | Self::Custom(_) => true,
            Self::Warmup { then, .. } => then.needs_end(),
        }
    }

    /// The rate of step `step` of `total_steps`. Past the end the rate stays what it was at the end.
    pub fn rate(&self, base: f32, step: u64, total_steps: u64) -> f32 {
        match self {
            Self::Custom(rate) => rate(base, step, total_steps),
            _ => self.exact(f64::from(base), step, total_steps) as f32,
        }
    }

    fn exact(&self, base: f64, step: u64, total_steps: u64) -> f64 {
        match *self {
            Self::Constant => base,
            Self::Step { every, factor } => {
                let changes = step.checked_div(every).unwrap_or(0);
                base * f64::from(factor).powf(changes as f64)
            }
            Self::Cosine { min } => half_cosine(base, f64::from(min), share(step as f64, total_steps as f64)),
            Self::OneCycle { peak, warm } => {
                let (peak, end) = (f64::from(peak), base / 1e4);
                // Both ends are steps of the run, as in PyTorch: the peak is reached in the last step of the climb, the
                // end in the last of all.
                let top = f64::from(warm) * total_steps as f64 - 1.0;
                let step = step as f64;
                if step <= top {
                    half_cosine(base, peak, share(step, top))
                } else {
                    half_cosine(peak, end, share(step - top, total_steps as f64 - 1.0 - top))
                }
            }
            Self::Warmup { steps, ref then } => {
                let rest = total_steps.saturating_sub(steps);
                match step.checked_sub(steps) {
                    Some(step) => then.exact(base, step, rest),
                    None => then.exact(base, 0, rest) * (step + 1) as f64 / (steps + 1) as f64,
                }
            }
            Self::Custom(rate) => rate(base as f32, step, total_steps).into(),
        }
    }
}

/// Which part of `whole` is behind, at most all; all if there is nothing.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 1.0 }
}

fn half_cosine(from: f64, to: f64, share: f64) -> f64 {
    to + (from - to) * (1.0 + (std::f64::consts::PI * share).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: f32 = 0.1;

    fn case(name: &str) -> Schedule {
        match name {
            "step" => Schedule::Step { every: 6, factor: 0.3 },
            "cosine" => Schedule::Cosine { min: 0.01 },
            "one-cycle" => Schedule::OneCycle { peak: 0.8, warm: 0.3 },
            "warmup-cosine" => Schedule::Cosine { min: 0.01 }.warmup(5),
            _ => panic!("no case {name}"),
        }
    }

    #[test]
    fn every_rate_agrees_with_pytorch() {
        let golden = include_str!("../../../tests/golden/schedules.txt");
        let mut cases = 0;
        for line in golden.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let name = words.next().expect("case");
            let rates: Vec<f64> = words.map(|rate| rate.parse().expect("rate")).collect();
            assert_eq!(rates.len(), 20, "{name}");
            for (step, &expected) in rates.iter().enumerate() {
                let found = case(name).rate(BASE, step as u64, 20);
                let error = (f64::from(found) - expected).abs();
                assert!(error < 1e-6 * expected + 1e-8, "{name}, step {step}: {found}, expected {expected}");
            }
            cases += 1;
        }
        assert_eq!(cases, 4);
    }

    #[test]
    fn rates_that_are_exact() {
        let rates = |schedule: Schedule| [0, 1, 2, 3, 4, 9].map(|step| schedule.rate(1.0, step, 4));
        assert_eq!(rates(Schedule::Constant), [1.0; 6]);
        assert_eq!(rates(Schedule::Step { every: 2, factor: 0.5 }), [1.0, 1.0, 0.5, 0.5, 0.25, 0.0625]);
        assert_eq!(rates(Schedule::Step { every: 0, factor: 0.5 }), [1.0; 6]);
        let cosine = rates(Schedule::Cosine { min: 0.0 });
        assert_eq!([cosine[0], cosine[2], cosine[4], cosine[5]], [1.0, 0.5, 0.0, 0.0]);
        assert_eq!(rates(Schedule::Constant.warmup(3)), [0.25, 0.5, 0.75, 1.0, 1.0, 1.0]);
        assert_eq!(rates(Schedule::Custom(|base, step, total| base * (total + step) as f32))[1], 5.0);
    }

    #[test]
    fn degenerate_runs_have_finite_rates() {
        for total in 0..4 {
            for schedule in [Schedule::OneCycle { peak: 1.0, warm: 0.0 }, Schedule::OneCycle { peak: 1.0, warm: 1.0 }] {
                for schedule in [schedule.clone(), schedule.warmup(2), Schedule::Cosine { min: 0.0 }.warmup(9)] {
                    for step in 0..6 {
                        let rate = schedule.rate(0.1, step, total);
                        assert!((0.0..=1.0).contains(&rate), "{schedule:?} {step}/{total}: {rate}");
                    }
                }
            }
        }
    }

    #[test]
    fn only_what_depends_on_the_end_needs_it() {
        assert!(!Schedule::Step { every: 1, factor: 0.5 }.warmup(3).needs_end());
        assert!(Schedule::Cosine { min: 0.0 }.warmup(3).needs_end());
    }
}
