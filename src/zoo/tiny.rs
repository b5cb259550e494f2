//! The networks of MLPerf Tiny (Banbury et al., 2021), next to [`ResNet8`](super::ResNet8).

use crate::network;

network! {
    block apart() { dw(3, same) bn relu conv(64, 1) bn relu }

    /// DS-CNN: spoken words from 49 spectra of 10 numbers (Zhang et al., *Hello edge*, 2017).
    #[allow(deprecated, reason = "biases before norms are the benchmark's")]
    pub struct DsCnn: 49x10x1 =>
        conv(64, 10x4, s2, same) bn relu drop(0.2)  4 * apart  drop(0.4) gap fc(12);
}

network! {
    block apart(filters, stride = 1) {
        dw(3, s = stride, same) bn relu
        conv(filters, 1) bn relu
    }

    /// MobileNet, a quarter as wide: is there a person in the picture?
    #[allow(deprecated, reason = "biases before norms are the benchmark's")]
    pub struct MobileNet025: 96x96x3 =>
        conv(8, 3, s2, same) bn relu
        apart(16)  apart(32, s2) apart(32)  apart(64, s2) apart(64)
        apart(128, s2) 5 * apart(128)  apart(256, s2) apart(256)
        gap fc(2);
}

network! {
    block layer(outputs) { fc(outputs) bn relu }

    /// An autoencoder of machine sounds: what it cannot reconstruct is unusual.
    #[allow(deprecated, reason = "biases before norms are the benchmark's")]
    pub struct AnomalyDetector: 640 => 4 * layer(128) layer(8) 4 * layer(128) fc(640);
}

const _: () = {
    assert!(DsCnn::PARAMS == 23_756);
    assert!(MobileNet025::PARAMS == 216_322);
    assert!(AnomalyDetector::PARAMS == 267_928);
};
