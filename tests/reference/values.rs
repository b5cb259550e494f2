//! A batch of volumes.

/// Height, width and channels.
pub type Shape = [usize; 3];

/// A batch of volumes in PyTorch's order: `[samples, channels, height, width]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Samples of the batch.
    pub samples: usize,
    /// Channels of a sample.
    pub channels: usize,
    /// Rows of a channel.
    pub height: usize,
    /// Columns of a channel.
    pub width: usize,
    /// The numbers, columns running fastest.
    pub data: Vec<f64>,
}

impl Values {
    /// Zeros.
    pub fn zeros(samples: usize, shape: Shape) -> Self {
        let [height, width, channels] = shape;
        Self { samples, channels, height, width, data: vec![0.0; samples * channels * height * width] }
    }

    /// Each element of a function of sample, channel, row and column.
    pub fn from_fn(samples: usize, shape: Shape, mut f: impl FnMut(usize, usize, usize, usize) -> f64) -> Self {
        let mut values = Self::zeros(samples, shape);
        let mut elements = values.data.iter_mut();
        for n in 0..samples {
            for c in 0..shape[2] {
                for y in 0..shape[0] {
                    for x in 0..shape[1] {
                        *elements.next().expect("as many elements as positions") = f(n, c, y, x);
                    }
                }
            }
        }
        values
    }

    /// From floats that have their channels last, as the library's samples do.
    pub fn from_channels_last(samples: usize, shape: Shape, floats: &[f32]) -> Self {
        let [height, width, channels] = shape;
        assert_eq!(floats.len(), samples * height * width * channels);
        Self::from_fn(samples, shape, |n, c, y, x| f64::from(floats[((n * height + y) * width + x) * channels + c]))
    }

    /// Height, width and channels.
    pub fn shape(&self) -> Shape {
        [self.height, self.width, self.channels]
    }

    /// One element.
    pub fn at(&self, n: usize, c: usize, y: usize, x: usize) -> f64 {
        self.data[((n * self.channels + c) * self.height + y) * self.width + x]
    }

    /// One channel of one sample.
    pub fn plane(&self, n: usize, c: usize) -> &[f64] {
        let pixels = self.height * self.width;
        &self.data[(n * self.channels + c) * pixels..][..pixels]
    }

    /// All of one sample, which is what `flatten` makes of it.
    pub fn sample(&self, n: usize) -> &[f64] {
        let len = self.channels * self.height * self.width;
        &self.data[n * len..][..len]
    }

    /// The same shape, every element mapped.
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self { data: self.data.iter().map(|&x| f(x)).collect(), ..*self }
    }
}
