//! Aligned memory with slack: where parameters, gradients and activations live.
//!
//! Knows nothing of layers. Every buffer starts on a cache line and is followed by [`LANES`] zeroed floats that no one
//! owns, so that a kernel may load a whole vector at the last element.

#[cfg(target_os = "linux")]
mod pages;

/// Floats in the vectors that the kernels are written for (512 bits).
pub(crate) const LANES: usize = 16;

/// Bytes of a cache line: what a buffer's first float is aligned to.
const ALIGNMENT: usize = 64;

/// A buffer of `f32`, zeroed, aligned to a cache line, with [`LANES`] floats of slack behind it.
#[derive(Debug)]
pub(crate) struct Buffer {
    storage: Storage,
    start: usize,
    len: usize,
}

#[derive(Debug)]
enum Storage {
    Heap(Vec<f32>),
    #[cfg(target_os = "linux")]
    Pages(pages::Pages),
}

impl Buffer {
    /// A buffer of `len` zeros.
    pub(crate) fn zeroed(len: usize) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(pages) = pages::Pages::zeroed(len + LANES) {
            return Self { storage: Storage::Pages(pages), start: 0, len };
        }
        let heap = vec![0.0; len + LANES + ALIGNMENT / size_of::<f32>()];
        let start = heap.as_ptr().align_offset(ALIGNMENT);
        assert!(start < ALIGNMENT, "the allocator returned memory that is not aligned to f32");
        Self { storage: Storage::Heap(heap), start, len }
    }

    /// The contents and the slack behind them: `len + LANES` floats.
    pub(crate) fn with_slack(&self) -> &[f32] {
        let storage = match &self.storage {
            Storage::Heap(heap) => heap,
            #[cfg(target_os = "linux")]
            Storage::Pages(pages) => pages.floats(),
        };
        &storage[self.start..][..self.len + LANES]
    }

    /// The contents and the slack behind them, to write to.
    pub(crate) fn with_slack_mut(&mut self) -> &mut [f32] {
        let storage = match &mut self.storage {
            Storage::Heap(heap) => heap,
            #[cfg(target_os = "linux")]
            Storage::Pages(pages) => pages.floats_mut(),
        };
        &mut storage[self.start..][..self.len + LANES]
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
        &self.with_slack()[..self.len]
    }
}

impl std::ops::DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        let len = self.len;
        &mut self.with_slack_mut()[..len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_and_their_copies_are_aligned_and_have_slack() {
        for len in [0, 1, 15, 16, 1000, 300_000, (1 << 20) + 5] {
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
