//! Memory that a kernel is about to need, read in one go.
//!
//! A register tile goes by memory in short pieces far apart, which the processor's prefetchers do not follow: fresh
//! memory costs it one wait after another. Reading a float of every line beforehand makes all waits at once, and
//! streams. (Prefetch instructions could hide them altogether, but are not safe code. Touching a few lines at every
//! tile gains less, and loses where the input is what comes from afar: a tile waits for them before it ends.)

use std::hint::black_box;

/// Floats of a cache line.
const LINE: usize = 16;

/// Reads `len` floats from `start` on, or to the end of the buffer.
pub(crate) fn touch(buffer: &[f32], start: usize, len: usize) {
    let end = (start + len).min(buffer.len());
    let lines = buffer.get(start..end).unwrap_or_default();
    // Four sums, for the additions not to wait for each other.
    let mut sums = [0.0; 4];
    for lines in lines.chunks(4 * LINE) {
        for (sum, line) in sums.iter_mut().zip(lines.chunks(LINE)) {
            *sum += line[0];
        }
    }
    black_box(sums);
}
