//! What can name a class.

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
            _ => Err(format!("class {}, but the classes are 0..{classes}", self.number())),
        }
    }
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
    match target.among(classes) {
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
        assert_eq!(4_u64.among(4), Err("class 4, but the classes are 0..4".to_owned()));
        assert_eq!((-1_i32).among(4), Err("class -1, but the classes are 0..4".to_owned()));
        assert_eq!(u64::MAX.number(), i128::from(u64::MAX));
    }
}
