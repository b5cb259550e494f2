//! What pictures climb by: objectives of a network's output, and steps along their gradient for the input.

use cnn::{Loss, Network, Sample, Volume};

use crate::random::Random;

/// The score of a class before the softmax (Simonyan et al., 2013, section 2): a probability could rise as well because
/// the other classes fall. A loss, so its negative.
pub(crate) struct ClassScore;

impl<const N: usize> Loss<[f32; N], usize> for ClassScore {
    fn evaluate(&self, scores: &[f32; N], class: &usize, d_scores: &mut [f32; N]) -> f32 {
        d_scores.fill(0.0);
        d_scores[*class] = -1.0;
        -scores[*class]
    }
}

/// Half the mean square of a layer's activations, which DeepDream makes large: whatever the layer sees, it is to see
/// more of it. A loss, so its negative.
pub(crate) struct Activity;

impl<O: Sample> Loss<O, ()> for Activity {
    fn evaluate(&self, activations: &O, (): &(), d_activations: &mut O) -> f32 {
        let count = activations.flat().len() as f64;
        for (d, &a) in d_activations.flat_mut().iter_mut().zip(activations.flat()) {
            *d = (-f64::from(a) / count) as f32;
        }
        let squares: f64 = activations.flat().iter().map(|&a| f64::from(a) * f64::from(a)).sum();
        (-0.5 * squares / count) as f32
    }
}

/// How to climb.
#[derive(Clone, Copy)]
pub(crate) struct Ascent {
    /// How far an average pixel moves in a step: gradients are divided by their mean size, as DeepDream does it.
    pub(crate) rate: f32,
    /// Every step sees the picture moved by up to so many pixels, so that no pixel matters for its place in the grids
    /// of strides and pools.
    pub(crate) jitter: usize,
    /// Share of the gradient of total variation that is taken away in each step: 0 to 0.25.
    pub(crate) smoothing: f32,
    /// The smallest and largest value of a pixel that can be shown.
    pub(crate) range: [f32; 2],
}

impl Ascent {
    /// One step of each picture against its target, all of them in one batch; the mean objective from before it.
    pub(crate) fn step<const H: usize, const W: usize, N, L, T>(
        &self,
        net: &mut N,
        pictures: &mut [Volume<H, W, 1>],
        targets: &[T],
        loss: &L,
        random: &mut Random,
    ) -> f32
    where
        N: Network<Input = Volume<H, W, 1>>,
        L: Loss<N::Output, T>,
        T: Sync,
    {
        let [down, right] = [0; 2].map(|_| random.below(2 * self.jitter + 1));
        let (back_down, back_right) = (H - down % H, W - right % W);
        pictures.iter_mut().for_each(|picture| roll(picture, down, right));
        let mut gradients = vec![0.0; N::PARAMS];
        let mut d_pictures = <Volume<H, W, 1>>::zeroed_vec(pictures.len());
        let loss = net.model_mut().gradients_with_inputs(pictures, targets, loss, &mut gradients, &mut d_pictures);
        for (picture, d_picture) in pictures.iter_mut().zip(&d_pictures) {
            let mean = d_picture.flat().iter().map(|d| d.abs()).sum::<f32>() / (H * W) as f32;
            for (x, d) in picture.flat_mut().iter_mut().zip(d_picture.flat()) {
                *x -= self.rate * d / mean.max(f32::MIN_POSITIVE);
            }
            roll(picture, back_down, back_right);
            smooth(picture, self.smoothing);
            picture.flat_mut().iter_mut().for_each(|x| *x = x.clamp(self.range[0], self.range[1]));
        }
        -loss
    }
}

/// Moves a picture down and to the right; what leaves it comes in on the other side.
fn roll<const H: usize, const W: usize>(picture: &mut Volume<H, W, 1>, down: usize, right: usize) {
    picture.rotate_right(down % H);
    picture.iter_mut().for_each(|row| row.rotate_right(right % W));
}

/// Takes `share` of the gradient of total variation away: of half the sum of squared differences between neighbours
/// (Mahendran, Vedaldi, *Understanding deep image representations by inverting them*, 2015, with beta = 2). It moves
/// every pixel towards those around it, so it is also the blur of Yosinski et al., 2015.
pub(crate) fn smooth<const H: usize, const W: usize>(picture: &mut Volume<H, W, 1>, share: f32) {
    let before = <Vec<_> as From<&[_]>>::from(&picture[..]);
    for y in 0..H {
        for x in 0..W {
            let around = [(y > 0).then(|| before[y - 1][x]), (y + 1 < H).then(|| before[y + 1][x])];
            let beside = [(x > 0).then(|| before[y][x - 1]), (x + 1 < W).then(|| before[y][x + 1])];
            let pull: f32 = around.into_iter().chain(beside).flatten().map(|[near]| near - before[y][x][0]).sum();
            picture[y][x][0] += share * pull;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares a gradient with central differences.
    fn check<O: Sample, T>(loss: &impl Loss<O, T>, at: &O, target: &T) {
        let mut gradient = O::zeroed_box();
        gradient.flat_mut().fill(f32::NAN);
        loss.evaluate(at, target, &mut gradient);
        for i in 0..at.flat().len() {
            let moved = |by: f32| {
                let mut at = *at;
                at.flat_mut()[i] += by;
                f64::from(loss.evaluate(&at, target, &mut O::zeroed_box()))
            };
            let expected = (moved(0.05) - moved(-0.05)) / 0.1;
            let found = f64::from(gradient.flat()[i]);
            assert!((found - expected).abs() < 1e-4, "{i}: {found}, expected {expected}");
        }
    }

    const VALUES: Volume<2, 3, 2> = [[[1.0, -0.5], [0.0, 2.0], [0.25, 0.5]], [[-1.5, 0.75], [3.0, 1.0], [0.5, -2.0]]];

    #[test]
    fn objectives_have_the_gradients_of_finite_differences() {
        check(&ClassScore, &[0.5, -1.0, 2.0, 0.25], &2);
        check(&Activity, &VALUES, &());
        let mut d = VALUES;
        assert_eq!(Activity.evaluate(&[[[3.0, 0.0], [0.0, 4.0], [0.0; 2]], [[0.0; 2]; 3]], &(), &mut d), -12.5 / 12.0);
    }

    #[test]
    fn smoothing_is_the_gradient_of_total_variation() {
        let picture: Volume<3, 4, 1> = std::array::from_fn(|y| std::array::from_fn(|x| [((3 * y + 5 * x) % 7) as f32]));
        let variation = |p: &Volume<3, 4, 1>| {
            let mut sum = 0.0;
            for y in 0..3 {
                for x in 0..4 {
                    sum += if y < 2 { f64::from(p[y + 1][x][0] - p[y][x][0]).powi(2) } else { 0.0 };
                    sum += if x < 3 { f64::from(p[y][x + 1][0] - p[y][x][0]).powi(2) } else { 0.0 };
                }
            }
            0.5 * sum
        };
        let mut smoothed = picture;
        smooth(&mut smoothed, 0.125);
        for (y, x) in (0..3).flat_map(|y| (0..4).map(move |x| (y, x))) {
            let moved = |by: f32| {
                let mut moved = picture;
                moved[y][x][0] += by;
                variation(&moved)
            };
            let expected = -0.125 * (moved(0.5) - moved(-0.5));
            assert!((f64::from(smoothed[y][x][0] - picture[y][x][0]) - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn a_picture_rolls_there_and_back() {
        let mut picture: Volume<2, 3, 1> = [[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]];
        roll(&mut picture, 1, 1);
        assert_eq!(picture, [[[6.0], [4.0], [5.0]], [[3.0], [1.0], [2.0]]]);
        roll(&mut picture, 1, 2);
        assert_eq!(picture, [[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]]);
    }
}
