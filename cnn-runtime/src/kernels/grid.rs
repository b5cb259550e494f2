//! The pixels that a kernel goes over, and where each lies in two buffers at once.

/// Distances in floats from a sample, a row and a column to the next, and where the first pixel is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps {
    /// The first pixel.
    pub(crate) start: usize,
    /// From a sample to the next, a row to the next, a column to the next.
    pub(crate) steps: [usize; 3],
}

/// Pixels of a group of samples: `counts` samples, rows and columns, seen in a buffer `a` and a buffer `b`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) counts: [usize; 3],
    pub(crate) a: Steps,
    pub(crate) b: Steps,
}

impl Grid {
    /// How many pixels there are.
    pub(crate) fn pixels(&self) -> usize {
        self.counts.iter().product()
    }

    /// The same grid for `count` of its samples from `first` on.
    pub(crate) fn samples(mut self, first: usize, count: usize) -> Self {
        self.counts[0] = count;
        self.a.start += first * self.a.steps[0];
        self.b.start += first * self.b.steps[0];
        self
    }

    /// The same grid for `count` of its rows from `first` on.
    pub(crate) fn rows(mut self, first: usize, count: usize) -> Self {
        self.counts[1] = count;
        self.a.start += first * self.a.steps[1];
        self.b.start += first * self.b.steps[1];
        self
    }

    /// The same grid with `a` and `b` moved on.
    pub(crate) fn shifted(mut self, a: usize, b: usize) -> Self {
        self.a.start += a;
        self.b.start += b;
        self
    }

    /// The same grid for `count` of its columns from `first` on.
    fn columns(mut self, first: usize, count: usize) -> Self {
        self.counts[2] = count;
        self.a.start += first * self.a.steps[2];
        self.b.start += first * self.b.steps[2];
        self
    }

    /// Cuts the grid into pieces of at most `pixels` pixels, as even as possible.
    pub(crate) fn pieces(self, pixels: usize) -> impl Iterator<Item = Self> {
        // How many of each of the three a piece has: all of the inner ones before the first of the outer ones.
        let [columns, rows, samples] = [[2, 3], [1, 2], [0, 1]].map(|[at, inner]| {
            let inner = self.counts[inner..].iter().product::<usize>().max(1);
            let most = (pixels / inner).max(1);
            let count = self.counts[at].max(1);
            count.div_ceil(count.div_ceil(most))
        });
        let [of_samples, of_rows, of_columns] = self.counts;
        let cut = |of: usize, at_once: usize| (0..of).step_by(at_once).map(move |i| (i, at_once.min(of - i)));
        let starts = cut(of_samples, samples).flat_map(move |s| cut(of_rows, rows).map(move |y| (s, y)));
        let starts = starts.flat_map(move |(s, y)| cut(of_columns, columns).map(move |x| (s, y, x)));
        starts.map(move |(s, y, x)| self.samples(s.0, s.1).rows(y.0, y.1).columns(x.0, x.1))
    }

    /// Where each pixel is in `a` and in `b`: at most as many as `to` has places.
    #[inline(always)]
    pub(crate) fn list<'a>(&self, to: &'a mut [[usize; 2]]) -> &'a mut [[usize; 2]] {
        let (pixels, mut cursor) = (&mut to[..self.pixels()], Cursor::new(*self));
        pixels.iter_mut().for_each(|place| *place = cursor.next().into());
        pixels
    }

    /// Rows joined into longer ones where that makes no difference: fewer, longer loops.
    pub(crate) fn joined(mut self) -> Self {
        for outer in [1, 0] {
            let run = self.counts[outer + 1];
            let joins = |s: &Steps| s.steps[outer] == run * s.steps[outer + 1] || self.counts[outer] == 1;
            if joins(&self.a) && joins(&self.b) {
                self.counts[outer + 1] *= self.counts[outer];
                self.counts[outer] = 1;
            }
        }
        self
    }
}

/// Goes over the pixels of a [`Grid`] in order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor {
    grid: Grid,
    /// Samples, rows and columns before this one.
    position: [usize; 3],
    a: usize,
    b: usize,
}

impl Cursor {
    pub(crate) fn new(grid: Grid) -> Self {
        Self { grid, position: [0; 3], a: grid.a.start, b: grid.b.start }
    }

    /// Where this pixel lies in `a` and in `b`; moves on to the next.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> (usize, usize) {
        let here = (self.a, self.b);
        let Grid { counts, a, b } = &self.grid;
        self.position[2] += 1;
        self.a += a.steps[2];
        self.b += b.steps[2];
        if self.position[2] == counts[2] {
            self.position[2] = 0;
            self.position[1] += 1;
            if self.position[1] == counts[1] {
                self.position[1] = 0;
                self.position[0] += 1;
            }
            let at = |s: &Steps| s.start + self.position[0] * s.steps[0] + self.position[1] * s.steps[1];
            (self.a, self.b) = (at(a), at(b));
        }
        here
    }

    /// Where this pixel lies in `a` and in `b`.
    pub(crate) fn place(&self) -> [usize; 2] {
        [self.a, self.b]
    }

    /// Moves on by `count` pixels; behind the last one it is where a sample more would start.
    pub(crate) fn skip(&mut self, count: usize) {
        let Grid { counts: [_, rows, columns], a, b } = &self.grid;
        let [s, y, x] = self.position;
        let pixel = (s * rows + y) * columns + x + count;
        self.position = [pixel / (rows * columns), pixel / columns % rows, pixel % columns];
        let at = |steps: &Steps| steps.start + (0..3).map(|i| self.position[i] * steps.steps[i]).sum::<usize>();
        (self.a, self.b) = (at(a), at(b));
    }

    /// Where the next `N` pixels lie in `a` and in `b`; moves on behind them.
    #[inline(always)]
    pub(crate) fn take<const N: usize>(&mut self) -> ([usize; N], [usize; N]) {
        let (mut from, mut to) = ([self.a; N], [self.b; N]);
        // Mostly they are in one row: no branches.
        if self.position[2] + N < self.grid.counts[2] {
            let [a, b] = [self.grid.a.steps[2], self.grid.b.steps[2]];
            for i in 0..N {
                (from[i], to[i]) = (self.a + i * a, self.b + i * b);
            }
            self.position[2] += N;
            (self.a, self.b) = (self.a + N * a, self.b + N * b);
        } else {
            for (from, to) in from.iter_mut().zip(&mut to) {
                (*from, *to) = self.next();
            }
        }
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(grid: Grid) -> Vec<(usize, usize)> {
        let mut cursor = Cursor::new(grid);
        (0..grid.pixels()).map(|_| cursor.next()).collect()
    }

    #[test]
    fn a_cursor_visits_every_pixel_and_joined_grids_visit_the_same() {
        let a = Steps { start: 5, steps: [100, 12, 3] };
        for (b, joined) in [
            (Steps { start: 0, steps: [1000, 40, 10] }, [2, 1, 12]),
            (Steps { start: 0, steps: [1000, 50, 10] }, [2, 3, 4]),
        ] {
            let grid = Grid { counts: [2, 3, 4], a, b };
            let mut expected = Vec::new();
            for s in 0..2 {
                for y in 0..3 {
                    for x in 0..4 {
                        expected.push((5 + s * 100 + y * 12 + x * 3, s * 1000 + y * b.steps[1] + x * 10));
                    }
                }
            }
            assert_eq!(pixels(grid), expected);
            assert_eq!(pixels(grid.joined()), expected);
            assert_eq!(grid.joined().counts, joined);
            assert_eq!(pixels(grid.samples(1, 1)), expected[12..]);
            for most in 1..30 {
                let pieces: Vec<Grid> = grid.pieces(most).collect();
                assert!(pieces.iter().all(|piece| piece.pixels() <= most), "pieces of {most}");
                let lists = pieces.iter().flat_map(|piece| piece.list(&mut [[0; 2]; 30]).to_vec());
                assert_eq!(lists.map(|[a, b]| (a, b)).collect::<Vec<_>>(), expected, "lists of {most}");
                assert_eq!(pieces.into_iter().flat_map(pixels).collect::<Vec<_>>(), expected, "pieces of {most}");
            }
            let mut cursor = Cursor::new(grid);
            for threes in expected.chunks_exact(3) {
                let (a, b) = cursor.take::<3>();
                assert_eq!([0, 1, 2].map(|i| (a[i], b[i])), threes);
            }
        }
    }
}
