//! Counting what a network gets right.

use std::fmt;

use crate::loss::{Class, Range};

/// The position of the largest score, the first one if several are equal. 0 where nothing can be compared: no scores,
/// or none that is a number.
pub fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        // A first score that is not a number loses to any that is.
        if score > scores[best] || (scores[best].is_nan() && !score.is_nan()) {
            best = i;
        }
    }
    best
}

/// The share of samples whose largest output is that of their class, between 0 and 1. Not a number for no samples. A
/// target that is none of the classes `0..N` counts as a miss, here and in [`top_k`].
///
/// # Panics
/// If there is not one target for each output.
#[track_caller]
pub fn accuracy<const N: usize, T: Class>(outputs: &[[f32; N]], targets: &[T]) -> f32 {
    share(outputs, targets, |output, class| argmax(output) == class)
}

/// The share of samples whose class is among their `k` largest outputs, between 0 and 1. Not a number for no samples.
///
/// Of equal outputs the earlier counts as the larger one.
///
/// # Panics
/// If there is not one target for each output.
#[track_caller]
pub fn top_k<const N: usize, T: Class>(outputs: &[[f32; N]], targets: &[T], k: usize) -> f32 {
    share(outputs, targets, |output, class| {
        let score = output[class];
        let larger = |&(i, &other): &(usize, &f32)| other > score || (other == score && i < class);
        !score.is_nan() && output.iter().enumerate().filter(larger).count() < k
    })
}

#[track_caller]
fn check_lengths(outputs: usize, targets: usize) {
    assert!(
        outputs == targets,
        "a metric needs one target for each output, found {outputs} outputs and {targets} targets"
    );
}

#[track_caller]
fn share<const N: usize, T: Class>(
    outputs: &[[f32; N]],
    targets: &[T],
    is_hit: impl Fn(&[f32; N], usize) -> bool,
) -> f32 {
    check_lengths(outputs.len(), targets.len());
    let hits = outputs.iter().zip(targets).filter(|(output, target)| match target.index() {
        Some(class) if class < N => is_hit(output, class),
        _ => false,
    });
    (hits.count() as f64 / outputs.len() as f64) as f32
}

/// How often each class was taken for which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    /// One row per true class, one column per answer.
    counts: Vec<u64>,
}

impl ConfusionMatrix {
    /// An empty matrix.
    pub fn new(classes: usize) -> Self {
        Self { classes, counts: vec![0; classes * classes] }
    }

    /// The matrix of a set of outputs.
    ///
    /// # Panics
    /// If there is not one target for each output, or a target is not one of the classes `0..N`.
    #[track_caller]
    pub fn of<const N: usize, T: Class>(outputs: &[[f32; N]], targets: &[T]) -> Self {
        check_lengths(outputs.len(), targets.len());
        let mut matrix = Self::new(N);
        for (output, &target) in outputs.iter().zip(targets) {
            matrix.add(target, argmax(output));
        }
        matrix
    }

    /// Counts one sample: its true class, and the one that was answered.
    ///
    /// # Panics
    /// If one of them is not among the classes.
    pub fn add(&mut self, target: impl Class, answer: impl Class) {
        let index = |class: Result<usize, String>, what: &str| match class {
            Ok(index) => index,
            Err(problem) => panic!("the {what} is {problem}"),
        };
        let row = index(target.among(self.classes), "target");
        let column = index(answer.among(self.classes), "answer");
        self.counts[row * self.classes + column] += 1;
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How many samples were counted.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many samples of the class `target` were answered with the class `answer`.
    ///
    /// # Panics
    /// If one of them is not among the classes.
    pub fn count(&self, target: usize, answer: usize) -> u64 {
        assert!(target < self.classes && answer < self.classes, "the classes are {}", Range(self.classes));
        self.counts[target * self.classes + answer]
    }

    /// The share of samples that were answered right. Not a number for no samples.
    pub fn accuracy(&self) -> f32 {
        ratio((0..self.classes).map(|class| self.count(class, class)).sum(), self.total())
    }

    /// Of the samples of a class, the share that was answered with it. Not a number if there were none.
    ///
    /// # Panics
    /// If it is not among the classes.
    pub fn recall(&self, class: usize) -> f32 {
        ratio(self.count(class, class), (0..self.classes).map(|answer| self.count(class, answer)).sum())
    }

    /// Of the samples that were answered with a class, the share that belongs to it. Not a number if there were none.
    ///
    /// # Panics
    /// If it is not among the classes.
    pub fn precision(&self, class: usize) -> f32 {
        ratio(self.count(class, class), (0..self.classes).map(|target| self.count(target, class)).sum())
    }
}

fn ratio(part: u64, whole: u64) -> f32 {
    (part as f64 / whole as f64) as f32
}

/// A share in percent, six characters wide; a dash where there is nothing to take a share of.
pub(crate) struct Percent(pub(crate) f32);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.is_nan() {
            true => f.write_str("     -"),
            false => write!(f, "{:>5.1}%", f64::from(self.0) * 100.0),
        }
    }
}

/// A table: a row per true class with its recall, a column per answer with its precision below, accuracy in the corner.
impl fmt::Display for ConfusionMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let largest = self.counts.iter().max().copied().unwrap_or(0);
        let cell = largest.to_string().len().max(6);
        let left = "precision".len();
        write!(f, "{:>left$}", "true \\ is")?;
        for answer in 0..self.classes {
            write!(f, " {answer:>cell$}")?;
        }
        writeln!(f, "  recall")?;
        for target in 0..self.classes {
            write!(f, "{target:>left$}")?;
            for answer in 0..self.classes {
                write!(f, " {:>cell$}", self.count(target, answer))?;
            }
            writeln!(f, "  {}", Percent(self.recall(target)))?;
        }
        write!(f, "{:>left$}", "precision")?;
        for answer in 0..self.classes {
            let precision = Percent(self.precision(answer)).to_string();
            write!(f, " {precision:>cell$}")?;
        }
        write!(f, "  {}", Percent(self.accuracy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argmax_takes_the_first_of_the_largest() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
        assert_eq!(argmax(&[f32::NAN, -1.0, -2.0]), 1);
        assert_eq!(argmax(&[-1.0, f32::NAN, 2.0]), 2);
        assert_eq!(argmax(&[f32::NEG_INFINITY; 2]), 0);
        assert_eq!(argmax(&[]), 0);
    }

    const OUTPUTS: [[f32; 3]; 4] = [[3.0, 2.0, 1.0], [1.0, 3.0, 2.0], [1.0, 2.0, 2.0], [0.0, f32::NAN, 1.0]];

    #[test]
    fn shares_of_hits() {
        assert_eq!(accuracy(&OUTPUTS, &[0, 2, 1, 2]), 0.75);
        assert_eq!(accuracy(&OUTPUTS, &[7_i64, -1, 1, 2]), 0.5);
        assert_eq!(top_k(&OUTPUTS, &[0_u8, 2, 1, 1], 1), 0.5);
        assert_eq!(top_k(&OUTPUTS, &[0_u8, 2, 2, 1], 2), 0.75);
        assert_eq!(top_k(&OUTPUTS, &[2_u8, 0, 0, 1], 3), 0.75);
        assert!(accuracy::<3, u8>(&[], &[]).is_nan());
    }

    #[test]
    fn a_confusion_matrix_counts_and_prints() {
        let mut matrix = ConfusionMatrix::of(&OUTPUTS, &[0, 2, 1, 2]);
        matrix.add(0_u8, 1_usize);
        assert_eq!(matrix.total(), 5);
        assert_eq!(matrix.count(2, 1), 1);
        assert_eq!(matrix.accuracy(), 0.6);
        assert_eq!((matrix.recall(0), matrix.precision(0)), (0.5, 1.0));
        assert!(ConfusionMatrix::new(2).recall(0).is_nan());
        let table = "\
true \\ is      0      1      2  recall
        0      1      1      0   50.0%
        1      0      1      0  100.0%
        2      0      1      1   50.0%
precision 100.0%  33.3% 100.0%   60.0%";
        assert_eq!(matrix.to_string(), table);
    }

    #[test]
    #[should_panic(expected = "the answer is class 2, but the classes are 0 to 1")]
    fn an_answer_beyond_the_classes_panics() {
        ConfusionMatrix::new(2).add(0, 2);
    }
}
