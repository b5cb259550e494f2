//! General matrix products, by the crate `matrixmultiply`: the one file with `unsafe` in it.
//!
//! It allocates (the crate packs its operands), so no step of training calls it: it is for work between steps, such as
//! Gram matrices and least squares, and it is what the kernels are tested against.
#![allow(unsafe_code, reason = "`matrixmultiply` takes raw pointers; this is the only door to it")]

/// A matrix somewhere in a slice: element (row, column) is `data[row * steps[0] + column * steps[1]]`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    data: &'a [f32],
    shape: [usize; 2],
    steps: [usize; 2],
}

/// A matrix to write to. No two of its elements share a float.
#[derive(Debug)]
pub struct MatrixMut<'a> {
    data: &'a mut [f32],
    shape: [usize; 2],
    steps: [usize; 2],
}

/// The index behind the last element, if all indices are valid for the arithmetic of pointers.
fn extent([rows, columns]: [usize; 2], [down, right]: [usize; 2]) -> Option<usize> {
    if rows == 0 || columns == 0 {
        return Some(0);
    }
    let last = (rows - 1).checked_mul(down)?.checked_add((columns - 1).checked_mul(right)?)?;
    last.checked_add(1).filter(|&end| isize::try_from(end).is_ok())
}

fn check(len: usize, shape: [usize; 2], steps: [usize; 2]) {
    assert!(
        extent(shape, steps).is_some_and(|end| end <= len) && steps.iter().all(|&step| isize::try_from(step).is_ok()),
        "a {}x{} matrix with steps of {} and {} does not fit {len} floats",
        shape[0],
        shape[1],
        steps[0],
        steps[1],
    );
}

impl<'a> Matrix<'a> {
    /// A matrix of `shape` (rows, columns) whose rows and columns are `steps` floats apart.
    ///
    /// # Panics
    /// If an element would lie outside `data`.
    pub fn new(data: &'a [f32], shape: [usize; 2], steps: [usize; 2]) -> Self {
        check(data.len(), shape, steps);
        Self { data, shape, steps }
    }

    /// A matrix whose rows lie one behind the other.
    ///
    /// # Panics
    /// If an element would lie outside `data`.
    pub fn rows(data: &'a [f32], [rows, columns]: [usize; 2]) -> Self {
        Self::new(data, [rows, columns], [columns, 1])
    }

    /// The same floats with rows and columns exchanged.
    #[must_use]
    pub fn transposed(self) -> Self {
        let ([rows, columns], [down, right]) = (self.shape, self.steps);
        Self { data: self.data, shape: [columns, rows], steps: [right, down] }
    }
}

impl<'a> MatrixMut<'a> {
    /// A matrix of `shape` (rows, columns) whose rows and columns are `steps` floats apart.
    ///
    /// # Panics
    /// If an element would lie outside `data`, or two elements could share a float.
    pub fn new(data: &'a mut [f32], shape: [usize; 2], steps: [usize; 2]) -> Self {
        check(data.len(), shape, steps);
        let spans = |outer: usize, inner: usize| {
            steps[inner] > 0 && (shape[outer] < 2 || steps[outer] >= shape[inner].saturating_mul(steps[inner]))
        };
        assert!(
            shape.contains(&0) || spans(0, 1) || spans(1, 0),
            "elements of a {}x{} matrix with steps of {} and {} share floats",
            shape[0],
            shape[1],
            steps[0],
            steps[1],
        );
        Self { data, shape, steps }
    }

    /// A matrix whose rows lie one behind the other.
    ///
    /// # Panics
    /// If an element would lie outside `data`.
    pub fn rows(data: &'a mut [f32], [rows, columns]: [usize; 2]) -> Self {
        Self::new(data, [rows, columns], [columns.max(1), 1])
    }
}

/// `c = alpha * a * b + beta * c`. With `beta` zero, what `c` held does not matter.
///
/// # Panics
/// If the shapes do not match.
pub fn gemm(alpha: f32, a: Matrix<'_>, b: Matrix<'_>, beta: f32, c: MatrixMut<'_>) {
    let [m, k] = a.shape;
    let n = b.shape[1];
    assert!(
        b.shape[0] == k && c.shape == [m, n],
        "a {m}x{k} matrix times a {}x{n} one cannot give a {}x{} one",
        b.shape[0],
        c.shape[0],
        c.shape[1],
    );
    let step = |steps: [usize; 2]| steps.map(usize::cast_signed);
    let ([a_down, a_right], [b_down, b_right], [c_down, c_right]) = (step(a.steps), step(b.steps), step(c.steps));
    // SAFETY: `check` showed when the three views were made that every element (row, column) below the shape lies in
    // the view's slice and that steps fit an isize, and views are immutable since; the shapes match by the assertion
    // above. `c` is borrowed mutably, so it overlaps neither `a` nor `b`, and its elements do not share floats
    // (`MatrixMut::new`).
    unsafe {
        matrixmultiply::sgemm(
            m,
            k,
            n,
            alpha,
            a.data.as_ptr(),
            a_down,
            a_right,
            b.data.as_ptr(),
            b_down,
            b_right,
            beta,
            c.data.as_mut_ptr(),
            c_down,
            c_right,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, assert_close};

    #[test]
    fn products_of_views_are_those_of_the_definition() {
        let mut random = Random::new(1);
        for [m, k, n] in [[1, 1, 1], [2, 3, 4], [17, 33, 5], [0, 2, 3], [4, 0, 3]] {
            let (a, b, c) = (random.vec(k * (m + 1)), random.vec(k * n), random.vec(m * n));
            let mut expected = vec![0.0; m * n];
            for i in 0..m {
                for j in 0..n {
                    let dot = (0..k).map(|l| f64::from(a[l * (m + 1) + i]) * f64::from(b[l * n + j]));
                    expected[i * n + j] = 2.0 * dot.sum::<f64>() + 0.5 * f64::from(c[i * n + j]);
                }
            }
            let mut actual = c.clone();
            let left = Matrix::new(&a, [k, m], [m + 1, 1]).transposed();
            gemm(2.0, left, Matrix::rows(&b, [k, n]), 0.5, MatrixMut::rows(&mut actual, [m, n]));
            assert_close(&actual, &expected, 1e-5, "gemm");
        }
    }

    #[test]
    #[should_panic(expected = "a 3x4 matrix with steps of 4 and 1 does not fit 11 floats")]
    fn a_view_ends_within_its_slice() {
        Matrix::rows(&[0.0; 11], [3, 4]);
    }

    #[test]
    #[should_panic(expected = "share floats")]
    fn what_is_written_to_is_not_aliased() {
        MatrixMut::new(&mut [0.0; 11], [3, 3], [2, 1]);
    }

    #[test]
    #[should_panic(expected = "cannot give")]
    fn shapes_match() {
        gemm(
            1.0,
            Matrix::rows(&[0.0; 6], [2, 3]),
            Matrix::rows(&[0.0; 4], [2, 2]),
            0.0,
            MatrixMut::rows(&mut [], [0, 0]),
        );
    }
}
