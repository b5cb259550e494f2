//! One sample's convolution on several threads: rows of its output.

use super::{Conv, Run, compute};
use crate::buffer::LANES;
use crate::map::Part;
use crate::parallel;

/// Multiply-adds that are worth another thread: 100 us at least, twice what waking it costs on a slow day.
const WORK: usize = 32 << 20;

/// Rows that stay together: the largest tile of minimal filtering, so that tiles lie as they would without parts.
const ROWS: usize = 4;

/// Computes the output on as many of `threads` threads as there is work for. Each has a share of the scratch memory.
pub(super) fn forward(conv: &Conv, mut run: Run<'_>, input: &Part, output: &Part, threads: usize) {
    let shrinks = conv.shrinks();
    let work = shrinks * shrinks * output.volume() * conv.kernel[0] * conv.kernel[1] * conv.group_inputs();
    let parts = threads.min(work / WORK).min(shrinks * output.height / ROWS);
    // Kernels may load (not store) a vector at the last float of their part, which ends at the next one's.
    let is_whole = conv.out_channels.is_multiple_of(LANES);
    let parts = if run.samples == 1 && is_whole { parts.max(1) } else { 1 };
    let share = run.scratch.len() / threads / LANES * LANES;
    run.scratch = &mut run.scratch[..parts * share];
    halve(conv, run, input, output, parts);
}

/// Cuts the rows of the output in two until every part has its own.
fn halve(conv: &Conv, run: Run<'_>, input: &Part, output: &Part, parts: usize) {
    if parts == 1 {
        return compute(conv, run, input, output);
    }
    let shrinks = conv.shrinks();
    let above = (output.height * (parts / 2) / parts).next_multiple_of(ROWS / shrinks);
    // The last part keeps a last odd row, although no pooling covers it: tiles of minimal filtering see it.
    let [top, bottom, ..] = conv.padding;
    let rows = (top + input.height + bottom - conv.reach()) / conv.stride[0] + 1;
    let Run { samples, parameters, derived, x, y, scratch, joins } = run;
    let half = scratch.len() / parts / LANES * LANES * (parts / 2);
    let (scratch_above, scratch_below) = scratch.split_at_mut(half);
    let (y_above, y_below) = y.split_at_mut((output.border[0] + above) * output.row());
    let x_below = &x[(input.border[0] - top + shrinks * above * conv.stride[0]) * input.row()..];
    let [maps_above, maps_below] = [
        part(conv, [input, output], [shrinks * above, above], [input.border[0], output.border[0]]),
        part(conv, [input, output], [rows - shrinks * above, output.height - above], [top, 0]),
    ];
    let rest = parts - parts / 2;
    parallel::both(
        &mut || {
            let run = Run { samples, parameters, derived, x, y: y_above, scratch: scratch_above, joins };
            halve(conv, run, &maps_above[0], &maps_above[1], parts / 2);
        },
        &mut || {
            let run = Run { samples, parameters, derived, x: x_below, y: y_below, scratch: scratch_below, joins };
            halve(conv, run, &maps_below[0], &maps_below[1], rest);
        },
    );
}

/// Input and output as a part of `rows` rows of the convolution and `height` of the output sees them, with so many rows
/// above: what surrounds its input are rows of zeros or other parts' rows.
fn part(
    conv: &Conv,
    [input, output]: [&Part; 2],
    [rows, height]: [usize; 2],
    [input_top, output_top]: [usize; 2],
) -> [Part; 2] {
    let [top, bottom, ..] = conv.padding;
    let seen = (rows - 1) * conv.stride[0] + conv.reach();
    let [_, _, left, right] = input.border;
    let inside = seen.saturating_sub(top + bottom);
    let bottom = seen.saturating_sub(top + inside);
    let input = Part { height: inside, border: [input_top, bottom, left, right], ..*input };
    let [_, _, left, right] = output.border;
    let output = Part { height, border: [output_top, 0, left, right], ..*output };
    [input, output]
}

#[cfg(test)]
mod tests {
    use super::super::{Activation, Algorithm, Winograd, winograd};
    use super::*;
    use crate::buffer::Buffer;
    use crate::testing::{Bench, Places, Random, for_each_isa};

    /// Any number of parts gives the bits of one.
    fn check(conv: Conv, [height, width]: [usize; 2], output: [usize; 2], extra: [usize; 4]) {
        let mut random = Random::new(height as u64);
        let [top, bottom, left, right] = conv.padding;
        let [above, below, before, behind] = extra;
        let mut places = Places::default();
        let border = [top + above, bottom + below, left + before, right + behind];
        let input = places.map([height, width, conv.in_channels], border);
        let output = places.map([output[0], output[1], conv.out_channels], extra);
        let weights = conv.kernel[0] * conv.kernel[1] * conv.group_inputs() * conv.out_channels;
        let parameters = random.vec(weights + conv.out_channels);
        let x = random.vec(input.volume());
        for_each_isa(|isa| {
            let compute = |parts: usize| {
                let mut bench = Bench::new(1, places.floats, &parameters);
                if let Algorithm::Winograd(winograd) = conv.algorithm {
                    bench.derived = Buffer::zeroed(winograd.floats(&conv)[0]);
                    winograd::derive(&mut bench.prepare(), &conv);
                }
                bench.fill(&input, &x);
                bench.blank(&output);
                let pass = bench.pass();
                let ([x, y], scratch) = pass.arena.views_and_scratch([&input, &output]);
                let (parameters, derived) = (pass.parameters, pass.derived);
                halve(
                    &conv,
                    Run { samples: 1, parameters, derived, x, y, scratch, joins: false },
                    &input,
                    &output,
                    parts,
                );
                let bits: Vec<u32> = bench.read(&output).into_iter().map(f32::to_bits).collect();
                bench.assert_untouched_outside(&output);
                bits
            };
            let whole = compute(1);
            for parts in 2..=conv.shrinks() * output.height / ROWS {
                assert!(compute(parts) == whole, "{isa}: {conv:?} in {parts} parts");
            }
        });
    }

    #[test]
    fn parts_give_the_bits_of_the_whole() {
        let direct = Conv {
            in_channels: 20,
            out_channels: 32,
            kernel: [3, 3],
            stride: [1, 1],
            dilation: [1, 1],
            padding: [1; 4],
            groups: 1,
            weight: 0,
            bias: Some(9 * 20 * 32),
            activation: Activation::Relu,
            pool: false,
            adds: false,
            algorithm: Algorithm::Direct,
        };
        check(direct, [17, 9], [17, 9], [1, 0, 2, 1]);
        check(Conv { pool: true, ..direct }, [17, 9], [8, 4], [1, 0, 2, 1]);
        check(Conv { padding: [2, 0, 1, 1], stride: [2, 1], ..direct }, [15, 9], [8, 9], [0; 4]);
        check(Conv { padding: [0; 4], dilation: [2, 1], ..direct }, [14, 8], [10, 6], [0, 1, 0, 0]);
        check(
            Conv { groups: 2, padding: [2; 4], bias: None, activation: Activation::Tanh, ..direct },
            [8, 7],
            [10, 9],
            [0; 4],
        );
        for (tile, taps) in [(2, 3), (4, 3), (4, 5)] {
            let winograd = Winograd::of(tile);
            let conv = Conv {
                kernel: [taps; 2],
                padding: [taps / 2; 4],
                bias: Some(taps * taps * 20 * 32),
                algorithm: Algorithm::Winograd(winograd),
                ..direct
            };
            check(conv, [18, 9], [18, 9], [1, 0, 2, 1]);
            for height in [18, 19] {
                check(Conv { pool: true, ..conv }, [height, 9], [9, 4], [1, 0, 2, 1]);
            }
        }
    }
}
