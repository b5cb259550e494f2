//! The one error type.

use std::path::PathBuf;

/// What can go wrong with something from outside the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A data set needs one target per input.
    #[error("a data set needs one target per input, but has {inputs} inputs and {targets} targets")]
    DataLengths {
        /// How many inputs there are.
        inputs: usize,
        /// How many targets there are.
        targets: usize,
    },
    /// The target of a sample is no class of the data set.
    #[error("the target of sample {sample} is class {class}, but the data set has {classes} classes, counted from 0")]
    DataClass {
        /// The sample's index.
        sample: usize,
        /// Its target.
        class: usize,
        /// How many classes the data set names.
        classes: usize,
    },
    /// A file of a data set cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    DataRead {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder lacks a file of a data set under every name that it may have.
    #[error("`{}` holds no file `{name}` (also looked for: {others})", folder.display())]
    DataMissing {
        /// The folder that was searched.
        folder: PathBuf,
        /// The file's usual name.
        name: String,
        /// The other names that were tried.
        others: String,
    },
    /// A file of a data set is not what its format, or the rest of the set, demands.
    #[error("`{}`, byte {offset}: expected {expected}, found {found}", path.display())]
    DataFormat {
        /// The file.
        path: PathBuf,
        /// Where the mistake is, in bytes from the start; of the unpacked contents if the file is compressed.
        offset: u64,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
