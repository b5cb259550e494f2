// Another shape holds as many numbers; no other argument is a shape.
use cnn::network;

network! {
    pub struct Volume: 4x4x6 => reshape(4x4x5);
    pub struct Vector: 4x4x6 => reshape(95);
    pub struct FromVector: 100 => fc(48) reshape(4x4x4);
    pub struct Two: 4x4x6 => reshape(4x4);
    pub struct List: 4x4x6 => reshape([8, 12]);
    pub struct Fraction: 4x4x6 => reshape(9.5);
    pub struct Size: 4x4x6 => conv(8, 3x3x3);
    pub struct Stride: 4x4x6 => conv(8, 3, stride = 1x1x2);
}

fn main() {}
