//! CIFAR-10 and CIFAR-100 in their binary version.
//!
//! A file is records of one label (CIFAR-100: the coarse label, then the fine one) and 3,072 bytes: the red plane of
//! 32x32, the green one, the blue one, each row by row. Source: A. Krizhevsky, Learning Multiple Layers of Features
//! from Tiny Images, 2009, and the page of the sets.

use std::path::{Path, PathBuf};

use super::Dataset;
use super::file::{File, unit};
use crate::volume::Sample;
use crate::{Result, Volume};

type Image = Volume<32, 32, 3>;

const PLANE: usize = 32 * 32;

/// Reads CIFAR-10 from a folder: photos of ten classes, 32x32x3 (red, green, blue), from 0 to 1, 50,000 to train on and
/// 10,000 to test with.
///
/// The folder, or `cifar-10-batches-bin` in it, holds `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`,
/// plain or with `.gz` behind the name.
///
/// # Errors
/// [`Error::DataFolder`](crate::Error::DataFolder) if there is no such folder,
/// [`Error::DataMissing`](crate::Error::DataMissing) or [`Error::Read`](crate::Error::Read) for a file that
/// is not there or cannot be read, and [`Error::DataFormat`](crate::Error::DataFormat) for one that is not whole
/// records or has a label out of range.
pub fn cifar10(dir: impl AsRef<Path>) -> Result<(Dataset<Image>, Dataset<Image>)> {
    let dir = inside(dir.as_ref(), "cifar-10-batches-bin");
    let train: [String; 5] = std::array::from_fn(|i| format!("data_batch_{}.bin", i + 1));
    let format = Format { labels: &[&CIFAR10], target: 0 };
    Ok((format.read(&dir, &train)?, format.read(&dir, &["test_batch.bin".to_owned()])?))
}

/// Reads CIFAR-100 from a folder: photos of a hundred classes, 32x32x3 (red, green, blue), from 0 to 1, 50,000 to train
/// on and 10,000 to test with.
///
/// The folder, or `cifar-100-binary` in it, holds `train.bin` and `test.bin`, plain or with `.gz` behind the name.
///
/// # Errors
/// As [`cifar10`].
pub fn cifar100(dir: impl AsRef<Path>) -> Result<(Dataset<Image>, Dataset<Image>)> {
    read_cifar100(dir.as_ref(), 1)
}

/// Reads CIFAR-100 as [`cifar100`] does, with its twenty coarse classes.
///
/// # Errors
/// As [`cifar10`].
pub fn cifar100_coarse(dir: impl AsRef<Path>) -> Result<(Dataset<Image>, Dataset<Image>)> {
    read_cifar100(dir.as_ref(), 0)
}

fn read_cifar100(dir: &Path, target: usize) -> Result<(Dataset<Image>, Dataset<Image>)> {
    let dir = inside(dir, "cifar-100-binary");
    let format = Format { labels: &[&CIFAR100_COARSE, &CIFAR100_FINE], target };
    Ok((format.read(&dir, &["train.bin".to_owned()])?, format.read(&dir, &["test.bin".to_owned()])?))
}

/// The folder that the published archive unpacks to, if it is there.
fn inside(dir: &Path, archive: &str) -> PathBuf {
    let inner = dir.join(archive);
    if inner.is_dir() { inner } else { dir.to_owned() }
}

/// What stands before the pixels of a record.
struct Format {
    /// The class names of each label.
    labels: &'static [&'static [&'static str]],
    /// Which label is the target.
    target: usize,
}

impl Format {
    fn record(&self) -> usize {
        self.labels.len() + 3 * PLANE
    }

    fn read(&self, dir: &Path, names: &[String]) -> Result<Dataset<Image>> {
        let files = names.iter().map(|name| File::find(dir, &[name])).collect::<Result<Vec<_>>>()?;
        self.dataset(&files)
    }

    fn dataset(&self, files: &[File]) -> Result<Dataset<Image>> {
        files.iter().try_for_each(|file| self.check(file))?;
        let count = files.iter().map(|file| file.bytes.len() / self.record()).sum();
        let mut inputs = Image::zeroed_vec(count);
        let mut targets = Vec::with_capacity(count);
        let records = files.iter().flat_map(|file| file.bytes.chunks_exact(self.record()));
        for (record, image) in records.zip(&mut inputs) {
            let (labels, planes) = record.split_at(self.labels.len());
            targets.push(usize::from(labels[self.target]));
            interleave(planes, image.flat_mut());
        }
        let classes = self.labels[self.target].iter().map(|&name| name.to_owned()).collect();
        Ok(Dataset { inputs, targets, classes })
    }

    /// Whether a file is whole records with labels that exist.
    fn check(&self, file: &File) -> Result<()> {
        let (len, record) = (file.bytes.len(), self.record());
        let excess = len % record;
        if len == 0 || excess != 0 {
            let found = if len == 0 { "an empty file".to_owned() } else { format!("{excess} bytes at its end") };
            return Err(file.wrong(len - excess, format!("whole records of {record} bytes"), found));
        }
        for (index, bytes) in file.bytes.chunks_exact(record).enumerate() {
            for (at, (&label, names)) in bytes.iter().zip(self.labels).enumerate() {
                if usize::from(label) >= names.len() {
                    let expected = format!("a label smaller than {}", names.len());
                    return Err(file.wrong(index * record + at, expected, label.to_string()));
                }
            }
        }
        Ok(())
    }
}

/// Planes of red, green and blue to pixels of red, green and blue.
fn interleave(planes: &[u8], pixels: &mut [f32]) {
    let (red, rest) = planes.split_at(PLANE);
    let (green, blue) = rest.split_at(PLANE);
    for (((pixel, &red), &green), &blue) in pixels.chunks_exact_mut(3).zip(red).zip(green).zip(blue) {
        pixel.copy_from_slice(&[unit(red), unit(green), unit(blue)]);
    }
}

const CIFAR10: [&str; 10] = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

#[rustfmt::skip]
const CIFAR100_COARSE: [&str; 20] = [
    "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables", "household_electrical_devices",
    "household_furniture", "insects", "large_carnivores", "large_man-made_outdoor_things",
    "large_natural_outdoor_scenes", "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates",
    "people", "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
];

#[rustfmt::skip]
const CIFAR100_FINE: [&str; 100] = [
    "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
    "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
    "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
    "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
    "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
    "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
    "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
    "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
    "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger",
    "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
];

#[cfg(test)]
mod tests {
    use std::fs;

    use rand::{RngExt as _, SeedableRng as _};

    use super::super::file::tests::{file, gzip};
    use super::*;

    const TEN: Format = Format { labels: &[&CIFAR10], target: 0 };

    /// A record whose red pixels count up from 0, green are 100, blue 200.
    fn record(labels: &[u8]) -> Vec<u8> {
        let red = (0..PLANE).map(|i| i as u8);
        let rest = [100, 200].into_iter().flat_map(|value| [value; PLANE]);
        labels.iter().copied().chain(red).chain(rest).collect()
    }

    fn error(bytes: Vec<u8>) -> String {
        TEN.dataset(&[file(bytes)]).unwrap_err().to_string()
    }

    #[test]
    fn planes_become_pixels() {
        let dataset = TEN.dataset(&[file(record(&[3])), file([record(&[9]), record(&[0])].concat())]).unwrap();
        assert_eq!(dataset.targets(), [3, 9, 0]);
        let image = &dataset.inputs()[2];
        assert_eq!(image[0][7], [unit(7), unit(100), unit(200)]);
        assert_eq!(image[1][2], [unit(34), unit(100), unit(200)]);
        assert_eq!(image[31][31], [1.0, unit(100), unit(200)]);
        assert_eq!(dataset.class_names()[3], "cat");
    }

    #[test]
    fn folders() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("cifar-10-batches-bin");
        fs::create_dir(&inner).unwrap();
        for i in 1..=5 {
            fs::write(inner.join(format!("data_batch_{i}.bin")), record(&[i])).unwrap();
        }
        let error = cifar10(dir.path()).unwrap_err().to_string();
        assert!(error.contains("holds no file `test_batch.bin` (also looked for: test_batch.bin.gz)"), "{error}");
        fs::write(inner.join("test_batch.bin.gz"), gzip(&record(&[7]))).unwrap();
        let (train, test) = cifar10(dir.path()).unwrap();
        assert_eq!((train.targets(), test.targets()), (&[1, 2, 3, 4, 5][..], &[7][..]));
        assert_eq!(train, cifar10(&inner).unwrap().0);

        fs::write(dir.path().join("train.bin"), record(&[19, 99])).unwrap();
        fs::write(dir.path().join("test.bin"), record(&[4, 0])).unwrap();
        let (train, test) = cifar100(dir.path()).unwrap();
        assert_eq!((train.targets(), test.targets()), (&[99][..], &[0][..]));
        assert_eq!(train.class_names()[99], "worm");
        assert_eq!(train.inputs()[0][0][1], [unit(1), unit(100), unit(200)]);
        let (train, test) = cifar100_coarse(dir.path()).unwrap();
        assert_eq!((train.targets(), test.targets()), (&[19][..], &[4][..]));
        assert_eq!(test.class_names()[4], "fruit_and_vegetables");
    }

    #[test]
    fn records_that_are_not_whole() {
        let cut = [record(&[1]), record(&[1])[..10].to_vec()].concat();
        assert_eq!(
            error(cut),
            "`some/file`, byte 3073: expected whole records of 3073 bytes, found 10 bytes at its end"
        );
        assert!(error(vec![]).ends_with("byte 0: expected whole records of 3073 bytes, found an empty file"));
    }

    #[test]
    fn labels_out_of_range() {
        assert_eq!(
            error([record(&[9]), record(&[10])].concat()),
            "`some/file`, byte 3073: expected a label smaller than 10, found 10"
        );
        let fine = Format { labels: &[&CIFAR100_COARSE, &CIFAR100_FINE], target: 0 };
        let error = fine.dataset(&[file(record(&[19, 100]))]).unwrap_err().to_string();
        assert_eq!(error, "`some/file`, byte 1: expected a label smaller than 100, found 100");
    }

    #[test]
    fn damage_never_panics() {
        let good = [record(&[9]), record(&[3])].concat();
        let mut rng = rand_pcg::Pcg64Mcg::seed_from_u64(1);
        for _ in 0..2_000 {
            let mut bad = good.clone();
            for _ in 0..rng.random_range(0..3) {
                let at = rng.random_range(0..bad.len());
                bad[at] ^= 1 << rng.random_range(0..8);
            }
            bad[3073] ^= rng.random_range(0..16);
            if rng.random() {
                bad.truncate(rng.random_range(0..=bad.len()));
            }
            let bad = file(bad);
            if let Ok(dataset) = TEN.dataset(std::slice::from_ref(&bad)) {
                assert_eq!(bad.bytes.len(), 3073 * dataset.len());
            }
        }
    }
}
