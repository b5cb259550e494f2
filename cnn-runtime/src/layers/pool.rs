//! Max pooling, overlapping and padded ones included.

mod few;

use self::few::{Row, Rows};
use super::windows::{self, Plan, Reduction, fresh, get, put, vectors};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::{Tile, dispatch, math};
use fearless_simd::{f32x16, mask32x16, prelude::*};

/// The constants of a pooling window. Pairs are `[vertical, horizontal]`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Rows and columns of the window.
    pub kernel: [usize; 2],
    /// Steps of the window.
    pub stride: [usize; 2],
    /// Rows above and below, columns left and right of the input that windows may reach into (with `ceil`, a window
    /// may reach further). They are never read: a maximum leaves them out, an average counts the padding as zeros.
    pub padding: [usize; 4],
}

/// Whether an input is the maximum `y` of its window: equal, or the NaN that made it NaN.
#[inline(always)]
pub(super) fn matches<S: Simd>(x: f32x16<S>, y: f32x16<S>) -> mask32x16<S> {
    x.simd_eq(y) | x.is_nan()
}

/// The largest input of a window.
struct Max;

impl Reduction for Max {
    const START: f32 = f32::NEG_INFINITY;

    #[inline(always)]
    fn join<S: Simd>(before: f32x16<S>, input: f32x16<S>) -> f32x16<S> {
        math::larger(before, input)
    }

    #[inline(always)]
    fn finish<S: Simd>(joined: f32x16<S>, _weight: f32) -> f32x16<S> {
        joined
    }
}

/// The largest of each window, channel by channel. Padding never wins, NaN always does.
pub fn forward(pass: &mut Pass<'_>, window: &Window, input: &Part, output: &Part) {
    windows::forward::<Max>(pass, window, input, output);
}

/// Gives each output's gradient to the first input of its window (row by row) that was the largest; overwrites
/// `d_input`.
pub fn backward(pass: &mut Pass<'_>, window: &Window, input: &Part, output: &Part, d_output: &Map, d_input: &Map) {
    let [plan, d_plan] = [Plan::new(window, input, output), Plan::new(window, d_input, d_output)];
    let [x, y, dy, dx] = pass.arena.views([input, output, d_output, d_input]);
    let rows = Rows::new(input.channels, output.width);
    let samples = x.chunks(input.stored()).zip(y.chunks(output.stored()));
    let gradients = dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored()));
    for ((x, y), (dy, dx)) in samples.zip(gradients).take(pass.samples) {
        if plan.is_two_by_two() {
            dispatch!(simd => two_by_two_backward_kernel(simd, &plan, &d_plan, rows.as_ref(), [x, y, dy], dx));
        } else {
            d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
            match plan.square() {
                Some(3) => dispatch!(simd => backward_kernel::<_, 3>(simd, &plan, &d_plan, x, y, dy, dx)),
                _ => dispatch!(simd => backward_kernel::<_, 0>(simd, &plan, &d_plan, x, y, dy, dx)),
            }
        }
    }
}

/// Adds to `dx`, which is zero, of one sample. Windows of `K` x `K`, or with a `K` of 0 of any sides.
#[inline(always)]
fn backward_kernel<S: Simd, const K: usize>(
    simd: S,
    plan: &Plan,
    d_plan: &Plan,
    x: &[f32],
    y: &[f32],
    dy: &[f32],
    dx: &mut [f32],
) {
    let channels = plan.input.channels;
    let zero = f32x16::splat(simd, 0.0);
    let [whole_rows, whole_columns] = plan.whole();
    let [step, d_step] = [plan.input.row(), d_plan.input.row()];
    let pitch = plan.input.pitch;
    let reach = |step: usize, pitch: usize| (K.max(1) - 1) * (step + pitch) + channels.max(LANES);
    let [len, d_len] = [reach(step, pitch), reach(d_step, channels)];
    for out_y in 0..plan.output.height {
        let [y, dy] = [&y[plan.output_row(out_y).start..], &dy[d_plan.output_row(out_y).start..]];
        let whole_row = K > 0 && whole_rows.contains(&out_y);
        for out_x in 0..plan.output.width {
            let [rows, columns] = plan.inside(out_y, out_x);
            let whole = whole_row && whole_columns.contains(&out_x);
            for (c, seen) in vectors(channels) {
                let (y, dy) = (get(simd, y, out_x * plan.output.pitch + c), get(simd, dy, out_x * channels + c));
                // Lanes that have not met their maximum; those that are not ours never will, and get 0 added.
                let mut open = fresh(simd, channels, seen);
                if whole {
                    let x = &x[plan.input_at(rows.start, columns.start)..][..len];
                    let dx = &mut dx[d_plan.input_at(rows.start, columns.start)..][..d_len];
                    unroll!(i < K, {
                        unroll!(j < K, {
                            let found = matches(get(simd, x, i * step + j * pitch + c), y) & open;
                            open &= !found;
                            let dx = &mut dx[i * d_step + j * channels + c..][..LANES];
                            (f32x16::from_slice(simd, dx) + found.select(dy, zero)).store_slice(dx);
                        });
                    });
                    continue;
                }
                for in_y in rows.clone() {
                    for in_x in columns.clone() {
                        let found = matches(get(simd, x, plan.input_at(in_y, in_x) + c), y) & open;
                        open &= !found;
                        let at = d_plan.input_at(in_y, in_x) + c;
                        let sum = get(simd, dx, at) + found.select(dy, zero);
                        sum.store_slice(&mut dx[at..at + LANES]);
                    }
                }
            }
        }
    }
}

/// Windows of 2 x 2 side by side inside the map: every input has one window at most, so that nothing is added.
#[inline(always)]
fn two_by_two_backward_kernel<S: Tile>(
    simd: S,
    plan: &Plan,
    d_plan: &Plan,
    rows: Option<&Rows>,
    [x, y, dy]: [&[f32]; 3],
    dx: &mut [f32],
) {
    let (channels, width) = (plan.input.channels, plan.input.width * plan.input.channels);
    let [pitch, out_pitch] = [plan.input.pitch, plan.output.pitch];
    let zero = f32x16::splat(simd, 0.0);
    // Where masks are not bits by themselves, and permutations not single instructions, pixels are as fast.
    let rows = rows.filter(|_| S::PANELS == 2 && [pitch, out_pitch] == [channels; 2]);
    for out_y in 0..plan.output.height {
        let [y, dy] = [&y[plan.output_row(out_y).start..], &dy[d_plan.output_row(out_y).start..]];
        let [top, bottom] =
            [0, 1].map(|i| &x[plan.input_at(2 * out_y + i, 0)..][..(plan.input.width - 1) * pitch + channels + LANES]);
        let (above, below) = dx.split_at_mut(d_plan.input_at(2 * out_y + 1, 0));
        let (d_top, d_bottom) = (&mut above[d_plan.input_at(2 * out_y, 0)..][..width], &mut below[..width]);
        let covered = 2 * plan.output.width * channels;
        if let Some(rows) = rows {
            let row = Row { x: [top, bottom], y, dy, dx: [&mut *d_top, &mut *d_bottom] };
            rows.backward(simd, row, plan.output.width);
        } else {
            for out_x in 0..plan.output.width {
                for (at, _) in vectors(channels) {
                    let (y, dy) = (get(simd, y, out_x * out_pitch + at), get(simd, dy, out_x * channels + at));
                    let [left, right] = [0, 1].map(|i| (2 * out_x + i) * pitch + at);
                    let a = matches(get(simd, top, left), y);
                    let b = matches(get(simd, top, right), y) & !a;
                    let c = matches(get(simd, bottom, left), y) & !(a | b);
                    let d = a | b | c;
                    let [left, right] = [0, 1].map(|i| (2 * out_x + i) * channels + at);
                    put(a.select(dy, zero), d_top, left, channels, channels);
                    put(b.select(dy, zero), d_top, right, channels, channels);
                    put(c.select(dy, zero), d_bottom, left, channels, channels);
                    put(d.select(zero, dy), d_bottom, right, channels, channels);
                }
            }
        }
        // What no window covers.
        d_top[covered..].fill(0.0);
        d_bottom[covered..].fill(0.0);
    }
    d_plan.input.runs_mut(dx).skip(2 * plan.output.height).for_each(|row| row.fill(0.0));
}

#[cfg(test)]
pub(super) mod tests;
