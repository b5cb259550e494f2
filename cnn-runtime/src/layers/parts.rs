//! Layers that may lie in parts of larger maps: all for which the macro crate states `reads_parts` or `writes_parts`.

use super::activation::Activation;
use super::bn::BatchNorm;
use super::conv::{Algorithm, Conv, Winograd};
use super::deconv::Deconv;
use super::dw::Depthwise;
use super::fc::Fc;
use super::pool::Window;
use super::slice::Slice;
use super::up::Up;
use super::{activation, avg, bn, border, conv, deconv, dw, fc, gap, gmax, join, pool, sample, slice, up};
use crate::buffer::Buffer;
use crate::testing::{Bench, Parts, Places, Random, for_each_isa};

const PARTS: Parts<'static> =
    Parts { samples: 2, shapes: [[1; 3]; 2], borders: [[0; 4]; 2], parameters: &[], prepare: |_| {} };

fn convolution(channels: [usize; 2], kernel: usize, groups: usize) -> Conv {
    let [in_channels, out_channels] = channels;
    let weights = kernel * kernel * in_channels / groups * out_channels;
    Conv {
        in_channels,
        out_channels,
        kernel: [kernel; 2],
        stride: [1; 2],
        dilation: [1; 2],
        padding: [kernel / 2; 4],
        groups,
        weight: 0,
        bias: Some(weights),
        activation: Activation::Relu,
        pool: false,
        adds: false,
        algorithm: Algorithm::Direct,
    }
}

fn check_conv(conv: Conv, [height, width]: [usize; 2]) {
    let parameters = Random::new(1).vec(conv.bias.unwrap_or(0) + conv.out_channels);
    let size = if conv.pool { [height / 2, width / 2] } else { [height, width] };
    let parts = Parts {
        shapes: [[height, width, conv.in_channels], [size[0], size[1], conv.out_channels]],
        borders: [conv.padding, conv.padding],
        parameters: &parameters,
        ..PARTS
    };
    parts.check(&format!("{conv:?}"), |bench, lies| {
        if let Algorithm::Winograd(_) = conv.algorithm {
            [bench.derived, bench.prepared] = [(); 2].map(|()| Buffer::zeroed(1 << 18));
            conv::derive(&mut bench.prepare(), &conv);
        }
        if conv.pool {
            conv::forward(&mut bench.pass(), &conv, &lies.input, &lies.output);
        } else {
            conv::train(&mut bench.pass(), &conv, &lies.input, &lies.output);
            conv::backward(&mut bench.pass(), &conv, &lies.input, &lies.d_output, None);
        }
    });
}

#[test]
fn convolutions() {
    for (channels, kernel, groups) in [
        ([3, 6], 5, 1),
        ([1, 4], 3, 1),
        ([2, 12], 1, 1),
        ([16, 16], 1, 1),
        ([17, 33], 3, 1),
        ([40, 48], 1, 1),
        ([6, 4], 3, 2),
        ([1100, 20], 1, 1),
    ] {
        for activation in [Activation::Relu, Activation::Tanh] {
            let conv = Conv { activation, ..convolution(channels, kernel, groups) };
            check_conv(conv, [6, 10]);
            check_conv(Conv { pool: true, ..conv }, [7, 20]);
        }
    }
    for (tile, taps) in [(2, 3), (4, 3), (4, 5)] {
        for channels in [[16, 32], [33, 17]] {
            for together in [[1; 2], [2, 1]].into_iter().take(tile / 2) {
                let winograd = Winograd {
                    weights: 32,
                    d_weights: 1 << 16,
                    backward_weights: true,
                    together,
                    ..Winograd::of(tile)
                };
                let algorithm = Algorithm::Winograd(winograd);
                for activation in [Activation::Relu, Activation::Silu] {
                    check_conv(Conv { activation, algorithm, ..convolution(channels, taps, 1) }, [7, 9]);
                }
            }
        }
    }
}

#[test]
fn convolutions_that_share_a_sample() {
    // Enough work for two threads, and a part of it that is not a whole number of vectors away from the first channel.
    let conv = convolution([64, 64], 3, 1);
    let parameters = Random::new(1).vec(conv.bias.unwrap_or(0) + 64);
    let parts = Parts {
        samples: 1,
        shapes: [[48, 48, 64]; 2],
        borders: [[1; 4]; 2],
        parameters: &parameters,
        prepare: |bench| bench.threads = 2,
    };
    parts.check("two threads", |bench, lies| conv::forward(&mut bench.pass(), &conv, &lies.input, &lies.output));
}

#[test]
fn activations() {
    for activation in [Activation::Relu, Activation::Tanh, Activation::Silu, Activation::Elu(0.5), Activation::Sigmoid]
    {
        for channels in [1, 16, 37] {
            let parts = Parts { shapes: [[3, 5, channels]; 2], borders: [[1; 4], [0, 0, 1, 0]], ..PARTS };
            parts.check(&format!("{activation:?}"), |bench, lies| {
                activation::forward(&mut bench.pass(), activation, &lies.input, &lies.output);
                let saved = if activation.saves_input() { &lies.input } else { &lies.output };
                activation::backward(&mut bench.pass(), activation, saved, &lies.d_output, &lies.d_input);
            });
        }
    }
}

#[test]
fn activations_over_their_input() {
    let parts = Parts { shapes: [[3, 5, 20]; 2], ..PARTS };
    parts.check("tanh in place", |bench, lies| {
        let identity = Activation::Identity;
        activation::forward(&mut bench.pass(), identity, &lies.input, &lies.output);
        activation::forward(&mut bench.pass(), Activation::Tanh, &lies.output, &lies.output);
    });
}

#[test]
fn poolings() {
    let windows =
        [([2; 2], [2; 2], [0; 4]), ([3; 2], [1; 2], [1; 4]), ([3; 2], [2; 2], [0; 4]), ([2, 3], [1, 2], [1, 0, 0, 1])];
    for (kernel, stride, padding) in windows {
        let window = Window { kernel, stride, padding };
        let out = |i: usize, len: usize| (len + padding[2 * i] + padding[2 * i + 1] - kernel[i]) / stride[i] + 1;
        for channels in [1, 3, 8, 16, 40] {
            let shapes = [[7, 9, channels], [out(0, 7), out(1, 9), channels]];
            let parts = Parts { shapes, borders: [[1; 4], [0; 4]], ..PARTS };
            parts.check("max pooling", |bench, lies| {
                pool::forward(&mut bench.pass(), &window, &lies.input, &lies.output);
                pool::backward(&mut bench.pass(), &window, &lies.input, &lies.output, &lies.d_output, &lies.d_input);
            });
            parts.check("average pooling", |bench, lies| {
                avg::forward(&mut bench.pass(), &window, &lies.input, &lies.output);
            });
        }
    }
}

#[test]
fn batch_norms() {
    for [height, width, channels] in [[5, 7, 3], [4, 4, 64], [3, 5, 100], [1, 1, 40], [2, 9, 200]] {
        let bn = BatchNorm {
            channels,
            pixels: height * width,
            weight: 0,
            bias: channels,
            running_mean: 0,
            running_var: channels,
            exchange: 0,
            epsilon: 1e-5,
            momentum: 0.1,
            activation: Activation::Relu,
        };
        let parameters = Random::new(2).vec(2 * channels);
        let parts = Parts {
            shapes: [[height, width, channels]; 2],
            borders: [[0, 1, 1, 0], [1; 4]],
            parameters: &parameters,
            prepare: |bench| {
                let floats = 2 * bench.parameters.len();
                (bench.state, bench.partial) = (vec![0.5; floats], vec![0.0; floats]);
                bench.exchange = Random::new(4).vec(floats).iter().map(|x| x + 1.5).collect();
            },
            ..PARTS
        };
        parts.check("batch norm of inference", |bench, lies| {
            bn::infer(&mut bench.pass(), &bn, &lies.input, &lies.output);
        });
        parts.check("batch norm", |bench, lies| {
            bn::measure(&mut bench.pass(), &bn, &lies.input);
            bn::forward(&mut bench.pass(), &bn, &lies.input, &lies.output);
            bn::measure_gradient(&mut bench.pass(), &bn, &lies.input, &lies.d_output);
            bn::backward(&mut bench.pass(), &bn, &lies.input, &lies.d_output, &lies.d_input);
        });
    }
}

#[test]
fn layers_that_only_write_parts() {
    for channels in [3, 16, 35] {
        for bilinear in [false, true] {
            let parts = Parts { shapes: [[3, 4, channels], [6, 12, channels]], ..PARTS };
            parts.check("up", |bench, lies| {
                up::forward(&mut bench.pass(), &Up { bilinear }, &lies.map, &lies.output);
            });
        }
        let parts = Parts { shapes: [[3, 4, channels + 5], [3, 4, channels]], ..PARTS };
        parts.check("slice", |bench, lies| {
            slice::forward(&mut bench.pass(), &Slice { first: 2 }, &lies.input, &lies.output);
        });
        let parts = Parts { shapes: [[3, 4, channels], [1, 1, channels]], ..PARTS };
        parts.check("gap", |bench, lies| gap::forward(&mut bench.pass(), &lies.map, &lies.output));
        parts.check("gmax", |bench, lies| {
            gmax::forward(&mut bench.pass(), &lies.map, &lies.output);
            gmax::backward(&mut bench.pass(), &lies.map, &lies.output, &lies.d_output, &lies.d_input);
        });
        for activation in [Activation::Relu, Activation::Gelu] {
            for kernel in [[3; 2], [2, 5]] {
                check_depthwise(channels, kernel, activation);
            }
            for inputs in [40, 300] {
                check_fc([inputs, channels], activation);
            }
            check_deconv(channels, activation);
        }
    }
}

fn check_depthwise(channels: usize, kernel: [usize; 2], activation: Activation) {
    let parameters = Random::new(5).vec((kernel[0] * kernel[1] + 1) * channels);
    let dw = Depthwise {
        channels,
        kernel,
        stride: [1; 2],
        dilation: [1; 2],
        padding: [0; 4],
        weight: 0,
        bias: Some(kernel[0] * kernel[1] * channels),
        activation,
    };
    let shapes = [[7, 9, channels], [8 - kernel[0], 10 - kernel[1], channels]];
    let parts = Parts { shapes, parameters: &parameters, ..PARTS };
    parts.check("depthwise", |bench, lies| dw::forward(&mut bench.pass(), &dw, &lies.map, &lies.output));
}

fn check_fc([inputs, outputs]: [usize; 2], activation: Activation) {
    let parameters = Random::new(6).vec((inputs + 1) * outputs);
    let fc = Fc { inputs, outputs, weight: 0, bias: Some(inputs * outputs), activation };
    let parts = Parts { shapes: [[1, 1, inputs], [1, 1, outputs]], parameters: &parameters, ..PARTS };
    parts.check("fully connected", |bench, lies| fc::forward(&mut bench.pass(), &fc, &lies.map, &lies.output));
}

fn check_deconv(channels: usize, activation: Activation) {
    let weights = 3 * 2 * 4 * channels;
    let parameters = Random::new(7).vec(weights + channels);
    let deconv = Deconv {
        in_channels: 4,
        out_channels: channels,
        kernel: [3, 2],
        stride: [2; 2],
        dilation: [1; 2],
        padding: [0; 4],
        groups: 1,
        weight: 0,
        bias: Some(weights),
        activation,
        derived: 0,
    };
    let shapes = [[4, 5, 4], [9, 10, channels]];
    let parts = Parts { shapes, borders: [[1; 4], [0; 4]], parameters: &parameters, ..PARTS };
    parts.check("deconvolution", |bench, lies| {
        bench.derived = Buffer::zeroed(weights);
        deconv::derive(&mut bench.prepare(), &deconv);
        deconv::forward(&mut bench.pass(), &deconv, &lies.map, &lies.output);
    });
}

#[test]
fn what_is_copied() {
    let parts = Parts { shapes: [[3, 4, 5]; 2], ..PARTS };
    parts.check("a copy", |bench, lies| {
        join::put(&mut bench.pass(), &lies.input, &lies.output, 0);
        bench.outputs = vec![0.0; 2 * 60];
        sample::store(&mut bench.pass(), &lies.output);
        bench.partial.clone_from(&bench.outputs);
    });
}

#[test]
fn a_border_is_that_of_the_whole_map() {
    for_each_isa(|_| {
        let mut places = Places::default();
        let map = places.map([2, 3, 5], [1, 2, 3, 1]);
        let mut bench = Bench::new(2, places.floats, &[]);
        bench.arena.view_mut(&map).fill(3.0);
        border::clear(&mut bench.pass(), &map.part(1, 2));
        assert!(bench.read(&map).iter().all(|&x| x == 3.0));
        let zeros = bench.arena.view(&map).iter().filter(|&&x| x == 0.0).count();
        assert_eq!(zeros, 2 * (map.size() - map.volume()));
    });
}
