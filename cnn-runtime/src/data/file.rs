//! Files of data sets: finding, reading and unpacking them, and saying what is wrong with one.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{Error, Result};

/// The most that a compressed file may unpack to. Deflate shrinks zeros a thousandfold, so a small file can claim any
/// amount of memory. No set in these formats is larger; an uncompressed file is limited by its own length alone.
const MAX_UNPACKED: u64 = 1 << 30;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The contents of a file, unpacked.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

impl File {
    /// Reads a file, and unpacks it if it is compressed with gzip, whatever its name.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        if !fs::metadata(path).map_err(failed)?.is_file() {
            return Err(failed(io::Error::other("it is not a regular file")));
        }
        Self::unpack(path, fs::read(path).map_err(failed)?, MAX_UNPACKED)
    }

    /// Reads the first of these files that the folder holds, each as it is or with `.gz` behind its name. What is no
    /// file, such as a folder of that name, hides none.
    pub(super) fn find(folder: &Path, names: &[&str]) -> Result<Self> {
        let candidates: Vec<String> = names.iter().flat_map(|&name| [name.to_owned(), format!("{name}.gz")]).collect();
        let mut other = None;
        for path in candidates.iter().map(|name| folder.join(name)) {
            match fs::metadata(&path) {
                Ok(about) if about.is_file() => return Self::read(&path),
                Ok(_) => other = other.or(Some(path)),
                Err(error) if is_absence(&error) => {}
                Err(source) => return Err(Error::Read { path, source }),
            }
        }
        if let Some(path) = other {
            return Self::read(&path);
        }
        check_folder(folder)?;
        Err(Error::DataMissing {
            folder: folder.to_owned(),
            name: names[0].to_owned(),
            others: candidates[1..].join(", "),
        })
    }

    fn unpack(path: &Path, raw: Vec<u8>, most: u64) -> Result<Self> {
        let mut file = Self { path: path.to_owned(), bytes: raw };
        if !file.bytes.starts_with(&GZIP_MAGIC) {
            return Ok(file);
        }
        let raw = std::mem::take(&mut file.bytes);
        let read = flate2::read::MultiGzDecoder::new(&raw[..]).take(most + 1).read_to_end(&mut file.bytes);
        let end = file.bytes.len();
        match read {
            Err(error) => Err(file.wrong(end, "a whole gzip stream", format!("a damaged one ({error})"))),
            Ok(_) if end as u64 > most => {
                let limit = format!("at most {most} bytes in a compressed file");
                Err(file.wrong(end - 1, limit, "more; unpack it with gunzip"))
            }
            Ok(_) => Ok(file),
        }
    }

    /// The error for what is wrong at a byte of this file.
    pub(super) fn wrong(&self, offset: usize, expected: impl Into<String>, found: impl Into<String>) -> Error {
        Error::DataFormat {
            path: self.path.clone(),
            offset: offset as u64,
            expected: expected.into(),
            found: found.into(),
        }
    }
}

/// Whether there is nothing under a path, or no folder where it leads through.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether there is such a folder.
fn check_folder(folder: &Path) -> Result<()> {
    // The empty path is the current folder to whatever is joined to it, and nothing to the system.
    let failed = |source| Err(Error::Read { path: folder.to_owned(), source });
    match fs::metadata(folder.join(".")) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::DataFolder { folder: folder.to_owned() }),
        Err(_) if folder.is_file() => failed(io::Error::other("it is a file, not a folder")),
        Err(error) => failed(error),
    }
}

/// Bytes of 0 to 255 as floats of 0 to 1.
pub(super) fn unit(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use super::*;

    /// A file that was never on a disk.
    pub(in crate::data) fn file(bytes: impl Into<Vec<u8>>) -> File {
        File { path: "some/file".into(), bytes: bytes.into() }
    }

    pub(in crate::data) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(raw: Vec<u8>, most: u64) -> Result<Vec<u8>, String> {
        File::unpack(Path::new("a.gz"), raw, most).map(|file| file.bytes).map_err(|error| error.to_string())
    }

    #[test]
    fn gzip_is_unpacked_and_the_rest_left_alone() {
        assert_eq!(unpack(gzip(b"hello"), 5).unwrap(), b"hello");
        assert_eq!(unpack([gzip(b"hel"), gzip(b"lo")].concat(), 5).unwrap(), b"hello");
        assert_eq!(unpack(b"hello".to_vec(), 0).unwrap(), b"hello");
    }

    #[test]
    fn gzip_that_unpacks_to_too_much() {
        let error = unpack(gzip(&vec![0; 100_000]), 1_000).unwrap_err();
        assert_eq!(
            error,
            "`a.gz`, byte 1000: expected at most 1000 bytes in a compressed file, found more; unpack it with gunzip"
        );
    }

    #[test]
    fn damaged_gzip() {
        let good = gzip(b"hello, hello, hello");
        let expected = "expected a whole gzip stream, found a damaged one";
        for cut in 2..good.len() {
            let error = unpack(good[..cut].to_vec(), 100).unwrap_err();
            assert!(error.contains(expected), "{cut}: {error}");
        }
        let mut wrong_sum = good.clone();
        wrong_sum[good.len() - 8] ^= 1;
        assert!(unpack(wrong_sum, 100).unwrap_err().contains(expected));
        assert!(unpack([good, b"behind".to_vec()].concat(), 100).unwrap_err().contains(expected));
    }

    #[test]
    fn missing_files_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        let error = File::find(folder.path(), &["a", "b"]).err().unwrap().to_string();
        assert!(error.ends_with("holds no file `a` (also looked for: a.gz, b, b.gz)"), "{error}");
        let nowhere = folder.path().join("nowhere");
        let error = File::find(&nowhere, &["a"]).err().unwrap().to_string();
        assert_eq!(error, format!("there is no folder `{}`", nowhere.display()));
        let error = File::find(Path::new(""), &["no such file"]).err().unwrap();
        assert!(matches!(error, Error::DataMissing { .. }), "the empty path is the current folder");
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let error = File::find(&plain, &["a"]).err().unwrap().to_string();
        assert!(error.ends_with("it is a file, not a folder"), "{error}");

        let error = File::read(folder.path()).err().unwrap().to_string();
        assert!(error.starts_with("cannot read `") && error.ends_with("it is not a regular file"), "{error}");
        let error = File::read(&folder.path().join("a")).err().unwrap();
        assert!(matches!(error, Error::Read { .. }));

        fs::write(folder.path().join("b.gz"), gzip(b"found")).unwrap();
        assert_eq!(File::find(folder.path(), &["a", "b"]).ok().unwrap().bytes, b"found");
    }

    #[test]
    fn a_folder_with_the_name_of_a_file_hides_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        let error = File::find(folder.path(), &["a"]).err().unwrap().to_string();
        assert!(error.contains("a`: it is not a regular file"), "{error}");
        fs::write(folder.path().join("a.gz"), gzip(b"found")).unwrap();
        assert_eq!(File::find(folder.path(), &["a"]).ok().unwrap().bytes, b"found");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_looked_at_is_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("a", folder.path().join("a")).unwrap();
        fs::write(folder.path().join("b"), "found").unwrap();
        let error = File::find(folder.path(), &["a", "b"]).err().unwrap().to_string();
        assert!(error.starts_with("cannot read `") && error.contains("a`: "), "{error}");
    }
}
