//! Aligned memory with slack: where parameters, gradients and activations live.
//!
//! Knows nothing of layers. Every buffer starts on a cache line and is followed by [`LANES`] zeroed floats that no one
//! owns, so that a kernel may load a whole vector at the last element.

/// Floats in the vectors that the kernels are written for (512 bits).
pub(crate) const LANES: usize = 16;

/// Bytes of a cache line: what a buffer's first float is aligned to.
const ALIGNMENT: usize = 64;

/// A heap buffer of `f32`, zeroed, aligned to a cache line, with [`LANES`] floats of slack behind it.
#[derive(Debug)]
pub(crate) struct Buffer {
    storage: Vec<f32>,
    start: usize,
    len: usize,
}

impl Buffer {
    /// A buffer of `len` zeros.
    pub(crate) fn zeroed(len: usize) -> Self {
        let storage = vec![0.0; len + LANES + ALIGNMENT / size_of::<f32>()];
        let start = storage.as_ptr().align_offset(ALIGNMENT);
        assert!(start < ALIGNMENT, "the allocator returned memory that is not aligned to f32");
        Self { storage, start, len }
    }

    /// The contents and the slack behind them: `len + LANES` floats.
    pub(crate) fn with_slack(&self) -> &[f32] {
        &self.storage[self.start..][..self.len + LANES]
    }

    /// The contents and the slack behind them, to write to.
    pub(crate) fn with_slack_mut(&mut self) -> &mut [f32] {
        &mut self.storage[self.start..][..self.len + LANES]
    }
}

impl Clone for Buffer {
    fn clone(&self) -> Self {
        let mut copy = Self::zeroed(self.len);
        copy.copy_from_slice(self);
        copy
    }
}

impl std::ops::Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.storage[self.start..][..self.len]
    }
}

impl std::ops::DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.storage[self.start..][..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_and_their_copies_are_aligned_and_have_slack() {
        for len in [0, 1, 15, 16, 1000] {
            let mut buffer = Buffer::zeroed(len);
            buffer.iter_mut().enumerate().for_each(|(i, x)| *x = i as f32);
            for buffer in [buffer.clone(), buffer] {
                assert_eq!(buffer.as_ptr().align_offset(ALIGNMENT), 0);
                assert_eq!(buffer.with_slack().len(), len + LANES);
                assert!(buffer.iter().enumerate().all(|(i, &x)| x == i as f32));
            }
        }
    }
}
