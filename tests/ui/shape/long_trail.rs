// The trail of a deep network shows its two ends.
use cnn::network;

network! {
    pub struct Deep: 224x224x3 =>
        conv(64, 3, p1) relu conv(64, 3, p1) relu pool(2)
        conv(128, 3, p1) relu conv(128, 3, p1) relu pool(2)
        conv(256, 3, p1) relu conv(256, 3, p1) relu conv(256, 3, p1) relu pool(2)
        conv(512, 3, p1) relu conv(512, 3, p1) relu conv(512, 3, p1) relu pool(3)
        fc(1000);
}

fn main() {}
