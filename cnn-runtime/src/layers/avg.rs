//! Average pooling.

use super::pool::Window;
use super::windows::{Plan, fresh, get, put, vectors};
use crate::buffer::LANES;
use crate::map::Map;
use crate::pass::Pass;
use crate::simd::dispatch;
use fearless_simd::{f32x16, prelude::*};

/// The mean of each window, channel by channel. Padding counts as zeros and is counted (PyTorch's
/// `count_include_pad`), but what a `ceil` window has beyond the padding is not.
pub fn forward(pass: &mut Pass<'_>, window: &Window, input: &Map, output: &Map) {
    let plan = Plan::new(window, input, output);
    let [x, y] = pass.arena.views([input, output]);
    for (x, y) in x.chunks(input.stored()).zip(y.chunks_mut(output.stored())).take(pass.samples) {
        match plan.inner_square() {
            Some(2) => dispatch!(simd => square_kernel::<_, 2>(simd, &plan, x, y)),
            Some(3) => dispatch!(simd => square_kernel::<_, 3>(simd, &plan, x, y)),
            _ => dispatch!(simd => forward_kernel(simd, &plan, x, y)),
        }
    }
}

/// Windows of `K` x `K` that lie inside the map.
#[inline(always)]
fn square_kernel<S: Simd, const K: usize>(simd: S, plan: &Plan, x: &[f32], y: &mut [f32]) {
    let (channels, [down, right]) = (plan.input.channels, plan.stride());
    for out_y in 0..plan.output.height {
        let row = &mut y[plan.output_row(out_y)];
        let rows: [&[f32]; K] = std::array::from_fn(|i| {
            let start = plan.input_at(out_y * down + i, 0);
            &x[start..start + plan.input.width * channels + LANES]
        });
        for (out_x, pixel) in (0..plan.output.width).map(|out_x| (out_x, out_x * right * channels)) {
            for (c, _) in vectors(channels) {
                let mut sum = f32x16::splat(simd, 0.0);
                for row in rows {
                    for j in 0..K {
                        sum += get(simd, row, pixel + j * channels + c);
                    }
                }
                put(sum * (1.0 / (K * K) as f32), row, out_x * channels + c, channels);
            }
        }
    }
}

#[inline(always)]
fn forward_kernel<S: Simd>(simd: S, plan: &Plan, x: &[f32], y: &mut [f32]) {
    let channels = plan.input.channels;
    for out_y in 0..plan.output.height {
        let row = &mut y[plan.output_row(out_y)];
        for out_x in 0..plan.output.width {
            let ([rows, columns], weight) = (plan.inside(out_y, out_x), plan.weight(out_y, out_x));
            for (c, _) in vectors(channels) {
                let mut sum = f32x16::splat(simd, 0.0);
                for in_y in rows.clone() {
                    for in_x in columns.clone() {
                        sum += get(simd, x, plan.input_at(in_y, in_x) + c);
                    }
                }
                put(sum * weight, row, out_x * channels + c, channels);
            }
        }
    }
}

/// Spreads each output's gradient evenly over its window; overwrites `d_input`.
pub fn backward(pass: &mut Pass<'_>, window: &Window, d_output: &Map, d_input: &Map) {
    let plan = Plan::new(window, d_input, d_output);
    let [dy, dx] = pass.arena.views([d_output, d_input]);
    for (dy, dx) in dy.chunks(d_output.stored()).zip(dx.chunks_mut(d_input.stored())).take(pass.samples) {
        d_input.rows_mut(dx).for_each(|row| row.fill(0.0));
        dispatch!(simd => backward_kernel(simd, &plan, dy, dx));
    }
}

/// Adds to `dx`, which is zero, of one sample.
#[inline(always)]
fn backward_kernel<S: Simd>(simd: S, plan: &Plan, dy: &[f32], dx: &mut [f32]) {
    let channels = plan.input.channels;
    let zero = f32x16::splat(simd, 0.0);
    for out_y in 0..plan.output.height {
        let dy = &dy[plan.output_row(out_y).start..];
        for out_x in 0..plan.output.width {
            let ([rows, columns], weight) = (plan.inside(out_y, out_x), plan.weight(out_y, out_x));
            for (c, seen) in vectors(channels) {
                // Lanes that are not ours get 0 added.
                let share = fresh(simd, channels, seen).select(get(simd, dy, out_x * channels + c) * weight, zero);
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
