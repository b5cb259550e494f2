//! Average pooling.

use super::pool::Window;
use super::windows::{self, Plan, Reduction, fresh, get, vectors};
use crate::buffer::LANES;
use crate::kernels::unroll;
use crate::map::{Map, Part};
use crate::pass::Pass;
use crate::simd::dispatch;
use fearless_simd::{f32x16, prelude::*};

/// The sum of a window's inputs, by weight.
struct Mean;

impl Reduction for Mean {
    const START: f32 = 0.0;

    #[inline(always)]
    fn join<S: Simd>(before: f32x16<S>, input: f32x16<S>) -> f32x16<S> {
        before + input
    }

    #[inline(always)]
    fn finish<S: Simd>(joined: f32x16<S>, weight: f32) -> f32x16<S> {
        joined * weight
    }
}

/// The mean of each window, channel by channel. Padding counts as zeros and is counted (PyTorch's
/// `count_include_pad`), but what a `ceil` window has beyond the padding is not.
pub fn forward(pass: &mut Pass<'_>, window: &Window, input: &Part, output: &Part) {
    windows::forward::<Mean>(pass, window, input, output);
}

/// Spreads each output's gradient evenly over its window; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, window: &Window, d_output: &Map, d_input: &Map) {
    let plan = Plan::new(window, d_input, d_output);
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        match plan.square() {
            Some(2) => dispatch!(simd => backward_kernel::<_, 2>(simd, &plan, dy, dx)),
            Some(3) => dispatch!(simd => backward_kernel::<_, 3>(simd, &plan, dy, dx)),
            _ => dispatch!(simd => backward_kernel::<_, 0>(simd, &plan, dy, dx)),
        }
    }
}

/// Adds to `dx`, which is zero, of one sample. Windows of `K` x `K`, or with a `K` of 0 of any sides.
#[inline(always)]
fn backward_kernel<S: Simd, const K: usize>(simd: S, plan: &Plan, dy: &[f32], dx: &mut [f32]) {
    let (channels, step) = (plan.input.channels, plan.input.row());
    let [whole_rows, whole_columns] = plan.whole();
    let zero = f32x16::splat(simd, 0.0);
    for out_y in 0..plan.output.height {
        let dy = &dy[plan.output_row(out_y).start..];
        for out_x in 0..plan.output.width {
            let ([rows, columns], weight) = (plan.inside(out_y, out_x), plan.weight(out_y, out_x));
            for (c, seen) in vectors(channels) {
                // Lanes that are not ours get 0 added.
                let share = fresh(simd, channels, seen).select(get(simd, dy, out_x * channels + c) * weight, zero);
                if K > 0 && whole_rows.contains(&out_y) && whole_columns.contains(&out_x) {
                    let dx = &mut dx[plan.input_at(rows.start, columns.start) + c..];
                    unroll!(i < K, {
                        unroll!(j < K, {
                            let dx = &mut dx[i * step + j * channels..][..LANES];
                            (f32x16::from_slice(simd, dx) + share).store_slice(dx);
                        });
                    });
                    continue;
                }
                for in_y in rows.clone() {
                    for in_x in columns.clone() {
                        let at = plan.input_at(in_y, in_x) + c;
                        (get(simd, dx, at) + share).store_slice(&mut dx[at..at + LANES]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
