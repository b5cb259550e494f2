//! The one error type.

use std::fmt;
use std::io;
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
    /// The folder that should hold a data set does not exist.
    #[error("there is no folder `{}`", folder.display())]
    DataFolder {
        /// The folder.
        folder: PathBuf,
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
    /// A file could not be read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be written; whatever stood there before is as it was.
    #[error("cannot write `{}`: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is not what its format says: cut off, corrupt, or of another kind.
    #[error("`{}` is not a {format} file: {reason}", .path.display())]
    Malformed {
        /// The file, or `<bytes>`.
        path: PathBuf,
        /// The format it should have.
        format: &'static str,
        /// Where it departs from it.
        reason: String,
    },
    /// The tensors of a file are not those of the network. Nothing was loaded.
    #[error("the tensors of `{}` do not fit the network:{}", .path.display(), List(.problems))]
    TensorMismatch {
        /// The file, or `<bytes>`.
        path: PathBuf,
        /// The network's tensors that are at fault, in their order, with one entry for each fault; then the first 20 of
        /// those that it does not have, and how many more there are.
        problems: Vec<TensorProblem>,
    },
    /// A network has no tensor of that name.
    #[error("no tensor is called `{}`; {}", Name(.name), Nearest(.nearest))]
    UnknownTensor {
        /// The name that was asked for.
        name: String,
        /// The name that is spelt most like it.
        nearest: Option<String>,
    },
    /// A tensor was given another number of values than it holds.
    #[error(
        "`{name}` holds {} values ({}), found {found}", .expected.iter().product::<usize>(), Shape(.expected)
    )]
    TensorLength {
        /// The tensor.
        name: String,
        /// Its shape.
        expected: Vec<usize>,
        /// How many values were given.
        found: usize,
    },
    /// An option of a training run that no run can have.
    #[error("cannot train: {problem}")]
    Fit {
        /// The option, what it is, and what it should be.
        problem: String,
    },
    /// A data set without samples, or with too few for one batch.
    #[error("cannot train: the {set} set has {found} samples, expected at least {needed}")]
    TooFewSamples {
        /// `training` or `test`.
        set: &'static str,
        /// How many samples there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A target that the loss has no meaning for.
    #[error("cannot train: the target of sample {index} of the {set} set is {problem}")]
    Target {
        /// `training` or `test`.
        set: &'static str,
        /// The sample, counted from 0.
        index: usize,
        /// What was found and what was expected.
        problem: String,
    },
    /// The loss of a batch, or of the test set, is infinite or not a number.
    #[error(
        "training diverged: the {set} loss is {loss} in epoch {epoch}, step {step}; a smaller learning rate, a warm-up or gradient clipping may help"
    )]
    Diverged {
        /// `training` or `test`.
        set: &'static str,
        /// The loss.
        loss: f32,
        /// The epoch, counted from 1.
        epoch: usize,
        /// The step of the epoch, counted from 1.
        step: usize,
    },
}

/// Why a tensor of a file does not fit a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TensorProblem {
    /// The network has it, the file does not.
    #[error("`{name}` ({}) is missing", Shape(.expected))]
    Missing {
        /// The tensor.
        name: String,
        /// Its shape in the network.
        expected: Vec<usize>,
    },
    /// The file has it, the network does not.
    #[error("`{}` is not in the network; {}", Name(.name), Nearest(.nearest))]
    Unknown {
        /// The tensor.
        name: String,
        /// The network's tensor that is spelt most like it.
        nearest: Option<String>,
    },
    /// The file has still others that the network does not have.
    #[error("and {count} more that {} not in the network", if *.count == 1 { "is" } else { "are" })]
    More {
        /// How many.
        count: usize,
    },
    /// File and network have it in different shapes.
    #[error("`{name}` should be {}, found {}", Shape(.expected), Shape(.found))]
    Shape {
        /// The tensor.
        name: String,
        /// Its shape in the network.
        expected: Vec<usize>,
        /// Its shape in the file.
        found: Vec<usize>,
    },
    /// It holds something else than floating-point numbers.
    #[error("`{name}` should be F32 (or F16, BF16, F64), found {found}")]
    Type {
        /// The tensor.
        name: String,
        /// The type of its elements in the file.
        found: String,
    },
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Characters of a name that are printed.
const PRINTED: usize = 100;

/// A name from outside, without control characters and not too much of it.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().nth(PRINTED).map(|(end, _)| end);
        write!(f, "{}", self.0[..end.unwrap_or(self.0.len())].escape_debug())?;
        if end.is_some() { write!(f, ".. ({} bytes)", self.0.len()) } else { Ok(()) }
    }
}

/// Items on lines of their own.
struct List<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|item| write!(f, "\n  {item}"))
    }
}

/// Sizes joined by `x`, as in `20x1x5x5`.
struct Shape<'a>(&'a [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.split_first() else { return f.write_str("a single number") };
        write!(f, "{first}")?;
        rest.iter().try_for_each(|size| write!(f, "x{size}"))
    }
}

/// What a name might have been meant to be.
struct Nearest<'a>(&'a Option<String>);

impl fmt::Display for Nearest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "the nearest is `{name}`"),
            None => f.write_str("the network has none"),
        }
    }
}
