//! Samples are plain arrays.

/// A volume of height x width x channels: what a convolution reads and writes, and what an image is.
pub type Volume<const H: usize, const W: usize, const C: usize> = [[[f32; C]; W]; H];

/// An array that a network can take or give: a vector `[f32; N]` or a [`Volume`].
///
/// Large samples live on the heap: in a `Vec`, or a box made by [`zeroed_box`](Sample::zeroed_box).
pub trait Sample: bytemuck::Pod + Send + Sync {
    /// Height, width and channels; a vector is 1 x 1 x N.
    const SHAPE: [usize; 3];

    /// The floats in HWC order.
    fn flat(&self) -> &[f32] {
        bytemuck::cast_slice(std::slice::from_ref(self))
    }

    /// The floats in HWC order, to write to.
    fn flat_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(std::slice::from_mut(self))
    }

    /// A sample of zeros, made on the heap.
    fn zeroed_box() -> Box<Self> {
        bytemuck::zeroed_box()
    }

    /// Samples of zeros, made on the heap.
    fn zeroed_vec(len: usize) -> Vec<Self> {
        bytemuck::zeroed_vec(len)
    }
}

impl<const N: usize> Sample for [f32; N] {
    const SHAPE: [usize; 3] = [1, 1, N];
}

impl<const H: usize, const W: usize, const C: usize> Sample for Volume<H, W, C> {
    const SHAPE: [usize; 3] = [H, W, C];
}

/// One of the parts that a sample is made of.
///
/// # Panics
/// If there are not as many floats as the part has, which generated code never does.
#[doc(hidden)]
pub fn part<S: Sample>(floats: &[f32]) -> &S {
    bytemuck::from_bytes(bytemuck::cast_slice(floats))
}

/// The same, to write to.
///
/// # Panics
/// As [`part`].
#[doc(hidden)]
pub fn part_mut<S: Sample>(floats: &mut [f32]) -> &mut S {
    bytemuck::from_bytes_mut(bytemuck::cast_slice_mut(floats))
}

/// The floats of several samples, one behind the other.
pub(crate) fn flat_samples<S: Sample>(samples: &[S]) -> &[f32] {
    bytemuck::cast_slice(samples)
}

/// The floats of several samples, to write to.
pub(crate) fn flat_samples_mut<S: Sample>(samples: &mut [S]) -> &mut [f32] {
    bytemuck::cast_slice_mut(samples)
}
