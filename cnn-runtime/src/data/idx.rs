//! IDX files, the format of MNIST and of sets that follow it.
//!
//! A file is two zero bytes, the type of its values (8: bytes), the number of dimensions, each dimension as a
//! big-endian 32-bit number with the count of items first, and the values. Source: the description on the page of the
//! MNIST database (LeCun, Cortes, Burges, 1998).

use std::path::Path;

use super::Dataset;
use super::file::{File, unit};
use crate::volume::{Sample, flat_samples_mut};
use crate::{Result, Volume};

/// Reads images, plain or compressed with gzip, as floats from 0 to 1.
///
/// An image of one channel is H x W in the file, and one of more channels H x W x C.
///
/// # Errors
/// [`Error::Read`](crate::Error::Read) if there is no such file, and
/// [`Error::DataFormat`](crate::Error::DataFormat) if it is not an IDX file, is damaged, or holds images of another
/// size.
pub fn read_images<const H: usize, const W: usize, const C: usize>(
    path: impl AsRef<Path>,
) -> Result<Vec<Volume<H, W, C>>> {
    images(&File::read(path.as_ref())?)
}

/// Reads labels of 0 up to `classes`, plain or compressed with gzip.
///
/// # Errors
/// [`Error::Read`](crate::Error::Read) if there is no such file, and
/// [`Error::DataFormat`](crate::Error::DataFormat) if it is not an IDX file, is damaged, or holds a label that is not
/// smaller than `classes`.
pub fn read_labels(path: impl AsRef<Path>, classes: usize) -> Result<Vec<usize>> {
    labels(&File::read(path.as_ref())?, classes)
}

/// Images and their labels, which must be as many.
pub(super) fn dataset<const H: usize, const W: usize, const C: usize>(
    images_file: &File,
    labels_file: &File,
    classes: &[&str],
) -> Result<Dataset<Volume<H, W, C>>> {
    let inputs = images(images_file)?;
    let targets = labels(labels_file, classes.len())?;
    if inputs.len() != targets.len() {
        let expected =
            format!("a count of {}, one label for each image of `{}`", inputs.len(), images_file.path.display());
        return Err(labels_file.wrong(4, expected, targets.len().to_string()));
    }
    Ok(Dataset { inputs, targets, classes: classes.iter().map(|&name| name.to_owned()).collect() })
}

pub(super) fn images<const H: usize, const W: usize, const C: usize>(file: &File) -> Result<Vec<Volume<H, W, C>>> {
    let (count, pixels) = match C {
        1 => values(file, "images", [H, W])?,
        _ => values(file, "images", [H, W, C])?,
    };
    let mut images: Vec<Volume<H, W, C>> = Sample::zeroed_vec(count);
    for (to, from) in flat_samples_mut(&mut images).iter_mut().zip(pixels) {
        *to = unit(*from);
    }
    Ok(images)
}

pub(super) fn labels(file: &File, classes: usize) -> Result<Vec<usize>> {
    let (_, labels) = values(file, "labels", [])?;
    if let Some(at) = labels.iter().position(|&label| usize::from(label) >= classes) {
        let offset = file.bytes.len() - labels.len() + at;
        return Err(file.wrong(offset, format!("a label smaller than {classes}"), labels[at].to_string()));
    }
    Ok(labels.iter().map(|&label| usize::from(label)).collect())
}

/// The number of items and all their bytes. Nothing is believed: the count is checked against the length of the file.
fn values<'a, const RANK: usize>(file: &'a File, what: &str, item: [usize; RANK]) -> Result<(usize, &'a [u8])> {
    let header = 4 * (2 + RANK);
    let magic = [0, 0, 8, 1 + RANK as u8];
    let start = &file.bytes[..file.bytes.len().min(4)];
    if start != magic {
        let expected = format!("{magic:02x?}, the start of an IDX file of {what}");
        let found = if start.is_empty() { "an empty file".to_owned() } else { format!("{start:02x?}") };
        return Err(file.wrong(0, expected, found));
    }
    let Some((header_bytes, body)) = file.bytes.split_at_checked(header) else {
        let found = format!("a file of {} bytes", file.bytes.len());
        return Err(file.wrong(file.bytes.len(), format!("a header of {header} bytes"), found));
    };
    let extent = |axis: usize| {
        let at = 4 + 4 * axis;
        let bytes = [header_bytes[at], header_bytes[at + 1], header_bytes[at + 2], header_bytes[at + 3]];
        u32::from_be_bytes(bytes)
    };
    let count = extent(0);
    let found: [u32; RANK] = std::array::from_fn(|axis| extent(1 + axis));
    if !found.iter().zip(item).all(|(&found, expected)| found as usize == expected) {
        return Err(file.wrong(8, format!("{what} of {}", times(item)), times(found)));
    }
    let needed = item.iter().fold(u128::from(count), |product, &extent| product * extent as u128);
    let each = if RANK == 0 { String::new() } else { format!(" of {}", times(item)) };
    let expected = format!("{needed} bytes of values for {count} {what}{each}");
    match (body.len() as u128).cmp(&needed) {
        std::cmp::Ordering::Equal => Ok((count as usize, body)),
        std::cmp::Ordering::Less => {
            Err(file.wrong(file.bytes.len(), expected, format!("the end of the file after {}", body.len())))
        }
        std::cmp::Ordering::Greater => {
            let excess = body.len() as u128 - needed;
            Err(file.wrong(header + needed as usize, expected, format!("{excess} more")))
        }
    }
}

/// 28x28.
fn times<E: ToString, const RANK: usize>(extents: [E; RANK]) -> String {
    extents.map(|extent| extent.to_string()).join("x")
}

#[cfg(test)]
pub(super) mod tests {
    use rand::{RngExt as _, SeedableRng as _};

    use super::super::file::tests::{file, gzip};
    use super::*;

    /// An IDX file with this header and body.
    pub(in crate::data) fn bytes(extents: &[u32], body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, extents.len() as u8];
        extents.iter().for_each(|extent| bytes.extend(extent.to_be_bytes()));
        bytes.extend(body);
        bytes
    }

    fn image_error(bytes: Vec<u8>) -> String {
        images::<2, 3, 1>(&file(bytes)).unwrap_err().to_string()
    }

    fn label_error(bytes: Vec<u8>) -> String {
        labels(&file(bytes), 10).unwrap_err().to_string()
    }

    #[test]
    fn images_and_labels() {
        let images = images::<2, 3, 1>(&file(bytes(&[2, 2, 3], &[0, 51, 102, 153, 204, 255, 5, 4, 3, 2, 1, 0])));
        let [first, second] = images.unwrap().try_into().unwrap();
        assert_eq!(first, [[[0.0], [0.2], [0.4]], [[0.6], [0.8], [1.0]]]);
        assert_eq!(second[0][0], [5.0 / 255.0]);
        assert_eq!(labels(&file(bytes(&[3], &[9, 0, 4])), 10).unwrap(), [9, 0, 4]);
        assert!(labels(&file(bytes(&[0], &[])), 10).unwrap().is_empty());
    }

    #[test]
    fn images_of_three_channels() {
        let images = super::images::<1, 2, 3>(&file(bytes(&[1, 1, 2, 3], &[0, 51, 102, 153, 204, 255]))).unwrap();
        assert_eq!(images, [[[[0.0, 0.2, 0.4], [0.6, 0.8, 1.0]]]]);
    }

    #[test]
    fn wrong_magic() {
        assert_eq!(
            image_error(b"\x89PNG....".to_vec()),
            "`some/file`, byte 0: expected [00, 00, 08, 03], the start of an IDX file of images, found [89, 50, 4e, 47]"
        );
        assert!(image_error(bytes(&[3], &[1, 2, 3])).ends_with("found [00, 00, 08, 01]"));
        assert!(image_error(vec![]).ends_with("found an empty file"));
        assert!(image_error(vec![0, 0]).ends_with("found [00, 00]"));
    }

    #[test]
    fn truncated_header() {
        assert_eq!(
            image_error(bytes(&[1, 2, 3], &[0; 6])[..15].to_vec()),
            "`some/file`, byte 15: expected a header of 16 bytes, found a file of 15 bytes"
        );
    }

    #[test]
    fn wrong_image_size() {
        assert_eq!(image_error(bytes(&[1, 3, 2], &[0; 6])), "`some/file`, byte 8: expected images of 2x3, found 3x2");
    }

    #[test]
    fn truncated_data_whatever_the_count_claims() {
        assert_eq!(
            image_error(bytes(&[2, 2, 3], &[0; 11])),
            "`some/file`, byte 27: expected 12 bytes of values for 2 images of 2x3, found the end of the file after 11"
        );
        assert!(image_error(bytes(&[u32::MAX, 2, 3], &[0; 6])).contains("25769803770 bytes"));
        assert_eq!(
            label_error(bytes(&[u32::MAX], &[1])),
            "`some/file`, byte 9: expected 4294967295 bytes of values for 4294967295 labels, found the end of the file after 1"
        );
    }

    #[test]
    fn trailing_bytes() {
        assert_eq!(
            label_error(bytes(&[2], &[1, 2, 3])),
            "`some/file`, byte 10: expected 2 bytes of values for 2 labels, found 1 more"
        );
    }

    #[test]
    fn label_out_of_range() {
        assert_eq!(
            label_error(bytes(&[3], &[9, 10, 11])),
            "`some/file`, byte 9: expected a label smaller than 10, found 10"
        );
    }

    #[test]
    fn counts_that_differ() {
        let images = file(bytes(&[2, 1, 1], &[1, 2]));
        let labels = File { path: "labels".into(), bytes: bytes(&[3], &[0, 0, 0]) };
        assert_eq!(
            dataset::<1, 1, 1>(&images, &labels, &["a"]).unwrap_err().to_string(),
            "`labels`, byte 4: expected a count of 2, one label for each image of `some/file`, found 3"
        );
    }

    /// Damages good files at random. No mistake may panic, and what is read must have the size it says.
    #[test]
    fn damage_never_panics() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let plain_images = bytes(&[4, 2, 3], &[7; 24]);
        let plain_labels = bytes(&[4], &[1, 2, 3, 4]);
        let mut rng = rand_pcg::Pcg64Mcg::seed_from_u64(1);
        for (good, rounds) in [
            (plain_images.clone(), 20_000),
            (plain_labels.clone(), 20_000),
            (gzip(&plain_images), 2_000),
            (gzip(&plain_labels), 2_000),
        ] {
            for _ in 0..rounds {
                let mut bad = good.clone();
                for _ in 0..rng.random_range(0..4) {
                    let at = rng.random_range(0..bad.len());
                    bad[at] ^= 1 << rng.random_range(0..8);
                }
                bad.truncate(rng.random_range(0..=bad.len()));
                let bad = if bad.starts_with(&[0x1f, 0x8b]) {
                    std::fs::write(&path, &bad).unwrap();
                    match File::read(&path) {
                        Ok(file) => file,
                        Err(_) => continue,
                    }
                } else {
                    file(bad)
                };
                if let Ok(images) = images::<2, 3, 1>(&bad) {
                    assert_eq!(bad.bytes.len(), 16 + 6 * images.len());
                }
                if let Ok(labels) = labels(&bad, 10) {
                    assert_eq!(bad.bytes.len(), 8 + labels.len());
                }
            }
        }
    }
}
