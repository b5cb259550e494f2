//! Principal components, in f64: the best that a linear code can do.

use rayon::prelude::*;

/// The mean of the data, and orthonormal directions from it along which they vary most.
pub(crate) struct Pca<const N: usize> {
    mean: Vec<f64>,
    components: Vec<Vec<f64>>,
}

/// The share by which the variance in the subspace must still grow for the iteration to go on.
const GROWTH: f64 = 1e-7;
/// The share that is left of a vector by rounding alone.
const DEPENDENT: f64 = 1e-10;
/// More is never needed where the spectrum falls at all.
const MOST_ITERATIONS: usize = 300;

impl<const N: usize> Pca<N> {
    /// The first `k` components, by subspace iteration (Golub, Van Loan, *Matrix computations*, 7.3.2): multiply `k`
    /// vectors by the covariance, make them orthonormal again, until they hold no more variance than before.
    ///
    /// They span the subspace of the components; in it, they need not be the components one by one.
    pub(crate) fn new(data: &[[f32; N]], k: usize) -> Self {
        let mean: Vec<f64> =
            (0..N).map(|i| data.iter().map(|x| f64::from(x[i])).sum::<f64>() / data.len() as f64).collect();
        let covariance = covariance(data, &mean);
        // Vectors to start from that no direction is orthogonal to, with any likelihood: sines of all frequencies.
        let mut components: Vec<Vec<f64>> =
            (0..k).map(|j| (0..N).map(|i| (((i + 1) * (j + 1)) as f64).sin()).collect()).collect();
        orthonormalize(&mut components);
        let mut held = 0.0;
        for _ in 0..MOST_ITERATIONS {
            let mut products: Vec<Vec<f64>> =
                components.par_iter().map(|q| covariance.iter().map(|row| dot(row, q)).collect()).collect();
            let now = components.iter().zip(&products).map(|(q, product)| dot(q, product)).sum::<f64>();
            orthonormalize(&mut products);
            components = products;
            if now - held <= GROWTH * now {
                break;
            }
            held = now;
        }
        Self { mean, components }
    }

    /// A sample's nearest neighbour in the subspace: mean + sum of q (q' (x - mean)).
    pub(crate) fn reconstruct(&self, x: &[f32; N]) -> [f32; N] {
        let centred: Vec<f64> = x.iter().zip(&self.mean).map(|(&x, mean)| f64::from(x) - mean).collect();
        let mut near = self.mean.clone();
        for q in &self.components {
            let along = dot(q, &centred);
            near.iter_mut().zip(q).for_each(|(near, q)| *near += along * q);
        }
        std::array::from_fn(|i| near[i] as f32)
    }
}

/// The mean of (x - mean)(x - mean)', as the mean of x x' without mean mean': many pixels are zero, and cost nothing.
fn covariance<const N: usize>(data: &[[f32; N]], mean: &[f64]) -> Vec<Vec<f64>> {
    let upper: Vec<Vec<f64>> = (0..N)
        .into_par_iter()
        .map(|i| {
            let mut row = vec![0.0; N];
            for x in data.iter().filter(|x| x[i] != 0.0) {
                let x_i = f64::from(x[i]);
                row[i..].iter_mut().zip(&x[i..]).for_each(|(sum, &x_j)| *sum += x_i * f64::from(x_j));
            }
            row.iter().zip(mean).map(|(sum, mean_j)| sum / data.len() as f64 - mean[i] * mean_j).collect()
        })
        .collect();
    (0..N).map(|i| (0..N).map(|j| upper[i.min(j)][i.max(j)]).collect()).collect()
}

/// Gram and Schmidt's procedure, twice: once leaves what rounding makes of nearly dependent vectors.
fn orthonormalize(vectors: &mut [Vec<f64>]) {
    for _ in 0..2 {
        for j in 0..vectors.len() {
            let (before, rest) = vectors.split_at_mut(j);
            let vector = &mut rest[0];
            let whole = dot(vector, vector).sqrt();
            for q in before {
                let along = dot(q, vector);
                vector.iter_mut().zip(q).for_each(|(x, q)| *x -= along * *q);
            }
            let length = dot(vector, vector).sqrt();
            // What is left of a vector in the span of those before it is rounding: zero stands for it, where the data
            // vary in fewer directions than were asked for.
            let scale = if length > DEPENDENT * whole { 1.0 / length } else { 0.0 };
            vector.iter_mut().for_each(|x| *x *= scale);
        }
    }
}

/// In four sums, which do not wait for each other.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    for (a, b) in a.chunks(4).zip(b.chunks(4)) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line_by_hand() {
        // About (2, 3), along (3, 4) / 5, and one point off it by a tenth at a right angle, and its opposite.
        let data = [[5.0, 7.0], [-1.0, -1.0], [2.0 - 0.08, 3.0 + 0.06], [2.0 + 0.08, 3.0 - 0.06]];
        let pca = Pca::new(&data, 1);
        assert!((pca.mean[0] - 2.0).abs() < 1e-6 && (pca.mean[1] - 3.0).abs() < 1e-6);
        assert!((pca.components[0][0].abs() - 0.6).abs() < 1e-6, "{:?}", pca.components);
        for (x, near) in data.iter().zip([[5.0, 7.0], [-1.0, -1.0], [2.0, 3.0], [2.0, 3.0]]) {
            let found = pca.reconstruct(x);
            assert!((0..2).all(|i| (found[i] - near[i]).abs() < 1e-5), "{found:?}, expected {near:?}");
        }
    }

    /// Axes whose variances are known: what k components leave is the sum of the others.
    #[test]
    fn the_error_is_the_variance_that_is_left() {
        let deviations: [f32; 6] = [1.0, 5.0, 2.0, 0.5, 3.0, 0.0];
        let mut data = Vec::new();
        for (axis, deviation) in deviations.into_iter().enumerate() {
            for sign in [-1.0, 1.0] {
                let mut x = [0.5; 6];
                x[axis] += sign * deviation;
                data.push(x);
            }
        }
        // Largest squares first: 25, 9, 4, 1, 0.25, 0; each from 2 of 12 points.
        for (k, left) in [(1, 14.25), (2, 5.25), (3, 1.25), (5, 0.0), (6, 0.0)] {
            let pca = Pca::new(&data, k);
            let squares = |x: &[f32; 6]| pca.reconstruct(x).iter().zip(x).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
            let error = data.iter().map(squares).sum::<f32>() / 12.0;
            assert!((error - left / 6.0).abs() < 1e-4, "{k} components: {error}, expected {}", left / 6.0);
        }
    }

    #[test]
    fn components_are_orthonormal_and_invariant() {
        let (train, _) = cnn::data::digits();
        let data: Vec<[f32; 64]> = train.inputs().iter().map(|x| std::array::from_fn(|i| x[i / 8][i % 8][0])).collect();
        let pca = Pca::new(&data, 10);
        let covariance = covariance(&data, &pca.mean);
        for (i, q) in pca.components.iter().enumerate() {
            for (j, other) in pca.components.iter().enumerate() {
                assert!((dot(q, other) - f64::from(u8::from(i == j))).abs() < 1e-9);
            }
            // What the covariance makes of q lies in the subspace again.
            let product: Vec<f64> = covariance.iter().map(|row| dot(row, q)).collect();
            let inside: f64 = pca.components.iter().map(|other| dot(other, &product).powi(2)).sum();
            assert!(inside > 0.999 * dot(&product, &product), "component {i}");
        }
    }
}
