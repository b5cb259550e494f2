//! Which kernel a convolution's forward pass runs on, and its name.

use super::small::Maps;
use super::{Algorithm, Conv, Winograd, narrow, products_of, small};
use crate::kernels::column::Columns;
use crate::kernels::grid::Grid;
use crate::kernels::output_lane::Windows;
use crate::kernels::short_runs;
use crate::map::Part;
use crate::simd;

/// What computes the outputs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kernel {
    /// `output_lane`: the output's floats in the lanes.
    OutputLane(Windows),
    /// `column`: a column of the output in the registers.
    Column(Columns),
    /// `pixel_lane`: pixels in the lanes.
    PixelLane,
    /// Minimal filtering of tiles.
    Winograd(Winograd),
    /// Products of windows and panels: `short_runs` or `row_fma`.
    Products,
}

impl Kernel {
    /// What suits a convolution of so many samples.
    pub(super) fn of(conv: &Conv, samples: usize, maps: Maps<'_>) -> Self {
        if let Some(kernel) = narrow::kernel(conv, samples, maps) {
            return kernel;
        }
        if small::fits(conv, maps) {
            return Self::PixelLane;
        }
        match conv.algorithm {
            Algorithm::Winograd(winograd) => Self::Winograd(winograd),
            Algorithm::Direct | Algorithm::Plain | Algorithm::Vertical => Self::Products,
        }
    }
}

/// The kernel of inference on this machine: the names are those of `docs/performance.md`.
pub fn kernel(conv: &Conv, input: &Part, output: &Part) -> String {
    let maps = Maps { input, output };
    let (name, is_filtered) = match Kernel::of(conv, 1, maps) {
        Kernel::OutputLane(_) => ("output_lane", false),
        Kernel::Column(columns) => ("column", narrow::is_filtered(conv, &columns)),
        Kernel::PixelLane => ("pixel_lane", small::is_mostly_filtered(conv, maps)),
        Kernel::Winograd(winograd) => {
            return format!("winograd {0}x{0}, register tiles of {1}", winograd.tile, simd::tile());
        }
        Kernel::Products => {
            let grid = Grid { counts: conv.counts(1, output), ..conv.grid(1, input, output) };
            let product = products_of(conv, grid, conv.taps(input), 0, [&[], &[]]);
            let name = if short_runs::fits(&product) { "short_runs" } else { "row_fma" };
            return format!("{name}, register tiles of {}", simd::tile());
        }
    };
    if is_filtered { format!("{name}, winograd 4x1") } else { name.to_owned() }
}
