//! Which kernel a convolution's forward pass runs on, in words.

use super::small::Maps;
use super::{Algorithm, Conv, narrow, products_of, small};
use crate::kernels::short_runs;
use crate::map::Part;
use crate::simd;

/// The kernel of inference on this machine: the names are those of `docs/performance.md`.
pub fn kernel(conv: &Conv, input: &Part, output: &Part) -> String {
    let maps = Maps { input, output };
    if let Some(name) = narrow::name(conv, maps) {
        return name.to_owned();
    }
    if let Some(name) = small::name(conv, maps) {
        return name.to_owned();
    }
    let tile = simd::tile();
    if let Algorithm::Winograd(winograd) = conv.algorithm {
        return format!("winograd {0}x{0}, register tiles of {tile}", winograd.tile);
    }
    let product = products_of(conv, conv.grid(1, input, output), conv.taps(input), 0, [&[], &[]]);
    let name = if short_runs::fits(&product) { "short_runs" } else { "row_fma" };
    format!("{name}, register tiles of {tile}")
}
