//! A training run as it is seen on stderr.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::report::{Epoch, Line, TITLES, loss};

/// Steps between two updates of the bar's text, which costs an allocation.
const UPDATED_EVERY: u64 = 16;

/// Epoch, bar, steps, loss, time to go.
const TEMPLATE: &str = "{prefix:>9} {bar:32} {pos}/{len}  {msg}  {eta} left";

/// Writes lines and bars, or nothing if quiet. Bars are seen on terminals only.
pub(super) struct Progress {
    quiet: bool,
    epochs: usize,
    bar: ProgressBar,
}

impl Progress {
    /// Begins with the kernels' path, a warning if they are slow, and what there is to do.
    pub(super) fn begin(quiet: bool, epochs: usize, task: impl FnOnce() -> String) -> Self {
        if !quiet {
            eprintln!("{}", crate::simd::cpu());
            if cfg!(unoptimized) {
                eprintln!(
                    "the kernels are compiled without optimisation: --release, or opt-level 3 for packages in the dev profile, is a hundred times faster"
                );
            }
            eprintln!("{}\n{TITLES}", task());
        }
        Self { quiet, epochs, bar: ProgressBar::hidden() }
    }

    pub(super) fn begin_epoch(&mut self, index: usize, steps: usize) {
        if self.quiet {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(format!("{}/{}", index + 1, self.epochs));
        self.bar = bar;
    }

    pub(super) fn step(&self, mean_loss: f64) {
        if !self.bar.is_hidden() {
            self.bar.inc(1);
            if self.bar.position() % UPDATED_EVERY == 1 {
                self.bar.set_message(format!("loss {}", loss(mean_loss as f32)));
            }
        }
    }

    pub(super) fn end_epoch(&self, index: usize, epoch: &Epoch) {
        if !self.quiet {
            self.bar.finish_and_clear();
            eprintln!("{}", Line(index, epoch));
        }
    }

    pub(super) fn abandon(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_one() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
