//! The data sets inside the crate. `cnn-runtime/data/README.md` says where they come from and how they are packed.

use super::Dataset;
use super::mnist::FASHION_CLASSES;
use crate::Volume;
use crate::volume::Sample;

static DIGITS: &[u8] = include_bytes!("../../data/digits.bin");
static FASHION: &[u8] = include_bytes!("../../data/fashion.bin");

const DIGITS_TRAIN: usize = 3_823;
const FASHION_TRAIN: usize = 2_000;

/// Handwritten digits, 8x8x1, from 0 (paper) to 1 (ink) in steps of 1/16: 3,823 to train on and 1,797 by other writers
/// to test with.
///
/// Source: Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository,
/// CC BY 4.0; repacked.
pub fn digits() -> (Dataset<Volume<8, 8, 1>>, Dataset<Volume<8, 8, 1>>) {
    let all = unpack(DIGITS, 64, &super::mnist::DIGIT_CLASSES, |bytes, pixels| {
        for (pixel, &byte) in pixels.iter_mut().zip(bytes) {
            *pixel = f32::from(byte) / 16.0;
        }
    });
    all.split_at(DIGITS_TRAIN)
}

/// Clothing in ten classes, 28x28x1, from 0 (background) to 1 in steps of 1/15: 200 of each class to train on and 50 of
/// each to test with. [`fashion_mnist`](super::fashion_mnist) reads the complete set.
///
/// Source: the first images of each class of Fashion-MNIST, Copyright (c) 2017 Zalando SE, MIT licence; rounded to 4
/// bits.
pub fn fashion() -> (Dataset<Volume<28, 28, 1>>, Dataset<Volume<28, 28, 1>>) {
    let all = unpack(FASHION, 28 * 28 / 2, &FASHION_CLASSES, |bytes, pixels| {
        for (pair, &byte) in pixels.chunks_exact_mut(2).zip(bytes) {
            pair.copy_from_slice(&[f32::from(byte >> 4) / 15.0, f32::from(byte & 15) / 15.0]);
        }
    });
    all.split_at(FASHION_TRAIN)
}

/// Records of a label and `bytes` bytes of pixels.
fn unpack<I: Sample>(packed: &[u8], bytes: usize, names: &[&str], pixels: impl Fn(&[u8], &mut [f32])) -> Dataset<I> {
    let records = packed.chunks_exact(1 + bytes);
    let mut inputs = I::zeroed_vec(records.len());
    let mut targets = Vec::with_capacity(records.len());
    for (record, input) in records.zip(&mut inputs) {
        targets.push(usize::from(record[0]));
        pixels(&record[1..], input.flat_mut());
    }
    Dataset { inputs, targets, classes: names.iter().map(|&name| name.to_owned()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }

    fn per_class<I>(dataset: &Dataset<I>) -> [usize; 10] {
        let mut counts = [0; 10];
        dataset.targets().iter().for_each(|&class| counts[class] += 1);
        counts
    }

    #[test]
    fn files_are_what_pack_py_wrote() {
        assert_eq!((DIGITS.len(), checksum(DIGITS)), (5_620 * 65, 0x6d08_f81a));
        assert_eq!((FASHION.len(), checksum(FASHION)), (2_500 * 393, 0x0590_b02b));
    }

    #[test]
    fn digits_have_the_official_split() {
        let (train, test) = digits();
        assert_eq!((train.len(), test.len()), (3_823, 1_797));
        // As in the set's own description (optdigits.names).
        assert_eq!(per_class(&train), [376, 389, 380, 389, 387, 376, 377, 387, 380, 382]);
        assert_eq!(per_class(&test), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(train.class_names()[9], "9");
        // The first test image as every copy of the set has it: row 0 is 0 0 5 13 9 1 0 0, and it is a zero.
        assert_eq!(test.inputs()[0][0].map(|[v]| v * 16.0), [0.0, 0.0, 5.0, 13.0, 9.0, 1.0, 0.0, 0.0]);
        assert_eq!(test.targets()[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(train.inputs().iter().flat_map(Sample::flat).all(|v| (0.0..=1.0).contains(v)));
    }

    #[test]
    fn fashion_is_balanced() {
        let (train, test) = fashion();
        assert_eq!((per_class(&train), per_class(&test)), ([200; 10], [50; 10]));
        assert_eq!(train.class_names()[9], "ankle boot");
        assert_eq!(train.targets()[..5], [9, 0, 0, 3, 0]);
        let values = train.inputs().iter().flat_map(Sample::flat);
        let (low, high) = values.fold((1.0_f32, 0.0_f32), |(low, high), &v| (low.min(v), high.max(v)));
        assert_eq!((low, high), (0.0, 1.0));
    }
}
