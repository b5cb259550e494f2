// PyTorch's words are answered with ours.
use cnn::network;

network! {
    pub struct Conv: 32x32x3 => Conv2d(10, 5);
    pub struct Pool: 32x32x3 => nn.MaxPool2d(2);
    pub struct Norm: 32x32x3 => nn::BatchNorm2d(3);
    pub struct Relu: 32x32x3 => ReLU;
    pub struct Linear: 32x32x3 => Linear(10);
    pub struct Drop: 32x32x3 => dropout(0.5);
    pub struct Full: 28x28x1 => nn.Conv2d(1, 8, kernel_size=3, padding=1, bias=False);
    pub struct Inputs: 28x28x1 => nn.Linear(784, 10);
    pub struct Six: 28x28x1 => nn.ReLU6();
    pub struct Channels: 28x28x1 => nn.Dropout2d(0.2);
}

fn main() {}
