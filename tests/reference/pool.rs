//! Pools over windows and over whole channels.

use super::values::Values;
use super::window::Window;

/// PyTorch's `max_pool2d`: padding never wins.
pub(super) fn max(input: &Values, window: &Window) -> Values {
    pool(input, window, |inside, _| inside.fold(f64::NEG_INFINITY, f64::max))
}

/// PyTorch's `avg_pool2d` with `count_include_pad`: the divisor counts pixels and padding, but not what a window has
/// beyond the padding.
pub(super) fn average(input: &Values, window: &Window) -> Values {
    pool(input, window, |inside, counted| inside.sum::<f64>() / counted as f64)
}

/// The mean of every channel.
pub(super) fn global_average(input: &Values) -> Values {
    let pixels = (input.height * input.width) as f64;
    Values::from_fn(input.samples, [1, 1, input.channels], |n, c, _, _| input.plane(n, c).iter().sum::<f64>() / pixels)
}

/// The largest of every channel.
pub(super) fn global_max(input: &Values) -> Values {
    Values::from_fn(input.samples, [1, 1, input.channels], |n, c, _, _| {
        input.plane(n, c).iter().copied().fold(f64::NEG_INFINITY, f64::max)
    })
}

/// By how much the largest of each window, or of each channel, is larger than the next.
pub(super) fn leads(input: &Values, window: Option<&Window>) -> Vec<f64> {
    let lead = |pixels: &mut dyn Iterator<Item = f64>| {
        let [first, second] =
            pixels.fold(
                [f64::NEG_INFINITY; 2],
                |[first, second], x| {
                    if x > first { [x, first] } else { [first, f64::max(second, x)] }
                },
            );
        first - second
    };
    match window {
        Some(window) => pool(input, window, |inside, _| lead(inside)).data,
        None => {
            let channels = (0..input.samples).flat_map(|n| (0..input.channels).map(move |c| (n, c)));
            channels.map(|(n, c)| lead(&mut input.plane(n, c).iter().copied())).collect()
        }
    }
}

/// `f` of each window's pixels inside the input and of the number of its pixels inside input and padding.
fn pool(input: &Values, window: &Window, f: impl Fn(&mut dyn Iterator<Item = f64>, usize) -> f64) -> Values {
    let sizes = [input.height, input.width];
    let inside = |axis: usize, at: &isize| (0..sizes[axis] as isize).contains(at);
    let counted = |axis: usize, position: usize| {
        let end = (sizes[axis] + window.padding[axis][1]) as isize;
        window.taps(axis, position).filter(|&at| at < end).count()
    };
    let [out_h, out_w] = window.out;
    Values::from_fn(input.samples, [out_h, out_w, input.channels], |n, c, y, x| {
        let rows = window.taps(0, y).filter(|row| inside(0, row));
        let mut pixels = rows.flat_map(|row| {
            let columns = window.taps(1, x).filter(|column| inside(1, column));
            columns.map(move |column| input.at(n, c, row as usize, column as usize))
        });
        f(&mut pixels, counted(0, y) * counted(1, x))
    })
}
