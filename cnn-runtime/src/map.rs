//! Where a volume lies in an arena: the one description that the plan and the kernels share.

use crate::buffer::LANES;
use std::ops::Deref;

/// A volume of every sample of a group, somewhere in an arena: height x width x channels
/// floats in HWC order, surrounded by a border of zeros that a padded consumer reads.
///
/// A vector of N floats is a map of 1 x 1 x N. Offsets are those of an arena for one sample; an arena for G samples
/// multiplies them by G and keeps the G samples of a map one behind the other, [`stored`](Part::stored) floats apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Map(Part);

/// Where some channels of a map lie: the place of a branch of `cat` among the others. Every map is a part too: all of
/// itself.
///
/// A type of its own, since the rows of a part are no runs of floats. What is written for parts goes from pixel to
/// pixel by [`pitch`](Self::pitch), and takes maps as well; what takes a [`Map`] cannot be given a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First float of the map that holds it (border included) in an arena for one sample. A multiple of 16.
    pub offset: usize,
    /// Rows, border not counted.
    pub height: usize,
    /// Columns, border not counted.
    pub width: usize,
    /// Floats of a pixel that are its own.
    pub channels: usize,
    /// Rows of zeros above and below, columns of zeros left and right.
    pub border: [usize; 4],
    /// Floats from a pixel to the one beside it: the channels of the map that holds it.
    pub pitch: usize,
    /// Which of those channels is its first.
    pub first: usize,
}

impl Map {
    /// A map with a border of zeros: `[height, width, channels]`, `[top, bottom, left, right]`.
    pub const fn new(offset: usize, shape: [usize; 3], border: [usize; 4]) -> Self {
        let [height, width, channels] = shape;
        Self(Part { offset, height, width, channels, border, pitch: channels, first: 0 })
    }

    /// A map without a border: a sample is one run of floats.
    pub const fn dense(offset: usize, shape: [usize; 3]) -> Self {
        Self::new(offset, shape, [0; 4])
    }

    /// Its channels `first..first + channels`.
    pub const fn part(self, first: usize, channels: usize) -> Part {
        assert!(first + channels <= self.0.channels, "a part has channels that its map does not have");
        Part { first, channels, ..self.0 }
    }

    /// All of it.
    pub const fn all(self) -> Part {
        self.0
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

/// What can be done with a part can be done with a map.
impl Deref for Map {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.0
    }
}

impl Part {
    /// Floats from a pixel to the one below it.
    pub const fn row(&self) -> usize {
        (self.border[2] + self.width + self.border[3]) * self.pitch
    }

    /// Floats from the start of a sample to the first pixel inside the border.
    pub const fn origin(&self) -> usize {
        self.border[0] * self.row() + self.border[2] * self.pitch + self.first
    }

    /// Floats of one sample of the map that holds it, border included.
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

    /// Whether it is a map: pixels lie side by side.
    pub const fn is_whole(&self) -> bool {
        self.channels == self.pitch
    }

    /// Whether a sample's volume is one run of floats: there is no border, and pixels lie side by side.
    pub const fn is_dense(&self) -> bool {
        self.size() == self.volume()
    }

    /// The runs of floats that one sample's interior consists of: rows if pixels lie side by side, or else pixels.
    pub(crate) fn runs<'a>(&self, sample: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
        let (step, count, len) = self.runs_of_a_row();
        let rows = sample[self.origin()..].chunks(self.row().max(1)).take(self.height);
        rows.flat_map(move |row| row.chunks(step).take(count).map(move |run| &run[..len]))
    }

    /// The same runs, to write to.
    pub(crate) fn runs_mut<'a>(&self, sample: &'a mut [f32]) -> impl Iterator<Item = &'a mut [f32]> {
        let (step, count, len) = self.runs_of_a_row();
        let rows = sample[self.origin()..].chunks_mut(self.row().max(1)).take(self.height);
        rows.flat_map(move |row| row.chunks_mut(step).take(count).map(move |run| &mut run[..len]))
    }

    /// One sample's pixels inside the border.
    pub(crate) fn pixels<'a>(&self, sample: &'a [f32]) -> impl Iterator<Item = &'a [f32]> {
        let &Self { width, channels, pitch, .. } = self;
        let rows = sample[self.origin()..].chunks(self.row().max(1)).take(self.height);
        rows.flat_map(move |row| row.chunks(pitch).take(width).map(move |pixel| &pixel[..channels]))
    }

    /// The same pixels, to write to.
    pub(crate) fn pixels_mut<'a>(&self, sample: &'a mut [f32]) -> impl Iterator<Item = &'a mut [f32]> {
        let &Self { width, channels, pitch, .. } = self;
        let rows = sample[self.origin()..].chunks_mut(self.row().max(1)).take(self.height);
        rows.flat_map(move |row| row.chunks_mut(pitch).take(width).map(move |pixel| &mut pixel[..channels]))
    }

    /// Floats from a run to the next, how many there are in a row, and their length.
    pub(crate) fn runs_of_a_row(&self) -> (usize, usize, usize) {
        if self.is_whole() {
            (self.row().max(1), 1, self.width * self.channels)
        } else {
            (self.pitch, self.width, self.channels)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_a_map_with_a_border_and_of_a_part() {
        let map = Map::new(32, [2, 3, 4], [1, 0, 2, 1]);
        assert_eq!((map.row(), map.origin(), map.size(), map.volume()), (24, 24 + 8, 72, 24));
        // Whole vectors, and one more.
        assert_eq!((map.stored(), map.offset), (80 + LANES, 32));
        assert!(map.is_whole() && !map.is_dense());
        let part = map.part(1, 2);
        assert_eq!((part.row(), part.origin(), part.size(), part.volume()), (24, 24 + 8 + 1, 72, 12));
        assert!(!part.is_whole() && !part.is_dense() && map.all().is_whole());
        let dense = Map::dense(0, [2, 3, 4]);
        assert!(dense.is_dense() && dense.origin() == 0 && dense.stored() == 32 + LANES);
    }

    /// Each float its own place.
    fn sample(map: &Part) -> Vec<f32> {
        (0..map.stored()).map(|i| i as f32).collect()
    }

    #[test]
    fn rows_runs_and_pixels_are_those_inside_the_border() {
        let map = Map::new(0, [2, 3, 2], [1, 0, 1, 0]);
        let mut floats = sample(&map);
        // Rows of 8 floats, the first of which is border, as are the first two floats of each.
        let inside = [[10.0, 11.0, 12.0, 13.0, 14.0, 15.0], [18.0, 19.0, 20.0, 21.0, 22.0, 23.0]];
        assert_eq!(map.rows(&floats).collect::<Vec<_>>(), inside);
        assert_eq!(map.runs(&floats).collect::<Vec<_>>(), inside);
        assert_eq!(map.pixels(&floats).flatten().collect::<Vec<_>>(), inside.iter().flatten().collect::<Vec<_>>());
        let part = map.part(1, 1);
        let of_part = [11.0, 13.0, 15.0, 19.0, 21.0, 23.0];
        assert_eq!(part.runs(&floats).flatten().copied().collect::<Vec<_>>(), of_part);
        assert_eq!(part.pixels(&floats).flatten().copied().collect::<Vec<_>>(), of_part);

        part.runs_mut(&mut floats).flatten().for_each(|x| *x += 100.0);
        part.pixels_mut(&mut floats).flatten().for_each(|x| *x += 100.0);
        map.rows_mut(&mut floats).flatten().for_each(|x| *x = -*x);
        for (i, &x) in floats.iter().enumerate() {
            let place = i as f32;
            let expected = match () {
                () if of_part.contains(&place) => -(place + 200.0),
                () if inside.as_flattened().contains(&place) => -place,
                () => place,
            };
            assert_eq!(x, expected, "float {i}");
        }
    }

    #[test]
    fn a_map_of_nothing_has_no_rows() {
        let map = Map::dense(0, [0, 0, 5]);
        assert_eq!((map.rows(&sample(&map)).count(), map.runs(&sample(&map)).count()), (0, 0));
    }
}
