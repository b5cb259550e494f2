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
    /// 3 x 3 and 5 x 5 filters with a stride of 1 and 16 channels or more are computed with fewer multiplications where
    /// that is faster, and so are layers of few channels and at most 16 filters. Outputs differ by about 1e-6 of their
    /// size, 1e-5 at most (5 x 5: 4e-6, 1e-4 at most); `direct` asks for the plain sum of products.
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

    /// `sep(filters, size, options)`: a separable convolution, `dw(size, options)` and `conv(filters, 1)` behind it.
    ///
    /// Rows and columns as of `dw`, channels as of `conv`. Their tensors are named `sep1.dw1` and `sep1.conv1`.
    ///
    /// Chollet, *Xception*, 2017.
    sep;

    /// `deconv(filters, size, stride = 1, padding = 0, output_padding = 0, dilation = 1, groups = 1)`: transposed
    /// convolution.
    ///
    /// Every input, weighed, is added to a window of the output; windows lie a stride apart. It is what backward makes
    /// of a convolution's output, as a layer of its own: it enlarges what a stride made smaller. Options: `sN`, `pN`,
    /// `oN`, `dN`, `gN`, `nobias`.
    ///
    /// H x W x C becomes (H - 1) S - 2P + D(F - 1) + O + 1 by the same of W by `filters`. (F F C / G + 1) * filters
    /// parameters.
    ///
    /// Backward: the gradient for the input is a convolution of the output's with the filters; a filter's own is the
    /// output's gradient weighed by the input.
    ///
    /// Zeiler et al., *Deconvolutional networks*, 2010; Dumoulin, Visin, *A guide to convolution arithmetic*, 2016.
    deconv;

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

    /// `adaptive(size)`: average pooling to an output of `size` rows and columns.
    ///
    /// Window i of M over N inputs goes from floor(i N / M) to ceil((i + 1) N / M): windows may overlap and differ by a
    /// row.
    ///
    /// H x W x C becomes `size` by C. No parameters.
    ///
    /// Backward: an output's gradient is shared out evenly over its window.
    ///
    /// He et al., *Spatial pyramid pooling*, 2014.
    adaptive;

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

    /// `up(factor)`: enlarges rows and columns.
    ///
    /// Every pixel is repeated, or with `bilinear` an output lies on straight lines between the middles of four inputs
    /// (PyTorch's `align_corners=False`). `up(2x3)` doubles rows and triples columns.
    ///
    /// H x W x C becomes F H x F W x C. No parameters.
    ///
    /// Backward: an output's gradient goes to the inputs that it was made of, by their weights.
    ///
    /// Odena et al., *Deconvolution and checkerboard artifacts*, 2016.
    up;

    /// `pixelshuffle(factor)`: channels as rows and columns.
    ///
    /// Channel (c F + i) F + j of a pixel becomes channel c of the pixel in row i and column j of a square.
    ///
    /// H x W x C becomes F H x F W x C / F^2. No parameters.
    ///
    /// Backward: the gradient goes the way back.
    ///
    /// Shi et al., *Real-time super-resolution using a sub-pixel convolutional network*, 2016.
    pixelshuffle;

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

    /// `ln(eps = 1e-5)`: layer normalisation.
    ///
    /// Shifts and scales every sample to mean 0 and variance 1, then every number by a scale and a shift of its own
    /// that it learns. With `channels`, every pixel by itself, with a scale and a shift for each channel.
    ///
    /// The shape stays. 2 H W C parameters, 2 C with `channels`.
    ///
    /// Backward: goes through mean and variance as well.
    ///
    /// Ba et al., *Layer normalization*, 2016.
    ln;

    /// `gn(groups, eps = 1e-5)`: group normalisation.
    ///
    /// Shifts and scales the numbers of every group of channels of a sample to mean 0 and variance 1, then every
    /// channel by a scale and a shift that it learns. What one sample becomes depends on no other.
    ///
    /// The shape stays. 2 C parameters.
    ///
    /// Backward: goes through mean and variance as well.
    ///
    /// Wu, He, *Group normalization*, 2018.
    gn;

    /// `inorm(eps = 1e-5)`: instance normalisation.
    ///
    /// A `gn` with as many groups as channels.
    ///
    /// The shape stays. 2 C parameters.
    ///
    /// Backward: goes through mean and variance as well.
    ///
    /// Ulyanov et al., *Instance normalization*, 2016.
    inorm;

    /// `lrn(size, alpha = 1e-4, beta = 0.75, k = 1)`: local response normalisation.
    ///
    /// x / (k + alpha / size * sum of squares)^beta, the sum being over `size` channels around each; those that are not
    /// there count as zeros. The paper's alpha is not divided by the size: AlexNet's 1e-4 with 5 channels is 5e-4 here,
    /// as in PyTorch.
    ///
    /// The shape stays. No parameters.
    ///
    /// Backward: y / x times the output's gradient, less 2 alpha beta / size x times the sum of d y / base of the
    /// channels whose windows it lies in.
    ///
    /// Krizhevsky et al., *ImageNet classification*, 2012.
    lrn;

    /// `l2norm(eps = 1e-12)`: every pixel's channels divided by their length, sqrt(sum x^2); of a vector, all of it.
    ///
    /// What is shorter than `eps` is divided by `eps`.
    ///
    /// The shape stays. No parameters.
    ///
    /// Backward: (d - y (y . d)) / length, d being the output's gradient.
    ///
    /// Schroff et al., *FaceNet*, 2015.
    l2norm;

    /// `drop(p = 0.5)`: dropout.
    ///
    /// In training every value becomes 0 with chance `p`, the others are divided by 1 - p. Nothing in inference. With
    /// `channels`, all pixels of a channel share its fate.
    ///
    /// The shape stays. No parameters.
    ///
    /// Backward: the gradient is multiplied by the same factors, 0 or 1 / (1 - p).
    ///
    /// Srivastava et al., *Dropout*, 2014; channels: Tompson et al., *Efficient object localization*, 2015.
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

    /// `bias`: adds a learnt number to every number of its input.
    ///
    /// A bias for each unit, where that of a convolution is one for each channel: `conv(12, 5, s2, nobias) bias tanh`.
    ///
    /// H x W x C stays. H W C parameters, in files C x H x W.
    ///
    /// Backward: the gradient for the input is the output's, and a bias's own is its number's.
    ///
    /// LeCun et al., *Backpropagation applied to handwritten zip code recognition*, 1989.
    bias;

    /// `flatten`: a volume as a vector.
    ///
    /// H x W x C becomes a vector of H W C. `fc` does this by itself. No parameters. The numbers stay where they are,
    /// height, width, channel; files list what belongs to each of them in PyTorch's order, channel by channel.
    ///
    /// Backward: the gradient takes the volume's shape again.
    flatten;

    /// `reshape(shape)`: the same numbers as a volume or vector of another shape.
    ///
    /// They keep the order in which they lie, height, width, channel; PyTorch's `view` keeps channel, height, width. To
    /// a vector it is `flatten`.
    ///
    /// H x W x C becomes `shape`, which must hold as many numbers. No parameters.
    ///
    /// Backward: the gradient takes the old shape again.
    reshape;

    /// `slice(from, to)`: the channels from number `from`, counted from 0, to the one before `to`.
    ///
    /// H x W x C becomes H x W x (to - from). No parameters.
    ///
    /// Backward: the channels that were left out have a gradient of 0.
    slice;

    /// `shuffle(groups)`: channel shuffle.
    ///
    /// Channels as a matrix of G rows, turned around: channel g C / G + i becomes channel i G + g. Between convolutions
    /// in groups, every group then sees something of every other.
    ///
    /// The shape stays. No parameters. Backward: the gradient goes the way back.
    ///
    /// Zhang et al., *ShuffleNet*, 2018.
    shuffle;

    /// `rnn(hidden)`: recurrent layer; `rnn(hidden, last)` gives the state behind the last step alone, as `state` does.
    ///
    /// Every row of the input is a step x of a sequence, which makes a state of the one before: h = tanh(W x + b + V h
    /// + c). The first state before is zero, or a named value: `rnn(64, from = @start)`, a vector of `hidden`.
    /// PyTorch's `RNN`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, or a vector of `hidden`. (W C + hidden + 2) * hidden parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Elman, *Finding structure in time*, 1990.
    rnn;

    /// `lstm(hidden)`: long short-term memory; `lstm(hidden, last)` gives the state behind the last step alone,
    /// `lstm(hidden, state)` its memory behind it.
    ///
    /// As of `rnn`, with a memory c behind gates: c = f c + i g, h = o tanh(c), where i, f, o are sigmoids and g is a
    /// tanh of the step and the state before. What it begins with (`from = @start`) is a vector of 2 `hidden`: h, then
    /// c, which `state` gives. PyTorch's `LSTM`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, a vector of `hidden`, or one of 2 `hidden`. 4 (W C + hidden + 2) * hidden
    /// parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Hochreiter, Schmidhuber, *Long short-term memory*, 1997; the gate f: Gers et al., 2000.
    lstm;

    /// `gru(hidden)`: gated recurrent unit; `gru(hidden, last)` gives the state behind the last step alone, as `state`
    /// does.
    ///
    /// As of `rnn`, `from` included, with gates: h = (1 - z) n + z h, n = tanh(W x + b + r (V h + c)), where r, z are
    /// sigmoids of the step and the state before. PyTorch's `GRU`.
    ///
    /// H x W x C becomes H x 1 x `hidden`, or a vector of `hidden`. 3 (W C + hidden + 2) * hidden parameters.
    ///
    /// Backward: through all steps, from the last to the first.
    ///
    /// Cho et al., *Learning phrase representations*, 2014.
    gru;

    /// `embed(vocabulary, size)`: a row of a learnt table for every index.
    ///
    /// The input is a vector of indices 0, 1, .. below `vocabulary`, as floats, of which the nearest whole number
    /// counts. Any other index, -1 as padding, say, gives a row of zeros.
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

    /// `logsoftmax`: x - ln sum e^x over the channels of every pixel; of a vector, over all of it.
    ///
    /// The logarithm of `softmax`, without what is lost in between. The shape stays. No parameters.
    ///
    /// Backward: d - e^y sum d, d being the output's gradient.
    logsoftmax;

    /// `relu`: max(x, 0).
    ///
    /// The shape stays. No parameters. Backward: the gradient passes where x > 0.
    ///
    /// Nair, Hinton, *Rectified linear units improve restricted Boltzmann machines*, 2010.
    relu;

    /// `relu6`: min(max(x, 0), 6).
    ///
    /// The shape stays. No parameters. Backward: the slope is 1 between 0 and 6, else 0.
    ///
    /// Sandler et al., *MobileNetV2*, 2018.
    relu6;

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

    /// `add[branch | branch ..]`: the sum of what the branches make, number by number.
    ///
    /// Each branch begins with what flows in; `id` passes it on, `@name` takes up a value that was named before. All
    /// branches make the same shape. No parameters. Backward: every branch gets the gradient.
    add;

    /// `cat[branch | branch ..]`: the channels of all branches side by side.
    ///
    /// Heights and widths agree, channels add up. No parameters. Backward: every branch gets the gradient of its
    /// channels.
    ///
    /// Szegedy et al., *Going deeper with convolutions*, 2015.
    cat;

    /// `mul[branch | branch]`: the product of what two branches make, number by number, or of a volume and a factor for
    /// each of its channels.
    ///
    /// No parameters. Backward: each branch gets the gradient by the other's value.
    ///
    /// Hu et al., *Squeeze-and-excitation networks*, 2018.
    mul;

    /// `res { layers } via auto`: what flows in plus what the layers make of it.
    ///
    /// Where the layers change the shape, `via { layers }` brings the input to it; `via auto` does so by a 1 x 1
    /// convolution, with a batch norm where the layers have one, and does nothing where the shapes agree.
    ///
    /// He et al., *Deep residual learning for image recognition*, 2016.
    res;

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
