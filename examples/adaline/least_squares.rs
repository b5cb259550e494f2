//! The best that one linear unit can do: the solution of the normal equations, in f64, to hold the delta rule against.

use cnn::Sample;
use cnn::data::Dataset;

/// What is left of a pivot, as a share of what it was, if its input is a sum of the inputs before it.
const DEPENDENT: f64 = 1e-9;

/// The weights w, the bias last, that make the mean of (w x - t)^2 smallest: those with (X'X) w = X't, where the rows
/// of X are the samples, a 1 behind each for the bias.
///
/// The equations are solved by Cholesky's decomposition X'X = L L'. An input that depends on those before it (a pixel
/// that is always blank, say) gets a weight of 0 and its column of L stays zero: it adds nothing that they cannot say.
pub(crate) fn solve<I: Sample>(samples: &Dataset<I, [f32; 1]>) -> Vec<f64> {
    let (mut a, mut b) = normal_equations(samples);
    let n = b.len();
    // L takes the place of the lower triangle of X'X, column by column.
    for j in 0..n {
        let whole = a[j][j];
        let pivot = whole - (0..j).map(|k| a[j][k] * a[j][k]).sum::<f64>();
        let scale = if pivot > DEPENDENT * whole { 1.0 / pivot.sqrt() } else { 0.0 };
        for i in j..n {
            let rest = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            a[i][j] = rest * scale;
        }
    }
    // L y = b downwards, then L' w = y upwards.
    for i in 0..n {
        let rest = b[i] - (0..i).map(|k| a[i][k] * b[k]).sum::<f64>();
        b[i] = if a[i][i] > 0.0 { rest / a[i][i] } else { 0.0 };
    }
    for i in (0..n).rev() {
        let rest = b[i] - (i + 1..n).map(|k| a[k][i] * b[k]).sum::<f64>();
        b[i] = if a[i][i] > 0.0 { rest / a[i][i] } else { 0.0 };
    }
    b
}

/// X'X / samples and X't / samples: the correlations of the inputs with each other (Widrow's R) and with the targets.
pub(crate) fn normal_equations<I: Sample>(samples: &Dataset<I, [f32; 1]>) -> (Vec<Vec<f64>>, Vec<f64>) {
    let n = I::SHAPE.iter().product::<usize>() + 1;
    let (mut a, mut b) = (vec![vec![0.0; n]; n], vec![0.0; n]);
    let share = 1.0 / samples.len() as f64;
    for (input, target) in samples.inputs().iter().zip(samples.targets()) {
        let x = with_one(input);
        for (i, &x_i) in x.iter().enumerate() {
            a[i].iter_mut().zip(&x).for_each(|(sum, x_j)| *sum += share * x_i * x_j);
            b[i] += share * x_i * f64::from(target[0]);
        }
    }
    (a, b)
}

/// w x: what a linear unit of these weights, the bias last, makes of an input.
pub(crate) fn output<I: Sample>(weights: &[f64], input: &I) -> f64 {
    with_one(input).iter().zip(weights).map(|(x, w)| x * w).sum()
}

/// The mean of (w x - t)^2.
pub(crate) fn mean_squared_error<I: Sample>(weights: &[f64], samples: &Dataset<I, [f32; 1]>) -> f64 {
    let pairs = samples.inputs().iter().zip(samples.targets());
    pairs.map(|(input, target)| (output(weights, input) - f64::from(target[0])).powi(2)).sum::<f64>()
        / samples.len() as f64
}

fn with_one<I: Sample>(input: &I) -> Vec<f64> {
    input.flat().iter().map(|&x| f64::from(x)).chain([1.0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Through (0, 1), (1, 2), (2, 2), (3, 4): sums of x 6, of x^2 14, of t 9, of x t 18, so that 14 w + 6 b = 18 and 6
    /// w + 4 b = 9, whose solution is w = 0.9, b = 0.9; the errors are 0.1, 0.2, -0.7, 0.4, hence squares of 0.7 in
    /// all.
    #[test]
    fn a_line_through_four_points_by_hand() {
        let samples = Dataset::new(vec![[0.0], [1.0], [2.0], [3.0]], vec![[1.0], [2.0], [2.0], [4.0]]).unwrap();
        let weights = solve(&samples);
        assert!(weights.iter().all(|w| (w - 0.9).abs() < 1e-12), "{weights:?}");
        assert!((mean_squared_error(&weights, &samples) - 0.7 / 4.0).abs() < 1e-12);
    }

    #[test]
    fn inputs_that_say_nothing_new_get_no_weight() {
        // Always blank; the first; twice the first; constant, so that the bias depends on it.
        let inputs = [0.0, 1.0, 2.0, 3.0].map(|x| [0.0, x, 2.0 * x, 5.0]).to_vec();
        let samples = Dataset::new(inputs, vec![[1.0], [2.0], [2.0], [4.0]]).unwrap();
        let weights = solve(&samples);
        assert_eq!([weights[0], weights[2], weights[4]], [0.0; 3]);
        assert!((weights[1] - 0.9).abs() < 1e-9 && (weights[3] - 0.9 / 5.0).abs() < 1e-9, "{weights:?}");
    }

    /// At the minimum the errors are uncorrelated with every input.
    #[test]
    fn the_gradient_vanishes_on_digits() {
        let (samples, _) = crate::two_digits(8, 9);
        let weights = solve(&samples);
        let (a, b) = normal_equations(&samples);
        for (row, b) in a.iter().zip(b) {
            let gradient: f64 = row.iter().zip(&weights).map(|(a, w)| a * w).sum::<f64>() - b;
            assert!(gradient.abs() < 1e-9, "{gradient}");
        }
    }
}
