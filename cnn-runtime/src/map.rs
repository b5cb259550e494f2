//! Where a volume lies in an arena: the one description that the plan and the kernels share.

use crate::buffer::LANES;

/// A volume of every sample of a group, somewhere in an arena: height x width x channels
/// floats in HWC order, surrounded by a border of zeros that a padded consumer reads.
///
/// A vector of N floats is a map of 1 x 1 x N. Offsets are those of an arena for one sample; an arena for G samples
/// multiplies them by G and keeps the G samples of a map one behind the other, [`stored`](Self::stored) floats apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Map {
    /// First float of the map (border included) in an arena for one sample. A multiple of 16.
    pub offset: usize,
    /// Rows, border not counted.
    pub height: usize,
    /// Columns, border not counted.
    pub width: usize,
    /// Floats of a pixel.
    pub channels: usize,
    /// Rows of zeros above and below, columns of zeros left and right.
    pub border: [usize; 4],
}

impl Map {
    /// A map with a border of zeros: `[height, width, channels]`, `[top, bottom, left, right]`.
    pub const fn new(offset: usize, shape: [usize; 3], border: [usize; 4]) -> Self {
        let [height, width, channels] = shape;
        Self { offset, height, width, channels, border }
    }

    /// A map without a border: a sample is one run of floats.
    pub const fn dense(offset: usize, shape: [usize; 3]) -> Self {
        Self::new(offset, shape, [0; 4])
    }

    /// Floats from a pixel to the one below it.
    pub const fn row(&self) -> usize {
        (self.border[2] + self.width + self.border[3]) * self.channels
    }

    /// Floats from the start of a sample to its first pixel inside the border.
    pub const fn origin(&self) -> usize {
        self.border[0] * self.row() + self.border[2] * self.channels
    }

    /// Floats of one sample, border included.
    pub const fn size(&self) -> usize {
        (self.border[0] + self.height + self.border[1]) * self.row()
    }

    /// Floats from one sample to the next: the size rounded up to whole vectors, and one vector more, which lets a
    /// kernel load a vector at the last float and keeps samples from lying a power of two apart.
    pub const fn stored(&self) -> usize {
        self.size().next_multiple_of(LANES) + LANES
    }

    /// Floats of one sample's volume, border not counted.
    pub const fn volume(&self) -> usize {
        self.height * self.width * self.channels
    }

    /// Whether there is no border, so that a sample's volume is one run of floats.
    pub const fn is_dense(&self) -> bool {
        self.size() == self.volume()
    }

    /// The interior rows of one sample of this map, each `width * channels` floats.
    pub fn rows<'a>(&self, sample: &'a [f32]) -> impl ExactSizeIterator<Item = &'a [f32]> {
        let (row, run) = (self.row(), self.width * self.channels);
        sample[self.origin()..].chunks(row.max(1)).take(self.height).map(move |r| &r[..run])
    }

    /// The interior rows of one sample of this map, to write to.
    pub fn rows_mut<'a>(&self, sample: &'a mut [f32]) -> impl ExactSizeIterator<Item = &'a mut [f32]> {
        let (row, run) = (self.row(), self.width * self.channels);
        sample[self.origin()..].chunks_mut(row.max(1)).take(self.height).map(move |r| &mut r[..run])
    }
}
