//! burn, on `flex`, its backend for processors.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::loss::{CrossEntropyLossConfig, MseLoss, Reduction};
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Linear, LinearConfig, PaddingConfig2d, Relu};
use burn::optim::momentum::MomentumConfig;
use burn::optim::{GradientsParams, SgdConfig};
use burn::tensor::{Device, Int, Tensor, TensorData};
use peers::{Layer, MOMENTUM, Net, RATE, Request, request};

#[derive(Module, Debug)]
enum Step {
    Conv(Conv2d),
    Relu(Relu),
    Pool(MaxPool2d),
    Norm(BatchNorm),
    Fc(Linear),
}

/// What comes before the first fully connected layer works on images, the rest on vectors.
#[derive(Module, Debug)]
struct Chain {
    images: Vec<Step>,
    vectors: Vec<Step>,
}

impl Chain {
    fn new(net: &Net, device: &Device) -> Self {
        let steps = net.layers.iter().map(|&(layer, [channels, height, width])| match layer {
            Layer::Conv { filters, size, stride, pad } => Step::Conv(
                Conv2dConfig::new([channels, filters], [size, size])
                    .with_stride([stride, stride])
                    .with_padding(PaddingConfig2d::Explicit(pad, pad, pad, pad))
                    .init(device),
            ),
            Layer::Relu => Step::Relu(Relu::new()),
            Layer::Pool { size, stride } => {
                Step::Pool(MaxPool2dConfig::new([size, size]).with_strides([stride, stride]).init())
            }
            Layer::Norm => Step::Norm(BatchNormConfig::new(channels).init(device)),
            Layer::Fc { outputs, bias } => {
                Step::Fc(LinearConfig::new(channels * height * width, outputs).with_bias(bias).init(device))
            }
        });
        let mut images: Vec<Step> = steps.collect();
        let first = images.iter().position(|step| matches!(step, Step::Fc(_))).unwrap_or(images.len());
        let vectors = images.split_off(first);
        Self { images, vectors }
    }

    fn forward(&self, input: Tensor<4>) -> Tensor<2> {
        let images = self.images.iter().fold(input, |x, step| match step {
            Step::Conv(conv) => conv.forward(x),
            Step::Relu(relu) => relu.forward(x),
            Step::Pool(pool) => pool.forward(x),
            Step::Norm(norm) => norm.forward(x),
            Step::Fc(_) => unreachable!("the first fully connected layer ends the images"),
        });
        self.vectors.iter().fold(images.flatten(1, 3), |x, step| match step {
            Step::Relu(relu) => relu.forward(x),
            Step::Norm(norm) => norm.forward(x),
            Step::Fc(fc) => fc.forward(x),
            Step::Conv(_) | Step::Pool(_) => unreachable!("images end before the first fully connected layer"),
        })
    }
}

fn input(request: &Request, device: &Device) -> Tensor<4> {
    let [channels, height, width] = request.net.input;
    Tensor::from_data(TensorData::new(request.inputs(), [request.batch, channels, height, width]), device)
}

fn infer(request: &Request, device: &Device) {
    let (chain, input) = (Chain::new(&request.net, device), input(request, device));
    request.report(|| {
        std::hint::black_box(chain.forward(input.clone()).into_data());
    });
}

fn train(request: &Request, device: &Device) {
    let (chain, input) = (Chain::new(&request.net, device), input(request, device));
    let classes: Vec<i32> = request.classes().map(|class| class as i32).collect();
    let classes = Tensor::<1, Int>::from_data(TensorData::new(classes, [request.batch]), device);
    let wanted: Tensor<2> = input.clone().flatten(1, 3);
    let cross_entropy = CrossEntropyLossConfig::new().init(device);
    let momentum = MomentumConfig::new().with_momentum(MOMENTUM).with_dampening(0.0);
    let mut optimizer = SgdConfig::new().with_momentum(Some(momentum)).init();
    let mut learner = Some(chain);
    request.report(|| {
        let chain = learner.take().expect("put back by every step");
        let output = chain.forward(input.clone());
        let loss = if request.net.repeats_input {
            MseLoss::new().forward(output, wanted.clone(), Reduction::Mean)
        } else {
            cross_entropy.forward(output, classes.clone())
        };
        let gradients = GradientsParams::from_grads(loss.backward(), &chain);
        learner = Some(optimizer.step(RATE, chain, gradients));
        std::hint::black_box(loss.into_data());
    });
}

fn main() {
    let request = request();
    if request.train {
        train(&request, &Device::flex().autodiff());
    } else {
        infer(&request, &Device::flex());
    }
}
