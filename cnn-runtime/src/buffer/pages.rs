//! Memory in huge pages, where the system gives them to programs that ask.

use memmap2::{Advice, MmapMut};

/// Bytes of a huge page.
const PAGE: usize = 2 << 20;

/// Bytes from which memory is worth pages of its own: at most as much again lies idle at the end.
const LEAST: usize = PAGE / 2;

/// Zeroed memory that begins at a huge page.
#[derive(Debug)]
pub(super) struct Pages {
    map: MmapMut,
    start: usize,
    bytes: usize,
}

impl Pages {
    /// Memory for so many floats; `None` if they are too few to be worth it, or if the system has no such memory to
    /// give.
    ///
    /// Kernels go over weights in pieces far apart, a page or more, and on a virtual machine a page whose address is
    /// not at hand costs as much as a cache line from far away. (Sapphire Rapids, all memory in huge pages against
    /// none: AlexNet trains in 0.85 to 0.9 of the time, a batch of eight takes 0.75 to 0.85; networks of a megabyte and
    /// less gain nothing that minutes do not differ by.)
    pub(super) fn zeroed(len: usize) -> Option<Self> {
        let bytes = len.checked_mul(size_of::<f32>()).filter(|&bytes| bytes >= LEAST)?;
        let mut map = MmapMut::map_anon(bytes.next_multiple_of(PAGE).checked_add(PAGE)?).ok()?;
        // A system that has no huge pages has small ones.
        _ = map.advise(Advice::HugePage);
        let start = map.as_mut_ptr().align_offset(PAGE);
        (start < PAGE).then_some(Self { map, start, bytes })
    }

    pub(super) fn floats(&self) -> &[f32] {
        bytemuck::cast_slice(&self.map[self.start..][..self.bytes])
    }

    pub(super) fn floats_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(&mut self.map[self.start..][..self.bytes])
    }
}
