//! Convolutional networks declared in Rust source: the compiler checks every shape, and the program trains and runs at
//! the machine's speed.
//!
//! ```no_run
//! use cnn::{Fit, Sgd, SoftmaxCrossEntropy, Trainer, network};
//!
//! network! {
//!     /// LeNet-5 (LeCun et al., 1998).
//!     pub struct LeNet5: 28x28x1 =>
//!         conv(6, 5, p2) tanh  pool(2)
//!         conv(16, 5)    tanh  pool(2)
//!         fc(120) tanh  fc(84) tanh  fc(10);
//! }
//!
//! fn main() -> cnn::Result<()> {
//!     let (train, test) = cnn::data::mnist("mnist")?;
//!     let mut trainer = Trainer::new(LeNet5::new(42), SoftmaxCrossEntropy, Sgd::new(0.05).momentum(0.9));
//!     trainer.fit(&train, &test, Fit::epochs(5).batch(64))?;
//!     trainer.net().save("lenet5.safetensors")?;
//!
//!     let mut net = LeNet5::load("lenet5.safetensors")?;
//!     let scores: &[f32; 10] = net.forward(&test.inputs()[0]);
//!     println!("{}: this is a {}", LeNet5::summary(), cnn::argmax(scores));
//!     Ok(())
//! }
//! ```
//!
//! [`network!`] documents the language, [`Network`] what every network has, [`Trainer`] and [`Fit`] training, [`data`]
//! where samples come from.

pub use cnn_runtime::*;

#[cfg(feature = "zoo")]
pub mod zoo;

#[doc(hidden)]
pub use cnn_macros::__network;

/// Declares networks: a small compiler that checks every shape, plans memory and writes the passes.
///
/// ```
/// use cnn::network;
///
/// network! {
///     /// LeNet-5 (LeCun et al., 1998).
///     pub struct LeNet5: 28x28x1 =>
///         conv(6, 5, p2) tanh  pool(2)
///         conv(16, 5)    tanh  pool(2)
///         fc(120) tanh  fc(84) tanh  fc(10);
/// }
///
/// const _: () = assert!(LeNet5::PARAMS == 61_706);
/// ```
///
/// A network whose shapes do not fit does not compile. A 3x3 filter with stride 3 over a 7x7 input, say:
///
/// ```compile_fail
/// # use cnn::network;
/// network! {
///     pub struct Net: 7x7x3 => conv(10, 3, s3);
/// }
/// ```
///
/// ```text
/// error: `conv(10, 3, s3)` does not fit its 7x7x3 input
///          (N + 2P - F) / S + 1 = (7 + 2*0 - 3) / 3 + 1 = 2.33, not a whole number
///            input            7x7x3
///            conv(10, 3, s3)  <- here
///          help: `s1` gives 5x5x10, `s2` gives 3x3x10, `p1` gives 3x3x10
/// ```
///
/// # Items
///
/// - `attributes visibility struct Name: input => layers;` is a network. Attributes and documentation go to the type;
///   `#[cfg(..)]` holds for all that comes with it.
/// - `let name = 2 * 8;` is a number for arguments and shapes behind it: `+ - * / %`, parentheses and other names.
/// - `block name(filters, stride = 1) { layers }` is a part with numbers of its own and fresh weights at each use.
/// - `let name = { layers };` is a chain whose uses in a network share their weights: `name`, or `name(left)`.
/// - `use crate::models::Backbone;` brings in a network of another module or crate, with any visibility but none: as a
///   step, `Backbone` or `trunk: Backbone` is its layers up to its heads, with fresh weights. `as` gives it another name.
/// - `#[max(params = 60_000, macs = "5M", ram = "64K")]` on a network bounds its parameters, multiply-adds and bytes of
///   activations in inference: what exceeds a bound does not compile.
/// - `#[min(field = 64)]` on a network warns where an output sees fewer rows or columns of the input.
///
/// # Shapes
///
/// The input is height x width x channels, `32x32x3` or `[h, w, 3]` with `let` numbers, or a vector, `784`. Behind any
/// layer, `-> 16x16x10` states the shape that is expected there, and the compiler checks it.
///
/// # Layers
///
/// Layers follow each other, apart by white space, `->` or `,`; `<` and `>` may stand around them. `name: conv(..)`
/// labels a layer, which names its tensors in files (`conv1`, `conv2`, `fc1` otherwise); `conv(..) @name` taps what it
/// makes.
///
/// | layer | what it does |
/// |---|---|
/// | `conv(filters, size, options)` | convolution: `filters` windows of `size` over all channels |
/// | `dw(size, options)` | depthwise convolution: one window of `size` for every channel |
/// | `sep(filters, size, options)` | separable convolution: `dw(size, options)` and `conv(filters, 1)` behind it |
/// | `deconv(filters, size, options)` | transposed convolution: every input spreads over a window of `size` in each of `filters` channels |
/// | `pool(size, options)` | max pooling: the largest of each window of `size`; the stride is the size unless it is given |
/// | `avg(size, options)` | average pooling: the mean of each window of `size`; the stride is the size unless it is given |
/// | `adaptive(size)` | average pooling to an output of `size`, over windows of nearly the same size |
/// | `gap` | global average pooling: the mean of every channel, a vector |
/// | `gmax` | global max pooling: the largest of every channel, a vector |
/// | `up(factor, options)` | enlarges rows and columns `factor` times, by repeating pixels; `bilinear` draws lines between them |
/// | `pixelshuffle(factor)` | channels as rows and columns: of `factor` squared channels, a square of pixels |
/// | `fc(outputs, options)` | fully connected: every output sees every input |
/// | `bias` | adds a learnt number to every number of its input: a bias for each unit instead of one for each channel |
/// | `flatten` | a volume as a vector; `fc` does it by itself |
/// | `reshape(shape)` | the same numbers as a volume or vector of another shape, in the order height, width, channel |
/// | `slice(from, to)` | the channels from number `from`, counted from 0, to the one before `to` |
/// | `shuffle(groups)` | channel shuffle: deals `groups` of channels out among each other |
/// | `rnn(hidden, options)` | a recurrent layer over the rows of its input: all states, or the `last` one; `from` a named value on |
/// | `lstm(hidden, options)` | an `rnn` with gates and a memory (long short-term memory) |
/// | `gru(hidden, options)` | an `rnn` with gates (gated recurrent unit) |
/// | `embed(vocabulary, size)` | a row of `size` learnt numbers for every index below `vocabulary` |
/// | `drop(probability, options)` | dropout: in training, drops values, or whole `channels`, at random and scales the others up |
/// | `bn(options)` | batch normalisation of every channel |
/// | `ln(options)` | layer normalisation of all of a sample; with `channels`, of every pixel |
/// | `gn(groups, options)` | group normalisation: of every sample's `groups` of channels |
/// | `inorm(options)` | instance normalisation: of every channel of every sample |
/// | `lrn(size, options)` | local response normalisation: x / (k + alpha * mean of the squares of `size` channels)^beta |
/// | `l2norm(options)` | the channels of every pixel, divided by the root of the sum of their squares |
/// | `softmax` | probabilities over the channels of every pixel |
/// | `logsoftmax` | the logarithms of probabilities over the channels of every pixel |
/// | `relu` | max(x, 0) |
/// | `relu6` | min(max(x, 0), 6) |
/// | `leaky(slope)` | x where positive, slope * x elsewhere; the slope is 0.01 unless it is given |
/// | `elu(alpha)` | x where positive, alpha * (e^x - 1) elsewhere; alpha is 1 unless it is given |
/// | `gelu` | x * Phi(x), Phi the normal distribution function |
/// | `silu` | x * sigmoid(x) |
/// | `sigmoid` | 1 / (1 + e^-x) |
/// | `tanh` | the hyperbolic tangent |
/// | `hardswish` | x * clamp(x + 3, 0, 6) / 6 |
/// | `hardsigmoid` | clamp(x + 3, 0, 6) / 6 |
/// | `softplus` | ln(1 + e^x) |
/// | `id` | x itself |
/// | `prelu` | a leaky relu that learns its slope |
///
/// # Branches and repeats
///
/// | step | what it does |
/// |---|---|
/// | `3 * conv(16, 3)`, `3 * { .. }` | repeats; rounds of one shape stay a loop |
/// | `add[a \| b]`, `cat[a \| b]`, `mul[a \| b]` | the sum, the channels side by side, the product of what branches make; `id` is the branch that does nothing |
/// | `res { .. }`, `res { .. } via auto`, `res { .. } via { .. }` | adds the input, as it is or brought to the output's shape |
/// | `conv(16, 3) @name`, then `cat[@name \| id]` | a value taken up further on |
/// | `=> { class: fc(10), place: fc(4) }` | heads, at the end |
/// | `(left: 28x28x1, right: 28x28x1) => cat[@left \| @right]` | several inputs |
/// | `#[frozen] conv(16, 3)`, `#[lr = 0.1] fc(10)`, `#[init = 0.01] fc(10)` | a layer (or a block, a repeat, branches) that does not learn, that learns at another rate, whose weights start otherwise |
///
/// # Arguments
///
/// Plain numbers come first, options behind them in any order. A size is `5`, or `3x5` for 3 rows and 5 columns.
///
/// | option | of | meaning |
/// |---|---|---|
/// | `s2`, `s2x1`, `stride = 2` | conv, dw, deconv, pool, avg | steps of the window; 1 by itself, a pool's size for pools |
/// | `p2`, `p1x2`, `pad = 2` | conv, dw, pool, avg, deconv | rows and columns of zeros on both sides; `deconv` makes its output so much smaller |
/// | `p[0, 1, 0, 1]` | conv, dw, pool, avg, deconv | zeros at top, bottom, left, right |
/// | `same`, `valid` | conv, dw, pool, avg | zeros for an output of input / stride, rounded up; no zeros |
/// | `p?` | conv, dw, pool, avg | the smallest symmetric padding that fits |
/// | `o1`, `output_padding = 1` | deconv | rows and columns that the output has more |
/// | `d2`, `dilation = 2` | conv, dw, deconv | distance of a filter's taps |
/// | `g2`, `groups = 2` | conv, deconv | groups of channels that see only each other |
/// | `nobias` | conv, dw, deconv, fc | no biases |
/// | `floor`, `ceil` | conv, dw, pool, avg | rounds where the window does not fit; an error otherwise |
/// | `direct`, `algo = direct` | conv | the plain sum of products, where fewer multiplications would be faster (Winograd) |
/// | `last` | rnn, lstm, gru | the state behind the last step alone: a vector |
/// | `state` | rnn, lstm, gru | the same, with an LSTM's memory behind it: what a sequence that goes on begins with |
/// | `from = @start` | rnn, lstm, gru | the state before the first step is this value, as `state` gives it; zero by itself |
/// | `eps = 1e-5` | bn, ln, gn, inorm, l2norm | added to the variance; the smallest length (`l2norm`, 1e-12) |
/// | `momentum = 0.1` | bn | weight of the newest batch |
/// | `channels` | ln, drop | of every pixel by itself; whole channels |
/// | `alpha = 1e-4`, `beta = 0.75`, `k = 1.0` | lrn | numbers of its formula |
/// | `nearest`, `bilinear` | up | what lies between pixels |
#[macro_export]
macro_rules! network {
    ($($tokens:tt)*) => { $crate::__network! { ($crate) $($tokens)* } };
}

/// The README's examples compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
