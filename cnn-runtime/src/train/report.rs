//! What a training run has to show.

use std::fmt;

use crate::metrics::Percent;

/// One pass over the training set.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch {
    /// The mean loss of the training samples, each as the network was when it came to it.
    pub train_loss: f32,
    /// The mean loss of the test set after the epoch.
    pub test_loss: f32,
    /// The share of the test set that the network gets right, for losses that know what right is.
    pub accuracy: Option<f32>,
    /// The learning rate of the last step.
    pub rate: f32,
    /// Seconds of training, without the test.
    pub seconds: f64,
    /// Training samples per second.
    pub images_per_second: f64,
}

/// The course of a training run. Displays as a table.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// The epochs in order; at least one.
    pub epochs: Vec<Epoch>,
    /// The best of them, counted from 0: with the highest accuracy, and of several the one with the smallest test loss.
    pub best: usize,
    /// Whether patience ended before the epochs did.
    pub stopped_early: bool,
    /// Whether the network has the parameters of the best epoch rather than of the last.
    pub restored_best: bool,
}

impl Report {
    /// The best epoch.
    pub fn best_epoch(&self) -> &Epoch {
        &self.epochs[self.best]
    }

    /// The last epoch.
    pub fn last_epoch(&self) -> &Epoch {
        &self.epochs[self.epochs.len() - 1]
    }
}

/// The titles of a table of epochs.
pub(super) const TITLES: &str = "epoch  train loss   test loss  accuracy        rate   seconds  images/s";

/// A line of a table of epochs.
pub(super) struct Line<'a>(pub(super) usize, pub(super) &'a Epoch);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(index, epoch) = self;
        write!(f, "{:>5}  {:>10}  {:>10}", index + 1, loss(epoch.train_loss), loss(epoch.test_loss))?;
        match epoch.accuracy {
            // Two digits behind the point: on ten thousand test samples, one more hit shows.
            Some(accuracy) => write!(f, "  {:>7.2}%", f64::from(accuracy) * 100.0)?,
            None => write!(f, "  {:>8}", "-")?,
        }
        let rate = narrow(significant(epoch.rate).to_string(), epoch.rate.into(), 10);
        let seconds = narrow(format!("{:.2}", epoch.seconds), epoch.seconds, 8);
        let speed = narrow(format!("{:.0}", epoch.images_per_second), epoch.images_per_second, 8);
        write!(f, "  {rate:>10}  {seconds:>8}  {speed:>8}")
    }
}

/// A loss of any size in ten characters at most: 0.12345, 4.600e30.
pub(super) fn loss(loss: f32) -> String {
    narrow(format!("{loss:.5}"), loss.into(), 10)
}

/// A number as it was written, or with an exponent if that is wider than its column.
fn narrow(written: String, number: f64, width: usize) -> String {
    match written.len() <= width {
        true => written,
        false if width < 10 => format!("{number:.1e}"),
        false => format!("{number:.3e}"),
    }
}

/// A rate in four digits, trailing zeros left out: 0.1, 0.0003162.
fn significant(rate: f32) -> f32 {
    format!("{rate:.3e}").parse().unwrap_or(rate)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{TITLES}")?;
        for (index, epoch) in self.epochs.iter().enumerate() {
            writeln!(f, "{}", Line(index, epoch))?;
        }
        let best = self.best_epoch();
        write!(f, "best: epoch {}, test loss {}", self.best + 1, loss(best.test_loss))?;
        if let Some(accuracy) = best.accuracy {
            write!(f, ", accuracy {}", Percent(accuracy).to_string().trim_start())?;
        }
        f.write_str(if self.stopped_early { "; stopped early" } else { "" })?;
        f.write_str(if self.restored_best { "; its parameters were restored" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_aligned_whatever_the_numbers() {
        let epoch = |number: f32| Epoch {
            train_loss: number,
            test_loss: -number,
            accuracy: None,
            rate: number,
            seconds: f64::from(number),
            images_per_second: f64::from(number),
        };
        for number in [0.0, 1.2345e-8, 9_999.0, 99_999.0, 123_456.78, 4.6e30, f32::MAX, f32::NAN, f32::INFINITY] {
            assert_eq!(
                Line(0, &epoch(number)).to_string().len(),
                TITLES.len(),
                "{number}: {}",
                Line(0, &epoch(number))
            );
        }
        assert_eq!(loss(4.6e30), "4.600e30");
        assert_eq!(loss(9_999.5), "9999.50000");
        assert_eq!(loss(10_000.5), "1.000e4");
    }

    #[test]
    fn a_report_is_a_table() {
        let epoch = |test_loss: f32, accuracy| Epoch {
            train_loss: 2.0 * test_loss,
            test_loss,
            accuracy,
            rate: 0.010_000_04,
            seconds: 1.234,
            images_per_second: 48_621.7,
        };
        let report = Report {
            epochs: vec![epoch(0.5, Some(0.9)), epoch(0.25, Some(0.9876)), epoch(0.75, None)],
            best: 1,
            stopped_early: true,
            restored_best: true,
        };
        let expected = "\
epoch  train loss   test loss  accuracy        rate   seconds  images/s
    1     1.00000     0.50000    90.00%        0.01      1.23     48622
    2     0.50000     0.25000    98.76%        0.01      1.23     48622
    3     1.50000     0.75000         -        0.01      1.23     48622
best: epoch 2, test loss 0.25000, accuracy 98.8%; stopped early; its parameters were restored";
        assert_eq!(report.to_string(), expected);
        assert_eq!(report.last_epoch().accuracy, None);
    }
}
