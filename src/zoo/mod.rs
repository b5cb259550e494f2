//! Networks of papers and of practice, each as its paper's table has it: to take, to read, to copy and change.
//!
//! Numbers of parameters are those that were published, or those of torchvision; the compiler checks them. What
//! inference makes of a network agrees with torchvision's for the same weights where torchvision has it
//! (`tests/golden/zoo.py`).
//!
//! Compiled with the feature `zoo`.

mod autoencoder;
mod dense;
mod inception;
mod lenet;
mod mobile;
mod plain;
mod residual;
mod segmentation;
mod tiny;

pub use autoencoder::HintonAutoencoder;
pub use dense::{DenseNet121, SqueezeNet};
pub use inception::{GoogLeNet, NetworkInNetwork};
pub use lenet::{LeNet5, LeNet1989};
pub use mobile::{EfficientNetB0, MobileNetV1, MobileNetV2, MobileNetV3Small, ShuffleNetV2};
pub use plain::{AlexNet, Vgg11, Vgg16, Vgg19, ZfNet};
pub use residual::{ResNet8, ResNet18, ResNet34, ResNet50};
pub use segmentation::{FasterRcnn, FasterRcnnLoss, FasterRcnnOutput, FasterRcnnTarget, UNet};
pub use tiny::{AnomalyDetector, DsCnn, MobileNet025};
