//! MNIST and the sets that come as its four files.

use std::path::Path;

use super::Dataset;
use super::file::File;
use super::idx;
use crate::{Result, Volume};

pub(super) const DIGIT_CLASSES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// As Fashion-MNIST's own table has them, in lower case.
pub(super) const FASHION_CLASSES: [&str; 10] =
    ["t-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

/// Reads MNIST from a folder: handwritten digits, 28x28x1, from 0 (paper) to 1 (ink), 60,000 to train on and 10,000 to
/// test with.
///
/// The folder holds `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
/// `t10k-labels-idx1-ubyte`, each plain or with `.gz` behind its name; `train-images.idx3-ubyte` and so on are found,
/// too. Other sets that come in these files, such as KMNIST, can be read as well, with as many images as they have.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits, 1998.
///
/// # Errors
/// [`Error::DataFolder`](crate::Error::DataFolder) if there is no such folder,
/// [`Error::DataMissing`](crate::Error::DataMissing) or [`Error::Read`](crate::Error::Read) for a file that
/// is not there or cannot be read, and [`Error::DataFormat`](crate::Error::DataFormat) for one with a mistake.
pub fn mnist(dir: impl AsRef<Path>) -> Result<(Dataset<Volume<28, 28, 1>>, Dataset<Volume<28, 28, 1>>)> {
    read(dir.as_ref(), &DIGIT_CLASSES)
}

/// Reads Fashion-MNIST from a folder: clothing in ten classes, 28x28x1, from 0 (background) to 1, 60,000 to train on
/// and 10,000 to test with. The files are named as those of [`mnist`].
///
/// Source: H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST, arXiv:1708.07747, 2017.
///
/// # Errors
/// As [`mnist`].
pub fn fashion_mnist(dir: impl AsRef<Path>) -> Result<(Dataset<Volume<28, 28, 1>>, Dataset<Volume<28, 28, 1>>)> {
    read(dir.as_ref(), &FASHION_CLASSES)
}

fn read<const H: usize, const W: usize>(
    dir: &Path,
    classes: &[&str],
) -> Result<(Dataset<Volume<H, W, 1>>, Dataset<Volume<H, W, 1>>)> {
    let part = |part: &str| {
        let find = |what: &str| {
            File::find(dir, &[&format!("{part}-{what}-ubyte"), &format!("{part}-{}-ubyte", what.replace('-', "."))])
        };
        idx::dataset(&find("images-idx3")?, &find("labels-idx1")?, classes)
    };
    Ok((part("train")?, part("t10k")?))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::file::tests::gzip;
    use super::super::idx::tests::bytes;
    use super::*;

    fn write(dir: &Path, name: &str, extents: &[u32], body: &[u8]) {
        let bytes = bytes(extents, body);
        fs::write(dir.join(name), if name.ends_with(".gz") { gzip(&bytes) } else { bytes }).unwrap();
    }

    #[test]
    fn every_spelling_is_found() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "train-images-idx3-ubyte", &[2, 28, 28], &[255; 2 * 784]);
        write(dir.path(), "train-labels-idx1-ubyte.gz", &[2], &[9, 1]);
        write(dir.path(), "t10k-images.idx3-ubyte.gz", &[1, 28, 28], &[0; 784]);
        write(dir.path(), "t10k-labels.idx1-ubyte", &[1], &[5]);
        let (train, test) = fashion_mnist(dir.path()).unwrap();
        assert_eq!(train.targets(), [9, 1]);
        assert_eq!(train.inputs()[1][27][27], [1.0]);
        assert_eq!(test.targets(), [5]);
        assert_eq!(test.class_names()[5], "sandal");
        assert_eq!(mnist(dir.path()).unwrap().0.class_names()[5], "5");
    }

    #[test]
    fn a_missing_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "train-images-idx3-ubyte", &[2, 28, 28], &[255; 2 * 784]);
        let error = mnist(dir.path()).unwrap_err().to_string();
        assert!(
            error.ends_with(
                "holds no file `train-labels-idx1-ubyte` (also looked for: train-labels-idx1-ubyte.gz, \
                 train-labels.idx1-ubyte, train-labels.idx1-ubyte.gz)"
            ),
            "{error}"
        );
        assert!(mnist(dir.path().join("nowhere")).is_err());
    }

    #[test]
    fn images_of_another_size_and_counts_that_differ() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "train-images-idx3-ubyte", &[1, 8, 8], &[0; 64]);
        write(dir.path(), "train-labels-idx1-ubyte", &[2], &[0, 1]);
        let error = mnist(dir.path()).unwrap_err().to_string();
        assert!(error.ends_with("train-images-idx3-ubyte`, byte 8: expected images of 28x28, found 8x8"), "{error}");
        write(dir.path(), "train-images-idx3-ubyte", &[1, 28, 28], &[0; 784]);
        let error = mnist(dir.path()).unwrap_err().to_string();
        assert!(
            error.contains("train-labels-idx1-ubyte`, byte 4: expected a count of 1, one label for each image"),
            "{error}"
        );
    }
}
