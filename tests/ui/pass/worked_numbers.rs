// Every worked number of the lecture, checked by the compiler itself.
#![deny(warnings, missing_docs)]
//! Worked numbers.

use cnn::network;

network! {
    /// A 3x3 filter over 7x7.
    pub struct Stride1: 7x7x1 => conv(1, 3) -> 5x5x1;
    /// With stride 2.
    pub struct Stride2: 7x7x1 => conv(1, 3, s2) -> 3x3x1;
    /// With one row of zeros around.
    pub struct Padded: 7x7x1 => conv(1, 3, s1, p1) -> 7x7x1;
    /// P = (F - 1) / 2 keeps the size.
    pub struct Keeps: 32x32x3 => conv(8, 3, p1) -> 32x32x8 conv(8, 5, p2) -> 32x32x8 conv(8, 7, p3) -> 32x32x8;
    /// One 5x5x3 filter: a 75-dimensional dot product and a bias.
    pub struct OneFilter: 32x32x3 => conv(1, 5) -> 28x28x1;
    /// Six of them.
    pub struct SixFilters: 32x32x3 => conv(6, 5) -> 28x28x6;
    /// Ten of them, padded: 760 parameters.
    pub struct TenFilters: 32x32x3 => conv(10, 5, s1, p2) -> 32x32x10;
    /// 32 -> 28 -> 24.
    pub struct Shrinking: 32x32x3 => conv(6, 5) relu -> 28x28x6 conv(10, 5) relu -> 24x24x10;
    /// Common settings.
    pub struct Common: 32x32x3 =>
        conv(32, 3, s1, p1) -> 32x32x32
        conv(64, 5, s1, p2) -> 32x32x64
        conv(128, 1, s1, p0) -> 32x32x128;
    /// F = 5, S = 2, whatever fits: 33 needs no padding.
    pub struct WhateverFits: 33x33x3 => conv(8, 5, s2, p?) -> 15x15x8;
    /// And 32 the one-sided one.
    pub struct OneSided: 32x32x3 => conv(8, 5, s2, p[0, 1, 0, 1]) -> 15x15x8;
    /// Pooling halves each map by itself.
    pub struct Halves: 224x224x64 => pool(2) -> 112x112x64;
    /// 32x32x3 stretched to 3072.
    pub struct Stretched: 32x32x3 => fc(10) -> 10;
    /// The same, written out.
    pub struct Flattened: 32x32x3 => flatten -> 3072 fc(10) -> 10;
    /// One line.
    pub struct Cifar: 32x32x3 => <conv(10,5,s1,p2) relu pool(2) fc(10)>;
}

const _: () = {
    assert!(OneFilter::PARAMS == 76);
    assert!(OneFilter::MACS == 28 * 28 * 75);
    assert!(SixFilters::PARAMS == 6 * 76);
    assert!(TenFilters::PARAMS == 760);
    assert!(Stretched::PARAMS == 30_730);
    assert!(Stretched::MACS == 30_720);
    assert!(Flattened::PARAMS == 30_730);
    assert!(Halves::PARAMS == 0 && Halves::MACS == 0);
    assert!(Cifar::PARAMS == 760 + 16 * 16 * 10 * 10 + 10);
    let layer = Cifar::LAYERS[2];
    assert!(layer.output[0] == 16 && layer.output[1] == 16 && layer.output[2] == 10);
    assert!(layer.receptive_field[0] == 6 && layer.receptive_field[1] == 6);
    assert!(Cifar::LAYERS[3].receptive_field[0] == 32);
};

fn main() {}
