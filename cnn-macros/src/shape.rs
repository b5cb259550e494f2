//! Shape arithmetic, written once, in checked integers.

use std::fmt;

/// Height, width and channels of a value; a vector is 1 x 1 x N.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    /// Written as a plain number and handed around as `[f32; N]`.
    pub is_vector: bool,
}

impl Shape {
    pub fn volume(height: usize, width: usize, channels: usize) -> Self {
        Self { height, width, channels, is_vector: false }
    }

    pub fn vector(len: usize) -> Self {
        Self { height: 1, width: 1, channels: len, is_vector: true }
    }

    /// Floats. The checker has made sure that they can be counted.
    pub fn len(self) -> usize {
        self.height * self.width * self.channels
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { height, width, channels, is_vector } = self;
        if *is_vector { write!(f, "{channels}") } else { write!(f, "{height}x{width}x{channels}") }
    }
}
