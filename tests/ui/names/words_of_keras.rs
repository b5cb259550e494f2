// So are those of Keras.
use cnn::network;

network! {
    pub struct Conv: 32x32x3 => Conv2D(10, 5);
    pub struct Pool: 32x32x3 => max_pool(2);
    pub struct Average: 32x32x3 => avgpool(2);
    pub struct Global: 32x32x3 => GlobalAvgPool;
    pub struct Norm: 32x32x3 => batch_norm;
    pub struct Dense: 32x32x3 => dense(10);
}

fn main() {}
