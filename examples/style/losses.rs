//! Content and style as losses of a layer (Gatys et al., 2016, sections 2.1 and 2.2).

use cnn::{Loss, Volume};

/// Half the sum of squared differences from the activations of the content picture (equation 1), which are the target.
#[derive(Clone, Copy)]
pub(crate) struct Content;

impl<const H: usize, const W: usize, const C: usize> Loss<Volume<H, W, C>, Vec<f32>> for Content {
    fn evaluate(&self, output: &Volume<H, W, C>, target: &Vec<f32>, d_output: &mut Volume<H, W, C>) -> f32 {
        let (output, d_output) = (output.as_flattened().as_flattened(), d_output.as_flattened_mut().as_flattened_mut());
        let mut loss = 0.0;
        for ((d, f), t) in d_output.iter_mut().zip(output).zip(target) {
            *d = f - t;
            loss += 0.5 * f64::from(*d) * f64::from(*d);
        }
        loss as f32
    }
}

/// The Gram matrix of a layer's activations (equation 3): how strongly every two channels answer at the same pixels,
/// and nothing of where. `G_ij = sum over pixels of f_i f_j`, row by row.
pub(crate) fn gram<const H: usize, const W: usize, const C: usize>(activations: &Volume<H, W, C>) -> Vec<f32> {
    let mut gram = vec![[0.0; C]; C];
    for pixel in activations.as_flattened() {
        for (row, f) in gram.iter_mut().zip(pixel) {
            row.iter_mut().zip(pixel).for_each(|(g, other)| *g += f * other);
        }
    }
    gram.concat()
}

/// The squared difference of Gram matrices (equation 4), `sum over i, j of (G_ij - A_ij)^2 / (4 N^2 M^2)`, for N
/// channels of M pixels; the target is `A`, the Gram matrix of the style picture. Its gradient is equation 6:
/// `dE/df_i = sum over j of (G_ij - A_ij) f_j / (N^2 M^2)`. A relu's zeros are the relu's own business in the backward
/// pass.
#[derive(Clone, Copy)]
pub(crate) struct Style;

impl<const H: usize, const W: usize, const C: usize> Loss<Volume<H, W, C>, Vec<f32>> for Style {
    fn evaluate(&self, output: &Volume<H, W, C>, target: &Vec<f32>, d_output: &mut Volume<H, W, C>) -> f32 {
        let size = (C * H * W) as f64;
        let difference: Vec<f32> = gram(output).iter().zip(target).map(|(g, a)| g - a).collect();
        let scale = (1.0 / (size * size)) as f32;
        for (d, pixel) in d_output.as_flattened_mut().iter_mut().zip(output.as_flattened()) {
            *d = [0.0; C];
            // The differences are symmetric, so a row of them is a column.
            for (row, f) in difference.chunks_exact(C).zip(pixel) {
                d.iter_mut().zip(row).for_each(|(d, difference)| *d += scale * f * difference);
            }
        }
        let squares: f64 = difference.iter().map(|&d| f64::from(d) * f64::from(d)).sum();
        (squares / (4.0 * size * size)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    type Maps = Volume<2, 3, 4>;

    fn maps(seed: u64) -> Maps {
        let mut random = Random::new(seed);
        std::array::from_fn(|_| std::array::from_fn(|_| std::array::from_fn(|_| 2.0 * random.unit() - 1.0)))
    }

    /// Compares a loss and its gradient with a reference in float64 and that one's central differences.
    fn check(loss: &impl Loss<Maps, Vec<f32>>, target: &Vec<f32>, reference: impl Fn(&[f64]) -> f64) {
        let output = maps(1);
        let mut d_output = [[[f32::NAN; 4]; 3]; 2];
        let found = f64::from(loss.evaluate(&output, target, &mut d_output));
        let at: Vec<f64> = output.as_flattened().as_flattened().iter().map(|&x| f64::from(x)).collect();
        assert!((found - reference(&at)).abs() < 1e-6 * found, "loss {found}, expected {}", reference(&at));
        for (i, &d) in d_output.as_flattened().as_flattened().iter().enumerate() {
            let moved = |by: f64| {
                let mut at = at.clone();
                at[i] += by;
                reference(&at)
            };
            let expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((f64::from(d) - expected).abs() < 1e-5 * expected.abs() + 1e-7, "{i}: {d}, expected {expected}");
        }
    }

    /// The Gram matrix, entry by entry.
    fn slow_gram(maps: &[f64]) -> Vec<f64> {
        let entry = |i: usize, j: usize| (0..6).map(|pixel| maps[4 * pixel + i] * maps[4 * pixel + j]).sum();
        (0..16).map(|at| entry(at / 4, at % 4)).collect()
    }

    #[test]
    fn a_gram_matrix_by_hand() {
        // Channels (1, 2, 0) and (3, 0, 4) over three pixels.
        assert_eq!(gram(&[[[1.0, 3.0], [2.0, 0.0], [0.0, 4.0]]]), [5.0, 3.0, 3.0, 25.0]);
    }

    #[test]
    fn a_gram_matrix_does_not_know_where() {
        let (maps, mut moved) = (maps(3), maps(3));
        moved.swap(0, 1);
        moved[0].rotate_left(1);
        gram(&maps).iter().zip(gram(&moved)).for_each(|(a, b)| assert!((a - b).abs() < 1e-5));
    }

    #[test]
    fn style_has_the_gradient_of_finite_differences() {
        let target = gram(&maps(2));
        check(&Style, &target, |maps| {
            let squares = slow_gram(maps).into_iter().zip(&target).map(|(g, &a)| (g - f64::from(a)).powi(2));
            squares.sum::<f64>() / (4.0 * 16.0 * 36.0)
        });
    }

    #[test]
    fn content_has_the_gradient_of_finite_differences() {
        let target = maps(2).as_flattened().concat();
        check(&Content, &target, |maps| {
            0.5 * maps.iter().zip(&target).map(|(f, &t)| (f - f64::from(t)).powi(2)).sum::<f64>()
        });
    }
}
