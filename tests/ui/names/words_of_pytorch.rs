// PyTorch's words are answered with ours.
use cnn::network;

network! {
    pub struct Conv: 32x32x3 => Conv2d(10, 5);
    pub struct Pool: 32x32x3 => nn.MaxPool2d(2);
    pub struct Norm: 32x32x3 => nn::BatchNorm2d(3);
    pub struct Relu: 32x32x3 => ReLU;
    pub struct Linear: 32x32x3 => Linear(10);
    pub struct Drop: 32x32x3 => dropout(0.5);
}

fn main() {}
