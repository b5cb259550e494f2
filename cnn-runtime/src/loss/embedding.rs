//! Losses of distances between embeddings.
//!
//! They compare several outputs with each other, so they are no [`Loss`](super::Loss) of one output against one target:
//! they are plain functions of slices, for whoever has the embeddings at hand. A network with several outputs gets a
//! loss by implementing [`Loss`](super::Loss) for its output type with a call of one of them.

/// PyTorch's `pairwise_distance` adds it to every difference, which keeps the gradient of a distance of zero finite.
const EPSILON: f64 = 1e-6;

/// Triplet loss: `max(0, |a - p| - |a - n| + margin)`: an anchor `a` is to be nearer to an embedding `p` of its own
/// kind than to one `n` of another, by the margin (Schroff et al., *FaceNet*, 2015; with plain distances instead of
/// squares, as Hermans et al., *In defense of the triplet loss*, 2017).
///
/// Distances are Euclidean; 1e-6 is added to every difference. PyTorch's `TripletMarginLoss`.
///
/// ```
/// use cnn_runtime::loss::Triplet;
///
/// let (anchor, positive, negative) = ([0.0, 0.0], [3.0, 0.0], [0.0, 2.5]);
/// let [mut d_anchor, mut d_positive, mut d_negative] = [[0.0; 2]; 3];
/// let loss = Triplet::new(1.0)
///     .evaluate([&anchor, &positive, &negative], [&mut d_anchor, &mut d_positive, &mut d_negative]);
/// assert!((loss - (3.0 - 2.5 + 1.0)).abs() < 1e-5);
/// assert!((d_positive[0] - 1.0).abs() < 1e-5);
/// ```
///
/// As the loss of a network with three outputs:
///
/// ```
/// use cnn_runtime::{Loss, Triplet, Volume};
///
/// /// Three embeddings of 8 numbers, as the rows of a map.
/// struct OfThree(Triplet);
///
/// impl Loss<Volume<3, 1, 8>, ()> for OfThree {
///     fn evaluate(&self, output: &Volume<3, 1, 8>, _: &(), d_output: &mut Volume<3, 1, 8>) -> f32 {
///         self.0.evaluate(output.each_ref().map(|row| &row[0][..]), d_output.each_mut().map(|row| &mut row[0][..]))
///     }
/// }
/// # let mut d = [[[0.0; 8]]; 3];
/// # assert!((OfThree(Triplet::new(0.5)).evaluate(&[[[0.0; 8]]; 3], &(), &mut d) - 0.5).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triplet {
    margin: f32,
}

impl Triplet {
    /// The margin: 1 by PyTorch's default, 0.2 in the paper, whose embeddings have a length of 1.
    pub const fn new(margin: f32) -> Self {
        Self { margin }
    }

    /// The loss of an anchor, one of its kind and one of another; overwrites `gradients` with those for the three.
    ///
    /// # Panics
    /// If the slices are not all of one length.
    pub fn evaluate(&self, [anchor, positive, negative]: [&[f32]; 3], gradients: [&mut [f32]; 3]) -> f32 {
        let [d_anchor, d_positive, d_negative] = gradients;
        check_lengths(anchor, [positive, negative, d_anchor, d_positive, d_negative]);
        let (near, far) = (distance(anchor, positive, EPSILON), distance(anchor, negative, EPSILON));
        let loss = near - far + f64::from(self.margin);
        let is_active = loss > 0.0 || loss.is_nan();
        let slope = |x: f32, other: f32, distance: f64| {
            if is_active && distance != 0.0 { (f64::from(x) - f64::from(other) + EPSILON) / distance } else { 0.0 }
        };
        for (i, &a) in anchor.iter().enumerate() {
            let (to_positive, to_negative) = (slope(a, positive[i], near), slope(a, negative[i], far));
            d_anchor[i] = (to_positive - to_negative) as f32;
            d_positive[i] = -to_positive as f32;
            d_negative[i] = to_negative as f32;
        }
        if is_active { loss as f32 } else { 0.0 }
    }
}

/// Contrastive loss: `D^2 / 2` of two embeddings of one kind, `max(0, margin - D)^2 / 2` of two of different kinds,
/// where `D = |a - b|` is their Euclidean distance (Hadsell, Chopra, LeCun, *Dimensionality reduction by learning an
/// invariant mapping*, 2006).
///
/// ```
/// use cnn_runtime::loss::Contrastive;
///
/// let (a, b) = ([0.0, 0.0], [0.6, 0.0]);
/// let [mut d_a, mut d_b] = [[0.0; 2]; 2];
/// let loss = Contrastive::new(1.0).evaluate([&a, &b], false, [&mut d_a, &mut d_b]);
/// assert!((loss - 0.08).abs() < 1e-6);
/// assert!((d_b[0] + 0.4).abs() < 1e-6, "{d_b:?} moves them apart");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrastive {
    margin: f32,
}

impl Contrastive {
    /// How far apart two of different kinds are to be: 1 is usual.
    pub const fn new(margin: f32) -> Self {
        Self { margin }
    }

    /// The loss of two embeddings that are of the `same` kind or not; overwrites `gradients` with those for the two.
    /// Two that coincide have none: no direction leads them apart.
    ///
    /// # Panics
    /// If the slices are not all of one length.
    pub fn evaluate(&self, [a, b]: [&[f32]; 2], same: bool, gradients: [&mut [f32]; 2]) -> f32 {
        let [d_a, d_b] = gradients;
        check_lengths(a, [b, d_a, d_b]);
        let distance = distance(a, b, 0.0);
        let room = f64::from(self.margin) - distance;
        // The loss, and its slope divided by the distance.
        let (loss, scale) = if same {
            (0.5 * distance * distance, 1.0)
        } else if room > 0.0 || room.is_nan() {
            (0.5 * room * room, if distance == 0.0 { 0.0 } else { -room / distance })
        } else {
            (0.0, 0.0)
        };
        for (i, (&a, &b)) in a.iter().zip(b).enumerate() {
            let d = (scale * (f64::from(a) - f64::from(b))) as f32;
            (d_a[i], d_b[i]) = (d, -d);
        }
        loss as f32
    }
}

#[track_caller]
fn check_lengths<const K: usize>(first: &[f32], others: [&[f32]; K]) {
    for other in others {
        assert!(
            first.len() == other.len(),
            "embeddings and their gradients are of one length, found {} and {}",
            first.len(),
            other.len()
        );
    }
}

/// The length of `a - b + epsilon`.
fn distance(a: &[f32], b: &[f32], epsilon: f64) -> f64 {
    a.iter().zip(b).map(|(&a, &b)| (f64::from(a) - f64::from(b) + epsilon).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::{Loss, gradient_check};
    use super::*;
    use crate::volume::Volume;

    struct OfThree(Triplet);

    impl Loss<Volume<3, 1, 3>, ()> for OfThree {
        fn evaluate(&self, output: &Volume<3, 1, 3>, (): &(), d_output: &mut Volume<3, 1, 3>) -> f32 {
            self.0.evaluate(output.each_ref().map(|x| &x[0][..]), d_output.each_mut().map(|d| &mut d[0][..]))
        }
    }

    struct OfTwo(Contrastive);

    impl Loss<Volume<2, 1, 3>, bool> for OfTwo {
        fn evaluate(&self, output: &Volume<2, 1, 3>, same: &bool, d_output: &mut Volume<2, 1, 3>) -> f32 {
            self.0.evaluate(output.each_ref().map(|x| &x[0][..]), *same, d_output.each_mut().map(|d| &mut d[0][..]))
        }
    }

    fn length(a: &[f64], b: &[f64], epsilon: f64) -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - b + epsilon).powi(2)).sum::<f64>().sqrt()
    }

    const EMBEDDINGS: [[[f32; 3]; 1]; 3] = [[[0.25, -0.5, 1.0]], [[1.0, 0.0, 0.5]], [[-0.5, -0.25, 2.0]]];

    #[test]
    fn triplets_agree_with_float64() {
        for margin in [0.0_f32, 0.2, 1.0, 5.0] {
            gradient_check::check(&OfThree(Triplet::new(margin)), &EMBEDDINGS, &(), |x| {
                let (near, far) = (length(&x[..3], &x[3..6], 1e-6), length(&x[..3], &x[6..], 1e-6));
                (near - far + f64::from(margin)).max(0.0)
            });
        }
    }

    #[test]
    fn pairs_agree_with_float64() {
        let pair = [EMBEDDINGS[0], EMBEDDINGS[1]];
        for (margin, same) in [(1.0_f32, true), (1.0, false), (2.0, false), (0.5, false)] {
            gradient_check::check(&OfTwo(Contrastive::new(margin)), &pair, &same, |x| {
                let distance = length(&x[..3], &x[3..], 0.0);
                0.5 * if same { distance } else { (f64::from(margin) - distance).max(0.0) }.powi(2)
            });
        }
    }

    #[test]
    fn embeddings_that_coincide_have_finite_gradients() {
        let mut d = [[[f32::NAN; 3]; 1]; 3];
        assert_eq!(OfThree(Triplet::new(0.5)).evaluate(&[EMBEDDINGS[0]; 3], &(), &mut d), 0.5);
        assert!(d.as_flattened().as_flattened().iter().all(|d| d.is_finite()));
        let mut d = [[[f32::NAN; 3]; 1]; 2];
        assert_eq!(OfTwo(Contrastive::new(1.0)).evaluate(&[EMBEDDINGS[0]; 2], &false, &mut d), 0.5);
        assert_eq!(d, [[[0.0; 3]; 1]; 2]);
    }

    #[test]
    #[should_panic(expected = "embeddings and their gradients are of one length, found 2 and 3")]
    fn lengths_differ() {
        Contrastive::new(1.0).evaluate([&[0.0; 2], &[0.0; 3]], true, [&mut [0.0; 2], &mut [0.0; 2]]);
    }
}
