//! The words of the language, one documented item each: what an editor shows when it hovers a layer.
//!
//! `network!` emits a use of the item with the word's own span; nothing here does anything.
//!
//! Shapes are height x width x channels. Every argument `size` is `N` or `HxW`; `stride` may be written `s2` or `s2x1`,
//! `padding` is `p1`, `p1x2`, `p[top, bottom, left, right]`, `same`, `valid` or `p?`, the smallest that fits.

/// Declares the words: a unit struct each, named as in the language.
macro_rules! words {
    ($($(#[$doc:meta])* $word:ident;)*) => {$(
        $(#[$doc])*
        #[allow(non_camel_case_types, reason = "the name is the word of the language, which is lower-case")]
        #[derive(Clone, Copy, Debug)]
        pub struct $word;
    )*};
}

words! {
    /// `conv(filters, size, stride = 1, padding = 0, dilation = 1, groups = 1)`: convolution.
    ///
    /// Every filter is laid over every window of the input; what it gives is a channel of the output. Options: `sN`,
    /// `pN`, `dN`, `gN`, `nobias`, and `floor` or `ceil` for windows that do not tile.
    ///
    /// With 3 x 3 filters and a stride of 1, tiles of outputs may be computed with fewer multiplications, to within about
    /// 1e-6 of the outputs' size; `direct` asks for the plain sum of products.
    ///
    /// H x W x C becomes (H + 2P - D(F - 1) - 1) / S + 1 by the same of W by `filters`; a division with a remainder is
    /// an error. (F (F C / G) + 1) * filters parameters.
    ///
    /// Backward: the gradient for the input is the output's convolved with the filters turned around; a filter's own is
    /// the input weighed by the output's gradient.
    ///
    /// LeCun et al., *Backpropagation applied to handwritten zip code recognition*, 1989; groups: Krizhevsky et al.,
    /// 2012; dilation: Yu, Koltun, 2016; fewer multiplications: Winograd, 1980; Lavin, Gray, 2016.
    conv;

    /// `dw(size, stride = 1, padding = 0, dilation = 1)`: depthwise convolution.
    ///
    /// Every channel has one filter of its own and sees no other. Options: `sN`, `pN`, `dN`, `nobias`, `floor`, `ceil`.
    ///
    /// Rows and columns as of `conv`; channels stay. (F F + 1) C parameters.
    ///
    /// Backward: as of `conv`, channel by channel.
    ///
    /// Howard et al., *MobileNets*, 2017.
    dw;

    /// `pool(size, stride = size, padding = 0)`: max pooling.
    ///
    /// The largest of every window, channel by channel. Padding never wins. Options: `sN`, `pN`, `floor`, `ceil`.
    ///
    /// H x W x C becomes (H + 2P - F) / S + 1 by the same of W by C. No parameters.
    ///
    /// Backward: an output's gradient goes to the input that it was, the first if there are several.
    ///
    /// Ranzato et al., 2007; Scherer et al., *Evaluation of pooling operations*, 2010.
    pool;

    /// `avg(size, stride = size, padding = 0)`: average pooling.
    ///
    /// The mean of every window, channel by channel. Padding counts as zeros; what a `ceil` window has beyond it does
    /// not count. Options: `sN`, `pN`, `floor`, `ceil`.
    ///
    /// H x W x C becomes (H + 2P - F) / S + 1 by the same of W by C. No parameters.
    ///
    /// Backward: an output's gradient is shared out evenly over its window.
    ///
    /// LeCun et al., *Gradient-based learning applied to document recognition*, 1998.
    avg;

    /// `gap`: global average pooling, the mean of every channel.
    ///
    /// H x W x C becomes a vector of C. No parameters.
    ///
    /// Backward: an output's gradient is shared out evenly over its channel.
    ///
    /// Lin et al., *Network in network*, 2014.
    gap;

    /// `gmax`: global max pooling, the largest of every channel.
    ///
    /// H x W x C becomes a vector of C. No parameters.
    ///
    /// Backward: an output's gradient goes to the input that it was, the first if there are several.
    ///
    /// Oquab et al., *Is object localization for free?*, 2015.
    gmax;

    /// `bn(eps = 1e-5, momentum = 0.1)`: batch normalisation.
    ///
    /// Shifts and scales every channel to mean 0 and variance 1 over the batch and all pixels, then by a scale and a
    /// shift that it learns. Inference uses running statistics, of which every batch replaces the part `momentum`.
    ///
    /// The shape stays. 2 C parameters, 2 C running statistics.
    ///
    /// Backward: goes through mean and variance as well, so that an input's gradient depends on the whole batch.
    ///
    /// Ioffe, Szegedy, *Batch normalization*, 2015.
    bn;

    /// `drop(p = 0.5)`: dropout.
    ///
    /// In training every value becomes 0 with chance `p`, the others are divided by 1 - p. Nothing in inference.
    ///
    /// The shape stays. No parameters.
    ///
    /// Backward: the gradient is multiplied by the same factors, 0 or 1 / (1 - p).
    ///
    /// Srivastava et al., *Dropout*, 2014.
    drop;

    /// `fc(outputs)`: fully connected layer.
    ///
    /// Every output is a weighted sum of all inputs, plus a bias. A volume is stretched to a vector by itself. Option:
    /// `nobias`.
    ///
    /// H x W x C becomes a vector of `outputs`. (H W C + 1) * outputs parameters.
    ///
    /// Backward: the gradient for the input is the transposed weights times the output's; a weight's own is its input
    /// times its output's gradient.
    ///
    /// Rumelhart, Hinton, Williams, *Learning representations by back-propagating errors*, 1986.
    fc;

    /// `flatten`: a volume as a vector.
    ///
    /// H x W x C becomes a vector of H W C. `fc` does this by itself. No parameters.
    ///
    /// Backward: the gradient takes the volume's shape again.
    flatten;

    /// `rnn(hidden)`: recurrent layer; `rnn(hidden, last)` gives the state behind the last step alone.
    ///
    /// Every row of the input is a step x of a sequence, which makes a state of the one before: h = tanh(W x + b + V h + c).
    /// The first state before is zero. PyTorch's `RNN`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, or a vector of `hidden`. (W C + hidden + 2) * hidden parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Elman, *Finding structure in time*, 1990.
    rnn;

    /// `lstm(hidden)`: long short-term memory; `lstm(hidden, last)` gives the state behind the last step alone.
    ///
    /// As of `rnn`, with a memory c behind gates: c = f c + i g, h = o tanh(c), where i, f, o are sigmoids and g is a tanh
    /// of the step and the state before. PyTorch's `LSTM`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, or a vector of `hidden`. 4 (W C + hidden + 2) * hidden parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Hochreiter, Schmidhuber, *Long short-term memory*, 1997; the gate f: Gers et al., 2000.
    lstm;

    /// `gru(hidden)`: gated recurrent unit; `gru(hidden, last)` gives the state behind the last step alone.
    ///
    /// As of `rnn`, with gates: h = (1 - z) n + z h, n = tanh(W x + b + r (V h + c)), where r, z are sigmoids of the step
    /// and the state before. PyTorch's `GRU`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, or a vector of `hidden`. 3 (W C + hidden + 2) * hidden parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Cho et al., *Learning phrase representations*, 2014.
    gru;

    /// `embed(vocabulary, size)`: a row of a learnt table for every index.
    ///
    /// The input is a vector of indices 0, 1, .. below `vocabulary`, as floats, of which the nearest whole number counts.
    /// Any other index, -1 as padding, say, gives a row of zeros.
    ///
    /// A vector of N becomes N x 1 x `size`. vocabulary * size parameters.
    ///
    /// Backward: an output row's gradient is that of the table's row; the indices have none.
    ///
    /// Bengio et al., *A neural probabilistic language model*, 2003.
    embed;

    /// `softmax`: e^x / sum e^x over the channels of every pixel; of a vector, over all of it.
    ///
    /// The shape stays; what comes out is positive and adds up to 1. No parameters. A network trained with
    /// `SoftmaxCrossEntropy` does without: the loss has it built in.
    ///
    /// Backward: y (d - sum d y), d being the output's gradient.
    ///
    /// Bridle, *Probabilistic interpretation of feedforward classification network outputs*, 1990.
    softmax;

    /// `relu`: max(x, 0).
    ///
    /// The shape stays. No parameters. Backward: the gradient passes where x > 0.
    ///
    /// Nair, Hinton, *Rectified linear units improve restricted Boltzmann machines*, 2010.
    relu;

    /// `leaky(slope = 0.01)`: x where positive, slope * x elsewhere.
    ///
    /// The shape stays. No parameters. Backward: the gradient passes where x > 0, times the slope elsewhere.
    ///
    /// Maas et al., *Rectifier nonlinearities improve neural network acoustic models*, 2013.
    leaky;

    /// `prelu`: x where positive, slope * x elsewhere, with a slope that it learns.
    ///
    /// The shape stays. One parameter, which starts at 0.25.
    ///
    /// Backward: as of `leaky`; the slope's gradient is the sum of x times the output's gradient where x <= 0.
    ///
    /// He et al., *Delving deep into rectifiers*, 2015.
    prelu;

    /// `elu(alpha = 1)`: x where positive, alpha (e^x - 1) elsewhere.
    ///
    /// The shape stays. No parameters. Backward: the slope is 1 where x > 0, y + alpha elsewhere.
    ///
    /// Clevert et al., *Fast and accurate deep network learning by exponential linear units*, 2016.
    elu;

    /// `gelu`: x Phi(x), Phi the standard normal distribution function, not its approximation by tanh.
    ///
    /// The shape stays. No parameters. Backward: the slope is Phi(x) + x phi(x), phi the density.
    ///
    /// Hendrycks, Gimpel, *Gaussian error linear units*, 2016.
    gelu;

    /// `silu`: x / (1 + e^-x), also called swish.
    ///
    /// The shape stays. No parameters. Backward: the slope is s + x s (1 - s), s = 1 / (1 + e^-x).
    ///
    /// Elfwing et al., 2018; Ramachandran et al., *Searching for activation functions*, 2017.
    silu;

    /// `sigmoid`: 1 / (1 + e^-x).
    ///
    /// The shape stays. No parameters. Backward: the slope is y (1 - y).
    ///
    /// Rumelhart, Hinton, Williams, 1986.
    sigmoid;

    /// `tanh`: the hyperbolic tangent.
    ///
    /// The shape stays. No parameters. Backward: the slope is 1 - y^2.
    ///
    /// LeCun et al., *Efficient backprop*, 1998.
    tanh;

    /// `hardswish`: x * clamp(x + 3, 0, 6) / 6, a `silu` without exponentials.
    ///
    /// The shape stays. No parameters. Backward: the slope is 0 up to -3, x / 3 + 1 / 2 up to 3, then 1.
    ///
    /// Howard et al., *Searching for MobileNetV3*, 2019.
    hardswish;

    /// `hardsigmoid`: clamp(x + 3, 0, 6) / 6, a `sigmoid` without exponentials.
    ///
    /// The shape stays. No parameters. Backward: the slope is 1 / 6 between -3 and 3, else 0.
    ///
    /// Howard et al., *Searching for MobileNetV3*, 2019.
    hardsigmoid;

    /// `softplus`: ln(1 + e^x), a smooth relu.
    ///
    /// The shape stays. No parameters. Backward: the slope is 1 / (1 + e^-x).
    ///
    /// Glorot et al., *Deep sparse rectifier neural networks*, 2011.
    softplus;

    /// `id`: nothing at all, the empty branch of `add`, `cat` and `mul`.
    ///
    /// The shape stays. No parameters. Backward: the gradient passes.
    id;
}

#[cfg(test)]
mod tests {
    #[test]
    #[allow(unused_imports, reason = "as generated code uses them: for the editor alone")]
    fn words_can_be_used_without_a_name() {
        use crate::__private::words::{conv as _, dw as _, fc as _, pool as _, tanh as _};
    }
}
