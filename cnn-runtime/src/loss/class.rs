//! What can name a class.

use std::fmt;

/// An integer that says which class a sample belongs to, counted from 0.
pub trait Class: Copy + Send + Sync {
    /// The class as an index into the outputs; `None` if no index is that small or that large.
    fn index(self) -> Option<usize>;

    /// The number as it was given, for messages.
    fn number(self) -> i128;

    /// Whether there is such a class among `classes`.
    ///
    /// # Errors
    /// Says which class was found and which there are.
    fn among(self, classes: usize) -> Result<usize, String> {
        match self.index() {
            Some(index) if index < classes => Ok(index),
            _ => Err(format!("class {}, but the classes are {}", self.number(), Range(classes))),
        }
    }
}

/// That many classes in words.
pub(crate) struct Range(pub(crate) usize);

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.checked_sub(1) {
            None => f.write_str("none"),
            Some(0) => f.write_str("0 alone"),
            Some(last) => write!(f, "0 to {last}"),
        }
    }
}

/// [`Class::among`] for a target of a network with `outputs` outputs.
pub(crate) fn check<T: Class>(target: T, outputs: usize) -> Result<usize, String> {
    // Runs for every sample of a step: it allocates for the message alone.
    target.among(outputs).map_err(|problem| {
        format!("{problem}: the network has {outputs} output{}", if outputs == 1 { "" } else { "s" })
    })
}

macro_rules! classes {
    ($($integer:ty)*) => {$(
        impl Class for $integer {
            fn index(self) -> Option<usize> {
                usize::try_from(self).ok()
            }

            fn number(self) -> i128 {
                self as i128
            }
        }
    )*};
}

classes!(u8 u16 u32 u64 usize i32 i64);

/// The class as an index into `classes` outputs.
///
/// # Panics
/// If there is no such class.
#[track_caller]
pub(crate) fn index_among<T: Class>(target: T, classes: usize) -> usize {
    match check(target, classes) {
        Ok(index) => index,
        Err(problem) => panic!("a target is {problem}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_name_classes_from_zero_up() {
        assert_eq!(3_u8.among(4), Ok(3));
        assert_eq!(3_i64.among(4), Ok(3));
        assert_eq!(4_u64.among(4), Err("class 4, but the classes are 0 to 3".to_owned()));
        assert_eq!((-1_i32).among(4), Err("class -1, but the classes are 0 to 3".to_owned()));
        assert_eq!(1_u8.among(1), Err("class 1, but the classes are 0 alone".to_owned()));
        assert_eq!(check(4_u8, 4), Err("class 4, but the classes are 0 to 3: the network has 4 outputs".to_owned()));
        assert_eq!(u64::MAX.number(), i128::from(u64::MAX));
    }
}
